"""The scanf family's reading, as glibc does it (man 3 scanf; C11 7.21.6.2). Pure: tested without a machine.

Not covered: wide streams; ``%ls`` and ``%lc`` store ASCII alone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from playground.emulator.library.binary_float import BINARY32, BINARY64, BinaryFormat, encode
from playground.emulator.library.parse_number import SPACES, parse_float, parse_integer

EOF = -1
INPUT_LIMIT = 1 << 20
"""Bytes that one conversion may take."""


class CharacterSource(Protocol):
    """Where scanf reads: a stream or a string."""

    def getc(self) -> int:
        """The next byte, or EOF."""
        ...

    def ungetc(self, byte: int) -> object:
        """Give the byte just read back (EOF is ignored)."""
        ...


class ScanArguments(Protocol):
    """Where scanf's pointers come from, and what they point into."""

    long_double_format: BinaryFormat

    def integer(self) -> int: ...

    def write(self, address: int, data: bytes) -> None: ...

    def allocate(self, size: int) -> int:
        """A heap block for ``%m``; 0 when memory is exhausted."""
        ...


@dataclass(frozen=True)
class Directive:
    """One conversion specification."""

    suppressed: bool
    allocates: bool
    width: int
    """0 when none was given."""
    length: str
    letter: str
    characters: frozenset[int] = frozenset()
    """Of ``%[``: the accepted bytes."""
    position: int = 0


_DIRECTIVE = re.compile(rb"%(?:(\d+)\$)?([*'I]*)(\d*)(m?)(hh|ll|[hlqLjzt])?(\[\^?\]?[^]]*\]|.)?", re.DOTALL)
_SIZES = {"hh": 1, "h": 2, "": 4, "l": 8, "ll": 8, "q": 8, "L": 8, "j": 8, "z": 8, "t": 8}
_BASES = {"d": 10, "u": 10, "i": 0, "o": 8, "x": 16, "X": 16, "p": 16}


class InvalidFormat(Exception):
    """The format ends within a directive or names no conversion."""


@lru_cache(maxsize=256)
def parse(text: bytes) -> tuple[Directive | int | None, ...]:
    """The format's parts: a literal byte, None for white space, or a directive."""
    parts: list[Directive | int | None] = []
    position = 0
    while position < len(text):
        byte = text[position]
        if byte in SPACES:
            parts.append(None)
        elif byte != 0x25:
            parts.append(byte)
        else:
            match = _DIRECTIVE.match(text, position)
            assert match is not None
            parts.append(_directive(match))
            position = match.end() - 1
        position += 1
    return tuple(parts)


def _directive(match: re.Match[bytes]) -> Directive:
    number, flags, width, allocates, length, conversion = match.groups()
    if conversion is None:
        return Directive(False, False, 0, "", "invalid")
    return Directive(
        suppressed=b"*" in flags,
        allocates=bool(allocates),
        width=min(int(width), INPUT_LIMIT) if width else 0,
        length=(length or b"").decode(),
        letter=chr(conversion[0]),
        characters=_scan_set(conversion[1:-1]) if conversion[:1] == b"[" else frozenset(),
        position=int(number or 0),
    )


def _scan_set(text: bytes) -> frozenset[int]:
    """The bytes of a scan set such as ``a-z0-9`` or ``^\\n``."""
    inverted = text.startswith(b"^")
    body = text[1:] if inverted else text
    accepted: set[int] = set()
    position = 0
    while position < len(body):
        if position + 2 < len(body) and body[position + 1] == 0x2D and body[position] <= body[position + 2]:
            accepted.update(range(body[position], body[position + 2] + 1))
            position += 3
        else:
            accepted.add(body[position])
            position += 1
    return frozenset(range(256)) - accepted if inverted else frozenset(accepted)


class MatchingFailure(Exception):
    """The input does not fit the directive: scanning stops, the count so far is the result."""


class InputFailure(Exception):
    """The input ended: scanning stops, EOF is the result if nothing was converted."""


