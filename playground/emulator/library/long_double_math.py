"""math.h for long double: what is exact on both architectures by exact arithmetic, the rest by the host's x87 libm or,
for aarch64's binary128, by `quad_math`.

Not covered: erfc, the gamma and the Bessel functions on aarch64; calling one ends the run as not supported.
"""

import ctypes
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from playground.emulator.library import float_arithmetic, quad_math
from playground.emulator.library.binary_float import (
    BINARY128,
    NAN,
    X87_EXTENDED,
    BinaryFormat,
    Float,
    Kind,
    encode,
    round_to,
    zero,
)
from playground.emulator.library.c_values import Int, Long, LongDouble, Pointer
from playground.emulator.library.host_libm import extended_function, host_function
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

MATH = "math.h"


def layout_of(machine: "Machine") -> BinaryFormat:
    """The guest's long double."""
    return BINARY128 if machine.arch.name == "aarch64" else X87_EXTENDED


def _integral(value: Float, choose: Callable[[int, int, int], int]) -> Float:
    """Round a finite value to an integer: `choose(floor, remainder, denominator)` of the signed value."""
    if not value.is_finite or value.exponent >= 0 or value.is_zero:
        return value
    numerator, denominator = value.ratio()
    whole, remainder = divmod(numerator, denominator)
    whole = choose(whole, remainder, denominator)
    return Float(int(whole < 0), Kind.FINITE, abs(whole), 0) if whole else zero(value.sign)


def _away(whole: int, remainder: int, denominator: int) -> int:
    """Nearest, ties away from zero."""
    if 2 * remainder == denominator:
        return whole + 1 if whole >= 0 else whole
    return whole + (2 * remainder > denominator)


def _even(whole: int, remainder: int, denominator: int) -> int:
    """Nearest, ties to even."""
    return whole + (2 * remainder > denominator or (2 * remainder == denominator and whole & 1 == 1))


INTEGRAL: dict[str, Callable[[int, int, int], int]] = {
    "floorl": lambda whole, remainder, denominator: whole,
    "ceill": lambda whole, remainder, denominator: whole + (remainder > 0),
    "truncl": lambda whole, remainder, denominator: whole + (remainder > 0 and whole < 0),
    "roundl": _away,
    "rintl": _even,
    "nearbyintl": _even,
    "roundevenl": _even,
}


def _define_integral(name: str, choose: Callable[[int, int, int], int]) -> None:
    def to_integral(machine: "Machine", x: LongDouble) -> LongDouble:
        return _integral(x, choose)

    to_integral.__doc__ = f"{name}."
    function(name, header=MATH)(to_integral)


for _name, _choose in INTEGRAL.items():
    _define_integral(_name, _choose)


def _define_to_long(name: str, choose: Callable[[int, int, int], int]) -> None:
    def to_long(machine: "Machine", x: LongDouble) -> Long:
        rounded = _integral(x, choose)
        outside = not rounded.is_finite or abs(float_arithmetic.to_integer(rounded)) >= 1 << 63
        return -(1 << 63) if outside else float_arithmetic.to_integer(rounded)

    to_long.__doc__ = f"{name}; the least long when it does not fit."
    function(name, f"l{name}", header=MATH)(to_long)


_define_to_long("lroundl", _away)
_define_to_long("lrintl", _even)


@function("fabsl", header=MATH)
def fabsl(machine: "Machine", x: LongDouble) -> LongDouble:
    """The magnitude."""
    return x.negated() if x.sign else x


@function("copysignl", header=MATH)
def copysignl(machine: "Machine", x: LongDouble, y: LongDouble) -> LongDouble:
    """x with the sign of y."""
    return x if x.sign == y.sign else x.negated()


@function("sqrtl", header=MATH)
def sqrtl(machine: "Machine", x: LongDouble) -> LongDouble:
    """The square root, correctly rounded."""
    root = float_arithmetic.square_root(x, layout_of(machine))
    own = root.is_nan and not x.is_nan and machine.arch.name == "x86_64"
    return root.negated() if own else root


@function("fmal", header=MATH)
def fmal(machine: "Machine", x: LongDouble, y: LongDouble, z: LongDouble) -> LongDouble:
    """x * y + z, rounded once."""
    if x.is_finite and y.is_finite:
        product = Float(x.sign ^ y.sign, Kind.FINITE, x.mantissa * y.mantissa, x.exponent + y.exponent)
    else:
        product = float_arithmetic.multiply(x, y, layout_of(machine))
    return float_arithmetic.add(product, z, layout_of(machine))


def _larger(x: Float, y: Float, sign: int) -> Float:
    if x.is_nan or y.is_nan:
        return y if x.is_nan else x
    return x if (float_arithmetic.compare(x, y) or 0) * sign >= 0 else y


@function("fmaxl", header=MATH)
def fmaxl(machine: "Machine", x: LongDouble, y: LongDouble) -> LongDouble:
    """The larger; a NaN loses."""
    return _larger(x, y, 1)


@function("fminl", header=MATH)
def fminl(machine: "Machine", x: LongDouble, y: LongDouble) -> LongDouble:
    """The smaller; a NaN loses."""
    return _larger(x, y, -1)


