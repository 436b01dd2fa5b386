"""Inputs for a C function, from its prototype alone: boundary values first, then random ones.

Lengths and arrays go together: an integer parameter named as lengths are named, beside an array, gets a value that the
arrays can bear. Loop bounds stay small, so that a call ends.
"""

import re
from dataclasses import dataclass
from random import Random

from playground.emulator.prototype import CType, Parameter, Prototype
from playground.tasks.task import Argument

LENGTH_NAME = re.compile(r"^(n|len|length|size|count|num|rows|cols|c|r)$")
ARRAY_SLACK = 3
"""Elements behind the length: a function that writes too far is seen in `after`, not only by a fault."""

WORDS = (
    "",
    "a",
    "hello",
    "Hello World",
    "abc123",
    "  two  words ",
    "racecar",
    "42",
    "-17",
    "x1y2z3",
    "AAAbbb",
    "(a(b)c)",
)
LARGEST_LOOP = 40
ROOM_FOR_APPENDING = 24
"""Zero bytes behind a string that the function may write to."""


@dataclass(frozen=True, kw_only=True)
class InputPolicy:
    """What the function's family says about sensible arguments."""

    loops: bool = False
    """Scalars bound loops: they stay below LARGEST_LOOP."""
    squares: bool = False
    """Arrays hold n by n elements: n stays below 6."""
    measured_strings: bool = False
    """A length beside a string is that string's: nothing is known of the function but its prototype."""


def policy_of(family: str, tags: tuple[str, ...]) -> InputPolicy:
    """The policy for a family."""
    return InputPolicy(
        loops="loop" in tags or "recursion" in tags,
        squares=family.startswith("matrix/"),
        measured_strings=family.startswith("source/"),
    )


def draw_arguments(prototype: Prototype, random: Random, index: int, policy: InputPolicy) -> tuple[Argument, ...]:
    """The `index`-th call's arguments (the first few are the boundary ones), aligned with the parameters."""
    length = (0, 1, 2, 5)[index] if index < 4 else random.randrange(1, 6 if policy.squares else 17)
    counted = [
        one for one in prototype.parameters if _is_array(one) or (policy.measured_strings and one.type.is_string)
    ]
    measured = policy.measured_strings and any(LENGTH_NAME.match(one.name) for one in prototype.parameters)
    shape = _Shape(length=length, squares=policy.squares, has_arrays=bool(counted), measured=measured)
    return tuple(
        _argument(parameter, random, index, _word_of(random, index, place), shape, policy)
        for place, parameter in enumerate(prototype.parameters)
    )


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """One call's lengths, shared by its arrays and its length parameters."""

    length: int
    squares: bool
    has_arrays: bool
    measured: bool
    """Strings have exactly `length` characters."""

    @property
    def elements(self) -> int:
        return (self.length**2 if self.squares else 2 * self.length) + ARRAY_SLACK


def _is_array(parameter: Parameter) -> bool:
    return parameter.type.kind == "pointer" and not parameter.type.is_string


def _word_of(random: Random, index: int, place: int) -> str:
    """A string for the parameter at `place`: equal to the others in every third call, different in the rest."""
    return WORDS[(index + place * (index % 3)) % len(WORDS)] if index < len(WORDS) else _word(random)


def _argument(
    parameter: Parameter, random: Random, index: int, word: str, shape: _Shape, policy: InputPolicy
) -> Argument:
    kind = parameter.type
    if kind.is_string:
        if shape.measured:
            word = (word + "abc 123" * shape.length)[: shape.length]
        return word if "const" in kind.spelling else (*word.encode(), *[0] * ROOM_FOR_APPENDING)
    if kind.pointee is not None:
        pointee = kind.pointee
        if pointee.fields:
            return tuple(_element(field.type, random) for _ in range(shape.elements) for field in pointee.fields)
        return tuple(_element(pointee, random) for _ in range(shape.elements))
    if kind.kind == "float":
        return _float(random, index)
    if shape.has_arrays and LENGTH_NAME.match(parameter.name):
        return shape.length if parameter.name not in ("r", "c") else max(0, shape.length - 1)
    return _integer(kind, random, index, policy)


def _word(random: Random) -> str:
    alphabet = random.choice(("abc", "0123456789", "abcdefghijklmnopqrstuvwxyz ", "aAbB01 ", "01", "()ab"))
    return "".join(random.choice(alphabet) for _ in range(random.randrange(0, 20)))


def _element(kind: CType, random: Random) -> int | float:
    if kind.kind == "pointer":
        raise ValueError("what a structure's pointers point at cannot be drawn")
    if kind.kind == "float":
        return random.randrange(-400, 400) / 4
    low, high = kind.range
    if random.random() < 0.06:
        return random.choice((low, high, 0))
    span = random.choice((5, 20, 100))
    return random.randrange(max(low, -span), min(high, span) + 1)


def _float(random: Random, index: int) -> float:
    return (0.0, 1.0, -1.0, 0.5)[index] if index < 4 else random.randrange(-4000, 4000) / 16


def _integer(kind: CType, random: Random, index: int, policy: InputPolicy) -> int:
    low, high = kind.range
    if policy.loops:
        return (0, 1, 2, 7)[index] if index < 4 else random.randrange(0, LARGEST_LOOP)
    edges = (0, 1, low, high, high - 1, low + 1, 2, 7)
    if index < len(edges) and random.random() < 0.7:
        return edges[index]
    value = random.randrange(0, min(random.choice((10, 100, 1000, 1 << 15, high)), high) + 1)
    return -value if low < 0 and random.random() < 0.5 else value
