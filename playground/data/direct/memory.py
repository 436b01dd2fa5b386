"""Lvalues: where they stand, assignments to them and changes of them."""

from dataclasses import replace

from playground.data.direct.nodes import (
    AddressOf,
    Assign,
    Binary,
    Cast,
    Change,
    Element,
    Memory,
    Name,
    Number,
    Unary,
    Variable,
)  # fmt: skip
from playground.data.direct.registers import Address, Held, Register, Walked, kind
from playground.data.direct.types import LONG, Pointer, Unsupported
from playground.data.direct.walker import Walker


class MemoryWalker(Walker):
    """Addresses, assignments and changes."""

    def _variable_address(self, variable: Variable) -> Address:
        if variable.is_static:
            return Address(None, symbol=variable.name)
        place = self.places[variable]
        if isinstance(place, Register):
            raise Unsupported("the address of a register")
        return Address(self.machine.stack, place)

    def _base(self, pointer: Walked, avoid: frozenset[Register] = frozenset()) -> Address:
        """A pointer as the base of an address."""
        if isinstance(pointer, AddressOf):
            found = self._variable_address(pointer.variable)
            if found.base is not None or self.machine.reads_symbols:
                return found
        if isinstance(pointer, Element) and isinstance(pointer.index, Number):
            found = self._base(pointer.pointer, avoid)
            return replace(found, offset=found.offset + int(pointer.index.value) * pointer.size)
        return Address(self.register(self.value(pointer, avoid), LONG, avoid))

    def address(self, node: Memory, avoid: frozenset[Register] = frozenset()) -> Address:
        """Where an lvalue stands; its registers are temporaries outside `avoid`, or variables."""
        pointer = node.address
        steps = self.machine.steps_after and isinstance(pointer, Change) and pointer.is_post and not node.offset
        if steps and isinstance(pointer, Change) and isinstance(pointer.target, Name) and pointer.operator == "+":
            place = self.places[pointer.target.variable]
            if isinstance(place, Register) and isinstance(pointer.value, Number) and isinstance(pointer.type, Pointer):
                return Address(place, steps_after=int(pointer.value.value) * pointer.type.to.size)
        if (
            isinstance(pointer, Element)
            and not isinstance(pointer.index, Number)
            and self.machine.can_index(pointer.size, node.type.size, node.offset)
        ):
            held = self.clobbers(pointer.index) | avoid
            base = self.register(self.value(pointer.pointer, held), LONG, held)
            index = self.register(self.value(pointer.index, avoid), pointer.index.type, avoid)
            index = self.machine.index(index, pointer.index.type, avoid)
            return Address(base, node.offset, index, pointer.index.type, pointer.size)
        found = self._base(pointer, avoid)
        return replace(found, offset=found.offset + node.offset)

    def _assign(
        self, node: Assign, to: Register | None, mark: int, avoid: frozenset[Register], *, is_read: bool = True
    ) -> Register:
        """`is_read`: whether somebody reads the assignment's own value."""
        machine, target = self.machine, node.target
        if isinstance(target, Name) and isinstance(self.places[target.variable], Register):
            place = self.places[target.variable]
            assert isinstance(place, Register)
            self.into(node.value, place)
            self.release(mark)
            if to is not None:
                machine.move(to, place, node.type)
            return to or place
        if isinstance(target, Name):
            target = Memory(target.type, AddressOf(Pointer(target.type), target.variable))
        value = self.value(node.value, self.clobbers(target) | avoid)
        address = self.address(target)
        if isinstance(value, Number):
            machine.store_number(replace(value, type=node.type), address)
        else:
            machine.store(value, address, node.type)
        if to is not None:
            machine.move(to, value, node.type)
            self.release(mark)
            return to
        kept = value if isinstance(value, Register) else machine.convention.result
        self.registers.busy[mark:] = [kept] if kept in self.registers.busy[mark:] else []
        return kept if isinstance(value, Register) or not is_read else self.register(value, node.type)

    def _change(self, node: Change, to: Register | None, mark: int, avoid: frozenset[Register]) -> Register:
        machine, target = self.machine, node.target
        if isinstance(target, Name):
            place = self.places[target.variable]
            if isinstance(place, Register):
                old = place
                if node.is_post:
                    old = to or self.registers.temporary(kind(node.type), avoid)
                    machine.move(old, place, node.type)
                    self.into(_changed(node, Held(target.type, place)), place)
                    return old
                self.into(_changed(node, Held(target.type, place)), place)
                if to is not None:
                    machine.move(to, place, node.type)
                return to or place
            target = Memory(target.type, AddressOf(Pointer(target.type), target.variable))
        away = machine.spoilt_by(node.operator, node.computed, isinstance(node.value, Number))
        value: Walked = node.value
        if not isinstance(value, Number):
            register = self.value(value, self.clobbers(target) | away)
            value = Held(node.value.type, register) if isinstance(register, Register) else register
        address = self.address(target, away | avoid)
        old = self.registers.temporary(kind(target.type), away | avoid)
        machine.load(old, address, target.type)
        result = self.into(_changed(node, Held(target.type, old), value), None if node.is_post else old)
        machine.store(result, address, target.type)
        if to is not None:
            machine.move(to, old, node.type)
            self.release(mark)
            return to
        self.registers.busy[mark:] = [old]
        return old


def _changed(node: Change, old: Held, value: Walked | None = None) -> Walked:
    """The new value of what a Change changes."""
    given = node.value if value is None else value
    if isinstance(node.type, Pointer):
        size = node.type.to.size
        if node.operator == "-":
            given = Number(LONG, -given.value) if isinstance(given, Number) else Unary(LONG, "-", given)  # type: ignore[arg-type]
        return Element(node.type, old, given, size)  # type: ignore[arg-type]
    before = old if old.type == node.computed else Cast(node.computed, old)  # type: ignore[arg-type]
    after = Binary(node.computed, node.operator, before, given)  # type: ignore[arg-type]
    return after if node.computed == node.type else Cast(node.type, after)
