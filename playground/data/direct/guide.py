"""Comments that guide: the compiler's tables, and the C above its instructions."""

from collections.abc import Iterable

from playground.data.direct.machine import COMMENT, Machine
from playground.data.direct.nodes import Variable
from playground.data.direct.registers import Register
from playground.data.direct.types import INT, Integer, Structure, Type


class NoGuide:
    """Comments on nothing."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def note(self, text: str) -> None:
        """A statement's code begins here."""

    def settle(self, variable: Variable, place: Register | int) -> None:
        """The variable has its place: a register, or an offset from the stack pointer in bytes."""

    def table(self) -> list[str]:
        """The lines behind a function's label."""
        return []


class Guide(NoGuide):
    """Comments on one function; on `structures` too."""

    def __init__(self, machine: Machine, structures: Iterable[Structure]) -> None:
        super().__init__(machine)
        self._structures = structures
        self._places: dict[str, None] = {}

    def note(self, text: str) -> None:
        if text:
            self._machine.lines.append(f"{COMMENT} {text}")

    def settle(self, variable: Variable, place: Register | int) -> None:
        self._places[f"{variable.name} {self._shown(place, variable.type)}"] = None

    def _shown(self, place: Register | int, type_: Type) -> str:
        if isinstance(place, int):
            return f"{self._machine.stack.name}+{place}"
        is_narrow = isinstance(type_, Integer) and type_.size < INT.size
        return self._machine.name(place, INT if is_narrow else type_)

    def table(self) -> list[str]:
        lines = [_layout(structure) for structure in self._structures]
        lines += [", ".join(self._places)] * bool(self._places)
        return [f"{COMMENT} {line}" for line in lines]


def _layout(structure: Structure) -> str:
    members = ", ".join(f"{member.name} {member.offset}" for member in structure.fields)
    return f"struct {structure.name} {structure.size}: {members}".replace("struct  ", "struct ")
