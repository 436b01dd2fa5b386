"""rand, random and the 48-bit family: glibc's own sequences (stdlib/random_r.c TYPE_3, drand48)."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Double, Int, Long, Pointer, UInt
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

STDLIB = "stdlib.h"
MASK32 = 0xFFFFFFFF


class AdditiveFeedback:
    """r[i] = r[i-3] + r[i-31] mod 2**32, seeded by a Lehmer generator; gives r[i] >> 1."""

    DEGREE, SEPARATION = 31, 3

    def __init__(self, seed: int) -> None:
        self.seed(seed)

    def seed(self, seed: int) -> None:
        word = seed & MASK32 or 1
        word = word - (1 << 32) if word >> 31 else word
        table = [word & MASK32]
        for _ in range(self.DEGREE - 1):
            # 16807 * word % 2147483647 by Schrage's method, with C's truncating division
            high = abs(word) // 127773 * (1 if word >= 0 else -1)
            word = 16807 * (word - high * 127773) - 2836 * high
            word += 2147483647 if word < 0 else 0
            table.append(word & MASK32)
        self._table = table
        self._front, self._rear = self.SEPARATION, 0
        for _ in range(10 * self.DEGREE):
            self.next()

    def next(self) -> int:
        table = self._table
        value = table[self._front] = (table[self._front] + table[self._rear]) & MASK32
        self._front = (self._front + 1) % self.DEGREE
        self._rear = (self._rear + 1) % self.DEGREE
        return value >> 1


@function("rand", header=STDLIB)
def rand(machine: "Machine") -> Int:
    """The next number of srand's sequence, 0 to RAND_MAX (2147483647)."""
    return library_state(machine).random.next()


@function("random", header=STDLIB)
def random(machine: "Machine") -> Long:
    """The next number of the same sequence as rand's."""
    return library_state(machine).random.next()


@function("srand", "srandom", header=STDLIB)
def srand(machine: "Machine", seed: UInt) -> None:
    """Start the sequence again."""
    library_state(machine).random.seed(seed)


@function(header=STDLIB)
def rand_r(machine: "Machine", seed: Pointer) -> Int:
    """glibc's rand_r: three steps of a linear congruential generator kept in *seed."""
    state = machine.read_integer(seed, 4)
    result = 0
    for shift, bits in ((0, 11), (10, 10), (10, 10)):
        state = (state * 1103515245 + 12345) & MASK32
        result = (result << shift) ^ ((state >> 16) & ((1 << bits) - 1))
    machine.write_integer(seed, state, 4)
    return result


def _step48(state: int) -> int:
    return (state * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)


def _next48(machine: "Machine") -> int:
    state = library_state(machine)
    state.drand48 = _step48(state.drand48)
    return state.drand48


def _next48_at(machine: "Machine", address: int) -> int:
    """One step of a generator kept in three shorts, least significant first."""
    value = _step48(machine.read_integer(address, 6))
    machine.write_integer(address, value, 6)
    return value


def _as_long(value: int) -> int:
    value >>= 16
    return value - (1 << 32) if value >> 31 else value


@function(header=STDLIB)
def srand48(machine: "Machine", seed: Long) -> None:
    """Seed the 48-bit family."""
    library_state(machine).drand48 = (seed & MASK32) << 16 | 0x330E


@function(header=STDLIB)
def drand48(machine: "Machine") -> Double:
    """Uniform in [0, 1)."""
    return _next48(machine) / (1 << 48)


@function(header=STDLIB)
def lrand48(machine: "Machine") -> Long:
    """Uniform in 0 .. 2**31 - 1."""
    return _next48(machine) >> 17


@function(header=STDLIB)
def mrand48(machine: "Machine") -> Long:
    """Uniform in -2**31 .. 2**31 - 1."""
    return _as_long(_next48(machine))


@function(header=STDLIB)
def erand48(machine: "Machine", state: Pointer) -> Double:
    """drand48 with the caller's state."""
    return _next48_at(machine, state) / (1 << 48)


@function(header=STDLIB)
def nrand48(machine: "Machine", state: Pointer) -> Long:
    """lrand48 with the caller's state."""
    return _next48_at(machine, state) >> 17


@function(header=STDLIB)
def jrand48(machine: "Machine", state: Pointer) -> Long:
    """mrand48 with the caller's state."""
    return _as_long(_next48_at(machine, state))
