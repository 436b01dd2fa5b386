"""Task and Case: what is asked of a model, and how its answer is called. The JSON form is a contract."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Zeros:
    """An argument ``{"zeros": n}``: an array of n zero elements."""

    count: int


@dataclass(frozen=True, kw_only=True)
class SameAs:
    """An argument ``{"same_as": "src"}``: the very pointer that the named earlier parameter gets (aliasing)."""

    parameter: str


Numbers = tuple[int | float, ...]
Argument = int | float | str | Numbers | Zeros | SameAs
"""A number, an array of the pointee type, a NUL-terminated string, zeros, or another parameter's memory. An array of
structures is the list of all members, one structure after the other. 0 for a pointer is NULL."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One call with what it must give."""

    args: tuple[Argument, ...]
    returns: int | float | str | None = None
    """None when absent (void, or not compared). A string: the text at the ``char *`` that is returned."""
    after: Mapping[str, Numbers | str] = field(default_factory=dict)
    """Parameter name -> its memory after the call: its first elements, or its text up to the NUL."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A function task (prototype and cases) or a program task (stdin, stdout, exit status)."""

    id: str
    prompt: str
    prototype: str | None = None
    cases: tuple[Case, ...] = ()
    stdin: str = ""
    stdout: str | None = None
    exit_status: int | None = None
    reference: str = ""
    """C source; may be empty."""
    tags: tuple[str, ...] = ()
    arch: str | None = None
    """None: asked once per architecture."""
    difficulty: str = ""
    split: str = ""
    """``practice`` or ``final`` in the bank; empty elsewhere."""

    @property
    def is_program(self) -> bool:
        return self.prototype is None
