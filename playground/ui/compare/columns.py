"""The right side of Compare: up to four columns, each with its model, its own parameters, and its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.models.events import Message
from playground.ui.compare.parameters import ParameterWidgets, parameter_widgets
from playground.ui.comparison.board import Answer
from playground.ui.comparison.setup import MOST_COLUMNS, ColumnSetup, Comparison, asked
from playground.ui.render.answer import render_answer
from playground.ui.services import Services

BASE = "base"
FIRST_COLUMNS = 2


@dataclass(frozen=True)
class Shown:
    """What a column shows: kept per visitor and column, so that a retry of one leaves the others alone."""

    id: str
    """The comparison's, under which it is kept."""
    comparison: Comparison
    number: int
    """Which of the comparison's columns this is."""
    answers: tuple[Answer, ...]
    """One per sample."""

    @property
    def setup(self) -> ColumnSetup:
        """How the column's model was asked."""
        return self.comparison.columns[self.number]

    def turns(self, sample: int = 0) -> tuple[Message, ...]:
        """This column's conversation so far without its system message, this sample's answer included."""
        if not self.answers:
            return ()
        reply = self.answers[sample if sample < len(self.answers) else 0].text
        return (*asked(self.comparison, self.number), Message(role="assistant", content=reply))


@dataclass(frozen=True, kw_only=True)
class ColumnWidgets:
    """The widgets of one column."""

    number: int
    box: gr.Column
    model: gr.Dropdown
    name: gr.HTML
    """What stands instead of the model's name in blind mode."""
    own: gr.Accordion
    parameters: ParameterWidgets
    sample: gr.Radio
    output: gr.HTML
    shown: gr.State
    stop: gr.Button
    retry: gr.Button
    trace: gr.Button
    """Opens the stepper on the sample shown."""

    def read(self, values: Mapping[Any, Any], first: "ColumnWidgets", keep_in_step: bool) -> ColumnSetup:
        """The column's setup from an event's values."""
        parameters = first.parameters if keep_in_step else self.parameters
        return ColumnSetup(
            model=str(values[self.model]),
            sampling=parameters.read(values),
            system=str(values[parameters.system] or "").strip(),
        )


def model_choices(services: Services) -> list[tuple[str, str]]:
    """Title and name of every model that can be used here."""
    return [(model.title, model.name) for model in services.models() if model.available]


def first_models(services: Services) -> list[str]:
    """What the columns begin with: the base, then adapters in the catalogue's order, the last one repeated."""
    models = [model for model in services.models() if model.available]
    adapters = [model.name for model in models if model.kind == "adapter"]
    names = [BASE, *adapters][:MOST_COLUMNS]
    return names + [names[-1]] * (MOST_COLUMNS - len(names))


def column_widgets(services: Services) -> list[ColumnWidgets]:
    """Declares the columns; the first FIRST_COLUMNS are visible."""
    choices = model_choices(services)
    models = first_models(services)
    return [_column(number, choices, models[number]) for number in range(MOST_COLUMNS)]


def _column(number: int, choices: Sequence[tuple[str, str]], model_name: str) -> ColumnWidgets:
    letter = chr(ord("A") + number)
    with gr.Column(
        visible=number < FIRST_COLUMNS, elem_classes="ap-column ap-card", elem_id=f"column-{number}", min_width=340
    ) as box:
        model = gr.Dropdown(list(choices), value=model_name, label=f"Model {letter}", interactive=True)
        name = gr.HTML("", visible=False)
        own_visible = number == 0
        label = "Parameters, all columns" if own_visible else f"Parameters, column {letter}"
        with gr.Accordion(label, open=False, visible=own_visible, elem_classes="ap-parameters") as own:
            parameters = parameter_widgets()
        sample = gr.Radio([], label="Sample", visible=False, elem_classes="ap-segment")
        output = gr.HTML(render_answer(None), elem_classes="ap-out")
        with gr.Row(elem_classes="ap-small"):
            stop = gr.Button(f"Stop {letter}", size="sm", visible=False)
            retry = gr.Button(f"Retry {letter}", size="sm", visible=False)
            trace = gr.Button(f"Trace {letter}", size="sm", visible=False)
        shown = gr.State(None)
    return ColumnWidgets(
        number=number,
        box=box,
        model=model,
        name=name,
        own=own,
        parameters=parameters,
        sample=sample,
        output=output,
        shown=shown,
        stop=stop,
        retry=retry,
        trace=trace,
    )
