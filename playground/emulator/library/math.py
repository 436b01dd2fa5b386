"""math.h: double and float through the host's own libm, so that results are the native C library's to the bit.

A float function is the double one of the same name ending in f, called as such. NaNs that a function makes itself have
the sign that the guest's processor gives them (negative on x86-64, positive on aarch64). Functions that the host's
libm lacks are not registered. Rounding is to nearest; fesetround to another mode is not supported.
"""

import ctypes
import ctypes.util
import math
import platform
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playground.emulator.library.c_values import CString, Double, Int, Long, Pointer, Single
from playground.emulator.library.errors import set_errno
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

MATH = "math.h"
UNARY = """
    acos acosh asin asinh atan atanh cbrt ceil cos cosh erf erfc exp exp10 exp2 expm1 fabs floor gamma j0 j1 lgamma log
    log10 log1p log2 logb nearbyint rint round roundeven significand sin sinh sqrt tan tanh tgamma trunc y0 y1
"""
BINARY = "atan2 copysign drem fdim fmax fmin fmod hypot nextafter pow remainder scalb"
TERNARY = ["fma"]
TO_INT = ["ilogb"]
TO_LONG = ["lrint", "llrint", "lround", "llround"]
WITH_INT = ["ldexp", "scalbn"]
SIGN_KEEPING = frozenset({"fabs", "copysign"})
_libm = ctypes.CDLL(ctypes.util.find_library("m"), use_errno=True)
_HOST_IS_X86 = platform.machine() in ("x86_64", "AMD64")


def host_function(name: str, result: Any, *arguments: Any) -> Callable[..., Any] | None:
    """A function of the host's libm with its C types, or None when it has none of that name."""
    found = getattr(_libm, name, None)
    if found is not None:
        found.restype, found.argtypes = result, list(arguments)
    return found


def _call(machine: "Machine", host: Callable[..., Any], *arguments: float) -> Any:
    """Call the host's function and take over errno; a NaN of its own making gets the guest's default sign."""
    ctypes.set_errno(0)
    result = host(*arguments)
    number = ctypes.get_errno()
    if number:
        set_errno(machine, number)
    if isinstance(result, float) and math.isnan(result) and not any(math.isnan(a) for a in arguments):
        return _default_nan(machine, result)
    return result


def _default_nan(machine: "Machine", result: float) -> float:
    guest_is_x86 = machine.arch.name == "x86_64"
    if guest_is_x86 == _HOST_IS_X86:
        return result
    return math.copysign(math.nan, -1.0 if guest_is_x86 else 1.0)


def _define_real(name: str, count: int) -> None:
    """Register `name` and `name`f: `count` real arguments and a real result."""
    host, host_single = (
        host_function(name, ctypes.c_double, *[ctypes.c_double] * count),
        host_function(name + "f", ctypes.c_float, *[ctypes.c_float] * count),
    )
    keeps_sign = name in SIGN_KEEPING
    if host is not None:
        _register_real(name, host, count, keeps_sign)
    if host_single is not None:
        _register_single(name + "f", host_single, count, keeps_sign)


def _register_real(name: str, host: Callable[..., Any], count: int, keeps_sign: bool) -> None:
    def one(machine: "Machine", x: Double) -> Double:
        return host(x) if keeps_sign else _call(machine, host, x)

    def two(machine: "Machine", x: Double, y: Double) -> Double:
        return host(x, y) if keeps_sign else _call(machine, host, x, y)

    def three(machine: "Machine", x: Double, y: Double, z: Double) -> Double:
        return _call(machine, host, x, y, z)

    _register(name, (one, two, three)[count - 1])


def _register_single(name: str, host: Callable[..., Any], count: int, keeps_sign: bool) -> None:
    def one(machine: "Machine", x: Single) -> Single:
        return host(x) if keeps_sign else _call(machine, host, x)

    def two(machine: "Machine", x: Single, y: Single) -> Single:
        return host(x, y) if keeps_sign else _call(machine, host, x, y)

    def three(machine: "Machine", x: Single, y: Single, z: Single) -> Single:
        return _call(machine, host, x, y, z)

    _register(name, (one, two, three)[count - 1])


def _register(name: str, implementation: Callable[..., Any]) -> None:
    implementation.__doc__ = f"{name} as the C library computes it."
    function(name, f"__{name}_finite", header=MATH)(implementation)


def _define_to_integer(name: str, host_result: Any, result: Any) -> None:
    for suffix, parameter, host_type in (("", Double, ctypes.c_double), ("f", Single, ctypes.c_float)):
        host = host_function(name + suffix, host_result, host_type)
        if host is not None:
            _register_to_integer(name + suffix, host, parameter, result)


def _register_to_integer(name: str, host: Callable[..., Any], parameter: Any, result: Any) -> None:
    def to_integer(machine: "Machine", x: float) -> int:
        value: int = _call(machine, host, x)
        return value

    to_integer.__annotations__.update(x=parameter)
    to_integer.__annotations__["return"] = result
    _register(name, to_integer)


def _define_with_int(name: str) -> None:
    for suffix, parameter, host_type in (("", Double, ctypes.c_double), ("f", Single, ctypes.c_float)):
        host = host_function(name + suffix, host_type, host_type, ctypes.c_int)
        if host is not None:
            _register_with_int(name + suffix, host, parameter)


def _register_with_int(name: str, host: Callable[..., Any], parameter: Any) -> None:
    def with_int(machine: "Machine", x: float, n: Int) -> float:
        value: float = _call(machine, host, x, n)
        return value

    with_int.__annotations__.update(x=parameter)
    with_int.__annotations__["return"] = parameter
    _register(name, with_int)


