"""System calls on memory, the process itself, and time (man 2 of each)."""

import errno
import struct

from playground.emulator.faults import GuestSignal, ProcessExit
from playground.emulator.machine import MASK64, Machine
from playground.emulator.syscall_registry import call

PROCESS_ID, USER_ID = 4242, 1000


# memory


@call("brk")
def brk(machine: Machine, address: int) -> int:
    return machine.mappings.brk(address & MASK64)


@call("mmap")
def mmap(machine: Machine, address: int, length: int, protection: int, flags: int, fd: int, offset: int) -> int:
    """Anonymous memory, or a private copy of a file of the tree; its address, or -errno (man 2 mmap)."""
    anonymous = flags & 0x20
    data = b""
    if not anonymous:
        opened = machine.files.descriptors.get(fd)
        if opened is None:
            return -errno.EBADF
        data = bytes(opened.file.data[offset : offset + (length & MASK64)])
    made = machine.mappings.mmap(address & MASK64, length, protection, flags)
    if made > 0 and data:
        region = machine.memory.find(made)
        if region is not None:
            region.storage[: len(data)] = data
    return made


@call("munmap")
def munmap(machine: Machine, address: int, length: int) -> int:
    return machine.mappings.munmap(address & MASK64, length)


@call("mprotect")
def mprotect(machine: Machine, address: int, length: int, protection: int) -> int:
    return machine.mappings.mprotect(address & MASK64, length, protection)


# the process


@call("exit", "exit_group")
def exit_group(machine: Machine, status: int) -> int:
    raise ProcessExit(status)


@call("getpid", "gettid")
def getpid(machine: Machine) -> int:
    return PROCESS_ID


@call("getppid")
def getppid(machine: Machine) -> int:
    return 1


@call("getuid", "geteuid", "getgid", "getegid")
def getuid(machine: Machine) -> int:
    return USER_ID


@call("kill")
def kill(machine: Machine, process: int, signal: int) -> int:
    """Only to itself."""
    if process not in (0, PROCESS_ID):
        return -errno.ESRCH
    return _deliver(signal)


@call("tgkill")
def tgkill(machine: Machine, group: int, thread: int, signal: int) -> int:
    return kill(machine, group, signal)


@call("tkill")
def tkill(machine: Machine, thread: int, signal: int) -> int:
    return kill(machine, thread, signal)


_SIGNALS = {
    3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 10: "SIGUSR1",
    11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM", 1: "SIGHUP", 2: "SIGINT",
}  # fmt: skip
"""Signals whose default action ends the process (man 7 signal)."""


def _deliver(signal: int) -> int:
    name = _SIGNALS.get(signal)
    if name is None:
        return 0 if signal in (0, 17, 18, 23, 28) else -errno.EINVAL
    raise GuestSignal("abort", name, f"the program sent itself {name}")


@call("rt_sigaction", "rt_sigprocmask", "sigaltstack", "set_robust_list", "rseq", "prlimit64", "sched_yield", "madvise")
def harmless(machine: Machine) -> int:
    """Accepted without effect: no signal is ever delivered to a handler here."""
    return 0


@call("set_tid_address")
def set_tid_address(machine: Machine, pointer: int) -> int:
    return PROCESS_ID


@call("arch_prctl")
def arch_prctl(machine: Machine, code: int, address: int) -> int:
    """ARCH_SET_FS, ARCH_GET_FS (man 2 arch_prctl)."""
    if code == 0x1002:
        machine.set_register("fs_base", address)
        machine.thread_local_base = address & MASK64
        return 0
    if code == 0x1003:
        machine.write_integer(address, machine.register("fs_base"), 8)
        return 0
    return -errno.EINVAL


@call("uname")
def uname(machine: Machine, buffer: int) -> int:
    fields = ("Linux", "playground", "6.1.0", "#1 SMP", machine.arch.platform, "(none)")
    machine.write(buffer, b"".join(field.encode().ljust(65, b"\0") for field in fields))
    return 0


@call("getrandom")
def getrandom(machine: Machine, buffer: int, size: int, flags: int) -> int:
    count = min(size & MASK64, 1 << 20)
    machine.write(buffer, machine.random.randbytes(count))
    return count


# time


def _timespec(nanoseconds: int) -> bytes:
    return struct.pack("<qq", *divmod(nanoseconds, 10**9))


@call("clock_gettime")
def clock_gettime(machine: Machine, clock: int, buffer: int) -> int:
    real = clock in (0, 5, 8, 11)
    now = machine.clock.realtime_nanoseconds() if real else machine.clock.monotonic_nanoseconds()
    machine.write(buffer, _timespec(now))
    return 0


@call("clock_getres")
def clock_getres(machine: Machine, clock: int, buffer: int) -> int:
    if buffer:
        machine.write(buffer, _timespec(1))
    return 0


@call("gettimeofday")
def gettimeofday(machine: Machine, buffer: int, zone: int) -> int:
    if buffer:
        seconds, rest = divmod(machine.clock.realtime_nanoseconds(), 10**9)
        machine.write(buffer, struct.pack("<qq", seconds, rest // 1000))
    return 0


@call("time")
def time(machine: Machine, buffer: int) -> int:
    seconds = machine.clock.realtime_nanoseconds() // 10**9
    if buffer:
        machine.write_integer(buffer, seconds, 8)
    return seconds


@call("nanosleep")
def nanosleep(machine: Machine, request: int, remaining: int) -> int:
    """The guest's clock moves on; nobody waits."""
    seconds, nanoseconds = struct.unpack("<qq", machine.read(request, 16))
    if seconds < 0 or not 0 <= nanoseconds < 10**9:
        return -errno.EINVAL
    machine.clock.sleep(seconds * 10**9 + nanoseconds)
    return 0


@call("clock_nanosleep")
def clock_nanosleep(machine: Machine, clock: int, flags: int, request: int, remaining: int) -> int:
    return nanosleep(machine, request, remaining)
