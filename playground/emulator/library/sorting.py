"""qsort as glibc 2.36 sorts (a stable merge sort, its order of comparisons) and bsearch; callbacks run in the guest."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import ConstPointer, Function, Pointer, Size
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

STDLIB = "stdlib.h"
SORT_LIMIT = 1 << 26
"""Bytes; sorting more would pass any run's instruction limit."""


class _MergeSort:
    def __init__(self, machine: "Machine", size: int, compare: int, context: tuple[int, ...]) -> None:
        self._machine = machine
        self._size = size
        self._compare = compare
        self._context = context

    def sort(self, base: int, count: int) -> None:
        """Sort in place: each half, then merge (stdlib/msort.c)."""
        if count <= 1:
            return
        left = count // 2
        middle = base + left * self._size
        self.sort(base, left)
        self.sort(middle, count - left)
        self._machine.write(base, self._merged(base, left, middle, count - left))

    def _merged(self, one: int, ones: int, two: int, twos: int) -> bytes:
        """The front of the merged runs; what is left of the second run is in place already."""
        size, read = self._size, self._machine.read
        merged: list[bytes] = []
        while ones and twos:
            if self._order(one, two) <= 0:
                merged.append(read(one, size))
                one, ones = one + size, ones - 1
            else:
                merged.append(read(two, size))
                two, twos = two + size, twos - 1
        if ones:
            merged.append(read(one, ones * size))
        return b"".join(merged)

    def _order(self, one: int, two: int) -> int:
        return call_comparison(self._machine, self._compare, (one, two, *self._context))


def call_comparison(machine: "Machine", compare: int, arguments: tuple[int, ...]) -> int:
    """The int that a guest comparison returns."""
    result = machine.call(compare, arguments) & 0xFFFFFFFF
    return result - (1 << 32) if result >> 31 else result


def _sort(machine: "Machine", base: int, count: int, size: int, compare: int, context: tuple[int, ...]) -> None:
    if count * size > SORT_LIMIT:
        machine.read(base, count * size)
        machine.stop_limit("instructions", f"qsort of {count:,} elements of {size} bytes")
    if size:
        _MergeSort(machine, size, compare, context).sort(base, count)


@function(header=STDLIB)
def qsort(machine: "Machine", base: Pointer, count: Size, size: Size, compare: Function) -> None:
    """Sort an array by a guest comparison."""
    _sort(machine, base, count, size, compare, ())


@function(header=STDLIB)
def qsort_r(machine: "Machine", base: Pointer, count: Size, size: Size, compare: Function, context: Pointer) -> None:
    """qsort with a third argument for the comparison."""
    _sort(machine, base, count, size, compare, (context,))


@function(header=STDLIB)
def bsearch(
    machine: "Machine", key: ConstPointer, base: ConstPointer, count: Size, size: Size, compare: Function
) -> Pointer:
    """An element that compares equal to key, by binary search; NULL if there is none."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        address = base + middle * size
        order = call_comparison(machine, compare, (key, address))
        if order == 0:
            return address
        low, high = (low, middle) if order < 0 else (middle + 1, high)
    return 0


@function("lfind", header="search.h")
def lfind(
    machine: "Machine", key: ConstPointer, base: ConstPointer, count: Pointer, size: Size, compare: Function
) -> Pointer:
    """The first element that compares equal to key, by linear search."""
    for index in range(machine.read_integer(count, 8)):
        address = base + index * size
        if call_comparison(machine, compare, (key, address)) == 0:
            return address
    return 0
