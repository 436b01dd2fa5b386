"""What a process's memory and registers are to library functions and system calls."""

from playground.emulator.engine import Engine
from playground.emulator.faults import LimitReached
from playground.emulator.memory import PAGE, AddressSpace

MASK64 = (1 << 64) - 1
STATIC_BASE = 0x6000_0000_0000
MAPPING_BASE = 0x7000_0000_0000
LONGEST_STRING = 1 << 24


class MachineState:
    """Memory by address and registers by name; `machine.Machine` adds control."""

    def __init__(self, engine: Engine, memory: AddressSpace) -> None:
        self.engine = engine
        self.memory = memory
        self._static_next = 0
        self._static_end = 0
        self._mapping_next = MAPPING_BASE

    # memory

    def read(self, address: int, size: int) -> bytes:
        """`size` bytes at `address`.

        Raises:
            GuestFault: some of them may not be read.
        """
        return self.memory.read(address & MASK64, size)

    def write(self, address: int, data: bytes) -> None:
        """Store `data` at `address`; all or nothing.

        Raises:
            GuestFault: some byte is unmapped or read-only.
        """
        self.memory.write(address & MASK64, bytes(data))

    def read_integer(self, address: int, size: int, signed: bool = False) -> int:
        """A little-endian integer of `size` bytes."""
        return int.from_bytes(self.read(address, size), "little", signed=signed)

    def write_integer(self, address: int, value: int, size: int) -> None:
        """Store the low `size` bytes of `value`, little endian."""
        self.write(address, (value & (1 << 8 * size) - 1).to_bytes(size, "little"))

    def read_cstring(self, address: int, limit: int = LONGEST_STRING) -> bytes:
        """The bytes before the NUL, at most `limit` (then without looking for a NUL further on).

        Raises:
            GuestFault: memory ends before the NUL.
        """
        address &= MASK64
        found = b""
        while len(found) < limit:
            here = address + len(found)
            size = min(PAGE - here % PAGE, limit - len(found))
            chunk = self.memory.read(here, size)
            end = chunk.find(0)
            if end >= 0:
                return found + chunk[:end]
            found += chunk
        return found

    def map_region(self, size: int, name: str, writable: bool = True) -> int:
        """A new zero-filled region of at least `size` bytes with unmapped pages before and behind it.

        Its address; 0 when the memory limit leaves no room for it.
        """
        pages = max(PAGE, -(-size // PAGE) * PAGE)
        address = self._mapping_next
        try:
            self.memory.map(address, pages, name, writable=writable)
        except LimitReached:
            return 0
        self._mapping_next = address + pages + PAGE
        return address

    def unmap_region(self, address: int, size: int = 0) -> None:
        """Take back what `map_region` gave (all of it: `size` is what was asked for)."""
        region = self.memory.find(address)
        if region is None or region.address != address or size > region.size:
            raise ValueError(f"no region of {size} bytes begins at {address:#x}")
        self.memory.unmap(region)

    def allocate_static(self, size: int, alignment: int = 16) -> int:
        """Memory for the library's own data, for the life of the process; zero-filled."""
        start = -(-self._static_next // alignment) * alignment
        if not self._static_next or start + size > self._static_end:
            pages = max(16 * PAGE, -(-(size + alignment) // PAGE) * PAGE)
            base = self._static_end + PAGE if self._static_end else STATIC_BASE
            self.memory.map(base, pages, "library data")
            start, self._static_end = base, base + pages
        self._static_next = start + size
        return start

    # registers

    def register(self, name: str) -> int:
        """A general register, pc or flags by the architecture table's name: 64 bits, unsigned."""
        return self.engine.read(name)

    def set_register(self, name: str, value: int) -> None:
        """The low 64 bits of `value`."""
        self.engine.write(name, value)

    def vector(self, name: str) -> int:
        """A vector register (``xmm0``, ``v0``): 128 bits, unsigned."""
        return self.engine.read_vector(name)

    def set_vector(self, name: str, value: int) -> None:
        """The low 128 bits of `value`."""
        self.engine.write_vector(name, value)

    def push_x87(self, bits: int) -> None:
        """An 80-bit extended value on top of the x87 stack: a long double result on x86-64."""
        self.engine.push_x87(bits)
