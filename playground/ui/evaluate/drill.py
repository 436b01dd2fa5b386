"""From a bar to the tasks, from a task to every model's answer with its verdict."""

from collections.abc import Mapping, Sequence

from playground.evaluation.records import Result, Sample
from playground.tasks.task import Task
from playground.tasks.verdict import Verdict
from playground.ui.compare.question import task_card
from playground.ui.comparison.board import Answer
from playground.ui.evaluate.columns import ReportColumn, chosen_tasks
from playground.ui.evaluate.picks import Pick
from playground.ui.render.drill import ShownAnswer, render_answers, render_tasks
from playground.ui.render.notice import notice
from playground.ui.services import Services


def tasks_view(pick: Pick, columns: Sequence[ReportColumn], tasks: Mapping[str, Task]) -> str:
    """The tasks behind a bar or a group, with what became of them in every column.

    Raises:
        InputError: the report has no such part.
    """
    own = next((column for column in columns if column.name.model == pick.model), columns[0])
    return render_tasks(pick, chosen_tasks(pick, own, tasks), columns)


def answers_view(pick: Pick, columns: Sequence[ReportColumn], services: Services) -> str:
    """One task's answers, judged anew: the verdict's view is that of Compare."""
    task = services.task(pick.name)
    card = task_card(task) if task else notice("This task is not in the bank of this version.", "warning")
    return render_answers(card, pick, [_shown(pick, column, task, services) for column in columns])


def _shown(pick: Pick, column: ReportColumn, task: Task | None, services: Services) -> ShownAnswer:
    results = column.of_task(pick.arch, pick.name)
    result = next((one for one in results if one.sample == pick.sample), None)
    sample = column.samples.get((pick.arch, pick.name, pick.sample))
    if sample is None:
        return ShownAnswer(title=column.title, results=results, answer=None)
    verdict = services.judge.verdict(sample.completion, task, pick.arch) if task else None
    return ShownAnswer(
        title=column.title, results=results, answer=_answer(sample, verdict), note=_difference(result, verdict)
    )


def _answer(sample: Sample, verdict: Verdict | None) -> Answer:
    return Answer(
        model=sample.model,
        status="done",
        text=sample.completion,
        tokens=sample.tokens,
        ended_by=sample.ended_by,
        verdict=verdict,
    )


def _difference(result: Result | None, verdict: Verdict | None) -> str:
    """The report's verdict, where judging anew gives another: the bank or the emulator has changed since."""
    if result is None or verdict is None or (result.stage, result.passed) == (verdict.stage, verdict.passed):
        return ""
    return f"Judged anew it got to {verdict.stage!r}; the report, made by another version, says {result.stage!r}."
