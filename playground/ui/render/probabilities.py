"""A reply's tokens with what the model thought of them: spans that the page's script explains at the pointer.

The markup carries numbers and escaped text only; `keys.js` builds the tip from it with `textContent`.
"""

import json
from collections.abc import Sequence

from playground.models.events import TokenProbability
from playground.ui.render.code import Piece, css_name
from playground.ui.render.text import element, escape, visible

UNSURE = 0.5
"""Below this, a token is underlined: most of the probability lay elsewhere."""
GUESSED = 0.2
"""Below this, more strongly."""
HINT = (
    '<p class="ap-hint ap-token-hint">Point at a token, or press <kbd>←</kbd> <kbd>→</kbd> in the reply, for its '
    "probability: dotted below 50%, wavy below 20%.</p>"
)


def token_texts(text: str, tokens: Sequence[TokenProbability]) -> list[str] | None:
    """Each token's visible characters; None when they do not begin the text, so that nothing is said of it wrongly."""
    texts = [visible(token.text) for token in tokens]
    return texts if texts and visible(text).startswith("".join(texts)) else None


def with_tokens(
    lines: Sequence[Sequence[Piece]], texts: Sequence[str], tokens: Sequence[TokenProbability]
) -> list[str]:
    """The lines as HTML, each piece cut further where a token ends. `lines` joined by line ends begin with `texts`."""
    cutter = _Cutter(texts, tokens)
    shown = []
    for line in lines:
        shown.append("".join(cutter.cut(kind, text) for kind, text in line))
        cutter.skip(1)  # the line's end
    return shown


class _Cutter:
    """Goes through the tokens along with the pieces."""

    def __init__(self, texts: Sequence[str], tokens: Sequence[TokenProbability]) -> None:
        self._left = [(number, len(text)) for number, text in enumerate(texts) if text][::-1]
        self._tokens = tokens

    def skip(self, characters: int) -> list[tuple[int | None, int]]:
        """Go on by so many characters; which token each run of them belongs to (None behind the last)."""
        runs: list[tuple[int | None, int]] = []
        while characters:
            if not self._left:
                runs.append((None, characters))
                break
            number, length = self._left.pop()
            taken = min(length, characters)
            runs.append((number, taken))
            characters -= taken
            if length > taken:
                self._left.append((number, length - taken))
        return runs

    def cut(self, kind: str, text: str) -> str:
        """One piece as spans, one per token that it has a part of."""
        html, start = "", 0
        for number, length in self.skip(len(text)):
            html += self._span(kind, text[start : start + length], number)
            start += length
        return html

    def _span(self, kind: str, text: str, number: int | None) -> str:
        name = css_name(kind)
        if number is None:
            return element("span", escape(text), classes=name)
        probability = self._tokens[number].probability
        doubt = " ap-guessed" if probability < GUESSED else " ap-unsure" if probability < UNSURE else ""
        return element("span", escape(text), classes=f"{name} ap-token{doubt}".strip(), data_t=str(number))


def as_data(tokens: Sequence[TokenProbability]) -> str:
    """What the script reads: ``[[text, probability, [[text, probability], ...]], ...]`` as JSON."""
    rows = [
        [visible(one.text), round(one.probability, 4), [[visible(t), round(p, 4)] for t, p in one.alternatives]]
        for one in tokens
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
