"""Buffered stdio streams over the process's file descriptors, as glibc's FILE behaves when output is a pipe.

stdout is fully buffered, stderr not at all; everything is flushed by exit, fflush and a full buffer. The FILE object in
guest memory holds what macros look at: ``_flags`` (end of file, error) and ``_fileno``; its buffer pointers stay NULL,
so that ``getc_unlocked`` and ``putc_unlocked`` always take their out-of-line path.
"""

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playground.emulator.faults import LimitReached
from playground.emulator.library.errors import set_errno

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

FILE_BYTES = 216
"""sizeof(FILE) on LP64 glibc."""
FILENO_OFFSET = 112
EOF_SEEN, ERROR_SEEN, MAGIC = 0x10, 0x20, 0xFBAD0000
BUFFER_BYTES = 4096
EOF = -1
EBADF, EINVAL, ENOENT = 9, 22, 2
FULL, LINE, NONE = 0, 1, 2
"""setvbuf's modes (_IOFBF, _IOLBF, _IONBF)."""
O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND = 1, 2, 0o100, 0o200, 0o1000, 0o2000


@dataclass
class FileStream:
    """One open FILE."""

    machine: "Machine"
    address: int
    descriptor: int
    readable: bool
    writable: bool
    mode: int = FULL
    pushed_back: bytearray = field(default_factory=bytearray)
    """Characters given back by ungetc, the next one last."""
    at_end: bool = False
    failed: bool = False
    _input: bytes = b""
    _position: int = 0
    _ungot_at: int = -1
    """Where `unget` was last; -1 for nowhere in the present input."""
    _output: bytearray = field(default_factory=bytearray)

    def _mark(self) -> None:
        """Show end of file and error to the macros that read ``_flags``."""
        flags = MAGIC | (EOF_SEEN if self.at_end else 0) | (ERROR_SEEN if self.failed else 0)
        self.machine.write_integer(self.address, flags, 4)

    def _fail(self, number: int) -> None:
        set_errno(self.machine, number)
        self.failed = True
        self._mark()

    def clear_errors(self) -> None:
        self.at_end = self.failed = False
        self._mark()

    # output

    def write(self, data: bytes) -> bool:
        """Append to the stream; False (and errno) when it is not open for writing or the descriptor fails."""
        if not self.writable:
            self._fail(EBADF)
            return False
        if self._input or self.pushed_back:
            self.discard_input()
        self._output += data
        if self.mode == NONE or len(self._output) >= BUFFER_BYTES:
            return self.flush()
        if self.mode == LINE and b"\n" in data:
            return self.flush()
        return True

    def flush(self) -> bool:
        """Hand pending output to the descriptor."""
        if not self._output:
            return True
        data, self._output = bytes(self._output), bytearray()
        result = self.machine.files.write(self.descriptor, data)
        if result < 0:
            self._fail(-result)
        return result >= 0

    @property
    def pending(self) -> bytes:
        """Output that the descriptor has not seen yet."""
        return bytes(self._output)

    # input

    def _fill(self) -> bool:
        """Read the next block; False at the end or on an error."""
        if not self.readable:
            self._fail(EBADF)
            return False
        self.flush()
        data = self.machine.files.read(self.descriptor, BUFFER_BYTES)
        if isinstance(data, int):
            self._fail(-data)
            return False
        if not data:
            self.at_end = True
            self._mark()
            return False
        self._input, self._position, self._ungot_at = data, 0, -1
        return True

    def getc(self) -> int:
        """The next byte, or EOF."""
        if self.pushed_back:
            return self.pushed_back.pop()
        if self._position >= len(self._input) and not self._fill():
            return EOF
        self._position += 1
        return self._input[self._position - 1]

    def peek(self) -> int:
        """The next byte without taking it, or EOF."""
        byte = self.getc()
        if byte != EOF:
            self.ungetc(byte)
        return byte

    def ungetc(self, byte: int) -> int:
        """Give a byte back to be read next."""
        if byte == EOF:
            return EOF
        if not self.pushed_back and self._position and self._input[self._position - 1] == byte:
            self._position -= 1
        else:
            self.pushed_back.append(byte & 0xFF)
        if self.at_end:
            self.at_end = False
            self._mark()
        return byte & 0xFF

    def unget(self) -> int:
        """Give the last byte back: once, until another is read (as libstdc++'s stdio_sync_filebuf); else EOF."""
        if self.pushed_back or not self._position or self._ungot_at == self._position:
            return EOF
        self._ungot_at = self._position - 1
        return self.ungetc(self._input[self._position - 1])

    def read(self, count: int) -> bytes:
        """Up to `count` bytes; fewer at the end of the file."""
        pieces: list[bytes] = []
        while count and self.pushed_back:
            pieces.append(bytes([self.pushed_back.pop()]))
            count -= 1
        while count and (self._position < len(self._input) or self._fill()):
            piece = self._input[self._position : self._position + count]
            self._position += len(piece)
            count -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def read_until(self, delimiter: int, limit: int) -> bytes:
        """Up to `limit` bytes, ending with `delimiter` when it came."""
        pieces: list[bytes] = []
        while limit:
            if self.pushed_back:
                piece = bytes([self.pushed_back.pop()])
            elif self._position < len(self._input) or self._fill():
                found = self._input.find(delimiter, self._position, self._position + limit)
                end = found + 1 if found >= 0 else min(len(self._input), self._position + limit)
                piece = self._input[self._position : end]
                self._position = end
            else:
                break
            pieces.append(piece)
            limit -= len(piece)
            if piece[-1] == delimiter:
                break
        return b"".join(pieces)

    # position

    def discard_input(self) -> None:
        """Forget what was read ahead, moving the descriptor back to where the reader stands."""
        ahead = len(self._input) - self._position + len(self.pushed_back)
        if ahead:
            self.machine.files.seek(self.descriptor, -ahead, 1)
        self._input, self._position = b"", 0
        self.pushed_back.clear()

    def tell(self) -> int:
        """The stream's position, or a negative error number."""
        position = self.machine.files.seek(self.descriptor, 0, 1)
        if position < 0:
            return position
        return position + len(self._output) - (len(self._input) - self._position) - len(self.pushed_back)

    def seek(self, offset: int, whence: int) -> int:
        """Move; 0 or a negative error number."""
        self.flush()
        self.discard_input()
        result = self.machine.files.seek(self.descriptor, offset, whence)
        if result < 0:
            return result
        self.at_end = False
        self._mark()
        return 0


