"""Walker: what every part of the generator shares: the machine, free registers, and where variables live."""

from abc import ABC, abstractmethod

from playground.data.direct.machine import Label, Machine
from playground.data.direct.nodes import Binary, Call, Change, Number, Variable
from playground.data.direct.registers import Operand, Register, Registers, Walked, kind
from playground.data.direct.types import Array, Integer, Pointer, Real, Structure, Type

INLINE = ("sqrt", "sqrtf", "fabs", "fabsf")
"""Functions that are one instruction."""
INVERSE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class Walker(ABC):
    """One function's registers, and the four ways to walk an expression."""

    def __init__(self, machine: Machine, *, has_calls: bool) -> None:
        self.machine = machine
        self.has_calls = has_calls
        self.registers = machine.registers = Registers(machine.convention, has_calls=has_calls)
        self.places: dict[Variable, Register | int] = {}
        """A variable's register, or its offset in the frame."""

    @abstractmethod
    def value(self, node: Walked, avoid: frozenset[Register] = frozenset()) -> Operand:
        """A value where it stands, or in a new temporary that is not among `avoid`."""

    @abstractmethod
    def into(self, node: Walked, to: Register | None, avoid: frozenset[Register] = frozenset()) -> Register:
        """Compute a value into `to`, which is written last of all; or into a new temporary outside `avoid`."""

    @abstractmethod
    def effect(self, node: Walked) -> None:
        """An expression whose value nobody reads."""

    @abstractmethod
    def branch(self, node: Walked, label: Label, *, when: bool) -> None:
        """Jump to `label` when the truth of `node` is `when`, and go on otherwise."""

    def mark(self) -> int:
        return len(self.registers.busy)

    def release(self, mark: int) -> None:
        del self.registers.busy[mark:]

    def register(self, operand: Operand, type_: Type, avoid: frozenset[Register] = frozenset()) -> Register:
        """An operand in a register."""
        if isinstance(operand, Register):
            return operand
        found = self.registers.temporary(False, avoid)
        self.machine.move(found, operand, type_)
        return found

    def clobbers(self, node: Walked) -> frozenset[Register]:
        """Registers that do not survive the computation of a value."""
        found: set[Register] = set()
        for inner in nodes_of(node):
            if isinstance(inner, Call) and inner.name not in INLINE:
                found |= self.machine.spoilt_by_call
            elif isinstance(inner, Binary | Change):
                type_ = inner.computed if isinstance(inner, Change) else inner.type
                is_number = isinstance(inner.value if isinstance(inner, Change) else inner.right, Number)
                found |= self.machine.spoilt_by(inner.operator, type_, is_number)
        return frozenset(found)

    def pair(
        self,
        left: Walked,
        right: Walked,
        left_avoid: frozenset[Register] = frozenset(),
        right_avoid: frozenset[Register] = frozenset(),
    ) -> tuple[Operand, Operand]:
        """Both sides of an operator; unless they are variables, they stand outside what each avoids."""
        first = self.value(left, self.clobbers(right) | left_avoid)
        return first, self.value(right, right_avoid)

    def _to(self, to: Register | None, type_: Type, mark: int, avoid: frozenset[Register]) -> Register:
        """The operands have been read: their temporaries are free, and the result may take the first of them."""
        self.release(mark)
        return to or self.registers.temporary(kind(type_), avoid)


def nodes_of(node: object) -> list[object]:
    """A tree's nodes."""
    found: list[object] = []
    waiting = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting.extend(item)
        elif hasattr(item, "__dataclass_fields__") and not isinstance(
            item, Variable | Integer | Real | Pointer | Array
        ):
            if isinstance(item, Structure):
                continue
            found.append(item)
            waiting.extend(getattr(item, name) for name in item.__dataclass_fields__ if name != "type")
    return found
