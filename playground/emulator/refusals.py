"""Instructions that must not run as Unicorn would run them, found in the image before it starts.

Three sorts: those that Unicorn runs wrongly without saying so (VEX and EVEX encodings, x86-64), those that fault in a
user process but pass at the emulator's ring 0 or EL1, and those that would show the host's time or randomness.
Code that a program writes at run time is examined instruction by instruction while it runs (`examine_instruction`).
"""

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from playground.assembly.program import LineEntry, ProgramImage, Segment
from playground.emulator.faults import GuestSignal, Unsupported
from playground.emulator.source_lines import entry_at, line_of
from playground.emulator.x86_encoding import NUMBERED_REGISTERS, PREFIXES, Opcode, split

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

COUNTER_FREQUENCY = 1_000_000_000
MASK64 = (1 << 64) - 1
LONGEST_X86 = 15
"""Bytes of an instruction (SDM volume 2, 2.3.11)."""


@dataclass(frozen=True)
class Refusal:
    """What happens instead of one instruction."""

    act: Callable[["Machine"], None]


def find_refusals(image: ProgramImage) -> Mapping[int, Refusal]:
    """The refused instructions of the image's code, by address."""
    search = _search_x86 if image.arch == "x86_64" else _search_arm
    found: dict[int, Refusal] = {}
    for segment in image.segments:
        if segment.executable:
            found.update(search(image, segment))
    return found


def _lacks(what: str, line: int) -> Refusal:
    place = f", line {line}" if line else ""

    def act(_machine: "Machine") -> None:
        raise Unsupported((what,), f"not supported: the emulator lacks {what}{place}")

    return Refusal(act)


def _privileged(signal: str) -> Refusal:
    def act(_machine: "Machine") -> None:
        message = "a privileged instruction: only the operating system may execute it"
        raise GuestSignal("privileged-instruction", signal, message)

    return Refusal(act)


def _instead(length: int, effect: Callable[["Machine"], None]) -> Refusal:
    def act(machine: "Machine") -> None:
        effect(machine)
        machine.set_register(machine.arch.program_counter, machine.engine.pc + length)
        machine.engine.executed += 1

    return Refusal(act)


# x86-64

_PRIVILEGED_BYTES = frozenset(b"\xf4\xfa\xfb\xe4\xe5\xe6\xe7\xec\xed\xee\xef\x6c\x6d\x6e\x6f")
"""hlt cli sti in out ins outs (SDM volume 3, 5.9, and the I/O permission check with IOPL 0)."""
_PRIVILEGED_0F = frozenset(b"\x06\x07\x08\x09\x20\x21\x22\x23\x30\x32\x33\x35\xaa")
"""clts sysret invd wbinvd mov-cr mov-dr wrmsr rdmsr rdpmc sysexit rsm."""
_UNDEFINED_0F = frozenset(b"\x0b\xb9\xff")
"""ud2 ud1 ud0."""
_INVALID_64 = frozenset(b"\x06\x07\x0e\x16\x17\x1e\x1f\x27\x2f\x37\x3f\x60\x61\x82\x9a\xce\xd4\xd5\xd6\xea\xf1")
"""Opcodes that do not exist in 64-bit mode (SDM volume 2, A.3), and int1."""
_INTERESTING = frozenset(b"\x0f\xc4\xc5\x62\x8f") | _PRIVILEGED_BYTES
_FIRST_BYTES = _INTERESTING | PREFIXES | frozenset(range(0x40, 0x50))
"""What an instruction of interest may begin with: a prefix, REX or its opcode."""
_CANDIDATE = re.compile(
    b"(?=[%s]{0,14}[\x40-\x4f]?[%s])" % (re.escape(bytes(sorted(PREFIXES))), re.escape(bytes(sorted(_INTERESTING)))),
    re.DOTALL,
)
MOST_IN_GAPS = 20_000
"""Places looked at outside assembled instructions, so that a megabyte of them costs no more."""


def _search_x86(image: ProgramImage, segment: Segment) -> Iterator[tuple[int, Refusal]]:
    """The instructions of the line table, and every place between them where one could begin."""
    start, end = segment.address, segment.address + len(segment.data)
    code = [entry for entry in image.lines if entry.is_code and start <= entry.address < end]
    for entry in code:
        offset = entry.address - start
        refusal = _examine_x86(segment.data[offset : offset + entry.length], entry.line)
        if refusal is not None:
            yield entry.address, refusal
    yield from _search_gaps(image, segment, sorted(code, key=lambda entry: entry.address))


