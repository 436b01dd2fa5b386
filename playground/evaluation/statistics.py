"""How sure a score is: bootstrap intervals over tasks, and the exact test for two models on the same tasks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

RESAMPLES = 2000
CONFIDENCE = 0.95


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A mean over tasks with its interval; all shares from 0 to 1."""

    value: float
    low: float
    high: float
    tasks: int


def mean(values: Sequence[float]) -> float:
    """Arithmetic mean; 0 of nothing."""
    return math.fsum(values) / len(values) if values else 0.0


def bootstrap_estimate(values: Sequence[float], *, seed: int = 0) -> Estimate:
    """The mean of per-task `values` with the percentile bootstrap interval (Efron 1979) at 95%, tasks resampled.

    The same values and seed give the same interval.
    """
    if not values:
        return Estimate(value=0.0, low=0.0, high=0.0, tasks=0)
    random = Random(seed)
    size = len(values)
    means = sorted(math.fsum(random.choices(values, k=size)) / size for _ in range(RESAMPLES))
    tail = (1 - CONFIDENCE) / 2
    low, high = means[int(tail * RESAMPLES)], means[math.ceil((1 - tail) * RESAMPLES) - 1]
    return Estimate(value=mean(values), low=low, high=high, tasks=size)


def mcnemar_exact(only_first: int, only_second: int) -> float:
    """Two-sided exact McNemar test: the p-value for as uneven a split of the tasks that one model alone got right.

    Binomial(n, 1/2) over the discordant pairs (McNemar 1947; exact form, Fagerland et al. 2013). 1 when there are none.
    """
    discordant = only_first + only_second
    if discordant == 0:
        return 1.0
    fewer = min(only_first, only_second)
    tail = sum(math.comb(discordant, i) for i in range(fewer + 1))
    return min(1.0, 2 * tail / 2**discordant)


def geometric_mean(values: Sequence[float]) -> float:
    """Of positive ratios; 0 of nothing."""
    return math.exp(math.fsum(math.log(value) for value in values) / len(values)) if values else 0.0
