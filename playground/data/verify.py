"""Verification: a compiled function is run in the emulator and compared with the native result.

What fails is dropped and counted by reason; what is unscored is a gap of ours, listed by name.
"""

from dataclasses import dataclass

from playground.data.function import CFunction
from playground.data.prepare import Prepared, Target
from playground.tasks.judging import judge
from playground.tasks.task import Case, Task


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One proven training pair."""

    function: CFunction
    arch: str
    level: str
    syntax: str
    assembly: str
    """Canonical."""
    cases: tuple[Case, ...]
    instructions: int
    """Executed over all cases."""


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """One function that made no pair, and why."""

    function: CFunction
    reason: str
    """A short phrase to count by: ``too long``, ``writes out of bounds``, ``wrong: …``, ``unscored: …``."""
    is_gap: bool = False


@dataclass(frozen=True, kw_only=True)
class VerifyWork:
    """What a worker gets: prepared functions and the targets that they were compiled to."""

    prepared: tuple[Prepared, ...]
    targets: tuple[Target, ...]
    largest_lines: int


def verify(work: VerifyWork) -> list[Pair | Dropped]:
    """Assemble, emulate and compare every function under every target. For worker processes."""
    return [
        _verify(prepared, assembly, target, work.largest_lines)
        for prepared in work.prepared
        for assembly, target in zip(prepared.assembly, work.targets, strict=True)
    ]


def _verify(prepared: Prepared, assembly: str | None, target: Target, largest_lines: int) -> Pair | Dropped:
    function, arch = prepared.function, target.compiler.arch
    if assembly is None:
        return Dropped(function=function, reason="the compiler dropped it")
    if assembly.count("\n") > largest_lines:
        return Dropped(function=function, reason="too long")
    if not prepared.cases:
        return Dropped(function=function, reason="has no right answer (crashes, does not end, or writes out of bounds)")
    task = Task(id=function.name, prompt="", prototype=function.prototype, cases=prepared.cases)
    verdict = judge(assembly, task, arch=arch, syntax=target.syntax)
    if verdict.unscored:
        return Dropped(function=function, reason=f"unscored: {', '.join(verdict.missing)}", is_gap=True)
    if verdict.stage != "abi":
        return Dropped(function=function, reason=f"wrong: {verdict.stage}: {verdict.reason}"[:200])
    return Pair(
        function=function,
        arch=arch,
        level=target.level,
        syntax=target.syntax,
        assembly=assembly,
        cases=prepared.cases,
        instructions=verdict.instructions,
    )
