"""The printf family's formatting, as glibc prints it (man 3 printf; C11 7.21.6.1). Pure: tested without a machine.

Not covered: ``%n`` into anything but integers, registered conversions (``register_printf_function``), locales but "C".
"""

from dataclasses import replace

from playground.emulator.library.binary_float import BINARY64, BinaryFormat, Float
from playground.emulator.library.format_float import exponential, fixed, general, hexadecimal
from playground.emulator.library.printf_format import (
    FLOAT_LETTERS,
    INT_MAX,
    ArgumentSource,
    Conversion,
    FormatOverflow,
    InvalidFormat,
    Star,
    parse,
)
from playground.emulator.library.printf_positional import Positional

OUTPUT_LIMIT = 16 * 1024 * 1024
"""Bytes that one call may produce; beyond it the run stops with a limit."""
_SIZES = {"hh": 1, "h": 2, "": 4, "l": 8, "ll": 8, "q": 8, "L": 8, "j": 8, "z": 8, "Z": 8, "t": 8}
"""Bytes of an integer by its length modifier (LP64)."""
_INTEGERS = {"d": 10, "i": 10, "u": 10, "o": 8, "x": 16, "X": 16, "b": 2, "B": 2}
_PREFIXES = {"x": "0x", "X": "0X", "b": "0b", "B": "0B"}
_FLOATS = {"e": exponential, "f": fixed, "g": general}


class OutputTooLarge(Exception):
    """The text would pass OUTPUT_LIMIT."""


def format_printf(text: bytes, arguments: ArgumentSource) -> bytes:
    """What printf(text, arguments) prints.

    Raises:
        InvalidFormat, FormatOverflow: printf fails with -1.
        OutputTooLarge: more than OUTPUT_LIMIT bytes.
    """
    pieces = parse(text)
    if any(isinstance(piece, Conversion) and _is_positional(piece) for piece in pieces):
        arguments = Positional(pieces, arguments)
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
    if isinstance(arguments, Positional):
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


__all__ = [
    "OUTPUT_LIMIT",
    "Conversion",
    "FormatOverflow",
    "InvalidFormat",
    "OutputTooLarge",
    "encode_wide",
    "format_printf",
    "render_float",
]
