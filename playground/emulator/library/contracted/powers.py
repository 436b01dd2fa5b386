"""cbrt, exp2 and hypot of doubles."""

import math
from decimal import Context, Decimal
from functools import cache

from playground.emulator.library.contracted.arithmetic import fma, polynomial

CUBE_ROOT_OF_2 = 1.2599210498948732
CUBE_ROOT_OF_4 = 1.5874010519681996
FACTORS = {-2: 1 / CUBE_ROOT_OF_4, -1: 1 / CUBE_ROOT_OF_2, 0: 1.0, 1: CUBE_ROOT_OF_2, 2: CUBE_ROOT_OF_4}
CUBE_ROOT = (
    0.35489576504391984,
    1.508191937815849,
    -2.114994941673713,
    2.4469312256353444,
    -1.8346927748361308,
    0.7849323449766392,
    -0.14526389938548637,
)
"""Of the cube root between 0.5 and 1."""


def cbrt(x: float) -> float:
    """A polynomial and one step of Halley's."""
    mantissa, exponent = math.frexp(abs(x))
    if mantissa == 0:
        return x
    guess = polynomial(mantissa, *CUBE_ROOT)
    cube = guess * guess * guess
    # the remainder and quotient of C, truncated
    third = int(exponent / 3)
    factor = FACTORS[exponent - 3 * third]
    result = guess * (cube + 2.0 * mantissa) / (2.0 * cube + mantissa) * factor
    return math.ldexp(math.copysign(result, x), third)


STEPS = 128
"""exp2's table has the powers of 2**(1 / STEPS)."""
EXP2 = (0.6931471805599453, 0.24022650695909065, 0.0555041086686087, 0.009618131975721055, 0.0013332074570119598)
"""Of 2**x - 1, without the constant term."""


@cache
def _tabulated(step: int) -> tuple[float, float]:
    """2**(step / STEPS), and the relative rest that rounding it left."""
    context = Context(prec=60)
    exact = context.power(Decimal(2), context.divide(Decimal(step), Decimal(STEPS)))
    rounded = float(exact)
    return rounded, float(context.divide(context.subtract(exact, Decimal(rounded)), Decimal(rounded)))


def exp2(x: float) -> float:
    """2**x: a table, and a polynomial for the rest of x."""
    if abs(x) < 2.0**-54:
        return 1.0 + x
    if x < -1075:
        return 0.0
    count = round(x * STEPS)
    rest = x - count / STEPS
    exponent, step = divmod(count, STEPS)
    scale, tail = _tabulated(step)
    square = rest * rest
    first = fma(square, fma(rest, EXP2[2], EXP2[1]), fma(rest, EXP2[0], tail))
    relative = fma(square * square, fma(rest, EXP2[4], EXP2[3]), first)
    if exponent < 0 and abs(x) > 928:
        return _near_subnormal(scale, exponent, relative)
    return _scaled(fma(scale, relative, scale), exponent)


def _near_subnormal(scale: float, exponent: int, relative: float) -> float:
    """Rounded to the bits that a subnormal result keeps before it is scaled."""
    scale = math.ldexp(scale, exponent + 1022)
    product = scale * relative
    value = scale + product
    if value < 1.0:
        low = scale - value + product
        high = 1.0 + value
        low = 1.0 - high + value + low
        value = (high + low) - 1.0
    return value * 2.0**-1022


def _scaled(x: float, exponent: int) -> float:
    try:
        return math.ldexp(x, exponent)
    except OverflowError:
        return math.inf


def hypot(x: float, y: float) -> float:
    """C. F. Borges, An Improved Algorithm for hypot(a, b), 2019, arXiv:1904.09481: the fused form."""
    long, short = max(abs(x), abs(y)), min(abs(x), abs(y))
    if short <= long * 2.0**-54:
        return long + short
    if long > 2.0**511:
        return _fused_root(long * 2.0**-600, short * 2.0**-600) * 2.0**600
    if short < 2.0**-459:
        return _fused_root(long * 2.0**600, short * 2.0**600) * 2.0**-600
    return _fused_root(long, short)


def _fused_root(long: float, short: float) -> float:
    """The square root of long**2 + short**2, summed without cancellation."""
    difference = long - short
    if 2 * short >= long:
        return math.sqrt(fma(2 * short, long, difference * difference))
    return math.sqrt(fma(long, long, short * short))
