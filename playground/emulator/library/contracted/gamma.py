"""tgamma of double and float: exp(lgamma) where that is exact enough, else Stirling's approximation, fused."""

import math

from playground.emulator.library.contracted.arithmetic import Binary32, exact_product, fma, root
from playground.emulator.library.contracted.elementary import (
    cos,
    cosf,
    exp,
    exp2f,
    expf,
    expm1,
    log,
    logf,
    power,
    powerf,
    sin,
    sinf,
)
from playground.emulator.library.contracted.hyperbolic_single import expm1f
from playground.emulator.library.contracted.log_gamma import lgamma, lgammaf
from playground.emulator.library.contracted.powers import exp2

STIRLING = (
    0.08333333333333333,
    -0.002777777777777778,
    0.0007936507936507937,
    -0.0005952380952380953,
    0.0008417508417508417,
    -0.0019175269175269176,
)
"""B(2k) / (2k (2k - 1))."""
STIRLINGF = tuple(map(Binary32, (0.083333336, -0.0027777778, 0.0007936508)))
PI = (3.141592653589793, 1.2246467991473532e-16)
PIF = Binary32(math.pi)
SQRT_HALF = 0.7071067811865476

Sum = tuple[float, float]
"""An unevaluated sum of two doubles."""


def tgamma(x: float) -> float:
    """gamma(x) of a finite double that is no pole."""
    if x > 0:
        return _scaled(*_positive(x))
    if x >= -(2.0**-54):
        return 1.0 / x
    sign = -1.0 if math.trunc(x) % 2 == 0 else 1.0
    if x <= -184.0:
        return math.copysign(0.0, sign)
    fraction = math.trunc(x) - x
    if fraction > 0.5:
        fraction = 1.0 - fraction
    sine = sin(math.pi * fraction) if fraction <= 0.25 else cos(math.pi * (0.5 - fraction))
    value, exponent = _positive(-x)
    product, rest = exact_product(sine, value)
    high, low = exact_product(product, x)
    quotient, _ = _quotient(PI, (high, fma(rest, x, low)))
    return sign * _scaled(-quotient, -exponent)


def _positive(x: float) -> tuple[float, int]:
    """gamma(x) as a value and a power of two to multiply by."""
    if x < 0.5:
        return exp(lgamma(x + 1)) / x, 0
    if x <= 1.5:
        return exp(lgamma(x)), 0
    if x >= 6.5:
        return _by_stirling(x)
    count = math.ceil(x - 1.5)
    product, error = _rising_product(x - count, 0.0, count)
    return exp(lgamma(x - count)) * product * (1.0 + error), 0


def _by_stirling(x: float) -> tuple[float, int]:
    moved, tail, product, error = x, 0.0, 1.0, 0.0
    if x < 12.0:
        count = math.ceil(12.0 - x)
        moved = x + count
        tail = x - (moved - count)
        product, error = _rising_product(moved - count, tail, count)
    whole = math.floor(moved + 0.5)
    mantissa, exponent = math.frexp(moved)
    if mantissa < SQRT_HALF:
        mantissa, exponent = mantissa * 2.0, exponent - 1
    powers = exact_product(power(mantissa, moved), exp2(exponent * (moved - whole)))
    rest = exact_product(exp(-moved), math.sqrt(2 * math.pi / moved))
    high, low = _quotient(_product(powers, rest), (product, product * error))
    series = STIRLING[-1]
    for coefficient in STIRLING[-2::-1]:
        series = series / (moved * moved) + coefficient
    adjustment = tail * log(moved) + series / moved
    return high + fma(high, expm1(adjustment), low), exponent * whole


def _rising_product(x: float, tail: float, count: int) -> tuple[float, float]:
    """The product of x + tail + i over i < count, and its relative error."""
    product, error = x, tail / x
    for i in range(1, count):
        error = error + tail / (x + i)
        product, low = exact_product(product, x + i)
        error = error + low / product
    return product, error


def _ordered_sum(a: float, b: float) -> Sum:
    """a + b exactly, |a| >= |b|."""
    total = a + b
    return total, b - (total - a)


def _product(a: Sum, b: Sum) -> Sum:
    """As glibc does: the last rounding error is subtracted."""
    high, low = exact_product(a[0], b[0])
    total, error = _ordered_sum(high, fma(a[0], b[1], b[0] * a[1]))
    return total, low - error


def _quotient(a: Sum, b: Sum) -> Sum:
    high = a[0] / b[0]
    back, back_low = exact_product(high, b[0])
    low = (a[0] - back - back_low) / b[0]
    total, error = _ordered_sum(high, fma(a[1], b[0], -(b[1] * a[0])) / (b[0] * b[0]))
    return _ordered_sum(total, low + error)


def _scaled(x: float, exponent: int) -> float:
    try:
        return math.ldexp(x, exponent)
    except OverflowError:
        return math.copysign(math.inf, x)


def tgammaf(argument: float) -> float:
    """gamma(x) of a finite float that is no pole."""
    x = Binary32(argument)
    if x > 0:
        value, exponent = _positive_single(x)
        return Binary32(_scaled(value, exponent))
    if x >= -(2.0**-25):
        return 1.0 / x
    sign = -1.0 if math.trunc(x) % 2 == 0 else 1.0
    if x <= -42.0:
        return math.copysign(0.0, sign)
    fraction = math.trunc(x) - x
    if fraction > 0.5:
        fraction = 1.0 - fraction
    sine = sinf(PIF * fraction) if fraction <= 0.25 else cosf(PIF * (0.5 - fraction))
    value, exponent = _positive_single(-x)
    return Binary32(sign * _scaled(PIF / (-x * sine * value), -exponent))


def _positive_single(x: Binary32) -> tuple[float, int]:
    if x < 0.5:
        return expf(lgammaf(x + 1)) / x, 0
    if x <= 1.5:
        return expf(lgammaf(x)), 0
    if x < 2.5:
        return expf(lgammaf(x - 1)) * (x - 1), 0
    moved, tail, product, error = x, Binary32(0.0), Binary32(1.0), Binary32(0.0)
    if x < 4.0:
        count = math.ceil(4.0 - x)
        moved = x + count
        tail = x - (moved - count)
        product, error = _rising_product_single(moved - count, tail, count)
    whole = math.floor(moved + 0.5)
    mantissa, exponent = math.frexp(moved)
    if mantissa < Binary32(SQRT_HALF):
        mantissa, exponent = mantissa * 2.0, exponent - 1
    result = (
        powerf(mantissa, moved) * exp2f(exponent * (moved - whole)) * expf(-moved) * root(2 * PIF / moved) / product
    )
    series: float = STIRLINGF[-1]
    for coefficient in STIRLINGF[-2::-1]:
        series = series / (moved * moved) + coefficient
    adjustment = fma(tail, logf(moved), -error) + series / moved
    return fma(result, expm1f(adjustment), result), exponent * whole


def _rising_product_single(x: Binary32, tail: Binary32, count: int) -> tuple[Binary32, Binary32]:
    """In double, split into a float and its relative error."""
    first = float(x) + float(tail)
    product = first
    for i in range(1, count):
        product = product * (first + i)
    rounded = Binary32(product)
    return rounded, Binary32((product - float(rounded)) / float(rounded))
