"""System calls on files, all of them in memory (man 2 of each)."""

import errno
import struct
from collections.abc import Callable

from playground.emulator.files import O_CREAT, File
from playground.emulator.machine import MASK64, Machine
from playground.emulator.syscall_registry import call

USER_ID = 1000
LONGEST_TRANSFER = 1 << 24
MOST_VECTORS = 1024
AT_FDCWD, AT_EMPTY_PATH = -100, 0x1000


@call("read")
def read(machine: Machine, fd: int, buffer: int, count: int) -> int:
    data = machine.files.read(fd, min(count & MASK64, LONGEST_TRANSFER))
    if isinstance(data, int):
        return data
    machine.write(buffer, data)
    return len(data)


@call("write")
def write(machine: Machine, fd: int, buffer: int, count: int) -> int:
    return machine.write_descriptor(fd, machine.read(buffer, min(count & MASK64, LONGEST_TRANSFER)))


@call("pread64")
def pread64(machine: Machine, fd: int, buffer: int, count: int, offset: int) -> int:
    return _at_offset(machine, fd, offset, lambda: read(machine, fd, buffer, count))


@call("pwrite64")
def pwrite64(machine: Machine, fd: int, buffer: int, count: int, offset: int) -> int:
    return _at_offset(machine, fd, offset, lambda: write(machine, fd, buffer, count))


def _at_offset(machine: Machine, fd: int, offset: int, transfer: Callable[[], int]) -> int:
    before = machine.files.seek(fd, 0, 1)
    if before < 0:
        return before
    moved = machine.files.seek(fd, offset, 0)
    result = moved if moved < 0 else transfer()
    machine.files.seek(fd, before, 0)
    return result


def _vectors(machine: Machine, vector: int, count: int) -> list[tuple[int, int]]:
    return [struct.unpack("<QQ", machine.read(vector + 16 * i, 16)) for i in range(count)]


@call("writev")
def writev(machine: Machine, fd: int, vector: int, count: int) -> int:
    if not 0 <= count <= MOST_VECTORS:
        return -errno.EINVAL
    parts = [machine.read(base, min(size, LONGEST_TRANSFER)) for base, size in _vectors(machine, vector, count)]
    return machine.write_descriptor(fd, b"".join(parts))


@call("readv")
def readv(machine: Machine, fd: int, vector: int, count: int) -> int:
    """Reads into each buffer in turn until one is not filled; bytes read, or -errno (man 2 readv)."""
    if not 0 <= count <= MOST_VECTORS:
        return -errno.EINVAL
    total = 0
    for base, size in _vectors(machine, vector, count):
        done = read(machine, fd, base, size)
        if done < 0:
            return total or done
        total += done
        if done < size:
            break
    return total


@call("openat")
def openat(machine: Machine, directory: int, path: int, flags: int, mode: int) -> int:
    return machine.files.open(machine.read_cstring(path), flags & 0xFFFFFFFF, mode & 0o777)


@call("open")
def open_(machine: Machine, path: int, flags: int, mode: int) -> int:
    return openat(machine, AT_FDCWD, path, flags, mode)


@call("creat")
def creat(machine: Machine, path: int, mode: int) -> int:
    return openat(machine, AT_FDCWD, path, O_CREAT | 0o1 | 0o1000, mode)


@call("close")
def close(machine: Machine, fd: int) -> int:
    return machine.files.close(fd)


@call("lseek")
def lseek(machine: Machine, fd: int, offset: int, whence: int) -> int:
    return machine.files.seek(fd, offset, whence)


@call("ftruncate")
def ftruncate(machine: Machine, fd: int, size: int) -> int:
    return machine.files.truncate(fd, size)


@call("dup")
def dup(machine: Machine, fd: int) -> int:
    return machine.files.duplicate(fd)


@call("dup2", "dup3")
def dup2(machine: Machine, fd: int, target: int) -> int:
    return machine.files.duplicate(fd, target)


