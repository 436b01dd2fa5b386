"""When a value is the expected one: C types' bits, the floating tolerance, memories and texts."""

import math

import pytest

from playground.emulator.c_types import DOUBLE, FLOAT, integer
from playground.emulator.prototype import parse_prototype
from playground.tasks.comparison import as_expected, same_memory, same_number
from playground.tasks.task import Case

INT = integer("int", 4, signed=True)
CHAR = integer("char", 1, signed=True)


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        (5, 5, True),
        (-1, 0xFFFFFFFF, True),
        (1, 1 + (1 << 32), True),
        (5, 6, False),
        (0, None, False),
    ],
)
def test_integers_are_compared_in_their_type(expected: int, got: int | None, same: bool) -> None:
    assert same_number(expected, got, INT) is same


def test_the_sign_of_plain_char_does_not_matter() -> None:
    assert same_number(-1, 255, CHAR)


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        (1.0, 1.0 + 0.9e-6, True),
        (1.0, 1.0 + 1.1e-6, False),
        (1e300, 1e300 * (1 + 9e-7), True),
        (0.0, 1e-13, True),
        (0.0, 1e-6, False),
        (0.0, -0.0, True),
        (math.nan, math.nan, True),
        (math.nan, 1.0, False),
        (1.0, math.nan, False),
        (math.inf, math.inf, True),
        (math.inf, -math.inf, False),
        (math.inf, 1e308, False),
        (1e-9, 2e-9, False),
    ],
)
def test_floats(expected: float, got: float, same: bool) -> None:
    assert same_number(expected, got, DOUBLE) is same
    assert same_number(expected, got, FLOAT) is same


def test_memory() -> None:
    assert same_memory((1, 2), (1, 2, 3), INT)
    assert not same_memory((1, 2), (1,), INT)
    assert not same_memory((1, 2), (1, 3), INT)
    assert same_memory("ab", (97, 98, 0, 7), CHAR)
    assert not same_memory("ab", (97, 98, 99, 0), CHAR)
    assert same_memory("é", (0xC3 - 256, 0xA9 - 256, 0), CHAR)
    assert not same_memory((1,), None, INT)


def test_a_text_that_is_returned() -> None:
    prototype = parse_prototype("char *f(char *s)")
    case = Case(args=("x",), returns="x")
    assert as_expected(case, prototype, b"x", {})
    assert not as_expected(case, prototype, b"xy", {})
    assert not as_expected(case, prototype, None, {})
    assert as_expected(Case(args=("x",), returns=0), prototype, 0, {})
    assert not as_expected(Case(args=("x",), returns=0), prototype, 4096, {})


def test_memory_and_result_both_count() -> None:
    prototype = parse_prototype("int f(int *a)")
    case = Case(args=((1,),), returns=3, after={"a": (9,)})
    assert as_expected(case, prototype, 3, {"a": (9,)})
    assert not as_expected(case, prototype, 3, {"a": (8,)})
    assert not as_expected(case, prototype, 2, {"a": (9,)})
