"""Families of small C functions, each with ways to ask for it in English.

A family is a generator of `Function`s; its variants differ in element type, operation, constants, names and wording.
"""

import random
from collections.abc import Callable, Iterator

from playground.training.datasets import arrays, scalars
from playground.training.datasets.functions import Function

FAMILIES: tuple[Callable[[random.Random], Iterator[Function]], ...] = (
    arrays.element_by_element,
    arrays.by_an_amount,
    arrays.in_place,
    arrays.reduction,
    arrays.counting,
    arrays.searching,
    arrays.one_to_one,
    arrays.filling,
    arrays.two_arrays_to_one,
    scalars.scalar,
    scalars.scalar_constant,
    scalars.counted_loop,
    scalars.text,
)


def every_function(seed: int) -> Iterator[Function]:
    """All functions of all families; the seed decides names and wordings."""
    chance = random.Random(seed)
    for family in FAMILIES:
        yield from family(chance)
