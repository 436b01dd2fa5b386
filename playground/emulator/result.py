"""The values that the emulator takes and gives: Limits in, RunResult (and CallResult) out."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a run may use; beyond it the run stops with ``limit`` and says which one."""

    instructions: int = 50_000_000
    seconds: float = 5.0
    memory_bytes: int = 256 * 1024 * 1024
    output_bytes: int = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One line of a backtrace."""

    address: int
    symbol: str
    """``main+12``; empty when unknown."""
    line: int
    """Source line, 0 when unknown."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What broke, as a person wants it told."""

    kind: str
    """``unmapped-read``, ``unmapped-write``, ``unmapped-fetch``, ``protected-write``, ``misaligned``,
    ``illegal-instruction``, ``privileged-instruction``, ``division``, ``stack-overflow``, ``abort``, ``red-zone``,
    ``double-free``, ``bad-return``, ``trap``, ``uncaught-exception``."""
    signal: str
    """What the process would die of: ``SIGSEGV``, ``SIGILL``, ``SIGFPE``, ``SIGBUS``, ``SIGABRT``, ``SIGTRAP``."""
    address: int | None
    """The faulting data address, when there is one."""
    description: str
    """One sentence: ``24 bytes past the end of argument `dst```."""
    pc: int
    line: int
    """Source line of `pc`, 0 when unknown."""
    backtrace: tuple[Frame, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HotLine:
    """A source line and how often it was reached near the limit (what an endless loop was doing)."""

    line: int
    count: int


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """How a program's run ended."""

    stop: str
    """``exited``, ``returned``, ``fault``, ``limit`` or ``unsupported`` (``rejected`` is the assembler's)."""
    exit_status: int | None
    """0..255 when it exited; None otherwise."""
    stdout: bytes
    stderr: bytes
    fault: Fault | None
    instructions: int
    """Guest instructions executed, exact; library routines of ours count nothing."""
    registers: Mapping[str, int] = field(default_factory=dict)
    """General registers, pc and flags at the stop."""
    limit: str = ""
    """Which limit was hit: ``instructions``, ``seconds``, ``memory``, ``output``."""
    hot_lines: tuple[HotLine, ...] = ()
    missing: tuple[str, ...] = ()
    """Names of library symbols, system calls or instructions that we lack and that were reached."""
    reason: str = ""
    """One sentence for a person on why it stopped, always set unless `stop` is exited/returned."""


@dataclass(frozen=True, kw_only=True)
class CallResult:
    """How a call of one function ended: the run, the value it gave, and what it left behind."""

    run: RunResult
    """`stop` is ``returned`` when the function came back."""
    value: int | float | None
    """The result as its C type; None for void or when it did not return."""
    text: bytes | None = None
    """The text at the ``char *`` that was returned; None when that is not its type or nothing readable is there."""
    after: Mapping[str, tuple[int | float, ...]] = field(default_factory=dict)
    """Per array or string parameter: its elements after the call."""
    abi_violations: tuple[str, ...] = ()
    """``x19 not restored: 0x… instead of 0x…``; empty when callee-saved registers and the stack pointer were kept."""
