"""The complex logarithms, roots and inverse functions of finite arguments as glibc orders their operations, fused."""

import math

from playground.emulator.library.contracted.arithmetic import fma, root
from playground.emulator.library.contracted.complex_format import LN2, Format, Parts

LOG10_2 = 0.30102999566398119521
LOG10_E = 0.43429448190325182765


def clog(own: Format, z: Parts) -> Parts:
    """The logarithm; z is not 0."""
    near_circle, outside = _log_modulus(own, z)
    angle = own.atan2(z[1], z[0])
    if near_circle is not None:
        return own.log1p(near_circle) / 2, angle
    modulus, scale = outside
    return fma(own.number(-scale), own.number(LN2), own.log(modulus)), angle


def clog10(own: Format, z: Parts) -> Parts:
    """The decimal logarithm; z is not 0."""
    near_circle, outside = _log_modulus(own, z)
    angle = own.number(LOG10_E) * own.atan2(z[1], z[0])
    if near_circle is not None:
        return own.log1p(near_circle) * (own.number(LOG10_E) / 2), angle
    modulus, scale = outside
    return fma(own.number(-scale), own.number(LOG10_2), own.log10(modulus)), angle


def _log_modulus(own: Format, z: Parts) -> tuple[float | None, tuple[float, int]]:
    """|z|**2 - 1 near the unit circle, else None and |z| scaled by a power of two."""
    long, short = max(abs(z[0]), abs(z[1])), min(abs(z[0]), abs(z[1]))
    if long > own.most / 2:
        return None, (
            own.hypot(own.scaled(long, -1), own.scaled(short, -1) if short >= own.least * 2 else own.number(0)),
            -1,
        )
    if long < own.least:
        return None, (own.hypot(own.scaled(long, own.precision), own.scaled(short, own.precision)), own.precision)
    if long == 1:
        return short * short, (long, 0)
    if 1 < long < 2 and short < 1:
        difference = (long - 1) * (long + 1)
        return fma(short, short, difference) if short >= own.epsilon else difference, (long, 0)
    if 0.5 <= long < 1:
        if short < own.epsilon / 2:
            return (long - 1) * (long + 1), (long, 0)
        if fma(long, long, short * short) >= 0.5:
            return own.circle(long, short), (long, 0)
    return None, (own.hypot(long, short), 0)


def csqrt(own: Format, z: Parts) -> Parts:
    """The square root."""
    real, imaginary = z
    if imaginary == 0:
        value = root(abs(real))
        first, second = (own.number(0), value) if real < 0 else (value, own.number(0))
        return first, own.number(math.copysign(second, imaginary))
    if real == 0:
        half = abs(imaginary)
        value = root(0.5 * half) if half >= 2 * own.least else 0.5 * root(2 * half)
        return value, own.number(math.copysign(value, imaginary))
    return _csqrt(own, real, imaginary)


