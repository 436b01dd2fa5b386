"""The scanf family of stdio.h: the reading engine of scanf.py on streams and strings."""

from typing import TYPE_CHECKING

from playground.emulator.library.arguments import ArgumentReader
from playground.emulator.library.c_values import CString, Int, Stream, Variadic, VariadicList
from playground.emulator.library.registry import function
from playground.emulator.library.scanf import CharacterSource, scan
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

STDIO = "stdio.h"


class GuestTargets:
    """A call's pointers, and the guest memory behind them."""

    def __init__(self, machine: "Machine", reader: ArgumentReader) -> None:
        self._machine = machine
        self.long_double_format = reader.long_double_format
        self.integer = reader.integer

    def write(self, address: int, data: bytes) -> None:
        self._machine.write(address, data)

    def allocate(self, size: int) -> int:
        return library_state(self._machine).heap.allocate(size)


class Text:
    """A string as a source of characters."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._position = 0

    def getc(self) -> int:
        self._position += 1
        return self._content[self._position - 1] if self._position <= len(self._content) else -1

    def ungetc(self, byte: int) -> None:
        self._position -= 1


def _scan(machine: "Machine", source: CharacterSource, format: bytes, reader: ArgumentReader) -> int:
    return scan(source, format, GuestTargets(machine, reader))


@function("scanf", "__isoc99_scanf", "__isoc23_scanf", header=STDIO)
def scanf(machine: "Machine", format: CString, arguments: Variadic) -> Int:
    """Read from stdin; returns the items stored, or EOF."""
    return _scan(machine, library_state(machine).streams.stdin, format, arguments)


@function("vscanf", "__isoc99_vscanf", "__isoc23_vscanf", header=STDIO)
def vscanf(machine: "Machine", format: CString, arguments: VariadicList) -> Int:
    """scanf with a va_list."""
    return _scan(machine, library_state(machine).streams.stdin, format, arguments)


@function("fscanf", "__isoc99_fscanf", "__isoc23_fscanf", header=STDIO)
def fscanf(machine: "Machine", stream: Stream, format: CString, arguments: Variadic) -> Int:
    """Read from a stream."""
    return _scan(machine, library_state(machine).streams.at(stream), format, arguments)


@function("vfscanf", "__isoc99_vfscanf", "__isoc23_vfscanf", header=STDIO)
def vfscanf(machine: "Machine", stream: Stream, format: CString, arguments: VariadicList) -> Int:
    """fscanf with a va_list."""
    return _scan(machine, library_state(machine).streams.at(stream), format, arguments)


@function("sscanf", "__isoc99_sscanf", "__isoc23_sscanf", header=STDIO)
def sscanf(machine: "Machine", s: CString, format: CString, arguments: Variadic) -> Int:
    """Read from a string."""
    return _scan(machine, Text(s), format, arguments)


@function("vsscanf", "__isoc99_vsscanf", "__isoc23_vsscanf", header=STDIO)
def vsscanf(machine: "Machine", s: CString, format: CString, arguments: VariadicList) -> Int:
    """sscanf with a va_list."""
    return _scan(machine, Text(s), format, arguments)
