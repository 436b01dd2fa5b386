"""libm's results bit by bit against the native libraries, and against exact arithmetic where that is short."""

import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest

from playground.emulator.library import lookup
from playground.emulator.library.binary_float import BINARY128, Float, decode, encode, from_python
from tests.emulator.library.native_mathematics import arguments, comparisons
from tests.emulator.toolchain import PACKAGES, compile_to_assembly, run_here, run_natively

ONE = """
    acos acosh asin asinh atan atanh cbrt ceil cos cosh erf erfc exp exp10 exp2 expm1 floor lgamma log log10 log1p
    log2 rint round sin sinh sqrt tan tanh tgamma trunc
""".split()  # noqa: SIM905
TWO = "atan2 fdim fmax fmin fmod hypot pow remainder".split()  # noqa: SIM905
LONG_ONE = """
    acos acosh asin asinh atan atanh cbrt cos cosh erf exp exp10 exp2 expm1 log log10 log1p log2 sin sinh tan tanh
""".split()  # noqa: SIM905
LONG_TWO = "atan2 hypot pow remainder".split()  # noqa: SIM905
LONG_APART = 2
"""glibc's binary128 functions are themselves up to two units from the true value."""
PROGRAM = """
#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
static const double special[] = {
    0.0, -0.0, 1, -1, INFINITY, -INFINITY, NAN, 0.5, 2, 3, -2.5, 1e-300, 1e300, 1e-9, 10, 700};
static uint64_t state = 88172645463325252u;
static double next(void) {
    state ^= state << 13; state ^= state >> 7; state ^= state << 17;
    return (state >> 11) * 0x1p-53;
}
static double argument(int k) { return k < 16 ? special[k] : (next() - 0.25) * (k % 3 ? 4 : k % 2 ? 40 : 900); }
static void show(const char *name, int size, const void *value, int is_nan) {
    uint64_t words[2] = {0, 0};
    if (!is_nan) memcpy(words, value, size);
    printf("%s %lx%016lx\\n", name, words[1], words[0]);
}
#define SHOW(kind, size, name, call) do { kind value = call; show(name, size, &value, value != value); } while (0)
int main(void) {
    for (int k = 0; k < COUNT; k++) {
        volatile double x = argument(k / 4), y = argument(15 - k % 16);
        volatile float a = x, b = y;
        volatile long double p = x, q = y;
BODY
    }
}
"""


def _program(count: int) -> str:
    lines = [f'SHOW(double, 8, "{name}", {name}(x));' for name in ONE]
    lines += [f'SHOW(double, 8, "{name}", {name}(x, y));' for name in TWO]
    lines += [f'SHOW(float, 4, "{name}f", {name}f(a));' for name in ONE]
    lines += [f'SHOW(float, 4, "{name}f", {name}f(a, b));' for name in TWO]
    lines += [f'SHOW(long double, LONG, "{name}l", {name}l(p));' for name in LONG_ONE]
    lines += [f'SHOW(long double, LONG, "{name}l", {name}l(p, q));' for name in LONG_TWO]
    return PROGRAM.replace("COUNT", str(count)).replace("BODY", "\n".join(lines))


def _allowed(name: str, arch: str) -> int:
    """Units in the last place between here and natively."""
    is_long = name.endswith("l") and name[:-1] in (*LONG_ONE, *LONG_TWO)
    return LONG_APART if arch == "aarch64" and is_long else 0


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
def test_as_natively(arch: str, tmp_path: Path, require_tool: Callable[[str, str], str]) -> None:
    """To the bit, but for aarch64's long double."""
    for package in PACKAGES[arch]:
        require_tool(*package)
    source = tmp_path / "program.c"
    long_bytes = {"x86_64": "10", "aarch64": "16"}[arch]
    source.write_text(_program(120).replace("LONG", long_bytes))
    text = compile_to_assembly(source, arch, "-O0", "-fno-builtin")
    native = run_natively(source.with_suffix(".s"), arch).stdout.splitlines()
    here = run_here(text, arch).stdout.splitlines()
    assert len(native) == len(here) > 10_000
    for expected, got in zip(native, here, strict=True):
        name, bits = expected.decode().split()
        apart = abs(int(bits, 16) - int(got.decode().split()[1], 16))
        assert apart <= _allowed(name, arch), (expected, got)


