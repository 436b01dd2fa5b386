"""The Bessel functions of order 0 and 1 in float: fdlibm's approximations, and P. Zimmermann's around the zeros, fused.

Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
preserved.
"""

import math
from collections.abc import Callable

from playground.emulator.library.contracted.angle_reduction import large_quadrant
from playground.emulator.library.contracted.arithmetic import Binary32, bits_of, fma, polynomial, root
from playground.emulator.library.contracted.bessel import phases
from playground.emulator.library.contracted.bessel_single_tables import ONE, ZERO, Kind, Order
from playground.emulator.library.contracted.elementary import cosf, logf, sinf

INVERSE_ROOT_PI = Binary32(0.5641896)
TWO_OVER_PI = Binary32(0.63661975)
ROOT_TWO_OVER_PI = Binary32(0.7978846)
HALF_PI = float.fromhex("0xc.90fdaa22168cp-3")
PI = Binary32(math.pi)


def _large(order: Order, kind: Kind, x: Binary32) -> Binary32:
    """By Hankel's expansion; where that cancels, around the zeros."""
    if x >= 2.0**127:
        return _asymptotic(order, kind, x)
    up, across = (Binary32(value) for value in phases(order.order, x, sinf(x), cosf(x), cosf(x + x)))
    value, other = (up, across) if kind.second else (across, up)
    if x <= 2.0**57:
        product = order.q(x) * other
        value = fma(order.p(x), value, product if kind.second else -product)
    result = INVERSE_ROOT_PI * value / root(x)
    return result if abs(value) > kind.threshold else _near_zero(order, kind, x, result)


def _near_zero(order: Order, kind: Kind, x: Binary32, otherwise: Binary32) -> Binary32:
    index = math.floor(abs((x - kind.first_zero) / PI) + Binary32(0.5))
    if index >= len(kind.zeros):
        return _asymptotic(order, kind, x)
    least, middle, most, *coefficients = kind.zeros[index]
    return polynomial(x - middle, *coefficients) if least <= x <= most else otherwise


def _asymptotic(order: Order, kind: Kind, x: Binary32) -> Binary32:
    """With modulus and phase (J. Harrison, Fast and Accurate Bessel Function Computation, 2009)."""
    if x in kind.exceptions:
        return Binary32(kind.exceptions[x])
    inverse = 1.0 / float(x)
    square = inverse * inverse
    modulus = Binary32(polynomial(square, *order.modulus))
    quadrant, angle = _reduced(x, inverse * polynomial(square, *order.phase))
    turn = (quadrant - order.order - kind.second) % 4
    scale = ROOT_TWO_OVER_PI / root(x) * modulus
    wave: Callable[[float], Binary32] = sinf if turn % 2 else cosf
    return (scale if turn in (0, 3) else -scale) * wave(Binary32(angle))


def _reduced(x: float, phase: float) -> tuple[int, float]:
    """x - pi / 4 - phase as quadrants and the rest."""
    quadrant, rest = large_quadrant(x)
    if rest >= 0:
        rest = rest - HALF_PI / 2
    else:
        rest, quadrant = rest + HALF_PI / 2, quadrant - 1
    rest = rest - phase
    if rest > HALF_PI:
        return quadrant + 1, rest - HALF_PI
    return (quadrant - 1, rest + HALF_PI) if rest < -HALF_PI else (quadrant, rest)


def j0f(argument: float) -> Binary32:
    """The first kind, order 0."""
    x = abs(Binary32(argument))
    if x >= 2.0:
        return _large(ZERO, ZERO.j, x)
    if x < 2.0**-13:
        return Binary32(1.0) if x < 2.0**-27 else fma(-0.25 * x, x, 1.0)
    square = x * x
    quotient = square * polynomial(square, *ZERO.j.numerator) / polynomial(square, *ZERO.j.denominator)
    if x < 1.0:
        return fma(square, -0.25 + quotient, 1.0)
    half = 0.5 * x
    return fma(1.0 + half, 1.0 - half, square * quotient)


def j1f(argument: float) -> Binary32:
    """The first kind, order 1."""
    x = Binary32(argument)
    if abs(x) >= 2.0:
        result = _large(ONE, ONE.j, abs(x))
        return result if x > 0 else -result
    if abs(x) < 2.0**-27:
        return 0.5 * x
    square = x * x
    numerator = square * polynomial(square, *ONE.j.numerator) * x
    return fma(x, 0.5, numerator / polynomial(square, *ONE.j.denominator))


def y0f(argument: float) -> Binary32:
    """The second kind, order 0, of a positive x."""
    x = Binary32(argument)
    if x >= 2.0 or 0x3F5340ED <= bits_of(x) <= 0x3F77B5E5:
        return _large(ZERO, ZERO.y, x)
    if x <= 2.0**-12:
        return fma(TWO_OVER_PI, logf(x), ZERO.y.numerator[0])
    square = x * x
    ratio = polynomial(square, *ZERO.y.numerator) / polynomial(square, *ZERO.y.denominator)
    return fma(TWO_OVER_PI, j0f(x) * logf(x), ratio)


def y1f(argument: float) -> Binary32:
    """The second kind, order 1, of a positive x."""
    x = Binary32(argument)
    if bits_of(x) >= 0x3FE0DFBC:
        return _large(ONE, ONE.y, x)
    if x <= 2.0**-25:
        return -TWO_OVER_PI / x
    square = x * x
    ratio = polynomial(square, *ONE.y.numerator) / polynomial(square, *ONE.y.denominator)
    return fma(x, ratio, TWO_OVER_PI * fma(j1f(x), logf(x), -(1.0 / x)))
