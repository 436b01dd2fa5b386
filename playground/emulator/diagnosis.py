"""How a run ended, told for a person: the fault's sentence, its line, the backtrace, and the RunResult around it."""

from collections import Counter
from dataclasses import replace

from playground.assembly.program import IMPORT_STRIDE, ProgramImage
from playground.emulator import library
from playground.emulator.faults import (
    GuestFault,
    GuestSignal,
    LimitReached,
    ProcessEnd,
    ProcessExit,
    Unsupported,
)
from playground.emulator.library.streams import show_pending_output
from playground.emulator.machine import RETURN_ADDRESS, Machine
from playground.emulator.memory import Region
from playground.emulator.register_marks import describe_mark
from playground.emulator.result import Fault, Frame, HotLine, RunResult
from playground.emulator.source_lines import describe_code, line_of

DEEPEST_BACKTRACE = 20
SAMPLED_INSTRUCTIONS = 4096
MOST_HOT_LINES = 5
NEAR_STACK = 16 << 20
"""Bytes below the stack within which a fault counts as stack overflow when the stack pointer is there too."""
NEAR_REGION = 1 << 20
NULL_PAGE = 1 << 16
CANONICAL = 1 << 47

_ACCESS_KINDS = {
    ("read", False): "unmapped-read",
    ("write", False): "unmapped-write",
    ("fetch", False): "unmapped-fetch",
    ("read", True): "unmapped-read",
    ("write", True): "protected-write",
    ("fetch", True): "unmapped-fetch",
}
_VERBS = {"read": "read from", "write": "write to", "fetch": "jump to"}


def explain_end(machine: Machine | None, end: ProcessEnd, image: ProgramImage) -> RunResult:
    """The RunResult of a process that ended by `end`; `machine` is None when it never started."""
    if isinstance(end, ProcessExit):
        return _result(machine, stop="exited", exit_status=end.status)
    if machine is not None:
        show_pending_output(machine)
    if machine is not None and isinstance(end, GuestFault):
        end = _missing_variable(machine, end) or end
    if isinstance(end, LimitReached):
        result = _result(machine, stop="limit", limit=end.limit, reason=f"It used {end.description}.")
        looping = machine is not None and end.limit in ("instructions", "seconds")
        return replace(result, hot_lines=hot_lines(machine)) if machine and looping else result
    if isinstance(end, Unsupported):
        return _result(machine, stop="unsupported", missing=end.names, reason=end.description)
    assert machine is not None
    fault = explain_fault(machine, end)
    place = f" (line {fault.line})" if fault.line else ""
    return _result(machine, stop="fault", fault=fault, reason=f"{fault.signal}{place}: {fault.description}.")


def _missing_variable(machine: Machine, fault: GuestFault) -> Unsupported | None:
    """The gap behind a fault at the slot of a symbol that the program does not define, and that we lack."""
    slot = fault.address - fault.address % IMPORT_STRIDE
    name = machine.import_slots.get(slot, "")
    if fault.access == "fetch" or not name or library.known(name):
        return None
    return Unsupported((name,), f"not supported: the library variable `{name}`")


def _result(
    machine: Machine | None,
    *,
    stop: str,
    exit_status: int | None = None,
    fault: Fault | None = None,
    limit: str = "",
    missing: tuple[str, ...] = (),
    reason: str = "",
) -> RunResult:
    noted = tuple(machine.missing) if machine else ()
    return RunResult(
        stop=stop,
        exit_status=exit_status,
        stdout=bytes(machine.files.stdout) if machine else b"",
        stderr=bytes(machine.files.stderr) if machine else b"",
        fault=fault,
        instructions=machine.engine.executed if machine else 0,
        registers=machine.engine.registers() if machine else {},
        limit=limit,
        missing=tuple(dict.fromkeys((*missing, *noted))),
        reason=reason,
    )


def hot_lines(machine: Machine) -> tuple[HotLine, ...]:
    """The source lines that the next instructions reach, most frequent first: what a loop is doing.

    The machine runs on for them, so everything else about it must have been told before.
    """
    counts: Counter[int] = Counter()

    def count(pc: int) -> None:
        counts[line_of(machine.image, pc)] += 1

    machine.engine.trace(count, lambda address, size: None)
    machine.engine.run(machine.engine.pc, SAMPLED_INSTRUCTIONS)
    machine.engine.stop_tracing()
    return tuple(HotLine(line=line, count=times) for line, times in counts.most_common(MOST_HOT_LINES) if line)


def returned(machine: Machine) -> RunResult:
    """The RunResult of a function that came back."""
    return _result(machine, stop="returned")


# faults


def explain_fault(machine: Machine, end: ProcessEnd) -> Fault:
    """The fault with its place in the source."""
    pc, frames = _place(machine)
    line = line_of(machine.image, pc)
    if isinstance(end, GuestSignal):
        kind, signal, address, description = end.kind, end.signal, end.address, end.description
    else:
        assert isinstance(end, GuestFault)
        kind, description = _memory_fault(machine, end)
        signal, address = "SIGSEGV", end.address
    return Fault(
        kind=kind,
        signal=signal,
        address=address,
        description=description,
        pc=pc,
        line=line,
        backtrace=frames,
    )


