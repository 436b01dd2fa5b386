"""Calling one function by its C prototype, by the psABI's and AAPCS64's rows, and checking what it kept."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from playground.assembly.program import ProgramImage
from playground.emulator.c_types import CType
from playground.emulator.diagnosis import explain_end, returned
from playground.emulator.faults import GuestFault, GuestSignal, ProcessEnd
from playground.emulator.library.state import check_heap
from playground.emulator.loader import STACK_TOP, load
from playground.emulator.machine import MASK64, Machine
from playground.emulator.memory import PAGE, Region
from playground.emulator.prototype import Parameter, Prototype
from playground.emulator.register_marks import marks_before_call
from playground.emulator.result import CallResult, Limits
from playground.errors import InputError

ARGUMENTS_BASE = 0x5000_0000_0000
ARGUMENT_STRIDE = 1 << 32
"""Each array argument has four GiB of its own, so that a wild index hits no neighbour."""
GAP = b"\xa5"
"""Fills the rest of the page before an array; changed bytes there are a write before its start."""
ROOM_ABOVE = 256
"""Bytes of the caller's frame above the arguments."""
LONGEST_TEXT = 1 << 20
DIRECTION_FLAG = 0x400

_CODES = {
    ("integer", 1, True): "b", ("integer", 1, False): "B", ("integer", 2, True): "h", ("integer", 2, False): "H",
    ("integer", 4, True): "i", ("integer", 4, False): "I", ("integer", 8, True): "q", ("integer", 8, False): "Q",
    ("float", 4, True): "f", ("float", 8, True): "d", ("pointer", 8, False): "Q",
}  # fmt: skip
"""C types as `struct` formats."""


class Alias(Protocol):
    """An argument that is the very pointer which the named earlier parameter got."""

    @property
    def parameter(self) -> str:
        """The earlier parameter's name."""
        ...


Value = int | float | str | bytes | Sequence[int | float] | Alias
"""A number; an array of the pointee type; a text (NUL-terminated when str, as it is when bytes); 0 for NULL."""


@dataclass(frozen=True)
class _Array:
    """Where an array argument lies."""

    parameter: Parameter
    address: int
    count: int
    region: Region


def call_function(
    image: ProgramImage, prototype: Prototype, arguments: Sequence[Value], *, limits: Limits = Limits()
) -> CallResult:
    """Call the function and say what came back, what memory holds, and what it failed to restore.

    Raises:
        InputError: the image does not define the function, or the number of arguments is wrong.
    """
    machine = None
    try:
        machine = load_function(image, prototype, arguments, limits=limits)
        call = PreparedCall(machine, prototype, arguments)
        call.run()
    except ProcessEnd as end:
        return CallResult(run=explain_end(machine, end, image), value=None)
    return call.result()


def load_function(image: ProgramImage, prototype: Prototype, arguments: Sequence[Value], *, limits: Limits) -> Machine:
    """The machine that a `PreparedCall` can be made for.

    Raises:
        InputError: as `call_function`. LimitReached: the image does not fit the memory limit.
    """
    if prototype.name not in image.symbols:
        raise InputError(f"The assembly does not define `{prototype.name}`: make it a global label.")
    if len(arguments) != len(prototype.parameters):
        wanted = len(prototype.parameters)
        raise InputError(f"`{prototype.name}` takes {wanted} arguments, but {len(arguments)} were given.")
    return load(image, limits=limits)


