"""What a running job writes, one JSON object a line, append-only: a reader sees whole lines or nothing."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class StepRecord:
    """One optimiser step."""

    step: int
    steps: int
    loss: float
    """Mean cross-entropy in nats over the step's loss-bearing tokens."""
    learning_rate: float
    gradient_norm: float
    """Before clipping."""
    tokens: int
    """Real (non-padding) tokens seen so far, over all processes."""
    tokens_per_second: float
    """Of this step."""
    seconds: float
    """Training time so far, earlier sittings of a resumed job included."""
    seconds_left: float
    kind: str = "step"


@dataclass(frozen=True, kw_only=True)
class SampleAnswer:
    """One practice task as the model answered it."""

    task: str
    arch: str
    answer: str
    stage: str
    """The highest rung of the ladder that it reached."""
    passed: bool
    unscored: bool
    """A gap of ours stopped it; counted apart."""
    base_answer: str
    """What the untrained base answered."""


@dataclass(frozen=True, kw_only=True)
class EvaluationRecord:
    """One evaluation."""

    step: int
    held_out_loss: float | None
    """Mean cross-entropy in nats over held-out loss-bearing tokens; None without held-out examples."""
    held_out_loss_per_example: float | None
    execution_accuracy: float | None
    """Share of the scored practice answers that are right; None when none was scored."""
    scored: int
    """Practice answers that were judged; those stopped by a gap of ours are left out."""
    seconds: float
    samples: tuple[SampleAnswer, ...] = ()
    kind: str = "evaluation"


@dataclass(frozen=True, kw_only=True)
class NoteRecord:
    """Something worth saying: a resume, a checkpoint, examples left out."""

    step: int
    text: str
    kind: str = "note"


ProgressRecord = StepRecord | EvaluationRecord | NoteRecord
KINDS: dict[str, type[Any]] = {"step": StepRecord, "evaluation": EvaluationRecord, "note": NoteRecord}


class ProgressWriter:
    """Appends records to a file; each is one write of one line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        mend_last_line(path)

    def write(self, record: ProgressRecord) -> None:
        line = json.dumps(asdict(record), ensure_ascii=False) + "\n"
        with self.path.open("ab", buffering=0) as file:
            file.write(line.encode())


def mend_last_line(path: Path) -> None:
    """Cut off what a killed writer left behind the last newline."""
    if not path.exists():
        return
    data = path.read_bytes()
    os.truncate(path, data.rfind(b"\n") + 1)


def read_progress(path: Path) -> Iterator[ProgressRecord]:
    """Every whole record of a file, oldest first; a torn or foreign line is passed over."""
    if not path.exists():
        return
    for line in path.read_bytes().split(b"\n"):
        record = parse_record(line)
        if record is not None:
            yield record


def parse_record(line: bytes) -> ProgressRecord | None:
    """The record on one line, or None."""
    try:
        table = json.loads(line)
        kind = KINDS[table["kind"]]
        values = {field.name: table[field.name] for field in fields(kind)}
        if kind is EvaluationRecord:
            values["samples"] = tuple(SampleAnswer(**sample) for sample in values["samples"])
        record: ProgressRecord = kind(**values)
    except (ValueError, KeyError, TypeError):
        return None
    return record


def latest_run(records: Iterator[ProgressRecord]) -> tuple[ProgressRecord, ...]:
    """Records as one uninterrupted run: steps that a resumed job took again replace their first attempt."""
    kept: list[ProgressRecord] = []
    for record in records:
        if isinstance(record, StepRecord):
            kept = [old for old in kept if old.step < record.step or (isinstance(old, NoteRecord))]
        kept.append(record)
    return tuple(kept)
