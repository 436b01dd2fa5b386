"""math.h: double and float through the host's own libm (see `host_libm`), or AArch64's contracted functions.

A float function is the double one of the same name ending in f, called as such. Functions that the host's libm lacks
are not registered.
"""

import ctypes
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playground.emulator.library.c_values import CString, Double, Int, Long, Pointer, Single
from playground.emulator.library.contracted.log_gamma import sign_of_gamma
from playground.emulator.library.host_libm import call, call_with_pointer, host_function
from playground.emulator.library.real_functions import RealFunction
from playground.emulator.library.registry import data, function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

MATH = "math.h"
UNARY = """
    acos acosh asin asinh atan atanh cbrt ceil cos cosh erf erfc exp exp10 exp2 expm1 fabs floor j0 j1 log log10 log1p
    log2 logb nearbyint rint round roundeven significand sin sinh sqrt tan tanh tgamma trunc y0 y1
"""
BINARY = "atan2 copysign drem fdim fmod hypot nextafter pow remainder scalb"
TERNARY = ["fma"]
BESSEL = ["jn", "yn"]
GREATEST_ORDER = 100_000
"""The recurrences take as many steps as the order says: seconds for the greatest int."""
TO_INT = ["ilogb"]
TO_LONG = ["lrint", "llrint", "lround", "llround"]
WITH_INT = ["ldexp", "scalbn"]
WITH_LONG = ["scalbln"]


def _define_real(name: str, count: int) -> None:
    """Register `name` and `name`f: `count` real arguments and a real result."""
    for single in (False, True):
        compute = RealFunction(name, count, single=single)
        if compute.exists:
            _register_real(name + "f" * single, compute, count, Single if single else Double)


def _register_real(name: str, compute: RealFunction, count: int, kind: Any) -> None:
    def one(machine: "Machine", x: float) -> float:
        return compute(machine, x)

    def two(machine: "Machine", x: float, y: float) -> float:
        return compute(machine, x, y)

    def three(machine: "Machine", x: float, y: float, z: float) -> float:
        return compute(machine, x, y, z)

    implementation = (one, two, three)[count - 1]
    implementation.__annotations__.update(dict.fromkeys(("x", "y", "z")[:count], kind))
    implementation.__annotations__["return"] = kind
    _register(name, implementation)


def _register(name: str, implementation: Callable[..., Any]) -> None:
    implementation.__doc__ = f"{name} as the C library computes it."
    function(name, f"__{name}_finite", header=MATH)(implementation)


def _define_to_integer(name: str, host_result: Any, result: Any, outside: "Outside") -> None:
    for suffix, parameter, host_type in (("", Double, ctypes.c_double), ("f", Single, ctypes.c_float)):
        host = host_function(name + suffix, host_result, host_type)
        if host is not None:
            _register_to_integer(name + suffix, host, parameter, result, outside)


def _register_to_integer(name: str, host: Callable[..., Any], parameter: Any, result: Any, outside: "Outside") -> None:
    def to_integer(machine: "Machine", x: float) -> int:
        value: int = call(machine, host, x)
        without_result = outside(x, machine.arch.name == "aarch64")
        return value if without_result is None else without_result

    to_integer.__annotations__.update(x=parameter)
    to_integer.__annotations__["return"] = result
    _register(name, to_integer)


Outside = Callable[[float, bool], int | None]
"""What the guest's library (True: aarch64) gives where C defines no value; None where it does."""


def _unrepresentable_long(x: float, is_arm: bool) -> int | None:
    """cvtsd2si gives the integer indefinite; fcvtzs saturates, and a NaN becomes 0."""
    if -(2.0**63) <= x < 2.0**63:
        return None
    if not is_arm:
        return -(2**63)
    return 0 if math.isnan(x) else 2**63 - 1 if x > 0 else -(2**63)


def _no_exponent(x: float, is_arm: bool) -> int | None:
    """FP_ILOGB0 and FP_ILOGBNAN (bits/fp-logb.h)."""
    if math.isnan(x):
        return 2**31 - 1 if is_arm else -(2**31)
    return None if x else -(2**31 - 1) if is_arm else -(2**31)


def _define_with_integer(name: str, host_integer: Any, integer: Any) -> None:
    for suffix, parameter, host_type in (("", Double, ctypes.c_double), ("f", Single, ctypes.c_float)):
        host = host_function(name + suffix, host_type, host_type, host_integer)
        if host is not None:
            _register_with_integer(name + suffix, host, parameter, integer)


def _register_with_integer(name: str, host: Callable[..., Any], parameter: Any, integer: Any) -> None:
    def with_integer(machine: "Machine", x: float, n: int) -> float:
        value: float = call(machine, host, x, n)
        return value

    with_integer.__annotations__.update(x=parameter, n=integer)
    with_integer.__annotations__["return"] = parameter
    _register(name, with_integer)


for _names, _count in ((UNARY.split(), 1), (BINARY.split(), 2), (TERNARY, 3)):
    for _name in _names:
        _define_real(_name, _count)
for _name in TO_INT:
    _define_to_integer(_name, ctypes.c_int, Int, _no_exponent)
for _name in TO_LONG:
    _define_to_integer(_name, ctypes.c_long, Long, _unrepresentable_long)
for _name in WITH_INT:
    _define_with_integer(_name, ctypes.c_int, Int)
for _name in WITH_LONG:
    _define_with_integer(_name, ctypes.c_long, Long)


