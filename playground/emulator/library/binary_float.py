"""Binary floating point formats (IEEE 754-2019 table 3.5, and the x87 extended format), exact and without a machine."""

import struct
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class BinaryFormat:
    """One format: `precision` counts significant bits, the leading one included."""

    name: str
    precision: int
    max_exponent: int
    """emax: the exponent of the largest power of two."""
    exponent_bits: int
    explicit_leading_bit: bool = False
    """True for x87, which stores the leading one."""

    @property
    def min_exponent(self) -> int:
        return 1 - self.max_exponent

    @property
    def least_exponent(self) -> int:
        """The exponent of the smallest subnormal, that is of one unit in the last place there."""
        return self.min_exponent - self.precision + 1

    @property
    def fraction_bits(self) -> int:
        """Bits that are stored for the significand."""
        return self.precision if self.explicit_leading_bit else self.precision - 1


BINARY32 = BinaryFormat("binary32", 24, 127, 8)
BINARY64 = BinaryFormat("binary64", 53, 1023, 11)
X87_EXTENDED = BinaryFormat("x87 extended", 64, 16383, 15, explicit_leading_bit=True)
BINARY128 = BinaryFormat("binary128", 113, 16383, 15)


class Kind(Enum):
    FINITE = "finite"
    INFINITY = "infinity"
    NAN = "nan"


@dataclass(frozen=True, slots=True)
class Float:
    """A value of any format: finite ones are (-1)**sign * mantissa * 2**exponent, exactly."""

    sign: int
    kind: Kind
    mantissa: int = 0
    """Finite: the magnitude's integer. NaN: the payload, shifted to 112 bits so that the quiet bit is bit 111."""
    exponent: int = 0

    @property
    def is_finite(self) -> bool:
        return self.kind is Kind.FINITE

    @property
    def is_nan(self) -> bool:
        return self.kind is Kind.NAN

    @property
    def is_zero(self) -> bool:
        return self.kind is Kind.FINITE and self.mantissa == 0

    def ratio(self) -> tuple[int, int]:
        """Numerator (signed) and denominator of a finite value."""
        numerator = -self.mantissa if self.sign else self.mantissa
        if self.exponent >= 0:
            return numerator << self.exponent, 1
        return numerator, 1 << -self.exponent

    def negated(self) -> "Float":
        return Float(1 - self.sign, self.kind, self.mantissa, self.exponent)


_PAYLOAD_BITS = 112
NAN = Float(0, Kind.NAN, 1 << (_PAYLOAD_BITS - 1))
"""The quiet NaN without a payload."""


def infinity(sign: int = 0) -> Float:
    return Float(sign, Kind.INFINITY)


def zero(sign: int = 0) -> Float:
    return Float(sign, Kind.FINITE)


@dataclass(frozen=True, slots=True)
class Rounded:
    """What rounding to a format gave, and which exceptions it raised (IEEE 754 section 7)."""

    value: Float
    inexact: bool = False
    overflow: bool = False
    underflow: bool = False


def round_ratio(sign: int, numerator: int, denominator: int, target: BinaryFormat) -> Rounded:
    """The value of `target` nearest to numerator / denominator (both >= 0, denominator > 0), ties to even."""
    if numerator == 0:
        return Rounded(zero(sign))
    exponent = numerator.bit_length() - denominator.bit_length() - target.precision
    mantissa, remainder, scaled = _divide(numerator, denominator, exponent)
    if mantissa.bit_length() > target.precision:
        exponent += 1
        mantissa, remainder, scaled = _divide(numerator, denominator, exponent)
    tiny = exponent < target.least_exponent
    if tiny:
        exponent = target.least_exponent
        mantissa, remainder, scaled = _divide(numerator, denominator, exponent)
    inexact = remainder != 0
    if 2 * remainder > scaled or (2 * remainder == scaled and mantissa & 1):
        mantissa += 1
    if mantissa.bit_length() + exponent - 1 > target.max_exponent:
        return Rounded(infinity(sign), inexact=True, overflow=True)
    return Rounded(Float(sign, Kind.FINITE, mantissa, exponent), inexact, underflow=tiny and inexact)


def _divide(numerator: int, denominator: int, exponent: int) -> tuple[int, int, int]:
    """Quotient and remainder of numerator / (denominator * 2**exponent), and that divisor."""
    if exponent >= 0:
        denominator <<= exponent
    else:
        numerator <<= -exponent
    quotient, remainder = divmod(numerator, denominator)
    return quotient, remainder, denominator


def round_to(value: Float, target: BinaryFormat) -> Rounded:
    """`value` in `target`; NaN and infinity pass."""
    if not value.is_finite:
        return Rounded(value)
    if value.exponent >= 0:
        return round_ratio(value.sign, value.mantissa << value.exponent, 1, target)
    return round_ratio(value.sign, value.mantissa, 1 << -value.exponent, target)


def decode(bits: int, source: BinaryFormat) -> Float:
    """The value of a bit pattern. x87 unnormals and pseudo-denormals read as their arithmetic value."""
    fraction_bits = source.fraction_bits
    fraction = bits & ((1 << fraction_bits) - 1)
    biased = (bits >> fraction_bits) & ((1 << source.exponent_bits) - 1)
    sign = (bits >> (fraction_bits + source.exponent_bits)) & 1
    if biased == (1 << source.exponent_bits) - 1:
        payload = fraction & ((1 << (source.precision - 1)) - 1)
        if payload == 0:
            return infinity(sign)
        return Float(sign, Kind.NAN, payload << (_PAYLOAD_BITS - source.precision + 1))
    if biased and not source.explicit_leading_bit:
        fraction |= 1 << fraction_bits
    exponent = max(biased, 1) - source.max_exponent - source.precision + 1
    return Float(sign, Kind.FINITE, fraction, exponent)


def encode(value: Float, target: BinaryFormat) -> int:
    """The bit pattern of `value`, rounded to nearest even where it does not fit."""
    rounded = round_to(value, target).value
    all_ones = (1 << target.exponent_bits) - 1
    leading = 1 << (target.precision - 1)
    if rounded.is_nan:
        payload = (rounded.mantissa >> (_PAYLOAD_BITS - target.precision + 1)) | leading >> 1
        return _assemble(rounded.sign, all_ones, payload | leading, target)
    if not rounded.is_finite:
        return _assemble(rounded.sign, all_ones, leading, target)
    mantissa, exponent = rounded.mantissa, rounded.exponent
    if mantissa == 0:
        return _assemble(rounded.sign, 0, 0, target)
    excess = target.precision - mantissa.bit_length()
    excess = min(excess, exponent - target.least_exponent)
    mantissa = mantissa << excess if excess >= 0 else mantissa >> -excess
    exponent -= excess
    biased = exponent + target.precision - 1 + target.max_exponent if mantissa & leading else 0
    return _assemble(rounded.sign, biased, mantissa, target)


def _assemble(sign: int, biased: int, significand: int, target: BinaryFormat) -> int:
    if not target.explicit_leading_bit:
        significand &= (1 << target.fraction_bits) - 1
    return (sign << (target.exponent_bits + target.fraction_bits)) | (biased << target.fraction_bits) | significand


def from_python(value: float) -> Float:
    """A Python float, exactly (a NaN keeps its sign)."""
    return decode(struct.unpack("<Q", struct.pack("<d", value))[0], BINARY64)


def to_python(value: Float) -> float:
    """The nearest double."""
    bits = encode(value, BINARY64)
    return float(struct.unpack("<d", struct.pack("<Q", bits))[0])
