"""Elementary functions of binary128, aarch64's long double: computed with far more digits than it has, then rounded.

Exponentials and logarithms by `decimal`, the circular functions by series in fixed point. Infinities, NaNs and zeros
follow the double function (C11 annex F). Not covered: the gamma functions, erfc and the Bessel functions.
"""

import math
from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache

from playground.emulator.library.binary_float import (
    BINARY128,
    NAN,
    Float,
    Kind,
    from_python,
    infinity,
    round_ratio,
    zero,
)

CONTEXT = Context(prec=220, Emax=10**9, Emin=-(10**9))
"""Enough that an argument of 113 bits below 2**-113 beside 1 is exact."""
BITS = 400
"""Of fixed-point fractions."""
TINY = -130
"""Below 2**TINY a function that is x + O(x**2) rounds to x."""
LARGEST_EXPONENT = 12_000
"""exp of more overflows binary128, of less than its negative underflows."""


def _fraction(value: Float) -> Fraction:
    return Fraction(*value.ratio())


def _decimal(value: Fraction) -> Decimal:
    return CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _rounded(value: Fraction) -> Float:
    sign = int(value < 0)
    return round_ratio(sign, abs(value.numerator), value.denominator, BINARY128).value


def _from_decimal(value: Decimal) -> Float:
    if value.is_zero() or value.adjusted() < -6000:
        return zero(int(value.is_signed()))
    return infinity(int(value.is_signed())) if value.adjusted() > 6000 else _rounded(Fraction(value))


# fixed point: integers that count 2**-bits


@cache
def _pi(bits: int) -> int:
    """By Machin's formula."""
    guarded = bits + 20

    def arctangent_of_inverse(n: int) -> int:
        term = total = (1 << guarded) // n
        k = 1
        while term:
            term //= -n * n
            k += 2
            total += term // k
        return total

    return 4 * (4 * arctangent_of_inverse(5) - arctangent_of_inverse(239)) >> 20


def _sine_cosine(x: Fraction) -> tuple[Fraction, Fraction]:
    """Reduced by multiples of pi / 2, then by series."""
    bits = BITS + max(0, x.numerator.bit_length() - x.denominator.bit_length())
    half_pi = _pi(bits) >> 1
    fixed = (x.numerator << bits) // x.denominator
    quadrant = (fixed + (half_pi >> 1)) // half_pi
    rest = fixed - quadrant * half_pi
    sine, cosine = _series(rest, bits)
    for _ in range(quadrant % 4):
        sine, cosine = cosine, -sine
    return Fraction(sine, 1 << bits), Fraction(cosine, 1 << bits)


def _series(x: int, bits: int) -> tuple[int, int]:
    sums = [0, 0]
    term, k = 1 << bits, 0
    while term:
        sums[k % 2] += term if k % 4 < 2 else -term
        k += 1
        term = (term * x >> bits) // k
        if abs(term) <= 1:
            break
    return sums[1], sums[0]


def _arctangent(x: Fraction) -> Fraction:
    """Halved until small, then by series."""
    if x < 0:
        return -_arctangent(-x)
    if x > 1:
        return Fraction(_pi(BITS), 2 << BITS) - _arctangent(1 / x)
    bits = BITS + max(0, x.denominator.bit_length() - x.numerator.bit_length())
    one = 1 << bits
    fixed = (x.numerator << bits) // x.denominator
    for _ in range(8):
        fixed = (fixed << bits) // (one + math.isqrt((one << bits) + fixed * fixed))
    square, term, total, k = fixed * fixed >> bits, fixed, fixed, 1
    while term:
        term = -(term * square >> bits)
        k += 2
        total += term // k
        if abs(term) <= 1:
            break
    return Fraction(total << 8, one)


