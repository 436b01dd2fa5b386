"""stdlib.h: numbers from text, integer arithmetic, the environment."""

from typing import TYPE_CHECKING

from playground.emulator.faults import GuestSignal
from playground.emulator.library.binary_float import BINARY32, BINARY64, BINARY128, X87_EXTENDED, Float, to_python
from playground.emulator.library.c_values import (
    Buffer,
    ConstPointer,
    CString,
    Double,
    Int,
    Long,
    LongDouble,
    LongLong,
    Pair,
    Pointer,
    Single,
    Size,
    ULong,
)
from playground.emulator.library.errors import set_errno
from playground.emulator.library.parse_number import BinaryFormat, parse_float, parse_integer
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

STDLIB = "stdlib.h"
EINVAL, ERANGE = 22, 34
LONG_MIN, LONG_MAX, ULONG_MAX = -(1 << 63), (1 << 63) - 1, (1 << 64) - 1
MASK64 = (1 << 64) - 1


def _integer(machine: "Machine", s: int, end: int, base: int, low: int, high: int) -> int:
    """strtol and strtoul: the number clamped to low..high, *end set when `end` is given."""
    if base < 0 or base == 1 or base > 36:
        set_errno(machine, EINVAL)
        return 0
    parsed = parse_integer(machine.read_cstring(s), base)
    if end:
        machine.write_integer(end, s + parsed.consumed, 8)
    value = parsed.value
    if low <= value <= high or (low == 0 and builtin_abs(value) <= high):
        return value
    set_errno(machine, ERANGE)
    return high if value > 0 or low == 0 else low


@function("strtol", "strtoll", "strtoimax", "__isoc23_strtol", "__isoc23_strtoll", "strtoq", header=STDLIB)
def strtol(machine: "Machine", s: ConstPointer, end: Pointer, base: Int) -> Long:
    """A signed number in a base from 2 to 36, or 0 for C's own prefixes; ERANGE at the limits."""
    return _integer(machine, s, end, base, LONG_MIN, LONG_MAX)


@function("strtoul", "strtoull", "strtoumax", "__isoc23_strtoul", "__isoc23_strtoull", "strtouq", header=STDLIB)
def strtoul(machine: "Machine", s: ConstPointer, end: Pointer, base: Int) -> ULong:
    """An unsigned number; a minus sign negates it modulo 2**64."""
    return _integer(machine, s, end, base, 0, ULONG_MAX) & MASK64


@function("__strtol_internal", header=STDLIB)
def __strtol_internal(machine: "Machine", s: ConstPointer, end: Pointer, base: Int, group: Int) -> Long:
    """strtol as old headers call it."""
    return _integer(machine, s, end, base, LONG_MIN, LONG_MAX)


@function(header=STDLIB)
def atoi(machine: "Machine", s: ConstPointer) -> Int:
    """(int) strtol(s, NULL, 10)."""
    return _integer(machine, s, 0, 10, LONG_MIN, LONG_MAX)


@function("atol", "atoll", header=STDLIB)
def atol(machine: "Machine", s: ConstPointer) -> Long:
    """strtol(s, NULL, 10)."""
    return _integer(machine, s, 0, 10, LONG_MIN, LONG_MAX)


def _float(machine: "Machine", s: int, end: int, target: BinaryFormat) -> Float:
    parsed = parse_float(machine.read_cstring(s), target)
    if end:
        machine.write_integer(end, s + parsed.consumed, 8)
    if parsed.rounded.overflow or parsed.rounded.underflow:
        set_errno(machine, ERANGE)
    return parsed.rounded.value


@function(header=STDLIB)
def strtod(machine: "Machine", s: ConstPointer, end: Pointer) -> Double:
    """The nearest double to a decimal or hexadecimal number, infinity or NaN."""
    return to_python(_float(machine, s, end, BINARY64))


@function(header=STDLIB)
def strtof(machine: "Machine", s: ConstPointer, end: Pointer) -> Single:
    """The nearest float, rounded once."""
    return to_python(_float(machine, s, end, BINARY32))


