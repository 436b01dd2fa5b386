"""Opens the stepper from an answer's verdict: a case of the function that it wrote, or its program."""

from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr

from playground.assembly.program import Source
from playground.errors import InputError
from playground.tasks.task import Task
from playground.tasks.verdict import Verdict
from playground.ui.compare.columns import ColumnWidgets
from playground.ui.faults import Update, shown
from playground.ui.services import Services
from playground.ui.trace.recording import TraceRequest
from playground.ui.trace.stepper import QUIET, RECORDING, SHOW_STEPPER, Stepper, opened


def request_of(verdict: Verdict, task: Task) -> TraceRequest:
    """What to record of a judged answer: its first failed case, or the first of all.

    Raises:
        InputError: the answer holds no assembly.
    """
    if not verdict.assembly:
        raise InputError("There is nothing to step through: the answer holds no assembly.")
    failed = (number for number, case in enumerate(verdict.cases) if not case.passed)
    source = Source(text=verdict.assembly, arch=verdict.arch or "auto", syntax=verdict.syntax or "auto")
    return TraceRequest(source=source, task=task, case=next(failed, 0))


def connect_answer_traces(
    columns: Sequence[ColumnWidgets], stepper: Stepper, banner: gr.HTML, services: Services
) -> None:
    """Each column's Trace button opens the stepper; the first update of new answers closes it."""
    for column in columns:
        inputs = {column.shown, column.sample, stepper.token}
        trace = shown(banner, _tracer(column, stepper, services))
        column.trace.click(trace, inputs, {banner, *stepper.outputs}, **RECORDING).then(None, js=SHOW_STEPPER, **QUIET)


def _tracer(column: ColumnWidgets, stepper: Stepper, services: Services) -> Any:
    def trace(values: Mapping[Any, Any]) -> Update:
        shown_now = values[column.shown]
        sample = int(values[column.sample] or 0)
        if shown_now is None or not 0 <= sample < len(shown_now.answers):
            raise InputError("There is no answer to step through yet: press Compare first.")
        verdict = shown_now.answers[sample].verdict
        if verdict is None:
            raise InputError("There is nothing to step through: this answer was not judged.")
        letter = chr(ord("A") + column.number)
        title = f"Trace of answer {letter}" + (f", sample {sample + 1}" if len(shown_now.answers) > 1 else "")
        request = request_of(verdict, shown_now.comparison.task)
        return opened(stepper, title, request, values[stepper.token], services)

    return trace
