"""wchar.h and wctype.h: numbers in wide strings, conversions, character classes, and printing into wide strings.

In the "C" locale ASCII alone converts. Not covered: wide streams (wprintf, fgetws and others).
"""

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
from playground.emulator.library.print import formatted
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state
from playground.emulator.library.stdlib import strtod, strtol, strtoul
from playground.emulator.library.wide_strings import LONGEST, UNIT, WCHAR, read_wide, write_wide

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

WCTYPE, STDLIB = "wctype.h", "stdlib.h"
EILSEQ = 84
FAILED = (1 << 64) - 1
"""(size_t)-1."""
WEOF = 0xFFFFFFFF
LAST_ASCII = 0x7F


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
