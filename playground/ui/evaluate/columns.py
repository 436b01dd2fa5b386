"""The columns of a drill-down: one model's results and answers, each out of one saved report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from playground.errors import InputError
from playground.evaluation.records import Result, Sample
from playground.evaluation.report import Report
from playground.evaluation.saved import saved_report, saved_results, saved_samples
from playground.tasks.task import Task
from playground.tasks.verdict import LADDER
from playground.ui.evaluate.picks import Pick


@dataclass(frozen=True)
class ColumnName:
    """Which column: it is kept in the page's state, so it holds no results."""

    report: str
    """The report's title in the list."""
    model: str


@dataclass(frozen=True)
class ReportColumn:
    """One model of one report."""

    name: ColumnName
    title: str
    """What stands above it."""
    results: Sequence[Result]
    report: Report
    folder: Path

    @cached_property
    def samples(self) -> dict[tuple[str, str, int], Sample]:
        """Architecture, task and number of the sample -> the answer."""
        mine = (one for one in saved_samples(self.folder) if one.model == self.name.model)
        return {(one.arch, one.task_id, one.sample): one for one in mine}

    def outcomes(self, arch: str) -> dict[str, Result]:
        """Task id -> what became of its first sample."""
        return {one.task_id: one for one in self.results if one.arch == arch and one.sample == 0}

    def of_task(self, arch: str, task: str) -> list[Result]:
        """Every sample of a task."""
        return sorted(
            (one for one in self.results if (one.arch, one.task_id) == (arch, task)), key=lambda one: one.sample
        )


def report_columns(title: str, folder: Path) -> list[ReportColumn]:
    """A column for each model of a report."""
    report, results = saved_report(folder), saved_results(folder)
    return [
        ReportColumn(
            name=ColumnName(title, model),
            title=model or "samples",
            results=[one for one in results if one.model == model],
            report=report,
            folder=folder,
        )
        for model in dict.fromkeys(score.model for score in report.scores)
    ]


def read_columns(names: Sequence[ColumnName], reports: Mapping[str, Path]) -> list[ReportColumn]:
    """The named columns, read anew; titles tell the reports apart where models have one name.

    Raises:
        InputError: a report or a model is not there.
    """
    found = []
    alike = len({name.model for name in names}) < len(names)
    for name in names:
        if name.report not in reports:
            raise InputError(f"Unknown report {name.report!r}: choose one from the list.")
        columns = report_columns(name.report, reports[name.report])
        column = next((one for one in columns if one.name == name), None)
        if column is None:
            raise InputError(f"The report {name.report!r} has no model {name.model!r}: choose another.")
        found.append(replace(column, title=f"{column.title} ({name.report})") if alike else column)
    return found


@dataclass(frozen=True)
class Chosen:
    """The tasks behind a pick."""

    heading: str
    tasks: Sequence[str]
    """Ids."""


def chosen_tasks(pick: Pick, column: ReportColumn, tasks: Mapping[str, Task]) -> list[Chosen]:
    """The tasks of a bar or a group, by the picked column's first samples; for a bar also those that stopped below it.

    Raises:
        InputError: the report has no such part.
    """
    outcomes = column.outcomes(pick.arch)
    if not outcomes:
        raise InputError(f"The report has no results of {pick.model!r} on {pick.arch!r}: choose another part.")
    if pick.kind == "rung":
        return _by_rung(pick.name, outcomes)
    if pick.kind == "unscored":
        return [Chosen("Unscored", [name for name, one in outcomes.items() if one.unscored])]
    if pick.kind == "all":
        return [Chosen("All tasks", list(outcomes))]
    return [Chosen(f"{pick.kind} {pick.name}", [name for name in outcomes if _in_group(pick, tasks.get(name))])]


def _by_rung(rung: str, outcomes: Mapping[str, Result]) -> list[Chosen]:
    if rung not in LADDER:
        raise InputError(f"Unknown rung {rung!r}: choose one of {', '.join(LADDER)}.")
    scored = {name: one for name, one in outcomes.items() if not one.unscored}
    height = LADDER.index(rung)
    reached = [name for name, one in scored.items() if height_of(one) >= height]
    stopped = [name for name, one in scored.items() if height_of(one) == height - 1]
    return [Chosen(f"Stopped just below “{rung}”", stopped), Chosen(f"Reached “{rung}”", reached)]


def height_of(result: Result) -> int:
    """Index of the highest rung that was reached; -1 below the first."""
    return LADDER.index(result.stage) if result.stage in LADDER else -1


def _in_group(pick: Pick, task: Task | None) -> bool:
    if task is None:
        return False
    return {
        "tag": pick.name in task.tags,
        "difficulty": task.difficulty == pick.name,
        "split": task.split == pick.name,
    }[pick.kind]
