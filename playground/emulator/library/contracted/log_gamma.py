"""lgamma of double and float: fdlibm's approximations, fused; from -28 to -2 see `log_gamma_negative`.

Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
preserved.
"""

import math

from playground.emulator.library.contracted.arithmetic import Binary32, fma, polynomial
from playground.emulator.library.contracted.log_gamma_negative import between_poles
from playground.emulator.library.contracted.log_gamma_tables import DOUBLE, SINGLE, LogGamma


def lgamma(x: float) -> float:
    """log |gamma(x)| of a finite double that is no pole."""
    return _log_gamma(DOUBLE, x)


def lgammaf(x: float) -> float:
    """log |gamma(x)| of a finite float that is no pole."""
    return _log_gamma(SINGLE, Binary32(x))


def sign_of_gamma(x: float) -> int:
    """signgam after lgamma(x): 1 at the poles, -1 for the negative zero."""
    if x == 0:
        return int(math.copysign(1.0, x))
    odd = math.isfinite(x) and x < 0 and x != math.floor(x) and math.floor(x) % 2 != 0
    return -1 if odd else 1


def _log_gamma(own: LogGamma, x: float) -> float:
    if abs(x) < own.tiny:
        return -own.log(abs(x))
    if x > 0:
        return _positive(own, x)
    if own.least_between_poles < x < -2.0:
        return between_poles(own.negative, x)
    sine = _sine_of_pi(own, x)
    return own.log(own.pi / abs(sine * x)) - _positive(own, -x)


def _sine_of_pi(own: LogGamma, x: float) -> float:
    """sin(pi x) for a negative x, up to its sign."""
    if x > -0.25:
        return own.sin(own.pi * x)
    turn = 2.0 * (-x * 0.5 - math.floor(-x * 0.5))
    eighth = int(turn * 4.0)
    if eighth in (1, 2):
        return own.cos(own.pi * (0.5 - turn))
    if eighth in (3, 4):
        return own.sin(own.pi * (1.0 - turn))
    if eighth in (5, 6):
        return own.cos(own.pi * (turn - 1.5))
    return own.sin(own.pi * (turn if eighth == 0 else turn - 2.0))


def _positive(own: LogGamma, x: float) -> float:
    if x in (1.0, 2.0):
        return own.number(0.0)
    if x < 2.0:
        return _below_two(own, x)
    if x < 8.0:
        return _below_eight(own, x)
    logarithm = own.log(x)
    if x >= own.huge:
        return x * (logarithm - 1.0)
    inverse = 1.0 / x
    series = fma(inverse, polynomial(inverse * inverse, *own.w[1:]), own.w[0])
    return fma(x - 0.5, logarithm - 1.0, series)


def _below_two(own: LogGamma, x: float) -> float:
    if x < own.below_one:
        start = -own.log(x)
        if x >= own.near_one:
            return start + _near_two(own, 1.0 - x)
        if x >= own.near_minimum_less_one:
            return start + _near_minimum(own, x - (own.tc - 1.0))
        return start + _near_one(own, x)
    start = own.number(0.0)
    if x >= own.near_two:
        return start + _near_two(own, 2.0 - x)
    if x >= own.near_minimum:
        return start + _near_minimum(own, x - own.tc)
    return start + _near_one(own, x - 1.0)


def _near_two(own: LogGamma, y: float) -> float:
    """lgamma(2 - y)."""
    square = y * y
    even = polynomial(square, *own.a[0::2])
    return fma(square, polynomial(square, *own.a[1::2]), y * even) - 0.5 * y


def _near_minimum(own: LogGamma, y: float) -> float:
    """lgamma(tc + y), tc the place of its minimum tf - tt."""
    square = y * y
    cube = square * y
    first, second, third = (polynomial(cube, *own.t[k::3]) for k in range(3))
    tail = fma(-cube, fma(y, third, second), own.tt)
    return own.tf + fma(square, first, -tail)


def _near_one(own: LogGamma, y: float) -> float:
    """lgamma(1 + y)."""
    numerator = y * polynomial(y, *own.u)
    return fma(y, -0.5, numerator / polynomial(y, 1.0, *own.v))


def _below_eight(own: LogGamma, x: float) -> float:
    whole = int(x)
    y = x - whole
    quotient = y * polynomial(y, *own.s) / polynomial(y, 1.0, *own.r)
    result = fma(y, 0.5, quotient)
    product = own.number(1.0)
    for summand in range(whole - 1, 1, -1):
        product = product * (y + summand)
    return result + own.log(product) if whole > 2 else result
