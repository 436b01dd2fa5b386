"""std::istream: get, getline, read, ignore, peek, putback."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playground.emulator.library.c_values import Buffer, Char, Int, Pointer, SSize
from playground.emulator.library.cxx.input import NEWLINE, Extraction
from playground.emulator.library.cxx.ios import (
    BAD,
    END,
    GCOUNT,
    GOOD,
    Ios,
)
from playground.emulator.library.cxx.memory import LIBSTDCXX
from playground.emulator.library.registry import function
from playground.emulator.library.streams import EOF

if TYPE_CHECKING:
    from playground.emulator.machine import Machine


def _unformatted(machine: "Machine", stream: int, read: Callable[[Extraction], Any]) -> Any:
    """Run `read` on a good stream; its result, or None."""
    extraction = Extraction(machine, stream, skip=False, formatted=False)
    result = read(extraction) if extraction.ready else None
    if extraction.ready:
        extraction.finish()
    return result


@function("_ZNSi3getEv", header=LIBSTDCXX)
def get(machine: "Machine", this: Pointer) -> Int:
    """get(): a character, or -1 with eofbit and failbit."""

    def read(extraction: Extraction) -> int:
        if extraction.peek() == EOF:
            extraction.fail()
            return EOF
        return extraction.take()

    result: int | None = _unformatted(machine, this, read)
    return EOF if result is None else result


@function("_ZNSi3getERc", header=LIBSTDCXX)
def get_character(machine: "Machine", this: Pointer, target: Pointer) -> Pointer:
    """get(char&)."""
    byte = get(machine, this)
    if byte != EOF:
        machine.write(target, bytes([byte]))
    return this


@function("_ZNSi4peekEv", header=LIBSTDCXX)
def peek(machine: "Machine", this: Pointer) -> Int:
    """peek()."""
    result: int | None = _unformatted(machine, this, Extraction.peek)
    return EOF if result is None else result


@function("_ZNSi5ungetEv", header=LIBSTDCXX)
def unget(machine: "Machine", this: Pointer) -> Pointer:
    """unget(): the last character is to be read again; the stream is bad when there is none."""
    ios = Ios(machine, this)
    ios.set_state(ios.state & ~END)
    buffer = ios.buffer
    if ios.state != GOOD or buffer is None or buffer.unget() == EOF:
        ios.add_state(BAD)
    return this


@function("_ZNSi7putbackEc", header=LIBSTDCXX)
def putback(machine: "Machine", this: Pointer, c: Char) -> Pointer:
    """putback(c)."""
    ios = Ios(machine, this)
    ios.set_state(ios.state & ~END)
    if ios.state != GOOD or ios.buffer is None or ios.buffer.ungetc(c) == EOF:
        ios.add_state(BAD)
    return this


def _take_until(extraction: Extraction, most: int, delimiter: int) -> bytes:
    text = bytearray()
    while len(text) < most and extraction.peek() not in (EOF, delimiter):
        text.append(extraction.take())
    return bytes(text)


def _get_text(machine: "Machine", stream: int, target: int, room: int, delimiter: int) -> int:
    def read(extraction: Extraction) -> None:
        text = _take_until(extraction, room - 1, delimiter)
        if not text:
            extraction.fail()
        machine.write(target, text + b"\0")

    _unformatted(machine, stream, read)
    return stream


@function("_ZNSi3getEPcl", header=LIBSTDCXX)
def get_text(machine: "Machine", this: Pointer, target: Buffer, room: SSize) -> Pointer:
    """get(s, n): up to a newline, which stays."""
    return _get_text(machine, this, target, room, NEWLINE)


@function("_ZNSi3getEPclc", header=LIBSTDCXX)
def get_text_until(machine: "Machine", this: Pointer, target: Buffer, room: SSize, delimiter: Char) -> Pointer:
    """get(s, n, delimiter)."""
    return _get_text(machine, this, target, room, delimiter)


def _getline_text(machine: "Machine", stream: int, target: int, room: int, delimiter: int) -> int:
    def read(extraction: Extraction) -> None:
        text = _take_until(extraction, room - 1, delimiter)
        if extraction.peek() == delimiter:
            extraction.take()
        elif extraction.peek() != EOF:
            extraction.fail()
        if extraction.count == 0:
            extraction.fail()
        machine.write(target, text + b"\0")

    _unformatted(machine, stream, read)
    return stream


@function("_ZNSi7getlineEPcl", header=LIBSTDCXX)
def getline_text(machine: "Machine", this: Pointer, target: Buffer, room: SSize) -> Pointer:
    """getline(s, n): the newline is taken and dropped."""
    return _getline_text(machine, this, target, room, NEWLINE)


@function("_ZNSi7getlineEPclc", header=LIBSTDCXX)
def getline_text_until(machine: "Machine", this: Pointer, target: Buffer, room: SSize, delimiter: Char) -> Pointer:
    """getline(s, n, delimiter)."""
    return _getline_text(machine, this, target, room, delimiter)


@function("_ZNSi4readEPcl", header=LIBSTDCXX)
def read(machine: "Machine", this: Pointer, target: Buffer, count: SSize) -> Pointer:
    """read(s, n): eofbit and failbit when there were fewer."""

    def take(extraction: Extraction) -> None:
        text = bytearray()
        while len(text) < count and extraction.peek() != EOF:
            text.append(extraction.take())
        if len(text) < count:
            extraction.fail()
        machine.write(target, bytes(text))

    _unformatted(machine, this, take)
    return this


def _ignore(machine: "Machine", stream: int, count: int, delimiter: int) -> int:
    def skip(extraction: Extraction) -> None:
        unlimited = count == (1 << 63) - 1
        while (unlimited or extraction.count < count) and extraction.peek() != EOF:
            if extraction.take() == delimiter:
                break

    _unformatted(machine, stream, skip)
    return stream


@function("_ZNSi6ignoreEv", header=LIBSTDCXX)
def ignore(machine: "Machine", this: Pointer) -> Pointer:
    """ignore()."""
    return _ignore(machine, this, 1, EOF)


@function("_ZNSi6ignoreEl", header=LIBSTDCXX)
def ignore_count(machine: "Machine", this: Pointer, count: SSize) -> Pointer:
    """ignore(n)."""
    return _ignore(machine, this, count, EOF)


@function("_ZNSi6ignoreEli", header=LIBSTDCXX)
def ignore_until(machine: "Machine", this: Pointer, count: SSize, delimiter: Int) -> Pointer:
    """ignore(n, delimiter)."""
    return _ignore(machine, this, count, delimiter)


@function("_ZNKSi6gcountEv", header=LIBSTDCXX)
def gcount(machine: "Machine", this: Pointer) -> SSize:
    """Characters taken by the last unformatted input."""
    return machine.read_integer(this + GCOUNT, 8)
