"""The host's own libm behind the guest's: on an x86-64 host x86-64 programs get their native library's bits.

Where Arm's builds of glibc end in other bits see `contracted`. NaNs that a function makes itself have the sign that the
guest's processor gives them: negative on x86-64, positive on aarch64.
"""

import cmath
import ctypes
import ctypes.util
import math
import platform
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playground.emulator.library.binary_float import X87_EXTENDED, Float, decode, encode
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


def unchecked_host_function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The same without errno, for functions that every libm has.

    Raises:
        AttributeError: the host's libm lacks it.
    """
    pointer = ctypes.CFUNCTYPE(result, *arguments)
    return pointer(ctypes.cast(getattr(_libm, name), ctypes.c_void_p).value or 0)


def call(machine: "Machine", host: Callable[..., Any], *arguments: complex) -> Any:
    """Call the host's function and take over errno; a NaN of its own making gets the guest's default sign."""
    ctypes.set_errno(0)
    result = host(*arguments)
    number = ctypes.get_errno()
    if number:
        set_errno(machine, number)
    if isinstance(result, float) and math.isnan(result) and not any(map(cmath.isnan, arguments)):
        return default_nan(machine, result)
    return result


def call_with_pointer(machine: "Machine", host: Callable[..., Any], x: float, y: float, pointer: Any) -> float:
    """The same for a function that also stores something."""
    result: float = host(x, y, pointer)
    own = math.isnan(result) and not math.isnan(x) and not math.isnan(y)
    return default_nan(machine, result) if own else result


def default_nan(machine: "Machine", result: float) -> float:
    """A NaN of the host's making with the sign that the guest's processor gives."""
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
