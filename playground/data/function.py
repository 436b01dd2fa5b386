"""CFunction: one C function with what a person would ask for it. The raw material of training pairs."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CFunction:
    """A self-contained C function, and the request in English that it answers."""

    name: str
    prototype: str
    """C, without a semicolon: ``int sum_even(const int *a, int n)``."""
    source: str
    """The whole definition, helpers first; needs no header."""
    request: str
    """What a person would ask for, one phrasing of several."""
    family: str
    """The structure without its constants: held-out families share no family name with training."""
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.search(rf"\b{re.escape(self.name)}\s*\(", self.prototype):
            raise ValueError(f"the prototype {self.prototype!r} does not declare {self.name}")
