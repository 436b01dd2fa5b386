"""Arithmetic on exact Float values, rounded once to a format (IEEE 754-2019 section 5.4)."""

from math import isqrt

from playground.emulator.library.binary_float import (
    NAN,
    BinaryFormat,
    Float,
    Kind,
    infinity,
    round_ratio,
    round_to,
    zero,
)


def _quiet(*values: Float) -> Float | None:
    """The first NaN among the operands."""
    return next((value for value in values if value.is_nan), None)


def add(a: Float, b: Float, target: BinaryFormat) -> Float:
    """a + b."""
    if nan := _quiet(a, b):
        return nan
    if not a.is_finite or not b.is_finite:
        if a.kind is b.kind and a.sign != b.sign:
            return NAN
        return a if not a.is_finite else b
    exponent = min(a.exponent, b.exponent)
    total = sum((-x.mantissa if x.sign else x.mantissa) << (x.exponent - exponent) for x in (a, b))
    if total == 0:
        return zero(a.sign & b.sign)
    return round_to(Float(int(total < 0), Kind.FINITE, abs(total), exponent), target).value


def subtract(a: Float, b: Float, target: BinaryFormat) -> Float:
    """a - b."""
    return add(a, b if b.is_nan else b.negated(), target)


def multiply(a: Float, b: Float, target: BinaryFormat) -> Float:
    """a * b."""
    if nan := _quiet(a, b):
        return nan
    sign = a.sign ^ b.sign
    if not a.is_finite or not b.is_finite:
        return NAN if a.is_zero or b.is_zero else infinity(sign)
    return round_to(Float(sign, Kind.FINITE, a.mantissa * b.mantissa, a.exponent + b.exponent), target).value


def divide(a: Float, b: Float, target: BinaryFormat) -> Float:
    """a / b."""
    if nan := _quiet(a, b):
        return nan
    sign = a.sign ^ b.sign
    if not a.is_finite:
        return infinity(sign) if b.is_finite else NAN
    if not b.is_finite:
        return zero(sign)
    if b.is_zero:
        return NAN if a.is_zero else infinity(sign)
    shift = a.exponent - b.exponent
    numerator, denominator = (a.mantissa << shift, b.mantissa) if shift >= 0 else (a.mantissa, b.mantissa << -shift)
    return round_ratio(sign, numerator, denominator, target).value


def square_root(a: Float, target: BinaryFormat) -> Float:
    """The square root; NaN for negative values."""
    if a.is_nan or a.is_zero:
        return a
    if a.sign:
        return NAN
    if not a.is_finite:
        return a
    mantissa, exponent = a.mantissa, a.exponent
    shift = max(0, 2 * (target.precision + 2) - mantissa.bit_length())
    shift += (exponent - shift) % 2
    mantissa, exponent = mantissa << shift, exponent - shift
    root = isqrt(mantissa)
    # one sticky bit below the root tells an inexact root from an exact one
    sticky = int(root * root != mantissa)
    return round_to(Float(0, Kind.FINITE, root << 1 | sticky, exponent // 2 - 1), target).value


def compare(a: Float, b: Float) -> int | None:
    """-1, 0 or 1; None when unordered."""
    if a.is_nan or b.is_nan:
        return None
    left, right = _ordered(a), _ordered(b)
    if left[0] != right[0]:
        return -1 if left[0] < right[0] else 1
    exponent = min(left[2], right[2])
    difference = (left[1] << (left[2] - exponent)) - (right[1] << (right[2] - exponent))
    return (difference > 0) - (difference < 0)


def _ordered(value: Float) -> tuple[int, int, int]:
    """Class of size (-1 for -inf, 0 finite, 1 for +inf), signed mantissa, exponent."""
    if not value.is_finite:
        return (-1 if value.sign else 1), 0, 0
    return 0, -value.mantissa if value.sign else value.mantissa, value.exponent


def from_integer(value: int, target: BinaryFormat) -> Float:
    """An integer, rounded."""
    return round_ratio(int(value < 0), abs(value), 1, target).value


def to_integer(value: Float) -> int:
    """Truncated toward zero; finite values only."""
    numerator, denominator = value.ratio()
    quotient = abs(numerator) // denominator
    return -quotient if value.sign else quotient
