"""The scanf engine against sscanf of the C library under this Python."""

import ctypes
import random
from dataclasses import dataclass, field

import pytest

from playground.emulator.library.binary_float import X87_EXTENDED, BinaryFormat
from playground.emulator.library.scan import Text
from playground.emulator.library.scanf import scan

ROOM = 64
DIRECTIVES = ["d", "i", "u", "x", "o", "f", "lf", "Lf", "e", "g", "s", "c", "[a-z]", "[^,]", "ld", "hd", "hhd"]
DIRECTIVES += ["n", "p", "[]x]"]
INPUTS = ["12", "-7", " ", "0x1F", "017", "0", "abc", ",", "3.25", "1e5", "-.5", "inf", "nan", "0x", "+", "-", ".", "e"]
INPUTS += ["99999999999999999999", "%", "x]", "\n", "in", "0x1.8p3", "1e", "1e+", "nan(12)", "infinity", "(nil)", "\t"]


@dataclass
class Targets:
    """Pointers ROOM bytes apart into a block of memory."""

    count: int
    long_double_format: BinaryFormat = X87_EXTENDED
    memory: bytearray = field(default_factory=bytearray)
    _next: int = 0

    def __post_init__(self) -> None:
        self.memory = bytearray(b"\xaa" * ROOM * self.count)

    def integer(self) -> int:
        self._next += 1
        return (self._next - 1) * ROOM

    def write(self, address: int, data: bytes) -> None:
        self.memory[address : address + len(data)] = data

    def allocate(self, size: int) -> int:
        return 0


def _random_format(rng: random.Random) -> tuple[bytes, int]:
    text, stored = "", 0
    for _ in range(rng.randint(1, 4)):
        if rng.random() < 0.15:
            text += rng.choice([" ", ",", "a", "%%"])
            continue
        conversion = rng.choice(DIRECTIVES)
        width = rng.choice(["", "", "", "1", "3", "5"]) if conversion != "n" else ""
        star = rng.choice(["", "", "", "*"])
        text += f"%{star}{width}{conversion}"
        stored += not star
    return text.encode(), stored


@pytest.mark.parametrize("seed", range(2))
def test_agrees_with_the_c_library(seed: int) -> None:
    rng, libc = random.Random(seed), ctypes.CDLL(None)
    for _ in range(2500):
        text, stored = _random_format(rng)
        source = "".join(rng.choice(INPUTS) for _ in range(rng.randint(0, 6))).encode()
        targets = Targets(max(stored, 1))
        result = scan(Text(source), text, targets)
        native = ctypes.create_string_buffer(b"\xaa" * ROOM * max(stored, 1), ROOM * max(stored, 1))
        base = ctypes.addressof(native)
        expected = libc.sscanf(source, text, *[ctypes.c_void_p(base + ROOM * i) for i in range(stored)])
        assert (result, bytes(targets.memory)) == (expected, native.raw), (text, source)
