"""The _FORTIFY_SOURCE forms (Linux Standard Base, __*_chk): the plain function behind a check of the target's size."""

from typing import TYPE_CHECKING

from playground.emulator.library import print as formatted_output
from playground.emulator.library import stdio, string
from playground.emulator.library.c_values import (
    Buffer,
    ConstPointer,
    CString,
    Int,
    Long,
    Pointer,
    Size,
    SSize,
    Stream,
    Variadic,
    VariadicList,
)
from playground.emulator.library.registry import function
from playground.emulator.library.start import buffer_overflow

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

STDIO = "stdio.h"
STRING = "string.h"


def check(machine: "Machine", needed: int, room: int, what: str) -> None:
    """Abort as glibc does when `needed` bytes pass `room` (SIZE_MAX: unknown)."""
    if needed > room:
        buffer_overflow(machine, what)


@function(header=STDIO)
def __printf_chk(machine: "Machine", flag: Int, format: CString, arguments: Variadic) -> Int:
    """printf."""
    return formatted_output.vprintf(machine, format, arguments)


@function(header=STDIO)
def __vprintf_chk(machine: "Machine", flag: Int, format: CString, arguments: VariadicList) -> Int:
    """vprintf."""
    return formatted_output.vprintf(machine, format, arguments)


@function(header=STDIO)
def __fprintf_chk(machine: "Machine", stream: Stream, flag: Int, format: CString, arguments: Variadic) -> Int:
    """fprintf."""
    return formatted_output.vfprintf(machine, stream, format, arguments)


@function(header=STDIO)
def __vfprintf_chk(machine: "Machine", stream: Stream, flag: Int, format: CString, arguments: VariadicList) -> Int:
    """vfprintf."""
    return formatted_output.vfprintf(machine, stream, format, arguments)


@function(header=STDIO)
def __dprintf_chk(machine: "Machine", descriptor: Int, flag: Int, format: CString, arguments: Variadic) -> Int:
    """dprintf."""
    return formatted_output.vdprintf(machine, descriptor, format, arguments)


@function(header=STDIO)
def __sprintf_chk(machine: "Machine", s: Buffer, flag: Int, room: Size, format: CString, arguments: Variadic) -> Int:
    """sprintf into room bytes."""
    return _checked_sprintf(machine, s, room, format, arguments)


@function(header=STDIO)
def __vsprintf_chk(
    machine: "Machine", s: Buffer, flag: Int, room: Size, format: CString, arguments: VariadicList
) -> Int:
    """vsprintf into room bytes."""
    return _checked_sprintf(machine, s, room, format, arguments)


def _checked_sprintf(machine: "Machine", s: int, room: int, format: bytes, arguments: Variadic | VariadicList) -> int:
    text = formatted_output.formatted(machine, format, arguments)
    if text is None:
        return -1
    check(machine, len(text) + 1, room, "sprintf")
    machine.write(s, text + b"\0")
    return len(text)


@function(header=STDIO)
def __snprintf_chk(
    machine: "Machine", s: Buffer, size: Size, flag: Int, room: Size, format: CString, arguments: Variadic
) -> Int:
    """snprintf into room bytes."""
    check(machine, size, room, "snprintf")
    return formatted_output.to_buffer(machine, s, size, format, arguments)


@function(header=STDIO)
def __vsnprintf_chk(
    machine: "Machine", s: Buffer, size: Size, flag: Int, room: Size, format: CString, arguments: VariadicList
) -> Int:
    """vsnprintf into room bytes."""
    check(machine, size, room, "vsnprintf")
    return formatted_output.to_buffer(machine, s, size, format, arguments)


@function(header=STDIO)
def __asprintf_chk(machine: "Machine", result: Pointer, flag: Int, format: CString, arguments: Variadic) -> Int:
    """asprintf."""
    return formatted_output.vasprintf(machine, result, format, arguments)


@function(header=STDIO)
def __vasprintf_chk(machine: "Machine", result: Pointer, flag: Int, format: CString, arguments: VariadicList) -> Int:
    """vasprintf."""
    return formatted_output.vasprintf(machine, result, format, arguments)


