"""Judging on a Ray cluster (optional package ``ray``): a lost worker's tasks run again; same verdicts as local ones."""

import functools
from collections.abc import Iterator
from typing import Any

from playground.emulator.pool import WorkerPool
from playground.errors import InputError
from playground.evaluation.engine import Assignment, case_count
from playground.evaluation.records import Result, result_of
from playground.tasks.judging import Judge

MOST_RETRIES = 5
"""How often one sample is judged again when its node or process is lost."""

MOST_IN_FLIGHT = 512
"""Samples handed to the cluster ahead of their results: bounds the memory of its object store."""


@functools.cache
def _judge_of_this_process() -> Judge:
    """One guarded worker per Ray process: Keystone may end it, and Ray must not notice."""
    return Judge(WorkerPool(size=1))


def judge_assignment(assignment: Assignment) -> Result:
    """Judge one sample: what runs on the cluster's nodes, which need this package installed."""
    sample = assignment.sample
    verdict = _judge_of_this_process().verdict(sample.completion, assignment.task, sample.arch, assignment.syntax)
    return result_of(sample, verdict, case_count(assignment.task))


class RayEngine:
    """An `Engine` over a Ray cluster."""

    def __init__(self, address: str) -> None:
        """Connect to ``ray://HOST:PORT``; ``ray://local`` starts a cluster here, ``ray://auto`` joins the one here.

        Raises:
            InputError: ray is not installed, or nothing answers.
        """
        try:
            import ray
        except ImportError:
            raise InputError("The engine ray:// needs the package ray: pip install 'ray[client]'.") from None
        self._ray: Any = ray
        named = {"ray://local": None, "ray://auto": "auto"}
        try:
            ray.init(address=named.get(address, address), log_to_driver=False, ignore_reinit_error=True)
        except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
            raise InputError(f"No Ray cluster answers at {address}: {error}.") from None
        self._judge = ray.remote(max_retries=MOST_RETRIES)(judge_assignment)
        self._waiting: list[Any] = []
        self._ready: list[Result] = []

    def submit(self, assignment: Assignment) -> None:
        if len(self._waiting) >= MOST_IN_FLIGHT:
            self._ready.extend(self._finished(timeout=None))
        self._waiting.append(self._judge.remote(assignment))

    def results(self, *, wait_for_all: bool) -> Iterator[Result]:
        while self._waiting or self._ready:
            if not self._ready:
                self._ready.extend(self._finished(timeout=None if wait_for_all else 0))
            if not self._ready:
                return
            yield self._ready.pop(0)

    def _finished(self, timeout: float | None) -> list[Result]:
        done, self._waiting = self._ray.wait(self._waiting, num_returns=1, timeout=timeout)
        results: list[Result] = self._ray.get(done)
        return results

    def close(self) -> None:
        self._ray.shutdown()
