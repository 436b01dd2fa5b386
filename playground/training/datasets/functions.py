"""One C function to ask for, and the spellings that its variants draw on."""

import random
from dataclasses import dataclass

TYPES = {
    "int": "integers",
    "long": "64-bit integers",
    "unsigned int": "unsigned integers",
    "short": "16-bit integers",
    "unsigned char": "bytes",
}
"""C element type -> what English calls its elements."""

WIDE_TYPES = ("int", "long", "unsigned int")
SIGNED_TYPES = ("int", "long")


@dataclass(frozen=True, kw_only=True)
class Function:
    """One function to ask for."""

    request: str
    prototype: str
    body: str
    """C statements."""
    name: str

    @property
    def c_source(self) -> str:
        return f"{self.prototype}\n{{\n    {self.body}\n}}\n"


def pointer(element: str, name: str, chance: random.Random) -> str:
    """A pointer parameter in one of the two usual spellings."""
    return f"{element}* {name}" if chance.random() < 0.5 else f"{element} *{name}"


def loop(n: str, body: str) -> str:
    return f"for (int i = 0; i < {n}; i++) {body}"
