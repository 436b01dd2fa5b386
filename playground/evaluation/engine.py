"""Where judging happens: in the worker pool of this machine, or on a Ray cluster. Both give the same verdicts."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Protocol

from playground.emulator.pool import WorkerPool
from playground.errors import InputError
from playground.evaluation.records import Result, Sample, result_of
from playground.tasks.judging import Judge, JudgeRequest
from playground.tasks.task import Task
from playground.tasks.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """One sample to judge as an answer to its task."""

    sample: Sample
    task: Task
    syntax: str = "auto"


class Engine(Protocol):
    """Judges assignments; results come in any order, one for each assignment."""

    def submit(self, assignment: Assignment) -> None:
        """Begin judging."""
        ...

    def results(self, *, wait_for_all: bool) -> Iterator[Result]:
        """What is finished by now, or, waiting, everything that was submitted."""
        ...

    def close(self) -> None:
        """Let the workers go."""
        ...


class LocalEngine:
    """Judges in this machine's worker pool."""

    def __init__(self, jobs: int = 0) -> None:
        """`jobs` worker processes; 0 for one per core."""
        self.pool = WorkerPool(size=jobs) if jobs else WorkerPool()
        self.judge = Judge(self.pool)
        self._waiting: dict[Future[Verdict], tuple[Assignment, JudgeRequest]] = {}

    def submit(self, assignment: Assignment) -> None:
        sample = assignment.sample
        request, future = self.judge.submit(sample.completion, assignment.task, sample.arch, assignment.syntax)
        self._waiting[future] = (assignment, request)

    def results(self, *, wait_for_all: bool) -> Iterator[Result]:
        while self._waiting:
            timeout = None if wait_for_all else 0
            done, _ = wait(self._waiting, timeout=timeout, return_when=FIRST_COMPLETED)
            if not done:
                return
            for future in done:
                assignment, request = self._waiting.pop(future)
                verdict = self.judge.result(request, future)
                yield result_of(assignment.sample, verdict, case_count(assignment.task))

    def close(self) -> None:
        self.pool.close()


def case_count(task: Task) -> int:
    """Cases of a task; a program is one."""
    return len(task.cases) or 1


def open_engine(address: str, jobs: int) -> Engine:
    """``local``, or ``ray://HOST:PORT`` (``ray://local`` starts a cluster on this machine).

    Raises:
        InputError: another address, or ray is not installed.
    """
    if address in ("", "local"):
        return LocalEngine(jobs)
    if address.startswith("ray://"):
        from playground.evaluation.ray_engine import RayEngine

        return RayEngine(address)
    raise InputError(f"Unknown engine {address!r}: choose local, or ray://HOST:PORT for a Ray cluster.")