ROWS = 1000


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
def test_every_function_to_the_bit(arch: str, tmp_path: Path, require_tool: Callable[[str, str], str]) -> None:
    """Results, what is stored through pointers, and errno; more rows in `conformance_mathematics`."""
    for package in PACKAGES[arch]:
        require_tool(*package)
    found = list(comparisons(arguments(ROWS, seed=1), arch, tmp_path))
    assert len(found) > 100 * ROWS
    assert not [str(one) for one in found if one.distance or not one.errno_agrees]


SIGN_OF_GAMMA = """
#define _DEFAULT_SOURCE
#include <math.h>
#include <stdio.h>
int main(void) {
    static const double x[] = {0.0, -0.0, 1e-30, -1e-30, -0.5, -1.5, -2.5, 3.5, -3.0, -2.9999, -1e17, INFINITY, NAN};
    for (unsigned k = 0; k < sizeof x / sizeof *x; k++) {
        double double_result = lgamma(x[k]);
        int after_double = signgam, stored = 7;
        lgammaf_r(x[k], &stored);
        gamma(-x[k]);
        printf("%a %d %d %d\\n", double_result, after_double, stored, signgam);
    }
}
"""


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
def test_the_sign_of_gamma(arch: str, tmp_path: Path, require_tool: Callable[[str, str], str]) -> None:
    for package in PACKAGES[arch]:
        require_tool(*package)
    source = tmp_path / "program.c"
    source.write_text(SIGN_OF_GAMMA)
    text = compile_to_assembly(source, arch, "-O0", "-fno-builtin")
    native = run_natively(source.with_suffix(".s"), arch).stdout
    assert len(native.splitlines()) == 13
    assert run_here(text, arch).stdout == native


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
def test_an_order_that_would_take_minutes_is_refused(
    arch: str, tmp_path: Path, require_tool: Callable[[str, str], str]
) -> None:
    for package in PACKAGES[arch]:
        require_tool(*package)
    source = tmp_path / "program.c"
    source.write_text("#include <math.h>\nint main(void) { volatile int n = 2000000000; return jn(n, 1e20) > 1; }")
    result = run_here(compile_to_assembly(source, arch, "-O0", "-fno-builtin"), arch)
    assert (result.stop, result.missing) == ("unsupported", ("jn",))


def _aarch64(name: str, *arguments: float | Float) -> float | Float:
    function = lookup(name)
    assert function is not None
    machine = SimpleNamespace(arch=SimpleNamespace(name="aarch64"))
    result: float | Float = function.implementation(machine, *arguments)
    return result


@pytest.mark.parametrize("x", [2.0, 3.0, 0.1, 1e-300, 5e-324, 1e300, 27.0, 1 / 3, 0.7853, 123456.789])
def test_a_cube_root_is_within_four_units(x: float) -> None:
    """Exactly: the cubes of the neighbours enclose the argument. Four as the GNU C Library's manual, 19.7, says."""
    root = _aarch64("cbrt", x)
    assert isinstance(root, float)
    reach = 4 * Fraction(math.ulp(root))
    assert (Fraction(root) - reach) ** 3 <= Fraction(x) <= (Fraction(root) + reach) ** 3


@pytest.mark.parametrize(
    ("x", "y"), [(3.0, 4.0), (1e300, 1e300), (1e-310, 2e-310), (1.1, 1e-9), (5.5, 5.4), (0.0, 2.0)]
)
def test_a_hypotenuse_is_within_one_unit(x: float, y: float) -> None:
    result = _aarch64("hypot", x, y)
    assert isinstance(result, float)
    unit = max(Fraction(result) / 2**52, Fraction(1, 2**1074))
    square = Fraction(x) ** 2 + Fraction(y) ** 2
    assert (Fraction(result) - unit) ** 2 <= square <= (Fraction(result) + unit) ** 2


CONSTANTS = [
    ("acosl", -1.0, 0x4000921FB54442D18469898CC51701B8),
    ("expl", 1.0, 0x40005BF0A8B1457695355FB8AC404E7A),
    ("logl", 2.0, 0x3FFE62E42FEFA39EF35793C7673007E6),
]
"""pi, e and ln 2 as binary128 (OEIS A000796, A001113, A002162 in base 2, rounded to 113 bits)."""


@pytest.mark.parametrize(("name", "x", "bits"), CONSTANTS)
def test_well_known_constants(name: str, x: float, bits: int) -> None:
    result = _aarch64(name, from_python(x))
    assert isinstance(result, Float)
    assert encode(result, BINARY128) == bits
    assert decode(bits, BINARY128) == result
