"""Linux system calls by number: decoded, served by name, answered as the kernel answers.

Numbers: arch/x86/entry/syscalls/syscall_64.tbl, asm-generic/unistd.h (aarch64), syscall_32.tbl (int 0x80).
Anything else answers -ENOSYS and is named in the result.
"""

import errno
from collections.abc import Callable, Mapping, Sequence

from playground.emulator import syscalls_files, syscalls_process  # noqa: F401  importing them registers their calls
from playground.emulator.faults import GuestFault
from playground.emulator.machine import MASK64, Machine
from playground.emulator.syscall_registry import SystemCall, registered

X86_64_NUMBERS = {
    0: "read", 1: "write", 2: "open", 3: "close", 4: "stat", 5: "fstat", 6: "lstat", 7: "poll", 8: "lseek", 9: "mmap",
    10: "mprotect", 11: "munmap", 12: "brk", 13: "rt_sigaction", 14: "rt_sigprocmask", 16: "ioctl", 17: "pread64",
    18: "pwrite64", 19: "readv", 20: "writev", 21: "access", 24: "sched_yield", 28: "madvise", 32: "dup", 33: "dup2",
    35: "nanosleep", 39: "getpid", 60: "exit", 62: "kill", 63: "uname", 72: "fcntl", 77: "ftruncate", 79: "getcwd",
    82: "rename", 85: "creat", 87: "unlink", 96: "gettimeofday", 102: "getuid", 104: "getgid", 107: "geteuid",
    108: "getegid", 110: "getppid", 131: "sigaltstack", 158: "arch_prctl", 186: "gettid", 200: "tkill", 201: "time",
    218: "set_tid_address", 228: "clock_gettime", 229: "clock_getres", 230: "clock_nanosleep", 231: "exit_group",
    234: "tgkill", 257: "openat", 262: "newfstatat", 263: "unlinkat", 264: "renameat", 269: "faccessat",
    271: "ppoll", 273: "set_robust_list", 292: "dup3", 302: "prlimit64", 318: "getrandom", 334: "rseq",
}  # fmt: skip
AARCH64_NUMBERS = {
    17: "getcwd", 23: "dup", 24: "dup3", 25: "fcntl", 29: "ioctl", 35: "unlinkat", 38: "renameat", 46: "ftruncate",
    48: "faccessat", 56: "openat", 57: "close", 62: "lseek", 63: "read", 64: "write", 65: "readv", 66: "writev",
    67: "pread64", 68: "pwrite64", 73: "ppoll", 79: "newfstatat", 80: "fstat", 93: "exit", 94: "exit_group",
    96: "set_tid_address", 99: "set_robust_list", 101: "nanosleep", 113: "clock_gettime", 114: "clock_getres",
    115: "clock_nanosleep", 124: "sched_yield", 129: "kill", 130: "tkill", 131: "tgkill", 132: "sigaltstack",
    134: "rt_sigaction", 135: "rt_sigprocmask", 160: "uname", 169: "gettimeofday", 172: "getpid", 173: "getppid",
    174: "getuid", 175: "geteuid", 176: "getgid", 177: "getegid", 178: "gettid", 214: "brk", 215: "munmap",
    222: "mmap", 226: "mprotect", 233: "madvise", 261: "prlimit64", 278: "getrandom", 293: "rseq",
}  # fmt: skip
I386_NUMBERS = {
    1: "exit", 3: "read", 4: "write", 5: "open", 6: "close", 8: "creat", 10: "unlink", 19: "lseek", 20: "getpid",
    33: "access", 38: "rename", 41: "dup", 45: "brk", 63: "dup2", 64: "getppid", 91: "munmap", 122: "uname",
    125: "mprotect", 199: "getuid", 200: "getgid", 224: "gettid", 252: "exit_group", 355: "getrandom",
}  # fmt: skip
"""The calls whose arguments mean the same in 32 bits."""
I386_ARGUMENTS = ("rbx", "rcx", "rdx", "rsi", "rdi", "rbp")

NUMBERS: Mapping[str, Mapping[int, str]] = {"x86_64": X86_64_NUMBERS, "aarch64": AARCH64_NUMBERS}


def system_call(machine: Machine) -> None:
    """Serve the system call that the process stands behind (man 2 syscall, the architecture's row)."""
    row = machine.arch.syscall
    number = machine.register(row.number)
    if machine.arch.name == "x86_64":
        machine.set_register("rcx", machine.engine.pc)
        machine.set_register("r11", machine.register("rflags"))
    name = NUMBERS[machine.arch.name].get(number)
    _serve(machine, name, number, lambda index: _signed(machine.register(row.arguments[index])))


def compatibility_call(machine: Machine) -> None:
    """Serve ``int 0x80``: i386 numbers and 32-bit arguments, as a 64-bit kernel does for a 64-bit process."""
    number = machine.register("rax") & 0xFFFFFFFF
    name = I386_NUMBERS.get(number)
    _serve(machine, name, number, lambda index: _argument32(machine, name, index), "int 0x80 ")
    machine.set_register("r8", 0)  # the kernel clears r8-r11 (entry_64_compat.S)
    for register in ("r9", "r10", "r11"):
        machine.set_register(register, 0)


def _argument32(machine: Machine, name: str | None, index: int) -> int:
    value = machine.register(I386_ARGUMENTS[index]) & 0xFFFFFFFF
    signed = (name == "lseek" and index == 1) or index == 0
    return value - (1 << 32) if signed and value >> 31 else value


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


def answer_by_number(machine: Machine, number: int, arguments: Sequence[int]) -> int:
    """The C library's ``syscall``: the kernel's answer, without any register being touched."""
    name = NUMBERS[machine.arch.name].get(number)
    return _answer(machine, name, number, lambda index: _signed(arguments[index] & MASK64), "")


def _serve(machine: Machine, name: str | None, number: int, argument: Callable[[int], int], how: str = "") -> None:
    machine.set_register(machine.arch.syscall.result, _answer(machine, name, number, argument, how))


def _answer(machine: Machine, name: str | None, number: int, argument: Callable[[int], int], how: str) -> int:
    if name is None or name not in registered:
        machine.note_missing(f"{how}system call {number}")
        return -errno.ENOSYS
    if machine.on_library_call is not None:
        machine.on_library_call(name)
    function, count = registered[name]
    return _answered(machine, function, [argument(index) for index in range(count)])


def _answered(machine: Machine, function: SystemCall, arguments: list[int]) -> int:
    """A bad pointer is EFAULT for the kernel, not a fault."""
    try:
        return function(machine, *_narrowed(function, arguments))
    except GuestFault:
        return -errno.EFAULT


def _narrowed(function: SystemCall, arguments: list[int]) -> list[int]:
    """Descriptors are ints: only their low 32 bits count."""
    names = function.__code__.co_varnames[1 : 1 + len(arguments)]
    return [
        _int32(value) if name in ("fd", "directory") else value for name, value in zip(names, arguments, strict=True)
    ]


def _int32(value: int) -> int:
    value &= 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value