def _memory_fault(machine: Machine, fault: GuestFault) -> tuple[str, str]:
    kind = _ACCESS_KINDS[fault.access, fault.protected]
    where = describe_address(machine, fault.address)
    by = f" in `{machine.current_library_call}`" if machine.current_library_call else ""
    size = f" of {fault.size} byte{'s' * (fault.size != 1)}" if fault.access != "fetch" and not by else ""
    description = f"{fault.access}{size}{by} at {fault.address:#x}: {where}"
    if fault.access == "fetch":
        return _fetch_fault(machine, fault, kind, where)
    if fault.protected and fault.access == "write":
        return kind, f"write{size}{by} to read-only memory at {fault.address:#x}: {where}"
    if _is_stack_overflow(machine, fault.address):
        return "stack-overflow", f"the stack is used up: {fault.access} at {fault.address:#x}, {where}"
    return kind, description


def _fetch_fault(machine: Machine, fault: GuestFault, kind: str, where: str) -> tuple[str, str]:
    if not machine.engine.executed and not fault.protected:
        return kind, f"the program starts at {fault.address:#x}: {where}"
    if _came_by_return(machine):
        return "bad-return", f"returned to {fault.address:#x}, which is no code: {where}"
    if fault.protected:
        return kind, f"jumped to {fault.address:#x}, which is data, not code: {where}"
    return kind, f"jumped to {fault.address:#x}, which is no code: {where}"


def _came_by_return(machine: Machine) -> bool:
    """x86-64: the word below the stack pointer is pc. aarch64: the link register is pc (``ret`` leaves it so)."""
    pc = machine.engine.pc
    arch = machine.arch
    if arch.call.link_register:
        return machine.engine.read(arch.call.link_register) == pc
    below = machine.engine.read(arch.stack_pointer) - 8
    return machine.memory.readable_bytes(below, 8) == pc.to_bytes(8, "little")


def _is_stack_overflow(machine: Machine, address: int) -> bool:
    stack = next((region for region in machine.memory if region.name == "stack"), None)
    if stack is None:
        return False
    stack_pointer = machine.engine.read(machine.arch.stack_pointer)
    below = stack.address - NEAR_STACK <= address < stack.address
    return below and stack_pointer <= stack.address + NEAR_REGION


def describe_address(machine: Machine, address: int) -> str:
    """Where an address lies, in words: null pointer, near an argument, a heap block, a region, a symbol."""
    if address < NULL_PAGE:
        return "null pointer" if address == 0 else f"{address} bytes past the null pointer"
    mark = describe_mark(machine.arch, address)
    if mark:
        return mark
    if address >> 64 or CANONICAL <= address < (1 << 64) - CANONICAL:
        return "not an address that a process can have"
    heap = describe_heap(machine, address)
    if heap:
        return heap
    if address == RETURN_ADDRESS:
        return "the return address of the call"
    region = machine.memory.find(address)
    if region is not None:
        return _inside(machine, region, address)
    return _nearest(machine, address)


def describe_heap(machine: Machine, address: int) -> str:
    """Relative to a heap block; empty when it is near none."""
    heap = getattr(machine.library_state, "heap", None)
    return heap.describe(address) if heap is not None else ""


def _inside(machine: Machine, region: Region, address: int) -> str:
    if address < region.address + region.content:
        return _before(region, region.address + region.content - address)
    code = describe_code(machine.image, address)
    return f"in {region.name} ({code})" if code else f"in {region.name}"


def _nearest(machine: Machine, address: int) -> str:
    best: tuple[int, str] | None = None
    for region in machine.memory:
        after, before = address - region.end, region.address - address
        if 0 <= after < NEAR_REGION and (best is None or after < best[0]):
            best = after, _past(region, after)
        if 0 < before < NEAR_REGION and (best is None or before < best[0]):
            best = before, _before(region, before + region.content)
    return best[1] if best else "no memory there"


def _past(region: Region, distance: int) -> str:
    if region.name == "stack":
        return "above the stack"
    place = f"{distance} byte{'s' * (distance != 1)} past the end of" if distance else "just past the end of"
    return f"{place} {region.name}"


def _before(region: Region, distance: int) -> str:
    if region.name == "stack":
        return "below the stack"
    return f"{distance} byte{'s' * (distance != 1)} before {region.name}"


# where


def _place(machine: Machine) -> tuple[int, tuple[Frame, ...]]:
    """The instruction to blame, and the backtrace from it.

    A fault inside a library function is told at the call; one after a bad jump at the jump is unknown, so pc stays.
    """
    pc = machine.engine.pc
    if pc in machine.import_slots:
        caller = _return_address(machine) or pc
        return max(caller - 1, 0) if caller != pc else pc, backtrace(machine, caller)
    return pc, backtrace(machine, pc)


def _return_address(machine: Machine) -> int:
    arch = machine.arch
    if arch.call.link_register:
        return machine.engine.read(arch.call.link_register)
    data = machine.memory.readable_bytes(machine.engine.read(arch.stack_pointer), 8)
    return int.from_bytes(data, "little") if len(data) == 8 else 0


def backtrace(machine: Machine, pc: int) -> tuple[Frame, ...]:
    """Frames by frame pointers (rbp chain; x29 chain), as far as they make sense."""
    image = machine.image
    frames = [_frame(image, pc, exact=True)]
    pointer = machine.engine.read(machine.arch.frame_pointer)
    while len(frames) < DEEPEST_BACKTRACE:
        data = machine.memory.readable_bytes(pointer, 16) if pointer % 8 == 0 else b""
        if len(data) < 16:
            break
        following, address = int.from_bytes(data[:8], "little"), int.from_bytes(data[8:], "little")
        if not describe_code(image, address - 1) or not line_of(image, address - 1):
            break
        frames.append(_frame(image, address, exact=False))
        if following <= pointer:
            break
        pointer = following
    return tuple(frames)


def _frame(image: ProgramImage, address: int, *, exact: bool) -> Frame:
    return Frame(address=address, symbol=describe_code(image, address), line=line_of(image, address - (not exact)))