class PreparedCall:
    """A function with its arguments in a machine, and what is to be checked behind its last instruction."""

    def __init__(self, machine: Machine, prototype: Prototype, arguments: Sequence[Value]) -> None:
        self._machine = machine
        self._prototype = prototype
        self._address = machine.image.symbols[prototype.name].address
        self._arrays: dict[str, _Array] = {}
        self._saved: Mapping[str, int] = {}
        self._expected_stack_pointer = 0
        self._set_up(arguments)

    def run(self) -> None:
        """Constructors first, then the function, to its return.

        Raises:
            ProcessEnd: it ended otherwise, or wrote before the start of an array or outside a heap block.
        """
        _run_constructors(self._machine)
        self._machine.run(self._address)
        self._check_gaps()
        check_heap(self._machine)

    def _set_up(self, arguments: Sequence[Value]) -> None:
        machine = self._machine
        integers, floats, stack = self._classified(arguments)
        self._saved = self._mark_registers()
        row = machine.arch.call
        for name, value in zip(row.integer_arguments, integers, strict=False):
            machine.set_register(name, value)
        for name, value in zip(row.float_arguments, floats, strict=False):
            machine.set_vector(name, value)
        bottom = (STACK_TOP - ROOM_ABOVE - 8 * len(stack)) & -row.stack_alignment
        machine.write(bottom, b"".join(word.to_bytes(8, "little") for word in stack))
        self._expected_stack_pointer = bottom
        machine.enter_function(bottom)
        machine.set_register(machine.arch.program_counter, self._address)

    # arguments

    def _classified(self, arguments: Sequence[Value]) -> tuple[list[int], list[int], list[int]]:
        """Integer registers, vector registers, stack words (psABI 3.2.3; AAPCS64 6.8.2 stages B and C)."""
        row = self._machine.arch.call
        integers: list[int] = []
        floats: list[int] = []
        stack: list[int] = []
        for index, (parameter, value) in enumerate(zip(self._prototype.parameters, arguments, strict=True)):
            bits = self._bits(parameter, value, index)
            registers, most = (
                (floats, len(row.float_arguments))
                if parameter.type.kind == "float"
                else (integers, len(row.integer_arguments))
            )
            (registers if len(registers) < most else stack).append(bits)
        return integers, floats, stack

    def _bits(self, parameter: Parameter, value: Value, index: int) -> int:
        kind = parameter.type
        if kind.kind == "float":
            return int.from_bytes(_packed_float(_number(parameter, value), kind.size), "little")
        if kind.kind == "integer":
            return _extended(int(_number(parameter, value)), kind)
        if isinstance(value, (int, float)):
            return int(value) & MASK64
        if isinstance(value, (str, bytes, Sequence)):
            return self._place(parameter, value, index)
        return self._arrays[value.parameter].address

    def _place(self, parameter: Parameter, value: str | bytes | Sequence[int | float], index: int) -> int:
        """Copy an array so that its end is the end of mapped memory; the address of its start."""
        pointee = parameter.type.pointee
        assert pointee is not None
        elements = value.encode("utf-8", "surrogateescape") + b"\0" if isinstance(value, str) else value
        data = pack_elements(elements, pointee)
        size = max(PAGE, -(-len(data) // PAGE) * PAGE)
        gap = GAP * (size - len(data))
        base = ARGUMENTS_BASE + ARGUMENT_STRIDE * index
        region = self._machine.memory.map(base, size, f"argument `{parameter.name}`", data=gap + data)
        region.content = len(gap)
        self._arrays[parameter.name] = _Array(parameter, base + len(gap), len(elements), region)
        return base + len(gap)

    # what must be kept

    def _mark_registers(self) -> Mapping[str, int]:
        """Fill registers with values that nothing else has; those that must be kept, by name."""
        machine, row = self._machine, self._machine.arch.call
        marks, kept = marks_before_call(machine.arch)
        machine.engine.write_block(marks)
        for name in row.callee_saved_low_halves:
            machine.set_vector(name, kept[name])
        return kept

    def violations(self) -> tuple[str, ...]:
        """What the function should have restored and did not."""
        machine, arch = self._machine, self._machine.arch
        found = list(machine.abi_violations)
        for name, before in self._saved.items():
            is_vector = name in arch.call.callee_saved_low_halves
            after = machine.vector(name) & MASK64 if is_vector else machine.register(name)
            if after != before:
                shown = f"d{name[1:]}" if is_vector else name
                found.append(f"{shown} not restored: {after:#x} instead of {before:#x}")
        stack_pointer = machine.register(arch.stack_pointer)
        if stack_pointer != self._expected_stack_pointer:
            by = stack_pointer - self._expected_stack_pointer
            found.append(f"{arch.stack_pointer} not restored: {abs(by)} bytes too {'high' if by > 0 else 'low'}")
        if not arch.call.link_register and machine.register(arch.flags_register) & DIRECTION_FLAG:
            found.append("the direction flag is set on return")
        return tuple(found)

    def _check_gaps(self) -> None:
        """Find writes before the start of an array, which hit mapped memory.

        Raises:
            GuestSignal: ``red-zone``, with the place.
        """
        for array in self._arrays.values():
            gap = array.region.storage[: array.region.content]
            if gap.count(GAP) == len(gap):
                continue
            touched = gap.rstrip(GAP)
            distance = len(gap) - len(touched) + len(touched.rpartition(GAP)[2])
            where = f"{distance} byte{'s' * (distance != 1)} before argument `{array.parameter.name}`"
            raise GuestSignal("red-zone", "SIGSEGV", f"it wrote {where}", array.address - distance)

    # results

    def result(self) -> CallResult:
        """What the call gave, once the function has returned."""
        return CallResult(
            run=returned(self._machine),
            value=self._value(),
            text=self._text(),
            after={name: self._elements(array) for name, array in self._arrays.items()},
            abi_violations=self.violations(),
        )

    def _value(self) -> int | float | None:
        kind, row = self._prototype.result, self._machine.arch.call
        if kind.kind == "void":
            return None
        if kind.kind == "float":
            raw = self._machine.vector(row.float_results[0]).to_bytes(16, "little")[: kind.size]
            number: float = struct.unpack("<" + _CODES["float", kind.size, True], raw)[0]
            return number
        bits = self._machine.register(row.integer_results[0])
        return bits & 0xFF if kind.is_boolean else kind.wrap(bits)

    def _text(self) -> bytes | None:
        """The text at a pointer to characters that was returned; None when there is none."""
        if not self._prototype.result.is_string:
            return None
        try:
            return self._machine.read_cstring(
                self._machine.register(self._machine.arch.call.integer_results[0]), LONGEST_TEXT
            )
        except GuestFault:
            return None

    def _elements(self, array: _Array) -> tuple[int | float, ...]:
        pointee = array.parameter.type.pointee
        assert pointee is not None
        data = array.region.storage[array.region.content :]
        return struct.unpack(f"<{array.count}{_code(pointee)}", data)


def _run_constructors(machine: Machine) -> None:
    """C++ static initialisers run before any function does; the call's registers are put back behind them."""
    if machine.image.init_array:
        registers = machine.engine.registers()
        vectors = {name: machine.vector(name) for name in machine.arch.vector_registers}
        machine.run_constructors(1, 0, 0)
        machine.engine.write_block(registers)
        for name, value in vectors.items():
            machine.set_vector(name, value)


def _number(parameter: Parameter, value: Value) -> int | float:
    if not isinstance(value, (int, float)):
        raise InputError(f"The argument `{parameter.name}` is a {parameter.type.spelling}: give a number.")
    return value


def _code(kind: CType) -> str:
    return _CODES.get((kind.kind, kind.size, kind.signed), "B")


def pack_elements(elements: Sequence[int | float], pointee: CType) -> bytes:
    """An array of the C type as guest memory; integers outside its range wrap."""
    if isinstance(elements, bytes) and pointee.size == 1:
        return elements
    layout = f"<{len(elements)}{_code(pointee)}"
    if pointee.kind == "float":
        return b"".join(_packed_float(element, pointee.size) for element in elements)
    try:
        return struct.pack(layout, *elements)
    except struct.error:
        return struct.pack(layout, *(_wrapped(int(element), pointee) for element in elements))


def _packed_float(number: int | float, size: int) -> bytes:
    """The nearest float or double; beyond the largest, infinity (IEEE 754 round to nearest)."""
    try:
        return struct.pack("<f" if size == 4 else "<d", number)
    except OverflowError:
        return struct.pack("<f" if size == 4 else "<d", float("inf") if number > 0 else float("-inf"))


def _wrapped(value: int, kind: CType) -> int:
    value &= (1 << 8 * kind.size) - 1
    return value - (1 << 8 * kind.size) if kind.signed and value >> (8 * kind.size - 1) else value


def _extended(value: int, kind: CType) -> int:
    """As a compiled caller passes it: extended to 32 bits by its sign, the upper half of the register zero."""
    value = kind.wrap(value)
    return value & 0xFFFFFFFF if kind.size <= 4 else value & MASK64


__all__ = ["Alias", "PreparedCall", "call_function", "pack_elements"]
