"""libgcc's soft-float routines: binary128 (aarch64's long double, x86-64's __float128) and 128-bit integer conversions.

Rounding is to nearest even; the exception flags are not kept.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playground.emulator.library import float_arithmetic
from playground.emulator.library.binary_float import (
    BINARY32,
    BINARY64,
    BINARY128,
    BinaryFormat,
    Float,
    from_python,
    round_to,
    to_python,
)
from playground.emulator.library.c_values import (
    Double,
    Int,
    Int128,
    Long,
    LongDouble,
    Quad,
    Single,
    UInt,
    UInt128,
    ULong,
)
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

LIBGCC = "libgcc"
ARITHMETIC: dict[str, Callable[[Float, Float, BinaryFormat], Float]] = {
    "add": float_arithmetic.add,
    "sub": float_arithmetic.subtract,
    "mul": float_arithmetic.multiply,
    "div": float_arithmetic.divide,
}
UNORDERED_RESULTS = {"eq": 1, "ne": 1, "lt": 1, "le": 1, "cmp": 1, "gt": -1, "ge": -1}
"""What a comparison returns for a NaN, so that its relation comes out false (libgcc soft-fp)."""


def _define_arithmetic(name: str, operation: Callable[[Float, Float, BinaryFormat], Float]) -> None:
    def arithmetic(machine: "Machine", a: Quad, b: Quad) -> Quad:
        return operation(a, b, BINARY128)

    arithmetic.__doc__ = f"{name} on binary128."
    function(f"__{name}tf3", header=LIBGCC)(arithmetic)


def _define_comparison(name: str, unordered: int) -> None:
    def comparison(machine: "Machine", a: Quad, b: Quad) -> Int:
        order = float_arithmetic.compare(a, b)
        return unordered if order is None else order

    comparison.__doc__ = f"Negative, zero or positive; {unordered} when unordered."
    function(f"__{name}tf2", header=LIBGCC)(comparison)


for _name, _operation in ARITHMETIC.items():
    _define_arithmetic(_name, _operation)
for _name, _unordered in UNORDERED_RESULTS.items():
    _define_comparison(_name, _unordered)


@function(header=LIBGCC)
def __unordtf2(machine: "Machine", a: Quad, b: Quad) -> Int:
    """1 when either is a NaN."""
    return int(a.is_nan or b.is_nan)


@function(header=LIBGCC)
def __negtf2(machine: "Machine", a: Quad) -> Quad:
    """Sign flipped."""
    return a.negated()


@function(header=LIBGCC)
def __extenddftf2(machine: "Machine", a: Double) -> Quad:
    """double to binary128."""
    return from_python(a)


@function(header=LIBGCC)
def __extendsftf2(machine: "Machine", a: Single) -> Quad:
    """float to binary128."""
    return from_python(a)


@function(header=LIBGCC)
def __trunctfdf2(machine: "Machine", a: Quad) -> Double:
    """binary128 to double."""
    return to_python(a)


@function(header=LIBGCC)
def __trunctfsf2(machine: "Machine", a: Quad) -> Single:
    """binary128 to float, rounded once."""
    return to_python(round_to(a, BINARY32).value)


@function(header=LIBGCC)
def __trunctfxf2(machine: "Machine", a: Quad) -> LongDouble:
    """binary128 to x87 long double."""
    return a


@function(header=LIBGCC)
def __extendxftf2(machine: "Machine", a: LongDouble) -> Quad:
    """x87 long double to binary128."""
    return a


@function(header=LIBGCC)
def __floatsitf(machine: "Machine", a: Int) -> Quad:
    """int to binary128."""
    return float_arithmetic.from_integer(a, BINARY128)


@function(header=LIBGCC)
def __floatunsitf(machine: "Machine", a: UInt) -> Quad:
    """unsigned int to binary128."""
    return float_arithmetic.from_integer(a, BINARY128)


@function(header=LIBGCC)
def __floatditf(machine: "Machine", a: Long) -> Quad:
    """long to binary128."""
    return float_arithmetic.from_integer(a, BINARY128)


@function(header=LIBGCC)
def __floatunditf(machine: "Machine", a: ULong) -> Quad:
    """unsigned long to binary128."""
    return float_arithmetic.from_integer(a, BINARY128)


@function(header=LIBGCC)
def __floattitf(machine: "Machine", a: Int128) -> Quad:
    """__int128 to binary128."""
    return float_arithmetic.from_integer(a, BINARY128)


@function(header=LIBGCC)
def __floatuntitf(machine: "Machine", a: UInt128) -> Quad:
    """unsigned __int128 to binary128."""
    return float_arithmetic.from_integer(a, BINARY128)


@function(header=LIBGCC)
def __floattidf(machine: "Machine", a: Int128) -> Double:
    """__int128 to double."""
    return to_python(float_arithmetic.from_integer(a, BINARY64))


@function(header=LIBGCC)
def __floatuntidf(machine: "Machine", a: UInt128) -> Double:
    """unsigned __int128 to double."""
    return to_python(float_arithmetic.from_integer(a, BINARY64))


@function(header=LIBGCC)
def __floattisf(machine: "Machine", a: Int128) -> Single:
    """__int128 to float, rounded once."""
    return to_python(float_arithmetic.from_integer(a, BINARY32))


@function(header=LIBGCC)
def __floatuntisf(machine: "Machine", a: UInt128) -> Single:
    """unsigned __int128 to float, rounded once."""
    return to_python(float_arithmetic.from_integer(a, BINARY32))


def saturated(value: Float, low: int, high: int) -> int:
    """Truncation to an integer type; out of range gives the nearest end (a NaN counts as its sign's infinity)."""
    if not value.is_finite:
        return low if value.sign else high
    return max(low, min(high, float_arithmetic.to_integer(value)))


def _signed(value: Float, bits: int) -> int:
    return saturated(value, -(1 << (bits - 1)), (1 << (bits - 1)) - 1)


def _unsigned(value: Float, bits: int) -> int:
    return saturated(value, 0, (1 << bits) - 1)


@function(header=LIBGCC)
def __fixtfsi(machine: "Machine", a: Quad) -> Int:
    """binary128 to int."""
    return _signed(a, 32)


@function(header=LIBGCC)
def __fixunstfsi(machine: "Machine", a: Quad) -> UInt:
    """binary128 to unsigned int."""
    return _unsigned(a, 32)


@function(header=LIBGCC)
def __fixtfdi(machine: "Machine", a: Quad) -> Long:
    """binary128 to long."""
    return _signed(a, 64)


@function(header=LIBGCC)
def __fixunstfdi(machine: "Machine", a: Quad) -> ULong:
    """binary128 to unsigned long."""
    return _unsigned(a, 64)


@function(header=LIBGCC)
def __fixtfti(machine: "Machine", a: Quad) -> Int128:
    """binary128 to __int128."""
    return _signed(a, 128)


@function(header=LIBGCC)
def __fixunstfti(machine: "Machine", a: Quad) -> UInt128:
    """binary128 to unsigned __int128."""
    return _unsigned(a, 128)


@function(header=LIBGCC)
def __fixdfti(machine: "Machine", a: Double) -> Int128:
    """double to __int128."""
    return _signed(from_python(a), 128)


@function(header=LIBGCC)
def __fixunsdfti(machine: "Machine", a: Double) -> UInt128:
    """double to unsigned __int128."""
    return _unsigned(from_python(a), 128)


@function(header=LIBGCC)
def __fixsfti(machine: "Machine", a: Single) -> Int128:
    """float to __int128."""
    return _signed(from_python(a), 128)


@function(header=LIBGCC)
def __fixunssfti(machine: "Machine", a: Single) -> UInt128:
    """float to unsigned __int128."""
    return _unsigned(from_python(a), 128)


def power(value: Float, exponent: int, target: BinaryFormat) -> Float:
    """libgcc's __powi*2: repeated squaring, the reciprocal for a negative exponent."""
    count = abs(exponent)
    one = float_arithmetic.from_integer(1, target)
    result = value if count & 1 else one
    while count := count >> 1:
        value = float_arithmetic.multiply(value, value, target)
        if count & 1:
            result = float_arithmetic.multiply(result, value, target)
    return float_arithmetic.divide(one, result, target) if exponent < 0 else result


@function(header=LIBGCC)
def __powidf2(machine: "Machine", a: Double, exponent: Int) -> Double:
    """a to an integer power."""
    return to_python(power(from_python(a), exponent, BINARY64))


@function(header=LIBGCC)
def __powisf2(machine: "Machine", a: Single, exponent: Int) -> Single:
    """a to an integer power, in float."""
    return to_python(power(from_python(a), exponent, BINARY32))


@function(header=LIBGCC)
def __powitf2(machine: "Machine", a: Quad, exponent: Int) -> Quad:
    """a to an integer power, in binary128."""
    return power(a, exponent, BINARY128)
