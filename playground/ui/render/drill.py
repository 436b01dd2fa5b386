"""Below a report: the tasks behind a bar, and behind a task every model's answer with its verdict."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from playground.evaluation.paired import Comparison
from playground.evaluation.records import Result
from playground.evaluation.report import Report, ladder_of
from playground.tasks.verdict import LADDER
from playground.ui.comparison.board import Answer
from playground.ui.evaluate.columns import Chosen, ReportColumn
from playground.ui.evaluate.picks import Pick
from playground.ui.render.answer import render_answer
from playground.ui.render.ladder import LABELS
from playground.ui.render.notice import empty, notice
from playground.ui.render.report import pick_button, render_comparison, table
from playground.ui.render.text import disclosure, element, escape

OPEN_UP_TO = 60
"""Tasks of a list that stands open at once."""


def render_tasks(pick: Pick, chosen: Sequence[Chosen], columns: Sequence[ReportColumn]) -> str:
    """The tasks of a pick: one row a task, one cell a model."""
    head = f"<h3>{escape(_whose(pick))} <span class='ap-muted'>{escape(pick.arch)}</span></h3>"
    lists = "".join(_list(one, pick, columns) for one in chosen)
    return element("section", head + lists, classes="ap-verdict", aria_label="Tasks")


def _whose(pick: Pick) -> str:
    return f"Tasks of {pick.model}" if pick.model else "Tasks"


def _list(chosen: Chosen, pick: Pick, columns: Sequence[ReportColumn]) -> str:
    title = f"{escape(chosen.heading)} <span class='ap-muted'>{len(chosen.tasks)}</span>"
    if not chosen.tasks:
        return f"<p class='ap-figures'>{title}</p>"
    outcomes = [column.outcomes(pick.arch) for column in columns]
    rows = (
        (
            pick_button(task, Pick("task", "", pick.arch, task)),
            *(render_outcome(found.get(task)) for found in outcomes),
        )
        for task in sorted(chosen.tasks)
    )
    shown = table(("Task", *(column.title for column in columns)), rows)
    return disclosure(title, shown, opened=len(chosen.tasks) <= OPEN_UP_TO)


def render_outcome(result: Result | None) -> str:
    """A chip with the rung that was reached, and why it got no further."""
    if result is None:
        return "<span class='ap-muted'>not asked</span>"
    reason = f"<p class='ap-hint'>{escape(result.reason)}</p>" if result.reason else ""
    return f"{stage_chip(result.stage, passed=result.passed, unscored=result.unscored)}{reason}"


def stage_chip(stage: str, *, passed: bool, unscored: bool, number: str = "") -> str:
    """The rung by colour, symbol and word."""
    symbol, style = ("?", "unscored") if unscored else ("✓", "reached") if passed else ("✗", "failed")
    label = {"none": "no assembly", "abi": "ABI kept"}.get(stage, stage)
    return f'<span class="ap-chip ap-{style}">{escape(number)}{symbol} {escape(label)}</span>'


def render_pair(comparisons: Sequence[Comparison], first: ReportColumn, second: ReportColumn) -> str:
    """Two saved results on the same tasks: their ladders, the test, the tasks that flipped."""
    parts = [_bank_note(first.report, second.report)]
    for one in comparisons:
        shared = first.outcomes(one.arch).keys() & second.outcomes(one.arch).keys()
        rows = (_ladder_row(column, one.arch, shared) for column in (first, second))
        heads = ("", "Unscored", *(LABELS[rung] for rung in LADDER))
        parts.append(render_comparison(one, table(heads, rows)))
    return element("section", "".join(parts), classes="ap-verdict", aria_label="Comparison of two results")


def _bank_note(first: Report, second: Report) -> str:
    digests = [report.settings.get("tasks_digest") for report in (first, second)]
    if digests[0] == digests[1] and None not in digests:
        return ""
    told = "The two reports are not of one and the same set of tasks: what is compared are the tasks that both have."
    return notice(told, "info")


def _ladder_row(column: ReportColumn, arch: str, tasks: Set[str]) -> tuple[str, ...]:
    outcomes = [one for name, one in column.outcomes(arch).items() if name in tasks]
    ladder = ladder_of([one for one in outcomes if not one.unscored])
    unscored = str(sum(one.unscored for one in outcomes))
    return escape(column.title), unscored, *(f"{ladder[rung]:.1%}" for rung in LADDER)


@dataclass(frozen=True, kw_only=True)
class ShownAnswer:
    """One model's answer to the task that was picked."""

    title: str
    results: Sequence[Result]
    """Of all its samples."""
    answer: Answer | None
    """The sample shown, judged anew; None when its text was not kept."""
    note: str = ""
    """What is to be said about it."""


def render_answers(task_card: str, pick: Pick, answers: Sequence[ShownAnswer]) -> str:
    """The task and, side by side, each model's answer. `task_card` is HTML."""
    head = f"<h3>{escape(pick.name)} <span class='ap-muted'>{escape(pick.arch)}</span></h3>"
    columns = "".join(_column(one, pick) for one in answers)
    grid = element("div", columns, classes="ap-answers")
    return element("section", head + task_card + grid, classes="ap-verdict", aria_label="Answers")


def _column(shown: ShownAnswer, pick: Pick) -> str:
    title = element("p", f"<strong>{escape(shown.title)}</strong>")
    note = notice(shown.note, "warning")
    body = render_answer(shown.answer, pick.arch) if shown.answer else empty("The text of this answer was not kept.")
    return element("div", title + _samples(shown, pick) + note + body, classes="ap-column")


def _samples(shown: ShownAnswer, pick: Pick) -> str:
    """A button a sample, when there are several."""
    if len(shown.results) < 2:
        return ""
    buttons = "".join(
        pick_button(
            f"{result.sample + 1} {'?' if result.unscored else '✓' if result.passed else '✗'}",
            Pick("task", "", pick.arch, pick.name, result.sample),
            classes="ap-pick ap-picked" if result.sample == pick.sample else "ap-pick",
        )
        for result in shown.results
    )
    return element("div", buttons, classes="ap-picks", role="group", aria_label="Samples")
