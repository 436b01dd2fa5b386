"""The judge: a reply is extracted, assembled, linked, called with every case, and placed on the ladder."""

import time
from concurrent.futures import Future
from dataclasses import dataclass, replace

from playground.assembly import assemble, extract
from playground.assembly.program import Assembly, ProgramImage, Source
from playground.emulator.pool import DeadlinePassed, PoolClosed, WorkerDied, WorkerPool
from playground.emulator.result import Limits
from playground.errors import InputError
from playground.isa import SYNTAXES, architecture
from playground.tasks.budget import longest_seconds
from playground.tasks.execution import judge_function, judge_program
from playground.tasks.linking import link_failure
from playground.tasks.listing import code_bytes, listing_rows
from playground.tasks.task import Task
from playground.tasks.verdict import Verdict

ASSEMBLING_SECONDS = 20.0
"""What a worker gets beyond the cases' limits."""

LONGEST_ANSWER = 1_000_000
"""Characters of a reply."""


def judge(answer: str, task: Task, *, arch: str, syntax: str = "auto", limits: Limits | None = None) -> Verdict:
    """How far `answer` gets as an answer to `task`. In this process: for workers, since Keystone can end its process.

    Args:
        arch: ``aarch64``, ``x86_64``, or ``auto`` for the task's own or the detected one.
        limits: Of one case; all cases together get a few times as much (`budget`).

    Raises:
        InputError: an unknown architecture or syntax.
    """
    _require_known(arch, syntax)
    started = time.perf_counter()
    wanted = task.arch or "auto" if arch == "auto" else arch
    verdict = _judged(answer[:LONGEST_ANSWER], task, wanted, syntax, limits)
    return replace(verdict, seconds=time.perf_counter() - started)


def _require_known(arch: str, syntax: str) -> None:
    if arch != "auto":
        architecture(arch)
    if syntax not in SYNTAXES:
        raise InputError(f"Unknown syntax {syntax!r}: choose one of {', '.join(SYNTAXES)}.")


def _judged(answer: str, task: Task, arch: str, syntax: str, limits: Limits | None) -> Verdict:
    extraction = extract(answer, None if arch == "auto" else arch)
    if extraction is None:
        reason = "The reply holds no assembly." if answer.strip() else "The reply is empty."
        return Verdict(stage="none", passed=False, reason=reason, arch=arch, syntax=syntax)
    assembly = assemble(Source(text=extraction.text, arch=arch, syntax=syntax))
    verdict = Verdict(
        stage="extracted",
        passed=False,
        assembly=extraction.text,
        assembly_line=extraction.line,
        arch=assembly.arch,
        syntax=assembly.syntax,
        detected=assembly.detected,
    )
    if assembly.image is None:
        return _not_assembled(verdict, assembly)
    return _judged_image(verdict, assembly.image, task, limits)


def _not_assembled(verdict: Verdict, assembly: Assembly) -> Verdict:
    """Diagnostics are the author's mistakes; gaps without any are ours."""
    if assembly.diagnostics:
        first = assembly.diagnostics[0]
        return replace(verdict, diagnostics=assembly.diagnostics, reason=f"Line {first.line}: {first.message}")
    names = tuple(dict.fromkeys(gap.name for gap in assembly.gaps))
    reason = assembly.gaps[0].message if assembly.gaps else "not supported: the assembler gave no image"
    return replace(verdict, unscored=True, missing=names, reason=reason)


def _judged_image(verdict: Verdict, image: ProgramImage, task: Task, limits: Limits | None) -> Verdict:
    verdict = replace(
        verdict,
        stage="assembled",
        diagnostics=image.warnings,
        listing=listing_rows(image, verdict.assembly),
        code_bytes=code_bytes(image),
    )
    failure = link_failure(image, task)
    if failure is not None:
        return replace(verdict, reason=failure.reason, unscored=bool(failure.missing), missing=failure.missing)
    verdict = replace(verdict, stage="linked")
    if task.is_program:
        return judge_program(verdict, image, task, limits)
    return judge_function(verdict, image, task, limits)


@dataclass(frozen=True, kw_only=True)
class JudgeRequest:
    """One answer to judge, as it crosses to a worker."""

    answer: str
    task: Task
    arch: str
    syntax: str = "auto"
    limits: Limits | None = None


def judge_request(request: JudgeRequest) -> Verdict:
    """`judge`, as a worker calls it."""
    return judge(request.answer, request.task, arch=request.arch, syntax=request.syntax, limits=request.limits)


class Judge:
    """Judges in a pool of workers: one that dies or hangs is a verdict, never an exception."""

    def __init__(self, pool: WorkerPool) -> None:
        self.pool = pool

    def verdict(self, answer: str, task: Task, arch: str, syntax: str = "auto") -> Verdict:
        """The verdict on one answer.

        Raises:
            InputError: an unknown architecture or syntax.
        """
        return self.result(*self.submit(answer, task, arch, syntax))

    def submit(
        self, answer: str, task: Task, arch: str, syntax: str = "auto", limits: Limits | None = None
    ) -> "tuple[JudgeRequest, Future[Verdict]]":
        """Start judging; give both to `result`. The answer is cut here so that no huge text crosses to a worker."""
        _require_known(arch, syntax)
        request = JudgeRequest(answer=answer[:LONGEST_ANSWER], task=task, arch=arch, syntax=syntax, limits=limits)
        deadline = longest_seconds(limits) + ASSEMBLING_SECONDS
        return request, self.pool.submit(judge_request, request, deadline_seconds=deadline)

    def result(self, request: JudgeRequest, future: "Future[Verdict]") -> Verdict:
        """The verdict, once it is there. A lost worker, or a defect of ours, is a gap: unscored, and named."""
        try:
            return future.result()
        except (InputError, PoolClosed):
            raise
        except Exception as lost:
            return lost_verdict(request, lost)


def lost_verdict(request: JudgeRequest, lost: Exception) -> Verdict:
    """What is said when a worker died, passed its deadline or raised: unscored, with the statement when it is known.

    The reply itself is not looked at here: what ended a worker might end this process too.
    """
    statement = str(getattr(lost, "text", "") or "")
    is_defect = not isinstance(lost, (WorkerDied, DeadlinePassed))
    told = f"the judge failed with {type(lost).__name__}: {lost}" if is_defect else str(lost)
    return Verdict(
        stage="extracted" if statement else "none",
        passed=False,
        reason=f"not supported: {' '.join(told.split())}",
        unscored=True,
        missing=(statement or ("defect" if is_defect else "worker"),),
        arch=request.arch,
        syntax=request.syntax,
    )
