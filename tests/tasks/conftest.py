"""One worker pool for the judge's tests: assembling happens where it may die."""

from collections.abc import Iterator

import pytest

from playground.emulator.pool import WorkerPool
from playground.tasks.judging import Judge


@pytest.fixture(scope="session")
def judge() -> Iterator[Judge]:
    with WorkerPool(size=1) as pool:
        yield Judge(pool)
