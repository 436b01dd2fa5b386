"""std::hash of byte strings and the growth of std::unordered containers (hash_bytes.cc, hashtable_c++0x.cc)."""

import math
import struct
from bisect import bisect_left
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import ConstPointer, Pair, Pointer, Size
from playground.emulator.library.cxx.memory import LIBSTDCXX
from playground.emulator.library.cxx.primes import PRIMES
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

MASK64 = (1 << 64) - 1
MULTIPLIER = 0xC6A4A7935BD1E995
SMALL_PRIMES = (2, 2, 2, 3, 5, 5, 7, 7, 11, 11, 11, 11, 13, 13)
"""Bucket counts for fewer than 14 (_M_next_bkt's __fast_bkt)."""


def _mix(value: int) -> int:
    return value ^ value >> 47


def hash_bytes(content: bytes, seed: int) -> int:
    """MurmurHash64A as std::_Hash_bytes computes it."""
    whole = len(content) & ~7
    value = seed ^ (len(content) * MULTIPLIER) & MASK64
    for (word,) in struct.iter_unpack("<Q", content[:whole]):
        value ^= _mix(word * MULTIPLIER & MASK64) * MULTIPLIER & MASK64
        value = value * MULTIPLIER & MASK64
    if content[whole:]:
        value = (value ^ int.from_bytes(content[whole:], "little")) * MULTIPLIER & MASK64
    return _mix(_mix(value) * MULTIPLIER & MASK64)


@function("_ZSt11_Hash_bytesPKvmm", header=LIBSTDCXX)
def hash_bytes_function(machine: "Machine", source: ConstPointer, size: Size, seed: Size) -> Size:
    """std::_Hash_bytes."""
    return hash_bytes(machine.read(source, size), seed)


def _next_buckets(machine: "Machine", policy: int, wanted: int) -> int:
    """The next bucket count from `wanted` on; the policy's next resize is stored."""
    load = struct.unpack("<f", machine.read(policy, 4))[0]
    if wanted < len(SMALL_PRIMES):
        if wanted == 0:
            return 1
        buckets = SMALL_PRIMES[wanted]
    else:
        buckets = PRIMES[min(bisect_left(PRIMES, wanted, 6), len(PRIMES) - 1)]
    resize = MASK64 if buckets == PRIMES[-1] else math.floor(buckets * load)
    machine.write_integer(policy + 8, resize, 8)
    return buckets


@function("_ZNKSt8__detail20_Prime_rehash_policy11_M_next_bktEm", header=LIBSTDCXX)
def next_buckets(machine: "Machine", this: Pointer, wanted: Size) -> Size:
    """_Prime_rehash_policy::_M_next_bkt."""
    return _next_buckets(machine, this, wanted)


@function("_ZNKSt8__detail20_Prime_rehash_policy14_M_need_rehashEmmm", header=LIBSTDCXX)
def need_rehash(machine: "Machine", this: Pointer, buckets: Size, elements: Size, inserted: Size) -> Pair:
    """Whether to rehash, and to how many buckets (std::pair<bool, size_t>)."""
    load = struct.unpack("<f", machine.read(this, 4))[0]
    resize = machine.read_integer(this + 8, 8)
    if elements + inserted <= resize:
        return 0
    least = max(elements + inserted, 0 if resize else 11) / load
    if least >= buckets:
        return 1 | _next_buckets(machine, this, max(math.floor(least) + 1, buckets * 2)) << 64
    machine.write_integer(this + 8, math.floor(buckets * load), 8)
    return 0
