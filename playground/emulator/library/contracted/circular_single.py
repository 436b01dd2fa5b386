"""acos, asin, atan, atan2 and tan of float: fdlibm's approximations, fused (asin's by S. L. Moshier).

Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
preserved.
"""

import math

from playground.emulator.library.contracted.angle_reduction import reduced_quadrant
from playground.emulator.library.contracted.arithmetic import Binary32, bits_of, fma, masked, polynomial, root

HEAD = 0xFFFFF000
PI_F = Binary32(3.1415925)
"""acos's pi, with pi / 2 as a sum."""
HALF_PI_HIGH, HALF_PI_LOW = Binary32(1.5707963), Binary32(7.5497894e-08)
ACOS_NUMERATOR = (0.16666667, -0.32556581, 0.20121253, -0.040055536, 0.000791535, 3.479331e-05)
ACOS_DENOMINATOR = (1.0, -2.403395, 2.0209458, -0.688284, 0.077038154)


def acosf(argument: float) -> Binary32:
    """The arc cosine, from -1 to 1."""
    x = Binary32(argument)
    if x == 1.0:
        return Binary32(0.0)
    if x == -1.0:
        return PI_F + 2.0 * HALF_PI_LOW
    if abs(x) <= 2.0**-26:
        return HALF_PI_HIGH + HALF_PI_LOW
    if abs(x) < 0.5:
        return HALF_PI_HIGH - (x - fma(-x, _acos_ratio(x * x), HALF_PI_LOW))
    square = (1.0 - abs(x)) * 0.5
    s = root(square)
    ratio = _acos_ratio(square)
    if x < 0:
        return PI_F - 2.0 * (s + fma(ratio, s, -HALF_PI_LOW))
    head = masked(s, HEAD)
    rest = fma(-head, head, square) / (s + head)
    return 2.0 * (head + fma(ratio, s, rest))


def _acos_ratio(square: Binary32) -> Binary32:
    return square * polynomial(square, *ACOS_NUMERATOR) / polynomial(square, *ACOS_DENOMINATOR)


ASIN = (0.16666752, 0.074952975, 0.045470376, 0.024179514, 0.042166308)
ASIN_HALF_PI = Binary32(1.5707964), Binary32(-4.371139e-08)
QUARTER_PI = Binary32(0.7853982)


def asinf(argument: float) -> Binary32:
    """The arc sine, from -1 to 1."""
    x = Binary32(argument)
    magnitude = abs(x)
    high, low = ASIN_HALF_PI
    if magnitude == 1.0:
        return fma(x, high, x * low)
    if magnitude < 2.0**-27:
        return x
    if magnitude < 0.5:
        square = x * x
        return fma(x, square * polynomial(square, *ASIN), x)
    square = (1.0 - magnitude) * 0.5
    ratio = square * polynomial(square, *ASIN)
    s = root(square)
    if magnitude >= Binary32(0.975):
        result = high - (2.0 * fma(s, ratio, s) - low)
    else:
        head = masked(s, HEAD)
        rest = fma(-head, head, square) / (s + head)
        correction = fma(2.0 * s, ratio, -(low - 2.0 * rest))
        result = QUARTER_PI - (correction - (QUARTER_PI - 2.0 * head))
    return result if x > 0 else -result


ATAN = (
    0.33333334,
    -0.2,
    0.14285715,
    -0.111111104,
    0.09090887,
    -0.07691876,
    0.06661073,
    -0.058335703,
    0.04976878,
    -0.03653157,
    0.01628582,
)
ATAN_HIGH = tuple(map(Binary32, (0.4636476, 0.7853981, 0.9827937, 1.5707963)))
"""Of 0.5, 1, 1.5 and infinity."""
ATAN_LOW = tuple(map(Binary32, (5.0121582e-09, 3.7748947e-08, 3.4473217e-08, 7.5497894e-08)))


def atanf(argument: float) -> Binary32:
    """The arc tangent."""
    x = Binary32(argument)
    magnitude = abs(x)
    if magnitude >= 2.0**25:
        result = ATAN_HIGH[3] + ATAN_LOW[3]
    elif magnitude < 2.0**-29:
        return x
    elif magnitude < 0.4375:
        return x - x * _atan_series(x)
    else:
        known, rest = _atan_reduced(magnitude)
        result = ATAN_HIGH[known] - ((rest * _atan_series(rest) - ATAN_LOW[known]) - rest)
    return result if x > 0 else -result


