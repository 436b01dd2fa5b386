"""The process's files: a tree in memory and a descriptor table. Nothing of the host is reached from here.

The calls answer as the kernel does: a result >= 0, or the negative error number (man 2 of the call named).
"""

import errno
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from playground.emulator.faults import LimitReached

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

MOST_DESCRIPTORS = 256
MOST_FILES = 1024
STDIN, STDOUT, STDERR = 0, 1, 2

O_ACCMODE, O_RDONLY, O_WRONLY, O_RDWR = 0o3, 0o0, 0o1, 0o2
O_CREAT, O_EXCL, O_TRUNC, O_APPEND = 0o100, 0o200, 0o1000, 0o2000
"""asm-generic/fcntl.h; these values are the same on both architectures."""
O_DIRECTORY = {"x86_64": 0o200000, "aarch64": 0o40000}


@dataclass(eq=False)
class File:
    """A regular file, or a stream when `sink` or `is_stream` is set."""

    data: bytearray = field(default_factory=bytearray)
    inode: int = 0
    mode: int = 0o100644
    sink: Callable[[bytes], None] | None = None
    """Where writes to a stream go."""
    is_stream: bool = False

    @property
    def is_directory(self) -> bool:
        return self.mode & 0o170000 == 0o040000


@dataclass(eq=False)
class OpenFile:
    """What a descriptor refers to (an open file description, man 2 open)."""

    file: File
    flags: int
    offset: int = 0

    @property
    def readable(self) -> bool:
        return self.flags & O_ACCMODE != O_WRONLY

    @property
    def writable(self) -> bool:
        return self.flags & O_ACCMODE != O_RDONLY


class Refused(Exception):
    """A file operation that fails with this errno."""

    def __init__(self, number: int) -> None:
        super().__init__(errno.errorcode.get(number, str(number)))
        self.number = number


