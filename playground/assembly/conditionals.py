"""``.if`` … ``.endif`` (as.info, "If")."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.assembly.directive import DirectiveError
from playground.assembly.lexer import Statement
from playground.assembly.strings import split_commas
from playground.assembly.symbols import SymbolRecord

if TYPE_CHECKING:
    from playground.assembly.gas import GasReader


def _compares(compare: Callable[[int, int], bool]) -> "Callable[[GasReader, str], bool]":
    return lambda reader, text: compare(reader.absolute(text, "the condition"), 0)


def _defined(reader: "GasReader", text: str) -> bool:
    record: SymbolRecord | None = reader.builder.symbols.get(text.strip())
    return record is not None and record.definition is not None


def _same_text(reader: "GasReader", text: str) -> bool:
    pieces = [piece for piece, _ in split_commas(text)]
    if len(pieces) != 2:
        raise DirectiveError("two strings are compared", text)
    return pieces[0].strip("'\"") == pieces[1].strip("'\"")


CONDITIONS: "dict[str, Callable[[GasReader, str], bool]]" = {
    ".if": _compares(operator.ne),
    ".ifne": _compares(operator.ne),
    ".ifeq": _compares(operator.eq),
    ".iflt": _compares(operator.lt),
    ".ifle": _compares(operator.le),
    ".ifgt": _compares(operator.gt),
    ".ifge": _compares(operator.ge),
    ".ifdef": _defined,
    ".ifndef": lambda reader, text: not _defined(reader, text),
    ".ifnotdef": lambda reader, text: not _defined(reader, text),
    ".ifb": lambda reader, text: not text.strip(),
    ".ifnb": lambda reader, text: bool(text.strip()),
    ".ifc": _same_text,
    ".ifnc": lambda reader, text: not _same_text(reader, text),
    ".ifeqs": _same_text,
    ".ifnes": lambda reader, text: not _same_text(reader, text),
}
CONDITIONAL_NAMES = frozenset(CONDITIONS) | {".else", ".elseif", ".endif"}


@dataclass
class _Open:
    """One ``.if`` that has not ended."""

    line: int
    parent_active: bool
    active: bool
    taken: bool
    has_else: bool = False


class Conditionals:
    """The open conditionals, the innermost last."""

    def __init__(self, reader: "GasReader") -> None:
        self._reader = reader
        self._open: list[_Open] = []
        self.active = True
        """True while statements are to be read."""

    @property
    def depth(self) -> int:
        return len(self._open)

    def handle(self, statement: Statement) -> None:
        """A directive of CONDITIONAL_NAMES.

        Raises:
            DirectiveError: no open ``.if``, or a condition that is none.
        """
        name, text = statement.name, statement.rest
        if name in CONDITIONS:
            holds = False
            parent, self.active = self.active, False
            self._open.append(_Open(self._reader.line, parent, False, True))
            if parent:
                holds = CONDITIONS[name](self._reader, text)
            self._open[-1].taken = self._open[-1].active = holds
        elif not self._open:
            raise DirectiveError(f"{name} without .if", name)
        elif name == ".endif":
            self.active = self._open.pop().parent_active
            return
        else:
            self._alternative(name, text)
        self.active = self._open[-1].active

    def _alternative(self, name: str, text: str) -> None:
        innermost = self._open[-1]
        if innermost.has_else:
            raise DirectiveError(f"{name} behind .else", name)
        innermost.has_else = name == ".else"
        wanted = innermost.parent_active and not innermost.taken
        if wanted and name == ".elseif":
            wanted = _compares(operator.ne)(self._reader, text)
        innermost.active = wanted
        innermost.taken |= wanted

    def unwind(self, depth: int) -> None:
        """Closes what a macro left open."""
        while len(self._open) > depth:
            self.active = self._open.pop().parent_active

    def finish(self) -> None:
        for innermost in self._open:
            self._reader.builder.report(innermost.line, 1, "this conditional has no .endif", ".if")
