"""Which columns of which visitor are being written, and which of them were asked to stop."""

from collections.abc import Iterable
from threading import Lock


class Cancellations:
    """Stop requests by visitor (a page's session) and column; safe to use from several threads.

    Only what is being written can be asked to stop, so that nothing is kept of visitors who have gone.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: dict[str, dict[str, bool]] = {}

    def begin(self, visitor: str, columns: Iterable[str]) -> None:
        """These columns of a visitor are being written; what was asked of them earlier is forgotten."""
        with self._lock:
            self._asked.setdefault(visitor, {}).update(dict.fromkeys(columns, False))

    def ask(self, visitor: str, number: int | None = None) -> None:
        """Ask a visitor's column (all its samples), or without a number all columns, to stop."""
        with self._lock:
            running = self._asked.get(visitor, {})
            for column in running:
                if number is None or column.split(".")[0] == str(number):
                    running[column] = True

    def asked(self, visitor: str, column: str) -> bool:
        """Whether this column was asked to stop."""
        with self._lock:
            return self._asked.get(visitor, {}).get(column, False)

    def end(self, visitor: str, columns: Iterable[str]) -> None:
        """These columns are over."""
        with self._lock:
            running = self._asked.get(visitor, {})
            for column in columns:
                running.pop(column, None)
            if not running:
                self._asked.pop(visitor, None)
