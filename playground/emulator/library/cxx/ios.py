"""std::ios_base and std::basic_ios<char> in guest memory as libstdc++ lays them out, and the standard stream objects.

g++ inlines accesses to these fields (flags, width, precision, fill, state, the ctype facet), so offsets are ABI.
"""

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from playground.emulator.library.c_values import Bool, Pointer
from playground.emulator.library.ctype import CLASS_TABLE, FIRST, to_lower, to_upper
from playground.emulator.library.cxx.memory import LIBSTDCXX, callable_address, read_pointer, write_pointer
from playground.emulator.library.registry import data, function
from playground.emulator.library.state import library_state
from playground.emulator.library.streams import EOF, FileStream

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

PRECISION, WIDTH, FLAGS, EXCEPTIONS, STATE = 8, 16, 24, 28, 32
TIE, FILL, FILL_INIT, BUFFER, CTYPE = 216, 224, 225, 232, 240
IOS_BYTES = 264
"""Offsets in basic_ios<char> (bits/ios_base.h, bits/basic_ios.h on LP64)."""
GCOUNT = 8
"""basic_istream's _M_gcount, behind its vtable pointer."""
BOOLALPHA, DEC, FIXED, HEX, INTERNAL, LEFT, OCT, RIGHT = (1 << bit for bit in range(8))
SCIENTIFIC, SHOWBASE, SHOWPOINT, SHOWPOS, SKIPWS, UNITBUF, UPPERCASE = (1 << bit for bit in range(8, 15))
BASEFIELD, FLOATFIELD, ADJUSTFIELD = DEC | HEX | OCT, FIXED | SCIENTIFIC, LEFT | RIGHT | INTERNAL
GOOD, BAD, END, FAIL = 0, 1, 2, 4
CTYPE_BYTES = 576
CTYPE_TOUPPER, CTYPE_TOLOWER, CTYPE_TABLE, CTYPE_WIDEN_OK, CTYPE_NARROW = 32, 40, 48, 56, 313


class StreamBuffer(Protocol):
    """What a stream reads from and writes to."""

    def write(self, data: bytes) -> bool: ...

    def flush(self) -> bool: ...

    def getc(self) -> int: ...

    def peek(self) -> int: ...

    def ungetc(self, byte: int) -> int: ...

    def unget(self) -> int: ...


@dataclass
class StringBuffer:
    """std::stringbuf's characters, with a read and a write position."""

    content: bytearray = field(default_factory=bytearray)
    read_position: int = 0
    write_position: int = 0
    readable: bool = True
    writable: bool = True

    def write(self, data: bytes) -> bool:
        if not self.writable:
            return False
        self.content[self.write_position : self.write_position + len(data)] = data
        self.write_position += len(data)
        return True

    def flush(self) -> bool:
        return True

    def getc(self) -> int:
        byte = self.peek()
        self.read_position += byte != EOF
        return byte

    def peek(self) -> int:
        return self.content[self.read_position] if self.read_position < len(self.content) and self.readable else EOF

    def ungetc(self, byte: int) -> int:
        """EOF at the start, or where another character stands that may not be overwritten."""
        if self.read_position == 0 or (self.content[self.read_position - 1] != byte and not self.writable):
            return EOF
        self.read_position -= 1
        self.content[self.read_position] = byte
        return byte

    def unget(self) -> int:
        return EOF if self.read_position == 0 else self.ungetc(self.content[self.read_position - 1])


@dataclass
class IosState:
    """The C++ streams of one process."""

    buffers: dict[int, StreamBuffer] = field(default_factory=dict)
    """By the address that basic_ios's buffer pointer holds."""


def ios_state(machine: "Machine") -> IosState:
    """The process's table, with the standard streams' buffers under their FILE addresses."""
    state = library_state(machine)
    if "ios" not in state.parts:
        streams = state.streams
        table: dict[int, StreamBuffer] = {f.address: f for f in (streams.stdin, streams.stdout, streams.stderr)}
        state.parts["ios"] = IosState(table)
    found: IosState = state.parts["ios"]
    return found


