"""The calls that wait for a worker: callers take turns, so that nobody who asks much delays the others."""

import threading
from collections import OrderedDict, deque
from collections.abc import Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any


class PoolClosed(RuntimeError):
    """The pool was closed before the call could run."""


@dataclass(frozen=True)
class Job:
    """A call as its worker is sent it."""

    message: bytes
    deadline_seconds: float
    future: "Future[Any]"


class FairQueue:
    """First come, first served within a caller; callers take turns."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[Hashable, deque[Job]] = OrderedDict()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, caller: Hashable, job: Job) -> None:
        with self._changed:
            if self._closed:
                raise PoolClosed("the worker pool is closed")
            self._jobs.setdefault(caller, deque()).append(job)
            self._changed.notify()

    def get(self) -> Job | None:
        """The next job; None once closed."""
        with self._changed:
            while not self._jobs and not self._closed:
                self._changed.wait()
            if self._closed:
                return None
            caller, jobs = self._jobs.popitem(last=False)
            job = jobs.popleft()
            if jobs:
                self._jobs[caller] = jobs
            return job

    def close(self) -> list[Job]:
        """No more jobs; those that were not begun."""
        with self._changed:
            self._closed = True
            left = [job for jobs in self._jobs.values() for job in jobs]
            self._jobs.clear()
            self._changed.notify_all()
            return left
