"""Quotients of complex doubles as libgcc's AArch64 build computes them, fused.

Smith's method with the scaling of M. Baudin and R. L. Smith, A Robust Complex Division in Scilab, 2012,
arXiv:1210.4539.
"""

from playground.emulator.library.contracted.arithmetic import fma

MOST = 1.7976931348623157e308
LEAST = 2.0**-1022
EPSILON = 2.0**-52


def quotient(a: float, b: float, c: float, d: float) -> tuple[float, float]:
    """(a + bi) / (c + di), all finite and the divisor not 0."""
    scale = _scale(a, b, max(abs(c), abs(d)))
    a, b, c, d = a * scale, b * scale, c * scale, d * scale
    if abs(c) < abs(d):
        ratio = c / d
        denominator = fma(c, ratio, d)
        if abs(ratio) > LEAST:
            return fma(a, ratio, b) / denominator, fma(b, ratio, -a) / denominator
        return fma(c, a / d, b) / denominator, fma(c, b / d, -a) / denominator
    ratio = d / c
    denominator = fma(d, ratio, c)
    if abs(ratio) > LEAST:
        return fma(b, ratio, a) / denominator, fma(-a, ratio, b) / denominator
    return fma(d, b / c, a) / denominator, fma(-d, a / c, b) / denominator


def _scale(a: float, b: float, divisor: float) -> float:
    """A power of two against overflow and underflow on the way."""
    if divisor >= MOST / 2:
        return 0.5
    if divisor < EPSILON:
        return 1 / EPSILON
    small = MOST / 2 * EPSILON
    tiny = (abs(a) < LEAST and abs(b) < small) or (abs(b) < LEAST and abs(a) < small)
    return 1 / EPSILON if tiny and divisor < small else 1.0
