"""wchar.h and wctype.h: strings of 4-byte characters, and conversions in the "C" locale, where ASCII alone converts.

Not covered: wide streams (wprintf, fgetws and others).
"""

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import (
    Buffer,
    ConstPointer,
    CString,
    Double,
    Int,
    Long,
    Pointer,
    Size,
    UInt,
    ULong,
    Variadic,
    VariadicList,
)
from playground.emulator.library.ctype import CLASSES, to_lower, to_upper
from playground.emulator.library.errors import set_errno
from playground.emulator.library.heap import malloc
from playground.emulator.library.print import formatted
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state
from playground.emulator.library.stdlib import strtod, strtol, strtoul

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

WCHAR, WCTYPE, STDLIB = "wchar.h", "wctype.h", "stdlib.h"
PAGE = 4096
UNIT = 4
"""Bytes of a wchar_t."""
EILSEQ = 84
FAILED = (1 << 64) - 1
"""(size_t)-1."""
WEOF = 0xFFFFFFFF
LAST_ASCII = 0x7F
LONGEST = 1 << 22
"""Characters of one string."""

Wide = tuple[int, ...]


def read_wide(machine: "Machine", address: int, most: int = LONGEST) -> Wide:
    """The characters before the terminator, as signed ints, at most `most`."""
    found: list[int] = []
    while len(found) < most:
        here = address + UNIT * len(found)
        count = min(max((PAGE - here % PAGE) // UNIT, 1), most - len(found))
        chunk = struct.unpack(f"<{count}i", machine.read(here, UNIT * count))
        if 0 in chunk:
            return (*found, *chunk[: chunk.index(0)])
        found += chunk
    return tuple(found)


def write_wide(machine: "Machine", address: int, text: Wide) -> None:
    """Store characters without a terminator."""
    machine.write(address, struct.pack(f"<{len(text)}i", *text))


@function("wcslen", "__wcslen", header=WCHAR)
def wcslen(machine: "Machine", s: ConstPointer) -> Size:
    """Characters before the terminator."""
    return len(read_wide(machine, s))


@function(header=WCHAR)
def wcsnlen(machine: "Machine", s: ConstPointer, most: Size) -> Size:
    """wcslen of at most so many."""
    return len(read_wide(machine, s, most))


@function(header=WCHAR)
def wcscpy(machine: "Machine", target: Pointer, source: ConstPointer) -> Pointer:
    """Copy a string."""
    write_wide(machine, target, (*read_wide(machine, source), 0))
    return target


@function(header=WCHAR)
def wcpcpy(machine: "Machine", target: Pointer, source: ConstPointer) -> Pointer:
    """wcscpy that returns the copy's end."""
    text = read_wide(machine, source)
    write_wide(machine, target, (*text, 0))
    return target + UNIT * len(text)


@function(header=WCHAR)
def wcsncpy(machine: "Machine", target: Pointer, source: ConstPointer, count: Size) -> Pointer:
    """Copy at most count characters, filled up with zeros."""
    text = read_wide(machine, source, count)
    machine.read(target, UNIT * count)
    write_wide(machine, target, text)
    machine.write(target + UNIT * len(text), bytes(UNIT * (count - len(text))))
    return target


@function(header=WCHAR)
def wcscat(machine: "Machine", target: Pointer, source: ConstPointer) -> Pointer:
    """Append a string."""
    write_wide(machine, target + UNIT * len(read_wide(machine, target)), (*read_wide(machine, source), 0))
    return target


@function(header=WCHAR)
def wcsncat(machine: "Machine", target: Pointer, source: ConstPointer, count: Size) -> Pointer:
    """Append at most count characters and a terminator."""
    write_wide(machine, target + UNIT * len(read_wide(machine, target)), (*read_wide(machine, source, count), 0))
    return target


@function(header=WCHAR)
def wcsdup(machine: "Machine", s: ConstPointer) -> Pointer:
    """A copy on the heap."""
    text = (*read_wide(machine, s), 0)
    address = malloc(machine, UNIT * len(text))
    if address:
        write_wide(machine, address, text)
    return address


def _order(one: Wide, two: Wide) -> int:
    return (one > two) - (one < two)


@function("wcscmp", "wcscoll", header=WCHAR)
def wcscmp(machine: "Machine", one: ConstPointer, two: ConstPointer) -> Int:
    """-1, 0 or 1 by the first characters that differ."""
    return _order(read_wide(machine, one), read_wide(machine, two))


@function(header=WCHAR)
def wcsncmp(machine: "Machine", one: ConstPointer, two: ConstPointer, count: Size) -> Int:
    """wcscmp of at most count characters."""
    return _order(read_wide(machine, one, count), read_wide(machine, two, count))


@function(header=WCHAR)
def wcscasecmp(machine: "Machine", one: ConstPointer, two: ConstPointer) -> Int:
    """wcscmp without regard to case: the difference of the first that differ."""
    left, right = ([to_lower(code) for code in (*read_wide(machine, s), 0)] for s in (one, two))
    return next((a - b for a, b in zip(left, right, strict=False) if a != b), 0)


def _position(machine: "Machine", s: int, index: int) -> int:
    return s + UNIT * index if index >= 0 else 0


@function(header=WCHAR)
def wcschr(machine: "Machine", s: ConstPointer, c: Int) -> Pointer:
    """The first place of a character, the terminator included; NULL without."""
    text = (*read_wide(machine, s), 0)
    return _position(machine, s, text.index(c) if c in text else -1)


@function(header=WCHAR)
def wcsrchr(machine: "Machine", s: ConstPointer, c: Int) -> Pointer:
    """The last place of a character."""
    text = (*read_wide(machine, s), 0)
    return _position(machine, s, len(text) - 1 - text[::-1].index(c) if c in text else -1)


@function("wcsstr", "wcswcs", header=WCHAR)
def wcsstr(machine: "Machine", s: ConstPointer, part: ConstPointer) -> Pointer:
    """The first place of a string in another."""
    text, wanted = read_wide(machine, s), read_wide(machine, part)
    places = range(len(text) - len(wanted) + 1)
    return _position(machine, s, next((i for i in places if text[i : i + len(wanted)] == wanted), -1))


def _span(text: Wide, accept: Callable[[int], bool]) -> int:
    return next((index for index, code in enumerate(text) if not accept(code)), len(text))


@function(header=WCHAR)
def wcsspn(machine: "Machine", s: ConstPointer, accepted: ConstPointer) -> Size:
    """Characters at the start that are all of a set."""
    members = set(read_wide(machine, accepted))
    return _span(read_wide(machine, s), lambda code: code in members)


@function(header=WCHAR)
def wcscspn(machine: "Machine", s: ConstPointer, rejected: ConstPointer) -> Size:
    """Characters at the start that are none of a set."""
    members = set(read_wide(machine, rejected))
    return _span(read_wide(machine, s), lambda code: code not in members)


@function(header=WCHAR)
def wcspbrk(machine: "Machine", s: ConstPointer, wanted: ConstPointer) -> Pointer:
    """The first character that is one of a set."""
    length = wcscspn(machine, s, wanted)
    return s + UNIT * length if length < len(read_wide(machine, s)) else 0


@function(header=WCHAR)
def wcstok(machine: "Machine", s: Pointer, separators: ConstPointer, rest: Pointer) -> Pointer:
    """The next token of s, or of what *rest keeps."""
    s = s or machine.read_integer(rest, 8)
    if not s:
        return 0
    s += UNIT * wcsspn(machine, s, separators)
    length = wcscspn(machine, s, separators)
    if length == 0:
        machine.write_integer(rest, 0, 8)
        return 0
    end = s + UNIT * length
    more = machine.read_integer(end, UNIT) != 0
    machine.write_integer(end, 0, UNIT)
    machine.write_integer(rest, end + UNIT if more else 0, 8)
    return s


@function("wmemcpy", "wmemmove", header=WCHAR)
def wmemcpy(machine: "Machine", target: Pointer, source: ConstPointer, count: Size) -> Pointer:
    """Copy count characters."""
    machine.write(target, machine.read(source, UNIT * count))
    return target


@function(header=WCHAR)
def wmemset(machine: "Machine", target: Pointer, c: Int, count: Size) -> Pointer:
    """Fill with a character."""
    machine.read(target, UNIT * count)
    machine.write(target, struct.pack("<i", c) * count)
    return target


def _block(machine: "Machine", s: int, count: int) -> Wide:
    return struct.unpack(f"<{count}i", machine.read(s, UNIT * count))


@function(header=WCHAR)
def wmemcmp(machine: "Machine", one: ConstPointer, two: ConstPointer, count: Size) -> Int:
    """-1, 0 or 1 by the first of count characters that differ."""
    return _order(_block(machine, one, count), _block(machine, two, count))


@function(header=WCHAR)
def wmemchr(machine: "Machine", s: ConstPointer, c: Int, count: Size) -> Pointer:
    """The first place of a character in a block."""
    block = _block(machine, s, count)
    return _position(machine, s, block.index(c) if c in block else -1)


# numbers


def _narrow_copy(machine: "Machine", s: int) -> int:
    """The string as bytes in the library's memory; what is not ASCII ends every number."""
    text = bytes(code if 0 < code <= LAST_ASCII else 1 for code in read_wide(machine, s, 4096))
    return library_state(machine).text("wide number", text)


def _set_end(machine: "Machine", s: int, copy: int, end: int) -> None:
    if end:
        machine.write_integer(end, s + UNIT * (machine.read_integer(end, 8) - copy), 8)


@function("wcstol", "wcstoll", header=WCHAR)
def wcstol(machine: "Machine", s: ConstPointer, end: Pointer, base: Int) -> Long:
    """strtol of a wide string."""
    copy = _narrow_copy(machine, s)
    value = strtol(machine, copy, end, base)
    _set_end(machine, s, copy, end)
    return value


@function("wcstoul", "wcstoull", header=WCHAR)
def wcstoul(machine: "Machine", s: ConstPointer, end: Pointer, base: Int) -> ULong:
    """strtoul of a wide string."""
    copy = _narrow_copy(machine, s)
    value = strtoul(machine, copy, end, base)
    _set_end(machine, s, copy, end)
    return value


@function(header=WCHAR)
def wcstod(machine: "Machine", s: ConstPointer, end: Pointer) -> Double:
    """strtod of a wide string."""
    copy = _narrow_copy(machine, s)
    value = strtod(machine, copy, end)
    _set_end(machine, s, copy, end)
    return value


# conversions


def _invalid(machine: "Machine") -> int:
    set_errno(machine, EILSEQ)
    return FAILED


@function(header=STDLIB)
def mbstowcs(machine: "Machine", target: Pointer, source: CString, most: Size) -> Size:
    """Multibyte text to wide characters; their number, or (size_t)-1."""
    text = source if not target else source[:most]
    if any(byte > LAST_ASCII for byte in text):
        return _invalid(machine)
    if target:
        write_wide(machine, target, (*text, 0)[:most])
    return len(text)


@function(header=STDLIB)
def wcstombs(machine: "Machine", target: Pointer, source: ConstPointer, most: Size) -> Size:
    """Wide characters to multibyte text; its bytes, or (size_t)-1."""
    text = read_wide(machine, source, most if target else LONGEST)
    if any(not 0 < code <= LAST_ASCII for code in text):
        return _invalid(machine)
    if target:
        machine.write(target, (bytes(text) + b"\0")[:most])
    return len(text)


@function("mbrtowc", "__mbrtowc", header=WCHAR)
def mbrtowc(machine: "Machine", target: Pointer, s: ConstPointer, most: Size, state: Pointer) -> Size:
    """One multibyte character: its bytes, 0 for NUL, (size_t)-1 or (size_t)-2."""
    if s == 0:
        return 0
    if most == 0:
        return FAILED - 1
    byte = machine.read(s, 1)[0]
    if byte > LAST_ASCII:
        return _invalid(machine)
    if target:
        machine.write_integer(target, byte, UNIT)
    return int(byte != 0)


@function(header=STDLIB)
def mbtowc(machine: "Machine", target: Pointer, s: ConstPointer, most: Size) -> Int:
    """One multibyte character: its bytes, 0 for NUL, -1."""
    return -1 if s and most == 0 else _signed(mbrtowc(machine, target, s, most, 0))


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


@function("mbrlen", "__mbrlen", header=WCHAR)
def mbrlen(machine: "Machine", s: ConstPointer, most: Size, state: Pointer) -> Size:
    """Bytes of the next multibyte character."""
    return mbrtowc(machine, 0, s, most, state)


@function(header=WCHAR)
def wcrtomb(machine: "Machine", target: Pointer, c: Int, state: Pointer) -> Size:
    """One wide character as bytes."""
    if not target:
        return 1
    if not 0 <= c <= LAST_ASCII:
        return _invalid(machine)
    machine.write(target, bytes([c]))
    return 1


@function(header=STDLIB)
def wctomb(machine: "Machine", target: Pointer, c: Int) -> Int:
    """One wide character as bytes; -1 when it has none."""
    return _signed(wcrtomb(machine, target, c, 0)) if target else 0


@function(header=WCHAR)
def mbsinit(machine: "Machine", state: ConstPointer) -> Int:
    """1: the encoding has no shift states."""
    return 1


@function(header=WCHAR)
def btowc(machine: "Machine", c: Int) -> UInt:
    """A byte as a wide character, or WEOF."""
    return c if 0 <= c <= LAST_ASCII else WEOF


@function(header=WCHAR)
def wctob(machine: "Machine", c: UInt) -> Int:
    """A wide character as a byte, or EOF."""
    return c if c <= LAST_ASCII else -1


# classification


def _define_class(name: str, members: frozenset[int]) -> None:
    def classify(machine: "Machine", c: UInt) -> Int:
        return int(c in members)

    classify.__doc__ = f"1 for a character of class {name}."
    function(f"isw{name}", header=WCTYPE)(classify)


for _name, (_, _members) in CLASSES.items():
    _define_class(_name, _members)


@function(header=WCTYPE)
def towlower(machine: "Machine", c: UInt) -> UInt:
    """The lower-case letter."""
    return to_lower(c) if c <= LAST_ASCII else c


@function(header=WCTYPE)
def towupper(machine: "Machine", c: UInt) -> UInt:
    """The upper-case letter."""
    return to_upper(c) if c <= LAST_ASCII else c


# printing into memory


def _print(machine: "Machine", s: int, size: int, format: int, arguments: Variadic | VariadicList) -> int:
    codes = read_wide(machine, format)
    if any(not 0 < code <= LAST_ASCII for code in codes):
        machine.stop_unsupported(("swprintf",), "not supported: swprintf of what is not ASCII")
    text = formatted(machine, bytes(codes), arguments)
    if text is None or any(byte > LAST_ASCII for byte in text):
        return -1
    if len(text) >= size:
        write_wide(machine, s, tuple(text[: max(size - 1, 0)]))
        return -1
    write_wide(machine, s, (*text, 0))
    return len(text)


@function(header=WCHAR)
def swprintf(machine: "Machine", s: Buffer, size: Size, format: ConstPointer, arguments: Variadic) -> Int:
    """Print into a wide string of size characters; -1 when it does not fit."""
    return _print(machine, s, size, format, arguments)


@function(header=WCHAR)
def vswprintf(machine: "Machine", s: Buffer, size: Size, format: ConstPointer, arguments: VariadicList) -> Int:
    """swprintf with a va_list."""
    return _print(machine, s, size, format, arguments)
