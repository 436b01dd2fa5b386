"""The arithmetic of contracted code: fused products and sums, and float's operations as a number type.

gcc joins a product with the sum that takes it into one instruction that rounds once (`fma`). `a * b + c * d` joins the
product that is computed first; a product that is also used elsewhere stays apart.
"""

import ctypes
import math
import struct
from typing import overload

from playground.emulator.library.host_libm import unchecked_host_function

_fma = unchecked_host_function("fma", *[ctypes.c_double] * 4)
_fmaf = unchecked_host_function("fmaf", *[ctypes.c_float] * 4)
_rounded = ctypes.c_float


class Binary32(float):
    """A float of C: the operators round to 24 bits. The other operand is a Binary32 or exact in that format.

    The sum, difference, product, quotient and square root of floats in double, rounded again, are those rounded once
    (S. A. Figueroa, When is double rounding innocuous?, 1995).
    """

    __slots__ = ()

    def __new__(cls, value: float) -> "Binary32":
        return float.__new__(cls, _rounded(value).value)

    def __add__(self, other: float) -> "Binary32":
        return Binary32(float.__add__(self, other))

    def __sub__(self, other: float) -> "Binary32":
        return Binary32(float.__sub__(self, other))

    def __mul__(self, other: float) -> "Binary32":
        return Binary32(float.__mul__(self, other))

    def __truediv__(self, other: float) -> "Binary32":
        return Binary32(float.__truediv__(self, other))

    def __rsub__(self, other: float) -> "Binary32":
        return Binary32(float.__rsub__(self, other))

    def __rtruediv__(self, other: float) -> "Binary32":
        return Binary32(float.__rtruediv__(self, other))

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self) -> "Binary32":
        return Binary32(float.__neg__(self))

    def __abs__(self) -> "Binary32":
        return Binary32(float.__abs__(self))


@overload
def fma(x: Binary32, y: float, z: float) -> Binary32: ...
@overload
def fma(x: float, y: float, z: float) -> float: ...
def fma(x: float, y: float, z: float) -> float:
    """x * y + z rounded once, in the format of x."""
    if isinstance(x, Binary32):
        return Binary32(_fmaf(x, y, z))
    result: float = _fma(x, y, z)
    return result


@overload
def polynomial(x: Binary32, *coefficients: float) -> Binary32: ...
@overload
def polynomial(x: float, *coefficients: float) -> float: ...
def polynomial(x: float, *coefficients: float) -> float:
    """By Horner's rule in the format of x, the constant term first, each step fused."""
    total = coefficients[-1]
    for coefficient in coefficients[-2::-1]:
        total = fma(x, total, coefficient)
    return total


def paired_polynomial(x: float, *coefficients: float) -> float:
    """(c0 + c1 x) + (c2 + c3 x) x**2 + ..., up to nine coefficients: glibc's order for many doubles."""
    square = x * x
    fourth = square * square
    powers = (square, fourth, fourth * square, fourth * fourth)
    pairs = [polynomial(x, *coefficients[k : k + 2]) for k in range(0, len(coefficients), 2)]
    total = pairs[0]
    for power, pair in zip(powers, pairs[1:], strict=False):
        total = fma(power, pair, total)
    return total


@overload
def root(x: Binary32) -> Binary32: ...
@overload
def root(x: float) -> float: ...
def root(x: float) -> float:
    """The square root in the format of x."""
    return Binary32(math.sqrt(x)) if isinstance(x, Binary32) else math.sqrt(x)


def exact_product(x: float, y: float) -> tuple[float, float]:
    """x * y as an unevaluated sum of two doubles."""
    high = x * y
    return high, fma(x, y, -high)


def high_half(x: float) -> float:
    """A double without the low 32 bits of its representation."""
    return _masked(x, "<d", "<Q", 0xFFFFFFFF00000000)


def masked(x: Binary32, mask: int) -> Binary32:
    """The bits of a float that `mask` keeps."""
    return Binary32(_masked(x, "<f", "<I", mask))


def _masked(x: float, real: str, integer: str, mask: int) -> float:
    (bits,) = struct.unpack(integer, struct.pack(real, x))
    (result,) = struct.unpack(real, struct.pack(integer, bits & mask))
    return float(result)


def bits_of(x: Binary32) -> int:
    """The representation of a float."""
    (bits,) = struct.unpack("<I", struct.pack("<f", x))
    return int(bits)


def from_bits(bits: int) -> Binary32:
    """The float of this representation."""
    (value,) = struct.unpack("<f", struct.pack("<I", bits & 0xFFFFFFFF))
    return Binary32(value)
