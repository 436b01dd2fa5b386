"""A report out of results: the ladder, pass@k with intervals, groups, costs against gcc, and models compared."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from playground.errors import InputError
from playground.evaluation.baselines import LEVELS, load_baselines
from playground.evaluation.paired import Comparison, compare, first_outcomes
from playground.evaluation.passk import Attempts, task_values
from playground.evaluation.records import Result
from playground.evaluation.statistics import Estimate, bootstrap_estimate, geometric_mean
from playground.tasks.task import Task
from playground.tasks.verdict import LADDER

KS = (1, 2, 5, 10, 20, 50, 100)
"""The k of pass@k that are reported, as far as the samples reach."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """The score of one set of tasks."""

    name: str
    tasks: int
    samples: int
    unscored: int
    ladder: dict[str, float]
    """Rung -> share of the scored samples that reached it."""
    pass_at: dict[str, Estimate]
    """``1``, ``5`` … -> estimate over tasks."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Correct answers against gcc's code for the same task: geometric means of ratios, below 1 is better than gcc."""

    level: str
    tasks: int
    instructions: float
    code_bytes: float


@dataclass(frozen=True, kw_only=True)
class ModelScore:
    """One model on one architecture."""

    model: str
    arch: str
    overall: Group
    by_tag: tuple[Group, ...]
    by_difficulty: tuple[Group, ...]
    by_split: tuple[Group, ...]
    costs: tuple[Cost, ...]
    missing: dict[str, int]
    """What we lack -> how many samples are unscored for it."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is saved as report.json."""

    settings: Mapping[str, Any]
    scores: tuple[ModelScore, ...]
    comparisons: tuple[Comparison, ...]

    def score(self, model: str, arch: str) -> ModelScore | None:
        """The score of one model on one architecture, if it is in the report."""
        return next((one for one in self.scores if (one.model, one.arch) == (model, arch)), None)


def make_report(results: Iterable[Result], tasks: Iterable[Task], settings: Mapping[str, Any] | None = None) -> Report:
    """The report of `results`. The order of the results does not matter; the same ones give the same report."""
    known = {task.id: task for task in tasks}
    ordered = sorted(results, key=lambda result: result.key)
    by_column: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in ordered:
        by_column[result.model, result.arch].append(result)
    scores = tuple(_model_score(model, arch, found, known) for (model, arch), found in sorted(by_column.items()))
    pairs = combinations(sorted(by_column), 2)
    outcomes = {column: first_outcomes(found) for column, found in by_column.items()}
    comparisons = tuple(
        compare(outcomes[one], outcomes[other], (one[0], other[0]), one[1])
        for one, other in pairs
        if one[1] == other[1]
    )
    return Report(settings=dict(settings or {}), scores=scores, comparisons=comparisons)


def _model_score(model: str, arch: str, results: Sequence[Result], tasks: Mapping[str, Task]) -> ModelScore:
    return ModelScore(
        model=model,
        arch=arch,
        overall=group_score("all", results),
        by_tag=_groups(results, lambda result: tasks[result.task_id].tags),
        by_difficulty=_groups(results, lambda result: _named(tasks[result.task_id].difficulty)),
        by_split=_groups(results, lambda result: _named(tasks[result.task_id].split)),
        costs=tuple(cost for level in LEVELS if (cost := _cost(level, results)) is not None),
        missing=dict(Counter(name for result in results for name in result.missing).most_common()),
    )


def _named(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def _groups(results: Sequence[Result], names: Callable[[Result], Sequence[str]]) -> tuple[Group, ...]:
    found: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        for name in names(result):
            found[name].append(result)
    return tuple(group_score(name, found[name]) for name in sorted(found))


def group_score(name: str, results: Sequence[Result]) -> Group:
    """Ladder and pass@k of some results. Unscored samples count in neither, only in `unscored`."""
    scored = [result for result in results if not result.unscored]
    attempts = _attempts(scored)
    most = max((one.samples for one in attempts), default=0)
    return Group(
        name=name,
        tasks=len({result.task_id for result in results}),
        samples=len(results),
        unscored=len(results) - len(scored),
        ladder=ladder_of(scored),
        pass_at={str(k): bootstrap_estimate(task_values(attempts, k)) for k in KS if k <= max(1, most)},
    )


def _attempts(scored: Sequence[Result]) -> list[Attempts]:
    samples = Counter(result.task_id for result in scored)
    correct = Counter(result.task_id for result in scored if result.passed)
    return [Attempts(samples=count, correct=correct[task]) for task, count in sorted(samples.items())]


def ladder_of(scored: Sequence[Result]) -> dict[str, float]:
    """Rung -> share of the scored results that reached it."""
    return {rung: _share(scored, rung) for rung in LADDER}


def _share(scored: Sequence[Result], rung: str) -> float:
    reached = sum(LADDER.index(rung) <= LADDER.index(one.stage) for one in scored if one.stage in LADDER)
    return reached / len(scored) if scored else 0.0


def _cost(level: str, results: Sequence[Result]) -> Cost | None:
    """Per task the mean over its correct samples, then the geometric mean over tasks."""
    ratios: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for result in results:
        figures = load_baselines().get(result.task_id, {}).get(result.arch, {}).get(level)
        if result.passed and figures and all(figures) and result.instructions and result.code_bytes:
            ratios[result.task_id].append((result.instructions / figures[0], result.code_bytes / figures[1]))
    if not ratios:
        return None
    instructions = [geometric_mean([one for one, _ in found]) for found in ratios.values()]
    code_bytes = [geometric_mean([one for _, one in found]) for found in ratios.values()]
    return Cost(
        level=level,
        tasks=len(ratios),
        instructions=geometric_mean(instructions),
        code_bytes=geometric_mean(code_bytes),
    )


def report_to_json(report: Report) -> dict[str, Any]:
    """Plain JSON of a report."""
    return asdict(report)


def save_report(report: Report, path: Path) -> None:
    """Write report.json; shares with six digits, so that it does not hang on the last bit of a float."""
    text = json.dumps(_rounded(report_to_json(report)), indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, (list, tuple)) else value


def load_report(path: Path) -> Report:
    """A saved report.

    Raises:
        InputError: the file is no report.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return Report(
            settings=record["settings"],
            scores=tuple(_score_from_json(score) for score in record["scores"]),
            comparisons=tuple(_comparison_from_json(one) for one in record["comparisons"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is no saved report ({error!r}): choose a report.json that evaluate wrote.") from None


def _group_from_json(record: Mapping[str, Any]) -> Group:
    estimates = {k: Estimate(**value) for k, value in record["pass_at"].items()}
    return Group(**{**record, "pass_at": estimates})


def _score_from_json(record: Mapping[str, Any]) -> ModelScore:
    groups = {
        name: tuple(_group_from_json(group) for group in record[name])
        for name in ("by_tag", "by_difficulty", "by_split")
    }
    costs = tuple(Cost(**cost) for cost in record["costs"])
    overall = _group_from_json(record["overall"])
    return ModelScore(
        model=record["model"], arch=record["arch"], overall=overall, costs=costs, missing=record["missing"], **groups
    )


def _comparison_from_json(record: Mapping[str, Any]) -> Comparison:
    lists = {name: tuple(record[name]) for name in ("only_first", "only_second")}
    return Comparison(**{**record, **lists})
