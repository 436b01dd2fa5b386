"""CFunction: one C function with what a person would ask for it. The raw material of training pairs."""

import re
from dataclasses import dataclass

from playground.tasks.task import Case


@dataclass(frozen=True, kw_only=True)
class CFunction:
    """A self-contained C function, and the request in English that it answers."""

    name: str
    prototype: str
    """C, without a semicolon: ``int sum_even(const int *a, int n)``."""
    source: str
    """The whole definition, helpers first, behind the standard headers that it includes."""
    request: str
    """What a person would ask for, one phrasing of several. Empty where nobody said: it is then shown as C alone."""
    family: str
    """The structure without its constants: held-out families share no family name with training."""
    tags: tuple[str, ...] = ()
    language: str = "c"
    """``c`` or ``c++``: what the source is compiled as."""
    origin: str = ""
    """File and line that it came from; empty for the generator's."""
    stdin: str = ""
    """What a whole program reads when it is run for its proof."""
    cases: tuple[Case, ...] = ()
    """Inputs and results that come with it; empty: inputs are drawn, and the native code gives the results."""
    licence: str = ""
    """What the file or its folder says of its licence; empty for the generator's (Apache-2.0)."""

    def __post_init__(self) -> None:
        if not re.search(rf"\b{re.escape(self.name)}\s*\(", self.prototype):
            raise ValueError(f"the prototype {self.prototype!r} does not declare {self.name}")

    @property
    def is_program(self) -> bool:
        """A whole program: it is run, not called."""
        return self.name == "main"
