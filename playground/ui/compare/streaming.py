"""From a comparison to updates of the page: boards come in, and only columns that changed go out."""

from collections.abc import Generator, Iterable, Sequence
from typing import Any

import gradio as gr

from playground.models.events import Message
from playground.ui.cancellation import Writing
from playground.ui.compare.columns import ColumnWidgets, Shown
from playground.ui.comparison.board import Answer, Board
from playground.ui.comparison.session import run_comparison
from playground.ui.comparison.setup import Comparison, answer_id, asked
from playground.ui.faults import Update
from playground.ui.render.samples import render_column, symbol_of
from playground.ui.services import Services

Answers = dict[int, tuple[Answer, ...]]
"""Answers by column."""


def stream_columns(
    identifier: str,
    comparison: Comparison,
    columns: Sequence[ColumnWidgets],
    services: Services,
    writing: Writing,
    only: int | None = None,
) -> Generator[Update, None, Answers]:
    """Updates until every column (or the one numbered `only`) is over; returns the last answers by column.

    Once something newer has taken its place there are no more updates; what was written so far is still judged.
    """
    numbers = range(len(comparison.columns)) if only is None else (only,)
    before: Answers = {}
    for board in run_comparison(comparison, services.generator, services.judge, cancelled=writing.stopped, only=only):
        now = {number: column_answers(board, number, comparison.samples) for number in numbers}
        changed = [Shown(identifier, comparison, one, now[one]) for one in numbers if now[one] != before.get(one)]
        before = now
        if not writing.superseded:
            yield _merged(_while_writing(columns[shown.number], shown) for shown in changed)
    writing.over = True
    return before


def written_columns(comparison: Comparison, only: int | None = None) -> list[str]:
    """The ids of every answer that a run writes, or of those of the column numbered `only`."""
    numbers = range(len(comparison.columns)) if only is None else (only,)
    return [answer_id(number, sample) for number in numbers for sample in range(comparison.samples)]


def _while_writing(column: ColumnWidgets, shown: Shown) -> Update:
    """A column cannot be tried again before the whole stands: the others' answers would be another question's."""
    return show_column(column, shown) | {column.retry: gr.update(visible=False)}


def shown_again(identifier: str, comparison: Comparison, columns: Sequence[ColumnWidgets], answers: Answers) -> Update:
    """The columns as they ended, for the last update of a run: of two updates within one frame of a busy browser the
    page takes the later, and what the earlier one showed or hid would be lost."""
    return _merged(
        show_column(columns[number], Shown(identifier, comparison, number, samples))
        for number, samples in answers.items()
    )


def _merged(updates: Iterable[Update]) -> Update:
    return {key: value for update in updates for key, value in update.items()}


def column_answers(board: Board, number: int, samples: int) -> tuple[Answer, ...]:
    """The answers of one column, by sample."""
    return tuple(board.answers[answer_id(number, sample)] for sample in range(samples))


def show_column(column: ColumnWidgets, shown: Shown, sample: int = 0) -> Update:
    """The column's widgets for what it now shows."""
    over = all(answer.over for answer in shown.answers)
    update: Update = {
        column.output: render_column(shown.answers, sample, shown.comparison.arch, _before(shown)),
        column.stop: gr.update(visible=not over),
        column.retry: gr.update(visible=over),
        column.trace: gr.update(visible=over and _can_run(shown.answers)),
        column.sample: sample_choice(shown.answers, sample) if over else gr.update(visible=False),
    }
    return update | ({column.shown: shown} if over else {})


def _before(shown: Shown) -> tuple[Message, ...]:
    """The turns before this answer, the one that asks for it included; none at the first, which the left side shows."""
    return asked(shown.comparison, shown.number) if shown.comparison.follow_up else ()


def _can_run(answers: Sequence[Answer]) -> bool:
    """Whether any sample holds something to step through."""
    return any(answer.verdict is not None and answer.verdict.listing for answer in answers)


def sample_choice(answers: Sequence[Answer], sample: int) -> dict[str, Any]:
    """The strip of samples: a number and a mark each; hidden for a single one."""
    choices = [(f"{number + 1} {symbol_of(answer)}", number) for number, answer in enumerate(answers)]
    return gr.update(choices=choices, value=sample, visible=len(answers) > 1)


def clear_column(column: ColumnWidgets) -> Update:
    """The column before anything was asked."""
    return {
        column.output: render_column((), 0, ""),
        column.stop: gr.update(visible=False),
        column.retry: gr.update(visible=False),
        column.trace: gr.update(visible=False),
        column.sample: gr.update(visible=False),
        column.shown: None,
    }
