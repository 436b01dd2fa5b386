"""Votes: which of two answers a person preferred, with the objective verdict beside it."""

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from playground.errors import InputError
from playground.evaluation.store.database import database_path, opened
from playground.evaluation.store.outbox import Outbox

CHOICES = ("left", "right", "tie", "bad")
"""``bad``: both answers are bad."""

LONGEST_NOTE = 2_000


@dataclass(frozen=True, kw_only=True)
class Vote:
    """One preference between two columns of a comparison.

    Raises InputError for an unknown choice or a note that is too long.
    """

    comparison: str
    """The comparison's id."""
    task: str
    left_model: str
    right_model: str
    choice: str
    """One of CHOICES."""
    created: float
    """Seconds since the epoch."""
    blind: bool = False
    """Whether names were hidden."""
    left_passed: bool | None = None
    """Whether the answer was correct when run; None when it was not scored."""
    right_passed: bool | None = None
    left_column: int | None = None
    """Which of the comparison's columns; None in a vote of an earlier version."""
    right_column: int | None = None
    left_sample: int = 0
    """Which of the column's samples was in sight."""
    right_sample: int = 0
    note: str = ""
    owner: str = ""
    """As `StoredComparison.owner`."""

    def __post_init__(self) -> None:
        if self.choice not in CHOICES:
            raise InputError(f"Unknown vote {self.choice!r}: choose one of {', '.join(CHOICES)}.")
        if len(self.note) > LONGEST_NOTE:
            raise InputError(f"The note has {len(self.note):,} characters: give at most {LONGEST_NOTE:,}.")


FIELDS = tuple(one.name for one in fields(Vote))


class VoteStore:
    """Votes in the state folder's database."""

    def __init__(self, home: Path, outbox: Outbox | None = None) -> None:
        """What goes into `outbox` beside the database is pushed elsewhere, if the operator wants it."""
        self._path = database_path(home)
        self._outbox = outbox

    def add(self, votes: Iterable[Vote]) -> None:
        """Keep votes, all of them or, when something fails, none."""
        votes = tuple(votes)
        with opened(self._path) as database:
            database.executemany(
                f"INSERT INTO votes ({', '.join(FIELDS)}) VALUES ({', '.join(f':{name}' for name in FIELDS)})",
                [asdict(vote) for vote in votes],
            )
        if self._outbox is not None:
            for vote in votes:
                self._outbox.add("votes", public_record(vote))

    def list(self, owner: str | None = None) -> tuple[Vote, ...]:
        """Every vote, or those of one browser, the oldest first."""
        query = "SELECT * FROM votes WHERE ? IS NULL OR owner = ? ORDER BY id"
        with opened(self._path) as database:
            return tuple(_vote(row) for row in database.execute(query, (owner, owner)))

    def has(self, comparison: str) -> bool:
        """Whether anybody voted on the comparison of this id."""
        query = "SELECT 1 FROM votes WHERE comparison = ? LIMIT 1"
        with opened(self._path) as database:
            return database.execute(query, (comparison,)).fetchone() is not None


def public_record(vote: Vote) -> dict[str, object]:
    """A vote as it may leave the server: all but whose it is."""
    record = asdict(vote)
    del record["owner"]
    return record


def _vote(row: sqlite3.Row) -> Vote:
    values = dict(row)
    del values["id"]
    for name in ("blind", "left_passed", "right_passed"):
        values[name] = None if values[name] is None else bool(values[name])
    return Vote(**values)
