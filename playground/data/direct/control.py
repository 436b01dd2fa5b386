"""Conditions: as jumps, and as values of 0 and 1."""

from dataclasses import replace

from playground.data.direct.calling import CallWalker
from playground.data.direct.machine import Label
from playground.data.direct.nodes import Cast, Compare, Conditional, Logic, Number
from playground.data.direct.registers import Operand, Register, Walked, kind
from playground.data.direct.types import INT, Integer, Type
from playground.data.direct.walker import INVERSE


class ControlWalker(CallWalker):
    """Comparisons, logic and ``?:``."""

    def branch(self, node: Walked, label: Label, *, when: bool) -> None:
        """Jump to `label` when the truth of `node` is `when`, and go on otherwise."""
        mark = self.mark()
        match node:
            case Number():
                if (node.value != 0) == when:
                    self.machine.jump(label)
            case Logic(operator="!"):
                self.branch(node.left, label, when=not when)
            case Logic():
                assert node.right is not None
                if (node.operator == "||") == when:
                    self.branch(node.left, label, when=when)
                    self.branch(node.right, label, when=when)
                else:
                    past = self.machine.label()
                    self.branch(node.left, past, when=not when)
                    self.branch(node.right, label, when=when)
                    self.machine.place(past)
            case Compare():
                left, right = self._compared(node)
                self._jump(node.operator, left, right, node.left.type, label, when)
            case Cast() if (
                isinstance(node.operand.type, Integer)
                and isinstance(node.type, Integer)
                and (node.type.size >= node.operand.type.size or node.type.is_boolean)
            ):
                self.branch(node.operand, label, when=when)
            case _:
                tested = self.register(self.value(node), node.type)
                zero: Operand = Number(node.type, 0)
                if kind(node.type):
                    zero = self.into(Number(node.type, 0.0), None)
                self._jump("!=", tested, zero, node.type, label, when)
        self.release(mark)

    def _jump(self, operator: str, left: Register, right: Operand, type_: Type, label: Label, when: bool) -> None:
        if kind(type_):
            assert isinstance(right, Register)
            self.machine.compare_jump_real(operator, left, right, type_, label, when)
        else:
            self.machine.compare_jump(operator if when else INVERSE[operator], left, right, type_, label)

    def _compared(self, node: Compare) -> tuple[Register, Operand]:
        left, right = self.pair(node.left, node.right)
        return self.register(left, node.left.type), right

    def _logic(self, node: Logic, to: Register | None, mark: int, avoid: frozenset[Register]) -> Register:
        machine = self.machine
        if node.operator == "!" and not isinstance(node.left, Logic | Compare) and not kind(node.left.type):
            operand = self.register(self.value(node.left), node.left.type)
            to = self._to(to, INT, mark, avoid)
            machine.compare_set("==", to, operand, Number(node.left.type, 0), node.left.type)
            return to
        if node.operator == "!" and isinstance(node.left, Compare) and not kind(node.left.left.type):
            return self.into(replace(node.left, operator=INVERSE[node.left.operator]), to, avoid)
        other, end = machine.label(), machine.label()
        self.branch(node, other, when=False)
        to = self._to(to, INT, mark, avoid)
        machine.move(to, Number(INT, 1), INT)
        machine.jump(end)
        machine.place(other)
        machine.move(to, Number(INT, 0), INT)
        machine.place(end)
        return to

    def _conditional(self, node: Conditional, to: Register | None, mark: int, avoid: frozenset[Register]) -> Register:
        machine = self.machine
        other, end = machine.label(), machine.label()
        if to is None:
            to = self.registers.temporary(kind(node.type), avoid | self.clobbers(node))
        self.branch(node.test, other, when=False)
        self.into(node.yes, to)
        machine.jump(end)
        machine.place(other)
        self.into(node.no, to)
        machine.place(end)
        return to
