"""Assemble and execute one source: what the Run tab, ``run`` and the agents' tool share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.assembly import assemble
from playground.assembly.program import Assembly, Diagnostic, Gap, Source
from playground.emulator.pool import DeadlinePassed, WorkerDied, WorkerPool
from playground.emulator.process import run_program
from playground.emulator.result import Limits, RunResult

GRACE_SECONDS = 10.0
"""What a worker gets beyond the guest's own time limit, for assembling and reporting."""


@dataclass(frozen=True, kw_only=True)
class Execution:
    """What came of one source: its assembly, and its run when there was an image with an entry."""

    assembly: Assembly
    result: RunResult | None
    """None when it was not run."""

    @property
    def stop(self) -> str:
        """The contract's word: ``exited``, ``returned``, ``fault``, ``limit``, ``rejected`` or ``unsupported``."""
        if self.result is not None:
            return self.result.stop
        return "unsupported" if self.assembly.gaps and not self.assembly.diagnostics else "rejected"

    @property
    def ended_by_itself(self) -> bool:
        return self.stop in ("exited", "returned")

    @property
    def missing(self) -> tuple[str, ...]:
        """What we lack, by name, in order and without repetition."""
        names = [gap.name for gap in self.assembly.gaps] + list(self.result.missing if self.result else ())
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True, kw_only=True)
class ExecutionRequest:
    """One program to assemble and run."""

    source: Source
    stdin: bytes = b""
    arguments: tuple[str, ...] = ("program",)
    environment: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = Limits()


def execute(request: ExecutionRequest) -> Execution:
    """Assemble and run in this process: for workers only, since Keystone can take its process with it."""
    assembly = assemble(request.source)
    if assembly.image is None:
        return Execution(assembly=assembly, result=None)
    if assembly.image.entry is None:
        return Execution(assembly=_without_entry(assembly), result=None)
    result = run_program(
        assembly.image,
        stdin=request.stdin,
        arguments=request.arguments,
        environment=dict(request.environment),
        limits=request.limits,
    )
    return Execution(assembly=assembly, result=result)


def execute_in_pool(pool: WorkerPool, request: ExecutionRequest) -> Execution:
    """The same through a worker: a death or a hang of the worker becomes an Execution that says so."""
    try:
        return pool.run(execute, request, deadline_seconds=request.limits.seconds + GRACE_SECONDS)
    except (WorkerDied, DeadlinePassed) as lost:
        return lost_execution(request, lost)


def _without_entry(assembly: Assembly) -> Assembly:
    diagnostic = Diagnostic(
        line=1,
        column=1,
        message="There is no `main` and no `_start`, so there is nowhere to start.",
        hint="Define one of them, or give the C prototype of the function to call.",
    )
    return Assembly(
        arch=assembly.arch,
        syntax=assembly.syntax,
        detected=assembly.detected,
        image=None,
        diagnostics=(diagnostic,),
    )


def lost_execution(request: ExecutionRequest, lost: WorkerDied | DeadlinePassed) -> Execution:
    """Losing a worker is a gap of ours, never the author's mistake."""
    line = getattr(lost, "line", 0) or 0
    gap = Gap(line=line, name="worker", message=f"not supported: {lost}")
    source = request.source
    assembly = Assembly(arch=source.arch, syntax=source.syntax, detected="", image=None, gaps=(gap,))
    return Execution(assembly=assembly, result=None)
