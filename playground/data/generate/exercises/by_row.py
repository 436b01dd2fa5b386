"""Classic small exercises: numbers, bits, arrays, strings, structures, floating point, helper functions, programs."""

from random import Random
from string import Template

from playground.data.function import CFunction
from playground.data.generate.exercises.row import drawn_slots, exercise, helpers_text, written_out
from playground.data.generate.exercises.rows.array_changes import ROWS as ARRAY_CHANGES
from playground.data.generate.exercises.rows.array_questions import MATRICES
from playground.data.generate.exercises.rows.array_questions import ROWS as ARRAY_QUESTIONS
from playground.data.generate.exercises.rows.bits_and_reals import ROWS as BITS_AND_REALS
from playground.data.generate.exercises.rows.helpers import HELPERS
from playground.data.generate.exercises.rows.integers import ROWS as INTEGERS
from playground.data.generate.exercises.rows.more_programs import PROGRAMS as MORE_PROGRAMS
from playground.data.generate.exercises.rows.programs import PROGRAMS
from playground.data.generate.exercises.rows.reals import REALS
from playground.data.generate.exercises.rows.records import RECORDS
from playground.data.generate.exercises.rows.string_changes import ROWS as STRING_CHANGES
from playground.data.generate.exercises.rows.string_questions import ROWS as STRING_QUESTIONS
from playground.data.generate.exercises.rows.structures_and_helpers import HELPERS as MORE_HELPERS
from playground.data.generate.exercises.rows.structures_and_helpers import RECORDS as MORE_RECORDS
from playground.data.generate.exercises.rows.text import TEXT
from playground.data.generate.family import family
from playground.data.generate.whole_programs.form import numbers, phrase, program


@family("exercise-text", 10)
def text(random: Random) -> CFunction:
    """Algorithms on one or two strings."""
    return exercise(random, random.choice(TEXT), kind="exercise-text", tag="strings")


@family("exercise-array-questions", 12)
def array_questions(random: Random) -> CFunction:
    """Sums, searches, tests and orders of arrays that are read."""
    return exercise(random, random.choice(ARRAY_QUESTIONS), kind="exercise-array-questions", tag="arrays")


@family("exercise-matrix-questions", 2)
def matrix_questions(random: Random) -> CFunction:
    """Square matrices, row by row, that are read."""
    return exercise(random, random.choice(MATRICES), kind="matrix/questions", tag="arrays")


@family("exercise-array-changes", 12)
def array_changes(random: Random) -> CFunction:
    """Arrays filled, moved, sorted and merged."""
    return exercise(random, random.choice(ARRAY_CHANGES), kind="exercise-array-changes", tag="arrays")


@family("exercise-string-questions", 12)
def string_questions(random: Random) -> CFunction:
    """Strings searched, compared, tested and read as numbers."""
    return exercise(random, random.choice(STRING_QUESTIONS), kind="exercise-string-questions", tag="strings")


@family("exercise-string-changes", 12)
def string_changes(random: Random) -> CFunction:
    """Strings and bytes edited, copied, joined and written from numbers."""
    return exercise(random, random.choice(STRING_CHANGES), kind="exercise-string-changes", tag="strings")


@family("exercise-integers", 14)
def integers(random: Random) -> CFunction:
    """Arithmetic, rounding, calendar, digits and number theory."""
    return exercise(random, random.choice(INTEGERS), kind="exercise-integers", tag="numbers")


@family("exercise-bits-and-reals", 14)
def bits_and_reals(random: Random) -> CFunction:
    """Masks, fields, rotations, checksums; formulas, series and vectors."""
    return exercise(random, random.choice(BITS_AND_REALS), kind="exercise-bits-and-reals", tag="bits")


@family("exercise-records", 12)
def records(random: Random) -> CFunction:
    """Structures behind pointers: geometry, calendars, money, stacks, lists in arrays."""
    definition, row = random.choice(RECORDS + MORE_RECORDS)
    return exercise(random, row, kind="exercise-records", tag="structures", definition=definition)


@family("exercise-reals", 7)
def reals(random: Random) -> CFunction:
    """Formulas, series and arrays of floating-point numbers."""
    return exercise(random, random.choice(REALS), kind="exercise-reals", tag="floating point")


@family("exercise-helpers", 10)
def helpers(random: Random) -> CFunction:
    """Two functions, or one that calls itself."""
    others, row = random.choice(HELPERS + MORE_HELPERS)
    return exercise(random, row, kind="exercise-helpers", tag="several functions", helpers=others)


@family("exercise-programs", 14)
def programs(random: Random) -> CFunction:
    """Whole programs that print, read characters, numbers or words, or call the system's read and write."""
    name, headers, others, body, wordings, choices, read = random.choice(PROGRAMS + MORE_PROGRAMS)
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