def _atan_reduced(x: Binary32) -> tuple[int, Binary32]:
    """Which known value is near, and the tangent of the rest."""
    if x < 0.6875:
        return 0, (2.0 * x - 1.0) / (2.0 + x)
    if x < 1.1875:
        return 1, (x - 1.0) / (x + 1.0)
    if x < 2.4375:
        return 2, (x - 1.5) / fma(x, 1.5, 1.0)
    return 3, -1.0 / x


def _atan_series(x: Binary32) -> Binary32:
    """(x - atan(x)) / x."""
    square = x * x
    fourth = square * square
    odd = fourth * polynomial(fourth, *ATAN[1::2])
    return fma(square, polynomial(fourth, *ATAN[0::2]), odd)


ATAN2_PI, ATAN2_PI_LOW = Binary32(3.1415927), Binary32(-8.742278e-08)


def atan2f(ordinate: float, abscissa: float) -> Binary32:
    """The angle of the point (x, y), both finite."""
    y, x = Binary32(ordinate), Binary32(abscissa)
    if x == 0 or y == 0:
        return Binary32(math.atan2(y, x))
    if x == 1.0:
        return atanf(y)
    exponents = (bits_of(abs(y)) - bits_of(abs(x))) >> 23
    if exponents > 60:
        angle = Binary32(1.5707964) + 0.5 * ATAN2_PI_LOW
    elif x < 0 and exponents < -60:
        angle = Binary32(0.0)
    else:
        angle = atanf(abs(y / x))
    if x > 0:
        return angle if y > 0 else -angle
    return ATAN2_PI - (angle - ATAN2_PI_LOW) if y > 0 else (angle - ATAN2_PI_LOW) - ATAN2_PI


TAN = (
    0.33333334,
    0.13333334,
    0.053968254,
    0.021869488,
    0.00886324,
    0.003592079,
    0.0014562095,
    0.00058804126,
    0.00024646314,
    7.8179444e-05,
    7.140725e-05,
    -1.8558638e-05,
    2.5907306e-05,
)
TAN_QUARTER_PI = Binary32(0.7853981), Binary32(3.7748947e-08)


def tanf(argument: float) -> Binary32:
    """The tangent."""
    x = Binary32(argument)
    if abs(x) <= TAN_QUARTER_PI[0]:
        return _reduced_tangent(x, Binary32(0.0), 1)
    quadrant, rest = reduced_quadrant(x)
    head = Binary32(rest)
    return _reduced_tangent(head, Binary32(rest - float(head)), -1 if quadrant % 2 else 1)


def _reduced_tangent(x: Binary32, tail: Binary32, power: int) -> Binary32:
    """tan(x + tail)**power, power 1, or -1 with the opposite sign: -1 / tan."""
    if abs(x) < 2.0**-13:
        return x if power == 1 else -1.0 / x
    sign = 1 if x > 0 else -1
    folded = abs(x) >= 0.6743354797363281
    if folded:
        x = (TAN_QUARTER_PI[0] - sign * x) + (TAN_QUARTER_PI[1] - sign * tail)
        tail = Binary32(0.0)
        if abs(x) < 2.0**-13:
            return sign * power * (1.0 - 2 * power * x)
    square = x * x
    fourth = square * square
    cube = square * x
    series = fma(square, polynomial(fourth, *TAN[2::2]), polynomial(fourth, *TAN[1::2]))
    rest = fma(cube, TAN[0], fma(square, fma(cube, series, tail), tail))
    w = x + rest
    if folded:
        return sign * (power - 2.0 * (x - (w * w / (w + power) - rest)))
    return w if power == 1 else _negative_inverse(w, rest - (masked(w, HEAD) - x))


def _negative_inverse(w: Binary32, tail: Binary32) -> Binary32:
    """-1 / (w's head + tail), w their rounded sum."""
    inverse = -1.0 / w
    head = masked(inverse, HEAD)
    return fma(inverse, fma(head, tail, fma(head, masked(w, HEAD), 1.0)), head)
