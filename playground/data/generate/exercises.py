"""Classic small exercises: strings, structures, floating point, helper functions, whole programs."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.exercise import exercise
from playground.data.generate.family import family
from playground.data.generate.helper_exercise_rows import HELPERS
from playground.data.generate.real_exercise_rows import REALS
from playground.data.generate.record_exercise_rows import RECORDS
from playground.data.generate.text_exercise_rows import TEXT


@family("exercise-text", 10)
def text(random: Random) -> CFunction:
    """Algorithms on one or two strings."""
    return exercise(random, random.choice(TEXT), kind="exercise-text", tag="strings")


@family("exercise-records", 7)
def records(random: Random) -> CFunction:
    """Structures behind pointers: geometry, calendars, money, stacks, lists in arrays."""
    definition, row = random.choice(RECORDS)
    return exercise(random, row, kind="exercise-records", tag="structures", definition=definition)


@family("exercise-reals", 7)
def reals(random: Random) -> CFunction:
    """Formulas, series and arrays of floating-point numbers."""
    return exercise(random, random.choice(REALS), kind="exercise-reals", tag="floating point")


@family("exercise-helpers", 6)
def helpers(random: Random) -> CFunction:
    """Two functions, or one that calls itself."""
    others, row = random.choice(HELPERS)
    return exercise(random, row, kind="exercise-helpers", tag="several functions", helpers=others)
