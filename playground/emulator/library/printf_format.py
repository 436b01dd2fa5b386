"""A printf format taken apart: literal stretches and conversion specifications (man 3 printf)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from playground.emulator.library.binary_float import BinaryFormat, Float

INT_MAX = 2**31 - 1


class FormatOverflow(Exception):
    """A width or precision beyond INT_MAX: printf returns -1 with EOVERFLOW."""


class InvalidFormat(Exception):
    """The format ends within a conversion: printf returns -1 with EINVAL."""


class ArgumentSource(Protocol):
    """Where a format's arguments come from: registers and stack, a va_list, or a test's list."""

    long_double_format: BinaryFormat

    def integer(self) -> int:
        """The next integer or pointer argument, 64 bits unsigned."""
        ...

    def double(self) -> Float: ...

    def long_double(self) -> Float: ...

    def string(self, address: int, limit: int | None) -> bytes:
        """The bytes at `address` up to NUL, at most `limit`."""
        ...

    def wide_string(self, address: int, limit: int | None) -> bytes:
        """The wchar_t string at `address` as multibyte text of at most `limit` bytes."""
        ...

    def store(self, address: int, size: int, value: int) -> None: ...

    def error_message(self) -> bytes:
        """What %m prints: strerror(errno)."""
        ...

    def error_name(self) -> bytes:
        """What %#m prints: the constant's name, ``0`` for no error."""
        ...


@dataclass(frozen=True)
class Star:
    """A ``*`` width or precision, with its position where one was given (``*2$``)."""

    position: int | None


@dataclass(frozen=True)
class Conversion:
    """One conversion specification."""

    flags: frozenset[str]
    width: int | Star | None
    precision: int | Star | None
    length: str
    letter: str
    position: int | None
    text: bytes


Piece = bytes | Conversion

_CONVERSION = re.compile(
    rb"%(?:(\d+)\$)?([-+ #0'I]*)(\*(?:\d+\$)?|\d+)?(\.(?:\*(?:\d+\$)?|-?\d+)?)?(hh|ll|[hlqLjzZt])?(.)?", re.DOTALL
)
FLOAT_LETTERS = "eEfFgGaA"


@lru_cache(maxsize=512)
def parse(text: bytes) -> tuple[Piece, ...]:
    """The literal stretches and conversions of a format.

    Raises:
        InvalidFormat: the text ends within a conversion.
        FormatOverflow: a width or precision beyond INT_MAX.
    """
    pieces: list[Piece] = []
    position = 0
    while (start := text.find(b"%", position)) >= 0:
        if start > position:
            pieces.append(text[position:start])
        match = _CONVERSION.match(text, start)
        assert match is not None
        pieces.append(_conversion(match))
        position = match.end()
    if position < len(text):
        pieces.append(text[position:])
    return tuple(pieces)


def _conversion(match: re.Match[bytes]) -> Conversion:
    position, flags, width, precision, length, letter = match.groups()
    if letter is None:
        raise InvalidFormat
    return Conversion(
        flags=_flags(flags.decode()),
        width=_field(width),
        precision=None if precision is None else _field(precision[1:] or b"0"),
        length=(length or b"").decode(),
        letter=letter.decode("latin-1"),
        position=int(position) if position else None,
        text=match.group(),
    )


def _flags(text: str) -> frozenset[str]:
    """``-`` overrides ``0``."""
    return frozenset(text) - {"0"} if "-" in text else frozenset(text)


def _field(text: bytes | None) -> int | Star | None:
    if text is None:
        return None
    if text.startswith(b"*"):
        return Star(int(text[1:-1]) if len(text) > 1 else None)
    if len(text) > 10 or int(text) > INT_MAX - 32:
        raise FormatOverflow
    return int(text)
