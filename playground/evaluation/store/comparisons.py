"""Every comparison that was made: enough to list it, to find it, and to restore it as it was."""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from playground.errors import InputError
from playground.evaluation.store.database import database_path, opened
from playground.evaluation.store.outbox import Outbox

MOST_LISTED = 200


@dataclass(frozen=True, kw_only=True)
class ColumnSummary:
    """One column in a list: its model and how far its best sample got."""

    model: str
    stage: str
    """The rung of LADDER, ``none``, or empty when nothing was judged."""
    passed: bool
    unscored: bool = False


@dataclass(frozen=True, kw_only=True)
class StoredComparison:
    """One comparison as it was kept."""

    id: str
    created: float
    """Seconds since the epoch."""
    task: str
    """The task's id; ``own`` for a typed prompt."""
    prompt: str
    arch: str
    mode: str
    columns: tuple[ColumnSummary, ...]
    body: str
    """The whole as JSON, written and read by the page."""
    owner: str = ""
    """A digest of the browser's own id (`owner_of`); empty for none."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list is narrowed to; empty fields let everything through."""

    text: str = ""
    """Found in the prompt or in the task's id, whatever the case of its letters."""
    task: str = ""
    model: str = ""
    stage: str = ""
    """Some column got exactly this far."""
    outcome: str = ""
    """A key of OUTCOMES."""
    owner: str | None = None
    """Only what this browser made; None for everybody's."""


OUTCOMES: dict[str, Callable[[Sequence[ColumnSummary]], bool]] = {
    "first passed, second failed": lambda columns: _pair(columns, first=True, second=False),
    "first failed, second passed": lambda columns: _pair(columns, first=False, second=True),
    "all passed": lambda columns: all(column.passed for column in columns),
    "none passed": lambda columns: not any(column.passed for column in columns),
    "models differ": lambda columns: len({column.passed for column in columns}) > 1,
    "something unscored": lambda columns: any(column.unscored for column in columns),
}


def _pair(columns: Sequence[ColumnSummary], *, first: bool, second: bool) -> bool:
    """Unscored columns neither passed nor failed."""
    scored = len(columns) >= 2 and not (columns[0].unscored or columns[1].unscored)
    return scored and columns[0].passed is first and columns[1].passed is second


class ComparisonStore:
    """Comparisons in the state folder's database."""

    def __init__(self, home: Path, outbox: Outbox | None = None) -> None:
        """What goes into `outbox` beside the database is pushed elsewhere, if the operator wants it."""
        self._path = database_path(home)
        self._outbox = outbox

    def add(self, comparison: StoredComparison) -> None:
        """Keep a comparison; the same id again replaces it (a column was run again)."""
        columns = json.dumps([asdict(column) for column in comparison.columns])
        row = {**asdict(comparison), "columns": columns}
        with opened(self._path) as database:
            database.execute(
                "INSERT OR REPLACE INTO comparisons (id, created, task, prompt, arch, mode, columns, body, owner) "
                "VALUES (:id, :created, :task, :prompt, :arch, :mode, :columns, :body, :owner)",
                row,
            )
        if self._outbox is not None:
            self._outbox.add("comparisons", _public_record(comparison))

    def get(self, identifier: str) -> StoredComparison:
        """The comparison of this id.

        Raises:
            InputError: there is none.
        """
        with opened(self._path) as database:
            row = database.execute("SELECT * FROM comparisons WHERE id = ?", (identifier,)).fetchone()
        if row is None:
            raise InputError(f"There is no comparison {identifier!r} on this server: it may have been made elsewhere.")
        return _comparison(row)

    def search(self, filters: Filters = Filters(), most: int = MOST_LISTED) -> tuple[StoredComparison, ...]:
        """The newest comparisons that pass the filters, at most `most`."""
        found: list[StoredComparison] = []
        with opened(self._path) as database:
            for row in database.execute(
                "SELECT * FROM comparisons WHERE (? = '' OR task = ?) AND (? = '' OR instr(lower(prompt), ?) "
                "OR instr(lower(task), ?)) AND (? IS NULL OR owner = ?) ORDER BY created DESC",
                (
                    *(filters.task, filters.task),
                    *(filters.text, filters.text.lower(), filters.text.lower()),
                    *(filters.owner, filters.owner),
                ),
            ):
                comparison = _comparison(row)
                if passes(comparison, filters):
                    found.append(comparison)
                if len(found) == most:
                    break
        return tuple(found)


def passes(comparison: StoredComparison, filters: Filters) -> bool:
    """Whether the columns are as the filters want them."""
    columns = comparison.columns
    return (
        (not filters.model or any(column.model == filters.model for column in columns))
        and (not filters.stage or any(column.stage == filters.stage for column in columns))
        and (not filters.outcome or OUTCOMES[filters.outcome](columns))
    )


def _comparison(row: sqlite3.Row) -> StoredComparison:
    columns = tuple(ColumnSummary(**column) for column in json.loads(row["columns"]))
    return StoredComparison(**{**dict(row), "columns": columns})


def _public_record(comparison: StoredComparison) -> dict[str, object]:
    """What leaves the server: all but the owner, with the body as JSON of its own."""
    record = asdict(comparison)
    del record["owner"]
    return record | {"body": json.loads(comparison.body)}


def owner_of(visitor: str) -> str:
    """What is kept of a browser's own id: a digest, since the id itself is the right to see what it made."""
    return hashlib.sha256(visitor.encode()).hexdigest()[:24] if visitor else ""


def new_id() -> str:
    """A name for a comparison that nobody can guess: a link to it is the right to read it."""
    return secrets.token_urlsafe(9)
