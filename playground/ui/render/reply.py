"""A reply while it is written and after: the assembly in it is coloured, the words around it are plain."""

import re
from collections.abc import Sequence

from playground.assembly.extraction import BARE, extract
from playground.models.events import TokenProbability
from playground.ui.render.code import Piece, block_of_lines, highlighted_lines, line_pieces
from playground.ui.render.probabilities import HINT, as_data, token_texts, with_tokens
from playground.ui.render.text import element, escape, visible

_FENCE = re.compile(r"^\s*(```|~~~)")
_CODE = re.compile(r"^(\s+\S|[\w.$]+:|\.\w)")
"""Outside of fences: an indented line, a label, or a directive."""


def render_reply(text: str, arch: str, syntax: str, tokens: Sequence[TokenProbability] = ()) -> str:
    """The whole reply, line by line and numbered; with `tokens`, each one tells its probability."""
    lines = visible(text).split("\n")
    texts = token_texts(text, tokens)
    if texts is None:
        return element(
            "div", block_of_lines(_plain(lines, arch, syntax), numbered=True, label="Reply"), classes="ap-reply"
        )
    block = block_of_lines(with_tokens(_pieces(lines, arch, syntax), texts, tokens), numbered=True, label="Reply")
    return element("div", block + HINT, classes="ap-reply", data_tokens=as_data(tokens))


def _plain(lines: list[str], arch: str, syntax: str) -> list[str]:
    coloured = highlighted_lines("\n".join(lines), arch, syntax)
    return [
        code if is_code else _words(line) for line, code, is_code in zip(lines, coloured, _code(lines), strict=True)
    ]


def _pieces(lines: list[str], arch: str, syntax: str) -> list[tuple[Piece, ...]]:
    return [
        line_pieces(line, arch, syntax) if is_code else (("words", line),)
        for line, is_code in zip(lines, _code(lines), strict=True)
    ]


def _words(line: str) -> str:
    return element("span", escape(line), classes="tok-words") if line else ""


def _code(lines: list[str]) -> list[bool]:
    """Whether each line is code: what fences hold, assembly that stands bare, and without fences what looks like it."""
    fenced = any(_FENCE.match(line) for line in lines)
    inside = False
    found = []
    for line in lines:
        fence = bool(_FENCE.match(line))
        inside ^= fence
        found.append(not fence and (inside if fenced else bool(_CODE.match(line))))
    bare = extract("\n".join(lines))
    if bare is not None and bare.how in BARE:
        first = bare.line - 1
        found[first : first + bare.text.count("\n")] = [True] * bare.text.count("\n")
    return found
