"""What a person asked for, checked: columns, a task, and the generation request that they make."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from playground.errors import InputError
from playground.isa import architecture
from playground.models.events import Column, GenerationRequest, Message, Sampling
from playground.models.prompts import Style, task_messages
from playground.tasks.task import Task

MOST_COLUMNS = 4
MOST_SAMPLES = 16
ALTERNATIVES = 4
"""How many of each token's likeliest alternatives local models report, for the page to show at the pointer."""
STYLES = ("describe", "translate")
MODES = ("chat", "complete", "fill")


@dataclass(frozen=True, kw_only=True)
class ColumnSetup:
    """One column: a model and how it is asked."""

    model: str
    sampling: Sampling = Sampling()
    system: str = ""
    """Empty: the prompt's own system message."""
    history: tuple[Message, ...] = ()
    """Earlier turns of this column's own conversation, without the system message."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One question to several columns."""

    task: Task
    """What is asked and how answers are judged; for an own prompt made from what was typed."""
    arch: str
    columns: tuple[ColumnSetup, ...]
    style: str = "describe"
    mode: str = "chat"
    samples: int = 1
    follow_up: str = ""
    """Chat: a further turn instead of the task's own request."""
    probabilities: bool = False
    """Whether local models tell each token's probability."""
    suffix: str = ""
    """Fill in the middle: what comes after; the task's prompt is what comes before."""

    def __post_init__(self) -> None:
        architecture(self.arch)
        if self.mode not in MODES:
            raise InputError(f"Unknown mode {self.mode!r}: choose one of {', '.join(MODES)}.")
        if self.style not in STYLES:
            raise InputError(f"Unknown style {self.style!r}: choose describe or translate.")
        if not 1 <= len(self.columns) <= MOST_COLUMNS:
            raise InputError(f"{len(self.columns)} columns: a comparison has 1 to {MOST_COLUMNS}.")
        if not 1 <= self.samples <= MOST_SAMPLES:
            raise InputError(f"{self.samples} samples: give 1 to {MOST_SAMPLES}.")
        if self.task.arch not in (None, self.arch):
            raise InputError(f"Task {self.task.id!r} is for {self.task.arch} only: choose that architecture.")
        if self.style == "translate" and self.mode == "chat" and not self.task.reference:
            raise InputError("There is no C source to translate: choose the style “describe”, or give the C source.")


def answer_id(column: int, sample: int) -> str:
    """The id that generation events carry for one sample of one column."""
    return f"{column}.{sample}"


def column_of(answer: str) -> int:
    """The column that an answer's id belongs to."""
    return int(answer.split(".")[0])


def require_known_models(comparison: Comparison, known: Sequence[str]) -> None:
    """Raises:
    InputError: a column names a model that is not offered. A visitor chooses among names: never a path or an address.
    """
    for number, column in enumerate(comparison.columns, 1):
        if column.model not in known:
            raise InputError(f"Unknown model {column.model!r} in column {number}: choose one of {', '.join(known)}.")


def generation_request(comparison: Comparison, only: int | None = None) -> GenerationRequest:
    """The request for all columns, or for the one numbered `only`; samples differ in nothing but their seed."""
    return GenerationRequest(
        columns=tuple(
            _column(comparison, number, sample)
            for number in range(len(comparison.columns))
            if only is None or number == only
            for sample in range(comparison.samples)
        )
    )


def _column(comparison: Comparison, number: int, sample: int) -> Column:
    setup = comparison.columns[number]
    alternatives = ALTERNATIVES if comparison.probabilities else 0
    sampling = replace(setup.sampling, seed=setup.sampling.seed + sample, alternatives=alternatives)
    column = Column(id=answer_id(number, sample), model=setup.model, sampling=sampling)
    if comparison.mode == "chat":
        return replace(column, messages=messages(comparison, setup))
    return replace(
        column, prefix=comparison.task.prompt, suffix=comparison.suffix if comparison.mode == "fill" else None
    )


def asked(comparison: Comparison, number: int) -> tuple[Message, ...]:
    """The conversation that a column is asked to continue, without its system message."""
    conversation = messages(comparison, comparison.columns[number])
    return tuple(message for message in conversation if message.role != "system")


def messages(comparison: Comparison, setup: ColumnSetup) -> tuple[Message, ...]:
    """The conversation that a column is asked to continue."""
    task = comparison.task
    opening = task_messages(
        task.prompt,
        task.prototype,
        comparison.arch,
        style=cast(Style, comparison.style),
        reference=task.reference,
        system=setup.system or None,
    )
    if not comparison.follow_up:
        return opening
    system = tuple(message for message in opening if message.role == "system")
    return (*system, *setup.history, Message(role="user", content=comparison.follow_up))
