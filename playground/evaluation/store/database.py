"""One SQLite file in write-ahead mode: many readers, one writer at a time, nothing lost when a process dies."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUSY_SECONDS = 20.0
"""How long a writer waits for another one."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS comparisons (
    id TEXT PRIMARY KEY, created REAL NOT NULL, task TEXT NOT NULL, prompt TEXT NOT NULL, arch TEXT NOT NULL,
    mode TEXT NOT NULL, columns TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS comparisons_created ON comparisons (created);
CREATE TABLE IF NOT EXISTS votes (
    id INTEGER PRIMARY KEY, created REAL NOT NULL, comparison TEXT NOT NULL, task TEXT NOT NULL,
    left_model TEXT NOT NULL, right_model TEXT NOT NULL, choice TEXT NOT NULL, blind INTEGER NOT NULL,
    left_passed INTEGER, right_passed INTEGER, note TEXT NOT NULL
);
"""


def database_path(home: Path) -> Path:
    """Where the file stands below the state folder."""
    return home / "playground.sqlite3"


OWNED_TABLES = ("comparisons", "votes")
"""They gained their column `owner` later: a file of an earlier version is given it when it is opened."""


def _add_owners(connection: sqlite3.Connection) -> None:
    for table in OWNED_TABLES:
        columns = {row["name"] for row in connection.execute(f"PRAGMA table_info({table})")}
        if "owner" not in columns:
            try:
                connection.execute(f"ALTER TABLE {table} ADD COLUMN owner TEXT NOT NULL DEFAULT ''")
            except sqlite3.OperationalError as error:
                if "duplicate column" not in str(error):  # another process was first
                    raise


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own for one transaction: committed at the end, rolled back when something is raised."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.executescript(SCHEMA)
        _add_owners(connection)
        with connection:
            yield connection
    finally:
        connection.close()
