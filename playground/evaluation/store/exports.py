"""Votes and comparisons as files: JSON lines, CSV, and preference pairs as TRL's DPOTrainer reads them."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass

from playground.evaluation.store.votes import Vote, public_record

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet reads a cell that begins so as a formula."""


@dataclass(frozen=True, kw_only=True)
class PreferencePair:
    """One prompt with a better and a worse answer."""

    prompt: tuple[dict[str, str], ...]
    """Messages: ``{"role", "content"}``."""
    chosen: str
    rejected: str


def votes_as_jsonl(votes: Iterable[Vote]) -> str:
    """One vote a line."""
    return "".join(json.dumps(public_record(vote), ensure_ascii=False) + "\n" for vote in votes)


def rows_as_csv(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table; text that a spreadsheet would read as a formula gets an apostrophe in front."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def votes_as_csv(votes: Iterable[Vote]) -> str:
    """One vote a row."""
    headings = [name for name in Vote.__dataclass_fields__ if name != "owner"]
    return rows_as_csv(headings, ([record[name] for name in headings] for record in map(public_record, votes)))


def pairs_as_jsonl(pairs: Iterable[PreferencePair]) -> str:
    """TRL's conversational preference format: ``prompt``, ``chosen`` and ``rejected`` are lists of messages."""
    return "".join(json.dumps(_pair(pair), ensure_ascii=False) + "\n" for pair in pairs)


def _pair(pair: PreferencePair) -> dict[str, object]:
    return {
        "prompt": list(pair.prompt),
        "chosen": [{"role": "assistant", "content": pair.chosen}],
        "rejected": [{"role": "assistant", "content": pair.rejected}],
    }
