"""std::ostringstream, std::istringstream and std::stringstream.

Their characters are kept here and mirrored in the stringbuf's own string, which inlined code reads and replaces.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Int, Pair, Pointer, ResultAddress, Size
from playground.emulator.library.cxx.ios import (
    BAD,
    END,
    FAIL,
    Ios,
    StringBuffer,
    initialise_ios,
    ios_state,
    stream_vtable,
)
from playground.emulator.library.cxx.memory import LIBSTDCXX, write_pointer
from playground.emulator.library.cxx.string import GuestString
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

APPEND, AT_END, IN, OUT = 1, 2, 8, 16
"""std::ios_base::openmode bits."""


@dataclass(frozen=True)
class Layout:
    """Where the parts of a string stream lie (LP64): its stringbuf and its basic_ios."""

    name: str
    buffer: int
    ios: int
    default_mode: int
    output: int | None
    """Offset of the ostream part in a class that has both."""


MASK64 = (1 << 64) - 1
MODE, STRING_MEMBER = 64, 72
"""Offsets of basic_stringbuf's _M_mode and _M_string, behind the eight words of basic_streambuf (sstream, LP64)."""


class MirroredBuffer(StringBuffer):
    """The characters of the stringbuf at `address`, whose std::string always holds the same."""

    def __init__(self, machine: "Machine", address: int, mode: int) -> None:
        super().__init__(readable=bool(mode & IN), writable=bool(mode & OUT))
        self._string = GuestString(machine, address + STRING_MEMBER)
        self._machine = machine
        machine.write_integer(address + MODE, mode, 4)

    def construct(self, content: bytes) -> None:
        """The guest's string, in raw storage."""
        self._string.construct(content)
        self.content[:] = content

    def assign(self, content: bytes) -> None:
        """Replace everything."""
        self._string.assign(content)
        self.content[:] = content

    def reread(self) -> None:
        """Take over what inlined code did to the guest's string."""
        self.content[:] = self._string.content

    def dispose(self) -> None:
        """Give the guest's string back."""
        self._string.dispose()

    def write(self, data: bytes) -> bool:
        at = self.write_position
        if not super().write(data):
            return False
        self._string.reserve(len(self.content))
        self._machine.write(self._string.data + at, data)
        self._string.set_size(len(self.content))
        return True


LAYOUTS = (
    Layout("19basic_ostringstream", 8, 112, OUT, None),
    Layout("19basic_istringstream", 16, 120, IN, None),
    Layout("18basic_stringstream", 24, 128, IN | OUT, 16),
)
TEMPLATE = "IcSt11char_traitsIcESaIcEE"
STRING = "ERKNS_12basic_stringIcS2_S3_EESt13_Ios_Openmode"


def _construct(machine: "Machine", this: int, layout: Layout, content: bytes, mode: int) -> None:
    write_pointer(machine, this, stream_vtable(machine, layout.name, layout.ios))
    if layout.default_mode & IN:
        write_pointer(machine, this + 8, 0)
    if layout.output is not None:
        write_pointer(machine, this + layout.output, stream_vtable(machine, "part", layout.ios - layout.output))
    address = this + layout.buffer
    machine.write(address, bytes(STRING_MEMBER))
    buffer = MirroredBuffer(machine, address, mode)
    buffer.construct(content)
    buffer.write_position = len(content) if mode & (APPEND | AT_END) else 0
    ios_state(machine).buffers[address] = buffer
    write_pointer(machine, this + layout.ios, stream_vtable(machine, "ios", 0))
    initialise_ios(machine, this + layout.ios, address)


def buffer_at(machine: "Machine", address: int) -> MirroredBuffer:
    """The characters of the stringbuf at `address`."""
    buffer = ios_state(machine).buffers.get(address)
    if not isinstance(buffer, MirroredBuffer):
        machine.abort("abort", f"{address:#x} is not a string stream's buffer")
    assert isinstance(buffer, MirroredBuffer)
    return buffer


def _give(machine: "Machine", result: int, buffer: StringBuffer) -> int:
    GuestString(machine, result).construct(bytes(buffer.content))
    return result


def _replace(machine: "Machine", address: int, text: int) -> None:
    buffer = buffer_at(machine, address)
    buffer.assign(GuestString(machine, text).content)
    buffer.read_position = buffer.write_position = 0


