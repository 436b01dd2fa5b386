"""How a family of functions is registered, and the words that all families share."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from playground.data.function import CFunction


@dataclass(frozen=True, kw_only=True)
class Family:
    """One way of making functions."""

    name: str
    weight: float
    """How often it is drawn beside the others: about the number of truly different functions that it holds."""
    draw: Callable[[Random], CFunction]


FAMILIES: dict[str, Family] = {}

Draw = Callable[[Random], CFunction]


def family(name: str, weight: float = 1.0) -> Callable[[Draw], Draw]:
    """Register ``draw(random) -> CFunction`` under `name`."""

    def register(draw: Draw) -> Draw:
        if name in FAMILIES:
            raise ValueError(f"two families are called {name}")
        FAMILIES[name] = Family(name=name, weight=weight, draw=draw)
        return draw

    return register


def define(*, name: str, result: str, parameters: str, body: str, request: str, shape: str, tag: str) -> CFunction:
    """A function from its parts; `body` is the lines between the braces, indented by four."""
    prototype = f"{result} {name}({parameters})"
    source = f"{prototype} {{\n{body.rstrip()}\n}}\n"
    return CFunction(name=name, prototype=prototype, source=source, request=request, family=shape, tags=(tag,))


RETURN_VERBS = ("Return", "Compute", "Calculate", "Give", "Find", "Return")
ORDERS = (
    "{verb} {what}.",
    "{verb} {what}.",
    "Write a function that {verbs} {what}.",
    "Write a function {name} that {verbs} {what}.",
    "A function that {verbs} {what}.",
    "{verb} {what}",
    "I need a function which {verbs} {what}.",
    "What is {what}?",
    "The function {name} {verbs} {what}.",
    "The result is {what}.",
)


def request_to_return(random: Random, name: str, what: str) -> str:
    """`what` is a noun phrase (``the sum of a and b``); the result is a request as a person would put it."""
    verb = random.choice(RETURN_VERBS)
    return random.choice(ORDERS).format(verb=verb, verbs=f"{verb.lower()}s", what=what, name=name)


DEEDS = (
    "{deed}.",
    "{deed}.",
    "Write a function that will {lower}.",
    "Write a function {name} to {lower}.",
    "{deed}",
    "I need a function to {lower}.",
    "Please {lower}.",
    "The function {name} shall {lower}.",
)


def request_to_do(random: Random, name: str, deed: str) -> str:
    """`deed` is an imperative (``Reverse the array a in place``); the result is a request as a person would put it."""
    lower = deed[0].lower() + deed[1:]
    return random.choice(DEEDS).format(deed=deed, lower=lower, name=name)


INTEGER_TYPES = ("int", "int", "int", "long", "long", "unsigned int", "unsigned long")
"""Return and parameter types of scalar families, as often as people use them."""

ARRAY_TYPES = ("int", "int", "int", "long", "short", "unsigned char", "unsigned int", "signed char", "unsigned short")
"""Element types of integer arrays."""

LENGTH_NAMES = ("n", "n", "len", "size", "count", "length")
ARRAY_NAMES = ("a", "a", "arr", "values", "data", "v", "nums", "xs", "p", "src")
SCALAR_NAMES = ("a", "b", "c", "d", "x", "y", "z", "n", "m", "k", "p", "q", "u", "v", "w")


def scalar_names(random: Random, count: int) -> list[str]:
    """`count` distinct parameter names, mostly neighbours in the alphabet as people choose them."""
    for row in random.sample(("abcd", "xyzw", "nmkp", "pqrs", "uvwt"), 5):
        if count <= len(row):
            return list(row[:count])
    raise ValueError(f"no function has {count} scalar parameters")


def is_signed(c_type: str) -> bool:
    return not c_type.startswith("unsigned")


def accumulator_of(element: str) -> str:
    """The type in which elements of a type are summed."""
    return {"int": "int", "unsigned int": "unsigned int", "long": "long", "unsigned long": "unsigned long"}.get(
        element, "int"
    )


def ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``3rd``, ``4th`` …"""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def plural(c_type: str) -> str:
    """``ints``, ``unsigned chars`` …, as a person names the elements."""
    return f"{c_type}s"
