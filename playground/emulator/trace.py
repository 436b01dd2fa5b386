"""A run written down step by step, to be gone through forward and back: registers, flags, stack, memory, output."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from playground.emulator.memory import PAGE
from playground.emulator.result import CallResult, RunResult
from playground.isa import Architecture, architecture

DEFAULT_STEPS = 20_000
STACK_SLOTS = 10
ROW_BYTES = 16
TEXT_SHOWN = 24
DEEPEST_DEREFERENCE = 3

FLAG_BITS = {
    "x86_64": {"CF": 0, "PF": 2, "AF": 4, "ZF": 6, "SF": 7, "DF": 10, "OF": 11},
    "aarch64": {"N": 31, "Z": 30, "C": 29, "V": 28},
}
"""Intel SDM volume 1, 3.4.3; Arm ARM C5.2.10 (NZCV)."""


class MemoryChange(NamedTuple):
    """Bytes of memory that one step stored, whether or not they differ."""

    address: int
    before: bytes
    after: bytes


class Step(NamedTuple):
    """One instruction, or one library function or system call, with what it did."""

    pc: int
    line: int
    """Source line, 0 when unknown (a library function)."""
    registers: Mapping[str, int]
    """General registers and flags that it changed, with their new values; pc is the next step's."""
    memory: tuple[MemoryChange, ...]
    call: str
    """The library function or system call that this step is; empty for an instruction."""
    stdout: int
    """Bytes on standard output behind this step; `stderr` likewise."""
    stderr: int


