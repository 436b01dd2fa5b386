"""A program image becomes a machine: segments, import slots, thread-local storage, stack."""

import threading
from collections.abc import Callable, Mapping

from playground.assembly.program import ProgramImage
from playground.emulator import library
from playground.emulator.alignment import alignment_checks
from playground.emulator.engine import Engine, Stop
from playground.emulator.machine import Machine
from playground.emulator.memory import PAGE, AddressSpace
from playground.emulator.refusals import Refusal, find_refusals
from playground.emulator.result import Limits
from playground.emulator.stops import StopHandler
from playground.isa import AARCH64, architecture

STACK_TOP = 0x7FFF_FFFF_0000
STACK_SIZE = 8 << 20
"""As Linux's default RLIMIT_STACK."""
THREAD_BASE = 0x5FFF_0000_0000
THREAD_CONTROL_BYTES = 0x400
"""Space for the thread control block: errno, the stack protector's canary."""
CANARY = 0x5BD1_E995_A7C3_F100
"""The stack protector's value; the lowest byte is zero as in glibc, so that string functions stop at it."""

_kept = threading.local()


def load(
    image: ProgramImage,
    *,
    limits: Limits,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> Machine:
    """The machine before its first instruction; its engine is shared with the machines loaded before on this thread.

    Raises:
        ProcessEnd: the image does not fit the memory limit.
    """
    arch = architecture(image.arch)
    engine, memory = _engine(image.arch)
    memory.release_all()
    memory.observer = None
    engine.reset()
    memory.limit = limits.memory_bytes
    machine = Machine(image, arch, engine, memory, limits=limits, stdin=stdin, environment=environment)
    _map_segments(machine)
    memory.map(STACK_TOP - STACK_SIZE, STACK_SIZE, "stack")
    _set_up_thread(machine)
    engine.write(arch.stack_pointer, STACK_TOP)
    machine.handle_stop = StopHandler(machine)
    machine.refused, checks = _searched(image, engine)
    engine.set_exits(frozenset(machine.refused))
    engine.watch(checks)
    for segment in image.segments:
        if segment.writable and segment.executable and segment.size:
            machine.examine_code(segment.address, segment.address + _pages(segment.size))
    _define_library_objects(machine)
    return machine


def _engine(name: str) -> tuple[Engine, AddressSpace]:
    engines: dict[str, tuple[Engine, AddressSpace]] | None = getattr(_kept, "engines", None)
    if engines is None:
        engines = _kept.engines = {}
    if name not in engines:
        engine = Engine(architecture(name))
        engines[name] = engine, AddressSpace(engine)
    return engines[name]


Checks = Mapping[int, Callable[[], Stop | None]]


def _searched(image: ProgramImage, engine: Engine) -> tuple[Mapping[int, Refusal], Checks]:
    """`find_refusals` and `alignment_checks`, remembered for the last image: a function is called with many cases."""
    last: tuple[ProgramImage, Engine, Mapping[int, Refusal], Checks] | None = getattr(_kept, "searched", None)
    if last is None or last[0] is not image or last[1] is not engine:
        last = _kept.searched = image, engine, find_refusals(image), alignment_checks(image, engine)
    return last[2], last[3]


def forget_engines() -> None:
    """Start afresh on this thread, after an engine failed."""
    _kept.engines = {}


def _pages(size: int) -> int:
    return -(-size // PAGE) * PAGE


def _map_segments(machine: Machine) -> None:
    image = machine.image
    for segment in image.segments:
        if segment.size:
            machine.memory.map(
                segment.address,
                _pages(segment.size),
                segment.name,
                writable=segment.writable,
                executable=segment.executable,
                data=segment.data,
            )
    for name, address in image.imports.items():
        variable = library.data_object(name)
        if variable is not None:
            machine.memory.map(address, _pages(variable.size), f"`{name}`")
    ends = [segment.address + segment.size for segment in image.segments]
    ends.append(image.import_base + image.import_size)
    machine.mappings.start_break(_pages(max(ends)) + 16 * PAGE)


def _set_up_thread(machine: Machine) -> None:
    """Thread pointer, thread-local storage and errno (ELF Handling For Thread-Local Storage, 3.4.1 and 3.4.6)."""
    template = machine.image.thread_local
    size, alignment, data = (template.size, template.alignment, template.data) if template else (0, 1, b"")
    alignment = max(alignment, 1)
    room = -(-size // max(alignment, 64)) * max(alignment, 64)
    total = _pages(2 * THREAD_CONTROL_BYTES + room + alignment)
    machine.memory.map(THREAD_BASE, total, "thread-local storage")
    if machine.arch is AARCH64:
        pointer = THREAD_BASE + max(THREAD_CONTROL_BYTES, alignment)
        storage = pointer + -(-16 // alignment) * alignment
        machine.engine.write("tpidr_el0", pointer)
        machine.errno_address = THREAD_BASE
    else:
        pointer = THREAD_BASE + room
        storage = pointer - -(-size // alignment) * alignment
        machine.write_integer(pointer, pointer, 8)
        machine.write_integer(pointer + 0x28, CANARY, 8)
        machine.engine.write("fs_base", pointer)
        machine.errno_address = pointer + THREAD_CONTROL_BYTES - 16
    if data:
        machine.write(storage, data)
    machine.thread_local_base = pointer


def _define_library_objects(machine: Machine) -> None:
    for name, address in machine.image.imports.items():
        found = library.data_object(name)
        if found is not None:
            found.initialise(machine, address)
