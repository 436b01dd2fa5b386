"""Records the trace of a program, or of one case of a function, in a worker."""

from dataclasses import dataclass, replace

from playground.assembly import assemble
from playground.assembly.program import Assembly, ProgramImage, Source
from playground.emulator import trace_call, trace_program
from playground.emulator.execution import GRACE_SECONDS
from playground.emulator.pool import DeadlinePassed, WorkerDied, WorkerPool
from playground.emulator.prototype import parse_prototype
from playground.emulator.result import Limits
from playground.emulator.trace import DEFAULT_STEPS, Trace
from playground.errors import InputError
from playground.tasks import wording
from playground.tasks.execution import guest_arguments
from playground.tasks.linking import link_failure
from playground.tasks.task import Task

MOST_STEPS = 100_000
"""Steps that one trace may hold: each takes about 0.5 KB of the server's memory while the trace is kept."""

MOST_BYTES = 16 * 1024 * 1024
"""Bytes of memory, at the start and in all steps' stores, that one trace may hold: a loop around `memset` stores
hundreds of megabytes in 20,000 steps."""


@dataclass(frozen=True, kw_only=True)
class TraceRequest:
    """What to record."""

    source: Source
    task: Task
    """A function task, or a program task with its input."""
    case: int = 0
    """Which case of a function task, from 0."""
    steps: int = DEFAULT_STEPS
    limits: Limits = Limits()

    @property
    def case_titles(self) -> tuple[str, ...]:
        """``case 1: a=12, b=18`` for each case; empty for a program."""
        if self.task.prototype is None:
            return ()
        prototype = parse_prototype(self.task.prototype)
        cases = enumerate(self.task.cases, 1)
        return tuple(
            f"case {number}: {wording.shortened(wording.inputs(case, prototype), 80)}" for number, case in cases
        )


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A trace, and the text that its lines refer to."""

    text: str
    arch: str
    syntax: str
    trace: Trace


def record(request: TraceRequest) -> Recording:
    """Assemble and trace in this process: for workers only, since Keystone can take its process with it.

    Raises:
        InputError: it does not assemble or link, or there is no such case or number of steps.
    """
    if not 1 <= request.steps <= MOST_STEPS:
        raise InputError(f"{request.steps:,} steps cannot be recorded: give a number from 1 to {MOST_STEPS:,}.")
    assembly = assemble(request.source)
    if assembly.image is None:
        raise InputError(_why_not_assembled(assembly))
    failure = link_failure(assembly.image, request.task)
    if failure is not None:
        raise InputError(f"There is nothing to step through: {failure.reason}")
    trace = bounded(_traced(assembly.image, request))
    return Recording(text=request.source.text, arch=assembly.image.arch, syntax=assembly.image.syntax, trace=trace)


def _traced(image: ProgramImage, request: TraceRequest) -> Trace:
    task = request.task
    if task.prototype is None:
        stdin = task.stdin.encode(errors="surrogateescape")
        return trace_program(image, stdin=stdin, limits=request.limits, steps=request.steps)
    if not 0 <= request.case < len(task.cases):
        raise InputError(f"There is no case {request.case + 1}: the function has {len(task.cases)}.")
    prototype = parse_prototype(task.prototype)
    arguments = guest_arguments(task.cases[request.case], prototype)
    return trace_call(image, prototype, arguments, limits=request.limits, steps=request.steps)


def bounded(trace: Trace, most_bytes: int = MOST_BYTES) -> Trace:
    """The trace, cut before the step that would make it hold more than `most_bytes`.

    Raises:
        InputError: it holds more before its first step.
    """
    held = sum(map(len, trace.initial_pages.values()))
    if held > most_bytes:
        limit = f"traces hold {most_bytes:,} bytes"
        raise InputError(f"not supported: tracing a program with {held:,} bytes of initialised memory; {limit}.")
    for index, step in enumerate(trace.steps):
        held += sum(len(change.before) + len(change.after) for change in step.memory)
        if held > most_bytes:
            return replace(trace, steps=trace.steps[: max(1, index)], truncated=True)
    return trace


def _why_not_assembled(assembly: Assembly) -> str:
    if assembly.diagnostics:
        first = assembly.diagnostics[0]
        return f"There is nothing to step through: line {first.line}: {first.message}"
    return assembly.gaps[0].message if assembly.gaps else "not supported: the assembler gave no image"


def record_in_pool(pool: WorkerPool, request: TraceRequest) -> Recording:
    """The same through a worker.

    Raises:
        InputError: as `record`, and when the worker died or passed its deadline.
    """
    try:
        return pool.run(record, request, deadline_seconds=request.limits.seconds + GRACE_SECONDS)
    except (WorkerDied, DeadlinePassed) as lost:
        raise InputError(f"not supported: {lost}") from None