@function("strtold", header=STDLIB)
def strtold(machine: "Machine", s: ConstPointer, end: Pointer) -> LongDouble:
    """The nearest long double."""
    return _float(machine, s, end, BINARY128 if machine.arch.name == "aarch64" else X87_EXTENDED)


@function(header=STDLIB)
def atof(machine: "Machine", s: ConstPointer) -> Double:
    """strtod(s, NULL)."""
    return to_python(_float(machine, s, 0, BINARY64))


@function(header=STDLIB)
def abs(machine: "Machine", value: Int) -> Int:
    """The magnitude; INT_MIN stays."""
    return value if value >= 0 else -value


@function("labs", "llabs", "imaxabs", header=STDLIB)
def labs(machine: "Machine", value: Long) -> Long:
    """The magnitude; LONG_MIN stays."""
    return value if value >= 0 else -value


def divide(numerator: int, denominator: int) -> tuple[int, int]:
    """C's division: truncated quotient, remainder with the numerator's sign."""
    quotient = builtin_abs(numerator) // builtin_abs(denominator)
    quotient = quotient if (numerator < 0) == (denominator < 0) else -quotient
    return quotient, numerator - quotient * denominator


def builtin_abs(value: int) -> int:
    return value if value >= 0 else -value


def division_fault(machine: "Machine") -> None:
    """Division by zero inside the library: SIGFPE on x86-64; aarch64's sdiv gives 0."""
    raise GuestSignal("division", "SIGFPE", "division by zero inside a library routine")


@function(header=STDLIB)
def div(machine: "Machine", numerator: Int, denominator: Int) -> Pair:
    """Quotient in the low, remainder in the high 32 bits."""
    if denominator == 0:
        if machine.arch.name == "x86_64":
            division_fault(machine)
        return numerator << 32
    quotient, remainder = divide(numerator, denominator)
    return (quotient & 0xFFFFFFFF) | (remainder & 0xFFFFFFFF) << 32


@function("ldiv", "lldiv", "imaxdiv", header=STDLIB)
def ldiv(machine: "Machine", numerator: LongLong, denominator: LongLong) -> Pair:
    """Quotient in the first, remainder in the second eightbyte."""
    if denominator == 0:
        if machine.arch.name == "x86_64":
            division_fault(machine)
        return (numerator & MASK64) << 64
    quotient, remainder = divide(numerator, denominator)
    return (quotient & MASK64) | (remainder & MASK64) << 64


@function("getenv", "secure_getenv", header=STDLIB)
def getenv(machine: "Machine", name: CString) -> Buffer:
    """The variable's value, or NULL."""
    value = _environment(machine).get(name)
    return 0 if value is None else library_state(machine).text(f"environment {name!r}", value)


def _environment(machine: "Machine") -> dict[bytes, bytes]:
    parts = library_state(machine).parts
    if "environment" not in parts:
        parts["environment"] = {key.encode(): value.encode() for key, value in machine.environment.items()}
    environment: dict[bytes, bytes] = parts["environment"]
    return environment


@function(header=STDLIB)
def setenv(machine: "Machine", name: CString, value: CString, overwrite: Int) -> Int:
    """Set a variable of the process."""
    if not name or b"=" in name:
        set_errno(machine, EINVAL)
        return -1
    if overwrite or name not in _environment(machine):
        _environment(machine)[name] = value
    return 0


@function(header=STDLIB)
def unsetenv(machine: "Machine", name: CString) -> Int:
    """Remove a variable."""
    _environment(machine).pop(name, None)
    return 0


@function(header=STDLIB)
def system(machine: "Machine", command: Pointer) -> Int:
    """There is no shell: 0 for NULL, else the status of a shell that could not run."""
    return 0 if command == 0 else 127 << 8


@function(header=STDLIB)
def mblen(machine: "Machine", s: Pointer, n: Size) -> Int:
    """Length of a character of the "C" locale: 1, 0 for NUL, -1 for n == 0."""
    if s == 0:
        return 0
    if n == 0:
        return -1
    return int(machine.read(s, 1) != b"\0")
