"""pass@k: the probability that at least one of k samples is right, estimated without bias."""

from collections.abc import Iterable
from dataclasses import dataclass

from playground.errors import InputError


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """What one task's samples gave; unscored ones are in neither number."""

    samples: int
    correct: int


def pass_at_k(samples: int, correct: int, k: int) -> float:
    """``1 - C(n - c, k) / C(n, k)``: Chen et al. 2021, "Evaluating Large Language Models Trained on Code", equation 1.

    n `samples` of which c are `correct`; computed as a product, which does not overflow.

    Raises:
        InputError: n < k, where no unbiased estimate exists, or counts that cannot be.
    """
    if k < 1 or not 0 <= correct <= samples:
        raise InputError(
            f"pass@{k} of {correct} right in {samples} samples makes no sense: give 0 <= right <= samples."
        )
    if samples < k:
        raise InputError(f"pass@{k} needs at least {k} samples per task, but there are {samples}: draw more samples.")
    all_wrong = 1.0
    for i in range(k):
        all_wrong *= max(0, samples - correct - i) / (samples - i)
    return 1.0 - all_wrong


def task_values(attempts: Iterable[Attempts], k: int) -> list[float]:
    """Each task's pass@k, for the tasks that have at least `k` scored samples."""
    return [pass_at_k(one.samples, one.correct, k) for one in attempts if one.samples >= k]