for _names, _count in ((UNARY.split(), 1), (BINARY.split(), 2), (TERNARY, 3)):
    for _name in _names:
        _define_real(_name, _count)
for _name in TO_INT:
    _define_to_integer(_name, ctypes.c_int, Int)
for _name in TO_LONG:
    _define_to_integer(_name, ctypes.c_long, Long)
for _name in WITH_INT:
    _define_with_int(_name)


@function("scalbln", header=MATH)
def scalbln(machine: "Machine", x: Double, n: Long) -> Double:
    """x * 2**n."""
    return _scaled(x, n)


@function("scalblnf", header=MATH)
def scalblnf(machine: "Machine", x: Single, n: Long) -> Single:
    """x * 2**n in float."""
    return _scaled(x, n)


def _scaled(x: float, n: int) -> float:
    try:
        return math.ldexp(x, max(-10000, min(10000, n)))
    except OverflowError:
        return math.copysign(math.inf, x)


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
    machine.write(sine, bytes(ctypes.c_double(_call(machine, _sin, x))))
    machine.write(cosine, bytes(ctypes.c_double(_call(machine, _cos, x))))


@function(header=MATH)
def sincosf(machine: "Machine", x: Single, sine: Pointer, cosine: Pointer) -> None:
    """sincos in float."""
    machine.write(sine, bytes(ctypes.c_float(_call(machine, _sinf, x))))
    machine.write(cosine, bytes(ctypes.c_float(_call(machine, _cosf, x))))


_remquo = host_function("remquo", ctypes.c_double, ctypes.c_double, ctypes.c_double, ctypes.POINTER(ctypes.c_int))


@function(header=MATH)
def remquo(machine: "Machine", x: Double, y: Double, quotient: Pointer) -> Double:
    """remainder, with the quotient's low bits stored."""
    assert _remquo is not None
    low = ctypes.c_int(0)
    result: float = _call_with_pointer(machine, _remquo, x, y, ctypes.byref(low))
    machine.write_integer(quotient, low.value, 4)
    return result


def _call_with_pointer(machine: "Machine", host: Callable[..., Any], x: float, y: float, pointer: Any) -> float:
    result: float = host(x, y, pointer)
    own = math.isnan(result) and not math.isnan(x) and not math.isnan(y)
    return _default_nan(machine, result) if own else result


@function("lgamma_r", header=MATH)
def lgamma_r(machine: "Machine", x: Double, sign: Pointer) -> Double:
    """log |gamma(x)|; gamma's sign is stored."""
    negative = x < 0 and math.floor(x) % 2 != 0 and x != math.floor(x)
    machine.write_integer(sign, -1 if negative else 1, 4)
    host = host_function("lgamma", ctypes.c_double, ctypes.c_double)
    assert host is not None
    result: float = _call(machine, host, x)
    return result


@function("nan", header=MATH)
def nan(machine: "Machine", tag: CString) -> Double:
    """A quiet NaN."""
    return math.nan


@function("nanf", header=MATH)
def nanf(machine: "Machine", tag: CString) -> Single:
    """A quiet NaN."""
    return math.nan


FP_NAN, FP_INFINITE, FP_ZERO, FP_SUBNORMAL, FP_NORMAL = range(5)


def _classify(x: float, least_normal: float) -> int:
    if math.isnan(x):
        return FP_NAN
    if math.isinf(x):
        return FP_INFINITE
    if x == 0:
        return FP_ZERO
    return FP_SUBNORMAL if abs(x) < least_normal else FP_NORMAL


@function(header=MATH)
def __fpclassify(machine: "Machine", x: Double) -> Int:
    """NaN 0, infinite 1, zero 2, subnormal 3, normal 4."""
    return _classify(x, 2.0**-1022)


@function(header=MATH)
def __fpclassifyf(machine: "Machine", x: Single) -> Int:
    """fpclassify of a float."""
    return _classify(x, 2.0**-126)


@function("isnan", "__isnan", header=MATH)
def isnan(machine: "Machine", x: Double) -> Int:
    """1 for a NaN."""
    return int(math.isnan(x))


@function("isnanf", "__isnanf", header=MATH)
def isnanf(machine: "Machine", x: Single) -> Int:
    """1 for a NaN."""
    return int(math.isnan(x))


@function("isinf", "__isinf", header=MATH)
def isinf(machine: "Machine", x: Double) -> Int:
    """1 for infinity, -1 for minus infinity."""
    return 0 if not math.isinf(x) else 1 if x > 0 else -1


@function("isinff", "__isinff", header=MATH)
def isinff(machine: "Machine", x: Single) -> Int:
    """1 for infinity, -1 for minus infinity."""
    return 0 if not math.isinf(x) else 1 if x > 0 else -1


@function("finite", "__finite", header=MATH)
def finite(machine: "Machine", x: Double) -> Int:
    """1 unless infinite or NaN."""
    return int(math.isfinite(x))


@function("finitef", "__finitef", header=MATH)
def finitef(machine: "Machine", x: Single) -> Int:
    """1 unless infinite or NaN."""
    return int(math.isfinite(x))


@function(header=MATH)
def __signbit(machine: "Machine", x: Double) -> Int:
    """1 when the sign bit is set."""
    return int(math.copysign(1.0, x) < 0)


@function(header=MATH)
def __signbitf(machine: "Machine", x: Single) -> Int:
    """1 when the sign bit is set."""
    return int(math.copysign(1.0, x) < 0)


@function(header="fenv.h")
def fegetround(machine: "Machine") -> Int:
    """FE_TONEAREST."""
    return 0


@function(header="fenv.h")
def fesetround(machine: "Machine", mode: Int) -> Int:
    """FE_TONEAREST alone; another mode ends the run as not supported."""
    if mode != 0:
        machine.stop_unsupported(("fesetround",))
    return 0
