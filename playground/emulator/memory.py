"""The process's address space: regions of our own anonymous memory, shared with the engine, so reads cost no call."""

import mmap
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from playground.emulator.faults import GuestFault, LimitReached

PAGE = 4096
MOST_REGIONS = 512
"""Mappings a process may have: each one slows the engine, so far fewer than Linux's 65,530."""


MOST_SPARES = 32
"""Regions kept without a use."""


@dataclass(eq=False)
class Region:
    """A mapping with one set of permissions."""

    name: str
    address: int
    size: int
    readable: bool
    writable: bool
    executable: bool
    storage: mmap.mmap
    content: int = 0
    """Bytes before what the name names (an array argument ends at the region's end)."""

    @property
    def end(self) -> int:
        return self.address + self.size

    @property
    def permissions(self) -> tuple[bool, bool, bool]:
        return self.readable, self.writable, self.executable


class Backend(Protocol):
    """What the processor must offer the address space (`engine.Engine` does)."""

    def map(self, region: Region) -> None:
        """Make `region` visible to the processor."""

    def unmap(self, region: Region) -> None:
        """Take `region` away from the processor."""

    def protect(self, region: Region) -> None:
        """Take over the region's permissions as they stand now."""

    def code_changed(self, address: int, size: int) -> None:
        """Forget translations of these bytes."""


WriteObserver = Callable[[int, int], None]