class Ios:
    """The basic_ios part of a stream object."""

    def __init__(self, machine: "Machine", stream: int) -> None:
        vtable = read_pointer(machine, stream)
        offset = machine.read_integer(vtable - 24, 8, signed=True)
        self.machine = machine
        self.stream = stream
        self.address = stream + offset

    @property
    def flags(self) -> int:
        return self.machine.read_integer(self.address + FLAGS, 4)

    @flags.setter
    def flags(self, value: int) -> None:
        self.machine.write_integer(self.address + FLAGS, value, 4)

    @property
    def width(self) -> int:
        return self.machine.read_integer(self.address + WIDTH, 8, signed=True)

    @width.setter
    def width(self, value: int) -> None:
        self.machine.write_integer(self.address + WIDTH, value, 8)

    @property
    def precision(self) -> int:
        return self.machine.read_integer(self.address + PRECISION, 8, signed=True)

    @precision.setter
    def precision(self, value: int) -> None:
        self.machine.write_integer(self.address + PRECISION, value, 8)

    @property
    def fill(self) -> bytes:
        return self.machine.read(self.address + FILL, 1) if self._fill_is_set() else b" "

    def _fill_is_set(self) -> bool:
        return self.machine.read(self.address + FILL_INIT, 1) != b"\0"

    def set_fill(self, character: int) -> None:
        self.machine.write(self.address + FILL, bytes([character & 0xFF, 1]))

    @property
    def state(self) -> int:
        return self.machine.read_integer(self.address + STATE, 4)

    def add_state(self, bits: int) -> None:
        """setstate: a bit in the exceptions mask would throw, which is a gap."""
        if bits:
            self.set_state(self.state | bits)

    def set_state(self, bits: int) -> None:
        self.machine.write_integer(self.address + STATE, bits, 4)
        if bits & self.machine.read_integer(self.address + EXCEPTIONS, 4):
            self.machine.stop_unsupported(("std::ios_base::failure",))

    @property
    def buffer(self) -> StreamBuffer | None:
        return ios_state(self.machine).buffers.get(read_pointer(self.machine, self.address + BUFFER))

    @property
    def tied(self) -> int:
        return read_pointer(self.machine, self.address + TIE)


def initialise_ios(machine: "Machine", address: int, buffer: int, *, flags: int = SKIPWS | DEC, tie: int = 0) -> None:
    """basic_ios::init at `address`."""
    machine.write(address + 8, bytes(IOS_BYTES - 8))
    machine.write(address + PRECISION, struct.pack("<qqiii", 6, 0, flags, 0, GOOD if buffer else BAD))
    write_pointer(machine, address + TIE, tie)
    machine.write(address + FILL, b" \1")
    write_pointer(machine, address + BUFFER, buffer)
    write_pointer(machine, address + CTYPE, ctype_facet(machine))


def ctype_facet(machine: "Machine") -> int:
    """The std::ctype<char> object that inlined code looks into (widening, classification)."""
    state = library_state(machine)
    if "ctype facet" not in state.parts:
        facet = machine.allocate_static(CTYPE_BYTES)
        state.parts["ctype facet"] = facet
        _write_facet(machine, facet)
    address: int = state.parts["ctype facet"]
    return address


def _write_facet(machine: "Machine", facet: int) -> None:
    vtable = machine.allocate_static(16 * 8)
    for slot in range(16):
        write_pointer(machine, vtable + 8 * slot, callable_address(machine, "__cxa_pure_virtual"))
    write_pointer(machine, facet, vtable + 16)
    tables = {
        CTYPE_TOUPPER: struct.pack("<256i", *(to_upper(code) for code in range(256))),
        CTYPE_TOLOWER: struct.pack("<256i", *(to_lower(code) for code in range(256))),
        CTYPE_TABLE: CLASS_TABLE[-FIRST * 2 :],
    }
    for offset, content in tables.items():
        table = machine.allocate_static(len(content))
        machine.write(table, content)
        write_pointer(machine, facet + offset, table)
    machine.write(facet + CTYPE_WIDEN_OK, b"\1" + bytes(range(256)) + bytes(range(256)) + b"\1")


