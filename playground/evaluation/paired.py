"""Two models on the same tasks: which flipped, and whether that is more than chance."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from playground.evaluation.records import Result
from playground.evaluation.statistics import mcnemar_exact


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two models on the same tasks, by each task's first sample."""

    first: str
    second: str
    arch: str
    both: int
    only_first: tuple[str, ...]
    """Ids of the tasks that the first got right and the second did not."""
    only_second: tuple[str, ...]
    neither: int
    p_value: float
    """Exact McNemar test, two-sided."""

    @property
    def tasks(self) -> int:
        """Tasks that were compared."""
        return self.both + self.neither + len(self.only_first) + len(self.only_second)


def first_outcomes(results: Iterable[Result]) -> dict[str, bool]:
    """Task id -> whether its first sample passed; without unscored ones."""
    return {result.task_id: result.passed for result in results if result.sample == 0 and not result.unscored}


def compare(first: Mapping[str, bool], second: Mapping[str, bool], names: tuple[str, str], arch: str) -> Comparison:
    """Over the tasks whose first sample is scored for both; `names` are the two models'."""
    shared = sorted(first.keys() & second.keys())
    only_first = tuple(task for task in shared if first[task] and not second[task])
    only_second = tuple(task for task in shared if second[task] and not first[task])
    both = sum(first[task] and second[task] for task in shared)
    return Comparison(
        first=names[0],
        second=names[1],
        arch=arch,
        both=both,
        only_first=only_first,
        only_second=only_second,
        neither=len(shared) - both - len(only_first) - len(only_second),
        p_value=mcnemar_exact(len(only_first), len(only_second)),
    )


def compare_results(
    first: Sequence[Result], second: Sequence[Result], names: tuple[str, str]
) -> tuple[Comparison, ...]:
    """Two models' results, which may come from two reports: a comparison for each architecture that both have."""
    one, other = _by_arch(first), _by_arch(second)
    return tuple(
        compare(first_outcomes(one[arch]), first_outcomes(other[arch]), names, arch)
        for arch in sorted(one.keys() & other.keys())
    )


def _by_arch(results: Sequence[Result]) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        found[result.arch].append(result)
    return found
