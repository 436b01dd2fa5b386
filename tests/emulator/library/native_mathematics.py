"""Every double and float function of math.h on many arguments: the native library's answers, and the playground's.

The functions and their C types are read from the registry, so that none is left out. An answer is the result's bits,
what was stored through pointers, and errno.
"""

import ctypes
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from playground.emulator.library import LibraryFunction, supported_functions
from tests.emulator.toolchain import compile_to_assembly, run_natively

ROW = struct.Struct("<3d3fi")
ANSWER = struct.Struct("<8s8s8si4x")
HEADERS = ("math.h", "complex.h")
OPERATIONS = ("__muldc3", "__divdc3", "__mulsc3", "__divsc3")
"""Products and quotients of complex numbers, which compilers call."""
SCALARS: dict[str, tuple[str, ...]] = {
    "double": ("x", "y", "z", "n / 8.0"),
    "float": ("a", "b", "c", "n / 8.0f"),
    "int": ("n",),
    "long": ("n",),
    "double complex": ("CMPLX(x, y)", "CMPLX(n / 8.0, z)"),
    "float complex": ("CMPLXF(a, b)", "CMPLXF(n / 8.0f, c)"),
}
RESULTS = {
    "double": ctypes.c_double,
    "float": ctypes.c_float,
    "int": ctypes.c_int,
    "long": ctypes.c_long,
    "double complex": ctypes.c_double,
    "float complex": ctypes.c_float,
}
POINTERS = ("void *",)
NATIVE_SECONDS = 120
SPECIAL = (0.0, 1.0, 0.5, 2.0, 3.0, 8.0, float("inf"), float("nan"), 5e-324, 2.0**-1022, 2.0**-149, 2.0**-126)
BOUNDARIES = """
    0.0001220703125 0.25 0.34657359 0.4142135 0.4375 0.5 0.6743355 0.6875 0.7315998 0.7853981 0.84375 0.875 0.9 0.975
    1.0 1.0397207 1.1875 1.2316322 1.25 1.4616321 1.5 1.7316312 1.7568 2.0 2.4375 2.5 2.857142 3.0 4.0 4.5454 6.0 6.5
    7.7222 8.0 9.0 12.0 15.0 22.0 28.0 36.0 42.0 88.0297 88.72284 103.972 120.0 171.6243769563027 172.0 184.0 709.7827
    745.1332 928.0 1022.0 1024.0 1075.0 16384.0 1048576.0 33554432.0 268435456.0 4503599627370496.0
    1.6777216e7 1.5e77 1e154 1e-154 1.5e-8 3.7e-9 7.450580596923828e-9 1.3877787807814457e-17 4.3e-19 1.2e38 3.4e38
    2.5563481638716906e305
"""
"""Where an algorithm changes, or overflows or underflows."""
ZEROS = """
    2.404825557695773 5.520078110286311 3.8317059702075125 7.015586669815619 0.8935769662791675 3.957678419314858
    2.197141326031017 5.429681040794135 200.27711 -2.4570247382208006 -2.7476826467274127 -3.143580888349980
    -3.955294284858598 -4.039361839740537 -5.0082181680
"""
"""Of the Bessel functions and of lgamma (DLMF tables 10.21 and OEIS A261509)."""


@cache
def functions() -> tuple[LibraryFunction, ...]:
    """The functions of math.h and complex.h without long double and strings, and libgcc's complex operations."""
    return tuple(entry for entry in supported_functions() if entry.name in OPERATIONS or _is_covered(entry))


def _is_covered(entry: LibraryFunction) -> bool:
    kinds = {value.spelling for _, value in entry.parameters}
    known = (kinds <= {*SCALARS, *POINTERS} and entry.result is not None) or entry.name.startswith("sincos")
    return entry.header in HEADERS and known and not entry.name.startswith("__")


def arguments(count: int, seed: int) -> list[tuple[float, ...]]:
    """`count` rows of three doubles, three floats and an int, from every part of the range."""
    source = random.Random(seed)
    return [_row(source) for _ in range(count)]


def _row(source: random.Random) -> tuple[float, ...]:
    x, y, z = (_number(source) for _ in range(3))
    if source.random() < 0.3:
        y = x * (1 + source.choice((-1, 1)) * 2.0 ** source.uniform(-52, 3))
    n = source.choice((source.randint(-8, 12), source.randint(-40, 60), source.choice((-1100, -150, 150, 1100))))
    return (x, y, z, *(_single(source, value) for value in (x, y, z)), n)


