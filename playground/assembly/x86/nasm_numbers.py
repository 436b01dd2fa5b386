"""NASM's numeric constants, character constants and strings (NASM manual, 3.4)."""

import re
from fractions import Fraction

_BASES = {"h": 16, "x": 16, "d": 10, "t": 10, "o": 8, "q": 8, "b": 2, "y": 2}
"""Radix letters, as a prefix ``0x`` and as a suffix ``10h`` (manual, 3.4.1)."""

_PREFIXED = re.compile(r"0([hxdtoqby])([0-9a-f]+)")
_FLOAT = re.compile(
    r"[-+]?(?:[0-9]+\.[0-9]*(?:e[-+]?[0-9]{1,5})?|[0-9]+e[-+]?[0-9]{1,5}|0x[0-9a-f]*\.?[0-9a-f]*p[-+]?[0-9]{1,5})", re.I
)
_SPECIAL = {
    "__infinity__": "inf",
    "__?infinity?__": "inf",
    "__nan__": "nan",
    "__?nan?__": "nan",
    "__qnan__": "nan",
    "__?qnan?__": "nan",
}

ESCAPES = {
    "n": 10,
    "t": 9,
    "r": 13,
    "b": 8,
    "f": 12,
    "a": 7,
    "v": 11,
    "e": 27,
    "\\": 92,
    "'": 39,
    '"': 34,
    "`": 96,
    "?": 63,
}
"""Manual, 3.4.2: only between backquotes."""
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.S)

STRING = r"'[^']*'|\"[^\"]*\"|`(?:\\.|[^`\\])*`"


def nasm_number(text: str) -> int | None:
    """The value of an integer constant, None when it is none."""
    lower = text.lower().replace("_", "")
    if not lower or len(lower) > 80:
        return None
    if lower[0] == "$" and lower[1:2].isdigit():
        return _digits(lower[1:], 16)
    if lower.startswith("0x"):
        return _digits(lower[2:], 16)
    base = _BASES.get(lower[-1])
    if base is not None and (value := _digits(lower[:-1], base)) is not None:
        return value
    found = _PREFIXED.fullmatch(lower)
    if found and (value := _digits(found[2], _BASES[found[1]])) is not None:
        return value
    return _digits(lower, 10)


def _digits(text: str, base: int) -> int | None:
    try:
        return int(text, base) if text.isalnum() and text.isascii() else None
    except ValueError:
        return None


def string_bytes(literal: str) -> bytes:
    """The bytes of a quoted string; escapes count between backquotes only."""
    body = literal[1:-1]
    if literal[0] != "`":
        return body.encode("utf-8", "surrogatepass")
    result, position = bytearray(), 0
    for found in _ESCAPE.finditer(body):
        result += body[position : found.start()].encode("utf-8", "surrogatepass") + _escaped(found)
        position = found.end()
    return bytes(result + body[position:].encode("utf-8", "surrogatepass"))


def _escaped(found: re.Match[str]) -> bytes:
    octal, hexadecimal, short, long, other = found.groups()
    if octal:
        return bytes([int(octal, 8) & 255])
    if hexadecimal:
        return bytes([int(hexadecimal, 16)])
    if short or long:
        point = int(short or long, 16)
        return chr(point).encode("utf-8", "surrogatepass") if point < 0x110000 else b"?"
    return bytes([ESCAPES[other]]) if other in ESCAPES else other.encode("utf-8", "surrogatepass")


def character_value(literal: str) -> int:
    """A character constant in an expression: its bytes, little endian (manual, 3.4.3)."""
    return int.from_bytes(string_bytes(literal)[:8], "little")


def float_text(text: str) -> str | None:
    """`text` as a plain decimal or special floating-point number, None when it is no float."""
    plain = text.strip().replace("_", "") if "__" not in text else text.strip()
    sign = plain[:1] if plain[:1] in "+-" else ""
    special = _SPECIAL.get(plain[len(sign) :].lower())
    if special:
        return sign + special
    return plain if _FLOAT.fullmatch(plain) else None


def float_bytes(text: str, size: int) -> bytes | None:
    """IEEE 754 binary of 2, 4, 8 or 10 (x87 extended, SDM vol. 1, 4.2.2) bytes; None for another size."""
    formats = {2: (5, 10), 4: (8, 23), 8: (11, 52), 10: (15, 63)}
    if size not in formats:
        return None
    exponent_bits, fraction_bits = formats[size]
    negative = text[0] == "-"
    body = text.lstrip("+-").lower()
    bias = (1 << exponent_bits - 1) - 1
    if body in ("inf", "nan"):
        exponent, significand = 2 * bias + 1, (1 << fraction_bits) | ((1 << fraction_bits - 1) if body == "nan" else 0)
    else:
        exponent, significand = _rounded(_exact(body), bias, fraction_bits)
    if size != 10:
        significand &= (1 << fraction_bits) - 1
        fraction_bits_stored = fraction_bits
    else:
        fraction_bits_stored = 64
    bits = (negative << exponent_bits | exponent) << fraction_bits_stored | significand
    return bits.to_bytes(size, "little")


def _exact(text: str) -> Fraction:
    if text.startswith("0x"):
        mantissa, _, power = text[2:].partition("p")
        whole, _, part = mantissa.partition(".")
        return Fraction(int(whole + part or "0", 16)) * Fraction(2) ** (int(power or "0") - 4 * len(part))
    return Fraction(text)


def _rounded(value: Fraction, bias: int, fraction_bits: int) -> tuple[int, int]:
    """Biased exponent and significand (its integer bit included), rounded to nearest even."""
    if not value:
        return 0, 0
    exponent = value.numerator.bit_length() - value.denominator.bit_length()
    if Fraction(2) ** exponent > value:
        exponent -= 1
    exponent = max(exponent, 1 - bias)
    significand = round(value / Fraction(2) ** exponent * (1 << fraction_bits))
    if significand >> fraction_bits + 1:
        significand, exponent = significand >> 1, exponent + 1
    if exponent > bias:
        return 2 * bias + 1, 1 << fraction_bits
    return (exponent + bias if significand >> fraction_bits else 0), significand
