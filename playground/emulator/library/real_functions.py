"""A function of libm as the guest's architecture computes it: the host's, or AArch64's contracted one."""

import ctypes
import math
from typing import TYPE_CHECKING

from playground.emulator.library.contracted import CONTRACTED
from playground.emulator.library.host_libm import call, host_function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine


class RealFunction:
    """A function of `count` real arguments of one width; an order, an int, may come before them."""

    def __init__(self, name: str, count: int, *, single: bool, has_order: bool = False) -> None:
        kind = ctypes.c_float if single else ctypes.c_double
        self._host = host_function(name + "f" * single, kind, *[ctypes.c_int] * has_order, *[kind] * count)
        self._contracted = CONTRACTED.get(name + "f" * single)

    @property
    def exists(self) -> bool:
        return self._host is not None

    def __call__(self, machine: "Machine", *arguments: float) -> float:
        assert self._host is not None
        result: float = call(machine, self._host, *arguments)
        if self._contracted is None or machine.arch.name != "aarch64" or not math.isfinite(result):
            return result
        return self._contracted(*arguments) if all(map(math.isfinite, arguments)) else result