class AddressSpace:
    """Regions in address order. Reading and writing here obeys permissions as the processor does.

    A region given back by `release_all` stays with the engine as a spare without any rights, since mapping a megabyte
    anew costs 600 us and giving rights back 20 us; `conceal_spares` must run before guest code does.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._regions: list[Region] = []
        self._starts: list[int] = []
        self._spares: dict[tuple[int, int], Region] = {}
        self.limit = 1 << 62
        """Bytes that all regions may have together."""
        self.used = 0
        self.observer: WriteObserver | None = None
        """Told (address, size) before every write that does not come from guest instructions (a trace)."""

    def __iter__(self) -> Iterator[Region]:
        return iter(self._regions)

    # mapping

    def map(
        self,
        address: int,
        size: int,
        name: str,
        *,
        writable: bool = True,
        executable: bool = False,
        readable: bool = True,
        data: bytes = b"",
    ) -> Region:
        """A new region, zero-filled behind `data`. `address` and `size` are multiples of PAGE and overlap nothing.

        Raises:
            LimitReached: the memory limit, or too many mappings.
        """
        if self.used + size > self.limit:
            raise LimitReached("memory", f"more memory than the limit of {self.limit:,} bytes")
        if len(self._regions) >= MOST_REGIONS:
            raise LimitReached("memory", f"more than {MOST_REGIONS} mappings")
        permissions = (readable, writable, executable)
        region = self._spares.pop((address, size), None)
        if region is None:
            self._drop_spares_in(address, address + size)
            storage = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            region = Region(name, address, size, *permissions, storage=storage)
            region.storage[: len(data)] = data
            self._backend.map(region)
        else:
            region.name, region.content = name, 0
            self._refill(region, permissions, data)
        index = bisect_right(self._starts, address)
        self._regions.insert(index, region)
        self._starts.insert(index, address)
        self.used += size
        return region

    def _refill(self, region: Region, permissions: tuple[bool, bool, bool], data: bytes) -> None:
        unchanged = region.permissions == permissions and region.storage[: len(data)] == data
        if region.executable and unchanged and not region.writable:
            return  # the code of the process before: its translations stay
        region.storage.madvise(mmap.MADV_DONTNEED)
        region.storage[: len(data)] = data
        if region.permissions != permissions:
            region.readable, region.writable, region.executable = permissions
            self._backend.protect(region)
        if region.executable:
            self._backend.code_changed(region.address, region.size)

    def unmap(self, region: Region) -> None:
        """Remove one region."""
        index = self._regions.index(region)
        del self._regions[index], self._starts[index]
        self.used -= region.size
        self._backend.unmap(region)

    def protect(self, region: Region, *, readable: bool, writable: bool, executable: bool) -> None:
        """Change a whole region's permissions."""
        region.readable, region.writable, region.executable = readable, writable, executable
        self._backend.protect(region)
        if executable:
            self._backend.code_changed(region.address, region.size)

    def split(self, region: Region, address: int) -> tuple[Region, Region]:
        """Cut `region` in two at `address` (a page inside it), contents kept."""
        pieces = ((region.address, address), (address, region.end))
        data = region.storage[:]
        self.unmap(region)
        made = []
        for start, end in pieces:
            part = data[start - region.address : end - region.address]
            new = self.map(
                start,
                end - start,
                region.name,
                readable=region.readable,
                writable=region.writable,
                executable=region.executable,
                data=part,
            )
            made.append(new)
        return made[0], made[1]

    def release_all(self) -> None:
        """Give back every region; they become spares."""
        for region in self._regions:
            self._spares[region.address, region.size] = region
        self._regions, self._starts, self.used = [], [], 0

    def conceal_spares(self) -> None:
        """Take the rights of what the present process did not take over, so that its guard gaps are gaps."""
        for region in self._spares.values():
            if any(region.permissions):
                region.readable = region.writable = region.executable = False
                region.storage.madvise(mmap.MADV_DONTNEED)
                self._backend.protect(region)
        while len(self._spares) > MOST_SPARES:
            oldest = next(iter(self._spares))
            self._backend.unmap(self._spares.pop(oldest))

    def _drop_spares_in(self, start: int, end: int) -> None:
        for key, region in list(self._spares.items()):
            if region.address < end and start < region.end:
                self._backend.unmap(self._spares.pop(key))

    # finding

    def find(self, address: int) -> Region | None:
        """The region that holds `address`."""
        index = bisect_right(self._starts, address) - 1
        if index >= 0 and address < self._regions[index].end:
            return self._regions[index]
        return None

    def overlapping(self, start: int, end: int) -> list[Region]:
        """The regions that share a byte with start..end, in order."""
        return [region for region in self._regions if region.address < end and start < region.end]

    # reading and writing

    def read(self, address: int, size: int) -> bytes:
        """`size` bytes.

        Raises:
            GuestFault: names the first byte that may not be read.
        """
        region = self.find(address)
        if region is not None and address + size <= region.end and region.readable:
            offset = address - region.address
            return region.storage[offset : offset + size]
        if size <= 0:
            return b""
        if region is None or not region.readable:
            raise GuestFault("read", address, size, protected=region is not None)
        head = region.end - address
        return self.read(address, head) + self.read(region.end, size - head)

    def write(self, address: int, data: bytes) -> None:
        """Store `data`; nothing is stored when any of it may not be.

        Raises:
            GuestFault: names the first byte that may not be written.
        """
        region = self.find(address)
        if region is not None and address + len(data) <= region.end and region.writable:
            self._store(region, address - region.address, data)
            return
        pieces = list(self._pieces(address, data))
        for piece, offset, part in pieces:
            self._store(piece, offset, part)

    def _pieces(self, address: int, data: bytes) -> Iterator[tuple[Region, int, bytes]]:
        at = 0
        while at < len(data):
            region = self.find(address + at)
            if region is None or not region.writable:
                raise GuestFault("write", address + at, len(data) - at, protected=region is not None)
            size = min(len(data) - at, region.end - address - at)
            yield region, address + at - region.address, data[at : at + size]
            at += size

    def _store(self, region: Region, offset: int, data: bytes) -> None:
        if self.observer is not None:
            self.observer(region.address + offset, len(data))
        region.storage[offset : offset + len(data)] = data
        if region.executable:
            self._backend.code_changed(region.address + offset, len(data))

    def readable_bytes(self, address: int, most: int) -> bytes:
        """Up to `most` bytes from `address`, as far as memory goes (for displays; never faults)."""
        found = b""
        while len(found) < most:
            region = self.find(address + len(found))
            if region is None or not region.readable:
                break
            offset = address + len(found) - region.address
            found += region.storage[offset : offset + most - len(found)]
        return found
