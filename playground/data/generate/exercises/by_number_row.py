"""Classic small exercises of textbooks: scalars, numbers, arrays, matrices, bits. `everyday` describes their rows."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.everyday.by_row import Slots, draw_row
from playground.data.generate.exercises.rows.numbers import ARRAYS, BITS, MATRICES, NUMBERS, SCALARS
from playground.data.generate.family import family, is_signed

ARRAY_NAMES = ("a", "a", "arr", "values", "data", "v", "nums", "xs")
LENGTH_NAMES = ("n", "n", "n", "len", "size", "count", "length")
RESULT_NAMES = ("out", "out", "result", "dst", "dest")


def _array_slots(random: Random, c_type: str) -> Slots:
    """The array, its length, where results go, and the type of sums."""
    return {
        "v": random.choice(ARRAY_NAMES),
        "n": random.choice(LENGTH_NAMES),
        "out": random.choice(RESULT_NAMES),
        "sum": "long" if is_signed(c_type) else "unsigned long",
        "index": random.choice(("int", "int", "int", "long")),
    }


@family("exercise-scalars", 5)
def scalars(random: Random) -> CFunction:
    """Rules, dates, money and rankings on a few numbers."""
    return draw_row(random, SCALARS, shape="exercise/scalars", tag="conditions", more=_array_slots)


@family("exercise-numbers", 7)
def numbers(random: Random) -> CFunction:
    """Digits, divisors, sequences, roots and powers."""
    return draw_row(random, NUMBERS, shape="exercise/numbers", tag="numbers", more=_array_slots)


@family("exercise-arrays", 10)
def arrays(random: Random) -> CFunction:
    """Searches, scans, moves and orders of arrays."""
    return draw_row(random, ARRAYS, shape="exercise/arrays", tag="arrays", more=_array_slots)


@family("exercise-matrices", 4)
def matrices(random: Random) -> CFunction:
    """Square and rectangular matrices, row by row."""
    return draw_row(random, MATRICES, shape="matrix/exercise", tag="arrays", more=_array_slots)


@family("exercise-bits", 6)
def bits(random: Random) -> CFunction:
    """Bits of a word, checksums and generators."""
    return draw_row(random, BITS, shape="exercise/bits", tag="bits", more=_array_slots)
