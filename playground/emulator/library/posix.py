"""The system calls' C wrappers that need nothing of the library: fcntl.h, sys/mman.h, sys/stat.h, sys/uio.h and others.

Each asks the same function that the system call itself runs; -1 and errno on failure (man 2 of each).
"""

import errno
from typing import TYPE_CHECKING

from playground.emulator.faults import GuestFault
from playground.emulator.library.c_values import (
    Buffer,
    ConstPointer,
    CString,
    Int,
    Long,
    Pointer,
    Size,
    SSize,
    UInt,
    Variadic,
)
from playground.emulator.library.errors import checked, set_errno
from playground.emulator.library.registry import function
from playground.emulator.syscall_registry import registered

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

MMAN, STAT, UNISTD = "sys/mman.h", "sys/stat.h", "unistd.h"
AT_FDCWD, AT_REMOVEDIR = -100, 0x200
HOST_NAME = b"playground"
DEFAULT_UMASK = 0o022


def ask_kernel(machine: "Machine", name: str, *arguments: int) -> int:
    """The system call's result as a wrapper gives it; a bad pointer is EFAULT."""
    serve, _ = registered[name]
    try:
        result = serve(machine, *arguments)
    except GuestFault:
        result = -errno.EFAULT
    return checked(machine, result)


@function("mmap", "mmap64", header=MMAN)
def mmap(
    machine: "Machine", address: Pointer, length: Size, protection: Int, flags: Int, descriptor: Int, offset: Long
) -> Pointer:
    """A mapping: anonymous, or a private copy of a file."""
    return ask_kernel(machine, "mmap", address, length, protection, flags, descriptor, offset)


@function("munmap", header=MMAN)
def munmap(machine: "Machine", address: Pointer, length: Size) -> Int:
    """Take pages back."""
    return ask_kernel(machine, "munmap", address, length)


@function("mprotect", header=MMAN)
def mprotect(machine: "Machine", address: Pointer, length: Size, protection: Int) -> Int:
    """Change pages' rights."""
    return ask_kernel(machine, "mprotect", address, length, protection)


@function("fstat", "fstat64", header=STAT)
def fstat(machine: "Machine", descriptor: Int, result: Pointer) -> Int:
    """What a descriptor's file is."""
    return ask_kernel(machine, "fstat", descriptor, result)


@function("stat", "stat64", header=STAT)
def stat(machine: "Machine", path: ConstPointer, result: Pointer) -> Int:
    """What a file is."""
    return ask_kernel(machine, "stat", path, result)


@function("lstat", "lstat64", header=STAT)
def lstat(machine: "Machine", path: ConstPointer, result: Pointer) -> Int:
    """stat; there are no symbolic links."""
    return ask_kernel(machine, "lstat", path, result)


@function("fstatat", "fstatat64", header=STAT)
def fstatat(machine: "Machine", directory: Int, path: ConstPointer, result: Pointer, flags: Int) -> Int:
    """stat beneath a directory."""
    return ask_kernel(machine, "newfstatat", directory, path, result, flags)


@function("pread", "pread64", header=UNISTD)
def pread(machine: "Machine", descriptor: Int, target: Pointer, count: Size, offset: Long) -> SSize:
    """read at an offset."""
    return ask_kernel(machine, "pread64", descriptor, target, count, offset)


@function("pwrite", "pwrite64", header=UNISTD)
def pwrite(machine: "Machine", descriptor: Int, source: ConstPointer, count: Size, offset: Long) -> SSize:
    """write at an offset."""
    return ask_kernel(machine, "pwrite64", descriptor, source, count, offset)


@function("readv", header="sys/uio.h")
def readv(machine: "Machine", descriptor: Int, vector: ConstPointer, count: Int) -> SSize:
    """read into several buffers."""
    return ask_kernel(machine, "readv", descriptor, vector, count)


@function("writev", header="sys/uio.h")
def writev(machine: "Machine", descriptor: Int, vector: ConstPointer, count: Int) -> SSize:
    """write several buffers."""
    return ask_kernel(machine, "writev", descriptor, vector, count)


@function("ftruncate", "ftruncate64", header=UNISTD)
def ftruncate(machine: "Machine", descriptor: Int, length: Long) -> Int:
    """Cut or extend a file."""
    return ask_kernel(machine, "ftruncate", descriptor, length)


