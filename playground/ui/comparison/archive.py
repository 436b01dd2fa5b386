"""A finished comparison as it is kept, and as it is restored."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from playground.evaluation.store.comparisons import ColumnSummary, ComparisonStore, StoredComparison
from playground.models.events import Message
from playground.tasks.verdict import LADDER, Verdict
from playground.ui.comparison.board import Answer
from playground.ui.comparison.codec import from_json, to_json
from playground.ui.comparison.setup import Comparison, messages

KEPT_PROBABILITIES = 4_000
"""Tokens of one comparison whose probabilities are kept: about 0.2 KB each. Beyond it none are."""

KEPT_LISTING_ROWS = 300
"""Rows of a listing that are kept: enough to look at, and a hundred comparisons still fit into some megabytes."""


@dataclass(frozen=True)
class Archived:
    """A comparison with its answers: per column its samples; empty for a column that was never run."""

    comparison: Comparison
    answers: tuple[tuple[Answer, ...], ...]


def keep(store: ComparisonStore, identifier: str, archived: Archived, owner: str = "") -> None:
    """Put a comparison into the store, in place of an earlier state of the same one. `owner` is a browser's digest."""
    comparison = archived.comparison
    store.add(
        StoredComparison(
            id=identifier,
            created=time.time(),
            task=comparison.task.id,
            prompt=comparison.follow_up or comparison.task.prompt,
            arch=comparison.arch,
            mode=comparison.mode,
            columns=tuple(summary(answers) for answers in archived.answers if answers),
            body=json.dumps(to_json(replace(archived, answers=_trimmed(archived.answers)))),
            owner=owner,
        )
    )


def restore(stored: StoredComparison) -> Archived:
    """What was kept."""
    return from_json(Archived, json.loads(stored.body))


def summary(answers: Sequence[Answer]) -> ColumnSummary:
    """A column in a list: its best sample."""
    verdicts = [answer.verdict for answer in answers if answer.verdict]
    best = max(verdicts, key=_height, default=None)
    return ColumnSummary(
        model=answers[0].model,
        stage=best.stage if best else "",
        passed=any(verdict.passed for verdict in verdicts),
        unscored=bool(verdicts) and all(verdict.unscored for verdict in verdicts),
    )


def _height(verdict: Verdict) -> int:
    return LADDER.index(verdict.stage) if verdict.stage in LADDER else -1


def _trimmed(answers: tuple[tuple[Answer, ...], ...]) -> tuple[tuple[Answer, ...], ...]:
    told = sum(len(answer.probabilities) for samples in answers for answer in samples)
    trim = _trimmed_answer if told <= KEPT_PROBABILITIES else _without_probabilities
    return tuple(tuple(map(trim, samples)) for samples in answers)


def _without_probabilities(answer: Answer) -> Answer:
    return _trimmed_answer(replace(answer, probabilities=()))


def _trimmed_answer(answer: Answer) -> Answer:
    if answer.verdict is None:
        return answer
    return replace(answer, verdict=replace(answer.verdict, listing=answer.verdict.listing[:KEPT_LISTING_ROWS]))


def asked(archived: Archived, number: int) -> tuple[Message, ...]:
    """What a column's model was shown, as messages; in the other modes the raw text as one."""
    comparison = archived.comparison
    if comparison.mode == "chat":
        return messages(comparison, comparison.columns[number])
    return (Message(role="user", content=comparison.task.prompt),)
