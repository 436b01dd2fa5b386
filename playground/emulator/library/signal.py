"""signal.h: handlers are remembered, and run when the program raises a signal itself."""

from typing import TYPE_CHECKING

from playground.emulator.faults import GuestSignal
from playground.emulator.library.c_values import Function, Int, Pointer
from playground.emulator.library.errors import set_errno
from playground.emulator.library.memory import fill
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

SIGNAL = "signal.h"
EINVAL = 22
SIG_DFL, SIG_IGN, SIG_ERR = 0, 1, (1 << 64) - 1
NAMES = {
    1: "SIGHUP",
    2: "SIGINT",
    3: "SIGQUIT",
    4: "SIGILL",
    5: "SIGTRAP",
    6: "SIGABRT",
    7: "SIGBUS",
    8: "SIGFPE",
    9: "SIGKILL",
    10: "SIGUSR1",
    11: "SIGSEGV",
    12: "SIGUSR2",
    13: "SIGPIPE",
    14: "SIGALRM",
    15: "SIGTERM",
}
IGNORED_BY_DEFAULT = frozenset({17, 18, 23, 28})
"""SIGCHLD, SIGCONT, SIGURG, SIGWINCH (man 7 signal)."""
UNCATCHABLE = frozenset({9, 19})
LAST_SIGNAL = 64


def _handlers(machine: "Machine") -> dict[int, int]:
    handlers: dict[int, int] = library_state(machine).parts.setdefault("signal handlers", {})
    return handlers


@function("signal", "__sysv_signal", "bsd_signal", header=SIGNAL)
def signal(machine: "Machine", number: Int, handler: Function) -> Function:
    """Set a handler; returns the one before."""
    if not 1 <= number <= LAST_SIGNAL or number in UNCATCHABLE:
        set_errno(machine, EINVAL)
        return SIG_ERR
    before = _handlers(machine).get(number, SIG_DFL)
    _handlers(machine)[number] = handler
    return before


@function(header=SIGNAL)
def sigaction(machine: "Machine", number: Int, action: Pointer, old: Pointer) -> Int:
    """signal with a structure, whose first member is the handler."""
    if not 1 <= number <= LAST_SIGNAL or number in UNCATCHABLE:
        set_errno(machine, EINVAL)
        return -1
    if old:
        fill(machine, old, 0, 152)
        machine.write_integer(old, _handlers(machine).get(number, SIG_DFL), 8)
    if action:
        _handlers(machine)[number] = machine.read_integer(action, 8)
    return 0


@function("raise", "gsignal", header=SIGNAL)
def raise_(machine: "Machine", number: Int) -> Int:
    """Send a signal to the process itself."""
    return deliver(machine, number)


def deliver(machine: "Machine", number: int) -> int:
    """Run the handler, ignore, or die of the signal."""
    if not 1 <= number <= LAST_SIGNAL:
        set_errno(machine, EINVAL)
        return -1
    handler = _handlers(machine).get(number, SIG_DFL)
    if handler == SIG_IGN or (handler == SIG_DFL and number in IGNORED_BY_DEFAULT):
        return 0
    if handler == SIG_DFL:
        name = NAMES.get(number, f"signal {number}")
        raise GuestSignal("abort", name, f"the program raised {name}")
    machine.call(handler, (number,))
    return 0


@function(header=SIGNAL)
def kill(machine: "Machine", pid: Int, number: Int) -> Int:
    """raise, for the process itself; no other process exists (ESRCH 3)."""
    if pid in (0, 1, -1):
        set_errno(machine, 3)
        return -1
    return deliver(machine, number) if number else 0


@function("sigemptyset", header=SIGNAL)
def sigemptyset(machine: "Machine", signals: Pointer) -> Int:
    """An empty set of 1024 bits."""
    fill(machine, signals, 0, 128)
    return 0


@function(header=SIGNAL)
def sigfillset(machine: "Machine", signals: Pointer) -> Int:
    """A full set."""
    fill(machine, signals, 0xFF, 128)
    return 0


def _set_bit(machine: "Machine", signals: int, number: int, value: int) -> int:
    if not 1 <= number <= LAST_SIGNAL:
        set_errno(machine, EINVAL)
        return -1
    word = machine.read_integer(signals, 8)
    bit = 1 << (number - 1)
    machine.write_integer(signals, word | bit if value else word & ~bit, 8)
    return 0


@function(header=SIGNAL)
def sigaddset(machine: "Machine", signals: Pointer, number: Int) -> Int:
    """Add a signal to a set."""
    return _set_bit(machine, signals, number, 1)


@function(header=SIGNAL)
def sigdelset(machine: "Machine", signals: Pointer, number: Int) -> Int:
    """Remove a signal from a set."""
    return _set_bit(machine, signals, number, 0)


@function(header=SIGNAL)
def sigismember(machine: "Machine", signals: Pointer, number: Int) -> Int:
    """1 when the set holds the signal."""
    return machine.read_integer(signals, 8) >> (number - 1) & 1 if number > 0 else -1


@function("sigprocmask", "pthread_sigmask", header=SIGNAL)
def sigprocmask(machine: "Machine", how: Int, signals: Pointer, old: Pointer) -> Int:
    """Nothing is ever pending: the mask is accepted and not kept."""
    if old:
        fill(machine, old, 0, 128)
    return 0


@function(header="unistd.h")
def alarm(machine: "Machine", seconds: Int) -> Int:
    """No alarm ever comes."""
    return 0
