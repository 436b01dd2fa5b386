"""Calls: arguments into their places, the result out of its own."""

from playground.data.direct.calls import argument_places
from playground.data.direct.memory import MemoryWalker
from playground.data.direct.nodes import Call
from playground.data.direct.registers import Held, Register, Walked, kind
from playground.data.direct.types import INT, VOID, Integer, Unsupported
from playground.data.direct.walker import INLINE


class CallWalker(MemoryWalker):
    """Calls of functions."""

    def _call(self, node: Call, to: Register | None, mark: int, avoid: frozenset[Register]) -> Register:
        machine, convention = self.machine, self.machine.convention
        if node.name in INLINE:
            operand = self.value(node.arguments[0])
            assert isinstance(operand, Register)
            to = self._to(to, node.type, mark, avoid)
            machine.unary(node.name.removesuffix("f"), to, operand, node.type)
            return to
        places = argument_places([argument.type for argument in node.arguments], convention)
        if any(isinstance(place, int) for place in places):
            raise Unsupported("arguments on the stack")
        registers = frozenset(place for place in places if isinstance(place, Register))
        hard = [index for index, a in enumerate(node.arguments) if self.clobbers(a) & registers]
        ready: dict[int, Walked] = {}
        if len(hard) > 1:
            for count, index in enumerate(hard):
                argument = node.arguments[index]
                later = frozenset().union(*[self.clobbers(node.arguments[other]) for other in hard[count + 1 :]])
                held = self.value(argument, registers | later)
                ready[index] = Held(argument.type, held) if isinstance(held, Register) else held
        order = sorted(range(len(places)), key=lambda index: (index not in hard, index))
        for index in order:
            place = places[index]
            assert isinstance(place, Register)
            self.into(ready.get(index, node.arguments[index]), place)
            self.registers.busy.append(place)
        machine.call(node.name, sum(kind(a.type) for a in node.arguments) if node.is_variadic else None)
        self.release(mark)
        result = convention.real_result if kind(node.type) else convention.result
        if node.type == VOID:
            return result
        if to is None and result in avoid:
            to = self.registers.temporary(kind(node.type), avoid)
        if to is not None:
            machine.move(to, result, node.type)
            return to
        if isinstance(node.type, Integer) and node.type.size < INT.size:
            machine.extend(result, result, node.type, INT)
        self.registers.busy.append(result)
        return result
