"""pass@k against its definition: the share of all ways to draw k of n samples that hold a right one."""

from itertools import combinations

import pytest

from playground.errors import InputError
from playground.evaluation.passk import Attempts, pass_at_k, task_values


@pytest.mark.parametrize("samples", range(1, 8))
def test_equals_counting_every_draw(samples: int) -> None:
    for correct in range(samples + 1):
        outcomes = [True] * correct + [False] * (samples - correct)
        for k in range(1, samples + 1):
            draws = list(combinations(outcomes, k))
            share = sum(any(draw) for draw in draws) / len(draws)
            assert pass_at_k(samples, correct, k) == pytest.approx(share)


def test_large_numbers_do_not_overflow() -> None:
    assert pass_at_k(100_000, 1, 50_000) == pytest.approx(0.5)


def test_fewer_samples_than_k_are_refused() -> None:
    with pytest.raises(InputError, match="pass@5 needs at least 5 samples per task, but there are 4"):
        pass_at_k(4, 4, 5)


@pytest.mark.parametrize(("samples", "correct", "k"), [(5, 6, 1), (5, -1, 1), (5, 1, 0)])
def test_impossible_counts_are_refused(samples: int, correct: int, k: int) -> None:
    with pytest.raises(InputError):
        pass_at_k(samples, correct, k)


def test_tasks_with_too_few_scored_samples_are_left_out() -> None:
    attempts = [Attempts(samples=5, correct=5), Attempts(samples=1, correct=0)]
    assert task_values(attempts, 5) == [1.0]
    assert task_values(attempts, 1) == [1.0, 0.0]