def _csqrt(own: Format, real: float, imaginary: float) -> Parts:
    sign = imaginary
    scale = 0
    if abs(real) > own.most / 4:
        scale = 1
        real, imaginary = own.scaled(real, -2), own.scaled(imaginary, -2)
    elif abs(imaginary) > own.most / 4:
        scale = 1
        real = own.scaled(real, -2) if abs(real) >= 4 * own.least else own.number(0)
        imaginary = own.scaled(imaginary, -2)
    elif max(abs(real), abs(imaginary)) < 2 * own.least:
        scale = -((own.precision + 1) // 2)
        real, imaginary = own.scaled(real, -2 * scale), own.scaled(imaginary, -2 * scale)
    main = root(0.5 * (own.hypot(real, imaginary) + abs(real)))
    other = abs(imaginary / main)
    if scale == 1 and abs(imaginary) < 1:
        main = own.scaled(main, 1)
    else:
        main, other = own.scaled(main, scale), own.scaled(0.5 * other, scale)
    first, second = (main, other) if real > 0 else (other, main)
    return first, own.number(math.copysign(second, sign))


def casinh(own: Format, z: Parts) -> Parts:
    """The inverse hyperbolic sine; z is not 0."""
    return _casinh(own, z, adjusted=False)


def casin(own: Format, z: Parts) -> Parts:
    """The inverse sine; z is not 0."""
    real, imaginary = _casinh(own, (-z[1], z[0]), adjusted=False)
    return imaginary, -real


def cacos(own: Format, z: Parts) -> Parts:
    """The inverse cosine; z is not 0."""
    real, imaginary = _casinh(own, (-z[1], z[0]), adjusted=True)
    return imaginary, real


def cacosh(own: Format, z: Parts) -> Parts:
    """The inverse hyperbolic cosine; z is not 0."""
    real, imaginary = _casinh(own, (-z[1], z[0]), adjusted=True)
    return (real, -imaginary) if math.copysign(1.0, z[1]) < 0 else (-real, imaginary)


def _casinh(own: Format, z: Parts, *, adjusted: bool) -> Parts:
    """casinh, or with its imaginary part taken from pi / 2."""
    real, (up, across) = _first_quadrant(own, abs(z[0]), abs(z[1]), adjusted=adjusted, sign=z[1])
    if adjusted:
        angle = own.atan2(across, own.number(math.copysign(up, z[1])))
    else:
        angle = own.atan2(up, across)
    return own.number(math.copysign(real, z[0])), own.number(math.copysign(angle, 1.0 if adjusted else z[1]))


def _first_quadrant(own: Format, x: float, y: float, *, adjusted: bool, sign: float) -> tuple[float, Parts]:
    """The real part, and the point whose angle is the imaginary part: its ordinate first."""
    epsilon = own.epsilon
    if max(x, y) >= 1 / epsilon:
        return _modulus_log(own, x, y, adjusted=adjusted, sign=sign) + own.number(LN2), (y, x)
    if x >= 0.5 and y < epsilon / 8:
        s = own.hypot(own.number(1), x)
        return own.log(x + s), (y, s)
    if x < epsilon / 8 and y >= 1.5:
        s = root((y + 1) * (y - 1))
        return own.log(y + s), (s, x)
    if x < 0.5 and y < 1.5:
        if y > 1:
            return _above_one(own, x, y)
        return _at_one(own, x) if y == 1 else _below_one(own, x, y)
    squared = csqrt(own, (fma(x - y, x + y, own.number(1)), 2 * x * y))
    across, up = squared[0] + x, squared[1] + y
    return _modulus_log(own, across, up, adjusted=adjusted, sign=sign), (up, across)


def _modulus_log(own: Format, x: float, y: float, *, adjusted: bool, sign: float) -> float:
    return clog(own, (own.number(math.copysign(y, sign)), x) if adjusted else (x, y))[0]


def _above_one(own: Format, x: float, y: float) -> tuple[float, Parts]:
    difference = (y + 1) * (y - 1)
    if x < own.epsilon * own.epsilon:
        s = root(difference)
        return own.log1p(2 * fma(y, s, difference)) / 2, (s, x)
    square = x * x
    f = square * fma(2 * y, y, 2 + square)
    plus = root(fma(difference, difference, f)) + difference
    r1 = root((f / plus + square) / 2)
    r2 = x * y / r1
    return own.log1p(square + plus + 2 * fma(x, r1, y * r2)) / 2, (y + r2, x + r1)


def _at_one(own: Format, x: float) -> tuple[float, Parts]:
    if x < own.epsilon / 8:
        return own.log1p(2 * (x + root(x))) / 2, (own.number(1), root(x))
    d = x * root(fma(x, x, own.number(4)))
    s1, s2 = root(fma(x, x, d) / 2), root(fma(-x, x, d) / 2)
    return own.log1p(fma(x, x, d) + 2 * fma(x, s1, s2)) / 2, (1 + s2, x + s1)


def _below_one(own: Format, x: float, y: float) -> tuple[float, Parts]:
    if y < own.epsilon:
        s = own.hypot(own.number(1), x)
        return own.log1p(2 * x * (x + s)) / 2, (y, s)
    difference = (1 + y) * (1 - y)
    if x < own.epsilon * own.epsilon:
        s = root(difference)
        return own.log1p(2 * x / s) / 2, (y, s)
    square = x * x
    f = square * fma(2 * y, y, 2 + square)
    plus = root(fma(difference, difference, f)) + difference
    r1 = root((plus + square) / 2)
    r2 = x * y / r1
    return own.log1p(square + f / plus + 2 * fma(x, r1, y * r2)) / 2, (y + r2, x + r1)


def catan(own: Format, z: Parts) -> Parts:
    """The inverse tangent; z is not 0."""
    imaginary, real = catanh(own, (z[1], z[0]))
    return real, imaginary


def catanh(own: Format, z: Parts) -> Parts:
    """The inverse hyperbolic tangent; z is not 0."""
    real, imaginary = z
    if max(abs(real), abs(imaginary)) >= 16 / own.epsilon:
        return _far_catanh(own, real, imaginary), own.number(math.copysign(math.pi / 2, imaginary))
    angle = 0.5 * own.atan2(2 * imaginary, _one_less_square(own, abs(real), abs(imaginary)))
    if abs(real) == 1 and abs(imaginary) < own.epsilon * own.epsilon:
        half = math.copysign(0.5, real)
        return half * (own.number(LN2) - own.log(abs(imaginary))), angle
    square = imaginary * imaginary if abs(imaginary) >= own.epsilon * own.epsilon else own.number(0)
    numerator, denominator = fma(1 + real, 1 + real, square), fma(1 - real, 1 - real, square)
    if numerator / denominator < 0.5:
        return 0.25 * own.log(numerator / denominator), angle
    return 0.25 * own.log1p(4 * real / denominator), angle


def _far_catanh(own: Format, real: float, imaginary: float) -> float:
    if abs(imaginary) <= 1:
        return 1 / real
    if abs(real) <= 1:
        return real / imaginary / imaginary
    half = own.hypot(real / 2, imaginary / 2)
    return real / half / half / 4


def _one_less_square(own: Format, x: float, y: float) -> float:
    """1 - x**2 - y**2."""
    long, short = max(x, y), min(x, y)
    if short < own.epsilon / 2:
        return (1 - long) * (1 + long) + 0.0
    if long < 1 and (long >= 0.75 or short >= 0.5):
        return -own.circle(long, short)
    return fma(1 - long, 1 + long, -(short * short))