@function("creat", "creat64", header="fcntl.h")
def creat(machine: "Machine", path: ConstPointer, mode: UInt) -> Int:
    """Create an empty file for writing."""
    return ask_kernel(machine, "creat", path, mode)


@function("unlinkat", header=UNISTD)
def unlinkat(machine: "Machine", directory: Int, path: ConstPointer, flags: Int) -> Int:
    """unlink beneath a directory."""
    return ask_kernel(machine, "unlinkat", directory, path)


@function("uname", header="sys/utsname.h")
def uname(machine: "Machine", result: Pointer) -> Int:
    """The system's name."""
    return ask_kernel(machine, "uname", result)


@function("poll", header="poll.h")
def poll(machine: "Machine", table: Pointer, count: Size, timeout: Int) -> Int:
    """Which descriptors are ready."""
    return ask_kernel(machine, "poll", table, count, timeout)


@function("clock_getres", header="time.h")
def clock_getres(machine: "Machine", clock: Int, result: Pointer) -> Int:
    """A clock's resolution."""
    return ask_kernel(machine, "clock_getres", clock, result)


@function("dup3", header=UNISTD)
def dup3(machine: "Machine", descriptor: Int, target: Int, flags: Int) -> Int:
    """dup2 with flags."""
    return ask_kernel(machine, "dup3", descriptor, target)


@function("fsync", "fdatasync", "syncfs", header=UNISTD)
def fsync(machine: "Machine", descriptor: Int) -> Int:
    """Files live in memory: nothing to wait for."""
    return 0 if descriptor in machine.files.descriptors else checked(machine, -errno.EBADF)


@function("fcntl", "fcntl64", header="fcntl.h")
def fcntl(machine: "Machine", descriptor: Int, command: Int, arguments: Variadic) -> Int:
    """F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL."""
    return ask_kernel(machine, "fcntl", descriptor, command, arguments.integer())


@function(header="sys/ioctl.h")
def ioctl(machine: "Machine", descriptor: Int, request: Long, arguments: Variadic) -> Int:
    """-1: no descriptor is a device."""
    return ask_kernel(machine, "ioctl", descriptor, request, arguments.integer())


@function("openat", "openat64", header="fcntl.h")
def openat(machine: "Machine", directory: Int, path: CString, flags: Int, arguments: Variadic) -> Int:
    """open beneath a directory; the tree has one."""
    mode = arguments.integer() & 0o7777 if flags & 0o100 else 0
    return checked(machine, machine.files.open(path, flags, mode))


@function(header=UNISTD)
def brk(machine: "Machine", address: Pointer) -> Int:
    """Move the program break."""
    moved = machine.mappings.brk(address) == address
    return 0 if moved else checked(machine, -errno.ENOMEM)


@function(header=UNISTD)
def sbrk(machine: "Machine", increment: Long) -> Pointer:
    """Move the program break by increment; where it was, or -1."""
    before = machine.mappings.brk(0)
    if increment == 0 or machine.mappings.brk(before + increment) == before + increment:
        return before
    set_errno(machine, errno.ENOMEM)
    return -1


@function(header=MMAN)
def madvise(machine: "Machine", address: Pointer, length: Size, advice: Int) -> Int:
    """Advice is not taken."""
    return 0


@function("mlock", "munlock", header=MMAN)
def mlock(machine: "Machine", address: ConstPointer, length: Size) -> Int:
    """Memory is never swapped."""
    return 0


@function(header=STAT)
def umask(machine: "Machine", mask: UInt) -> UInt:
    """The mask before; permissions are not kept."""
    return DEFAULT_UMASK


@function(header=UNISTD)
def gethostname(machine: "Machine", name: Buffer, size: Size) -> Int:
    """The system's name, as uname tells it."""
    if size <= len(HOST_NAME):
        return checked(machine, -errno.ENAMETOOLONG)
    machine.write(name, HOST_NAME + b"\0")
    return 0


@function("syscall", header=UNISTD)
def syscall(machine: "Machine", number: Long, arguments: Variadic) -> Long:
    """Any system call by its number."""
    # the table of numbers stands above the machine, which stands above the library
    from playground.emulator.syscalls import answer_by_number

    return checked(machine, answer_by_number(machine, number, [arguments.integer() for _ in range(6)]))
