"""Rarer text functions of string.h, libgen.h, stdlib.h and arpa/inet.h, as glibc has them."""

import signal as host_signal
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import (
    Buffer,
    ConstPointer,
    CString,
    Double,
    Int,
    Long,
    Pointer,
    SSize,
    UInt,
    UShort,
)
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

STRING, LIBGEN, STDLIB, INET = "string.h", "libgen.h", "stdlib.h", "arpa/inet.h"
RADIX_64 = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
DIGITS = frozenset(b"0123456789")


@function("basename", "__basename", header=STRING)
def basename(machine: "Machine", path: Pointer) -> Buffer:
    """What stands behind the last slash (string.h's; libgen.h's is __xpg_basename)."""
    return path + machine.read_cstring(path).rfind(b"/") + 1


@function("__xpg_basename", header=LIBGEN)
def xpg_basename(machine: "Machine", path: Pointer) -> Buffer:
    """The last component; trailing slashes are cut off in place."""
    text = machine.read_cstring(path) if path else b""
    if not text:
        return library_state(machine).text("dirname .", b".")
    kept = text.rstrip(b"/")
    if not kept:
        return path + len(text) - 1
    if len(kept) < len(text):
        machine.write(path + len(kept), b"\0")
    return path + kept.rfind(b"/") + 1


@function(header=LIBGEN)
def dirname(machine: "Machine", path: Pointer) -> Buffer:
    """What stands before the last component, cut off in place."""
    text = machine.read_cstring(path) if path else b""
    head, slash, _ = text.rstrip(b"/").rpartition(b"/")
    if not slash:
        kept = b"/" if text.startswith(b"/") else b"."
        return library_state(machine).text(f"dirname {kept.decode()}", kept)
    kept = head.rstrip(b"/") or b"/"
    machine.write(path + len(kept), b"\0")
    return path


@function("strsignal", header=STRING)
def strsignal(machine: "Machine", number: Int) -> Buffer:
    """A signal's description."""
    try:
        text = host_signal.strsignal(number) or f"Unknown signal {number}"
    except ValueError:
        text = f"Unknown signal {number}"
    return library_state(machine).text(f"strsignal {number}", text.encode())


@function("strverscmp", "__strverscmp", header=STRING)
def strverscmp(machine: "Machine", one: CString, two: CString) -> Int:
    """Order with numbers inside by value (man 3 strverscmp): numbers with leading zeros are fractions."""
    if one == two:
        return 0
    left, right = one + b"\0", two + b"\0"
    at = next(index for index in range(min(len(left), len(right))) if left[index] != right[index])
    start = at
    while start > 0 and left[start - 1] in DIGITS:
        start -= 1
    difference = left[at] - right[at]
    begun = start < at or (left[at] in DIGITS and right[at] in DIGITS)
    numbers = begun and (left[at] in DIGITS or right[at] in DIGITS)
    if numbers and start < at and not left[start:at].strip(b"0") and (left[at] in DIGITS) != (right[at] in DIGITS):
        return -1 if left[at] in DIGITS else 1
    if not numbers or _has_leading_zero(left, right, start, at):
        return difference
    lengths = [_digits_from(text, at) for text in (left, right)]
    return difference if lengths[0] == lengths[1] else lengths[0] - lengths[1]


def _has_leading_zero(left: bytes, right: bytes, start: int, at: int) -> bool:
    """True when the numbers are compared as fractions."""
    return (start < at and left[start] == 0x30) or (start == at and 0x30 in (left[at], right[at]))


def _digits_from(text: bytes, at: int) -> int:
    return next(index for index in range(at, len(text)) if text[index] not in DIGITS) - at


@function(header=STRING)
def memfrob(machine: "Machine", block: Pointer, count: UInt) -> Pointer:
    """Every byte exclusive-or 42."""
    machine.write(block, bytes(byte ^ 42 for byte in machine.read(block, count)))
    return block


@function(header="unistd.h")
def swab(machine: "Machine", source: ConstPointer, target: Pointer, count: SSize) -> None:
    """Copy with the bytes of each pair exchanged."""
    data = machine.read(source, max(count, 0) & ~1)
    machine.write(target, b"".join(data[i + 1 : i + 2] + data[i : i + 1] for i in range(0, len(data), 2)))


@function(header=STDLIB)
def a64l(machine: "Machine", text: CString) -> Long:
    """The number that up to six radix-64 digits write, lowest first: 32 bits."""
    value = 0
    for index, byte in enumerate(text[:6]):
        if byte not in RADIX_64:
            break
        value |= RADIX_64.index(byte) << 6 * index
    return value & 0xFFFFFFFF


@function(header=STDLIB)
def gcvt(machine: "Machine", value: Double, digits: Int, target: Buffer) -> Buffer:
    """%.*g into a buffer (at most 17 digits)."""
    text = f"{value:.{max(1, min(digits, 17))}g}".encode()
    machine.write(target, text + b"\0")
    return target


@function("htons", "ntohs", header=INET)
def htons(machine: "Machine", value: UShort) -> UShort:
    """The two bytes exchanged."""
    return int.from_bytes(value.to_bytes(2, "little"), "big")


@function("htonl", "ntohl", header=INET)
def htonl(machine: "Machine", value: UInt) -> UInt:
    """The four bytes in reverse order."""
    return int.from_bytes(value.to_bytes(4, "little"), "big")
