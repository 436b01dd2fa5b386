"""aarch64's outline atomics (libgcc lse.S) and libatomic's calls: there is one thread, so each is a plain access."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Bool, Int, Pointer, Size, UInt128, ULong
from playground.emulator.library.memory import copy
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

LIBGCC = "libgcc"
LIBATOMIC = "libatomic"
ORDERS = ("relax", "acq", "rel", "acq_rel", "sync")
SIZES = (1, 2, 4, 8)
OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "swp": lambda old, value: value,
    "ldadd": lambda old, value: old + value,
    "ldclr": lambda old, value: old & ~value,
    "ldeor": lambda old, value: old ^ value,
    "ldset": lambda old, value: old | value,
}
"""Read-modify-write operations by the instruction that they stand for: what is stored, from old value and operand."""


def _define_operation(name: str, size: int, operation: Callable[[int, int], int]) -> None:
    mask = (1 << 8 * size) - 1

    def read_modify_write(machine: "Machine", value: ULong, address: Pointer) -> ULong:
        old = machine.read_integer(address, size)
        machine.write_integer(address, operation(old, value & mask) & mask, size)
        return old

    read_modify_write.__doc__ = f"{name} on {size} bytes; returns the old value."
    function(*(f"__aarch64_{name}{size}_{order}" for order in ORDERS), header=LIBGCC)(read_modify_write)


def _define_compare_and_swap(size: int) -> None:
    mask = (1 << 8 * size) - 1

    def compare_and_swap(machine: "Machine", expected: ULong, desired: ULong, address: Pointer) -> ULong:
        old = machine.read_integer(address, size)
        if old == expected & mask:
            machine.write_integer(address, desired & mask, size)
        return old

    compare_and_swap.__doc__ = f"cas on {size} bytes; returns the old value."
    function(*(f"__aarch64_cas{size}_{order}" for order in ORDERS), header=LIBGCC)(compare_and_swap)


for _size in SIZES:
    _define_compare_and_swap(_size)
    for _name, _operation in OPERATIONS.items():
        _define_operation(_name, _size, _operation)


@function(*(f"__aarch64_cas16_{order}" for order in ORDERS), header=LIBGCC)
def __aarch64_cas16(machine: "Machine", expected: UInt128, desired: UInt128, address: Pointer) -> UInt128:
    """cas on 16 bytes; returns the old value."""
    old = machine.read_integer(address, 16)
    if old == expected:
        machine.write(address, desired.to_bytes(16, "little"))
    return old


@function(header=LIBATOMIC)
def __atomic_load(machine: "Machine", size: Size, source: Pointer, target: Pointer, order: Int) -> None:
    """Copy an object out."""
    copy(machine, target, source, size)


@function(header=LIBATOMIC)
def __atomic_store(machine: "Machine", size: Size, target: Pointer, source: Pointer, order: Int) -> None:
    """Copy an object in."""
    copy(machine, target, source, size)


@function(header=LIBATOMIC)
def __atomic_exchange(
    machine: "Machine", size: Size, target: Pointer, source: Pointer, result: Pointer, order: Int
) -> None:
    """Swap an object."""
    old = machine.read(target, size)
    copy(machine, target, source, size)
    machine.write(result, old)


@function(header=LIBATOMIC)
def __atomic_compare_exchange(
    machine: "Machine", size: Size, target: Pointer, expected: Pointer, desired: Pointer, success: Int, failure: Int
) -> Bool:
    """Compare and swap an object; the old value goes to expected on failure."""
    old = machine.read(target, size)
    if old == machine.read(expected, size):
        copy(machine, target, desired, size)
        return 1
    machine.write(expected, old)
    return 0


@function(header=LIBATOMIC)
def __atomic_load_16(machine: "Machine", source: Pointer, order: Int) -> UInt128:
    """Load 16 bytes."""
    return machine.read_integer(source, 16)


@function(header=LIBATOMIC)
def __atomic_store_16(machine: "Machine", target: Pointer, value: UInt128, order: Int) -> None:
    """Store 16 bytes."""
    machine.write(target, value.to_bytes(16, "little"))
