"""Which columns of which visitor are being written, and which of them are to stop: by request, or for a newer one."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any


class Writing:
    """One request's columns while they are being written."""

    def __init__(self, visitor: str, columns: Iterable[str], *, whole: bool, follow_up: str) -> None:
        self.visitor = visitor
        self.whole = whole
        """Whether it is a whole comparison, or one of its columns alone."""
        self.follow_up = follow_up
        """The turn that is answered; empty for the first."""
        self.over = False
        """Whether every column has been judged."""
        self.superseded = False
        """Whether the page now shows something newer: nothing of this request may be shown any more."""
        self.instead: Mapping[Any, Any] = {}
        """What the page shows instead, as gradio's update, where that does not change any more: a busy page may still
        draw what this request wrote, and is then told again."""
        self._stopped = dict.fromkeys(columns, False)

    def stopped(self, column: str) -> bool:
        """Whether this column is to be written no further."""
        return self._stopped[column]

    def stop(self, number: int | None = None) -> None:
        """Stop a column (all its samples), or without a number all columns."""
        for column in self._stopped:
            if number is None or _number(column) == number:
                self._stopped[column] = True

    def give_way(self, instead: Mapping[Any, Any]) -> None:
        """Something newer takes its place on the page."""
        self.superseded, self.instead = True, instead
        self.stop()

    def shares_a_column(self, other: "Writing") -> bool:
        """Whether both write one column."""
        return not set(map(_number, other._stopped)).isdisjoint(map(_number, self._stopped))


def _number(column: str) -> int:
    return int(column.split(".")[0])


class Cancellations:
    """What is being written, by visitor (a page's session); safe to use from several threads.

    Only what is being written can be asked to stop, so that nothing is kept of visitors who have gone.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: dict[str, list[Writing]] = {}

    @contextmanager
    def writing(
        self, visitor: str, columns: Iterable[str], *, whole: bool = True, follow_up: str = ""
    ) -> Iterator[Writing]:
        """While these columns of a visitor are being written. A whole comparison takes the place of all that was being
        written, a single column of what was being written there."""
        begun = Writing(visitor, columns, whole=whole, follow_up=follow_up)
        self._begin(begun)
        try:
            yield begun
        finally:
            self._end(begun)

    def _begin(self, begun: Writing) -> None:
        with self._lock:
            running = self._running.setdefault(begun.visitor, [])
            for earlier in running:
                if begun.whole or earlier.shares_a_column(begun):
                    earlier.give_way({})
            running.append(begun)

    def _end(self, ended: Writing) -> None:
        with self._lock:
            running = self._running[ended.visitor]
            running.remove(ended)
            if not running:
                del self._running[ended.visitor]

    def ask(self, visitor: str, number: int | None = None) -> None:
        """Ask a visitor's column (all its samples), or without a number all columns, to stop."""
        with self._lock:
            for writing in self._running.get(visitor, ()):
                writing.stop(number)

    def supersede(self, visitor: str, instead: Mapping[Any, Any]) -> None:
        """Something else is shown now: all that is being written for this visitor gives way."""
        with self._lock:
            for writing in self._running.get(visitor, ()):
                writing.give_way(instead)

    def whole(self, visitor: str) -> Writing | None:
        """The whole comparison that is being written and shown for this visitor, if there is one."""
        with self._lock:
            running = self._running.get(visitor, ())
            return next((one for one in running if one.whole and not one.superseded and not one.over), None)