@function("fdiml", header=MATH)
def fdiml(machine: "Machine", x: LongDouble, y: LongDouble) -> LongDouble:
    """x - y, or 0 when that is negative."""
    if (float_arithmetic.compare(x, y) or 0) < 0:
        return zero()
    return float_arithmetic.subtract(x, y, layout_of(machine))


@function("fmodl", header=MATH)
def fmodl(machine: "Machine", x: LongDouble, y: LongDouble) -> LongDouble:
    """The remainder of the truncated quotient, exact."""
    if x.is_nan or y.is_nan:
        return x if x.is_nan else y
    if not x.is_finite or y.is_zero:
        return NAN
    if not y.is_finite:
        return x
    exponent = min(x.exponent, y.exponent)
    mantissa = (x.mantissa << (x.exponent - exponent)) % (y.mantissa << (y.exponent - exponent))
    return Float(x.sign, Kind.FINITE, mantissa, exponent) if mantissa else zero(x.sign)


@function("ldexpl", "scalbnl", header=MATH)
def ldexpl(machine: "Machine", x: LongDouble, n: Int) -> LongDouble:
    """x * 2**n."""
    if not x.is_finite or x.is_zero:
        return x
    bounded = max(-70000, min(70000, n))
    return round_to(Float(x.sign, Kind.FINITE, x.mantissa, x.exponent + bounded), layout_of(machine)).value


@function("frexpl", header=MATH)
def frexpl(machine: "Machine", x: LongDouble, exponent: Pointer) -> LongDouble:
    """Mantissa in [0.5, 1); the exponent is stored."""
    if not x.is_finite or x.is_zero:
        machine.write_integer(exponent, 0, 4)
        return x
    bits = x.mantissa.bit_length()
    machine.write_integer(exponent, x.exponent + bits, 4)
    return Float(x.sign, Kind.FINITE, x.mantissa, -bits)


@function("modfl", header=MATH)
def modfl(machine: "Machine", x: LongDouble, whole: Pointer) -> LongDouble:
    """Fraction; the whole part is stored."""
    integral = _integral(x, INTEGRAL["truncl"])
    layout = layout_of(machine)
    size = 16 if layout is BINARY128 else 10
    machine.write(whole, encode(integral, layout).to_bytes(size, "little"))
    if not x.is_finite:
        return x if x.is_nan else zero(x.sign)
    fraction = float_arithmetic.subtract(x, integral, layout)
    return zero(x.sign) if fraction.is_zero else fraction


@function("__fpclassifyl", header=MATH)
def fpclassifyl(machine: "Machine", x: LongDouble) -> Int:
    """NaN 0, infinite 1, zero 2, subnormal 3, normal 4."""
    if not x.is_finite:
        return 0 if x.is_nan else 1
    if x.is_zero:
        return 2
    return 3 if x.mantissa.bit_length() + x.exponent - 1 < layout_of(machine).min_exponent else 4


@function("isnanl", "__isnanl", header=MATH)
def isnanl(machine: "Machine", x: LongDouble) -> Int:
    """1 for a NaN."""
    return int(x.is_nan)


@function("isinfl", "__isinfl", header=MATH)
def isinfl(machine: "Machine", x: LongDouble) -> Int:
    """1 for infinity, -1 for minus infinity."""
    return 0 if x.kind is not Kind.INFINITY else -1 if x.sign else 1


@function("finitel", "__finitel", header=MATH)
def finitel(machine: "Machine", x: LongDouble) -> Int:
    """1 unless infinite or NaN."""
    return int(x.is_finite)


@function("__signbitl", header=MATH)
def signbitl(machine: "Machine", x: LongDouble) -> Int:
    """1 when the sign bit is set."""
    return x.sign


UNARY = "sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp exp2 exp10 expm1 log log2 log10 log1p cbrt erf"
BINARY = "pow atan2 hypot remainder"
HOST_ALONE = "erfc lgamma tgamma j0 j1 y0 y1 logb", "nextafter"
"""No binary128 form of these is here: of one argument, of two."""


def _define_computed(name: str, count: int) -> None:
    """x86-64 by the host's x87 function, aarch64 by `quad_math`."""
    extended = extended_function(f"{name}l", count)
    double = host_function(name, ctypes.c_double, *[ctypes.c_double] * count)
    quad = partial(quad_math.unary, name) if name in quad_math.UNARY else quad_math.BINARY.get(name)

    def compute(machine: "Machine", *arguments: Float) -> Float:
        if layout_of(machine) is BINARY128 and quad is not None and double is not None:
            return quad(double, *arguments)
        if extended is None or layout_of(machine) is BINARY128:
            machine.stop_unsupported((f"{name}l",), f"not supported: `{name}l` in this long double format")
        assert extended is not None
        return extended(*arguments)

    def one(machine: "Machine", x: LongDouble) -> LongDouble:
        return compute(machine, x)

    def two(machine: "Machine", x: LongDouble, y: LongDouble) -> LongDouble:
        return compute(machine, x, y)

    implementation: Callable[..., Float] = (one, two)[count - 1]
    implementation.__doc__ = f"{name}l, within one unit in the last place."
    function(f"{name}l", header=MATH)(implementation)


for _names, _count in ((f"{UNARY} {HOST_ALONE[0]}", 1), (f"{BINARY} {HOST_ALONE[1]}", 2)):
    for _name in _names.split():
        _define_computed(_name, _count)
