"""Records a trace while a machine runs: the first steps with hooks, the rest at full speed."""

from collections.abc import Mapping, Sequence

from playground.assembly.program import ProgramImage
from playground.emulator.calls import PreparedCall, Value, load_function
from playground.emulator.diagnosis import explain_end
from playground.emulator.faults import ProcessEnd
from playground.emulator.machine import Machine
from playground.emulator.memory import PAGE
from playground.emulator.process import load_program, start
from playground.emulator.prototype import Prototype
from playground.emulator.result import CallResult, Limits, RunResult
from playground.emulator.source_lines import line_of
from playground.emulator.trace import DEFAULT_STEPS, Extent, MemoryChange, Step, Trace
from playground.isa import architecture

LONGEST_CHANGE = 1 << 16
"""Bytes of one store by a library function that are written down."""


def trace_program(
    image: ProgramImage,
    *,
    stdin: bytes = b"",
    arguments: Sequence[str] = ("program",),
    environment: Mapping[str, str] | None = None,
    limits: Limits = Limits(),
    steps: int = DEFAULT_STEPS,
) -> Trace:
    """`run_program`, with its first `steps` written down.

    Raises:
        InputError: as `run_program`.
    """
    recorder = None
    machine = None
    try:
        machine = load_program(image, stdin=stdin, arguments=arguments, environment=environment, limits=limits)
        recorder = Recorder(machine, steps)
        start(machine)
    except ProcessEnd as end:
        result = explain_end(machine, end, image)
        return recorder.finish(result, None) if recorder else empty_trace(image, result)
    raise AssertionError("a process ends by an exception")


def trace_call(
    image: ProgramImage,
    prototype: Prototype,
    arguments: Sequence[Value],
    *,
    limits: Limits = Limits(),
    steps: int = DEFAULT_STEPS,
) -> Trace:
    """`call_function`, with its first `steps` written down.

    Raises:
        InputError: as `call_function`.
    """
    recorder = None
    machine = None
    try:
        machine = load_function(image, prototype, arguments, limits=limits)
        call = PreparedCall(machine, prototype, arguments)
        recorder = Recorder(machine, steps)
        call.run()
    except ProcessEnd as end:
        result = explain_end(machine, end, image)
        failed = CallResult(run=result, value=None)
        return recorder.finish(result, failed) if recorder else empty_trace(image, result)
    outcome = call.result()
    return recorder.finish(outcome.run, outcome)


def empty_trace(image: ProgramImage, result: RunResult) -> Trace:
    """The trace of what never started."""
    nothing = architecture(image.arch)
    names = (*nothing.general_registers, nothing.program_counter, nothing.flags_register)
    return Trace(
        arch=image.arch,
        steps=(),
        result=result,
        call=None,
        truncated=False,
        initial_registers=dict.fromkeys(names, 0),
        initial_pages={},
        extents=(),
        symbols=(),
    )


class Recorder:
    """Attached to a machine before it runs."""

    def __init__(self, machine: Machine, most: int) -> None:
        self._machine = machine
        self._most = most
        self._steps: list[Step] = []
        self._full = most <= 0
        self._pending: tuple[int, str] | None = None
        self._stores: list[tuple[int, bytes]] = []
        self._names = machine.engine.all_names
        self._last = machine.engine.read_all()
        self._initial = machine.engine.registers()
        self._pages = _nonzero_pages(machine)
        if not self._full:
            machine.engine.trace(self._on_step, self._on_store)
            machine.memory.observer = self._on_store
            machine.on_library_call = self._on_call
            machine.on_pause = self._on_pause

    def _on_step(self, pc: int) -> None:
        self._complete()
        if len(self._steps) >= self._most:
            self._full = True
            self._machine.engine.interrupt()
            return
        self._pending = (pc, "")

    def _on_call(self, name: str) -> None:
        if self._full:
            return
        self._complete()
        if len(self._steps) < self._most:
            self._pending = (self._machine.engine.pc, name)

    def _on_store(self, address: int, size: int) -> None:
        if not self._full and self._pending is not None:
            before = self._machine.memory.readable_bytes(address, min(size, LONGEST_CHANGE))
            self._stores.append((address, before))

    def _on_pause(self) -> None:
        """Between two runs: hooks can only be removed here."""
        if self._full and self._machine.engine.tracing:
            self._machine.engine.stop_tracing()
            self._machine.memory.observer = None

    def _complete(self) -> None:
        """The pending step is over: what it changed is what differs now."""
        if self._pending is None:
            return
        machine = self._machine
        now = machine.engine.read_all()
        counter = machine.arch.program_counter
        changed = {
            name: new
            for name, old, new in zip(self._names, self._last, now, strict=True)
            if old != new and name != counter
        }
        self._last = now
        pc, call = self._pending
        read = machine.memory.readable_bytes
        stores = tuple(MemoryChange(address, before, read(address, len(before))) for address, before in self._stores)
        files = machine.files
        line = line_of(machine.image, pc)
        self._steps.append(Step(pc, line, changed, stores, call, len(files.stdout), len(files.stderr)))
        self._stores.clear()
        self._pending = None

    def finish(self, result: RunResult, call: CallResult | None) -> Trace:
        """The trace, once the run is over."""
        machine = self._machine
        truncated = self._full
        if not self._full:
            self._finish_last(result)
        machine.engine.stop_tracing()
        machine.memory.observer = None
        image = machine.image
        named = sorted((symbol.address, symbol.name) for symbol in image.symbols.values() if symbol.kind != "tls")
        slots = [(address, name) for name, address in image.imports.items()]
        return Trace(
            arch=image.arch,
            steps=tuple(self._steps),
            result=result,
            call=call,
            truncated=truncated,
            initial_registers=self._initial,
            initial_pages=self._pages,
            extents=tuple(Extent(region.address, region.end, region.name) for region in machine.memory),
            symbols=tuple(sorted(named + slots)),
        )

    def _finish_last(self, result: RunResult) -> None:
        """A step that faulted did nothing; any other last step is complete."""
        faulted = result.fault is not None and self._pending is not None and self._pending[0] == result.fault.pc
        if faulted:
            self._pending = None
        self._complete()


def _nonzero_pages(machine: Machine) -> dict[int, bytes]:
    """The pages that hold something at the start; the rest of memory is zero."""
    pages = {}
    empty = bytes(PAGE)
    for region in machine.memory:
        for offset in range(0, region.size, PAGE):
            page = region.storage[offset : offset + PAGE]
            if page != empty:
                pages[region.address + offset] = page
    return pages
