"""What the complex functions need of double or of float. A complex number is a pair of its parts."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from playground.emulator.library.contracted import circular_single, elementary, hyperbolic_single, powers
from playground.emulator.library.contracted.arithmetic import Binary32, exact_product, fma

Parts = tuple[float, float]
Real = Callable[[float], float]
Real2 = Callable[[float, float], float]


@dataclass(frozen=True, kw_only=True)
class Format:
    """What the formulas need of double or of float."""

    number: Callable[[float], float]
    precision: int
    """Bits of the significand."""
    max_exponent: int
    log: Real
    log10: Real
    log1p: Real
    exp: Real
    sin: Real
    cos: Real
    sinh: Real
    cosh: Real
    hypot: Real2
    atan2: Real2
    circle: Real2
    """x**2 + y**2 - 1 without cancellation."""

    @property
    def epsilon(self) -> float:
        return 2.0 ** (1 - self.precision)

    @property
    def least(self) -> float:
        """The least normal number."""
        return 2.0 ** (2 - self.max_exponent)

    @property
    def most(self) -> float:
        return math.ldexp(2.0 - self.epsilon, self.max_exponent - 1)

    def scaled(self, x: float, exponent: int) -> float:
        return self.number(math.ldexp(x, exponent))


def _circle(x: float, y: float) -> float:
    """For 1 > x >= y: by exact products, added from the least."""
    parts = sorted((*exact_product(x, x), *exact_product(y, y), -1.0), key=abs)
    for i in range(4):
        total = parts[i + 1] + parts[i]
        parts[i + 1], parts[i] = total, (parts[i + 1] - total) + parts[i]
        parts[i + 1 :] = sorted(parts[i + 1 :], key=abs)
    return parts[4] + parts[3] + parts[2] + parts[1] + parts[0]


def _circle_single(x: float, y: float) -> float:
    first, second = float(x), float(y)
    return Binary32(fma(first - 1, first + 1, second * second))


DOUBLE = Format(
    number=float,
    precision=53,
    max_exponent=1024,
    log=elementary.log,
    log10=elementary.log10,
    log1p=elementary.log1p,
    exp=elementary.exp,
    sin=elementary.sin,
    cos=elementary.cos,
    sinh=elementary.sinh,
    cosh=elementary.cosh,
    hypot=powers.hypot,
    atan2=elementary.arctangent2,
    circle=_circle,
)
SINGLE = Format(
    number=Binary32,
    precision=24,
    max_exponent=128,
    log=elementary.logf,
    log10=elementary.log10f,
    log1p=hyperbolic_single.log1pf,
    exp=elementary.expf,
    sin=elementary.sinf,
    cos=elementary.cosf,
    sinh=hyperbolic_single.sinhf,
    cosh=hyperbolic_single.coshf,
    hypot=elementary.hypotf,
    atan2=circular_single.atan2f,
    circle=_circle_single,
)
LN2 = math.log(2.0)
