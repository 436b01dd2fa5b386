"""Intervals that cover as often as they say, and the exact test against counting every outcome."""

from itertools import product
from random import Random

import pytest

from playground.evaluation.statistics import bootstrap_estimate, geometric_mean, mcnemar_exact


@pytest.mark.parametrize("discordant", range(1, 10))
def test_mcnemar_equals_counting_every_outcome(discordant: int) -> None:
    for first in range(discordant + 1):
        observed = abs(2 * first - discordant)
        outcomes = [sum(coins) for coins in product((0, 1), repeat=discordant)]
        as_uneven = sum(abs(2 * heads - discordant) >= observed for heads in outcomes)
        assert mcnemar_exact(first, discordant - first) == pytest.approx(min(1.0, as_uneven / len(outcomes)))


def test_mcnemar_without_differences() -> None:
    assert mcnemar_exact(0, 0) == 1.0


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    random = Random(1)
    covered = 0
    for trial in range(120):
        values = [float(random.random() < 0.3) for _ in range(100)]
        estimate = bootstrap_estimate(values, seed=trial)
        covered += estimate.low <= 0.3 <= estimate.high
    assert 0.87 <= covered / 120 <= 1.0


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [0.0, 1.0, 0.5, 0.25] * 10
    assert bootstrap_estimate(values, seed=3) == bootstrap_estimate(values, seed=3)


def test_certain_values_have_no_width() -> None:
    estimate = bootstrap_estimate([1.0] * 20)
    assert (estimate.value, estimate.low, estimate.high, estimate.tasks) == (1.0, 1.0, 1.0, 20)
    assert bootstrap_estimate([]).tasks == 0


def test_geometric_mean() -> None:
    assert geometric_mean([2.0, 8.0]) == pytest.approx(4.0)
    assert geometric_mean([]) == 0.0
