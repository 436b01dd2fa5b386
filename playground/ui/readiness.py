"""The first start fetches the model's weights while the page is already served: how far that has come."""

import logging
from collections.abc import Callable
from threading import Lock, Thread

log = logging.getLogger(__name__)

Report = Callable[[str, float | None], None]
"""Takes what is being done and the share done (0..1, None when unknown)."""


class Readiness:
    """The state of the model: preparing with a share done, ready, or failed with a sentence. Ready unless begun."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._doing = ""
        self._share: float | None = None
        self._failure = ""

    def begin(self, prepare: Callable[[Report], None]) -> None:
        """Run `prepare` on a thread of its own; it reports its progress and raises when it fails."""
        self.report("Preparing the model", None)
        Thread(target=self._run, args=(prepare,), name="prepare-model", daemon=True).start()

    def report(self, doing: str, share: float | None = None) -> None:
        """What is being done and how much of it."""
        with self._lock:
            self._doing, self._share = doing, share

    def _run(self, prepare: Callable[[Report], None]) -> None:
        try:
            prepare(self.report)
        except Exception as error:
            log.exception("the model could not be prepared")
            with self._lock:
                self._failure = f"The model could not be prepared: {error}"
        finally:
            self.report("", None)

    @property
    def doing(self) -> str:
        """What is being done; empty when nothing is."""
        with self._lock:
            return self._doing

    @property
    def share(self) -> float | None:
        with self._lock:
            return self._share

    @property
    def failure(self) -> str:
        """Why it failed, as one sentence; empty when it did not."""
        with self._lock:
            return self._failure

    @property
    def ready(self) -> bool:
        return not self.doing and not self.failure
