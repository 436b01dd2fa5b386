"""The functions of libm in which glibc's AArch64 build differs from the x86-64 one, to the bit.

gcc contracts products and sums for AArch64 (see `arithmetic`); x86-64's library has fused builds of some functions.
Each module states glibc 2.36's order of operations; constants are glibc's. Arguments and results are finite: the host's
function answers where its result is not, and sets errno.
"""

from collections.abc import Callable

from playground.emulator.library.contracted import (
    bessel,
    bessel_orders,
    bessel_single,
    circular_single,
    error_function,
    gamma,
    hyperbolic_single,
    log_gamma,
    powers,
)

CONTRACTED: dict[str, Callable[..., float]] = {
    "cbrt": powers.cbrt,
    "exp2": powers.exp2,
    "hypot": powers.hypot,
    "acosh": hyperbolic_single.acosh,
    "erf": error_function.erf,
    "erfc": error_function.erfc,
    "lgamma": log_gamma.lgamma,
    "tgamma": gamma.tgamma,
    "j0": bessel.j0,
    "j1": bessel.j1,
    "y0": bessel.y0,
    "y1": bessel.y1,
    "jn": bessel_orders.jn,
    "yn": bessel_orders.yn,
    "j0f": bessel_single.j0f,
    "j1f": bessel_single.j1f,
    "y0f": bessel_single.y0f,
    "y1f": bessel_single.y1f,
    "jnf": bessel_orders.jnf,
    "ynf": bessel_orders.ynf,
    "erff": error_function.erff,
    "erfcf": error_function.erfcf,
    "lgammaf": log_gamma.lgammaf,
    "tgammaf": gamma.tgammaf,
    "acosf": circular_single.acosf,
    "asinf": circular_single.asinf,
    "atanf": circular_single.atanf,
    "atan2f": circular_single.atan2f,
    "tanf": circular_single.tanf,
    "acoshf": hyperbolic_single.acoshf,
    "asinhf": hyperbolic_single.asinhf,
    "atanhf": hyperbolic_single.atanhf,
    "coshf": hyperbolic_single.coshf,
    "expm1f": hyperbolic_single.expm1f,
    "log1pf": hyperbolic_single.log1pf,
    "sinhf": hyperbolic_single.sinhf,
    "tanhf": hyperbolic_single.tanhf,
}
"""By C name."""
