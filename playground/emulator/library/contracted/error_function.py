"""erf and erfc, double and float: fdlibm's rational approximations, fused.

Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
preserved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from playground.emulator.library.contracted.arithmetic import (
    Binary32,
    fma,
    high_half,
    masked,
    paired_polynomial,
    polynomial,
)
from playground.emulator.library.contracted.elementary import exp, expf

Table = tuple[float, ...]


def _head(mask: int, x: float) -> float:
    return masked(Binary32(x), mask)


@dataclass(frozen=True, kw_only=True)
class ErrorFunction:
    """What erf and erfc of one format need. Each approximation is a numerator and a denominator."""

    number: Callable[[float], float]
    """Rounds a constant to the format."""
    evaluate: Callable[..., float]
    exponential: Callable[[float], float]
    erf_head: Callable[[float], float]
    """The leading bits of x, whose square is exact."""
    erfc_head: Callable[[float], float]
    erf_tail: float
    """From here to 6 erf's outer approximation holds."""
    erfc_tail: float
    erf_tiny: float
    """Below, efx * x is scaled against underflow."""
    erfc_tiny: float
    erx: float
    efx: float
    inner: tuple[Table, Table]
    """Of (erf(x) - x) / x in x**2, below 0.84375."""
    middle: tuple[Table, Table]
    """Of erf(x) - erx in |x| - 1, to 1.25."""
    outer: tuple[Table, Table]
    """Of log(x exp(x**2) erfc(x)) + 0.5625 in 1 / x**2, to 1 / 0.35."""
    far: tuple[Table, Table]
    """The same above."""

    def ratio(self, x: float, tables: tuple[Table, Table]) -> float:
        return self.evaluate(x, *tables[0]) / self.evaluate(x, *tables[1])

    def small(self, x: float) -> float:
        """(erf(x) - x) / x."""
        return self.ratio(x * x, self.inner)

    def scaled_complement(self, x: float, head: float, boundary: float) -> float:
        """erfc(x) for x of at least 1.25; `head` is x without its low bits."""
        quotient = self.ratio(1.0 / (x * x), self.outer if x < boundary else self.far)
        first = self.exponential(-head * head - 0.5625)
        return first * self.exponential(fma(head - x, head + x, quotient)) / x


