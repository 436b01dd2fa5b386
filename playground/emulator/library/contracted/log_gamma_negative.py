"""lgamma between the poles from -28 (float: -15) to -2: an expansion around the zero that is near.

With x0 the zero, the result is log(sin(pi x0) / sin(pi x)) + log(gamma(1 - x0) / gamma(1 - x)), the latter by
Stirling's series; above -3 a polynomial stands for both.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from playground.emulator.library.contracted.arithmetic import exact_product, fma, polynomial

Real = Callable[[float], float]


@dataclass(frozen=True, kw_only=True)
class NegativeLogGamma:
    """One format's functions and tables."""

    log: Real
    log1p: Real
    sin: Real
    cos: Real
    pi: float
    e: tuple[float, float]
    """The base of logarithms, as a sum."""
    zeros: tuple[tuple[float, float], ...]
    """The zeros from -2.46 downward, as sums."""
    stirling: tuple[float, ...]
    """B(2k) / (2k (2k - 1))."""
    first: tuple[tuple[float, ...], ...]
    """Polynomials on the eighths of -3 to -2."""
    shifts: bool
    """Arguments near zero are moved to where Stirling's series holds."""


def between_poles(own: NegativeLogGamma, x: float) -> float:
    """lgamma(x); x is no integer."""
    half = math.floor(-2 * x)
    pole = float(-half // 2 if half % 2 == 0 else (-half - 1) // 2)
    region = half - 4
    zero, zero_tail = own.zeros[region]
    difference = x - zero - zero_tail
    if region < 2:
        eighth = math.floor(-8 * x) - 16
        centre = (-33 - 2 * eighth) * 0.0625
        return own.log1p(polynomial(x - centre, *own.first[eighth]) * difference / (x - pole))
    sines = _log_sine_ratio(
        own, abs(pole - x), abs(pole - zero - zero_tail), difference if half % 2 == 0 else -difference
    )
    return sines + _log_gamma_ratio(own, x, region, difference)


def _sine(own: NegativeLogGamma, x: float) -> float:
    """sin(pi x), for x from -0.25 to 0.5."""
    return own.sin(own.pi * x) if x <= 0.25 else own.cos(own.pi * (0.5 - x))


def _cosine(own: NegativeLogGamma, x: float) -> float:
    return own.cos(own.pi * x) if x <= 0.25 else own.sin(own.pi * (0.5 - x))


def _log_sine_ratio(own: NegativeLogGamma, distance: float, zero_distance: float, difference: float) -> float:
    """Of the sines at the zero and at x, from their distances to the pole; `difference` is how much further x0 is."""
    if zero_distance < distance * 0.5:
        return own.log(_sine(own, zero_distance) / _sine(own, distance))
    half = difference * 0.5
    sine, cosine = _sine(own, half), _cosine(own, half)
    cotangent = _cosine(own, distance) / _sine(own, distance)
    return own.log1p(2 * sine * fma(cosine, cotangent, -sine))


def _log_gamma_ratio(own: NegativeLogGamma, x: float, region: int, difference: float) -> float:
    zero, zero_tail = own.zeros[region]
    y0, y = 1 - zero, 1 - x
    y0_tail, y_tail = -zero + (1 - y0) - zero_tail, -x + (1 - y)
    moved = 0.0
    if own.shifts and region < 6:
        count = (7 - region) // 2
        y0, y0_tail = y0 + count, y0 - (y0 + count - count) + y0_tail
        y, y_tail = y + count, y - (y + count - count) + y_tail
        moved = -own.log1p(_product_less_one(difference, y - count, y_tail, count))
    first = own.log1p((y0 - own.e[0] - own.e[1] + y0_tail) / own.e[0])
    second = (y - 0.5 + y_tail) * own.log1p(difference / y)
    high = fma(difference, first, second) + moved
    return high + _stirling_difference(own, difference, y0, y)


def _stirling_difference(own: NegativeLogGamma, difference: float, y0: float, y: float) -> float:
    """The sum of the coefficients times y0**-(2k - 1) - y**-(2k - 1)."""
    inverse0, inverse = 1 / y0, 1 / y
    square0, square = inverse0 * inverse0, inverse * inverse
    power = -difference / (y * y0)
    extra = power * inverse * (inverse + inverse0)
    terms = [power * own.stirling[0]]
    for coefficient in own.stirling[1:]:
        power, extra = fma(power, square0, extra), extra * square
        terms.append(power * coefficient)
    total = terms[-1]
    for term in terms[-2::-1]:
        total = total + term
    return total


def _product_less_one(t: float, x: float, x_tail: float, count: int) -> float:
    """The product of 1 + t / (x + x_tail + i) over i < count, minus 1."""
    total, tail = 0.0, 0.0
    for i in range(count):
        xi = x + i
        quotient = t / xi
        high, low = exact_product(quotient, xi)
        quotient_tail = (t - high - low) / xi - t * x_tail / (xi * xi)
        high, low = exact_product(total, quotient)
        plain = total + quotient
        following = plain + high
        lost = ((total - plain) + quotient) + ((plain - following) + high) + low
        lost = fma(tail, quotient, lost) + quotient_tail
        tail = tail + fma(quotient_tail, total + tail, lost)
        total = following
    return total + tail
