"""The Bessel functions of order 0 and 1 in double: fdlibm's approximations, fused.

Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
preserved.
"""

import math

from playground.emulator.library.contracted.arithmetic import fma, paired_polynomial
from playground.emulator.library.contracted.bessel_tables import ONE, ZERO, Asymptotics, Table
from playground.emulator.library.contracted.elementary import cos, log, sin

INVERSE_ROOT_PI = 0.5641895835477563
TWO_OVER_PI = 0.6366197723675814
NO_CORRECTION = float.fromhex("0x1.00001p+129")
"""From here on the phase alone counts."""


def phases(order: int, x: float, sine: float, cosine: float, double: float) -> tuple[float, float]:
    """sqrt(2) times sine and cosine of x - (2 order + 1) pi / 4; `double` is cos(2 x), NaN to leave it aside.

    Of the sum and the difference of sine and cosine the one that cancels is replaced by -cos(2 x) over the other.
    """
    if order == 0:
        up, across, double = sine - cosine, sine + cosine, -double
        cancels = sine * cosine < 0
    else:
        up, across = -sine - cosine, sine - cosine
        cancels = sine * cosine > 0
    if math.isnan(double):
        return up, across
    return (up, double / up) if cancels else (double / across, across)


def _large(own: Asymptotics, x: float, *, second: bool) -> float:
    """By Hankel's asymptotic expansion, from 2 on; the function of the second kind or of the first."""
    up, across = phases(own.order, x, sin(x), cos(x), cos(x + x) if x < 2.0**1023 else math.nan)
    if x >= NO_CORRECTION:
        value = up if second else across
    else:
        p, q = own.p(x), own.q(x)
        value = fma(p, up, q * across) if second else fma(p, across, -(q * up))
    return INVERSE_ROOT_PI * value / math.sqrt(x)


def j0(argument: float) -> float:
    """The first kind, order 0."""
    x = abs(argument)
    if x >= 2.0:
        return _large(ZERO, x, second=False)
    if x < 2.0**-13:
        return 1.0 if x < 2.0**-27 else fma(-0.25 * x, x, 1.0)
    square = x * x
    quotient = _numerator(square, ZERO.first) / paired_polynomial(square, *ZERO.first_denominator)
    if x < 1.0:
        return fma(square, -0.25 + quotient, 1.0)
    half = 0.5 * x
    return fma(1.0 + half, 1.0 - half, square * quotient)


def j1(x: float) -> float:
    """The first kind, order 1."""
    if abs(x) >= 2.0:
        return math.copysign(1.0, x) * _large(ONE, abs(x), second=False)
    if abs(x) < 2.0**-27:
        return 0.5 * x
    square = x * x
    quotient = _numerator(square, ONE.first) * x / paired_polynomial(square, *ONE.first_denominator)
    return fma(x, 0.5, quotient)


def _numerator(z: float, coefficients: Table) -> float:
    """c0 z + (c1 + c2 z) z**2 + c3 z**4."""
    square = z * z
    low = fma(z, coefficients[0], square * fma(z, coefficients[2], coefficients[1]))
    return fma(square * square, coefficients[3], low)


def y0(x: float) -> float:
    """The second kind, order 0, of a positive x."""
    if x >= 2.0:
        return _large(ZERO, x, second=True)
    if x < float.fromhex("0x1.00001p-27"):
        return fma(TWO_OVER_PI, log(x), ZERO.second[0])
    return fma(TWO_OVER_PI, j0(x) * log(x), _second_ratio(ZERO, x * x))


def y1(x: float) -> float:
    """The second kind, order 1, of a positive x."""
    if x >= 2.0:
        return _large(ONE, x, second=True)
    if x < float.fromhex("0x1.00001p-54"):
        return -TWO_OVER_PI / x
    rest = TWO_OVER_PI * fma(j1(x), log(x), -(1.0 / x))
    return fma(x, _second_ratio(ONE, x * x), rest)


def _second_ratio(own: Asymptotics, square: float) -> float:
    return paired_polynomial(square, *own.second) / paired_polynomial(square, *own.second_denominator)
