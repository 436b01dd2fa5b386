"""A generator of typed C functions with English requests: families, composed and parameterised.

A family is a function from a random source to a CFunction. `generate` draws from the families in turn, drops exact
duplicates by C body and request, and gives the same sequence for the same seed.
"""

from collections.abc import Iterator, Sequence
from random import Random

from playground.data.function import CFunction
from playground.data.generate import (  # noqa: F401  (each module registers its families on import)
    arrays,
    bits,
    compositions,
    conditions,
    digits,
    everyday,
    exercises,
    floats,
    maps,
    matrices,
    numbers,
    programs,
    scalars,
    several,
    sorting,
    strings,
    structures,
    told,
    whole_programs,
)
from playground.data.generate.family import FAMILIES, Family
from playground.data.generate.naming import with_other_layout, with_other_names, with_sentence
from playground.errors import InputError

TRIES_PER_FUNCTION = 60
"""How many draws may repeat an earlier function before the generator gives up: the families are then exhausted."""


def generate(count: int, *, seed: int, families: Sequence[str] = ()) -> Iterator[CFunction]:
    """At most `count` distinct functions; fewer only when the chosen families have no more.

    Raises:
        InputError: an unknown family.
    """
    chosen = [_family(name) for name in families] or list(FAMILIES.values())
    random = Random(seed)
    weights = [family.weight for family in chosen]
    seen: set[tuple[str, str]] = set()
    misses = 0
    while len(seen) < count and misses < TRIES_PER_FUNCTION:
        function = random.choices(chosen, weights)[0].draw(random)
        key = (function.source, function.request)
        if key in seen:
            misses += 1
            continue
        misses = 0
        seen.add(key)
        yield with_sentence(with_other_layout(random, with_other_names(random, function)))


def _family(name: str) -> Family:
    try:
        return FAMILIES[name]
    except KeyError:
        raise InputError(f"Unknown family {name!r}: choose from {', '.join(sorted(FAMILIES))}.") from None
