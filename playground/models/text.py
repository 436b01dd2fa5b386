"""From tokens to text while they come: whole characters only, and nothing of a stop string."""

from transformers import PreTrainedTokenizerBase

_HALF_CHARACTER = "\ufffd"
_LONGEST_CHARACTER = 6
"""Tokens that one character can take in a byte-level vocabulary (UTF-8 has at most 4 bytes; a margin)."""


class ReplyText:
    """One reply: tokens go in, text comes out as soon as it is certain."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase, stops: tuple[str, ...]) -> None:
        self.tokenizer = tokenizer
        self.stops = tuple(stop for stop in stops if stop)
        self.text = ""
        """All certain characters so far, with what `_held` keeps back."""
        self.stopped = False
        """A stop string was met; `text` ends before it."""
        self._tokens: list[int] = []
        self._context = 0  # start of the tokens that are decoded together, so that blanks come out right
        self._read = 0  # tokens whose characters are in `text`
        self._given = 0  # characters of `text` already given away

    def push(self, token: int) -> str:
        """Add `token`; the characters that it completes ("" while a character is incomplete)."""
        self._tokens.append(token)
        before = self._decode(self._tokens[self._context : self._read])
        now = self._decode(self._tokens[self._context :])
        if now.endswith(_HALF_CHARACTER) and len(self._tokens) - self._read < _LONGEST_CHARACTER:
            return ""
        self._context, self._read = self._read, len(self._tokens)
        return self._add(now[len(before) :])

    def take(self, *, all_of_it: bool = False) -> str:
        """The text not taken before that cannot begin a stop string; with `all_of_it` (at the end) the rest."""
        end = len(self.text) if self.stopped or all_of_it else len(self.text) - self._held()
        new = self.text[self._given : end]
        self._given = max(self._given, end)
        return new

    def finish(self) -> str:
        """The whole reply once no token will follow: half a character at its end becomes U+FFFD."""
        if self._read < len(self._tokens) and not self.stopped:
            before = self._decode(self._tokens[self._context : self._read])
            self._add(self._decode(self._tokens[self._context :])[len(before) :])
            self._read = len(self._tokens)
        return self.text

    def _add(self, new: str) -> str:
        start = max(0, len(self.text) - max((len(stop) for stop in self.stops), default=0))
        whole = self.text + new
        met = [at for at in (whole.find(stop, start) for stop in self.stops) if at >= 0]
        self.stopped = bool(met)
        kept = whole[: min(met)] if met else whole
        piece = kept[len(self.text) :]
        self.text = kept
        return piece

    def _held(self) -> int:
        """Characters at the end that may begin a stop string."""
        longest = 0
        for stop in self.stops:
            for length in range(min(len(stop) - 1, len(self.text)), longest, -1):
                if self.text.endswith(stop[:length]):
                    longest = length
                    break
        return longest

    def _decode(self, tokens: list[int]) -> str:
        return self.tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)
