"""Statements: a function -> its lines."""

from dataclasses import replace

from playground.data.direct.calls import argument_places
from playground.data.direct.expressions import cast
from playground.data.direct.guide import NoGuide
from playground.data.direct.machine import Label, Machine
from playground.data.direct.nodes import (
    Block,
    Call,
    Cast,
    Conditional,
    Declare,
    Evaluate,
    Expression,
    Function,
    If,
    Leave,
    Logic,
    Loop,
    Number,
    Return,
    Statement,
    Switch,
    Variable,
)  # fmt: skip
from playground.data.direct.registers import Address, Register, kind
from playground.data.direct.types import INT, VOID, Integer, Unsupported, align_of
from playground.data.direct.values import ValueWalker
from playground.data.direct.walker import INLINE, nodes_of


class FunctionGenerator(ValueWalker):
    """Walks one function."""

    def __init__(self, machine: Machine, function: Function, guide: NoGuide) -> None:
        has_calls = any(isinstance(node, Call) and node.name not in INLINE for node in nodes_of(function.body))
        super().__init__(machine, has_calls=has_calls)
        self.function = function
        self._guide = guide
        self._note = guide.note
        machine.begin(has_calls=has_calls)
        self._loops: list[tuple[Label, Label | None]] = []

    def generate(self) -> list[str]:
        """The function's lines, label first."""
        machine = self.machine
        self._parameters()
        entry, machine.lines = machine.lines, []
        if self.statement(self.function.body):
            machine.returns()
        return [f"{self.function.name}:", *self._guide.table(), *machine.framed(entry, self.registers.saved)]

    def _parameters(self) -> None:
        convention, machine = self.machine.convention, self.machine
        places = argument_places([variable.type for variable in self.function.parameters], convention)
        for place in places:
            if isinstance(place, Register):
                self.registers.busy.append(place)
        homes: list[Register | int] = []
        for variable, place in zip(self.function.parameters, places, strict=True):
            homes.append(self._home(variable, place))
        for variable, place, home in zip(self.function.parameters, places, homes, strict=True):
            self._settle(variable, home)
            if isinstance(place, int):
                if isinstance(home, int):
                    raise Unsupported("a parameter on the stack that is kept in memory")
                machine.load_parameter(home, place, variable.type)
            elif isinstance(home, int):
                machine.store(place, Address(machine.stack, home), variable.type)
                continue
            elif home != place:
                machine.move(home, place, variable.type)
            if isinstance(variable.type, Integer) and variable.type.size < INT.size and isinstance(home, Register):
                machine.extend(home, home, variable.type, INT)
        self.registers.busy.clear()

    def _home(self, variable: Variable, place: Register | int) -> Register | int:
        if variable.is_in_memory:
            return self.machine.slot(variable.type.size, align_of(variable.type))
        if isinstance(place, Register) and not self.has_calls and place not in self.machine.convention.moved:
            self.registers.taken.add(place)
            return place
        if isinstance(place, Register) and not self.has_calls:
            wanted = self.machine.convention.moved[place]
            if self.registers.is_free(wanted):
                self.registers.taken.add(wanted)
                return wanted
        return self._place(variable)

    def _settle(self, variable: Variable, place: Register | int) -> None:
        self.places[variable] = place
        self._guide.settle(variable, place)

    def _place(self, variable: Variable) -> Register | int:
        found = None if variable.is_in_memory else self.registers.variable(kind(variable.type))
        if found is None:
            return self.machine.slot(variable.type.size, align_of(variable.type))
        return found

    def statement(self, node: Statement) -> bool:
        match node:
            case Block():
                return self._block(node.statements)
            case Evaluate():
                self._note(node.text)
                self.effect(node.expression)
            case Declare():
                self._declare(node)
            case If():
                return self._if(node)
            case Loop():
                return self._loop(node)
            case Switch():
                return self._switch(node)
            case Return():
                self._note(node.text)
                self._return(node.value)
                return False
            case Leave():
                self._note(node.keyword)
                target = self._loops[-1][0] if node.keyword == "break" else self._continued()
                self.machine.jump(target)
                return False
        return True

    def _continued(self) -> Label:
        for _, label in reversed(self._loops):
            if label is not None:
                return label
        raise Unsupported("continue outside a loop")

    def _block(self, statements: tuple[Statement, ...]) -> bool:
        before = set(self.registers.taken)
        goes_on = True
        for statement in statements:
            if isinstance(statement, Block) and _declares_only(statement):  # its variables are this block's
                for inner in statement.statements:
                    self.statement(inner)
                continue
            goes_on = self.statement(statement)
            if not goes_on:
                break
        self.registers.taken &= before
        return goes_on

    def _declare(self, node: Declare) -> None:
        variable = node.variable
        self._settle(variable, place := self._place(variable))
        self._note(node.text)
        if node.clears:
            assert isinstance(place, int)
            for offset, size in _pieces(variable.type.size):
                self.machine.store_number(Number(Integer(size, True), 0), Address(self.machine.stack, place + offset))
        for store in node.stores:
            self.effect(store)

    def _if(self, node: If) -> bool:
        other, end = self.machine.label(), self.machine.label()
        self._note(node.text)
        self.branch(node.test, other, when=False)
        goes_on = self.statement(node.yes)
        self._note("else" if node.no is not None else "}")
        if node.no is None:
            self.machine.place(other)
            return True
        if goes_on:
            self.machine.jump(end)
        self.machine.place(other)
        goes_on |= self.statement(node.no)
        self._note("}")
        self.machine.place(end)
        return goes_on

    def _loop(self, node: Loop) -> bool:
        machine = self.machine
        top, again, end = machine.label(), machine.label(), machine.label()
        self._note("do" if node.tests_last else node.text)
        machine.place(top, always=True)
        if node.test is not None and not node.tests_last:
            self.branch(node.test, end, when=False)
        self._loops.append((end, again if node.step is not None or node.tests_last else top))
        goes_on = self.statement(node.body)
        self._loops.pop()
        goes_on |= again.is_used
        self._note(node.text if node.tests_last else node.step_text or "}")
        machine.place(again)
        if goes_on and node.step is not None:
            self.effect(node.step)
        if node.tests_last and node.test is not None:
            self.branch(node.test, top, when=True)
        elif goes_on:
            machine.jump(top)
        machine.place(end)
        return node.test is not None or end.is_used

    def _switch(self, node: Switch) -> bool:
        machine = self.machine
        mark = self.mark()
        self._note(node.text)
        value = self.register(self.value(node.value), node.value.type)
        labels = [machine.label() for _ in node.entries]
        end = machine.label()
        default = end
        for (case, _), label in zip(node.entries, labels, strict=True):
            if case is None:
                default = label
            else:
                machine.compare_jump("==", value, replace(case, type=node.value.type), node.value.type, label)
        self.release(mark)
        machine.jump(default)
        self._loops.append((end, None))
        goes_on = True
        starts = [start for _, start in node.entries]
        for index, statement in enumerate(node.body):
            for label, start in zip(labels, starts, strict=True):
                if start == index:
                    self._note("case")
                    machine.place(label)
                    goes_on = True
            if goes_on:
                goes_on = self.statement(statement)
        for label, start in zip(labels, starts, strict=True):
            if start == len(node.body):
                machine.place(label)
                goes_on = True
        self._loops.pop()
        self._note("}")
        machine.place(end)
        return goes_on or end.is_used

    def _return(self, value: Expression | None) -> None:
        if isinstance(value, Cast) and isinstance(value.operand, Conditional | Logic) and value.type != VOID:
            inner, type_ = value.operand, value.type
            if isinstance(inner, Conditional):
                value = Conditional(type_, inner.test, cast(inner.yes, type_), cast(inner.no, type_))
        if isinstance(value, Conditional):
            other = self.machine.label()
            self.branch(value.test, other, when=False)
            self._return(value.yes)
            self.machine.place(other)
            self._return(value.no)
            return
        if isinstance(value, Logic) and value.operator != "!":
            self._return(Conditional(INT, value, Number(INT, 1), Number(INT, 0)))
            return
        if value is not None:
            convention = self.machine.convention
            self.into(value, convention.real_result if kind(value.type) else convention.result)
        self.machine.returns()


def _declares_only(block: Block) -> bool:
    return all(isinstance(statement, Declare) for statement in block.statements)


def _pieces(size: int) -> list[tuple[int, int]]:
    """`size` bytes as stores of 8, 4, 2 and 1."""
    found: list[tuple[int, int]] = []
    offset = 0
    for width in (8, 4, 2, 1):
        while size - offset >= width:
            found.append((offset, width))
            offset += width
    return found
