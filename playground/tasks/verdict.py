"""Verdict: how far an answer got on the ladder, and why it got no further."""

from dataclasses import dataclass

from playground.assembly.program import Diagnostic
from playground.emulator.result import Fault, HotLine

LADDER = ("extracted", "assembled", "linked", "ran", "returned", "correct", "abi")
"""The rungs, lowest first. ``none`` stands for an answer without any assembly. ``linked``: every symbol it refers to
exists (in the file or in the C library) and the asked function or an entry is defined. ``ran``: it executed without a
fault or limit in at least the first case. ``returned``: every case came back (a program: it exited). ``correct``: all
cases gave what was expected. ``abi``: also callee-saved registers and the stack pointer were kept."""


@dataclass(frozen=True, kw_only=True)
class CaseResult:
    """One case as it went, in words ready to show."""

    inputs: str
    """``a=12, b=18``"""
    expected: str
    got: str
    """What came back, or the fault or limit in one sentence."""
    passed: bool
    instructions: int = 0
    fault: Fault | None = None
    hot_lines: tuple[HotLine, ...] = ()
    stdout: str = ""
    stderr: str = ""
    abi_violations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ListingRow:
    """One row of the listing: address, bytes, source line."""

    address: int
    data: bytes
    line: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The judgement of one answer."""

    stage: str
    """``none`` or the highest rung of LADDER that was reached."""
    passed: bool
    """True when the stage is ``correct`` or ``abi`` (wrong registers are reported, correctness is counted)."""
    cases: tuple[CaseResult, ...] = ()
    reason: str = ""
    """One sentence on what stopped it; empty at the top of the ladder."""
    unscored: bool = False
    """True when a gap of ours stopped it: counted apart from failures everywhere."""
    missing: tuple[str, ...] = ()
    """What we lack, by name, when unscored."""
    diagnostics: tuple[Diagnostic, ...] = ()
    assembly: str = ""
    """The extracted text that was judged."""
    assembly_line: int = 0
    """Line of the reply on which the extracted text begins, from 1."""
    arch: str = ""
    syntax: str = ""
    detected: str = ""
    listing: tuple[ListingRow, ...] = ()
    instructions: int = 0
    """Instructions executed over all cases."""
    code_bytes: int = 0
    """Bytes of executable sections."""
    seconds: float = 0.0
    """Wall time of assembling and judging."""

    @property
    def cases_passed(self) -> int:
        return sum(case.passed for case in self.cases)