class Extent(NamedTuple):
    """A mapped stretch of the address space."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, kw_only=True)
class RegisterView:
    """One register at a moment."""

    name: str
    value: int
    previous: int
    """Before the last step."""
    meaning: str
    """What it points at: ``-> main+4``, ``-> "text"``, ``-> 0x2a``; empty for a plain number."""

    @property
    def changed(self) -> bool:
        return self.value != self.previous


@dataclass(frozen=True, kw_only=True)
class StackSlot:
    """Eight bytes on the stack."""

    address: int
    offset: int
    """From the stack pointer."""
    value: int
    meaning: str
    changed: bool
    """Stored by the last step."""


@dataclass(frozen=True, kw_only=True)
class MemoryRow:
    """Sixteen bytes of memory."""

    address: int
    data: tuple[int | None, ...]
    """None for a byte that is not mapped."""
    changed: tuple[bool, ...]

    @property
    def text(self) -> str:
        """The bytes as ASCII, others as dots."""
        return "".join(" " if byte is None else chr(byte) if 32 <= byte < 127 else "." for byte in self.data)


@dataclass(frozen=True, kw_only=True)
class State:
    """Everything a debugger shows at one moment: before step `position`, which is the next to execute."""

    position: int
    pc: int
    line: int
    """Of the next instruction."""
    next_call: str
    """The library function or system call that comes next; empty for an instruction."""
    registers: tuple[RegisterView, ...]
    flags: Mapping[str, bool]
    stack: tuple[StackSlot, ...]
    written: tuple[MemoryRow, ...]
    """The rows that the last step stored to."""
    stdout: bytes
    stderr: bytes


@dataclass(frozen=True, kw_only=True)
class Trace:
    """The first steps of a run, and how the whole run ended.

    Position 0 is before the first step; position ``len(trace)`` is behind the last one.
    """

    arch: str
    steps: tuple[Step, ...]
    result: RunResult
    call: CallResult | None
    """When a function was called: its value and memory."""
    truncated: bool
    """True when the run went on behind the last step."""
    initial_registers: Mapping[str, int]
    initial_pages: Mapping[int, bytes] = field(repr=False)
    """Pages that were not zero at the start, by address."""
    extents: tuple[Extent, ...] = field(repr=False)
    symbols: tuple[tuple[int, str], ...] = field(repr=False)
    """Addresses of symbols, in order."""

    def __len__(self) -> int:
        return len(self.steps)

    @cached_property
    def architecture(self) -> Architecture:
        return architecture(self.arch)

    # moving

    def next_position(self, position: int, lines: frozenset[int]) -> int:
        """The next position at which a breakpoint line is about to execute; the end when there is none."""
        for index in range(position + 1, len(self.steps)):
            if self.steps[index].line in lines and not self.steps[index].call:
                return index
        return len(self.steps)

    def previous_position(self, position: int, lines: frozenset[int]) -> int:
        """The position before this one at which a breakpoint line is about to execute; 0 when there is none."""
        for index in range(min(position, len(self.steps)) - 1, -1, -1):
            if self.steps[index].line in lines and not self.steps[index].call:
                return index
        return 0

    # moments

    def registers_at(self, position: int) -> dict[str, int]:
        """General registers, flags and pc before step `position`."""
        found = dict(self.initial_registers)
        for step in self.steps[:position]:
            found.update(step.registers)
        found[self.architecture.program_counter] = self._pc_at(position)
        return found

    def _pc_at(self, position: int) -> int:
        if position < len(self.steps):
            return self.steps[position].pc
        name = self.architecture.program_counter
        return self.result.registers.get(name, 0) if not self.truncated else self.steps[-1].pc

    def memory_at(self, position: int) -> "Memory":
        """Memory before step `position`."""
        return Memory(self, position)

    def state(self, position: int) -> State:
        """What a debugger shows at `position`, 0 to ``len(trace)``.

        Raises:
            IndexError: there is no such position.
        """
        if not 0 <= position <= len(self.steps):
            raise IndexError(f"position {position} is not within 0..{len(self.steps)}")
        last = self.steps[position - 1] if position else None
        memory = self.memory_at(position)
        registers = self.registers_at(position)
        following = self.steps[position] if position < len(self.steps) else None
        return State(
            position=position,
            pc=self._pc_at(position),
            line=following.line if following else self._last_line(),
            next_call=following.call if following else "",
            registers=self._register_views(position, registers, memory),
            flags=self._flags(registers),
            stack=self._stack(registers, memory, last),
            written=self._written(memory, last),
            stdout=self.result.stdout[: last.stdout if last else 0],
            stderr=self.result.stderr[: last.stderr if last else 0],
        )

    def _last_line(self) -> int:
        return self.result.fault.line if self.result.fault and not self.truncated else 0

    def _register_views(self, position: int, now: Mapping[str, int], memory: "Memory") -> tuple[RegisterView, ...]:
        before = self.registers_at(position - 1) if position else now
        names = (*self.architecture.general_registers, self.architecture.program_counter)
        return tuple(
            RegisterView(name=name, value=now[name], previous=before[name], meaning=memory.meaning(now[name]))
            for name in names
        )

    def _flags(self, registers: Mapping[str, int]) -> Mapping[str, bool]:
        value = registers[self.architecture.flags_register]
        return {name: bool(value >> bit & 1) for name, bit in FLAG_BITS[self.arch].items()}

    def _stack(self, registers: Mapping[str, int], memory: "Memory", last: Step | None) -> tuple[StackSlot, ...]:
        start = registers[self.architecture.stack_pointer]
        stored = _stored(last)
        slots = []
        for offset in range(0, 8 * STACK_SLOTS, 8):
            value = memory.word(start + offset)
            if value is None:
                break
            changed = any(start + offset + byte in stored for byte in range(8))
            meaning = memory.meaning(value)
            slots.append(
                StackSlot(address=start + offset, offset=offset, value=value, meaning=meaning, changed=changed)
            )
        return tuple(slots)

    def _written(self, memory: "Memory", last: Step | None) -> tuple[MemoryRow, ...]:
        stored = _stored(last)
        rows = sorted({address & -ROW_BYTES for address in stored})
        return tuple(self._row(memory, row, stored) for row in rows[:64])

    @staticmethod
    def _row(memory: "Memory", address: int, stored: frozenset[int]) -> MemoryRow:
        places = range(address, address + ROW_BYTES)
        return MemoryRow(
            address=address,
            data=tuple(memory.byte(place) for place in places),
            changed=tuple(place in stored for place in places),
        )

    def rows(self, position: int, address: int, count: int) -> tuple[MemoryRow, ...]:
        """`count` rows of memory from the one that holds `address`, at `position`."""
        memory = self.memory_at(position)
        stored = _stored(self.steps[position - 1] if position else None)
        start = address & -ROW_BYTES
        return tuple(self._row(memory, start + ROW_BYTES * index, stored) for index in range(count))


def _stored(step: Step | None) -> frozenset[int]:
    """The addresses of the bytes that a step changed."""
    if step is None:
        return frozenset()
    return frozenset(
        change.address + index
        for change in step.memory
        for index in range(len(change.after))
        if change.before[index : index + 1] != change.after[index : index + 1]
    )


class Memory:
    """Memory at one position of a trace."""

    def __init__(self, trace: Trace, position: int) -> None:
        self._trace = trace
        self._pages: dict[int, bytearray] = {}
        for step in trace.steps[:position]:
            for change in step.memory:
                self._store(change.address, change.after)

    def _store(self, address: int, data: bytes) -> None:
        while data:
            offset = address % PAGE
            part = data[: PAGE - offset]
            self._page(address - offset)[offset : offset + len(part)] = part
            address, data = address + len(part), data[len(part) :]

    def _page(self, address: int) -> bytearray:
        page = self._pages.get(address)
        if page is None:
            page = self._pages[address] = bytearray(self._trace.initial_pages.get(address, bytes(PAGE)))
        return page

    def _extent(self, address: int) -> Extent | None:
        return next((one for one in self._trace.extents if one.start <= address < one.end), None)

    def byte(self, address: int) -> int | None:
        """One byte; None where nothing is mapped."""
        if self._extent(address) is None:
            return None
        base = address & -PAGE
        page = self._pages.get(base) or self._trace.initial_pages.get(base)
        return page[address - base] if page else 0

    def read(self, address: int, most: int) -> bytes:
        """Up to `most` bytes, as far as memory is mapped."""
        found = bytearray()
        for place in range(address, address + most):
            byte = self.byte(place)
            if byte is None:
                break
            found.append(byte)
        return bytes(found)

    def word(self, address: int) -> int | None:
        """Eight bytes, little endian; None when they are not all mapped."""
        data = self.read(address, 8)
        return int.from_bytes(data, "little") if len(data) == 8 else None

    def meaning(self, value: int, depth: int = 0) -> str:
        """A pointer dereferenced as gef shows it; empty for a number that is no pointer."""
        extent = self._extent(value)
        if extent is None or value < PAGE:
            return ""
        symbol = self._symbol(value, extent)
        if symbol:
            return f"-> {symbol}"
        text = self._text(value)
        if text:
            return f'-> "{text}"'
        inner = self.word(value)
        if inner is None:
            return f"-> {extent.name}"
        further = self.meaning(inner, depth + 1) if depth < DEEPEST_DEREFERENCE else ""
        return f"-> {inner:#x} {further}".rstrip()

    def _symbol(self, value: int, extent: Extent) -> str:
        before = [pair for pair in self._trace.symbols if extent.start <= pair[0] <= value]
        if not before:
            return ""
        address, name = before[-1]
        return name if address == value else f"{name}+{value - address}"

    def _text(self, address: int) -> str:
        raw = self.read(address, TEXT_SHOWN)
        text = raw.split(b"\0", 1)[0]
        printable = len(text) >= 2 and all(32 <= byte < 127 for byte in text)
        return text.decode("ascii") + ("…" if len(text) == TEXT_SHOWN else "") if printable else ""