def _single(source: random.Random, value: float) -> float:
    if source.random() < 0.1:
        value = struct.unpack("<f", source.randbytes(4))[0]
    elif source.random() < 0.1:
        value = source.choice((-1, 1)) * 2.0 ** source.uniform(-150, 128)
    elif source.random() < 0.1:
        value = source.choice((-1, 1)) * _near_a_boundary(source, 2.0**-23)
    try:
        return float(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _number(source: random.Random) -> float:
    sign = source.choice((-1, 1))
    choices = (
        lambda: struct.unpack("<d", source.randbytes(8))[0],
        lambda: source.uniform(-1, 1) * source.choice((1, 4, 10, 30, 200, 800)),
        lambda: sign * 2.0 ** source.uniform(-60, 12),
        lambda: sign * 2.0 ** source.uniform(-1074, -1000),
        lambda: sign * 2.0 ** source.uniform(12, 1023.9),
        lambda: 1 + sign * 2.0 ** source.uniform(-53, 0),
        lambda: source.randint(-400, 400) / 8,
        lambda: source.randint(-190, 30) + sign * 2.0 ** source.uniform(-50, -1),
        lambda: sign * source.choice(SPECIAL),
        lambda: sign * _near_a_boundary(source, 2.0**-52),
        lambda: sign * float(source.choice(BOUNDARIES.split())) * (1 + source.uniform(-1, 1) * 2.0**-20),
        lambda: float(source.choice(ZEROS.split())) * (1 + sign * 2.0 ** source.uniform(-53, -4)),
        lambda: sign * 1.5707963267948966 * source.randint(1, 10**6) * (1 + sign * 2.0 ** source.uniform(-53, -20)),
    )
    return float(source.choice(choices)())


def _near_a_boundary(source: random.Random, unit: float) -> float:
    boundary = 2.0 ** source.randint(-80, 130) if source.random() < 0.5 else float(source.choice(BOUNDARIES.split()))
    return boundary * (1 + source.randint(-4, 4) * unit)


PROGRAM = """
#define _GNU_SOURCE
#include <complex.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
double complex __muldc3(double, double, double, double), __divdc3(double, double, double, double);
float complex __mulsc3(float, float, float, float), __divsc3(float, float, float, float);
struct row { double x, y, z; float a, b, c; int n; };
static void put(const void *result, int size, const void *first, const void *second) {
    struct { char parts[3][8]; int number, unused; } answer = {0};
    answer.number = errno;
    memcpy(answer.parts[0], result, size);
    memcpy(answer.parts[1], first, 8);
    memcpy(answer.parts[2], second, 8);
    fwrite(&answer, sizeof answer, 1, stdout);
    errno = 0;
}
int main(void) {
    struct row row;
    while (fread(&row, sizeof row, 1, stdin) == 1) {
        volatile double x = row.x, y = row.y, z = row.z;
        volatile float a = row.a, b = row.b, c = row.c;
        volatile int n = row.n;
        uint64_t first = 0, second = 0;
BODY
    }
}
"""


def _call(entry: LibraryFunction) -> str:
    counts = dict.fromkeys(SCALARS, 0)
    pointers = iter(("&first", "&second"))
    texts = []
    for _, value in entry.parameters:
        if value.spelling in POINTERS:
            texts.append(f"(void *){next(pointers)}")
        else:
            texts.append(SCALARS[value.spelling][counts[value.spelling]])
            counts[value.spelling] += 1
    call = f"({entry.name})({', '.join(texts)})"
    if entry.result is None:
        return f"{{ {call}; put(&first, 0, &first, &second); first = second = 0; }}"
    kind = entry.result.spelling
    if kind.endswith("complex"):
        real = kind.split()[0]
        call = f"{kind} w = {call}; {real} r = creal(w), i = cimag(w); memcpy(&first, &i, sizeof i)"
    else:
        call = f"{kind} r = {call}"
    return f"{{ {call}; put(&r, sizeof r, &first, &second); first = second = 0; }}"


def _native_answers(rows: list[tuple[float, ...]], arch: str, folder: Path) -> bytes:
    """Row by row each function's answer from the system's own library (aarch64 under qemu-user)."""
    source = folder / f"mathematics_{arch}.c"
    source.write_text(PROGRAM.replace("BODY", "\n".join(map(_call, functions()))))
    compile_to_assembly(source, arch, "-O1", "-fno-builtin")
    stdin = b"".join(ROW.pack(*row) for row in rows)
    output = run_natively(source.with_suffix(".s"), arch, stdin=stdin, seconds=NATIVE_SECONDS).stdout
    assert len(output) == ANSWER.size * len(rows) * len(functions())
    return output


@dataclass
class RecordingMachine:
    """What a function of math.h asks of a machine: memory at made-up addresses, errno among it."""

    arch: SimpleNamespace
    image: SimpleNamespace
    errno_address: int = 0
    memory: dict[int, bytes] = field(default_factory=dict)

    def write(self, address: int, data: bytes) -> None:
        self.memory[address] = data

    def write_integer(self, address: int, value: int, size: int) -> None:
        self.write(address, value.to_bytes(size, "little", signed=value < 0))


def _our_answer(entry: LibraryFunction, row: tuple[float, ...], arch: str) -> bytes:
    """The same from the playground's library."""
    machine = RecordingMachine(SimpleNamespace(name=arch), SimpleNamespace(imports={}))
    values = {
        "double": iter((*row[:3], row[6] / 8)),
        "float": iter((*row[3:6], row[6] / 8)),
        "int": iter(row[6:]),
        "long": iter(row[6:]),
        "void *": iter((1, 2)),
        "double complex": iter((complex(row[0], row[1]), complex(row[6] / 8, row[2]))),
        "float complex": iter((complex(row[3], row[4]), complex(row[6] / 8, row[5]))),
    }
    result = entry.implementation(machine, *(next(values[value.spelling]) for _, value in entry.parameters))
    first, second = machine.memory.get(1, b""), machine.memory.get(2, b"")
    packed = b""
    if entry.result is not None:
        kind = RESULTS[entry.result.spelling]
        if isinstance(result, complex):
            first, result = bytes(kind(result.imag)), result.real
        packed = bytes(kind(result))
    number = int.from_bytes(machine.memory.get(0, b""), "little")
    return ANSWER.pack(packed, first, second, number)


def _distance(entry: LibraryFunction, one: bytes, other: bytes) -> float:
    kind = entry.result.spelling if entry.result is not None else ""
    if not kind.startswith(("double", "float")):
        return 0.0 if one[:24] == other[:24] else float("inf")
    size = ctypes.sizeof(RESULTS[kind])
    parts = 2 if kind.endswith("complex") else 1
    if one[8 * parts : 24] != other[8 * parts : 24]:
        return float("inf")
    return max(_units(one[8 * k : 8 * k + size], other[8 * k : 8 * k + size]) for k in range(parts))


def _units(one: bytes, other: bytes) -> float:
    """Between two representations; at least 1 when they are not the same."""
    if one == other:
        return 0.0
    whole, real = ("<q", "<d") if len(one) == 8 else ("<i", "<f")
    if any(value != value for text in (one, other) for value in struct.unpack(real, text)):
        return float("inf")
    greatest = 1 << (8 * len(one) - 1)
    first, second = (struct.unpack(whole, text)[0] for text in (one, other))
    places = [value if value >= 0 else -greatest - value for value in (first, second)]
    return max(1.0, abs(places[0] - places[1]))


@dataclass(frozen=True)
class Comparison:
    """One call natively and here."""

    entry: LibraryFunction
    row: tuple[float, ...]
    native: bytes
    here: bytes

    @property
    def distance(self) -> float:
        """Units in the last place between the results; infinite when only one is a NaN or something stored differs."""
        return _distance(self.entry, self.native, self.here)

    @property
    def errno_agrees(self) -> bool:
        return self.native[24:] == self.here[24:]

    def __str__(self) -> str:
        given = ", ".join(value.hex() if isinstance(value, float) else str(value) for value in self.row)
        return f"{self.entry.name} of {given}: natively {self.native.hex()}, here {self.here.hex()}"


def _is_a_gap(entry: LibraryFunction, row: tuple[float, ...]) -> bool:
    """Complex powers, products and quotients of NaNs: which operand's sign the NaN (or cpow's zero) has."""
    return entry.name in ("cpow", "cpowf", *OPERATIONS) and any(value != value for value in row)


def comparisons(rows: list[tuple[float, ...]], arch: str, folder: Path) -> Iterator[Comparison]:
    """Every function on every row, but for the known gap."""
    answers = _native_answers(rows, arch, folder)
    calls = ((entry, row) for row in rows for entry in functions())
    for k, (entry, row) in enumerate(calls):
        native = answers[k * ANSWER.size : (k + 1) * ANSWER.size]
        if not _is_a_gap(entry, row):
            yield Comparison(entry, row, native, _our_answer(entry, row, arch))
