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


exp, log, sin, cos, log1p, expm1 = map(_double, ("exp", "log", "sin", "cos", "log1p", "expm1"))
power = _double("pow", 2)
expf, logf, sinf, cosf, exp2f = map(_single, ("exp", "log", "sin", "cos", "exp2"))
powerf = _single("pow", 2)
