"""The heap: blocks between red zones, checked when they are freed and at exit.

Placement is deterministic. Small blocks come from arenas in size classes and are reused last in, first out; large ones
get mappings of their own, which go away when freed (glibc's M_MMAP_THRESHOLD, man 3 mallopt). Between a block's last
requested byte and its class's end lies its rear red zone, at least 16 bytes of a fixed pattern.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Int, Pointer, Size
from playground.emulator.library.errors import set_errno
from playground.emulator.library.memory import copy, fill
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

STDLIB = "stdlib.h"
ENOMEM, EINVAL = 12, 22
ALIGNMENT = 16
ZONE = 16
"""Bytes of red zone before a block, and at least behind it."""
PATTERN = bytes.fromhex("fdfa") * 8
LARGEST_ARENA = 1 << 24
"""Bytes: arenas double, since a process may have few mappings."""
MAPPING_THRESHOLD = 1 << 20
PTRDIFF_MAX = (1 << 63) - 1


@dataclass(slots=True)
class Block:
    """One live or freed block."""

    start: int
    """Where its storage starts, red zone included."""
    capacity: int
    """Bytes of that storage."""
    size: int
    """Bytes that the program asked for."""
    mapped: bool


class Heap:
    """The blocks of one process."""

    def __init__(self, machine: "Machine") -> None:
        self._machine = machine
        self._live: dict[int, Block] = {}
        self._freed: dict[int, Block] = {}
        self._free: dict[int, list[int]] = {}
        self._arena = 0
        self._arena_end = 0
        self._next_arena = MAPPING_THRESHOLD

    def allocate(self, size: int, alignment: int = ALIGNMENT) -> int:
        """The address of a new block of `size` bytes, or 0 (errno ENOMEM) when it can never fit.

        Faults: ``memory`` limit when the process has used its share up.
        """
        if size > min(PTRDIFF_MAX, self._machine.limits.memory_bytes):
            set_errno(self._machine, ENOMEM)
            return 0
        slack = alignment - ALIGNMENT if alignment > ALIGNMENT else 0
        capacity = _class_of(2 * ZONE + size + slack)
        mapped = capacity >= MAPPING_THRESHOLD
        start = self._map(capacity) if mapped else self._take(capacity)
        address = (start + ZONE + alignment - 1) & -alignment
        self._live[address] = Block(start, capacity, size, mapped)
        self._freed.pop(address, None)
        self._write_zones(address, size)
        return address

    def _map(self, size: int) -> int:
        address = self._machine.map_region(size, "heap")
        if address == 0:
            limit = self._machine.limits.memory_bytes
            self._machine.stop_limit("memory", f"more memory than the limit of {limit:,} bytes")
        return address

    def _take(self, capacity: int) -> int:
        free = self._free.get(capacity)
        if free:
            return free.pop()
        if self._arena + capacity > self._arena_end:
            self._arena = self._map(self._next_arena)
            self._arena_end = self._arena + self._next_arena
            self._next_arena = min(2 * self._next_arena, LARGEST_ARENA)
        self._arena += capacity
        return self._arena - capacity

    def _write_zones(self, address: int, size: int) -> None:
        self._machine.write(address - ZONE, PATTERN)
        self._machine.write(address + size, PATTERN)

    def release(self, address: int, routine: str = "free") -> None:
        """Give a block back.

        Faults: ``double-free`` for a block that was given back before, ``abort`` for what is no block's start,
        ``red-zone`` when something was written outside the block.
        """
        if address == 0:
            return
        block = self._block(address, routine)
        self._check(address, block)
        del self._live[address]
        if block.mapped:
            self._machine.unmap_region(block.start)
        else:
            self._free.setdefault(block.capacity, []).append(block.start)
        self._freed[address] = block

    def _block(self, address: int, routine: str) -> Block:
        block = self._live.get(address)
        if block is not None:
            return block
        if address in self._freed:
            self._machine.abort("double-free", f"{routine}(): the block at {address:#x} was already freed")
        self._machine.abort("abort", f"{routine}(): {address:#x} is not the start of a heap block{self._near(address)}")
        raise AssertionError("abort does not return")

    def _near(self, address: int) -> str:
        described = self.describe(address)
        return f" ({described})" if described else ""

    def resize(self, address: int, size: int) -> int:
        """realloc: the block's new address, or 0 with the old block intact. Size 0 frees, as glibc does."""
        if address == 0:
            return self.allocate(size)
        block = self._block(address, "realloc")
        self._check(address, block)
        if size == 0:
            self.release(address, "realloc")
            return 0
        if not block.mapped and address + size + ZONE <= block.start + block.capacity and size > block.size // 2:
            block.size = size
            self._write_zones(address, size)
            return address
        target = self.allocate(size)
        if target:
            copy(self._machine, target, address, min(size, block.size))
            self.release(address, "realloc")
        return target

    def clear(self, address: int, size: int) -> None:
        """calloc's zeroing; a fresh mapping is zero already."""
        if not self._live[address].mapped:
            fill(self._machine, address, 0, size)

    def usable_size(self, address: int) -> int:
        """malloc_usable_size: the requested size, since every byte behind it is red zone."""
        return 0 if address == 0 else self._block(address, "malloc_usable_size").size

    def check(self) -> None:
        """Check every live block's red zones (at exit)."""
        for address, block in self._live.items():
            self._check(address, block)

    def _check(self, address: int, block: Block) -> None:
        if self._machine.read(address + block.size, ZONE) != PATTERN:
            self._overrun(address, block, after=True)
        if self._machine.read(address - ZONE, ZONE) != PATTERN:
            self._overrun(address, block, after=False)

    def _overrun(self, address: int, block: Block, *, after: bool) -> None:
        start = address + block.size if after else address - ZONE
        found = self._machine.read(start, ZONE)
        wrong = [index for index in range(ZONE) if found[index] != PATTERN[index]]
        where = start + (wrong[0] if after else wrong[-1])
        distance = f"{wrong[0]} bytes past the end" if after else f"{address - where} bytes before the start"
        text = f"something wrote {distance} of the {block.size}-byte heap block at {address:#x}"
        self._machine.abort("red-zone", text)

    def describe(self, address: int) -> str:
        """Where `address` lies relative to the heap's blocks, for a fault's description; empty when far from all."""
        for table, state in ((self._live, ""), (self._freed, "freed ")):
            for start, block in table.items():
                if block.start <= address < block.start + block.capacity:
                    return (
                        f"{_position(address, start, block.size)} the {block.size}-byte {state}heap block at {start:#x}"
                    )
        return ""


