"""Below the columns: what sets two answers' assembly apart, for the pair that a person chooses."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.ui.compare.columns import ColumnWidgets, Shown
from playground.ui.faults import Update
from playground.ui.render.difference import Side, render_difference

NONE = ""
QUIET: dict[str, Any] = {"show_progress": "hidden", "queue": False, "api_visibility": "private"}


@dataclass(frozen=True, kw_only=True)
class DifferenceWidgets:
    """The choice of a pair, and the view."""

    box: gr.Column
    pair: gr.Radio
    view: gr.HTML

    @property
    def outputs(self) -> tuple[Any, ...]:
        return (self.box, self.pair, self.view)

    def hidden(self) -> Update:
        """While columns are written."""
        return {self.box: gr.update(visible=False), self.view: ""}

    def ready(self, columns: int) -> Update:
        """Once so many columns are over."""
        return {
            self.box: gr.update(visible=columns > 1),
            self.pair: gr.update(choices=pair_choices(columns), value=NONE),
            self.view: "",
        }


def difference_widgets() -> DifferenceWidgets:
    """Declares them; they appear when all columns are over."""
    with gr.Column(visible=False, elem_classes="ap-card", elem_id="difference") as box:
        pair = gr.Radio([], label="Differences between", elem_classes="ap-segment", elem_id="difference-pair")
        view = gr.HTML("", elem_id="difference-view")
    return DifferenceWidgets(box=box, pair=pair, view=view)


def pair_choices(columns: int) -> list[tuple[str, str]]:
    """Label and value of every pair; the value is both letters."""
    letters = [chr(ord("A") + number) for number in range(columns)]
    return [("not shown", NONE), *((f"{a} and {b}", a + b) for a, b in itertools.combinations(letters, 2))]


def connect_difference(difference: DifferenceWidgets, columns: Sequence[ColumnWidgets]) -> None:
    """Shows the pair chosen, and follows the samples chosen."""

    def show(values: Mapping[Any, Any]) -> Update:
        pair = str(values[difference.pair] or NONE)
        sides = [side_of(columns[ord(letter) - ord("A")], values) for letter in pair]
        if len(sides) != 2 or None in sides:
            return {difference.view: ""}
        left, right = (side for side in sides if side is not None)
        return {difference.view: render_difference(left, right)}

    own = {widget for column in columns for widget in (column.shown, column.sample)}
    events = [difference.pair.input, *(column.sample.input for column in columns)]
    gr.on(events, show, {difference.pair, *own}, {difference.view}, trigger_mode="always_last", **QUIET)


def side_of(column: ColumnWidgets, values: Mapping[Any, Any]) -> Side | None:
    """The assembly of the sample that a column shows, or its whole text when no assembly was found in it."""
    shown: Shown | None = values[column.shown]
    if shown is None or not shown.answers:
        return None
    answer = shown.answers[within(values[column.sample], len(shown.answers))]
    verdict = answer.verdict
    text = verdict.assembly if verdict and verdict.assembly else answer.text
    syntax = verdict.syntax if verdict else "gas"
    return Side(chr(ord("A") + column.number), text, shown.comparison.arch, syntax)


def within(sample: object, samples: int) -> int:
    """The number of a sample that is there; the first where none is chosen."""
    number = sample if isinstance(sample, int) else 0
    return number if 0 <= number < samples else 0
