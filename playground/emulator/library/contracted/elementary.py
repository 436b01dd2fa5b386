"""Functions of the host's libm that contracted code calls: its builds with fused operations end in the same bits."""

import ctypes
from collections.abc import Callable

from playground.emulator.library.contracted.arithmetic import Binary32
from playground.emulator.library.host_libm import unchecked_host_function

Real = Callable[..., float]


def _double(name: str, count: int = 1) -> Real:
    return unchecked_host_function(name, *[ctypes.c_double] * (count + 1))


def _single(name: str, count: int = 1) -> Callable[..., Binary32]:
    host = unchecked_host_function(f"{name}f", *[ctypes.c_float] * (count + 1))
    return lambda *arguments: Binary32(host(*arguments))


exp, log, log1p, log10, expm1 = map(_double, ("exp", "log", "log1p", "log10", "expm1"))
sin, cos, sinh, cosh = map(_double, ("sin", "cos", "sinh", "cosh"))
power, arctangent2 = _double("pow", 2), _double("atan2", 2)
expf, exp2f, logf, log10f, sinf, cosf = map(_single, ("exp", "exp2", "log", "log10", "sin", "cos"))
powerf, hypotf = _single("pow", 2), _single("hypot", 2)