def _position(address: int, start: int, size: int) -> str:
    if address < start:
        return f"{start - address} bytes before"
    if address >= start + size:
        return f"{address - start - size} bytes past the end of"
    return f"{address - start} bytes into"


def _class_of(size: int) -> int:
    """The storage size for `size` bytes: eight classes per doubling, multiples of 16; whole pages when large."""
    if size >= MAPPING_THRESHOLD:
        return (size + 4095) & -4096
    step = max(16, 1 << max(0, size.bit_length() - 4))
    return (size + step - 1) & -step


@function("malloc", header=STDLIB)
def malloc(machine: "Machine", size: Size) -> Pointer:
    """A block of size bytes, or NULL."""
    return library_state(machine).heap.allocate(size)


@function(header=STDLIB)
def calloc(machine: "Machine", count: Size, size: Size) -> Pointer:
    """A zeroed array, or NULL (also when count * size overflows)."""
    heap = library_state(machine).heap
    address = heap.allocate(count * size)
    if address:
        heap.clear(address, count * size)
    return address


@function(header=STDLIB)
def realloc(machine: "Machine", block: Pointer, size: Size) -> Pointer:
    """The block with a new size, perhaps elsewhere."""
    return library_state(machine).heap.resize(block, size)


@function(header=STDLIB)
def reallocarray(machine: "Machine", block: Pointer, count: Size, size: Size) -> Pointer:
    """realloc to count * size, NULL on overflow."""
    if count * size > PTRDIFF_MAX:
        set_errno(machine, ENOMEM)
        return 0
    return library_state(machine).heap.resize(block, count * size)


@function("free", "cfree", header=STDLIB)
def free(machine: "Machine", block: Pointer) -> None:
    """Give a block back; NULL is nothing."""
    library_state(machine).heap.release(block)


@function("aligned_alloc", "memalign", header=STDLIB)
def aligned_alloc(machine: "Machine", alignment: Size, size: Size) -> Pointer:
    """A block at a multiple of alignment (a power of two)."""
    if alignment & (alignment - 1) or alignment > 1 << 30:
        set_errno(machine, EINVAL)
        return 0
    return library_state(machine).heap.allocate(size, max(alignment, ALIGNMENT))


@function(header=STDLIB)
def posix_memalign(machine: "Machine", result: Pointer, alignment: Size, size: Size) -> Int:
    """aligned_alloc by reference; the error is the result."""
    if alignment % 8 or alignment & (alignment - 1) or alignment == 0 or alignment > 1 << 30:
        return EINVAL
    address = library_state(machine).heap.allocate(size, max(alignment, ALIGNMENT))
    if address == 0:
        return ENOMEM
    machine.write_integer(result, address, 8)
    return 0


@function(header=STDLIB)
def valloc(machine: "Machine", size: Size) -> Pointer:
    """A page-aligned block."""
    return library_state(machine).heap.allocate(size, 4096)


@function(header="malloc.h")
def malloc_usable_size(machine: "Machine", block: Pointer) -> Size:
    """Bytes that may be used: here exactly those asked for."""
    return library_state(machine).heap.usable_size(block)