def _define_bessel(name: str) -> None:
    """Of integer order, which comes first."""
    for single in (False, True):
        compute = RealFunction(name, 1, single=single, has_order=True)
        if compute.exists:
            _register_bessel(name + "f" * single, compute, Single if single else Double)


def _register_bessel(name: str, compute: RealFunction, kind: Any) -> None:
    def bessel(machine: "Machine", n: Int, x: float) -> float:
        if abs(n) > GREATEST_ORDER:
            machine.stop_unsupported((name,), f"not supported: `{name}` of order {n}")
        return compute(machine, n, x)

    bessel.__annotations__.update({"x": kind, "return": kind})
    _register(name, bessel)


for _name in BESSEL:
    _define_bessel(_name)


def _define_extreme(name: str) -> None:
    """fmax and fmin: aarch64's fmaxnm and fminnm order the zeros, x86-64's library does not."""
    for single in (False, True):
        _register_extreme(name + "f" * single, RealFunction(name, 2, single=single), Single if single else Double)


def _register_extreme(name: str, compute: RealFunction, kind: Any) -> None:
    wanted_sign = -1.0 if name.startswith("fmin") else 1.0

    def extreme(machine: "Machine", x: float, y: float) -> float:
        if x == y == 0 and machine.arch.name == "aarch64":
            return x if math.copysign(1.0, x) == wanted_sign else y
        return compute(machine, x, y)

    extreme.__annotations__.update({"x": kind, "y": kind, "return": kind})
    _register(name, extreme)


for _name in ("fmax", "fmin"):
    _define_extreme(_name)


@function(header=MATH)
def frexp(machine: "Machine", x: Double, exponent: Pointer) -> Double:
    """Mantissa in [0.5, 1); the exponent is stored."""
    return _split_exponent(machine, x, exponent)


@function(header=MATH)
def frexpf(machine: "Machine", x: Single, exponent: Pointer) -> Single:
    """frexp in float."""
    return _split_exponent(machine, x, exponent)


def _split_exponent(machine: "Machine", x: float, exponent: int) -> float:
    mantissa, power = math.frexp(x)
    machine.write_integer(exponent, power, 4)
    return mantissa


@function(header=MATH)
def modf(machine: "Machine", x: Double, whole: Pointer) -> Double:
    """Fraction; the whole part is stored."""
    fraction, integral = math.modf(x)
    machine.write(whole, bytes(ctypes.c_double(integral)))
    return fraction


@function(header=MATH)
def modff(machine: "Machine", x: Single, whole: Pointer) -> Single:
    """modf in float."""
    fraction, integral = math.modf(x)
    machine.write(whole, bytes(ctypes.c_float(integral)))
    return fraction


_sin, _cos = (host_function(name, ctypes.c_double, ctypes.c_double) or getattr(math, name) for name in ("sin", "cos"))
_sinf, _cosf = (
    host_function(name + "f", ctypes.c_float, ctypes.c_float) or getattr(math, name) for name in ("sin", "cos")
)


@function(header=MATH)
def sincos(machine: "Machine", x: Double, sine: Pointer, cosine: Pointer) -> None:
    """Sine and cosine, both stored."""
    machine.write(sine, bytes(ctypes.c_double(call(machine, _sin, x))))
    machine.write(cosine, bytes(ctypes.c_double(call(machine, _cos, x))))


@function(header=MATH)
def sincosf(machine: "Machine", x: Single, sine: Pointer, cosine: Pointer) -> None:
    """sincos in float."""
    machine.write(sine, bytes(ctypes.c_float(call(machine, _sinf, x))))
    machine.write(cosine, bytes(ctypes.c_float(call(machine, _cosf, x))))


_remquo = host_function("remquo", ctypes.c_double, ctypes.c_double, ctypes.c_double, ctypes.POINTER(ctypes.c_int))


@function(header=MATH)
def remquo(machine: "Machine", x: Double, y: Double, quotient: Pointer) -> Double:
    """remainder, with the quotient's low bits stored."""
    assert _remquo is not None
    low = ctypes.c_int(0)
    result: float = call_with_pointer(machine, _remquo, x, y, ctypes.byref(low))
    machine.write_integer(quotient, low.value, 4)
    return result


@data("signgam", 4, header=MATH)
def _signgam(machine: "Machine", address: int) -> None:
    """The sign of gamma(x) after lgamma(x)."""


def _define_log_gamma(single: bool) -> None:
    compute = RealFunction("lgamma", 1, single=single)

    def lgamma(machine: "Machine", x: float) -> float:
        address = machine.image.imports.get("signgam")
        if address is not None:
            machine.write_integer(address, sign_of_gamma(x), 4)
        return compute(machine, x)

    def lgamma_r(machine: "Machine", x: float, sign: Pointer) -> float:
        """log |gamma(x)|; gamma's sign is stored."""
        machine.write_integer(sign, sign_of_gamma(x), 4)
        return compute(machine, x)

    suffix = "f" * single
    for implementation in (lgamma, lgamma_r):
        implementation.__annotations__.update(
            {"x": Single if single else Double, "return": Single if single else Double}
        )
    _register(f"lgamma{suffix}", lgamma)
    function(f"gamma{suffix}", header=MATH)(lgamma)
    function(f"lgamma{suffix}_r", header=MATH)(lgamma_r)


for _single in (False, True):
    _define_log_gamma(_single)


@function("nan", header=MATH)
def nan(machine: "Machine", tag: CString) -> Double:
    """A quiet NaN."""
    return math.nan


@function("nanf", header=MATH)
def nanf(machine: "Machine", tag: CString) -> Single:
    """A quiet NaN."""
    return math.nan
