"""ctype.h in the "C" locale: functions, and the tables that glibc's macros index (-128 .. 255)."""

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Int, Pointer
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

CTYPE = "ctype.h"
FIRST, LAST = -128, 255

_ALPHA = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_DIGITS = frozenset(b"0123456789")
CLASSES: dict[str, tuple[int, frozenset[int]]] = {
    "upper": (0x100, frozenset(c for c in _ALPHA if c < 0x61)),
    "lower": (0x200, frozenset(c for c in _ALPHA if c >= 0x61)),
    "alpha": (0x400, _ALPHA),
    "digit": (0x800, _DIGITS),
    "xdigit": (0x1000, _DIGITS | frozenset(b"ABCDEFabcdef")),
    "space": (0x2000, frozenset(b" \t\n\v\f\r")),
    "print": (0x4000, frozenset(range(0x20, 0x7F))),
    "graph": (0x8000, frozenset(range(0x21, 0x7F))),
    "blank": (0x1, frozenset(b" \t")),
    "cntrl": (0x2, frozenset(range(0x20)) | {0x7F}),
    "punct": (0x4, frozenset(range(0x21, 0x7F)) - _ALPHA - _DIGITS),
    "alnum": (0x8, _ALPHA | _DIGITS),
}
"""Class -> its bit in glibc's table on a little-endian machine (ctype.h _ISbit), and its characters."""


def class_bits(code: int) -> int:
    """The table's entry for a character."""
    return sum(bit for bit, members in CLASSES.values() if code in members)


def to_lower(code: int) -> int:
    """tolower in the "C" locale."""
    return code + 32 if 0x41 <= code <= 0x5A else code


def to_upper(code: int) -> int:
    """toupper in the "C" locale."""
    return code - 32 if 0x61 <= code <= 0x7A else code


def _define(name: str, bit: int, members: frozenset[int]) -> None:
    def is_class(machine: "Machine", c: Int) -> Int:
        return bit if c in members else 0

    is_class.__doc__ = f"Nonzero (glibc's {bit:#x}) for a character of class {name}."
    function(f"is{name}", header=CTYPE)(is_class)


for _name, (_bit, _members) in CLASSES.items():
    _define(_name, _bit, _members)


@function(header=CTYPE)
def tolower(machine: "Machine", c: Int) -> Int:
    """The lower-case letter of an upper-case one, all else unchanged."""
    return to_lower(c)


@function(header=CTYPE)
def toupper(machine: "Machine", c: Int) -> Int:
    """The upper-case letter of a lower-case one, all else unchanged."""
    return to_upper(c)


@function(header=CTYPE)
def isascii(machine: "Machine", c: Int) -> Int:
    """1 for 0..127."""
    return int(c & ~0x7F == 0)


@function(header=CTYPE)
def toascii(machine: "Machine", c: Int) -> Int:
    """The low seven bits."""
    return c & 0x7F


def _mapped(convert: Callable[[int], int]) -> list[int]:
    """The int table of toupper or tolower: negative characters as their unsigned value, EOF as itself."""
    return [convert(code) if code >= 0 else -1 if code == -1 else code + 256 for code in range(FIRST, LAST + 1)]


def _table(machine: "Machine", name: str, content: bytes, unit: int) -> int:
    """The address of a pointer to entry 0 of a static table that starts at entry -128."""
    state = library_state(machine)
    if name not in state.parts:
        table = machine.allocate_static(len(content))
        machine.write(table, content)
        pointer = machine.allocate_static(8)
        machine.write_integer(pointer, table - FIRST * unit, 8)
        state.parts[name] = pointer
    pointer = state.parts[name]
    assert isinstance(pointer, int)
    return pointer


_CODES = range(FIRST, LAST + 1)
CLASS_TABLE = struct.pack("<384H", *(class_bits(code) for code in _CODES))


@function(header=CTYPE)
def __ctype_b_loc(machine: "Machine") -> Pointer:
    """Where the class table's pointer lies."""
    return _table(machine, "ctype_b", CLASS_TABLE, 2)


@function(header=CTYPE)
def __ctype_tolower_loc(machine: "Machine") -> Pointer:
    """Where the lower-case table's pointer lies."""
    return _table(machine, "ctype_tolower", struct.pack("<384i", *_mapped(to_lower)), 4)


@function(header=CTYPE)
def __ctype_toupper_loc(machine: "Machine") -> Pointer:
    """Where the upper-case table's pointer lies."""
    return _table(machine, "ctype_toupper", struct.pack("<384i", *_mapped(to_upper)), 4)


@function(header=CTYPE)
def __ctype_get_mb_cur_max(machine: "Machine") -> Int:
    """MB_CUR_MAX of the "C" locale."""
    return 1
