"""libgcc's integer routines (GCC Internals, 4.1): bit counting, 128-bit arithmetic, overflow checks, byte swaps."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Int, Int128, Long, Pointer, UInt, UInt128, ULong
from playground.emulator.library.registry import function
from playground.emulator.library.stdlib import divide, division_fault

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

LIBGCC = "libgcc"


@function("__popcountdi2", header=LIBGCC)
def __popcountdi2(machine: "Machine", value: ULong) -> Int:
    """Set bits of 64."""
    return value.bit_count()


@function(header=LIBGCC)
def __popcountsi2(machine: "Machine", value: UInt) -> Int:
    """Set bits of 32."""
    return value.bit_count()


@function(header=LIBGCC)
def __popcountti2(machine: "Machine", value: UInt128) -> Int:
    """Set bits of 128."""
    return value.bit_count()


@function(header=LIBGCC)
def __paritydi2(machine: "Machine", value: ULong) -> Int:
    """1 when the number of set bits is odd."""
    return value.bit_count() & 1


@function(header=LIBGCC)
def __parityti2(machine: "Machine", value: UInt128) -> Int:
    """Parity of 128 bits."""
    return value.bit_count() & 1


@function(header=LIBGCC)
def __clzdi2(machine: "Machine", value: ULong) -> Int:
    """Leading zeros of 64 bits."""
    return 64 - value.bit_length()


@function(header=LIBGCC)
def __clzti2(machine: "Machine", value: UInt128) -> Int:
    """Leading zeros of 128 bits."""
    return 128 - value.bit_length()


@function(header=LIBGCC)
def __ctzdi2(machine: "Machine", value: ULong) -> Int:
    """Trailing zeros of 64 bits."""
    return (value & -value).bit_length() - 1


@function(header=LIBGCC)
def __ctzti2(machine: "Machine", value: UInt128) -> Int:
    """Trailing zeros of 128 bits."""
    return (value & -value).bit_length() - 1


@function(header=LIBGCC)
def __ffsdi2(machine: "Machine", value: ULong) -> Int:
    """Lowest set bit from 1, or 0."""
    return (value & -value).bit_length()


@function(header=LIBGCC)
def __ffsti2(machine: "Machine", value: UInt128) -> Int:
    """Lowest set bit of 128 from 1, or 0."""
    return (value & -value).bit_length()


@function(header=LIBGCC)
def __clrsbdi2(machine: "Machine", value: Long) -> Int:
    """Redundant sign bits."""
    return 63 - (value if value >= 0 else ~value).bit_length()


@function(header=LIBGCC)
def __bswapsi2(machine: "Machine", value: UInt) -> UInt:
    """Bytes reversed."""
    return int.from_bytes(value.to_bytes(4, "little"), "big")


@function(header=LIBGCC)
def __bswapdi2(machine: "Machine", value: ULong) -> ULong:
    """Bytes reversed."""
    return int.from_bytes(value.to_bytes(8, "little"), "big")


def _checked(machine: "Machine", denominator: int) -> bool:
    """False after reporting a division by zero (aarch64 calls the same routine, which gives 0)."""
    if denominator == 0 and machine.arch.name == "x86_64":
        division_fault(machine)
    return denominator != 0


@function(header=LIBGCC)
def __divti3(machine: "Machine", numerator: Int128, denominator: Int128) -> Int128:
    """Signed 128-bit quotient."""
    return divide(numerator, denominator)[0] if _checked(machine, denominator) else 0


@function(header=LIBGCC)
def __modti3(machine: "Machine", numerator: Int128, denominator: Int128) -> Int128:
    """Signed 128-bit remainder."""
    return divide(numerator, denominator)[1] if _checked(machine, denominator) else numerator


@function(header=LIBGCC)
def __udivti3(machine: "Machine", numerator: UInt128, denominator: UInt128) -> UInt128:
    """Unsigned 128-bit quotient."""
    return numerator // denominator if _checked(machine, denominator) else 0


@function(header=LIBGCC)
def __umodti3(machine: "Machine", numerator: UInt128, denominator: UInt128) -> UInt128:
    """Unsigned 128-bit remainder."""
    return numerator % denominator if _checked(machine, denominator) else numerator


@function(header=LIBGCC)
def __udivmodti4(machine: "Machine", numerator: UInt128, denominator: UInt128, remainder: Pointer) -> UInt128:
    """Quotient, with the remainder stored."""
    quotient, rest = divmod(numerator, denominator) if _checked(machine, denominator) else (0, numerator)
    if remainder:
        machine.write(remainder, rest.to_bytes(16, "little"))
    return quotient


@function(header=LIBGCC)
def __multi3(machine: "Machine", a: Int128, b: Int128) -> Int128:
    """128-bit product, wrapped."""
    return a * b


@function(header=LIBGCC)
def __ashlti3(machine: "Machine", a: UInt128, count: Int) -> UInt128:
    """Shift left."""
    return a << count


@function(header=LIBGCC)
def __ashrti3(machine: "Machine", a: Int128, count: Int) -> Int128:
    """Arithmetic shift right."""
    return a >> count


@function(header=LIBGCC)
def __lshrti3(machine: "Machine", a: UInt128, count: Int) -> UInt128:
    """Logical shift right."""
    return a >> count


@function(header=LIBGCC)
def __negti2(machine: "Machine", a: Int128) -> Int128:
    """Negation."""
    return -a


def _fits(value: int, bits: int) -> bool:
    return -(1 << (bits - 1)) <= value < 1 << (bits - 1)


def _overflow(machine: "Machine", value: int, bits: int, overflow: int) -> int:
    """Store whether `value` overflows; the caller returns it wrapped."""
    machine.write_integer(overflow, int(not _fits(value, bits)), 4)
    return value


@function(header=LIBGCC)
def __mulosi4(machine: "Machine", a: Int, b: Int, overflow: Pointer) -> Int:
    """Product with an overflow flag."""
    return _overflow(machine, a * b, 32, overflow)


@function(header=LIBGCC)
def __mulodi4(machine: "Machine", a: Long, b: Long, overflow: Pointer) -> Long:
    """Product with an overflow flag."""
    return _overflow(machine, a * b, 64, overflow)


@function(header=LIBGCC)
def __muloti4(machine: "Machine", a: Int128, b: Int128, overflow: Pointer) -> Int128:
    """Product with an overflow flag."""
    return _overflow(machine, a * b, 128, overflow)


def _trapping(machine: "Machine", value: int, bits: int) -> int:
    """-ftrapv: abort on overflow."""
    if not _fits(value, bits):
        machine.abort("abort", "signed overflow in code compiled with -ftrapv")
    return value


@function(header=LIBGCC)
def __addvsi3(machine: "Machine", a: Int, b: Int) -> Int:
    """Sum that aborts on overflow."""
    return _trapping(machine, a + b, 32)


@function(header=LIBGCC)
def __addvdi3(machine: "Machine", a: Long, b: Long) -> Long:
    """Sum that aborts on overflow."""
    return _trapping(machine, a + b, 64)


@function(header=LIBGCC)
def __subvsi3(machine: "Machine", a: Int, b: Int) -> Int:
    """Difference that aborts on overflow."""
    return _trapping(machine, a - b, 32)


@function(header=LIBGCC)
def __subvdi3(machine: "Machine", a: Long, b: Long) -> Long:
    """Difference that aborts on overflow."""
    return _trapping(machine, a - b, 64)


@function(header=LIBGCC)
def __mulvsi3(machine: "Machine", a: Int, b: Int) -> Int:
    """Product that aborts on overflow."""
    return _trapping(machine, a * b, 32)


@function(header=LIBGCC)
def __mulvdi3(machine: "Machine", a: Long, b: Long) -> Long:
    """Product that aborts on overflow."""
    return _trapping(machine, a * b, 64)


@function(header=LIBGCC)
def __negvsi2(machine: "Machine", a: Int) -> Int:
    """Negation that aborts on overflow."""
    return _trapping(machine, -a, 32)


@function(header=LIBGCC)
def __negvdi2(machine: "Machine", a: Long) -> Long:
    """Negation that aborts on overflow."""
    return _trapping(machine, -a, 64)


@function("__clear_cache", header=LIBGCC)
def __clear_cache(machine: "Machine", start: Pointer, end: Pointer) -> None:
    """Nothing: the emulator notices written code by itself."""
