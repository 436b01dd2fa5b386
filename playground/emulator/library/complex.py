"""complex.h for double and float through the host's libm, and libgcc's complex products and quotients (C11 annex G)."""

import cmath
import ctypes
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from playground.emulator.library.c_values import Double, DoubleComplex, Single, SingleComplex
from playground.emulator.library.contracted.complex_division import quotient
from playground.emulator.library.contracted.complex_functions import contracted_complex
from playground.emulator.library.host_libm import call, default_nan, host_function
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

COMPLEX = "complex.h"
LIBGCC = "libgcc"
UNARY = """
    cacos casin catan cacosh casinh catanh ccos csin ctan ccosh csinh ctanh cexp clog clog10 csqrt cproj conj
""".split()  # noqa: SIM905
REAL = ["cabs", "carg", "creal", "cimag"]
NAN = complex(math.nan, math.nan)


class _Doubles(ctypes.Structure):
    """A double complex result: both parts in vector registers, as a structure of two doubles has them."""

    _fields_ = (("real", ctypes.c_double), ("imaginary", ctypes.c_double))


class _Singles(ctypes.Structure):
    """A float complex, as argument and as result."""

    _fields_ = (("real", ctypes.c_float), ("imaginary", ctypes.c_float))


def _guarded(operation: Callable[[], complex]) -> complex:
    """The result, or NaN where Python refuses the argument (a pole, an overflow)."""
    try:
        return operation()
    except (ValueError, OverflowError, ZeroDivisionError):
        return NAN


def _define(name: str, count: int, *, is_real: bool) -> None:
    """The double and the float function of the host's libm, with `count` complex arguments."""
    double = host_function(name, ctypes.c_double if is_real else _Doubles, *[ctypes.c_double] * (2 * count))
    single = host_function(f"{name}f", ctypes.c_float if is_real else _Singles, *[_Singles] * count)
    if double is not None:
        _register(name, lambda *z: double(*(part for value in z for part in (value.real, value.imag))), count, is_real)
    if single is not None:
        _register(f"{name}f", lambda *z: single(*(_Singles(value.real, value.imag) for value in z)), count, is_real)


def _register(name: str, host: Callable[..., Any], count: int, is_real: bool) -> None:
    def compute(machine: "Machine", *arguments: complex) -> Any:
        host_result = call(machine, host, *arguments)
        value = complex(host_result) if is_real else complex(host_result.real, host_result.imaginary)
        if machine.arch.name == "aarch64":
            value = contracted_complex(name, arguments, _with_default_nans(machine, value, arguments))
        return value.real if is_real else value

    def one(machine: "Machine", z: complex) -> Any:
        return compute(machine, z)

    def two(machine: "Machine", z: complex, w: complex) -> Any:
        return compute(machine, z, w)

    single = name.endswith("f")
    kind = SingleComplex if single else DoubleComplex
    implementation = (one, two)[count - 1]
    implementation.__annotations__.update(dict.fromkeys(("z", "w")[:count], kind))
    implementation.__annotations__["return"] = kind if not is_real else Single if single else Double
    implementation.__doc__ = f"{name} as the C library computes it."
    function(name, header=COMPLEX)(implementation)


def _with_default_nans(machine: "Machine", value: complex, arguments: Sequence[complex]) -> complex:
    """NaNs of the function's own making with the guest's sign."""
    if any(map(cmath.isnan, arguments)):
        return value
    real, imaginary = (default_nan(machine, part) if math.isnan(part) else part for part in (value.real, value.imag))
    return complex(real, imaginary)


for _name in UNARY:
    _define(_name, 1, is_real=False)
for _name in REAL:
    _define(_name, 1, is_real=True)
_define("cpow", 2, is_real=False)


@function("__muldc3", header=LIBGCC)
def multiply(machine: "Machine", a: Double, b: Double, c: Double, d: Double) -> DoubleComplex:
    """(a + bi)(c + di), called when the plain product came out as NaN (C11 G.5.1 paragraph 6)."""
    return _with_default_nans(machine, _product(a, b, c, d), (complex(a, b), complex(c, d)))


def _product(a: float, b: float, c: float, d: float) -> complex:
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


@function("__mulsc3", header=LIBGCC)
def multiply_single(machine: "Machine", a: Single, b: Single, c: Single, d: Single) -> SingleComplex:
    """(a + bi)(c + di) in float: products and sums are rounded to float each."""
    real = _single(_single(a * c) - _single(b * d))
    imaginary = _single(_single(a * d) + _single(b * c))
    if math.isnan(real) and math.isnan(imaginary):
        return multiply(machine, a, b, c, d)
    return _with_default_nans(machine, complex(real, imaginary), (complex(a, b), complex(c, d)))


def _single(value: float) -> float:
    return ctypes.c_float(value).value


@function("__divdc3", header=LIBGCC)
def divide(machine: "Machine", a: Double, b: Double, c: Double, d: Double) -> DoubleComplex:
    """(a + bi)/(c + di) as libgcc computes it."""
    dividend, divisor = complex(a, b), complex(c, d)
    result = _quotient(_host_divide, dividend, divisor)
    if machine.arch.name == "aarch64" and all(map(cmath.isfinite, (dividend, divisor, result))):
        return complex(*quotient(a, b, c, d))
    return _with_default_nans(machine, result, (dividend, divisor))


@function("__divsc3", header=LIBGCC)
def divide_single(machine: "Machine", a: Single, b: Single, c: Single, d: Single) -> SingleComplex:
    """(a + bi)/(c + di) in float as libgcc computes it."""
    dividend, divisor = complex(a, b), complex(c, d)
    result = _with_default_nans(machine, _quotient(_host_divide_single, dividend, divisor), (dividend, divisor))
    if machine.arch.name == "aarch64" and math.isnan(a * d) and not math.isnan(a * c + b * d):
        # b * c - a * d is one instruction that negates its addend, a NaN too
        return complex(result.real, -math.nan)
    return result


def _quotient(host: Callable[..., Any] | None, dividend: complex, divisor: complex) -> complex:
    """By the host's own libgcc; without it as Python divides."""
    if host is not None:
        result = host(dividend.real, dividend.imag, divisor.real, divisor.imag)
        return complex(result.real, result.imaginary)
    if divisor == 0:
        infinite = math.copysign(math.inf, divisor.real)
        return complex(infinite * dividend.real, infinite * dividend.imag)
    return _guarded(lambda: dividend / divisor)


def _load_divide(name: str, kind: Any, result: Any) -> Callable[..., Any] | None:
    try:
        found = getattr(ctypes.CDLL("libgcc_s.so.1"), name)
    except (OSError, AttributeError):
        return None
    found.restype, found.argtypes = result, [kind] * 4
    implementation: Callable[..., Any] = found
    return implementation


_host_divide = _load_divide("__divdc3", ctypes.c_double, _Doubles)
_host_divide_single = _load_divide("__divsc3", ctypes.c_float, _Singles)
