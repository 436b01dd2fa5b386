"""expm1, log1p and the hyperbolic functions and their inverses of float, and acosh of double: fdlibm's, fused.

Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
preserved.
"""

import math

from playground.emulator.library.contracted.arithmetic import Binary32, bits_of, fma, from_bits, polynomial, root
from playground.emulator.library.contracted.elementary import expf, log, log1p, logf

LN2 = 0.6931471805599453
LN2F = Binary32(0.6931472)
LN2_HIGH, LN2_LOW = Binary32(0.6931381), Binary32(9.0580006e-06)
INVERSE_LN2 = Binary32(1.442695)
EXPM1 = (1.0, -0.033333335, 0.0015873016, -7.9365076e-05, 4.0082177e-06, -2.0109921e-07)
LOG1P = (0.6666667, 0.4, 0.2857143, 0.22222199, 0.18183573, 0.15313838, 0.14798199)


def expm1f(argument: float) -> Binary32:
    """exp(x) - 1, to where it overflows."""
    x = Binary32(argument)
    magnitude = bits_of(abs(x))
    if magnitude >= 0x4195B844 and x < 0:
        return Binary32(-1.0)
    if magnitude < 0x33000000:
        return x
    if magnitude <= 0x3EB17218:
        return _reduced_expm1(x, None, 0)
    if magnitude < 0x3F851592:
        count = 1 if x > 0 else -1
        high, low = x - count * LN2_HIGH, count * LN2_LOW
    else:
        count = int(fma(INVERSE_LN2, x, 0.5 if x > 0 else -0.5))
        high, low = fma(LN2_HIGH, -count, x), count * LN2_LOW
    rest = high - low
    return _reduced_expm1(rest, (high - rest) - low, count)


def _reduced_expm1(x: Binary32, error: Binary32 | None, count: int) -> Binary32:
    """2**count * exp(x + error) - 1; without an error count is 0."""
    half = 0.5 * x
    square = x * half
    series = polynomial(square, *EXPM1)
    t = fma(-series, half, 3.0)
    e = square * ((series - t) / fma(-x, t, 6.0))
    if error is None:
        return x - fma(x, e, -square)
    e = fma(x, e - error, -error) - square
    if count == -1:
        return fma(x - e, 0.5, -0.5)
    if count == 1:
        return -2.0 * (e - (x + 0.5)) if x < -0.25 else fma(x - e, 2.0, 1.0)
    if count <= -2 or count > 56:
        return _times_power(1.0 - (e - x), count) - 1.0
    if count < 23:
        return _times_power((Binary32(1.0) - 2.0**-count) - (e - x), count)
    return _times_power((x - (e + Binary32(2.0**-count))) + 1.0, count)


def _times_power(y: Binary32, count: int) -> Binary32:
    """By adding to the exponent."""
    return from_bits(bits_of(y) + (count << 23))


def log1pf(argument: float) -> Binary32:
    """log(1 + x) for x above -1."""
    x = Binary32(argument)
    signed = bits_of(abs(x)) * (-1 if math.copysign(1.0, x) < 0 else 1)
    if abs(signed) < 0x31000000:
        return x if abs(signed) < 0x24800000 else fma(x * x, -0.5, x)
    if -0x3E95F61F <= signed < 0x3ED413D7:
        return _reduced_log1p(x, Binary32(0.0), 0, zero_fraction=False)
    if x < 2.0**53:
        u = 1.0 + x
        count = (bits_of(u) >> 23) - 127
        correction = (1.0 - (u - x) if count > 0 else x - (u - 1.0)) / u
    else:
        u = x
        count, correction = (bits_of(u) >> 23) - 127, Binary32(0.0)
    fraction = bits_of(u) & 0x007FFFFF
    if fraction < 0x3504F7:
        return _reduced_log1p(from_bits(fraction | 0x3F800000) - 1.0, correction, count, zero_fraction=fraction == 0)
    small = (0x00800000 - fraction) >> 2 == 0
    return _reduced_log1p(from_bits(fraction | 0x3F000000) - 1.0, correction, count + 1, zero_fraction=small)