def _search_gaps(image: ProgramImage, segment: Segment, code: list[LineEntry]) -> Iterator[tuple[int, Refusal]]:
    """Bytes among the instructions that were never assembled as any: a program may jump there all the same."""
    for offset in islice(_places_in_gaps(segment, code), MOST_IN_GAPS):
        address = segment.address + offset
        refusal = _examine_x86(segment.data[offset : offset + LONGEST_X86], line_of(image, address))
        if refusal is not None:
            yield address, refusal


def _places_in_gaps(segment: Segment, code: list[LineEntry]) -> Iterator[int]:
    """Offsets where an instruction of interest may begin."""
    at, end = segment.address, segment.address + len(segment.data)
    for following, length in [*((entry.address, entry.length) for entry in code), (end, 0)]:
        for match in _CANDIDATE.finditer(segment.data, at - segment.address, max(at, following) - segment.address):
            yield match.start()
        at = max(at, following + length)


def examine_instruction(machine: "Machine", address: int) -> Refusal | None:
    """The refusal of the instruction at `address` as memory holds it now: for code written at run time."""
    if machine.arch.fixed_instruction_bytes:
        word = int.from_bytes(machine.memory.readable_bytes(address, 4), "little")
        return _privileged("SIGILL") if _is_refused_arm(word) else None
    return _examine_x86(machine.memory.readable_bytes(address, LONGEST_X86), line_of(machine.image, address))


def _examine_x86(data: bytes, line: int) -> Refusal | None:
    if not data or data[0] not in _FIRST_BYTES:
        return None
    opcode = split(data)
    if opcode is None or opcode.first not in _INTERESTING:
        return None
    if opcode.first == 0x0F:
        return _examine_0f(opcode)
    if opcode.first in _PRIVILEGED_BYTES:
        return _privileged("SIGSEGV")
    name = _vector_prefix(opcode)
    return _lacks(name, line) if name else None


def _vector_prefix(opcode: Opcode) -> str:
    """``AVX (VEX encoding)`` and the like; empty for ``pop`` (8f /0)."""
    names = {0xC4: "AVX (VEX encoding)", 0xC5: "AVX (VEX encoding)", 0x62: "AVX-512 (EVEX encoding)"}
    if opcode.first == 0x8F and opcode.rest and opcode.rest[0] >> 3 & 7:
        return "XOP"
    return names.get(opcode.first, "")


def _examine_0f(opcode: Opcode) -> Refusal | None:
    second = opcode.rest[0] if opcode.rest else 0
    register, direct = opcode.modrm >> 3 & 7, opcode.modrm >> 6 == 3
    if second == 0x31:
        return _instead(opcode.start + 2, _read_time_stamp)
    if second == 0x01:
        if opcode.modrm == 0xF9:
            return _instead(opcode.start + 3, _read_time_stamp)
        forbidden = opcode.modrm == 0xF8 or register == 6 or (register in (2, 3, 7) and not direct)
        return _privileged("SIGSEGV") if forbidden else None
    if second == 0xC7 and direct and register in (6, 7) and b"\xf3" not in opcode.prefixes:
        return _instead(opcode.start + 3, lambda machine: _read_random(machine, opcode))
    if second in _PRIVILEGED_0F or (second == 0x00 and register in (2, 3)):
        return _privileged("SIGSEGV")
    return None


def _read_time_stamp(machine: "Machine") -> None:
    """rdtsc and rdtscp: one tick an instruction."""
    ticks = machine.clock.monotonic_nanoseconds()
    machine.set_register("rax", ticks & 0xFFFFFFFF)
    machine.set_register("rdx", ticks >> 32)


def _read_random(machine: "Machine", opcode: Opcode) -> None:
    """rdrand and rdseed from the run's seeded generator; CF tells success, the other status flags are cleared."""
    name = NUMBERED_REGISTERS[(opcode.modrm & 7) | (opcode.rex & 1) << 3]
    size = 64 if opcode.rex & 8 else 16 if b"\x66" in opcode.prefixes else 32
    old = machine.register(name) if size == 16 else 0
    machine.set_register(name, old & MASK64 ^ (old & 0xFFFF) | machine.random.getrandbits(size))
    machine.set_register("rflags", machine.register("rflags") & ~0x8D5 | 1)


# aarch64

EL0_WRITABLE = frozenset(
    {(3, 3, 13, 0, 2), (3, 3, 4, 4, 0), (3, 3, 4, 4, 1), (3, 3, 4, 2, 0), (3, 3, 4, 2, 5), (3, 3, 4, 2, 6)}
)
"""op0 op1 CRn CRm op2 of tpidr_el0, fpcr, fpsr, nzcv, dit, ssbs."""
READABLE_REGISTERS = EL0_WRITABLE | {
    (3, 3, 13, 0, 3),  # tpidrro_el0
    (3, 3, 0, 0, 1),  # ctr_el0
    (3, 3, 0, 0, 7),  # dczid_el0
    *((3, 0, 0, crm, op2) for crm in range(8) for op2 in range(8)),  # identification, emulated by Linux
}


