"""Bounded work on guest memory: whatever a program asks for, ours stays small."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

CHUNK = 1 << 16
"""Bytes handled at a time; a wild size faults at the first unmapped chunk instead of filling our memory."""


def fill(machine: "Machine", address: int, byte: int, count: int) -> None:
    """memset: `count` times `byte`."""
    block = bytes([byte & 0xFF]) * min(count, CHUNK)
    for offset in range(0, count, CHUNK):
        machine.write(address + offset, block[: min(CHUNK, count - offset)])


def copy(machine: "Machine", target: int, source: int, count: int) -> None:
    """memmove: correct for overlapping blocks, since large blocks are copied from the safe end."""
    starts = range(0, count, CHUNK)
    for offset in reversed(starts) if source < target < source + count else starts:
        size = min(CHUNK, count - offset)
        machine.write(target + offset, machine.read(source + offset, size))


def first_difference(machine: "Machine", left: int, right: int, count: int) -> tuple[int, int] | None:
    """The first pair of unequal bytes of two blocks, or None when they are equal."""
    for offset in range(0, count, CHUNK):
        size = min(CHUNK, count - offset)
        one, two = machine.read(left + offset, size), machine.read(right + offset, size)
        if one != two:
            return next(pair for pair in zip(one, two, strict=True) if pair[0] != pair[1])
    return None


def find_byte(machine: "Machine", address: int, byte: int, count: int) -> int | None:
    """The address of the first `byte` among `count`, or None. Reads no further than the page that holds it."""
    end = address + count
    while address < end:
        size = min(end - address, 4096 - address % 4096)
        index = machine.read(address, size).find(byte & 0xFF)
        if index >= 0:
            return address + index
        address += size
    return None
