"""Files to download: comparisons, votes, and preference pairs."""

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

from playground.evaluation.store import StoredComparison, Vote
from playground.evaluation.store.exports import (
    PreferencePair,
    pairs_as_jsonl,
    rows_as_csv,
    votes_as_csv,
    votes_as_jsonl,
)
from playground.ui.comparison.archive import Archived, asked, restore
from playground.ui.comparison.codec import to_json
from playground.ui.comparison.markdown import as_markdown
from playground.ui.services import Services

CSV_HEADINGS = ("id", "created", "task", "arch", "mode", "model", "stage", "passed", "unscored", "prompt")


def write_exports(services: Services, comparisons: Iterable[StoredComparison], owner: str | None = None) -> list[str]:
    """Writes every file into a folder of its own; gives their paths. With `owner`, only that browser's votes."""
    folder = Path(tempfile.mkdtemp(prefix="playground-export-"))
    listed, votes = tuple(comparisons), services.votes.list(owner)
    files = {
        "comparisons.jsonl": "".join(json.dumps(_record(one), ensure_ascii=False) + "\n" for one in listed),
        "comparisons.csv": rows_as_csv(CSV_HEADINGS, (row for one in listed for row in _rows(one))),
        "votes.jsonl": votes_as_jsonl(votes),
        "votes.csv": votes_as_csv(votes),
        "preference-pairs.jsonl": pairs_as_jsonl(preference_pairs(services, votes)),
    }
    if listed:
        files["newest-comparison.md"] = as_markdown(restore(listed[0]))
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / name) for name in files]


def _record(stored: StoredComparison) -> dict[str, object]:
    archived = restore(stored)
    return {"id": stored.id, "created": stored.created, **to_json(archived)}


def _rows(stored: StoredComparison) -> Iterable[tuple[object, ...]]:
    for column in stored.columns:
        yield (
            stored.id,
            stored.created,
            stored.task,
            stored.arch,
            stored.mode,
            column.model,
            column.stage,
            column.passed,
            column.unscored,
            stored.prompt,
        )


def preference_pairs(services: Services, votes: Iterable[Vote]) -> list[PreferencePair]:
    """One pair per vote with a preference. A tie prefers nothing; a model beside itself cannot be told apart.

    A vote of an earlier version is left out when its column was tried again with another model.
    """
    pairs = []
    for vote in votes:
        if vote.choice in ("left", "right") and vote.left_model != vote.right_model:
            archived = restore(services.comparisons.get(vote.comparison))
            left = _column(archived, vote.left_column, vote.left_model)
            right = _column(archived, vote.right_column, vote.right_model)
            if left is not None and right is not None:
                sides = (left, vote.left_sample), (right, vote.right_sample)
                pairs.append(_pair(archived, *(sides if vote.choice == "left" else sides[::-1])))
    return pairs


def _pair(archived: Archived, better: tuple[int, int], worse: tuple[int, int]) -> PreferencePair:
    """The pair of two answers, each named by its column and sample."""
    prompt = tuple({"role": one.role, "content": one.content} for one in asked(archived, better[0]))
    chosen, rejected = (archived.answers[column][sample].text for column, sample in (better, worse))
    return PreferencePair(prompt=prompt, chosen=chosen, rejected=rejected)


def _column(archived: Archived, column: int | None, model: str) -> int | None:
    """Which column a vote was about; a vote of an earlier version tells the model only."""
    if column is not None:
        return column
    return next((number for number, one in enumerate(archived.comparison.columns) if one.model == model), None)
