"""Text to number as strtol and strtod read it (C11 7.22.1.3, 7.22.1.4), exact and without a machine."""

import re
from dataclasses import dataclass
from decimal import Decimal

from playground.emulator.library.binary_float import (
    NAN,
    BinaryFormat,
    Float,
    Kind,
    Rounded,
    infinity,
    round_ratio,
    zero,
)

SPACES = b" \t\n\v\f\r"
_DECIMAL = re.compile(rb"(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?|\.(\d+)(?:[eE]([+-]?\d+))?")
_HEXADECIMAL = re.compile(
    rb"0[xX](?:([0-9a-fA-F]+)(?:\.([0-9a-fA-F]*))?|\.([0-9a-fA-F]+))(?:[pP]([+-]?\d+))?",
)
_INFINITY = re.compile(rb"inf(?:inity)?", re.IGNORECASE)
_NAN = re.compile(rb"nan(?:\(([0-9a-zA-Z_]*)\))?", re.IGNORECASE)
MAX_DIGITS = 12000
"""Significant digits kept; any halfway point between two values of any format has fewer, so one sticky digit stands
for all that follow."""
EXPONENT_BOUND = 40000
"""Powers beyond this are infinite or zero in every format."""


@dataclass(frozen=True)
class ParsedInteger:
    value: int
    """Exact, unbounded."""
    consumed: int
    """Bytes used, leading space and sign included; 0 when there is no number."""


def parse_integer(text: bytes, base: int) -> ParsedInteger:
    """The number at the start of `text`; base 0 reads 0x, 0 and decimal forms."""
    start = len(text) - len(text.lstrip(SPACES))
    negative = text[start : start + 1] == b"-"
    if text[start : start + 1] in (b"-", b"+"):
        start += 1
    prefixed = re.match(rb"0[xX][0-9a-fA-F]", text[start : start + 3]) is not None
    if base == 0:
        base = 16 if prefixed else 8 if text[start : start + 1] == b"0" else 10
    position = start + 2 if base == 16 and prefixed else start
    end = position
    while end < len(text) and _digit(text[end]) < base:
        end += 1
    if end == position:
        return ParsedInteger(0, 0)
    digits = text[position:end]
    value = _power_free(digits) if base == 10 else _based(digits, base)
    return ParsedInteger(-value if negative else value, end)


def _digit(byte: int) -> int:
    character = chr(byte)
    return int(character, 36) if byte < 128 and character.isalnum() else 99


def _power_free(digits: bytes) -> int:
    return int(Decimal(digits.decode()))


def _based(digits: bytes, base: int) -> int:
    """More than 200 digits overflow every integer type: the rest cannot matter."""
    return int(digits.lstrip(b"0")[:200] or b"0", base)


@dataclass(frozen=True)
class ParsedFloat:
    rounded: Rounded
    consumed: int
    """0 when there is no number."""


def parse_float(text: bytes, target: BinaryFormat) -> ParsedFloat:
    """The floating-point number at the start of `text`, rounded once to `target`."""
    start = len(text) - len(text.lstrip(SPACES))
    sign = int(text[start : start + 1] == b"-")
    if text[start : start + 1] in (b"-", b"+"):
        start += 1
    if match := _HEXADECIMAL.match(text, start):
        return ParsedFloat(_round_hexadecimal(sign, match, target), match.end())
    if match := _DECIMAL.match(text, start):
        return ParsedFloat(_round_decimal(sign, match, target), match.end())
    if match := _INFINITY.match(text, start):
        return ParsedFloat(Rounded(infinity(sign)), match.end())
    if match := _NAN.match(text, start):
        return ParsedFloat(Rounded(_nan(sign, match.group(1), target)), match.end())
    return ParsedFloat(Rounded(zero()), 0)


def _nan(sign: int, payload: bytes | None, target: BinaryFormat) -> Float:
    bits = 0
    if payload:
        parsed = parse_integer(payload, 0)
        bits = parsed.value if parsed.consumed == len(payload) else 0
    width = target.precision - 2
    return Float(sign, Kind.NAN, NAN.mantissa | (bits & ((1 << width) - 1)) << (112 - target.precision + 1))


def _round_decimal(sign: int, match: re.Match[bytes], target: BinaryFormat) -> Rounded:
    whole, fraction, exponent, only_fraction, its_exponent = match.groups()
    fraction = only_fraction if only_fraction is not None else fraction or b""
    digits = ((whole or b"") + fraction).lstrip(b"0")
    power = _bounded(exponent or its_exponent) - len(fraction)
    if len(digits) > MAX_DIGITS:
        power += len(digits) - MAX_DIGITS - 1
        digits = digits[:MAX_DIGITS] + (b"1" if digits[MAX_DIGITS:].strip(b"0") else b"0")
    if not digits:
        return Rounded(zero(sign))
    if power + len(digits) > EXPONENT_BOUND:
        return Rounded(infinity(sign), inexact=True, overflow=True)
    if power + len(digits) < -EXPONENT_BOUND:
        return Rounded(zero(sign), inexact=True, underflow=True)
    value = _power_free(digits)
    return (
        round_ratio(sign, value * 10**power, 1, target) if power >= 0 else round_ratio(sign, value, 10**-power, target)
    )


def _round_hexadecimal(sign: int, match: re.Match[bytes], target: BinaryFormat) -> Rounded:
    whole, fraction, only_fraction, exponent = match.groups()
    fraction = only_fraction if only_fraction is not None else fraction or b""
    digits = ((whole or b"") + fraction).lstrip(b"0")
    power = _bounded(exponent) - 4 * len(fraction)
    if len(digits) > MAX_DIGITS:
        power += 4 * (len(digits) - MAX_DIGITS - 1)
        digits = digits[:MAX_DIGITS] + (b"1" if digits[MAX_DIGITS:].strip(b"0") else b"0")
    if not digits:
        return Rounded(zero(sign))
    if power + 4 * len(digits) > EXPONENT_BOUND:
        return Rounded(infinity(sign), inexact=True, overflow=True)
    if power + 4 * len(digits) < -EXPONENT_BOUND:
        return Rounded(zero(sign), inexact=True, underflow=True)
    value = int(digits, 16)
    return round_ratio(sign, value << power, 1, target) if power >= 0 else round_ratio(sign, value, 1 << -power, target)


def _bounded(exponent: bytes | None) -> int:
    """An exponent's value, kept within what can matter beside any number of digits we read."""
    if not exponent:
        return 0
    bound = 1 << 40
    return max(-bound, min(bound, parse_integer(exponent, 10).value if len(exponent) < 4000 else bound))
