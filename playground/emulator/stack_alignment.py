"""aarch64's rule: the stack pointer is a multiple of 16 when it is a base register (Arm ARM D1.8.2, AAPCS64 6.4.5.1).

Unicorn does not check it. Programs that move the stack pointer by another amount are rare and nearly always wrong, so
only those are watched, instruction by instruction.
"""

from collections.abc import Iterator

from playground.assembly.program import ProgramImage

ALIGNMENT = 16
STACK = 31
"""The stack pointer's number as a base register."""


def stack_accesses(image: ProgramImage) -> frozenset[int]:
    """Addresses of the accesses through the stack pointer, when the image moves it by what is no multiple of 16."""
    if image.arch != "aarch64":
        return frozenset()
    words = list(_words(image))
    if not any(_adjustment(word) % ALIGNMENT for _, word in words):
        return frozenset()
    return frozenset(address for address, word in words if _is_stack_access(word))


def _words(image: ProgramImage) -> Iterator[tuple[int, int]]:
    for segment in image.segments:
        if segment.executable:
            for offset in range(0, len(segment.data) - 3, 4):
                yield segment.address + offset, int.from_bytes(segment.data[offset : offset + 4], "little")


def _adjustment(word: int) -> int:
    """By how much an instruction moves sp: add and sub with immediates, pre- and post-indexed accesses; else 0."""
    if word >> 5 & 31 != STACK:
        return 0
    if word & 0xBF80_0000 == 0x9100_0000 and word & 31 == STACK:
        return 0 if word >> 22 & 1 else word >> 10 & 0xFFF
    if word & 0x3B20_0400 == 0x3800_0400:
        return _signed(word >> 12 & 0x1FF, 9)
    if word & 0x3A80_0000 == 0x2880_0000:
        return _signed(word >> 15 & 0x7F, 7) * _pair_scale(word)
    return 0


def _pair_scale(word: int) -> int:
    """Bytes of one register of ldp or stp."""
    size = word >> 30
    return 4 << size if word >> 26 & 1 else 8 if size == 2 else 4


def _signed(value: int, bits: int) -> int:
    return value - (1 << bits) if value >> bits - 1 else value


def _is_stack_access(word: int) -> bool:
    """A load or store whose base register is sp (Arm ARM C4.1, loads and stores; literal loads have no base)."""
    is_access = word >> 25 & 0b0101 == 0b0100
    is_literal = word & 0x3B00_0000 == 0x1800_0000
    return is_access and not is_literal and word >> 5 & 31 == STACK
