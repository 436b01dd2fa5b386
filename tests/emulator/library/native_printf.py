"""A source of printf arguments from a list, and the C library's own snprintf to compare with."""

import functools
import pickle
import subprocess
import sys
from dataclasses import dataclass, field

from playground.emulator.library.binary_float import X87_EXTENDED, BinaryFormat, Float, decode, from_python


@dataclass
class ListArguments:
    """Arguments of a format from a list; strings stand under made-up addresses."""

    values: list[int | float | bytes | Float | None]
    long_double_format: BinaryFormat = X87_EXTENDED
    stored: dict[int, tuple[int, int]] = field(default_factory=dict)
    _strings: dict[int, bytes] = field(default_factory=dict)
    _next: int = 0

    def _take(self) -> int | float | bytes | Float | None:
        self._next += 1
        return self.values[self._next - 1]

    def integer(self) -> int:
        value = self._take()
        if isinstance(value, bytes):
            address = 0x1000 * (len(self._strings) + 1)
            self._strings[address] = value
            return address
        assert value is None or isinstance(value, int)
        return (value or 0) & (2**64 - 1)

    def double(self) -> Float:
        value = self._take()
        assert isinstance(value, int | float)
        return from_python(float(value))

    def long_double(self) -> Float:
        value = self._take()
        assert isinstance(value, Float)
        return value

    def string(self, address: int, limit: int | None) -> bytes:
        return self._strings[address].split(b"\0")[0][:limit]

    wide_string = string

    def store(self, address: int, size: int, value: int) -> None:
        self.stored[address] = (size, value)

    def error_message(self) -> bytes:
        return b"Success"

    def error_name(self) -> bytes:
        return b"0"


def long_double_value(bits: int) -> Float:
    """The x87 value with these 80 bits."""
    return decode(bits, X87_EXTENDED)


# In a process of its own: a library that this one has loaded (libquadmath, behind numpy) registers printf hooks, and
# glibc then formats %'a in another way.
_CHILD = """
import ctypes, pickle, sys
libc = ctypes.CDLL(None)
while True:
    text, values, size = pickle.load(sys.stdin.buffer)
    kinds = {float: ctypes.c_double, int: lambda v: ctypes.c_ulonglong(v & (2**64 - 1)), bytes: lambda v: v}
    arguments = [ctypes.c_void_p(None) if v is None else kinds[type(v)](v) for v in values]
    buffer = ctypes.create_string_buffer(size)
    length = libc.snprintf(buffer, ctypes.c_size_t(size), text, *arguments)
    pickle.dump((length, buffer.value), sys.stdout.buffer)
    sys.stdout.buffer.flush()
"""


@functools.cache
def _child() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def native_snprintf(text: bytes, values: list[int | float | bytes | None], size: int = 20000) -> tuple[int, bytes]:
    """What this machine's C library prints: the length that it wanted, and the text. Not covered: long double."""
    child = _child()
    assert child.stdin
    assert child.stdout
    pickle.dump((text, values, size), child.stdin)
    child.stdin.flush()
    length, printed = pickle.load(child.stdout)
    return length, printed
