"""The printf family's formatting, as glibc prints it (man 3 printf; C11 7.21.6.1). Pure: tested without a machine.

Not covered: ``%n`` into anything but integers, registered conversions (``register_printf_function``), locales but "C".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from playground.emulator.library.binary_float import BINARY64, BinaryFormat, Float
from playground.emulator.library.format_float import exponential, fixed, general, hexadecimal

OUTPUT_LIMIT = 16 * 1024 * 1024
"""Bytes that one call may produce; beyond it the run stops with a limit."""
INT_MAX = 2**31 - 1


class FormatOverflow(Exception):
    """A width or precision beyond INT_MAX: printf returns -1 with EOVERFLOW."""


class InvalidFormat(Exception):
    """The format ends within a conversion: printf returns -1 with EINVAL."""


class OutputTooLarge(Exception):
    """The text would pass OUTPUT_LIMIT."""


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
_SIZES = {"hh": 1, "h": 2, "": 4, "l": 8, "ll": 8, "q": 8, "L": 8, "j": 8, "z": 8, "Z": 8, "t": 8}
"""Bytes of an integer by its length modifier (LP64)."""
_INTEGERS = {"d": 10, "i": 10, "u": 10, "o": 8, "x": 16, "X": 16, "b": 2, "B": 2}
FLOAT_LETTERS = "eEfFgGaA"
_PREFIXES = {"x": "0x", "X": "0X", "b": "0b", "B": "0B"}
_FLOATS = {"e": exponential, "f": fixed, "g": general}


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


def format_printf(text: bytes, arguments: ArgumentSource) -> bytes:
    """What printf(text, arguments) prints.

    Raises:
        InvalidFormat, FormatOverflow: printf fails with -1.
        OutputTooLarge: more than OUTPUT_LIMIT bytes.
    """
    pieces = parse(text)
    if any(isinstance(piece, Conversion) and _is_positional(piece) for piece in pieces):
        arguments = _Positional(pieces, arguments)
    output: list[bytes] = []
    total = 0
    for piece in pieces:
        produced = piece if isinstance(piece, bytes) else _convert(piece, arguments, total)
        total += len(produced)
        if total > OUTPUT_LIMIT:
            raise OutputTooLarge
        output.append(produced)
    return b"".join(output)


def _is_positional(piece: Conversion) -> bool:
    stars = (field for field in (piece.width, piece.precision) if isinstance(field, Star))
    return piece.position is not None or any(star.position is not None for star in stars)


def _convert(piece: Conversion, arguments: ArgumentSource, written: int) -> bytes:
    if isinstance(arguments, _Positional):
        arguments.select(piece)
    piece = _resolve_stars(piece, arguments)
    if isinstance(piece.width, int) and piece.width > OUTPUT_LIMIT:
        raise OutputTooLarge
    letter = piece.letter
    if letter in _INTEGERS:
        return _integer(piece, arguments)
    if letter in FLOAT_LETTERS:
        return _float(piece, arguments)
    if letter in "cCsS":
        return _text(piece, arguments)
    if letter == "p":
        return _pointer(piece, arguments)
    if letter == "n":
        arguments.store(arguments.integer(), _SIZES[piece.length], written)
        return b""
    if letter == "m":
        message = arguments.error_name() if "#" in piece.flags else arguments.error_message()
        return _pad_text(_cut(message, piece), piece)
    return b"%" if letter == "%" else _unknown(piece)


def _resolve_stars(piece: Conversion, arguments: ArgumentSource) -> Conversion:
    """Replace ``*`` by its argument: a negative width means flag ``-``, a negative precision none at all."""
    if isinstance(piece.width, Star):
        width = _signed(arguments.integer(), 4)
        flags = piece.flags | {"-"} if width < 0 else piece.flags
        if abs(width) > INT_MAX - 32:
            raise FormatOverflow
        piece = replace(piece, width=abs(width), flags=flags)
    if isinstance(piece.precision, Star):
        piece = replace(piece, precision=_signed(arguments.integer(), 4))
    if isinstance(piece.precision, int) and piece.precision < 0:
        piece = replace(piece, precision=None)
    if isinstance(piece.precision, int) and piece.precision > OUTPUT_LIMIT and piece.letter not in "sScCpm":
        raise OutputTooLarge
    return piece


def _signed(value: int, size: int) -> int:
    value &= (1 << 8 * size) - 1
    return value - (1 << 8 * size) if value >> (8 * size - 1) else value


def _pad_number(sign: str, prefix: str, digits: str, piece: Conversion, zeros: bool) -> bytes:
    width = piece.width if isinstance(piece.width, int) else 0
    missing = width - len(sign) - len(prefix) - len(digits)
    if missing <= 0:
        return (sign + prefix + digits).encode()
    if "-" in piece.flags:
        return (sign + prefix + digits + " " * missing).encode()
    if zeros:
        return (sign + prefix + "0" * missing + digits).encode()
    return (" " * missing + sign + prefix + digits).encode()


def _sign(negative: bool, flags: frozenset[str]) -> str:
    return "-" if negative else "+" if "+" in flags else " " if " " in flags else ""


def _integer(piece: Conversion, arguments: ArgumentSource) -> bytes:
    size = _SIZES[piece.length]
    raw = arguments.integer() & ((1 << 8 * size) - 1)
    sign = ""
    if piece.letter in "di":
        raw = _signed(raw, size)
        sign = _sign(raw < 0, piece.flags)
    return _render_integer(abs(raw), sign, piece)


def _render_integer(value: int, sign: str, piece: Conversion) -> bytes:
    base = _INTEGERS[piece.letter]
    digits = format(value, {2: "b", 8: "o", 10: "d", 16: "x"}[base])
    if piece.letter == "X":
        digits = digits.upper()
    if piece.precision is not None:
        assert isinstance(piece.precision, int)
        digits = digits.rjust(piece.precision, "0") if value or piece.precision else ""
    if base == 8 and "#" in piece.flags and not digits.startswith("0"):
        digits = "0" + digits
    prefix = _PREFIXES.get(piece.letter, "") if "#" in piece.flags and value else ""
    return _pad_number(sign, prefix, digits, piece, zeros="0" in piece.flags and piece.precision is None)


def _float(piece: Conversion, arguments: ArgumentSource) -> bytes:
    is_long = piece.length in ("L", "ll", "q")
    value = arguments.long_double() if is_long else arguments.double()
    source = arguments.long_double_format if is_long else BINARY64
    return render_float(value, piece, source)


def render_float(value: Float, piece: Conversion, source: BinaryFormat) -> bytes:
    """One floating point value under a conversion (`precision` resolved)."""
    sign = _sign(value.sign == 1, piece.flags)
    lower = piece.letter.lower()
    if not value.is_finite:
        text = "nan" if value.is_nan else "inf"
        return _pad_number(sign, "", text.upper() if piece.letter.isupper() else text, piece, zeros=False)
    assert not isinstance(piece.precision, Star)
    alternate = "#" in piece.flags
    prefix = ""
    if lower == "a":
        prefix, digits = "0x", hexadecimal(value, piece.precision, alternate, source)[2:]
    else:
        digits = _FLOATS[lower](value, 6 if piece.precision is None else piece.precision, alternate)
    if piece.letter.isupper():
        prefix, digits = prefix.upper(), digits.upper()
    return _pad_number(sign, prefix, digits, piece, zeros="0" in piece.flags)


def _text(piece: Conversion, arguments: ArgumentSource) -> bytes:
    wide = piece.letter.isupper() or piece.length in ("l", "ll", "q", "L")
    raw = arguments.integer()
    if piece.letter in "cC":
        return _pad_text(encode_wide(raw & 0xFFFFFFFF) if wide else bytes([raw & 0xFF]), piece)
    assert not isinstance(piece.precision, Star)
    limit = piece.precision
    if raw == 0:
        return _pad_text(b"(null)" if limit is None or limit >= 6 else b"", piece)
    text = arguments.wide_string(raw, limit) if wide else arguments.string(raw, limit)
    return _pad_text(text, piece)


def encode_wide(code: int) -> bytes:
    """A wchar_t as multibyte text in the "C" locale: ASCII alone can be converted (EILSEQ otherwise)."""
    if code > 0x7F:
        raise ValueError("EILSEQ")
    return bytes([code])


def _cut(text: bytes, piece: Conversion) -> bytes:
    return text[: piece.precision] if isinstance(piece.precision, int) else text


def _pad_text(text: bytes, piece: Conversion) -> bytes:
    width = piece.width if isinstance(piece.width, int) else 0
    return text.ljust(width) if "-" in piece.flags else text.rjust(width)


def _pointer(piece: Conversion, arguments: ArgumentSource) -> bytes:
    value = arguments.integer()
    if value == 0:
        return _pad_text(b"(nil)", piece)
    sign = _sign(False, piece.flags)
    return _render_integer(value, sign, replace(piece, letter="x", flags=piece.flags | {"#"}))


def _unknown(piece: Conversion) -> bytes:
    """An unknown conversion is printed back: flags in glibc's own order, width and precision as resolved."""
    overridden = {" "} if "+" in piece.flags else set()
    text = "%" + "".join(flag for flag in "#'+ -0I" if flag in piece.flags - overridden)
    text += str(piece.width) if piece.width else ""
    text += "" if piece.precision is None else f".{piece.precision}"
    return text.encode() + (piece.letter.encode("latin-1"))