def _define(layout: Layout) -> None:
    prefix, const = f"_ZNSt7__cxx11{layout.name}{TEMPLATE}", f"_ZNKSt7__cxx11{layout.name}{TEMPLATE}"

    def construct(machine: "Machine", this: Pointer) -> None:
        """An empty stream."""
        _construct(machine, this, layout, b"", layout.default_mode)

    def construct_with_mode(machine: "Machine", this: Pointer, mode: Int) -> None:
        """An empty stream with an open mode."""
        _construct(machine, this, layout, b"", layout.default_mode | mode if layout.output is None else mode)

    def construct_from_string(machine: "Machine", this: Pointer, text: Pointer, mode: Int) -> None:
        """A stream over a copy of a string."""
        own = layout.default_mode if layout.output is None else 0
        _construct(machine, this, layout, GuestString(machine, text).content, mode | own)

    def destroy(machine: "Machine", this: Pointer) -> None:
        """Forget the characters."""
        buffer = ios_state(machine).buffers.pop(this + layout.buffer, None)
        if isinstance(buffer, MirroredBuffer):
            buffer.dispose()

    def take_string(machine: "Machine", result: ResultAddress, this: Pointer) -> Pointer:
        """str()."""
        return _give(machine, result, buffer_at(machine, this + layout.buffer))

    def set_string(machine: "Machine", this: Pointer, text: Pointer) -> None:
        """str(s)."""
        _replace(machine, this + layout.buffer, text)

    members: tuple[tuple[str, Callable[..., object]], ...] = (
        (f"{prefix}C1Ev", construct),
        (f"{prefix}C1ESt13_Ios_Openmode", construct_with_mode),
        (f"{prefix}C1{STRING}", construct_from_string),
        (f"{prefix}D1Ev", destroy),
        (f"{const}3strEv", take_string),
        (f"{prefix}3strERKNS_12basic_stringIcS2_S3_EE", set_string),
    )
    for name, implementation in members:
        function(name, header=LIBSTDCXX)(implementation)


for _layout in LAYOUTS:
    _define(_layout)

BUFFER = f"St7__cxx1115basic_stringbuf{TEMPLATE}"


@function(f"_ZNK{BUFFER}3strEv", header=LIBSTDCXX)
def buffer_string(machine: "Machine", result: ResultAddress, this: Pointer) -> Pointer:
    """stringbuf::str()."""
    return _give(machine, result, buffer_at(machine, this))


@function(f"_ZN{BUFFER}3strERKNS_12basic_stringIcS2_S3_EE", header=LIBSTDCXX)
def set_buffer_string(machine: "Machine", this: Pointer, text: Pointer) -> None:
    """stringbuf::str(s)."""
    _replace(machine, this, text)


@function(f"_ZN{BUFFER}7_M_syncEPcmm", header=LIBSTDCXX)
def sync(machine: "Machine", this: Pointer, base: Pointer, read_position: Size, write_position: Size) -> None:
    """What an inlined str(s) calls behind its change of the string."""
    buffer = buffer_at(machine, this)
    buffer.reread()
    buffer.read_position, buffer.write_position = read_position, write_position


@function(f"_ZN{BUFFER}17_M_stringbuf_initESt13_Ios_Openmode", header=LIBSTDCXX)
def initialise_buffer(machine: "Machine", this: Pointer, mode: Int) -> None:
    """The same, out of line: positions at the start, or the write position at the end."""
    buffer = buffer_at(machine, this)
    machine.write_integer(this + MODE, mode, 4)
    buffer.readable, buffer.writable = bool(mode & IN), bool(mode & OUT)
    buffer.reread()
    buffer.read_position, buffer.write_position = 0, len(buffer.content) if mode & (APPEND | AT_END) else 0


def _string_buffer(machine: "Machine", stream: int, name: str) -> StringBuffer:
    """The buffer of a string stream; positions in other streams are not supported."""
    buffer = Ios(machine, stream).buffer
    if not isinstance(buffer, StringBuffer):
        machine.stop_unsupported((name,), f"not supported: `{name}` but on string streams")
    assert isinstance(buffer, StringBuffer)
    return buffer


@function("_ZNSi5tellgEv", header=LIBSTDCXX)
def tellg(machine: "Machine", this: Pointer) -> Pair:
    """The read position, as std::fpos; -1 once the stream failed."""
    position = _string_buffer(machine, this, "_ZNSi5tellgEv").read_position
    return MASK64 if Ios(machine, this).state & (FAIL | BAD) else position


@function("_ZNSi5seekgESt4fposI11__mbstate_tE", header=LIBSTDCXX)
def seekg_to(machine: "Machine", this: Pointer, position: Pair) -> Pointer:
    """seekg(position) on a string stream."""
    buffer = _string_buffer(machine, this, "_ZNSi5seekgESt4fposI11__mbstate_tE")
    ios = Ios(machine, this)
    ios.set_state(ios.state & ~END)
    if position & MASK64 > len(buffer.content):
        ios.add_state(FAIL)
    else:
        buffer.read_position = position & MASK64
    return this


@function("_ZNSi5seekgElSt12_Ios_Seekdir", header=LIBSTDCXX)
def seekg(machine: "Machine", this: Pointer, offset: Int, direction: Int) -> Pointer:
    """seekg(offset, direction) on a string stream."""
    ios = Ios(machine, this)
    buffer = ios.buffer
    if not isinstance(buffer, StringBuffer):
        machine.stop_unsupported(("_ZNSi5seekgElSt12_Ios_Seekdir",))
        return this
    base = (0, buffer.read_position, len(buffer.content))[direction % 3]
    buffer.read_position = max(0, min(len(buffer.content), base + offset))
    return this
