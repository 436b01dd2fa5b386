"""math.h's classification of numbers, and what fenv.h can say here: rounding is to nearest, always."""

import math
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Double, Int, Single
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

MATH = "math.h"
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
