"""The running process as library functions and system calls see it: memory, registers, files, and control.

Library calls and system calls happen here, between two runs of the processor and never inside one of its hooks, so a
guest callback is a nested run and a long jump is an exception.
"""

import random
import struct
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from playground.assembly.program import ProgramImage
from playground.emulator.clock import Clock
from playground.emulator.engine import Engine, Stop
from playground.emulator.faults import (
    GuestSignal,
    LimitReached,
    LongJump,
    ProcessExit,
    Unsupported,
)
from playground.emulator.files import Files
from playground.emulator.library_calls import call_library
from playground.emulator.machine_state import MASK64, MachineState
from playground.emulator.mappings import Mappings
from playground.emulator.memory import AddressSpace
from playground.emulator.refusals import examine_instruction
from playground.emulator.result import Limits
from playground.isa import Architecture

RETURN_ADDRESS = 0x4FFF_0000_0000
"""Unmapped: where a function called by us returns to."""
DEEPEST_NESTING = 40
"""Guest callbacks inside library functions inside callbacks …: each level costs host stack."""
FIRST_SLICE = 1 << 16
LONGEST_SLICE = 1 << 24
SLICE_SECONDS = 0.02
MOST_MISSING = 50
TREE_SHARE = 4
"""The file tree may take this fraction of the memory limit."""


@dataclass(frozen=True)
class _Frame:
    """A nested run: the stack pointer that the library function was called with."""

    stack_pointer: int
    name: str


