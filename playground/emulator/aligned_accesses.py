"""x86-64's rule: SSE instructions with a 16-byte memory operand need it aligned, but for the unaligned moves.

Intel SDM volume 1, 10.4.1.1 and volume 2, each instruction's exception class; natively a general protection fault,
which Unicorn does not raise. VEX encodings, which are exempt, are refused elsewhere. Not covered: AES instructions,
cmpxchg16b and fxsave, and what a program writes at run time.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from playground.assembly.program import ProgramImage
from playground.emulator.x86_encoding import NUMBERED_REGISTERS, Opcode, split

ALIGNMENT = 16
MOST_WATCHED = 2000
"""Instructions; each costs a little at every translation."""
SHORTEST = 3
"""Bytes of 0F, opcode and ModRM."""
MASK64 = (1 << 64) - 1


def _bytes(text: str) -> frozenset[int]:
    """``14-15 28`` as a set of opcodes."""
    found: set[int] = set()
    for word in text.split():
        first, _, last = word.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


_AFTER_0F: Mapping[int, frozenset[int]] = {
    0: _bytes("14-15 28-29 2b 51-59 5b-5f c2 c6"),
    0x66: _bytes("14-15 28-29 2b 51 54-6d 6f-70 74-76 7c-7d 7f c2 c6 d0-d5 d8-f6 f8-fe"),
    0xF2: _bytes("70 7c-7d d0 e6"),
    0xF3: _bytes("12 16 5b 70"),
}
"""By the mandatory prefix; two-byte opcodes that read or write 16 aligned bytes."""
_AFTER_0F38 = _bytes("00-0b 10 14-15 17 1c-1e 28-2b 37-41")
_AFTER_0F3A = _bytes("08-09 0c-0f 40-42 44")


@dataclass(frozen=True)
class Operand:
    """A memory operand: where an instruction accesses 16 bytes."""

    base: str
    """Empty when there is none, ``rip`` with the next instruction's address already in `displacement`."""
    index: str
    scale: int
    displacement: int
    segment: str

    def address(self, read: Callable[[str], int]) -> int:
        """The effective address, with the registers as `read` gives them."""
        total = self.displacement
        for name in (self.base, self.segment):
            total += read(name) if name else 0
        if self.index:
            total += read(self.index) * self.scale
        return total & MASK64


def aligned_accesses(image: ProgramImage) -> Mapping[int, Operand]:
    """The instructions of the image that need their operand aligned, by address."""
    found: dict[int, Operand] = {}
    if image.arch != "x86_64":
        return found
    for address, data in _instructions(image):
        operand = aligned_operand(data, address)
        if operand is not None and not _is_aligned_for_sure(operand):
            found[address] = operand
            if len(found) == MOST_WATCHED:
                break
    return found


def _is_aligned_for_sure(operand: Operand) -> bool:
    """A fixed address."""
    return not (operand.base or operand.index or operand.segment) and operand.displacement % ALIGNMENT == 0


def _instructions(image: ProgramImage) -> Iterator[tuple[int, bytes]]:
    for segment in image.segments:
        if segment.executable:
            start, end = segment.address, segment.address + len(segment.data)
            for entry in image.lines:
                if entry.is_code and start <= entry.address < end and entry.length >= SHORTEST:
                    offset = entry.address - start
                    yield entry.address, segment.data[offset : offset + entry.length]


def aligned_operand(data: bytes, address: int) -> Operand | None:
    """The memory operand that must be aligned of the instruction `data` at `address`; None when it has none."""
    opcode = split(data)
    if opcode is None or opcode.first != 0x0F or len(opcode.rest) < 2:
        return None
    second = opcode.rest[0]
    if second in (0x38, 0x3A):
        table = _AFTER_0F38 if second == 0x38 else _AFTER_0F3A
        needs = opcode.mandatory == 0x66 and len(opcode.rest) > 2 and opcode.rest[1] in table
        return _memory_operand(opcode, opcode.rest[2:], address + len(data)) if needs else None
    needs = second in _AFTER_0F[opcode.mandatory]
    return _memory_operand(opcode, opcode.rest[1:], address + len(data)) if needs else None


def _memory_operand(opcode: Opcode, encoded: bytes, following: int) -> Operand | None:
    """From ModRM on (SDM volume 2, tables 2-2 and 2-3); None for a register operand."""
    modrm = encoded[0]
    mode, low = modrm >> 6, modrm & 7
    if mode == 3:
        return None
    base, index, scale, at = low | (opcode.rex & 1) << 3, "", 1, 1
    no_base = mode == 0 and low == 5
    if low == 4:
        sib, at = encoded[1], 2
        base = sib & 7 | (opcode.rex & 1) << 3
        numbered = sib >> 3 & 7 | (opcode.rex & 2) << 2
        index, scale = NUMBERED_REGISTERS[numbered] if numbered != 4 else "", 1 << (sib >> 6)
        no_base = mode == 0 and sib & 7 == 5
    size = {0: 4 if no_base else 0, 1: 1, 2: 4}[mode]
    displacement = int.from_bytes(encoded[at : at + size], "little", signed=True)
    if no_base and low == 5:
        displacement += following
    segment = "fs_base" if 0x64 in opcode.prefixes else "gs_base" if 0x65 in opcode.prefixes else ""
    return Operand("" if no_base else NUMBERED_REGISTERS[base], index, scale, displacement, segment)
