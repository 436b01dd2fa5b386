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


LATER_COLUMNS = (
    ("comparisons", "owner", "TEXT NOT NULL DEFAULT ''"),
    ("votes", "owner", "TEXT NOT NULL DEFAULT ''"),
    ("votes", "left_column", "INTEGER"),
    ("votes", "right_column", "INTEGER"),
    ("votes", "left_sample", "INTEGER NOT NULL DEFAULT 0"),
    ("votes", "right_sample", "INTEGER NOT NULL DEFAULT 0"),
)
"""Table, name and type of what came later: a file of an earlier version is given it when it is opened."""


def _add_later_columns(connection: sqlite3.Connection) -> None:
    for table, name, kind in LATER_COLUMNS:
        columns = {row["name"] for row in connection.execute(f"PRAGMA table_info({table})")}
        if name not in columns:
            try:
                connection.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
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
        _add_later_columns(connection)
        with connection:
            yield connection
    finally:
        connection.close()