DOUBLE = ErrorFunction(
    number=float,
    evaluate=paired_polynomial,
    exponential=exp,
    erf_head=high_half,
    erfc_head=high_half,
    erf_tail=float.fromhex("0x1.6db6ep+1"),
    erfc_tail=float.fromhex("0x1.6db6dp+1"),
    erf_tiny=2.0**-1015,
    erfc_tiny=2.0**-56,
    erx=0.8450629115104675,
    efx=0.1283791670955126,
    inner=(
        (
            0.12837916709551256,
            -0.3250421072470015,
            -0.02848174957559851,
            -0.005770270296489442,
            -2.3763016656650163e-05,
        ),
        (
            1.0,
            0.39791722395915535,
            0.0650222499887673,
            0.005081306281875766,
            0.00013249473800432164,
            -3.960228278775368e-06,
        ),
    ),
    middle=(
        (
            -0.0023621185607526594,
            0.41485611868374833,
            -0.3722078760357013,
            0.31834661990116175,
            -0.11089469428239668,
            0.035478304325618236,
            -0.002166375594868791,
        ),
        (
            1.0,
            0.10642088040084423,
            0.540397917702171,
            0.07182865441419627,
            0.12617121980876164,
            0.01363708391202905,
            0.011984499846799107,
        ),
    ),
    outer=(
        (
            -0.009864944034847148,
            -0.6938585727071818,
            -10.558626225323291,
            -62.375332450326006,
            -162.39666946257347,
            -184.60509290671104,
            -81.2874355063066,
            -9.814329344169145,
        ),
        (
            1.0,
            19.651271667439257,
            137.65775414351904,
            434.56587747522923,
            645.3872717332679,
            429.00814002756783,
            108.63500554177944,
            6.570249770319282,
            -0.0604244152148581,
        ),
    ),
    far=(
        (
            -0.0098649429247001,
            -0.799283237680523,
            -17.757954917754752,
            -160.63638485582192,
            -637.5664433683896,
            -1025.0951316110772,
            -483.5191916086514,
        ),
        (
            1.0,
            30.33806074348246,
            325.7925129965739,
            1536.729586084437,
            3199.8582195085955,
            2553.0504064331644,
            474.52854120695537,
            -22.44095244658582,
        ),
    ),
)
SINGLE = ErrorFunction(
    number=Binary32,
    evaluate=polynomial,
    exponential=expf,
    erf_head=partial(_head, 0xFFFFF000),
    erfc_head=partial(_head, 0xFFFFE000),
    erf_tail=float.fromhex("0x1.6db6dcp+1"),
    erfc_tail=float.fromhex("0x1.6db6dap+1"),
    erf_tiny=2.0**-119,
    erfc_tiny=2.0**-26,
    erx=Binary32(0.8450629),
    efx=Binary32(0.12837917),
    inner=(
        (0.12837917, -0.3250421, -0.02848175, -0.0057702702, -2.3763017e-05),
        (1.0, 0.3979172, 0.06502225, 0.005081306, 0.00013249474, -3.9602282e-06),
    ),
    middle=(
        (-0.0023621186, 0.4148561, -0.37220788, 0.31834662, -0.110894695, 0.035478305, -0.0021663755),
        (1.0, 0.10642088, 0.54039794, 0.071828656, 0.12617122, 0.013637084, 0.0119845),
    ),
    outer=(
        (-0.009864944, -0.69385856, -10.558626, -62.37533, -162.39667, -184.60509, -81.28744, -9.814329),
        (1.0, 19.651272, 137.65776, 434.5659, 645.38727, 429.00815, 108.635, 6.5702496, -0.060424414),
    ),
    far=(
        (-0.009864943, -0.79928327, -17.757956, -160.63638, -637.56647, -1025.0951, -483.5192),
        (1.0, 30.33806, 325.7925, 1536.7296, 3199.8582, 2553.0503, 474.52853, -22.440952),
    ),
)


def _erf(own: ErrorFunction, x: float) -> float:
    magnitude = abs(x)
    if magnitude < 2.0**-28:
        if magnitude < own.erf_tiny:
            return 0.0625 * fma(x, 16.0, 16.0 * own.efx * x)
        return fma(own.efx, x, x)
    if magnitude < 0.84375:
        return fma(x, own.small(x), x)
    if magnitude < 1.25:
        positive = own.erx + own.ratio(magnitude - 1.0, own.middle)
    elif magnitude < 6.0:
        positive = 1.0 - own.scaled_complement(magnitude, own.erf_head(magnitude), own.erf_tail)
    else:
        positive = own.number(1.0)
    return positive if x >= 0 else -positive


def _erfc(own: ErrorFunction, x: float) -> float:
    magnitude = abs(x)
    if magnitude < own.erfc_tiny:
        return 1.0 - x
    if magnitude < 0.84375:
        # gcc shares this product between the branches, so it stays apart
        product = x * own.small(x)
        return 1.0 - (x + product) if x < 0.25 else 0.5 - (product + (x - 0.5))
    if magnitude < 1.25:
        rest = own.ratio(magnitude - 1.0, own.middle)
        return (1.0 - own.erx) - rest if x >= 0 else 1.0 + (own.erx + rest)
    if x < -6.0 or magnitude >= 28.0:
        return own.number(0.0 if x > 0 else 2.0)
    positive = own.scaled_complement(magnitude, own.erfc_head(magnitude), own.erfc_tail)
    return positive if x > 0 else 2.0 - positive


def erf(x: float) -> float:
    """erf of a finite double."""
    return _erf(DOUBLE, x)


def erfc(x: float) -> float:
    """1 - erf of a finite double."""
    return _erfc(DOUBLE, x)


def erff(x: float) -> float:
    """erf of a finite float."""
    return _erf(SINGLE, Binary32(x))


def erfcf(x: float) -> float:
    """1 - erf of a finite float."""
    return _erfc(SINGLE, Binary32(x))
