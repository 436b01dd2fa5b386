"""std::ostringstream, std::istringstream and std::stringstream, whose characters are kept here and not in the guest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Int, Pointer, ResultAddress
from playground.emulator.library.cxx.ios import Ios, StringBuffer, initialise_ios, ios_state, stream_vtable
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
    buffer = StringBuffer(bytearray(content), readable=bool(mode & IN), writable=bool(mode & OUT))
    buffer.write_position = len(content) if mode & (APPEND | AT_END) else 0
    ios_state(machine).buffers[address] = buffer
    write_pointer(machine, this + layout.ios, stream_vtable(machine, "ios", 0))
    initialise_ios(machine, this + layout.ios, address)


def buffer_at(machine: "Machine", address: int) -> StringBuffer:
    """The characters of the stringbuf at `address`."""
    buffer = ios_state(machine).buffers.get(address)
    if not isinstance(buffer, StringBuffer):
        machine.abort("abort", f"{address:#x} is not a string stream's buffer")
    assert isinstance(buffer, StringBuffer)
    return buffer


def _give(machine: "Machine", result: int, buffer: StringBuffer) -> int:
    GuestString(machine, result).construct(bytes(buffer.content))
    return result


def _replace(machine: "Machine", address: int, text: int) -> None:
    buffer = buffer_at(machine, address)
    buffer.content[:] = GuestString(machine, text).content
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
        ios_state(machine).buffers.pop(this + layout.buffer, None)

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
