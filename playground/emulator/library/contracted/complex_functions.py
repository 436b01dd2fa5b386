"""The complex exponential and circular functions of finite arguments as glibc orders their operations, fused."""

import cmath
import math
from collections.abc import Callable, Sequence

from playground.emulator.library.contracted.arithmetic import fma
from playground.emulator.library.contracted.complex_format import DOUBLE, LN2, SINGLE, Format, Parts
from playground.emulator.library.contracted.complex_inverses import (
    cacos,
    cacosh,
    casin,
    casinh,
    catan,
    catanh,
    clog,
    clog10,
    csqrt,
)


def _wave(own: Format, angle: float) -> Parts:
    """Sine and cosine."""
    return (own.sin(angle), own.cos(angle)) if abs(angle) > own.least else (angle, own.number(1))


def _enlarged(own: Format, x: float, wave: Parts, *, halved: bool) -> Parts:
    """exp(x) times both parts of `wave`, or half of it, in steps that overflow late."""
    bound = int((own.max_exponent - 1) * own.number(LN2))
    sine, cosine = wave
    step = own.exp(own.number(bound))
    for factor in (step / 2 if halved else step, step):
        if x > bound:
            x, sine, cosine = x - bound, sine * factor, cosine * factor
    last = own.number(own.most) if x > bound else own.exp(x)
    return last * sine, last * cosine


def _is_large(own: Format, x: float) -> bool:
    return abs(x) > int((own.max_exponent - 1) * own.number(LN2))


def cexp(own: Format, z: Parts) -> Parts:
    """The exponential."""
    sine, cosine = _enlarged(own, z[0], _wave(own, z[1]), halved=False)
    return cosine, sine


def ccosh(own: Format, z: Parts) -> Parts:
    """The hyperbolic cosine."""
    sine, cosine = _wave(own, z[1])
    if _is_large(own, z[0]):
        sine, cosine = _enlarged(own, abs(z[0]), (sine if z[0] > 0 else -sine, cosine), halved=True)
        return cosine, sine
    return own.cosh(z[0]) * cosine, own.sinh(z[0]) * sine


def csinh(own: Format, z: Parts) -> Parts:
    """The hyperbolic sine."""
    sine, cosine = _wave(own, z[1])
    if _is_large(own, z[0]):
        sine, cosine = _enlarged(own, abs(z[0]), (sine, cosine if z[0] > 0 else -cosine), halved=True)
        return cosine, sine
    return own.sinh(z[0]) * cosine, own.cosh(z[0]) * sine


def ccos(own: Format, z: Parts) -> Parts:
    """The cosine."""
    return ccosh(own, (-z[1], z[0]))


def csin(own: Format, z: Parts) -> Parts:
    """The sine."""
    imaginary, real = csinh(own, (z[1], z[0]))
    return real, imaginary


def ctan(own: Format, z: Parts) -> Parts:
    """The tangent."""
    imaginary, real = ctanh(own, (z[1], z[0]))
    return real, imaginary


def ctanh(own: Format, z: Parts) -> Parts:
    """The hyperbolic tangent."""
    real, imaginary = z
    bound = int((own.max_exponent - 1) * own.number(LN2) / 2)
    sine, cosine = _wave(own, imaginary)
    if abs(real) > bound:
        rest = 4 * sine * cosine / own.exp(own.number(2 * bound))
        beyond = abs(real) - bound
        return own.number(math.copysign(1.0, real)), rest / own.exp(
            own.number(2 * bound) if beyond > bound else 2 * beyond
        )
    if abs(real) > own.least:
        sinh, cosh = own.sinh(real), own.cosh(real)
    else:
        sinh, cosh = real, own.number(1)
    square = cosine * cosine
    denominator = fma(sinh, sinh, square) if abs(sinh) > abs(cosine) * own.epsilon else square
    return sinh * cosh / denominator, sine * cosine / denominator


def cpow(own: Format, z: Parts, w: Parts) -> Parts:
    """z to the power w; z is not 0. The product as gcc expands it."""
    x, y = clog(own, z)
    return cexp(own, (fma(w[0], x, -(w[1] * y)), fma(w[1], x, w[0] * y)))


def _modulus(own: Format, z: Parts) -> Parts:
    return own.hypot(z[0], z[1]), own.number(0)


def _argument(own: Format, z: Parts) -> Parts:
    return own.atan2(z[1], z[0]), own.number(0)


IN_BOTH = (clog, clog10, csqrt, casinh, casin, cacos, cacosh, catan, catanh, ctan, ctanh, cpow)
IN_FLOAT = (csinh, csin, ccosh, ccos)
"""Where sinhf and coshf differ, but sinh and cosh do not."""
CONTRACTED: dict[str, tuple[Callable[..., Parts], Format]] = {
    **{function.__name__: (function, DOUBLE) for function in IN_BOTH},
    **{f"{function.__name__}f": (function, SINGLE) for function in (*IN_BOTH, *IN_FLOAT)},
    "cabs": (_modulus, DOUBLE),
    "cargf": (_argument, SINGLE),
}
"""By C name."""


def contracted_complex(name: str, arguments: Sequence[complex], host_result: complex) -> complex:
    """The value of the function on aarch64; the host's where a part is not finite, or the first argument is 0."""
    if name not in CONTRACTED:
        return host_result
    compute, own = CONTRACTED[name]
    if arguments[0] == 0 or not all(map(cmath.isfinite, arguments)):
        return _vanished_power(own, arguments, host_result) if compute is cpow else host_result
    if compute is not cpow and not cmath.isfinite(host_result):
        return host_result
    result = compute(own, *((own.number(z.real), own.number(z.imag)) for z in arguments))
    return host_result if any(map(math.isnan, result)) else complex(*result)


def _vanished_power(own: Format, arguments: Sequence[complex], host_result: complex) -> complex:
    """A zero has the sign of its angle: a NaN that the product makes is positive here, negative on x86-64."""
    z, w = arguments
    if host_result != 0 or any(map(cmath.isnan, arguments)):
        return host_result
    if z == 0 or not cmath.isfinite(z):
        x, y = math.inf if z else -math.inf, math.atan2(z.imag, z.real)
    else:
        x, y = clog(own, (own.number(z.real), own.number(z.imag)))
    return complex(0.0, 0.0) if math.isnan(w.imag * x + w.real * y) else host_result
