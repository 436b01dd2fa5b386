"""What ends or interrupts a run: exceptions inside the emulator, and their telling as a Fault for a person."""

from dataclasses import dataclass


class ProcessEnd(Exception):
    """Base of everything that ends the process; `process.py` turns it into a RunResult."""


class ProcessExit(ProcessEnd):
    """The program asked to end with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"exit status {status}")
        self.status = status & 0xFF


class GuestFault(ProcessEnd):
    """A memory access that the process has no right to; raised by the processor and by the library alike.

    `access` is ``read``, ``write`` or ``fetch``; `protected` tells mapped memory without the right from no memory.
    """

    def __init__(self, access: str, address: int, size: int = 1, *, protected: bool = False) -> None:
        super().__init__(f"{access} of {size} bytes at {address:#x}")
        self.access = access
        self.address = address
        self.size = size
        self.protected = protected


class GuestSignal(ProcessEnd):
    """A fault that is no memory access: `kind` and `signal` as in `Fault`."""

    def __init__(self, kind: str, signal: str, description: str, address: int | None = None) -> None:
        super().__init__(description)
        self.kind = kind
        self.signal = signal
        self.description = description
        self.address = address


class LimitReached(ProcessEnd):
    """A limit was hit: ``instructions``, ``seconds``, ``memory`` or ``output``."""

    def __init__(self, limit: str, description: str) -> None:
        super().__init__(description)
        self.limit = limit
        self.description = description


class Unsupported(ProcessEnd):
    """The program reached something valid that we lack, by name: unscored, never a failure."""

    def __init__(self, names: tuple[str, ...], description: str = "") -> None:
        super().__init__(description or f"not supported: {', '.join(names)}")
        self.names = names
        self.description = description or f"not supported: {', '.join(names)}"


class LongJump(Exception):
    """Control passes to a frame further out: unwinds the nested runs of library functions in between."""

    def __init__(self, stack_pointer: int) -> None:
        super().__init__(f"long jump to the frame at {stack_pointer:#x}")
        self.stack_pointer = stack_pointer


@dataclass(frozen=True)
class SignalRow:
    """How the kernel tells a processor exception: kind, signal, one sentence."""

    kind: str
    signal: str
    description: str
