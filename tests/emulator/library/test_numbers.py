"""Text to number, random numbers, soft floating point and hashes against the C library under this Python."""

import ctypes
import math
import random
import struct
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.emulator.library.binary_float import (
    BINARY32,
    BINARY64,
    BINARY128,
    Float,
    Kind,
    encode,
    from_python,
    to_python,
)
from playground.emulator.library.float_arithmetic import add, compare, divide, multiply, square_root, subtract
from playground.emulator.library.parse_number import parse_float, parse_integer
from playground.emulator.library.random_numbers import AdditiveFeedback

libc = ctypes.CDLL(None)
libc.strtod.restype = ctypes.c_double
libc.strtof.restype = ctypes.c_float
libc.strtol.restype = ctypes.c_long

NUMBERS = st.one_of(
    st.from_regex(rb"[ \t]?[+-]?[0-9]{0,25}\.?[0-9]{0,25}([eE][+-]?[0-9]{1,4})?[a-z]?", fullmatch=True),
    st.from_regex(rb"[+-]?0[xX][0-9a-fA-F]{0,20}\.?[0-9a-fA-F]{0,20}([pP][+-]?[0-9]{1,4})?", fullmatch=True),
    st.sampled_from(
        [b"inf", b"-INFINITY", b"infin", b"0x", b"1e", b"1e+", b".", b"", b"0x.p1", b"4.9e-324", b"2e-324"]
    ),
)


def _native(routine: str, text: bytes) -> tuple[bytes, int]:
    buffer = ctypes.create_string_buffer(text)
    end = ctypes.c_void_p()
    value = getattr(libc, routine)(buffer, ctypes.byref(end))
    layout = "<d" if routine == "strtod" else "<f"
    return struct.pack(layout, value), (end.value or 0) - ctypes.addressof(buffer)


@given(NUMBERS)
def test_strtod_and_strtof_agree_with_the_c_library(text: bytes) -> None:
    for routine, layout, size in (("strtod", BINARY64, 8), ("strtof", BINARY32, 4)):
        parsed = parse_float(text, layout)
        bits = encode(parsed.rounded.value, layout).to_bytes(size, "little")
        assert (bits, parsed.consumed) == _native(routine, text)


@given(st.from_regex(rb"[ ]?[+-]?(0[xX]?)?[0-9a-zA-Z]{0,18}", fullmatch=True), st.sampled_from([0, 2, 8, 10, 16, 36]))
def test_strtol_agrees_with_the_c_library(text: bytes, base: int) -> None:
    parsed = parse_integer(text, base)
    buffer, end = ctypes.create_string_buffer(text), ctypes.c_void_p()
    native = libc.strtol(buffer, ctypes.byref(end), base)
    clamped = max(-(1 << 63), min((1 << 63) - 1, parsed.value))
    assert (clamped, parsed.consumed) == (native, (end.value or 0) - ctypes.addressof(buffer))


def test_a_million_digits_are_read_quickly() -> None:
    assert parse_float(b"1" * 1_000_000, BINARY64).rounded.overflow
    assert parse_float(b"0." + b"0" * 1_000_000 + b"1", BINARY64).rounded.value.is_zero
    assert parse_float(b"1e" + b"9" * 100_000, BINARY64).rounded.overflow


@pytest.mark.parametrize("seed", [0, 1, 42, 2**31, 2**32 - 1])
def test_rand_is_glibcs_sequence(seed: int) -> None:
    libc.srand(ctypes.c_uint(seed))
    ours = AdditiveFeedback(seed)
    assert [ours.next() for _ in range(500)] == [libc.rand() for _ in range(500)]


DOUBLES = st.floats(allow_nan=True, allow_infinity=True, width=64)


@given(DOUBLES, DOUBLES)
def test_arithmetic_rounded_to_binary64_is_the_processors(a: float, b: float) -> None:
    x, y = from_python(a), from_python(b)
    pairs = [(add, a + b), (subtract, a - b), (multiply, a * b)]
    if b != 0:
        pairs.append((divide, a / b))
    for operation, expected in pairs:
        got = to_python(operation(x, y, BINARY64))
        assert got == expected or (got != got and expected != expected)
    order = compare(x, y)
    assert (order is None) == (a != a or b != b)
    if order is not None:
        assert order == (a > b) - (a < b)


@given(st.floats(min_value=0, allow_infinity=False, width=64))
def test_square_root_rounded_to_binary64_is_the_processors(a: float) -> None:
    assert to_python(square_root(from_python(a), BINARY64)) == math.sqrt(a)


def test_binary128_rounds_to_nearest_even() -> None:
    rng = random.Random(1)
    for _ in range(500):
        x, y = (Float(0, Kind.FINITE, rng.getrandbits(113) | 1, rng.randint(-50, 50)) for _ in range(2))
        quotient = divide(x, y, BINARY128)
        exact = Fraction(*x.ratio()) / Fraction(*y.ratio())
        ulp = Fraction(2) ** quotient.exponent
        assert abs(Fraction(*quotient.ratio()) - exact) <= ulp / 2
