"""std::string (the C++11 ABI's std::__cxx11::basic_string<char>) in guest memory: layout, growth, registration.

Layout: pointer, size, then capacity or 16 bytes of local storage (bits/basic_string.h).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playground.emulator.library.cxx.exceptions import throw, throw_out_of_range
from playground.emulator.library.cxx.memory import LIBSTDCXX, read_pointer, write_pointer
from playground.emulator.library.cxx.runtime import allocate
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

LOCAL_CAPACITY = 15
MAX_SIZE = (1 << 63) - 1
NPOS = (1 << 64) - 1
CLASS = "NSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE"


class GuestString:
    """A std::string object in guest memory."""

    def __init__(self, machine: "Machine", address: int) -> None:
        self._machine = machine
        self.address = address

    @property
    def data(self) -> int:
        return read_pointer(self._machine, self.address)

    @property
    def size(self) -> int:
        return read_pointer(self._machine, self.address + 8)

    @property
    def local(self) -> int:
        """The address of the local storage."""
        return self.address + 16

    @property
    def capacity(self) -> int:
        return LOCAL_CAPACITY if self.data == self.local else read_pointer(self._machine, self.local)

    @property
    def content(self) -> bytes:
        return self._machine.read(self.data, self.size)

    def construct(self, content: bytes) -> None:
        """Initialise raw storage."""
        write_pointer(self._machine, self.address, self.local)
        if len(content) > LOCAL_CAPACITY:
            self._own(create(self._machine, len(content), 0), len(content))
        self._fill(content)

    def _own(self, block: int, capacity: int) -> None:
        write_pointer(self._machine, self.address, block)
        write_pointer(self._machine, self.local, capacity)

    def _fill(self, content: bytes) -> None:
        self._machine.write(self.data, content + b"\0")
        write_pointer(self._machine, self.address + 8, len(content))

    def set_size(self, size: int) -> None:
        """_M_set_length: the size and the NUL."""
        write_pointer(self._machine, self.address + 8, size)
        self._machine.write(self.data + size, b"\0")

    def dispose(self) -> None:
        """Give allocated storage back."""
        if self.data != self.local:
            library_state(self._machine).heap.release(self.data, "operator delete")

    def assign(self, content: bytes) -> None:
        """Replace everything, growing as libstdc++ grows."""
        if len(content) > self.capacity:
            self.grow(len(content))
        self._fill(content)

    def grow(self, wanted: int) -> int:
        """New storage for `wanted` characters or twice the old capacity; the contents are not kept."""
        capacity = grown_capacity(self._machine, wanted, self.capacity)
        block = create(self._machine, capacity, 0)
        self.dispose()
        self._own(block, capacity)
        return capacity

    def reserve(self, wanted: int) -> None:
        """At least `wanted` characters of room, contents kept."""
        if wanted > self.capacity:
            content = self.content
            self.grow(wanted)
            self._fill(content)

    def replace(self, position: int, count: int, content: bytes) -> None:
        """Replace `count` characters at `position`."""
        before = self.content
        if len(before) - count + len(content) > MAX_SIZE:
            throw(self._machine, "St12length_error", "basic_string::_M_replace")
        self.assign(before[:position] + content + before[position + count :])

    def check(self, position: int, routine: str) -> int:
        """`position`, or std::out_of_range."""
        if position > self.size:
            throw_out_of_range(
                self._machine,
                f"{routine}: __pos (which is {position}) > this->size() (which is {self.size})",
            )
        return position


def grown_capacity(machine: "Machine", wanted: int, old: int) -> int:
    """_M_create's growth: at least double."""
    if wanted > MAX_SIZE:
        throw(machine, "St12length_error", "basic_string::_M_create")
    return min(2 * old, MAX_SIZE) if old < wanted < 2 * old else wanted


def create(machine: "Machine", capacity: int, old: int) -> int:
    """Storage for `capacity` characters and the NUL."""
    return allocate(machine, grown_capacity(machine, capacity, old) + 1)


def method(*signatures: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a member function by its mangled signatures (``C1Ev``); const ones start with ``K ``."""
    names = [f"_ZNK{CLASS[1:]}{s[2:]}" if s.startswith("K ") else f"_Z{CLASS}{s}" for s in signatures]
    return function(*names, header=LIBSTDCXX)


def repeated(machine: "Machine", c: int, count: int) -> bytes:
    """`count` times a character, within what a run may have."""
    if count > MAX_SIZE:
        throw(machine, "St12length_error", "basic_string::_M_create")
    if count > machine.limits.memory_bytes:
        throw(machine, "St9bad_alloc", "std::bad_alloc")
    return bytes([c]) * count


def take(machine: "Machine", this: int, other: int) -> None:
    target, source = GuestString(machine, this), GuestString(machine, other)
    if source.data == source.local:
        target.construct(source.content)
    else:
        machine.write(this, machine.read(other, 24))
    write_pointer(machine, other, source.local)
    source.set_size(0)


def append_bytes(machine: "Machine", this: int, content: bytes) -> int:
    """Append; the string's address."""
    text = GuestString(machine, this)
    size, total = text.size, text.size + len(content)
    if total > MAX_SIZE:
        throw(machine, "St12length_error", "basic_string::append")
    text.reserve(total)
    machine.write(text.data + size, content + b"\0")
    write_pointer(machine, this + 8, total)
    return this
