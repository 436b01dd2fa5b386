"""A trace that survives the process: what Keystone was given when the worker died or hung.

The parent shares a fixed-size writable buffer (an anonymous ``mmap``) with its worker; the worker writes the block of
statements there before each call into the engine, and the parent reads it once the worker is gone. Which statement of
the block was at fault shows when another worker is given them one by one (`culprit.encode_singly`).
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

BYTES = 1 << 16
"""Size of a buffer that holds every block of the engine: 256 statements of up to 200 characters, and their lines."""

_HEADER = struct.Struct("<II")
"""Number of statements, length of the text in bytes; number 0 means that nothing was under way."""


class Buffer(Protocol):
    """What a ``bytearray``, a ``memoryview`` or an ``mmap`` offers."""

    def __len__(self) -> int: ...

    def __setitem__(self, place: slice, value: bytes, /) -> None: ...

    def __getitem__(self, place: slice, /) -> bytes: ...


@dataclass(frozen=True)
class Crumb:
    """The statements of one call into the engine."""

    arch: str
    lines: tuple[int, ...]
    """The source line of each statement; 0 where it is not known."""
    statements: tuple[str, ...]

    @property
    def place(self) -> tuple[int, str]:
        """Line and text, for a message: the statement, or the first and last of the block."""
        if len(self.statements) == 1:
            return self.lines[0], self.statements[0]
        return self.lines[0], f"{self.statements[0]} … {self.statements[-1]} (to line {self.lines[-1]})"


_attached: Buffer | None = None


def attach(buffer: Buffer | None) -> None:
    """Write into `buffer` from now on (None: nowhere)."""
    global _attached
    if buffer is not None and len(buffer) < BYTES:
        raise ValueError(f"a breadcrumb needs {BYTES} bytes, got {len(buffer)}")
    _attached = buffer


def leave(arch: str, lines: Sequence[int], statements: Sequence[str]) -> None:
    """Note that the engine for `arch` is about to be given `statements`, which come from the source lines `lines`."""
    if _attached is None:
        return
    text = "\n".join([arch, *statements]).encode("utf-8", "replace")
    data = _HEADER.pack(len(lines), len(text)) + struct.pack(f"<{len(lines)}I", *lines) + text
    if len(data) > BYTES:
        raise ValueError(f"a block of {len(data)} bytes is beyond a breadcrumb's {BYTES}")
    _attached[0 : len(data)] = data


def clear() -> None:
    """Note that the engine came back."""
    if _attached is not None:
        _attached[0 : _HEADER.size] = _HEADER.pack(0, 0)


def read(buffer: Buffer) -> Crumb | None:
    """What was under way when `buffer` was last written; None when nothing was, or the buffer holds no block."""
    data = bytes(buffer[0:BYTES])
    count, length = _HEADER.unpack_from(data)
    start = _HEADER.size + 4 * count
    if not count or start + length > len(data):
        return None
    arch, *statements = data[start : start + length].decode("utf-8", "replace").split("\n")
    lines = struct.unpack_from(f"<{count}I", data, _HEADER.size)
    return Crumb(arch, lines, tuple(statements)) if len(statements) == count else None