@call("unlink")
def unlink(machine: Machine, path: int) -> int:
    return machine.files.unlink(machine.read_cstring(path))


@call("unlinkat")
def unlinkat(machine: Machine, directory: int, path: int) -> int:
    return unlink(machine, path)


@call("rename")
def rename(machine: Machine, old: int, new: int) -> int:
    return machine.files.rename(machine.read_cstring(old), machine.read_cstring(new))


@call("renameat")
def renameat(machine: Machine, from_directory: int, old: int, to_directory: int, new: int) -> int:
    return rename(machine, old, new)


@call("access")
def access(machine: Machine, path: int, mode: int) -> int:
    found = machine.files.stat(machine.read_cstring(path))
    return found if isinstance(found, int) else 0


@call("faccessat")
def faccessat(machine: Machine, directory: int, path: int, mode: int) -> int:
    return access(machine, path, mode)


def _status(machine: Machine, file: File) -> bytes:
    """struct stat (asm/stat.h of each architecture): the same values in another order."""
    size, blocks, time = len(file.data), -(-len(file.data) // 512), machine.clock.realtime_nanoseconds() // 10**9
    if machine.arch.name == "x86_64":
        head = struct.pack("<QQQIIIiQqqq", 1, file.inode, 1, file.mode, USER_ID, USER_ID, 0, 0, size, 4096, blocks)
    else:
        head = struct.pack("<QQIIIIQQqiiq", 1, file.inode, file.mode, 1, USER_ID, USER_ID, 0, 0, size, 4096, 0, blocks)
    tail = struct.pack("<6q", time, 0, time, 0, time, 0)
    return (head + tail).ljust(144 if machine.arch.name == "x86_64" else 128, b"\0")


@call("fstat")
def fstat(machine: Machine, fd: int, buffer: int) -> int:
    opened = machine.files.descriptors.get(fd)
    if opened is None:
        return -errno.EBADF
    machine.write(buffer, _status(machine, opened.file))
    return 0


@call("stat", "lstat")
def stat(machine: Machine, path: int, buffer: int) -> int:
    found = machine.files.stat(machine.read_cstring(path))
    if isinstance(found, int):
        return found
    machine.write(buffer, _status(machine, found))
    return 0


@call("newfstatat")
def newfstatat(machine: Machine, directory: int, path: int, buffer: int, flags: int) -> int:
    if flags & AT_EMPTY_PATH and not machine.read_cstring(path):
        return fstat(machine, directory, buffer)
    return stat(machine, path, buffer)


@call("ioctl")
def ioctl(machine: Machine, fd: int, request: int, argument: int) -> int:
    """No descriptor is a terminal."""
    return -errno.ENOTTY if fd in machine.files.descriptors else -errno.EBADF


@call("fcntl")
def fcntl(machine: Machine, fd: int, command: int, argument: int) -> int:
    """F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL."""
    opened = machine.files.descriptors.get(fd)
    if opened is None:
        return -errno.EBADF
    if command in (0, 1030):
        return machine.files.duplicate(fd)
    answers = {1: 0, 2: 0, 3: opened.flags, 4: 0}
    return answers.get(command, -errno.EINVAL)


@call("getcwd")
def getcwd(machine: Machine, buffer: int, size: int) -> int:
    if size < 2:
        return -errno.ERANGE
    machine.write(buffer, b"/\0")
    return 2


@call("poll", "ppoll")
def poll(machine: Machine, table: int, count: int, timeout: int) -> int:
    """Every open descriptor is ready for what was asked."""
    if not 0 <= count <= MOST_VECTORS:
        return -errno.EINVAL
    ready = 0
    for entry in range(table, table + 8 * count, 8):
        fd, events = struct.unpack("<ih", machine.read(entry, 6))
        returned = events & 5 if fd in machine.files.descriptors else 0x20
        machine.write_integer(entry + 6, returned, 2)
        ready += returned != 0
    return ready
