"""Prototypes are parsed once a process: a campaign judges thousands of answers to a few hundred tasks."""

import functools

from playground.emulator.prototype import Prototype, parse_prototype

MOST_KEPT = 1024


@functools.lru_cache(maxsize=MOST_KEPT)
def prototype_of(text: str) -> Prototype:
    """`parse_prototype`, remembered. Raises what it raises, each time."""
    return parse_prototype(text)