class Streams:
    """The open streams of one process, by the address of their FILE."""

    def __init__(self, machine: "Machine") -> None:
        self._machine = machine
        self._open: dict[int, FileStream] = {}
        self._spare: list[int] = []
        self.stdin = self.attach(0, readable=True, writable=False)
        self.stdout = self.attach(1, readable=False, writable=True)
        self.stderr = self.attach(2, readable=False, writable=True, mode=NONE)

    def attach(self, descriptor: int, *, readable: bool, writable: bool, mode: int = FULL) -> FileStream:
        """A new stream on an open descriptor."""
        address = self._spare.pop() if self._spare else self._machine.allocate_static(FILE_BYTES)
        self._machine.write(address, bytes(FILE_BYTES))
        self._machine.write_integer(address, MAGIC, 4)
        self._machine.write_integer(address + FILENO_OFFSET, descriptor, 4)
        stream = FileStream(self._machine, address, descriptor, readable, writable, mode)
        self._open[address] = stream
        return stream

    def at(self, address: int) -> FileStream:
        """The stream of a FILE pointer; a pointer that is none faults as a wild pointer."""
        stream = self._open.get(address)
        if stream is None:
            self._machine.read(address, FILE_BYTES)
            self._machine.abort("abort", f"{address:#x} is not an open FILE", address)
        assert stream is not None
        return stream

    def open(self, path: bytes, mode: bytes) -> FileStream | int:
        """fopen: the stream, or a negative error number."""
        flags = open_flags(mode)
        if flags is None:
            return -EINVAL
        descriptor = self._machine.files.open(path, flags, 0o666)
        if descriptor < 0:
            return descriptor
        return self.attach_mode(descriptor, mode)

    def attach_mode(self, descriptor: int, mode: bytes) -> FileStream:
        """fdopen: a stream with the rights of `mode`."""
        both = b"+" in mode
        return self.attach(descriptor, readable=both or mode[:1] == b"r", writable=both or mode[:1] in (b"w", b"a"))

    def close(self, stream: FileStream) -> bool:
        """fclose: flush, close the descriptor, forget."""
        flushed = stream.flush()
        stream.discard_input()
        del self._open[stream.address]
        if stream not in (self.stdin, self.stdout, self.stderr):
            self._spare.append(stream.address)
        return self._machine.files.close(stream.descriptor) >= 0 and flushed

    def replace(self, old: FileStream, opened: FileStream) -> None:
        """freopen: the FILE of `old` continues as what `opened` is."""
        self.close(old)
        del self._open[opened.address]
        if old in (self.stdin, self.stdout, self.stderr):
            name = next(name for name in ("stdin", "stdout", "stderr") if getattr(self, name) is old)
            setattr(self, name, opened)
        else:
            self._spare.remove(old.address)
        self._spare.append(opened.address)
        opened.address = old.address
        self._open[old.address] = opened
        self._machine.write_integer(old.address + FILENO_OFFSET, opened.descriptor, 4)
        opened.clear_errors()

    def flush_all(self) -> None:
        """fflush(NULL) and exit."""
        for stream in list(self._open.values()):
            stream.flush()


def open_flags(mode: bytes) -> int | None:
    """open(2)'s flags for fopen's mode, None for an invalid mode."""
    base = {b"r": 0, b"w": O_WRONLY | O_CREAT | O_TRUNC, b"a": O_WRONLY | O_CREAT | O_APPEND}.get(mode[:1])
    if base is None:
        return None
    if b"+" in mode:
        base = base & ~O_WRONLY | O_RDWR
    return base | O_EXCL if b"x" in mode else base


def show_pending_output(machine: "Machine") -> None:
    """Hand buffered output on when a run stops early, so that a person sees how far it got.

    Natively a fault would lose it when the output is a pipe, and show it line by line on a terminal.
    """
    state = getattr(machine.library_state, "streams", None)
    if state is not None:
        with contextlib.suppress(LimitReached):
            state.flush_all()
