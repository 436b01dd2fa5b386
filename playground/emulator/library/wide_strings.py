"""wchar.h: strings and blocks of 4-byte characters. Conversions and classes are in `wide_characters`."""

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import (
    ConstPointer,
    Int,
    Pointer,
    Size,
)
from playground.emulator.library.ctype import to_lower
from playground.emulator.library.heap import malloc
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

WCHAR = "wchar.h"
PAGE = 4096
UNIT = 4
"""Bytes of a wchar_t."""
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
