"""The host's own libm behind the guest's: on an x86-64 host x86-64 programs get their native library's bits.

Arm's builds of glibc contract products and sums. Most functions end in the same bits all the same; those of CONTRACTED
do not, so on aarch64 they are held within one unit in the last place of the true value: where the host's own is further
off, its function of the next wider type is rounded once instead. hypot, whose fused algorithm is published, is the same
to the bit. NaNs that a function makes itself have the sign that the guest's processor gives them: negative on x86-64,
positive on aarch64.
"""

import ctypes
import ctypes.util
import math
import platform
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from playground.emulator.library.binary_float import (
    BINARY32,
    BINARY64,
    X87_EXTENDED,
    Float,
    decode,
    encode,
    from_python,
    round_to,
    to_python,
)
from playground.emulator.library.errors import set_errno

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

HOST_IS_X86 = platform.machine() in ("x86_64", "AMD64")


def _load_libm() -> ctypes.CDLL:
    try:
        return ctypes.CDLL("libm.so.6", use_errno=True)
    except OSError:
        return ctypes.CDLL(ctypes.util.find_library("m"), use_errno=True)


_libm = _load_libm()


def host_function(name: str, result: Any, *arguments: Any) -> Callable[..., Any] | None:
    """A function of the host's libm with its C types, or None when it has none of that name."""
    found = getattr(_libm, name, None)
    if found is None:
        return None
    # a copy of one's own: the same function may be wanted with other types elsewhere
    pointer = ctypes.CFUNCTYPE(result, *arguments, use_errno=True)
    return pointer(ctypes.cast(found, ctypes.c_void_p).value or 0)


def call(machine: "Machine", host: Callable[..., Any], *arguments: float) -> Any:
    """Call the host's function and take over errno; a NaN of its own making gets the guest's default sign."""
    ctypes.set_errno(0)
    result = host(*arguments)
    number = ctypes.get_errno()
    if number:
        set_errno(machine, number)
    if isinstance(result, float) and math.isnan(result) and not any(math.isnan(a) for a in arguments):
        return _default_nan(machine, result)
    return result


def call_with_pointer(machine: "Machine", host: Callable[..., Any], x: float, y: float, pointer: Any) -> float:
    """The same for a function that also stores something."""
    result: float = host(x, y, pointer)
    own = math.isnan(result) and not math.isnan(x) and not math.isnan(y)
    return _default_nan(machine, result) if own else result


def _default_nan(machine: "Machine", result: float) -> float:
    guest_is_x86 = machine.arch.name == "x86_64"
    if guest_is_x86 == HOST_IS_X86:
        return result
    return math.copysign(math.nan, -1.0 if guest_is_x86 else 1.0)


class _RawLongDouble(ctypes.c_longdouble):
    """A subclass keeps its 80 bits when ctypes passes and returns it, where the base becomes a Python float."""


def extended_function(name: str, count: int) -> Callable[..., Float] | None:
    """The host's function of `count` x87 long doubles; None when it has none of that name or format."""
    host = host_function(name, _RawLongDouble, *[_RawLongDouble] * count) if HOST_IS_X86 else None
    if host is None:
        return None

    def compute(*arguments: Float) -> Float:
        raw = [_RawLongDouble.from_buffer_copy(encode(x, X87_EXTENDED).to_bytes(16, "little")) for x in arguments]
        return decode(int.from_bytes(bytes(host(*raw))[:10], "little"), X87_EXTENDED)

    return compute


CONTRACTED = frozenset({"cbrt", "erf", "erfc", "lgamma", "gamma", "tgamma", "j0", "j1", "y0", "y1"})
"""Where glibc 2.36 differs between x86-64 and aarch64 by more than one unit in the last place, or often."""


class RealFunction:
    """A function of real arguments of one width, as the guest's architecture computes it."""

    def __init__(self, name: str, count: int, *, single: bool) -> None:
        kind = ctypes.c_float if single else ctypes.c_double
        self._host = host_function(name + "f" * single, kind, *[kind] * count)
        self._single = single
        self._wider: Callable[..., Float] | None = None
        if name in CONTRACTED:
            self._wider = extended_function(f"{'lgamma' if name == 'gamma' else name}l", count)

    @property
    def exists(self) -> bool:
        return self._host is not None

    def __call__(self, machine: "Machine", *arguments: float) -> float:
        assert self._host is not None
        result: float = call(machine, self._host, *arguments)
        if self._wider is None or machine.arch.name != "aarch64" or not math.isfinite(result):
            return result
        return self._within_one_unit(result, self._wider(*map(from_python, arguments)))

    def _within_one_unit(self, result: float, wider: Float) -> float:
        """`result`, unless it is further from the more exact value, which is rounded then."""
        if not wider.is_finite:
            return result
        unit = _single_unit(result) if self._single else math.ulp(result)
        if abs(Fraction(*wider.ratio()) - Fraction(result)) <= Fraction(unit):
            return result
        return to_python(round_to(wider, BINARY32 if self._single else BINARY64).value)


def _single_unit(value: float) -> float:
    """One unit in the last place of a float."""
    return max(2.0**-149, math.ulp(value) * 2.0**29)


_fma = host_function("fma", *[ctypes.c_double] * 4)


def hypotenuse(x: float, y: float) -> float:
    """hypot with fused products (C. F. Borges, An Improved Algorithm for hypot(a, b), 2019, arXiv:1904.09481)."""
    if math.isinf(x) or math.isinf(y) or math.isnan(x) or math.isnan(y):
        return math.inf if math.isinf(x) or math.isinf(y) else math.nan
    long, short = max(abs(x), abs(y)), min(abs(x), abs(y))
    if short <= long * 2.0**-54:
        return long + short
    if long > 2.0**511:
        return _fused_root(long * 2.0**-600, short * 2.0**-600) * 2.0**600
    if short < 2.0**-459:
        return _fused_root(long * 2.0**600, short * 2.0**600) * 2.0**-600
    return _fused_root(long, short)


def _fused_root(long: float, short: float) -> float:
    """The square root of long**2 + short**2, summed without cancellation."""
    assert _fma is not None
    difference = long - short
    if 2 * short >= long:
        return math.sqrt(_fma(2 * short, long, difference * difference))
    return math.sqrt(_fma(long, long, short * short))