class Machine(MachineState):
    """One emulated process. `loader.load` makes it; `process` and `calls` run it."""

    def __init__(
        self,
        image: ProgramImage,
        arch: Architecture,
        engine: Engine,
        memory: AddressSpace,
        *,
        limits: Limits,
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(engine, memory)
        self.arch = arch
        self.image = image
        self.mappings = Mappings(memory, self.examine_code)
        self.limits = limits
        self.files = Files(stdin, limits.output_bytes, limits.memory_bytes // TREE_SHARE)
        self.environment: dict[str, str] = dict(environment or {})
        self.environment_address = 0
        """Guest address of the environment vector (what `environ` starts as)."""
        self.arguments: tuple[str, ...] = ()
        self.random = random.Random(0)
        """Seeded: the only randomness a guest sees."""
        self.clock: Clock = Clock(engine)
        self.thread_local_base = 0
        """The thread pointer."""
        self.errno_address = 0
        self.missing: list[str] = []
        """What was reached and answered with ENOSYS, by name."""
        self.abi_violations: list[str] = []
        """Broken rules of the calling convention that did no visible harm here."""
        self.library_state: object | None = None
        """What the library keeps for this process."""
        self.on_library_call: Callable[[str], None] | None = None
        """Told the name of every library function before it runs (a trace)."""
        self.on_pause: Callable[[], None] | None = None
        """Told when a run was interrupted and is about to go on (a trace)."""
        self.current_library_call = ""
        self.refused: Mapping[int, object] = {}
        """Instructions that must not run, by address: see `refusals`."""
        self.written_refusals: dict[int, object] = {}
        """The same for code that was written at run time, found as it is reached."""
        self._examined: set[tuple[int, int]] = set()
        self._longest_slice = LONGEST_SLICE
        self.handle_stop: Callable[[Stop], None] | None = None
        self.import_slots = {address: name for name, address in image.imports.items()}
        self._frames: list[_Frame] = []
        self._returning_stack_pointer = 0
        self._slice = FIRST_SLICE
        self._deadline = time.monotonic() + limits.seconds

    def examine_code(self, start: int, end: int) -> None:
        """Look at every instruction in start..end before it runs: no line table tells of them.

        The run goes on in short slices, since each of these instructions costs a call of Python.
        """
        if (start, end) not in self._examined:
            self._examined.add((start, end))
            self._longest_slice = self._slice = FIRST_SLICE
            self.engine.examine(start, end, self._is_refused)

    def _is_refused(self, pc: int) -> bool:
        refusal = examine_instruction(self, pc)
        if refusal is not None:
            self.written_refusals[pc] = refusal
        return refusal is not None

    # control

    def call(self, address: int, arguments: Sequence[int] = (), *, floats: Sequence[float] = ()) -> int:
        """Call a guest function (a comparator, an atexit function) and give its integer result.

        At most as many integer `arguments` as registers; `floats` are passed as double. What the callee may change by
        the calling convention is changed afterwards; stack pointer and link register are put back.

        Raises:
            ProcessEnd: the process ended inside; LimitReached: nested too deeply.
        """
        if len(self._frames) >= DEEPEST_NESTING:
            raise LimitReached("instructions", f"callbacks nested more than {DEEPEST_NESTING} deep")
        arch = self.arch
        stack_pointer = self.engine.read(arch.stack_pointer)
        link = self.engine.read(arch.call.link_register) if arch.call.link_register else 0
        resume, name, returning = self.engine.pc, self.current_library_call, self._returning_stack_pointer
        self._prepare_call(stack_pointer, arguments, floats)
        self._frames.append(_Frame(stack_pointer, name))
        try:
            self.run(address)
        finally:
            self._frames.pop()
            self._returning_stack_pointer = returning
        self.current_library_call = name
        self.engine.write(arch.stack_pointer, stack_pointer)
        if arch.call.link_register:
            self.engine.write(arch.call.link_register, link)
        self.engine.write(arch.program_counter, resume)
        return self.engine.read(arch.call.integer_results[0])

    def _prepare_call(self, stack_pointer: int, integers: Sequence[int], floats: Sequence[float]) -> None:
        row = self.arch.call
        for register, value in zip(row.integer_arguments, integers, strict=False):
            self.engine.write(register, value)
        for register, number in zip(row.float_arguments, floats, strict=False):
            self.engine.write_vector(register, _double_bits(number))
        if row.vector_count_register:
            self.engine.write(row.vector_count_register, len(floats))
        # 16 bytes lower at least, so that a long jump's target tells which run it belongs to
        inner = (stack_pointer - row.red_zone - 16 & -row.stack_alignment) & MASK64
        self.enter_function(inner)

    def enter_function(self, stack_pointer: int) -> None:
        """Stack pointer and return address as at a function's first instruction; `stack_pointer` is aligned."""
        link = self.arch.call.link_register
        if link:
            self.engine.write(link, RETURN_ADDRESS)
        else:
            stack_pointer -= 8
            self.write_integer(stack_pointer, RETURN_ADDRESS, 8)
        self._returning_stack_pointer = stack_pointer + (0 if link else 8)
        self.engine.write(self.arch.stack_pointer, stack_pointer)

    def run_constructors(self, argc: int, argv: int, environment: int) -> None:
        """The image's .preinit_array and .init_array functions, in order (System V gABI, chapter 5)."""
        for address in self.image.init_array:
            self.call(address, (argc, argv, environment))

    def run_destructors(self) -> None:
        """The image's .fini_array functions, in order."""
        for address in self.image.fini_array:
            self.call(address)

    @property
    def program_name(self) -> str:
        """argv[0] as the library reports it."""
        return self.arguments[0] if self.arguments else "program"

    def long_jump(self, registers: Mapping[str, int]) -> None:
        """Continue with these registers (pc and stack pointer among them), leaving nested runs in between.

        Raises:
            LongJump: always; the run that owns the stack pointer goes on.
        """
        for name, value in registers.items():
            self.engine.write(name, value)
        raise LongJump(registers[self.arch.stack_pointer])

    def exit(self, status: int) -> None:
        """End the process now (``_exit``).

        Raises:
            ProcessExit: always.
        """
        raise ProcessExit(status)

    def abort(self, kind: str, description: str, address: int | None = None) -> None:
        """End the process as a fault found by the library: ``abort``, ``double-free``, ``red-zone``, ``division`` …

        Raises:
            GuestSignal: always; SIGABRT but for ``division`` (SIGFPE).
        """
        raise GuestSignal(kind, "SIGFPE" if kind == "division" else "SIGABRT", description, address)

    def stop_limit(self, limit: str, description: str) -> None:
        """End the run at a limit (a field of `Limits` without its unit: ``instructions``, ``output`` …).

        Raises:
            LimitReached: always.
        """
        raise LimitReached(limit, description)

    def stop_unsupported(self, names: tuple[str, ...], description: str = "") -> None:
        """End the run as unscored: we lack `names`.

        Raises:
            Unsupported: always.
        """
        raise Unsupported(names, description)

    def write_descriptor(self, descriptor: int, data: bytes) -> int:
        """Write to a descriptor: the number of bytes, or a negative error number.

        Raises:
            LimitReached: the output limit.
        """
        return self.files.write(descriptor, data)

    # running

    def run(self, pc: int) -> None:
        """Execute from `pc` until RETURN_ADDRESS is reached.

        Raises:
            ProcessEnd: the process ended in another way.
        """
        self.memory.conceal_spares()
        while True:
            try:
                self._run_until_return(pc)
                return
            except LongJump as jump:
                if self._frames and jump.stack_pointer >= self._frames[-1].stack_pointer:
                    raise
                self.current_library_call = ""
                pc = self.engine.pc

    def _run_until_return(self, pc: int) -> None:
        engine, slots = self.engine, self.import_slots
        while True:
            stop = self._run_slice(pc)
            if stop.reason == "memory" and stop.access == "fetch":
                pc = engine.pc
                if pc == RETURN_ADDRESS and self._has_returned():
                    return
                if pc in slots and call_library(self, slots[pc], pc):
                    pc = engine.pc
                    continue
            self._handle(stop)
            pc = engine.pc

    def _run_slice(self, pc: int) -> Stop:
        engine = self.engine
        started = time.monotonic()
        if started > self._deadline:
            raise LimitReached("seconds", f"more time than the limit of {self.limits.seconds:g} s")
        left = self.limits.instructions - engine.executed
        if left <= 0:
            raise LimitReached("instructions", f"more than the limit of {self.limits.instructions:,} instructions")
        stop = engine.run(pc, min(left, self._slice))
        if stop.reason == "budget" and self._slice < self._longest_slice and time.monotonic() - started < SLICE_SECONDS:
            self._slice *= 2
        return stop

    def _handle(self, stop: Stop) -> None:
        if stop.reason == "budget":
            if self.on_pause is not None:
                self.on_pause()
            return
        if self.handle_stop is None:
            raise RuntimeError(f"nothing handles {stop}")
        self.handle_stop(stop)

    def _has_returned(self) -> bool:
        """False for a jump to the return address. (A link register may be kept while the stack pointer is not.)"""
        arch = self.arch
        return bool(arch.call.link_register) or self.engine.read(arch.stack_pointer) == self._returning_stack_pointer

    def symbol_slot(self, name: str) -> int | None:
        """The address of an import's slot; None when the program does not refer to `name`."""
        return self.image.imports.get(name)

    def define_slot(self, address: int, name: str) -> None:
        """Make a jump to `address`, which no code occupies, call the library function `name` (a vtable's entries)."""
        self.import_slots[address] = name

    def note_missing(self, name: str) -> None:
        """Something was reached that we lack, and answered as a kernel without it would."""
        if name not in self.missing and len(self.missing) < MOST_MISSING:
            self.missing.append(name)


def _double_bits(number: float) -> int:
    return int.from_bytes(struct.pack("<d", number), "little")


__all__ = ["MASK64", "RETURN_ADDRESS", "Machine"]
