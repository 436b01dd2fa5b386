"""A trace that survives the process: which statement Keystone was given when the worker died or hung.

The parent shares a fixed-size writable buffer (an anonymous ``mmap``) with its worker; the worker writes the statement
there before each call into the engine, and the parent reads it once the worker is gone.
"""

import struct
from typing import Protocol

_HEADER = struct.Struct("<IH")
"""Line, length of the text in bytes; length 0 means nothing was under way."""


class Buffer(Protocol):
    """What a ``bytearray``, a ``memoryview`` or an ``mmap`` offers."""

    def __len__(self) -> int: ...

    def __setitem__(self, place: slice, value: bytes, /) -> None: ...

    def __getitem__(self, place: slice, /) -> bytes: ...


_attached: Buffer | None = None


def attach(buffer: Buffer | None) -> None:
    """Write into `buffer` from now on (None: nowhere). It must hold at least a few dozen bytes."""
    global _attached
    if buffer is not None and len(buffer) <= _HEADER.size:
        raise ValueError(f"a breadcrumb needs more than {_HEADER.size} bytes, got {len(buffer)}")
    _attached = buffer


def leave(line: int, text: str) -> None:
    """Note that the statement `text` of source line `line` is about to be given to the engine."""
    if _attached is None:
        return
    data = text.encode("utf-8", "replace")[: len(_attached) - _HEADER.size]
    _attached[0 : _HEADER.size + len(data)] = _HEADER.pack(line, len(data)) + data


def clear() -> None:
    """Note that the engine came back."""
    if _attached is not None:
        _attached[0 : _HEADER.size] = _HEADER.pack(0, 0)


def read(buffer: Buffer) -> tuple[int, str] | None:
    """The line and text that were under way when `buffer` was last written; None when there was none."""
    line, length = _HEADER.unpack(bytes(buffer[0 : _HEADER.size]))
    if not length:
        return None
    return line, bytes(buffer[_HEADER.size : _HEADER.size + length]).decode("utf-8", "replace")
