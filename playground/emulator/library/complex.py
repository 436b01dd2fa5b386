"""complex.h for double, and libgcc's complex products and quotients (C11 annex G)."""

import cmath
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Double, DoubleComplex
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

COMPLEX = "complex.h"
LIBGCC = "libgcc"
UNARY: dict[str, Callable[[complex], complex]] = {
    "cacos": cmath.acos,
    "casin": cmath.asin,
    "catan": cmath.atan,
    "cacosh": cmath.acosh,
    "casinh": cmath.asinh,
    "catanh": cmath.atanh,
    "ccos": cmath.cos,
    "csin": cmath.sin,
    "ctan": cmath.tan,
    "ccosh": cmath.cosh,
    "csinh": cmath.sinh,
    "ctanh": cmath.tanh,
    "cexp": cmath.exp,
    "clog": cmath.log,
    "csqrt": cmath.sqrt,
}
NAN = complex(math.nan, math.nan)


def _guarded(operation: Callable[[], complex]) -> complex:
    """The result, or NaN where Python refuses the argument (a pole, an overflow)."""
    try:
        return operation()
    except (ValueError, OverflowError, ZeroDivisionError):
        return NAN


def _define(name: str, operation: Callable[[complex], complex]) -> None:
    def apply(machine: "Machine", z: DoubleComplex) -> DoubleComplex:
        return _guarded(lambda: operation(z))

    apply.__doc__ = f"{name}, within a few units in the last place."
    function(name, header=COMPLEX)(apply)


for _name, _operation in UNARY.items():
    _define(_name, _operation)


@function(header=COMPLEX)
def cabs(machine: "Machine", z: DoubleComplex) -> Double:
    """The magnitude."""
    return math.hypot(z.real, z.imag)


@function(header=COMPLEX)
def carg(machine: "Machine", z: DoubleComplex) -> Double:
    """The phase."""
    return math.atan2(z.imag, z.real)


@function(header=COMPLEX)
def creal(machine: "Machine", z: DoubleComplex) -> Double:
    """The real part."""
    return z.real


@function(header=COMPLEX)
def cimag(machine: "Machine", z: DoubleComplex) -> Double:
    """The imaginary part."""
    return z.imag


@function(header=COMPLEX)
def conj(machine: "Machine", z: DoubleComplex) -> DoubleComplex:
    """The conjugate."""
    return z.conjugate()


@function(header=COMPLEX)
def cpow(machine: "Machine", z: DoubleComplex, w: DoubleComplex) -> DoubleComplex:
    """z to the power w."""
    return _guarded(lambda: cmath.exp(w * cmath.log(z)) if z else complex(w == 0))


@function("__muldc3", header=LIBGCC)
def multiply(machine: "Machine", a: Double, b: Double, c: Double, d: Double) -> DoubleComplex:
    """(a + bi)(c + di), called when the plain product came out as NaN (C11 G.5.1 paragraph 6)."""
    real, imaginary = a * c - b * d, a * d + b * c
    if not (math.isnan(real) and math.isnan(imaginary)):
        return complex(real, imaginary)
    first, second = (a, b), (c, d)
    recalculate = any(map(math.isinf, (a, b, c, d, a * c, b * d, a * d, b * c)))
    if not recalculate:
        return complex(real, imaginary)
    (a, b), (c, d) = _boxed(first, second), _boxed(second, first)
    return complex(_infinite(a * c - b * d), _infinite(a * d + b * c))


def _boxed(value: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """An infinite operand as a corner of the unit square; NaNs become zeros where the other factor is infinite."""
    if any(map(math.isinf, value)):
        return (
            math.copysign(float(math.isinf(value[0])), value[0]),
            math.copysign(float(math.isinf(value[1])), value[1]),
        )
    real, imaginary = (math.copysign(0.0, part) if math.isnan(part) else part for part in value)
    return real, imaginary


def _infinite(value: float) -> float:
    return value * math.inf


@function("__divdc3", header=LIBGCC)
def divide(machine: "Machine", a: Double, b: Double, c: Double, d: Double) -> DoubleComplex:
    """(a + bi)/(c + di), for finite operands and a nonzero divisor as Python divides."""
    if c == 0 and d == 0:
        infinite = math.copysign(math.inf, c)
        return complex(infinite * a, infinite * b)
    return _guarded(lambda: complex(a, b) / complex(c, d))