class _Positional:
    """Arguments by number (``%2$d``): fetched in order by the type that their conversion gives them."""

    def __init__(self, pieces: tuple[Piece, ...], source: ArgumentSource) -> None:
        self._source = source
        self.long_double_format = source.long_double_format
        kinds: dict[int, str] = {}
        for piece in pieces:
            if isinstance(piece, Conversion):
                kinds.update(dict(_positions(piece)))
        highest = max(kinds, default=0)
        if highest > 4096:
            raise FormatOverflow
        self._values: dict[int, int | Float] = {}
        for number in range(1, highest + 1):
            self._values[number] = _fetch(kinds.get(number, "integer"), source)
        self._queue: Iterator[int] = iter(())

    def select(self, piece: Conversion) -> None:
        """Point the next fetches at the numbers of `piece`, in the order: width, precision, value."""
        self._queue = iter([number for number, _ in _positions(piece)])

    def _next(self) -> int | Float:
        return self._values.get(next(self._queue, 0), 0)

    def integer(self) -> int:
        value = self._next()
        return value if isinstance(value, int) else 0

    def double(self) -> Float:
        value = self._next()
        assert isinstance(value, Float)
        return value

    long_double = double

    def string(self, address: int, limit: int | None) -> bytes:
        return self._source.string(address, limit)

    def wide_string(self, address: int, limit: int | None) -> bytes:
        return self._source.wide_string(address, limit)

    def store(self, address: int, size: int, value: int) -> None:
        self._source.store(address, size, value)

    def error_message(self) -> bytes:
        return self._source.error_message()

    def error_name(self) -> bytes:
        return self._source.error_name()


def _positions(piece: Conversion) -> list[tuple[int, str]]:
    """Argument numbers that a conversion uses, in fetching order, with the kind of each."""
    numbers: list[tuple[int, str]] = []
    for field in (piece.width, piece.precision):
        if isinstance(field, Star) and field.position:
            numbers.append((field.position, "integer"))
    if piece.position:
        kind = "integer"
        if piece.letter in FLOAT_LETTERS:
            kind = "long double" if piece.length in ("L", "ll", "q") else "double"
        numbers.append((piece.position, kind))
    return numbers


def _fetch(kind: str, source: ArgumentSource) -> int | Float:
    if kind == "double":
        return source.double()
    return source.long_double() if kind == "long double" else source.integer()