def _random64(machine: "Machine") -> int:
    return machine.random.getrandbits(64)


MRS_VALUES: Mapping[tuple[int, int, int, int, int], Callable[["Machine"], int]] = {
    (3, 3, 14, 0, 0): lambda machine: COUNTER_FREQUENCY,
    (3, 3, 14, 0, 1): lambda machine: machine.clock.monotonic_nanoseconds(),
    (3, 3, 14, 0, 2): lambda machine: machine.clock.monotonic_nanoseconds(),
    (3, 3, 14, 0, 5): lambda machine: machine.clock.monotonic_nanoseconds(),
    (3, 3, 14, 0, 6): lambda machine: machine.clock.monotonic_nanoseconds(),
    (3, 3, 2, 4, 0): _random64,
    (3, 3, 2, 4, 1): _random64,
}
"""cntfrq, cntpct, cntvct, cntpctss, cntvctss, rndr, rndrrs: from the run's clock and generator."""

_SYSTEM_CLASS = 0b1101010100
"""The top ten bits of system instructions, msr and mrs (Arm ARM C4.1.93)."""
_RETURNS = (0xD69F03E0, 0xD6BF03E0)
"""eret, drps."""
_MSR_IMMEDIATES = frozenset({(3, 1), (3, 2), (3, 4)})
"""op1, op2 of ssbs, dit, tco: the processor state fields that a process may set."""


def _search_arm(_image: ProgramImage, segment: Segment) -> Iterator[tuple[int, Refusal]]:
    """Every word: what is data is never executed."""
    whole = len(segment.data) // 4 * 4
    for index, (word,) in enumerate(struct.iter_unpack("<I", segment.data[:whole])):
        if _is_refused_arm(word):
            yield segment.address + 4 * index, _privileged("SIGILL")


def _is_refused_arm(word: int) -> bool:
    return (word >> 22 == _SYSTEM_CLASS or word in _RETURNS) and _forbidden_arm(word)


def _forbidden_arm(word: int) -> bool:
    """eret, drps; mrs and msr of what EL0 may not; cache, TLB and address translation instructions of EL1."""
    op1, crn, crm, op2 = word >> 16 & 7, word >> 12 & 15, word >> 8 & 15, word >> 5 & 7
    if word in _RETURNS:
        return True
    if word & 0xFFF8F01F == 0xD500401F:
        return (op1, op2) not in _MSR_IMMEDIATES and op1 != 0
    if word & 0xFFF00000 == 0xD5100000:
        return (word >> 19 & 1 | 2, op1, crn, crm, op2) not in EL0_WRITABLE
    if word & 0xFFF00000 == 0xD5300000:
        register = (word >> 19 & 1 | 2, op1, crn, crm, op2)
        return register not in READABLE_REGISTERS and register not in MRS_VALUES
    return word & 0xFFF80000 == 0xD5080000 and op1 != 3


# instructions that the emulator itself calls illegal


def unknown_instruction(machine: "Machine") -> str:
    """The name of what we lack, when the illegal instruction at pc is valid; empty when it is undefined."""
    pc = machine.engine.pc
    data = machine.memory.readable_bytes(pc, 15)
    entry = entry_at(machine.image, pc)
    written = entry is not None and entry.is_code and entry.address == pc
    if machine.arch.fixed_instruction_bytes:
        return _unknown_arm(int.from_bytes(data[:4], "little"), written)
    shown = data[: entry.length] if entry is not None and written else data
    return _unknown_x86(shown, written)


def _unknown_arm(word: int, written: bool) -> str:
    if word >> 25 & 0b1111 == 0b0010:
        return "SVE instructions"
    undefined = word >> 16 == 0 or word & 0xFF000000 == 0xD4000000 or word in _RETURNS
    return f"the instruction {word:#010x}" if written and not undefined else ""


def _unknown_x86(data: bytes, written: bool) -> str:
    opcode = split(data)
    if opcode is None or opcode.first in _INVALID_64:
        return ""
    if opcode.first == 0x0F and opcode.rest[:1] and opcode.rest[0] in _UNDEFINED_0F:
        return ""
    name = _vector_prefix(opcode)
    if name:
        return name
    return f"the instruction {data.hex(' ')}" if written else ""
