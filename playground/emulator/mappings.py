"""The memory calls of the kernel: brk, mmap, munmap, mprotect on the process's address space (man 2 of each)."""

import errno
from collections.abc import Callable

from playground.emulator.faults import LimitReached
from playground.emulator.memory import PAGE, AddressSpace, Region

PROT_READ, PROT_WRITE, PROT_EXEC = 1, 2, 4
MAP_FIXED, MAP_ANONYMOUS, MAP_FIXED_NOREPLACE = 0x10, 0x20, 0x100000
"""asm-generic/mman-common.h."""
MMAP_BASE = 0x7800_0000_0000
HIGHEST = 0x7FFF_FFFF_F000


def pages(size: int) -> int:
    """`size` rounded up to whole pages."""
    return -(-size // PAGE) * PAGE


class Mappings:
    """Where the program break stands and where the next mapping goes."""

    def __init__(self, memory: AddressSpace, executable: Callable[[int, int], None]) -> None:
        """`executable(start, end)` is told of memory that the process makes executable."""
        self._memory = memory
        self._executable = executable
        self._break_start = self._break = self._break_mapped = 0
        self._next = MMAP_BASE

    def start_break(self, address: int) -> None:
        """The program break begins at `address` (page-aligned) with nothing mapped."""
        self._break_start = self._break = self._break_mapped = address

    def brk(self, address: int) -> int:
        """The new break, or the old one when it cannot move (the kernel's answer, not the C library's)."""
        if address < self._break_start:
            return self._break
        end = pages(address)
        if end > self._break_mapped and not self._grow(end):
            return self._break
        self._break = address
        return address

    def _grow(self, end: int) -> bool:
        step = max(pages(end - self._break_mapped), 1 << 20)
        for size in (step, end - self._break_mapped):
            if self._memory.overlapping(self._break_mapped, self._break_mapped + size):
                return False
            try:
                self._memory.map(self._break_mapped, size, "heap")
            except LimitReached:
                continue
            self._break_mapped += size
            return True
        return False

    def mmap(self, address: int, length: int, protection: int, flags: int) -> int:
        """The address of a new anonymous mapping, or a negative error number."""
        size = pages(length)
        if length <= 0 or (address % PAGE and flags & MAP_FIXED):
            return -errno.EINVAL
        if size > HIGHEST:
            return -errno.ENOMEM
        if not flags & (MAP_FIXED | MAP_FIXED_NOREPLACE):
            address = self._next
        if address + size > HIGHEST or address < PAGE:
            return -errno.ENOMEM
        if flags & MAP_FIXED:
            self.munmap(address, size)
        elif self._memory.overlapping(address, address + size):
            return -errno.EEXIST
        try:
            self._memory.map(
                address,
                size,
                "mapping",
                readable=bool(protection & (PROT_READ | PROT_WRITE | PROT_EXEC)),
                writable=bool(protection & PROT_WRITE),
                executable=bool(protection & PROT_EXEC),
            )
        except LimitReached:
            return -errno.ENOMEM
        if protection & PROT_EXEC:
            self._executable(address, address + size)
        if address == self._next:
            self._next += size + PAGE
        return address

    def munmap(self, address: int, length: int) -> int:
        """0; whole pages in the range are unmapped, wherever mappings begin and end."""
        if address % PAGE or length <= 0:
            return -errno.EINVAL
        for region in self._exactly(address, address + pages(length)):
            self._memory.unmap(region)
        return 0

    def mprotect(self, address: int, length: int, protection: int) -> int:
        """0, or -ENOMEM when part of the range is not mapped."""
        if address % PAGE:
            return -errno.EINVAL
        end = address + pages(length)
        found = self._memory.overlapping(address, end)
        covered = sum(min(region.end, end) - max(region.address, address) for region in found)
        if covered < end - address:
            return -errno.ENOMEM
        for region in self._exactly(address, end):
            self._memory.protect(
                region,
                readable=bool(protection & (PROT_READ | PROT_WRITE | PROT_EXEC)),
                writable=bool(protection & PROT_WRITE),
                executable=bool(protection & PROT_EXEC),
            )
            if protection & PROT_EXEC:
                self._executable(region.address, region.end)
        return 0

    def _exactly(self, start: int, end: int) -> list[Region]:
        """The regions inside start..end, those that stick out cut first."""
        for edge in (start, end):
            for region in self._memory.overlapping(edge, edge + 1):
                if region.address < edge:
                    self._memory.split(region, edge)
        return self._memory.overlapping(start, end)
