"""What the page stands on: one frozen value, built by app.py and by tests, so that no handler reaches for a global."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from playground.emulator.execution import Execution, ExecutionRequest
from playground.evaluation.store import ComparisonStore, VoteStore
from playground.models.events import Column, Failed, Finished, GenerationEvent, GenerationRequest
from playground.tasks.task import Task
from playground.tasks.verdict import Verdict
from playground.training.jobs import JobStore
from playground.ui.cancellation import Cancellations
from playground.ui.readiness import Readiness
from playground.ui.trace.recording import Recording, TraceRequest
from playground.ui.trace.shelf import Shelf


class AnswerGenerator(Protocol):
    """What writes answers: the models, or a script in tests."""

    def stream(
        self, request: GenerationRequest, cancelled: Callable[[str], bool] = ...
    ) -> Iterator[GenerationEvent]: ...

    def generate_batch(self, columns: Iterable[Column], batch_size: int = ...) -> Iterator[Finished | Failed]: ...


class AnswerJudge(Protocol):
    """What judges answers; a lost worker is a verdict, never an exception."""

    def verdict(self, answer: str, task: Task, arch: str, syntax: str = "auto") -> Verdict: ...


class ModelChoice(Protocol):
    """One entry of the model picker."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def available(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything that handlers call."""

    generator: AnswerGenerator
    judge: AnswerJudge
    execute: Callable[[ExecutionRequest], Execution]
    """Assembles and runs one program in the worker pool."""
    trace: Callable[[TraceRequest], Recording]
    """Records a run step by step in the worker pool; InputError says why there is none."""
    models: Callable[[], Sequence[ModelChoice]]
    """Read anew on each call: a finished adapter is there at once."""
    tasks: Sequence[Task]
    """The bank."""
    jobs: JobStore
    home: Path
    """State folder: history, votes, exports."""
    comparisons: ComparisonStore
    votes: VoteStore
    environment: Mapping[str, str] = field(default_factory=dict)
    """SPACE_ID and the operator's switches."""
    readiness: Readiness = field(default_factory=Readiness)
    cancellations: Cancellations = field(default_factory=Cancellations)
    traces: Shelf = field(default_factory=Shelf)

    def task(self, identifier: str) -> Task | None:
        """The task of the bank with this id, if there is one."""
        return next((task for task in self.tasks if task.id == identifier), None)
