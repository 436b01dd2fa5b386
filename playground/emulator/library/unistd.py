"""unistd.h, fcntl.h and sys/*.h: the system calls' C wrappers that programs use, on the in-memory files."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import (
    Buffer,
    ConstPointer,
    CString,
    Int,
    Long,
    Pointer,
    Size,
    SSize,
    ULong,
    Variadic,
)
from playground.emulator.library.errors import checked, set_errno
from playground.emulator.library.posix import ask_kernel
from playground.emulator.library.registry import data, function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

UNISTD = "unistd.h"
O_CREAT = 0o100
ENOENT, ENOTTY, ERANGE = 2, 25, 34
PROCESS_ID, PARENT_ID, USER_ID = 4242, 4241, 1000
LARGEST_TRANSFER = 0x7FFFF000
"""What Linux moves in one read or write (man 2 read)."""


@function("read", "__read", header=UNISTD)
def read(machine: "Machine", descriptor: Int, target: Pointer, count: Size) -> SSize:
    """Up to count bytes; 0 at the end."""
    return ask_kernel(machine, "read", descriptor, target, min(count, LARGEST_TRANSFER))


@function("write", "__write", header=UNISTD)
def write(machine: "Machine", descriptor: Int, source: ConstPointer, count: Size) -> SSize:
    """Write count bytes at once."""
    return ask_kernel(machine, "write", descriptor, source, min(count, LARGEST_TRANSFER))


@function("open", "open64", "__open_2", header="fcntl.h")
def open(machine: "Machine", path: CString, flags: Int, arguments: Variadic) -> Int:
    """The lowest free descriptor for a file of the in-memory tree."""
    mode = arguments.integer() & 0o7777 if flags & O_CREAT else 0
    return checked(machine, machine.files.open(path, flags, mode))


@function("close", "__close", header=UNISTD)
def close(machine: "Machine", descriptor: Int) -> Int:
    """Free a descriptor."""
    return checked(machine, machine.files.close(descriptor))


@function("lseek", "lseek64", header=UNISTD)
def lseek(machine: "Machine", descriptor: Int, offset: Long, whence: Int) -> Long:
    """Move a descriptor's offset."""
    return checked(machine, machine.files.seek(descriptor, offset, whence))


@function(header=UNISTD)
def unlink(machine: "Machine", path: CString) -> Int:
    """Delete a file."""
    return checked(machine, machine.files.unlink(path))


@function(header=UNISTD)
def access(machine: "Machine", path: CString, mode: Int) -> Int:
    """0 when the file exists."""
    if machine.files.normalise(path) in machine.files.tree:
        return 0
    return checked(machine, -ENOENT)


@function(header=UNISTD)
def dup(machine: "Machine", descriptor: Int) -> Int:
    """A second descriptor for the same file."""
    return checked(machine, machine.files.duplicate(descriptor))


@function(header=UNISTD)
def dup2(machine: "Machine", descriptor: Int, target: Int) -> Int:
    """A second descriptor under a chosen number."""
    return checked(machine, machine.files.duplicate(descriptor, target))


@function(header=UNISTD)
def isatty(machine: "Machine", descriptor: Int) -> Int:
    """0: nothing is a terminal."""
    set_errno(machine, ENOTTY)
    return 0


@function("getpid", "__getpid", header=UNISTD)
def getpid(machine: "Machine") -> Int:
    """The process's number."""
    return PROCESS_ID


@function(header=UNISTD)
def getppid(machine: "Machine") -> Int:
    """The parent's number."""
    return PARENT_ID


@function("getuid", "geteuid", "getgid", "getegid", header=UNISTD)
def getuid(machine: "Machine") -> Int:
    """The user's number."""
    return USER_ID


@function(header=UNISTD)
def getpagesize(machine: "Machine") -> Int:
    """Bytes of a page."""
    return 4096


@function(header=UNISTD)
def sysconf(machine: "Machine", name: Int) -> Long:
    """Page size (30), processors (83, 84), clock ticks (2); -1 for others."""
    return {30: 4096, 83: 1, 84: 1, 2: 100}.get(name, -1)


@function(header=UNISTD)
def getcwd(machine: "Machine", s: Buffer, size: Size) -> Buffer:
    """The working directory: ``/``."""
    if s == 0:
        return library_state(machine).text("getcwd", b"/")
    if size < 2:
        set_errno(machine, ERANGE)
        return 0
    machine.write(s, b"/\0")
    return s


@function("getrandom", header="sys/random.h")
def getrandom(machine: "Machine", target: Pointer, count: Size, flags: Int) -> SSize:
    """Seeded bytes: the same in every run."""
    count = min(count, 33554431)
    machine.read(target, count)
    machine.write(target, machine.random.randbytes(count))
    return count


@function("getentropy", header=UNISTD)
def getentropy(machine: "Machine", target: Pointer, count: Size) -> Int:
    """At most 256 seeded bytes."""
    if count > 256:
        set_errno(machine, 5)
        return -1
    machine.write(target, machine.random.randbytes(count))
    return 0


@function("arc4random", header="stdlib.h")
def arc4random(machine: "Machine") -> Int:
    """32 seeded bits."""
    return machine.random.getrandbits(32)


@function("sched_yield", header="sched.h")
def sched_yield(machine: "Machine") -> Int:
    """There is one thread."""
    return 0


@function(header="sys/auxv.h")
def getauxval(machine: "Machine", kind: ULong) -> ULong:
    """AT_PAGESZ (6); 0 for others: no optional processor features are announced."""
    return 4096 if kind == 6 else 0


@function(header="locale.h")
def setlocale(machine: "Machine", category: Int, locale: Pointer) -> Buffer:
    """The "C" locale is the only one."""
    wanted = machine.read_cstring(locale) if locale else b"C"
    return library_state(machine).text("setlocale", b"C") if wanted in (b"", b"C", b"POSIX") else 0


def _environment_vector(machine: "Machine", address: int) -> None:
    machine.write_integer(address, machine.environment_address, 8)


for _name in ("environ", "__environ", "_environ"):
    data(_name, 8, header=UNISTD)(_environment_vector)
