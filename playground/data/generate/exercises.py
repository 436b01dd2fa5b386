"""Classic small exercises: strings, structures, floating point, helper functions, whole programs."""

from random import Random
from string import Template

from playground.data.function import CFunction
from playground.data.generate.exercise import drawn_slots, exercise, helpers_text, written_out
from playground.data.generate.family import family
from playground.data.generate.helper_exercise_rows import HELPERS
from playground.data.generate.program_exercise_rows import PROGRAMS
from playground.data.generate.real_exercise_rows import REALS
from playground.data.generate.record_exercise_rows import RECORDS
from playground.data.generate.text_exercise_rows import TEXT
from playground.data.generate.whole_programs import numbers, phrase, program


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


@family("exercise-programs", 8)
def programs(random: Random) -> CFunction:
    """Whole programs that print, read characters, numbers or words, or call the system's read and write."""
    name, headers, others, body, wordings, choices, read = random.choice(PROGRAMS)
    slots = drawn_slots(random, choices)
    return program(
        body=written_out(random, body, slots), request=Template(random.choice(wordings)).substitute(slots),
        shape=f"exercise/{name}", headers=tuple(headers.split()), helpers=helpers_text(random, others, slots),
        stdin=_read(random, read),
    )  # fmt: skip


def _read(random: Random, what: str) -> str:
    """What a program finds on its standard input."""
    if what == "numbers":
        return numbers(random, random.randrange(3, 12), low=random.choice((-99, 0)), high=random.choice((20, 50, 999)))
    if what == "text":
        return "".join(f"{phrase(random)}{random.choice((' ', '  ', chr(10)))}" for _ in range(3)) + "done 42\n"
    return ""
