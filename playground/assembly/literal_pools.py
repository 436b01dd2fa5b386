"""Literal pools: the constants of ``ldr register, =value`` (as.info, "AArch64 Opcodes", ``.ltorg``)."""

from dataclasses import dataclass, field

from playground.assembly.expressions import Expression
from playground.assembly.sections import Subsection


@dataclass(frozen=True, slots=True)
class Literal:
    name: str
    """The symbol that stands for the entry."""
    expression: Expression
    size: int
    """4, 8 or 16 bytes."""
    line: int


@dataclass
class LiteralPools:
    """The literals that wait for the end of their subsection, or for ``.ltorg``."""

    _waiting: dict[Subsection, dict[tuple[Expression, int], Literal]] = field(default_factory=dict)
    _count: int = 0

    def add(self, subsection: Subsection, expression: Expression, size: int, line: int) -> Literal:
        """The entry for the value, shared by equal values of one subsection."""
        entries = self._waiting.setdefault(subsection, {})
        found = entries.get((expression, size))
        if found is None:
            self._count += 1
            found = Literal(f"\x03{self._count}", expression, size, line)
            entries[expression, size] = found
        return found

    def take(self, subsection: Subsection) -> list[Literal]:
        """The subsection's entries, the small ones first as GNU as lays them; they wait no longer."""
        return sorted(self._waiting.pop(subsection, {}).values(), key=lambda literal: literal.size)

    def waiting(self) -> list[Subsection]:
        return list(self._waiting)