class Scanner:
    """One scanf call."""

    def __init__(self, source: CharacterSource, arguments: ScanArguments) -> None:
        self._source = source
        self._arguments = arguments
        self._taken = 0
        self._converted = 0
        self._pointers: list[int] = []

    def run(self, text: bytes) -> int:
        """The number of items stored, or EOF."""
        try:
            for part in parse(text):
                self._match(part)
        except MatchingFailure:
            return self._converted
        except InputFailure:
            return self._converted or EOF
        return self._converted

    def _match(self, part: Directive | int | None) -> None:
        if part is None:
            self._skip_space()
        elif isinstance(part, int):
            self._literal(part)
        else:
            self._convert(part)

    def _get(self) -> int:
        byte = self._source.getc()
        self._taken += byte != EOF
        return byte

    def _unget(self, byte: int) -> None:
        if byte != EOF:
            self._taken -= 1
            self._source.ungetc(byte)

    def _skip_space(self) -> None:
        byte = self._get()
        while byte != EOF and byte in SPACES:
            byte = self._get()
        self._unget(byte)

    def _literal(self, wanted: int) -> None:
        byte = self._get()
        if byte == EOF:
            raise InputFailure
        if byte != wanted:
            self._unget(byte)
            raise MatchingFailure

    def _convert(self, directive: Directive) -> None:
        letter = directive.letter
        if letter == "%":
            self._skip_space()
            self._literal(0x25)
        elif letter == "n":
            if not directive.suppressed:
                self._store_integer(directive, self._taken)
        elif letter in _BASES:
            self._integer(directive)
        elif letter in "aAeEfFgG":
            self._float(directive)
        elif letter in "sScC[":
            self._text(directive)
        else:
            raise MatchingFailure

    # storing

    def _pointer(self, directive: Directive) -> int:
        while len(self._pointers) < directive.position <= 4096:
            self._pointers.append(self._arguments.integer())
        return self._pointers[directive.position - 1] if directive.position else self._arguments.integer()

    def _store(self, directive: Directive, data: bytes) -> None:
        if not directive.suppressed:
            self._arguments.write(self._pointer(directive), data)
            self._converted += 1

    def _store_integer(self, directive: Directive, value: int) -> None:
        size = 8 if directive.letter == "p" else _SIZES[directive.length]
        self._arguments.write(self._pointer(directive), (value & (1 << 8 * size) - 1).to_bytes(size, "little"))

    # numbers

    def _first(self) -> int:
        self._skip_space()
        byte = self._get()
        if byte == EOF:
            raise InputFailure
        return byte

    def _collect(self, directive: Directive, accepts: Callable[[bytes], bool]) -> bytes:
        """The longest input, within the width, every prefix of which `accepts` takes as a possible start."""
        text = bytearray()
        byte = self._first()
        width = directive.width or INPUT_LIMIT
        while byte != EOF and len(text) < width and accepts(bytes(text) + bytes([byte])):
            text.append(byte)
            byte = self._get() if len(text) < width else EOF
        self._unget(byte)
        return bytes(text)

    def _integer(self, directive: Directive) -> None:
        base = _BASES[directive.letter]
        if directive.letter == "p" and self._nil(directive):
            return
        text = self._collect(directive, _IntegerPrefix(base).accepts)
        number = re.fullmatch(rb"([+-]?)(?:0[xX])?", text)
        if number and not text.endswith((b"0", b"x", b"X")):
            raise MatchingFailure
        if text[-1:] in (b"x", b"X"):
            text = text[:-1]
            # glibc has consumed the x and reads the 0 in front of it as the number
        value = parse_integer(text, base).value
        if not directive.suppressed:
            self._store_integer(directive, _clamped(value, directive))
            self._converted += 1

    def _nil(self, directive: Directive) -> bool:
        """``(nil)``, which %p prints for NULL, is read back."""
        byte = self._first()
        self._unget(byte)
        if byte != 0x28:
            return False
        if 0 < directive.width < len(b"(nil)"):
            raise MatchingFailure
        for wanted in b"(nil)":
            self._literal(wanted)
        if not directive.suppressed:
            self._store_integer(directive, 0)
            self._converted += 1
        return True

    def _float(self, directive: Directive) -> None:
        text = self._collect(
            directive, lambda text: _is_float_prefix(text) and not _is_cut_prefix(text, directive.width)
        )
        target = BINARY64 if directive.length == "l" else BINARY32
        if directive.length in ("L", "ll", "q"):
            target = self._arguments.long_double_format
        parsed = parse_float(text, target)
        if not _is_whole_float(text):
            raise MatchingFailure
        size = {24: 4, 53: 8, 64: 10, 113: 16}[target.precision]
        self._store(directive, encode(parsed.rounded.value, target).to_bytes(size, "little"))

    # text

    def _text(self, directive: Directive) -> None:
        letter = directive.letter.lower()
        if letter == "s":
            self._unget(self._first())
        text = self._take(directive, letter)
        if letter == "[" and not text:
            raise MatchingFailure
        wide = directive.letter.isupper() or directive.length in ("l", "ll")
        if letter != "c":
            text += b"\0"
        data = b"".join(bytes([byte, 0, 0, 0]) for byte in text) if wide else text
        if directive.allocates and not directive.suppressed:
            block = self._arguments.allocate(len(data))
            self._arguments.write(block, data)
            data = block.to_bytes(8, "little")
        self._store(directive, data)

    def _take(self, directive: Directive, letter: str) -> bytes:
        width = directive.width or (1 if letter == "c" else INPUT_LIMIT)
        text = bytearray()
        byte = EOF
        while len(text) < width:
            byte = self._get()
            if byte == EOF or not _accepted(byte, letter, directive.characters):
                break
            text.append(byte)
        if len(text) < width:
            self._unget(byte)
            if not text and byte == EOF:
                raise InputFailure
        return bytes(text)