def _reduced_log1p(f: Binary32, correction: Binary32, count: int, *, zero_fraction: bool) -> Binary32:
    """log(1 + f) + correction + count * log(2)."""
    half_square = 0.5 * f * f
    if zero_fraction:
        if f == 0:
            return fma(LN2_HIGH, count, fma(LN2_LOW, count, correction)) if count else Binary32(0.0)
        rest = half_square * fma(Binary32(-0.6666667), f, 1.0)
        if count == 0:
            return f - rest
        return fma(LN2_HIGH, count, -((rest - fma(LN2_LOW, count, correction)) - f))
    s = f / (2.0 + f)
    square = s * s
    series = polynomial(square, *LOG1P)
    # gcc shares this product between the branches, so it stays apart
    product = s * fma(square, series, half_square)
    if count == 0:
        return f - (half_square - product)
    return fma(LN2_HIGH, count, -((half_square - (product + fma(LN2_LOW, count, correction))) - f))


def acosh(x: float) -> float:
    """The inverse of cosh of a double of at least 1."""
    if x >= 2.0**28:
        return log(x) + LN2
    if x > 2.0:
        return log(fma(x, 2.0, -(1.0 / (x + math.sqrt(fma(x, x, -1.0))))))
    t = x - 1.0
    return log1p(t + math.sqrt(fma(t, 2.0, t * t)))


def acoshf(argument: float) -> Binary32:
    """The inverse of cosh of a float of at least 1."""
    x = Binary32(argument)
    if x >= 2.0**28:
        return logf(x) + LN2F
    if x > 2.0:
        return logf(fma(x, 2.0, -(1.0 / (x + root(fma(x, x, -1.0))))))
    t = x - 1.0
    return log1pf(t + root(fma(t, 2.0, t * t)))


def asinhf(argument: float) -> Binary32:
    """The inverse of sinh."""
    x = abs(Binary32(argument))
    if x < 2.0**-15:
        return Binary32(argument)
    if bits_of(x) > 0x47000000:
        result = logf(x) + LN2F
    elif x > 2.0:
        result = logf(fma(x, 2.0, 1.0 / (root(fma(x, x, 1.0)) + x)))
    else:
        square = x * x
        result = log1pf(x + square / (1.0 + root(1.0 + square)))
    return Binary32(math.copysign(result, argument))


def atanhf(argument: float) -> Binary32:
    """The inverse of tanh, below 1."""
    x = abs(Binary32(argument))
    if x < 2.0**-28:
        return Binary32(argument)
    double = x + x
    inner = double + double * x / (1.0 - x) if x < 0.5 else double / (1.0 - x)
    return Binary32(math.copysign(0.5 * log1pf(inner), argument))


def sinhf(argument: float) -> Binary32:
    """The hyperbolic sine, below its overflow."""
    x = abs(Binary32(argument))
    half = Binary32(math.copysign(0.5, argument))
    if x < 2.0**-28:
        return Binary32(argument)
    if x < 1.0:
        t = expm1f(x)
        return half * fma(t, 2.0, -(t * t / (t + 1.0)))
    if x < 22.0:
        t = expm1f(x)
        return half * (t + t / (t + 1.0))
    return _large_hyperbolic(x, half)


def coshf(argument: float) -> Binary32:
    """The hyperbolic cosine, below its overflow."""
    x = abs(Binary32(argument))
    if bits_of(x) < 0x3EB17218:
        t = expm1f(x)
        return 1.0 + t * t / (2.0 * (1.0 + t))
    if x < 22.0:
        t = expf(x)
        return fma(t, 0.5, 0.5 / t)
    return _large_hyperbolic(x, Binary32(0.5))


def _large_hyperbolic(x: Binary32, half: Binary32) -> Binary32:
    if bits_of(x) < 0x42B17180:
        return half * expf(x)
    middle = expf(0.5 * x)
    return half * middle * middle


def tanhf(argument: float) -> Binary32:
    """The hyperbolic tangent."""
    x = abs(Binary32(argument))
    if x < 2.0**-55:
        return Binary32(argument) * (1.0 + Binary32(argument))
    if x >= 22.0:
        result = Binary32(1.0)
    elif x >= 1.0:
        result = 1.0 - 2.0 / (expm1f(2.0 * x) + 2.0)
    else:
        t = expm1f(-2.0 * x)
        result = -t / (t + 2.0)
    return Binary32(math.copysign(result, argument))
