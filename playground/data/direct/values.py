"""Expressions -> instructions, one form for each construct."""

from dataclasses import replace

from playground.data.direct.control import ControlWalker
from playground.data.direct.nodes import (
    AddressOf,
    Assign,
    Binary,
    Call,
    Cast,
    Change,
    Comma,
    Compare,
    Conditional,
    Element,
    Logic,
    Memory,
    Name,
    Number,
    Text,
    Unary,
)  # fmt: skip
from playground.data.direct.registers import Address, Held, Operand, Register, Walked, kind
from playground.data.direct.types import INT, LONG, VOID, Integer, Real


class ValueWalker(ControlWalker):
    """Every kind of expression."""

    def effect(self, node: Walked) -> None:
        """An expression whose value nobody reads."""
        mark = self.mark()
        match node:
            case Change() if node.is_post:
                self.into(replace(node, is_post=False), None)
            case Assign():
                self._assign(node, None, mark, frozenset(), is_read=False)
            case Conditional():
                other, end = self.machine.label(), self.machine.label()
                self.branch(node.test, other, when=False)
                self.effect(node.yes)
                self.machine.jump(end)
                self.machine.place(other)
                self.effect(node.no)
                self.machine.place(end)
            case Cast() if node.type == VOID:
                self.effect(node.operand)
            case Comma():
                self.effect(node.first)
                self.effect(node.second)
            case _:
                self.value(node)
        self.release(mark)

    def value(self, node: Walked, avoid: frozenset[Register] = frozenset()) -> Operand:
        """A value where it stands, or in a new temporary that is not among `avoid`."""
        if isinstance(node, Number) and not kind(node.type):
            return node
        if isinstance(node, Held):
            return node.register
        if isinstance(node, Name):
            place = self.places[node.variable]
            if isinstance(place, Register):
                return place
        if isinstance(node, Cast) and self._is_same_register(node):
            return self.value(node.operand, avoid)
        return self.into(node, None, avoid)

    def _is_same_register(self, node: Cast) -> bool:
        """Whether a conversion changes no bit that is read afterwards."""
        to, given = node.type, node.operand.type
        if isinstance(to, Real) or isinstance(given, Real):
            return to == given
        if isinstance(to, Integer) and to.is_boolean:
            return (isinstance(given, Integer) and given.is_boolean) or isinstance(node.operand, Compare | Logic)
        if to.size > given.size:
            if to.size == INT.size:
                return True
            is_unsigned = isinstance(given, Integer) and not given.signed
            return is_unsigned and (
                given.size < INT.size or isinstance(node.operand, Binary | Unary | Memory | Compare)
            )
        if to.size < INT.size and isinstance(to, Integer):
            return to == given or (isinstance(given, Integer) and given.size < to.size and not given.signed)
        return True

    def into(self, node: Walked, to: Register | None, avoid: frozenset[Register] = frozenset()) -> Register:
        """Compute a value into `to`, which is written last of all; or into a new temporary outside `avoid`."""
        mark = self.mark()
        machine = self.machine
        match node:
            case Number():
                to = self._to(to, node.type, mark, avoid)
                machine.constant(to, node)
            case Held():
                to = self._to(to, node.type, mark, avoid)
                machine.move(to, node.register, node.type)
            case Name():
                place = self.places[node.variable]
                to = self._to(to, node.type, mark, avoid)
                if isinstance(place, Register):
                    machine.move(to, place, node.type)
                else:
                    machine.load(to, Address(machine.stack, place), node.type)
            case Text():
                to = self._to(to, node.type, mark, avoid)
                machine.address_of(to, Address(None, symbol=machine.text(node.body)))
            case AddressOf():
                to = self._to(to, node.type, mark, avoid)
                machine.address_of(to, self._variable_address(node.variable))
            case Memory():
                address = self.address(node)
                to = self._to(to, node.type, mark, avoid)
                machine.load(to, address, node.type)
            case Element():
                to = self._element(node, to, mark, avoid)
            case Unary():
                operand = self.register(self.value(node.operand), node.type)
                to = self._to(to, node.type, mark, avoid)
                machine.unary(node.operator, to, operand, node.type)
            case Binary():
                to = self._binary(node, to, mark, avoid)
            case Compare():
                left, right = self._compared(node)
                to = self._to(to, INT, mark, avoid)
                machine.compare_set(node.operator, to, left, right, node.left.type)
            case Logic():
                to = self._logic(node, to, mark, avoid)
            case Conditional():
                to = self._conditional(node, to, mark, avoid)
            case Cast():
                to = self._cast(node, to, mark, avoid)
            case Assign():
                return self._assign(node, to, mark, avoid)
            case Change():
                return self._change(node, to, mark, avoid)
            case Call():
                return self._call(node, to, mark, avoid)
            case Comma():
                self.effect(node.first)
                return self.into(node.second, to, avoid)
        return to

    def _binary(self, node: Binary, to: Register | None, mark: int, avoid: frozenset[Register]) -> Register:
        machine = self.machine
        left, right = node.left, node.right
        if isinstance(left, Number) and node.operator in ("+", "*", "&", "|", "^") and not kind(node.type):
            left, right = right, left
        is_number = isinstance(right, Number)
        left_avoid, right_avoid = machine.kept_free(node.operator, node.type, is_number)
        first, second = self.pair(left, right, left_avoid, right_avoid)
        first = self.register(first, node.type, left_avoid | right_avoid)
        if to is None:
            self.release(mark)
            to = self.registers.temporary(kind(node.type), avoid | machine.conflicts(node.operator, first, second))
        else:
            self.registers.busy += [r for r in (first, second) if isinstance(r, Register) and self.registers.is_free(r)]
        inner = self.mark()
        for register in (first, second):
            if isinstance(register, Register) and self.registers.is_free(register):
                self.registers.busy.append(register)
        machine.binary(node.operator, to, first, second, node.type, node.right.type)
        self.release(inner)
        if to in self.registers.busy[mark:]:
            self.registers.busy[mark:] = [to]
        else:
            self.release(mark)
        return to

    def _element(self, node: Element, to: Register | None, mark: int, avoid: frozenset[Register]) -> Register:
        machine = self.machine
        if isinstance(node.index, Number):
            found = self._base(node.pointer)
            distance = int(node.index.value) * node.size
            to = self._to(to, node.type, mark, avoid)
            machine.address_of(to, replace(found, offset=found.offset + distance))
            return to
        base = self.register(self.value(node.pointer, self.clobbers(node.index)), node.type)
        index = self.register(self.value(node.index), node.index.type)
        if to is None:
            self.release(mark)
            to = self.registers.temporary(False, avoid | {base, index})
        machine.scaled(to, base, index, node.index.type, node.size)
        self.registers.busy[mark:] = [to] if to in self.registers.busy[mark:] else []
        return to

    def _cast(self, node: Cast, to: Register | None, mark: int, avoid: frozenset[Register]) -> Register:
        machine, operand = self.machine, node.operand
        given, wanted = operand.type, node.type
        if self._is_same_register(node):
            return self.into(operand, to, avoid)
        if isinstance(wanted, Integer) and wanted.is_boolean:
            return self.into(Compare("!=", operand, Number(given, 0)), to, avoid)
        is_signed = isinstance(given, Integer) and given.signed
        if isinstance(operand, Memory) and wanted.size == LONG.size and is_signed and not kind(wanted):
            address = self.address(operand)
            to = self._to(to, wanted, mark, avoid)
            machine.load(to, address, given, wide=True)
            return to
        register = self.register(self.value(operand), given)
        to = self._to(to, wanted, mark, avoid)
        if kind(given) or kind(wanted):
            machine.convert(to, register, given, wanted)
        else:
            machine.extend(to, register, given, wanted)
        return to
