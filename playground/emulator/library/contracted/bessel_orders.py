"""The Bessel functions of any integer order, double and float: fdlibm's recurrences, fused.

Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
preserved.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from playground.emulator.library.contracted import bessel, bessel_single
from playground.emulator.library.contracted.arithmetic import Binary32, fma
from playground.emulator.library.contracted.elementary import cos, log, logf, sin

Real = Callable[[float], float]
LARGE = 2.0**302
"""Where double takes the leading asymptotic term."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """What the recurrences need of double or of float."""

    number: Callable[[float], float]
    j: tuple[Real, Real]
    y: tuple[Real, Real]
    log: Real
    greatest_log: float
    """Of a result before it overflows."""
    rescaled_above: float


DOUBLE = Format(
    number=float,
    j=(bessel.j0, bessel.j1),
    y=(bessel.y0, bessel.y1),
    log=log,
    greatest_log=709.782712893384,
    rescaled_above=1e100,
)
SINGLE = Format(
    number=Binary32,
    j=(bessel_single.j0f, bessel_single.j1f),
    y=(bessel_single.y0f, bessel_single.y1f),
    log=logf,
    greatest_log=88.72168,
    rescaled_above=1e10,
)


def jn(n: int, x: float) -> float:
    """The first kind, order n."""
    return _first_kind(DOUBLE, n, x)


def jnf(n: int, x: float) -> float:
    """The first kind, order n, in float."""
    return _first_kind(SINGLE, n, Binary32(x))


def yn(n: int, x: float) -> float:
    """The second kind, order n, of a positive x."""
    return _second_kind(DOUBLE, n, x)


def ynf(n: int, x: float) -> float:
    """The second kind, order n, of a positive x, in float."""
    return _second_kind(SINGLE, n, Binary32(x))


def _first_kind(own: Format, n: int, x: float) -> float:
    if n < 0:
        n, x = -n, -x
    if n < 2:
        return own.j[n](x)
    negative = n % 2 == 1 and math.copysign(1.0, x) < 0
    x = abs(x)
    if x == 0:
        result = own.number(0.0)
    elif n <= x:
        result = _leading_term(n, x, 0) if own is DOUBLE and x >= LARGE else _forward(own, own.j, n, x)
    else:
        result = _taylor_term(own, n, x) if x < 2.0**-30 else _backward(own, n, x)
    return -result if negative else result


def _second_kind(own: Format, n: int, x: float) -> float:
    sign = -1 if n < 0 and n % 2 == 1 else 1
    n = abs(n)
    if n < 2:
        return sign * own.y[n](x) if n else own.y[0](x)
    return sign * (_leading_term(n, x, 1) if own is DOUBLE and x >= LARGE else _forward(own, own.y, n, x))


def _leading_term(n: int, x: float, kind: int) -> float:
    """Of the first kind (0) or the second (1)."""
    sine, cosine = sin(x), cos(x)
    wave = (cosine + sine, sine - cosine, -cosine - sine, cosine - sine)[(n + kind) % 4]
    return bessel.INVERSE_ROOT_PI * wave / math.sqrt(x)


def _forward(own: Format, first: tuple[Real, Real], n: int, x: float) -> float:
    """From orders 0 and 1 upward, in double."""
    before, here = first[0](x), first[1](x)
    for k in range(1, n):
        if here == -math.inf:
            break
        before, here = here, own.number(fma(float(here), 2 * k / float(x), -float(before)))
    return here


def _taylor_term(own: Format, n: int, x: float) -> float:
    """(x / 2)**n / n!"""
    if n > 33:
        return own.number(0.0)
    factorial, half = own.number(1.0), x * 0.5
    power = half
    for k in range(2, n + 1):
        factorial, power = factorial * k, power * half
    return power / factorial


def _backward(own: Format, n: int, x: float) -> float:
    """From a continued fraction for the ratio of neighbours, scaled by order 0 or 1, whichever is further from 0."""
    ratio = _neighbour_ratio(own, n, x)
    above, here = ratio, own.number(1.0)
    order = own.number(n)
    rescales = order * own.log(abs(2.0 / x * order)) >= own.number(own.greatest_log)
    for k in range(n - 1, 0, -1):
        above, here = here, here * (2.0 * k) / x - above
        if rescales and here > own.rescaled_above:
            above, ratio, here = above / here, ratio / here, own.number(1.0)
    zeroth, first = own.j[0](x), own.j[1](x)
    return ratio * zeroth / here if abs(zeroth) >= abs(first) else ratio * first / above


def _neighbour_ratio(own: Format, n: int, x: float) -> float:
    """J(n) / J(n - 1)."""
    before, step = 2 * n / x, 2.0 / x
    z = before + step
    here = fma(before, z, -1.0)
    terms = 1
    while here < 1.0e9:
        terms += 1
        z = z + step
        before, here = here, fma(z, here, -before)
    ratio = own.number(0.0)
    for k in range(2 * (n + terms), 2 * n - 1, -2):
        ratio = 1.0 / (k / x - ratio)
    return ratio