def _root(x: Fraction) -> Fraction:
    """The square root with BITS significant bits."""
    shift = 2 * BITS + 2 * max(0, x.denominator.bit_length() - x.numerator.bit_length())
    return Fraction(math.isqrt((x.numerator << shift) // x.denominator), 1 << shift // 2)


# the functions of a finite nonzero argument


def _exponential(x: Fraction, base: Decimal | None = None) -> Float:
    exponent = _decimal(x) if base is None else CONTEXT.multiply(_decimal(x), CONTEXT.ln(base))
    if abs(exponent) > LARGEST_EXPONENT:
        return infinity() if exponent > 0 else zero()
    return _from_decimal(CONTEXT.exp(exponent))


def _logarithm(x: Fraction, base: Decimal | None = None) -> Float:
    if x < 0:
        return NAN
    result = CONTEXT.ln(_decimal(x))
    return _from_decimal(result if base is None else CONTEXT.divide(result, CONTEXT.ln(base)))


def _hyperbolic(x: Fraction) -> tuple[Decimal, Decimal]:
    """sinh and cosh."""
    up = CONTEXT.exp(_decimal(x))
    down = CONTEXT.divide(Decimal(1), up)
    half = Decimal("0.5")
    return CONTEXT.multiply(CONTEXT.subtract(up, down), half), CONTEXT.multiply(CONTEXT.add(up, down), half)


def _sinh(x: Fraction) -> Float:
    return _huge(x) or _from_decimal(_hyperbolic(x)[0])


def _cosh(x: Fraction) -> Float:
    return _huge(abs(x)) or _from_decimal(_hyperbolic(x)[1])


def _huge(x: Fraction) -> Float | None:
    return infinity(int(x < 0)) if abs(x) > LARGEST_EXPONENT else None


def _tanh(x: Fraction) -> Float:
    if abs(x) > 100:
        return _signed_one(x)
    return _from_decimal(CONTEXT.divide(*_hyperbolic(x)))


def _asinh(x: Fraction) -> Float:
    result = CONTEXT.ln(_decimal(abs(x) + _root(x * x + 1)))
    return _from_decimal(result.copy_sign(Decimal(1 if x > 0 else -1)))


def _area_tangent(x: Fraction) -> Float:
    if abs(x) > 1:
        return NAN
    return _from_decimal(CONTEXT.divide(CONTEXT.ln(_decimal((1 + x) / (1 - x))), Decimal(2)))


def _arcsine(x: Fraction) -> Float:
    if abs(x) == 1:
        return _rounded(Fraction(_pi(BITS), 2 << BITS) * x)
    return NAN if abs(x) > 1 else _rounded(_arctangent(x / _root(1 - x * x)))


def _arccosine(x: Fraction) -> Float:
    if abs(x) > 1:
        return NAN
    if x == -1:
        return _rounded(Fraction(_pi(BITS), 1 << BITS))
    return zero() if x == 1 else _rounded(2 * _arctangent(_root((1 - x) / (1 + x))))


def _cube_root(x: Fraction) -> Float:
    magnitude = CONTEXT.exp(CONTEXT.divide(CONTEXT.ln(_decimal(abs(x))), Decimal(3)))
    # one step of Newton's, in case the root is exact
    near = Fraction(_rounded(Fraction(magnitude)).mantissa) * Fraction(2) ** _rounded(Fraction(magnitude)).exponent
    exact = near if near**3 == abs(x) else Fraction(magnitude)
    return _rounded(exact if x > 0 else -exact)


def _error_function(x: Fraction) -> Float:
    """By its alternating series: terms grow to e**(x * x) before they shrink, hence the guard bits."""
    if abs(x) > 12:
        return _signed_one(x)
    bits = BITS + 210 + max(0, x.denominator.bit_length() - x.numerator.bit_length())
    fixed = (x.numerator << bits) // x.denominator
    square = fixed * fixed >> bits
    term = total = fixed
    n = 0
    while abs(term) > 1:
        n += 1
        term = -(term * square >> bits) // n
        total += term // (2 * n + 1)
    return _rounded(Fraction(2 * total, 1 << bits) / _root(Fraction(_pi(BITS), 1 << BITS)))


def _signed_one(x: Fraction) -> Float:
    return from_python(-1.0 if x < 0 else 1.0)


UNARY: dict[str, Callable[[Fraction], Float]] = {
    "sin": lambda x: _rounded(_sine_cosine(x)[0]),
    "cos": lambda x: _rounded(_sine_cosine(x)[1]),
    "tan": lambda x: _rounded(Fraction.__truediv__(*_sine_cosine(x))),
    "asin": _arcsine,
    "acos": _arccosine,
    "atan": lambda x: _rounded(_arctangent(x)),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "asinh": _asinh,
    "acosh": lambda x: NAN if x < 1 else _logarithm(x + _root(x * x - 1)),
    "atanh": _area_tangent,
    "exp": _exponential,
    "exp2": lambda x: _exponential(x, Decimal(2)),
    "exp10": lambda x: _exponential(x, Decimal(10)),
    "expm1": lambda x: (
        _exponential(x)
        if x > LARGEST_EXPONENT
        else _from_decimal(CONTEXT.subtract(CONTEXT.exp(_decimal(max(x, Fraction(-500)))), Decimal(1)))
    ),
    "log": _logarithm,
    "log2": lambda x: _logarithm(x, Decimal(2)),
    "log10": lambda x: _logarithm(x, Decimal(10)),
    "log1p": lambda x: _logarithm(1 + x),
    "cbrt": _cube_root,
    "erf": _error_function,
}
ODD_AT_ZERO = frozenset(["sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "expm1", "log1p"])
"""f(x) = x + O(x**2)."""


def unary(name: str, host: Callable[[float], float], x: Float) -> Float:
    """The function of `name`; `host` is the double function, asked about infinities, NaNs and zeros."""
    if not x.is_finite or x.is_zero:
        return _special(name, host, x)
    if name in ODD_AT_ZERO and x.exponent + x.mantissa.bit_length() < TINY:
        return x
    value = _fraction(x)
    at_pole = (name == "atanh" and abs(value) == 1) or (name == "log1p" and value == -1)
    return infinity(int(name == "log1p" or value < 0)) if at_pole else UNARY[name](value)


def _special(name: str, host: Callable[[float], float], x: Float) -> Float:
    if x.is_nan:
        return x
    if (name == "atan" and not x.is_finite) or (name == "acos" and x.is_zero):
        half = _rounded(Fraction(_pi(BITS), 2 << BITS))
        return half.negated() if x.sign and name == "atan" else half
    return from_python(host(math.copysign(0.0 if x.is_zero else math.inf, -1.0 if x.sign else 1.0)))


def power(host: Callable[[float, float], float], x: Float, y: Float) -> Float:
    """x to the power y; `host` is the double pow, asked about special operands."""
    if not x.is_finite or not y.is_finite or x.is_zero or y.is_zero:
        return from_python(host(_sketch(x), _sketch(y)))
    base, exponent = _fraction(x), _fraction(y)
    whole = exponent.denominator == 1
    if base < 0 and not whole:
        return NAN
    sign = int(base < 0 and whole and exponent.numerator % 2 == 1)
    if whole and abs(exponent) <= 256:
        result = _rounded(abs(base) ** int(exponent))
    else:
        product = CONTEXT.multiply(CONTEXT.ln(_decimal(abs(base))), _decimal(exponent))
        beyond = infinity() if product > 0 else zero()
        result = beyond if abs(product) > LARGEST_EXPONENT else _from_decimal(CONTEXT.exp(product))
    return result.negated() if sign else result


def _sketch(x: Float) -> float:
    """A double of the same sign, class, order against 1 and parity: all that pow's special cases look at."""
    sign = -1.0 if x.sign else 1.0
    if not x.is_finite:
        return math.nan if x.is_nan else sign * math.inf
    value = abs(_fraction(x))
    if value == 0 or value == 1:
        return sign * float(value)
    if value.denominator == 1:
        return sign * (2.0 if value.numerator % 2 == 0 else 3.0)
    return sign * (0.5 if value < 1 else 1.5)


def arctangent2(host: Callable[[float, float], float], y: Float, x: Float) -> Float:
    """The angle of the point (x, y)."""
    if y.is_nan or x.is_nan:
        return y if y.is_nan else x
    quarters = host(_sketch(y), _sketch(x)) / (math.pi / 4)
    if abs(quarters - round(quarters)) < 1e-9 and (not y.is_finite or not x.is_finite or y.is_zero or x.is_zero):
        steps = round(quarters)
        return _rounded(Fraction(_pi(BITS) * steps, 4 << BITS)) if steps else zero(y.sign)
    across, up = _fraction(x), _fraction(y)
    angle = _arctangent(up / across)
    if across < 0:
        angle += Fraction(_pi(BITS) * (-1 if up < 0 else 1), 1 << BITS)
    return _rounded(angle)


def hypotenuse(host: Callable[[float, float], float], x: Float, y: Float) -> Float:
    """The square root of x * x + y * y."""
    if not x.is_finite or not y.is_finite:
        return infinity() if Kind.INFINITY in (x.kind, y.kind) else NAN
    total = _fraction(x) ** 2 + _fraction(y) ** 2
    return _rounded(_root(total)) if total else zero()


def remainder(host: Callable[[float, float], float], x: Float, y: Float) -> Float:
    """x minus the multiple of y nearest to it, ties to even: exact."""
    if x.is_nan or y.is_nan:
        return x if x.is_nan else y
    if not x.is_finite or y.is_zero:
        return NAN
    if not y.is_finite or x.is_zero:
        return x
    rest = _fraction(x) - round(_fraction(x) / _fraction(y)) * _fraction(y)
    return _rounded(rest) if rest else zero(x.sign)


BINARY: dict[str, Callable[[Callable[[float, float], float], Float, Float], Float]] = {
    "pow": power,
    "atan2": arctangent2,
    "hypot": hypotenuse,
    "remainder": remainder,
}