def answers(operation: Callable[Parameters, Result]) -> Callable[Parameters, Result | int]:
    """The operation with its refusals as negative error numbers, as a system call gives them."""

    @wraps(operation)
    def answer(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result | int:
        try:
            return operation(*args, **kwargs)
        except Refused as refused:
            return -refused.number

    return answer


class Files:
    """File tree, descriptor table, and what was written to standard output and standard error."""

    def __init__(self, stdin: bytes = b"", output_limit: int = 1 << 20, memory_limit: int = 64 << 20) -> None:
        self.stdout = bytearray()
        self.stderr = bytearray()
        self._output_limit = output_limit
        self._memory_left = memory_limit
        self._next_inode = 2
        self.tree: dict[bytes, File] = {}
        for directory in (b"/", b"/tmp", b"/dev", b"/etc", b"/home"):
            self.tree[directory] = self._new_file(mode=0o040755)
        self.tree[b"/dev/null"] = self._new_file(mode=0o020666, sink=lambda data: None, is_stream=True)
        standard_input = self._new_file(mode=0o010600, is_stream=True)
        standard_input.data[:] = stdin
        self.descriptors: dict[int, OpenFile] = {
            STDIN: OpenFile(standard_input, O_RDONLY),
            STDOUT: OpenFile(self._output(self.stdout), O_WRONLY),
            STDERR: OpenFile(self._output(self.stderr), O_WRONLY),
        }

    def _new_file(
        self, *, mode: int = 0o100644, sink: Callable[[bytes], None] | None = None, is_stream: bool = False
    ) -> File:
        self._next_inode += 1
        return File(inode=self._next_inode, mode=mode, sink=sink, is_stream=is_stream)

    def _output(self, collected: bytearray) -> File:
        def collect(data: bytes) -> None:
            room = self._output_limit - len(self.stdout) - len(self.stderr)
            collected.extend(data[:room])
            if len(data) > room:
                raise LimitReached("output", f"more output than the limit of {self._output_limit:,} bytes")

        return self._new_file(mode=0o010600, sink=collect, is_stream=True)

    # the tree

    @staticmethod
    def normalise(path: bytes) -> bytes:
        """An absolute path without ``.``, ``..`` and repeated slashes; relative ones start at ``/``."""
        parts: list[bytes] = []
        for part in path.split(b"/"):
            if part == b"..":
                parts = parts[:-1]
            elif part not in (b"", b"."):
                parts.append(part)
        return b"/" + b"/".join(parts)

    @answers
    def stat(self, path: bytes) -> File:
        """The file at `path` (ENOENT)."""
        return self._file(path)

    def _file(self, path: bytes) -> File:
        found = self.tree.get(self.normalise(path))
        if found is None or not path:
            raise Refused(errno.ENOENT)
        return found

    @answers
    def open(self, path: bytes, flags: int, mode: int = 0o644) -> int:
        """The lowest free descriptor for `path` (man 2 open)."""
        descriptor = self._free_descriptor()
        if not path:
            raise Refused(errno.ENOENT)
        name = self.normalise(path)
        file = self.tree.get(name)
        if file is None:
            file = self._create(path, name, flags, mode)
        elif flags & O_CREAT and flags & O_EXCL:
            raise Refused(errno.EEXIST)
        opened = OpenFile(file, flags)
        if file.is_directory and opened.writable:
            raise Refused(errno.EISDIR)
        if flags & O_TRUNC and opened.writable and not file.is_stream:
            self._resize(file, 0)
        self.descriptors[descriptor] = opened
        return descriptor

    def _free_descriptor(self) -> int:
        for descriptor in range(MOST_DESCRIPTORS):
            if descriptor not in self.descriptors:
                return descriptor
        raise Refused(errno.EMFILE)

    def _create(self, path: bytes, name: bytes, flags: int, mode: int) -> File:
        if not flags & O_CREAT:
            raise Refused(errno.ENOENT)
        parent = self.tree.get(name.rpartition(b"/")[0] or b"/")
        if parent is None:
            raise Refused(errno.ENOENT)
        if not parent.is_directory:
            raise Refused(errno.ENOTDIR)
        if len(self.tree) >= MOST_FILES:
            raise Refused(errno.ENOSPC)
        self.tree[name] = file = self._new_file(mode=0o100000 | mode & 0o777)
        return file

    @answers
    def unlink(self, path: bytes) -> int:
        """Remove a file's name (man 2 unlink)."""
        if self._file(path).is_directory:
            raise Refused(errno.EISDIR)
        del self.tree[self.normalise(path)]
        return 0

    @answers
    def rename(self, old: bytes, new: bytes) -> int:
        """Give a file another name, replacing what bore it (man 2 rename)."""
        file = self._file(old)
        target = self.tree.get(self.normalise(new))
        if target is not None and target.is_directory:
            raise Refused(errno.EISDIR)
        if file.is_directory:
            raise Refused(errno.EBUSY)
        del self.tree[self.normalise(old)]
        self.tree[self.normalise(new)] = file
        return 0

    # descriptors

    def opened(self, descriptor: int) -> OpenFile:
        """What `descriptor` refers to (EBADF)."""
        try:
            return self.descriptors[descriptor]
        except KeyError:
            raise Refused(errno.EBADF) from None

    @answers
    def close(self, descriptor: int) -> int:
        """Free the descriptor (man 2 close)."""
        self.opened(descriptor)
        del self.descriptors[descriptor]
        return 0

    @answers
    def duplicate(self, descriptor: int, target: int | None = None) -> int:
        """man 2 dup, dup2."""
        opened = self.opened(descriptor)
        if target is None:
            target = self._free_descriptor()
        if not 0 <= target < MOST_DESCRIPTORS:
            raise Refused(errno.EBADF)
        self.descriptors[target] = opened
        return target

    @answers
    def read(self, descriptor: int, size: int) -> bytes:
        """Up to `size` bytes from the current offset; empty at the end (man 2 read)."""
        opened = self.opened(descriptor)
        if not opened.readable:
            raise Refused(errno.EBADF)
        if opened.file.is_directory:
            raise Refused(errno.EISDIR)
        data = bytes(opened.file.data[opened.offset : opened.offset + size])
        opened.offset += len(data)
        return data

    @answers
    def write(self, descriptor: int, data: bytes) -> int:
        """Write all of `data`; returns its length (man 2 write)."""
        opened = self.opened(descriptor)
        if not opened.writable:
            raise Refused(errno.EBADF)
        if opened.file.sink is not None:
            opened.file.sink(bytes(data))
            return len(data)
        if opened.flags & O_APPEND:
            opened.offset = len(opened.file.data)
        end = opened.offset + len(data)
        if end > len(opened.file.data):
            self._resize(opened.file, end)
        opened.file.data[opened.offset : end] = data
        opened.offset = end
        return len(data)

    def _resize(self, file: File, size: int) -> None:
        growth = size - len(file.data)
        if growth > self._memory_left:
            raise Refused(errno.ENOSPC)
        self._memory_left -= growth
        if growth > 0:
            file.data.extend(bytes(growth))
        else:
            del file.data[size:]

    @answers
    def truncate(self, descriptor: int, size: int) -> int:
        """man 2 ftruncate."""
        opened = self.opened(descriptor)
        if not opened.writable or opened.file.is_stream or size < 0:
            raise Refused(errno.EINVAL)
        self._resize(opened.file, size)
        return 0

    @answers
    def seek(self, descriptor: int, offset: int, whence: int) -> int:
        """The new offset (man 2 lseek: 0 SEEK_SET, 1 SEEK_CUR, 2 SEEK_END)."""
        opened = self.opened(descriptor)
        if opened.file.is_stream:
            raise Refused(errno.ESPIPE)
        bases = {0: 0, 1: opened.offset, 2: len(opened.file.data)}
        if whence not in bases or bases[whence] + offset < 0:
            raise Refused(errno.EINVAL)
        opened.offset = bases[whence] + offset
        return opened.offset