def stream_vtable(machine: "Machine", name: str, offset: int) -> int:
    """The vtable of a stream class whose basic_ios lies `offset` bytes on; virtual destructors do nothing."""
    state = library_state(machine)
    key = f"stream vtable {name} {offset}"
    if key not in state.parts:
        table = machine.allocate_static(64)
        machine.write_integer(table, offset, 8)
        for slot in (3, 4):
            write_pointer(machine, table + 8 * slot, callable_address(machine, "_ZNSoD1Ev"))
        state.parts[key] = table + 24
    address: int = state.parts[key]
    return address


@function("_ZNSoD1Ev", "_ZNSoD0Ev", "_ZNSiD1Ev", "_ZNSiD0Ev", "_ZNSdD1Ev", header=LIBSTDCXX)
def destroy_stream(machine: "Machine", this: Pointer) -> None:
    """A stream's destructor: the buffer belongs to the process."""


def _ostream(machine: "Machine", address: int, target: FileStream, flags: int = SKIPWS | DEC, tie: int = 0) -> None:
    ios_state(machine)
    write_pointer(machine, address, stream_vtable(machine, "ostream", 8))
    initialise_ios(machine, address + 8, target.address, flags=flags, tie=tie)


@data("_ZSt4cout", 272, header=LIBSTDCXX)
def _cout(machine: "Machine", address: int) -> None:
    """std::cout."""
    _ostream(machine, address, library_state(machine).streams.stdout)


@data("_ZSt4cerr", 272, header=LIBSTDCXX)
def _cerr(machine: "Machine", address: int) -> None:
    """std::cerr: flushed after every operation, tied to std::cout."""
    tie = machine.symbol_slot("_ZSt4cout") or 0
    _ostream(machine, address, library_state(machine).streams.stderr, SKIPWS | DEC | UNITBUF, tie)


@data("_ZSt4clog", 272, header=LIBSTDCXX)
def _clog(machine: "Machine", address: int) -> None:
    """std::clog."""
    _ostream(machine, address, library_state(machine).streams.stderr)


@data("_ZSt3cin", 280, header=LIBSTDCXX)
def _cin(machine: "Machine", address: int) -> None:
    """std::cin, tied to std::cout."""
    ios_state(machine)
    write_pointer(machine, address, stream_vtable(machine, "istream", 16))
    tie = machine.symbol_slot("_ZSt4cout") or 0
    initialise_ios(machine, address + 16, library_state(machine).streams.stdin.address, tie=tie)


@function("_ZNSt8ios_base4InitC1Ev", "_ZNSt8ios_base4InitC2Ev", "_ZNSt8ios_base4InitD1Ev", header=LIBSTDCXX)
def ios_init(machine: "Machine", this: Pointer) -> None:
    """std::ios_base::Init: the standard streams are there from the start and flushed by exit."""


@function("_ZSt21ios_base_library_initv", header=LIBSTDCXX)
def ios_library_init(machine: "Machine") -> None:
    """What g++ 13 refers to instead of a static Init object."""


@function("_ZNSt8ios_base15sync_with_stdioEb", header=LIBSTDCXX)
def sync_with_stdio(machine: "Machine", sync: Bool) -> Bool:
    """Streams stay synchronised; returns the setting before."""
    parts = library_state(machine).parts
    before: int = parts.get("sync_with_stdio", 1)
    parts["sync_with_stdio"] = sync
    return before


@function("_ZNKSt5ctypeIcE13_M_widen_initEv", header=LIBSTDCXX)
def widen_init(machine: "Machine", this: Pointer) -> None:
    """The widening table is complete from the start."""
