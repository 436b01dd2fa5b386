"""Where traces are kept while visitors step through them: on the server, under a token that the page's state holds."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from playground.errors import InputError
from playground.ui.trace.recording import Recording, TraceRequest

MOST_KEPT = 12
"""Traces at once, over all visitors; one of 20,000 steps takes about 10 MB, beside what `MOST_BYTES` bounds."""


@dataclass(frozen=True)
class Kept:
    """One visitor's trace."""

    request: TraceRequest
    recording: Recording


class Shelf:
    """The traces used last. Threads may share it."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def put(self, kept: Kept, instead_of: str = "") -> str:
        """Keep a trace, let go of the one that it replaces; returns its token."""
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._kept.pop(instead_of, None)
            self._kept[token] = kept
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return token

    def get(self, token: str) -> Kept:
        """The trace of this token.

        Raises:
            InputError: it was never kept, or made way for others.
        """
        with self._lock:
            kept = self._kept.get(token)
            if kept is None:
                raise InputError("This trace is no longer kept: press Trace again.")
            self._kept.move_to_end(token)
            return kept

    def forget(self, token: str) -> None:
        """Let go of a trace, when it is still there."""
        with self._lock:
            self._kept.pop(token, None)

    def __len__(self) -> int:
        return len(self._kept)
