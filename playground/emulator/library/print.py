"""The printf family of stdio.h: the formatting engine of printf.py with a call's or a va_list's arguments."""

from typing import TYPE_CHECKING

from playground.emulator.library.arguments import ArgumentReader
from playground.emulator.library.binary_float import Float
from playground.emulator.library.c_values import Buffer, CString, Int, Pointer, Size, Stream, Variadic, VariadicList
from playground.emulator.library.errors import error_message, error_name, get_errno, set_errno
from playground.emulator.library.printf import (
    OUTPUT_LIMIT,
    FormatOverflow,
    InvalidFormat,
    OutputTooLarge,
    encode_wide,
    format_printf,
)
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state
from playground.emulator.library.streams import FileStream

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

STDIO = "stdio.h"
EILSEQ, EINVAL, EOVERFLOW = 84, 22, 75


class GuestArguments:
    """A call's variable arguments as the formatting engine wants them."""

    def __init__(self, machine: "Machine", reader: ArgumentReader) -> None:
        self._machine = machine
        self._reader = reader
        self.long_double_format = reader.long_double_format
        self.integer = reader.integer

    def double(self) -> Float:
        return self._reader.double()

    def long_double(self) -> Float:
        return self._reader.long_double()

    def string(self, address: int, limit: int | None) -> bytes:
        return self._machine.read_cstring(address) if limit is None else self._machine.read_cstring(address, limit)

    def wide_string(self, address: int, limit: int | None) -> bytes:
        text = bytearray()
        while limit is None or len(text) < limit:
            code = self._machine.read_integer(address, 4)
            if code == 0:
                break
            text += encode_wide(code)
            address += 4
        return bytes(text)

    def store(self, address: int, size: int, value: int) -> None:
        self._machine.write_integer(address, value, size)

    def error_message(self) -> bytes:
        return error_message(get_errno(self._machine))

    def error_name(self) -> bytes:
        return error_name(get_errno(self._machine))


def formatted(machine: "Machine", format: bytes, reader: ArgumentReader) -> bytes | None:
    """The formatted text, or None (and errno) where printf returns -1."""
    try:
        return format_printf(format, GuestArguments(machine, reader))
    except InvalidFormat:
        set_errno(machine, EINVAL)
    except FormatOverflow:
        set_errno(machine, EOVERFLOW)
    except ValueError:
        set_errno(machine, EILSEQ)
    except OutputTooLarge:
        machine.stop_limit("output", f"one printf call would produce more than {OUTPUT_LIMIT} bytes")
    return None


def _to_stream(machine: "Machine", stream: FileStream, format: bytes, reader: ArgumentReader) -> int:
    text = formatted(machine, format, reader)
    return len(text) if text is not None and stream.write(text) else -1


def to_buffer(machine: "Machine", target: int, size: int, format: bytes, reader: ArgumentReader) -> int:
    """snprintf: as much as fits with a NUL; returns the length that it would have had."""
    text = formatted(machine, format, reader)
    if text is None:
        return -1
    if size:
        machine.write(target, text[: size - 1] + b"\0")
    return len(text)


UNBOUNDED = 1 << 63


@function(header=STDIO)
def printf(machine: "Machine", format: CString, arguments: Variadic) -> Int:
    """Print to stdout; returns the bytes printed."""
    return _to_stream(machine, library_state(machine).streams.stdout, format, arguments)


@function(header=STDIO)
def vprintf(machine: "Machine", format: CString, arguments: VariadicList) -> Int:
    """printf with a va_list."""
    return _to_stream(machine, library_state(machine).streams.stdout, format, arguments)


@function(header=STDIO)
def fprintf(machine: "Machine", stream: Stream, format: CString, arguments: Variadic) -> Int:
    """Print to a stream."""
    return _to_stream(machine, library_state(machine).streams.at(stream), format, arguments)


@function(header=STDIO)
def vfprintf(machine: "Machine", stream: Stream, format: CString, arguments: VariadicList) -> Int:
    """fprintf with a va_list."""
    return _to_stream(machine, library_state(machine).streams.at(stream), format, arguments)


@function(header=STDIO)
def dprintf(machine: "Machine", descriptor: Int, format: CString, arguments: Variadic) -> Int:
    """Print to a descriptor at once."""
    return vdprintf(machine, descriptor, format, arguments)


@function(header=STDIO)
def vdprintf(machine: "Machine", descriptor: Int, format: CString, arguments: VariadicList) -> Int:
    """dprintf with a va_list."""
    text = formatted(machine, format, arguments)
    if text is None:
        return -1
    written = machine.files.write(descriptor, text)
    if written < 0:
        set_errno(machine, -written)
    return max(written, -1)


@function(header=STDIO)
def sprintf(machine: "Machine", s: Buffer, format: CString, arguments: Variadic) -> Int:
    """Print into memory."""
    return to_buffer(machine, s, UNBOUNDED, format, arguments)


@function(header=STDIO)
def vsprintf(machine: "Machine", s: Buffer, format: CString, arguments: VariadicList) -> Int:
    """sprintf with a va_list."""
    return to_buffer(machine, s, UNBOUNDED, format, arguments)


@function(header=STDIO)
def snprintf(machine: "Machine", s: Buffer, size: Size, format: CString, arguments: Variadic) -> Int:
    """Print at most size - 1 bytes and a NUL into memory; returns the full length."""
    return to_buffer(machine, s, size, format, arguments)


@function(header=STDIO)
def vsnprintf(machine: "Machine", s: Buffer, size: Size, format: CString, arguments: VariadicList) -> Int:
    """snprintf with a va_list."""
    return to_buffer(machine, s, size, format, arguments)


def _allocated(machine: "Machine", result: int, format: bytes, reader: ArgumentReader) -> int:
    text = formatted(machine, format, reader)
    address = 0 if text is None else library_state(machine).heap.allocate(len(text) + 1)
    if text is None or address == 0:
        return -1
    machine.write(address, text + b"\0")
    machine.write_integer(result, address, 8)
    return len(text)


@function(header=STDIO)
def asprintf(machine: "Machine", result: Pointer, format: CString, arguments: Variadic) -> Int:
    """Print into a heap block whose address goes to *result."""
    return _allocated(machine, result, format, arguments)


@function(header=STDIO)
def vasprintf(machine: "Machine", result: Pointer, format: CString, arguments: VariadicList) -> Int:
    """asprintf with a va_list."""
    return _allocated(machine, result, format, arguments)