@function("__fgets_chk", "__fgets_unlocked_chk", header=STDIO)
def __fgets_chk(machine: "Machine", s: Buffer, room: Size, size: Int, stream: Stream) -> Buffer:
    """fgets into room bytes."""
    check(machine, size, room, "fgets")
    return stdio.fgets(machine, s, size, stream)


@function("__fread_chk", "__fread_unlocked_chk", header=STDIO)
def __fread_chk(machine: "Machine", target: Pointer, room: Size, size: Size, count: Size, stream: Stream) -> Size:
    """fread into room bytes."""
    check(machine, size * count, room, "fread")
    return stdio.fread(machine, target, size, count, stream)


@function(header="unistd.h")
def __read_chk(machine: "Machine", descriptor: Int, target: Pointer, count: Size, room: Size) -> SSize:
    """read into room bytes."""
    check(machine, count, room, "read")
    from playground.emulator.library.unistd import read

    return read(machine, descriptor, target, count)


@function("__memcpy_chk", "__memmove_chk", header=STRING)
def __memcpy_chk(machine: "Machine", dst: Pointer, src: ConstPointer, n: Size, room: Size) -> Pointer:
    """memcpy into room bytes."""
    check(machine, n, room, "memcpy")
    return string.memmove(machine, dst, src, n)


@function(header=STRING)
def __mempcpy_chk(machine: "Machine", dst: Pointer, src: ConstPointer, n: Size, room: Size) -> Pointer:
    """mempcpy into room bytes."""
    check(machine, n, room, "mempcpy")
    return string.mempcpy(machine, dst, src, n)


@function(header=STRING)
def __memset_chk(machine: "Machine", dst: Pointer, c: Int, n: Size, room: Size) -> Pointer:
    """memset of room bytes."""
    check(machine, n, room, "memset")
    return string.memset(machine, dst, c, n)


@function(header=STRING)
def __explicit_bzero_chk(machine: "Machine", dst: Pointer, n: Size, room: Size) -> None:
    """explicit_bzero of room bytes."""
    check(machine, n, room, "explicit_bzero")
    string.bzero(machine, dst, n)


@function(header=STRING)
def __strcpy_chk(machine: "Machine", dst: Buffer, src: CString, room: Size) -> Buffer:
    """strcpy into room bytes."""
    check(machine, len(src) + 1, room, "strcpy")
    return string.strcpy(machine, dst, src)


@function(header=STRING)
def __stpcpy_chk(machine: "Machine", dst: Buffer, src: CString, room: Size) -> Buffer:
    """stpcpy into room bytes."""
    check(machine, len(src) + 1, room, "stpcpy")
    return string.stpcpy(machine, dst, src)


@function(header=STRING)
def __strncpy_chk(machine: "Machine", dst: Buffer, src: ConstPointer, n: Size, room: Size) -> Buffer:
    """strncpy into room bytes."""
    check(machine, n, room, "strncpy")
    return string.strncpy(machine, dst, src, n)


@function(header=STRING)
def __stpncpy_chk(machine: "Machine", dst: Buffer, src: ConstPointer, n: Size, room: Size) -> Buffer:
    """stpncpy into room bytes."""
    check(machine, n, room, "stpncpy")
    return string.stpncpy(machine, dst, src, n)


@function(header=STRING)
def __strcat_chk(machine: "Machine", dst: Buffer, src: CString, room: Size) -> Buffer:
    """strcat into room bytes."""
    check(machine, len(machine.read_cstring(dst)) + len(src) + 1, room, "strcat")
    return string.strcat(machine, dst, src)


@function(header=STRING)
def __strncat_chk(machine: "Machine", dst: Buffer, src: ConstPointer, n: Size, room: Size) -> Buffer:
    """strncat into room bytes."""
    added = len(machine.read_cstring(src, n))
    check(machine, len(machine.read_cstring(dst)) + added + 1, room, "strncat")
    return string.strncat(machine, dst, src, n)


@function(header="sys/select.h")
def __fdelt_chk(machine: "Machine", descriptor: Long) -> Long:
    """The word of an fd_set that holds a descriptor below FD_SETSIZE."""
    check(machine, descriptor + 1, 1024, "FD_SET")
    return descriptor // 64
