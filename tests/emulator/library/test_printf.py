"""The printf engine against the C library under this Python, and its own corners."""

import ctypes
import random
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.emulator.library.binary_float import X87_EXTENDED, decode, encode
from playground.emulator.library.printf import FormatOverflow, InvalidFormat, OutputTooLarge, format_printf
from tests.emulator.library.native_printf import ListArguments, native_snprintf

FLAGS = "-+ #0'"
FLOATS = (0.0, -0.0, 1.0, 0.5, 1.5, 2.5, 9.5, 99.95, 1e22, 1e-5, 123456.0, 1e300, 5e-324, float("inf"), float("nan"))


def _random_conversion(rng: random.Random) -> tuple[str, list[int | float | bytes | None]]:
    flags = "".join(rng.choice(FLAGS) for _ in range(rng.randint(0, 3)))
    width, precision = rng.choice(["", "5", "12", "30", "*"]), rng.choice(["", ".", ".0", ".3", ".25", ".*"])
    values: list[int | float | bytes | None] = [rng.randint(-20, 20)] if width == "*" else []
    values += [rng.randint(-5, 20)] if precision == ".*" else []
    kind = rng.choice("ifscp")
    if kind == "i":
        letter = rng.choice(["hh", "h", "", "l", "ll", "j", "z", "t"]) + rng.choice("diuoxXb")
        values.append(rng.choice([0, 1, -1, rng.getrandbits(64), rng.getrandbits(31), 1 << 63, 1 << 31]))
    elif kind == "f":
        letter = rng.choice("eEfFgGaA")
        raw = struct.unpack("<d", rng.randbytes(8))[0]
        values.append(rng.choice([*FLOATS, rng.random(), rng.uniform(-1e6, 1e6), rng.randint(-9999, 9999) / 8, raw]))
    elif kind == "s":
        letter = "s"
        values.append(rng.choice([b"", b"hello", None, b"a" * 40]))
    else:
        letter = kind
        values.append(rng.randint(1, 127) if kind == "c" else rng.choice([0, rng.getrandbits(47)]))
    return f"[%{flags}{width}{precision}{letter}]", values


@pytest.mark.parametrize("seed", range(2))
def test_agrees_with_the_c_library(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(2500):
        conversions = [_random_conversion(rng) for _ in range(rng.randint(1, 3))]
        text = "".join(part for part, _ in conversions).encode()
        values = [value for _, part in conversions for value in part]
        assert format_printf(text, ListArguments(list(values))) == native_snprintf(text, values)[1], (text, values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (b"%2$d %1$d", [1, 2]),
        (b"%2$*1$d|%3$s", [6, 42, b"x"]),
        (b"%1$d %1$x", [255]),
        (b"%y %-5k", []),
        (b"100%%", []),
        (b"%m %#m", []),
        (b"%lc%ls", [65]),
        (b"%.4000f", [0.1]),
        (b"%.3000e", [1e-300]),
    ],
)
def test_corners_agree_with_the_c_library(text: bytes, values: list[int | float | bytes | None]) -> None:
    text = text.removesuffix(b"%ls")
    assert format_printf(text, ListArguments(list(values))) == native_snprintf(text, values)[1]


def test_percent_n_stores_the_count() -> None:
    arguments = ListArguments([7, 0x500, 0x600])
    assert format_printf(b"ab%d%n%hhn", arguments) == b"ab7"
    assert arguments.stored == {0x500: (4, 3), 0x600: (1, 3)}


def test_unfinished_and_monstrous_formats_are_refused() -> None:
    with pytest.raises(InvalidFormat):
        format_printf(b"abc%", ListArguments([]))
    with pytest.raises(FormatOverflow):
        format_printf(b"%99999999999d", ListArguments([1]))
    with pytest.raises(OutputTooLarge):
        format_printf(b"%999999999d", ListArguments([1]))
    with pytest.raises(OutputTooLarge):
        format_printf(b"%.999999999f", ListArguments([1.0]))


LONG_DOUBLE_SOURCE = """
#include <stdio.h>
#include <string.h>
int print(char *b, size_t n, const char *f, unsigned char *bits) {
    long double v; memset(&v, 0, sizeof v); memcpy(&v, bits, 10); return snprintf(b, n, f, v);
}
"""


@pytest.mark.toolchain
def test_x87_long_double_agrees_with_the_c_library(tmp_path: Path, require_tool: Callable[[str, str], str]) -> None:
    source, library = tmp_path / "print.c", tmp_path / "print.so"
    source.write_text(LONG_DOUBLE_SOURCE)
    subprocess.run([require_tool("gcc", "gcc"), "-shared", "-fPIC", "-O1", source, "-o", library], check=True)
    native = ctypes.CDLL(str(library))
    rng = random.Random(5)
    for _ in range(3000):
        exponent = rng.choice([0, 1, 16383, 16384, 16382, 32766, rng.randint(1, 32766)])
        mantissa = rng.choice([0, rng.getrandbits(63), rng.getrandbits(5)]) | (1 << 63 if exponent else 0)
        bits = rng.getrandbits(1) << 79 | exponent << 64 | mantissa
        text = f"%{rng.choice(['', '+', '#', '0'])}{rng.choice(['', '40'])}{rng.choice(['', '.0', '.3', '.20'])}L"
        text += rng.choice("aAeEfgG")
        buffer = ctypes.create_string_buffer(20000)
        native.print(buffer, ctypes.c_size_t(20000), text.encode(), bits.to_bytes(10, "little"))
        assert format_printf(text.encode(), ListArguments([decode(bits, X87_EXTENDED)])) == buffer.value, (text, bits)


@pytest.mark.parametrize("seed", range(2))
def test_bit_patterns_survive_decoding(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(2000):
        exponent = rng.randint(1, 32766)
        bits = rng.getrandbits(1) << 79 | exponent << 64 | 1 << 63 | rng.getrandbits(63)
        assert encode(decode(bits, X87_EXTENDED), X87_EXTENDED) == bits