def _accepted(byte: int, letter: str, characters: frozenset[int]) -> bool:
    if letter == "c":
        return True
    return byte not in SPACES if letter == "s" else byte in characters


def _clamped(value: int, directive: Directive) -> int:
    """strtol's and strtoul's limits at 64 bits, as scanf applies them before it narrows."""
    if directive.letter in "di":
        return max(-(1 << 63), min((1 << 63) - 1, value))
    return value if abs(value) < 1 << 64 else (1 << 64) - 1


class _IntegerPrefix:
    """Recognises the possible starts of an integer in a base."""

    def __init__(self, base: int) -> None:
        digits = {0: rb"[0-9]", 8: rb"[0-7]", 10: rb"[0-9]", 16: rb"[0-9a-fA-F]"}[base]
        prefixed = rb"0[xX][0-9a-fA-F]*|" if base in (0, 16) else b""
        plain = rb"(?:[1-9][0-9]*|0[0-7]*)?" if base == 0 else digits + b"*"
        self._pattern = re.compile(rb"[+-]?(?:" + prefixed + plain + rb")")

    def accepts(self, text: bytes) -> bool:
        return self._pattern.fullmatch(text) is not None


_FLOAT_PREFIX = re.compile(
    rb"[+-]?(?:0[xX](?:[0-9a-fA-F]*\.?[0-9a-fA-F]*)(?:(?<=[0-9a-fA-F.])[pP](?:[+-]?\d*))?"
    rb"|(?:\d*\.?\d*)(?:(?<=[0-9.])[eE](?:[+-]?\d*))?)"
)
_EXPONENT_ALONE = re.compile(rb"[+-]?(?:0[xX]\.?[pP]|\.?[eE])")
"""An exponent that follows no digit."""
_WORDS = (b"infinity", b"nan")
_WHOLE = re.compile(
    rb"[+-]?(?:0[xX][0-9a-fA-F]*\.?[0-9a-fA-F]*(?:[pP][+-]?\d*)?"
    rb"|(?=\.?\d)\d*\.?\d*(?:[eE][+-]?\d*)?|inf|infinity|nan)",
    re.IGNORECASE,
)


def _is_float_prefix(text: bytes) -> bool:
    if _FLOAT_PREFIX.fullmatch(text):
        return not _EXPONENT_ALONE.match(text)
    word = text.lstrip(b"+-") if text[:1] in (b"+", b"-") else text
    return any(name.startswith(word.lower()) for name in _WORDS)


def _is_cut_prefix(text: bytes, width: int) -> bool:
    """``0x`` whose digits the width cuts off is read as 0."""
    return len(text) == width and text[-1:] in (b"x", b"X")


def _is_whole_float(text: bytes) -> bool:
    """glibc wants a digit behind ``0x``, but is content with a point."""
    return _WHOLE.fullmatch(text) is not None and text.lower().lstrip(b"+-") != b"0x"


def scan(source: CharacterSource, text: bytes, arguments: ScanArguments) -> int:
    """What scanf(text, arguments) returns, with the items stored."""
    return Scanner(source, arguments).run(text)
