"""The Compare tab: one question, one to four columns, streamed together and judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.ui.compare.columns import ColumnWidgets, column_widgets, model_choices
from playground.ui.compare.conversation import (
    ConversationWidgets,
    connect_conversation,
    continued,
    conversation_widgets,
)
from playground.ui.compare.difference import DifferenceWidgets, connect_difference, difference_widgets, within
from playground.ui.compare.handlers import connect
from playground.ui.compare.partners import connect_partners
from playground.ui.compare.question import SEGMENT, Question, question_widgets
from playground.ui.compare.voting import VotingWidgets, voting_widgets
from playground.ui.comparison.setup import MOST_COLUMNS, MOST_SAMPLES, Comparison, require_known_models
from playground.ui.services import Services
from playground.ui.trace.answers import connect_answer_traces
from playground.ui.trace.stepper import Stepper, stepper_widgets
from playground.ui.visitors import browser_id


@dataclass(frozen=True, kw_only=True)
class CompareTab:
    """The widgets of the tab."""

    question: Question
    columns: Sequence[ColumnWidgets]
    many: gr.Radio
    samples: gr.Slider
    keep_in_step: gr.Checkbox
    run: gr.Button
    stop: gr.Button
    banner: gr.HTML
    conversation: ConversationWidgets
    blind: gr.Checkbox
    difference: DifferenceWidgets
    voting: VotingWidgets
    stepper: Stepper
    link: gr.HTML
    """Where the comparison shown can be found again."""
    visitor: gr.BrowserState
    """This browser's own id."""
    identifier: gr.State
    """The id of the comparison shown; empty before the first."""
    copy: gr.State
    """The id under which changes to it are kept when it is another person's; the same for all its columns."""

    @property
    def inputs(self) -> set[Any]:
        """Everything that a comparison is read from."""
        own = {
            widget
            for column in self.columns
            for widget in (column.model, column.shown, column.sample, *column.parameters.components)
        }
        fields = {self.many, self.samples, self.keep_in_step, self.blind, self.identifier, self.copy, self.visitor}
        below = {self.conversation.turn, self.conversation.text, self.voting.blind}
        return {*self.question.inputs, *fields, *own, *below}

    @property
    def outputs(self) -> set[Any]:
        """Everything that a running comparison writes."""
        voting = (self.voting.box, self.voting.choice, self.voting.note, self.voting.send, self.voting.thanks)
        columns = (widget for column in self.columns for widget in column_outputs(column))
        below = {*self.conversation.outputs, *self.difference.outputs}
        single = {self.banner, self.run, self.link, self.identifier, self.copy, self.voting.blind, self.stepper.box}
        return {*single, *voting, *columns, *below}

    def read(self, values: dict[Any, Any], services: Services, *, follow_up: bool = False) -> Comparison:
        """The comparison that the fields ask for.

        Raises:
            InputError: a field is wrong.
        """
        shown = self.columns[: int(values[self.many])]
        keep = bool(values[self.keep_in_step])
        setups = [column.read(values, self.columns[0], keep) for column in shown]
        text = str(values[self.conversation.text] or "").strip() if follow_up else ""
        if follow_up:
            before = [(values[column.shown], within(values[column.sample], MOST_SAMPLES)) for column in shown]
            if values[self.voting.blind]:  # the pickers, which nobody sees, stand in another order
                setups = [one.setup if one else setup for setup, (one, _) in zip(setups, before, strict=True)]
            setups = continued(text, int(values[self.conversation.turn] or 0), setups, before)
        mode = values[self.question.mode]
        comparison = Comparison(
            task=self.question.read(values, services),
            arch=values[self.question.arch],
            columns=tuple(setups),
            style=values[self.question.style] if mode == "chat" else "describe",
            mode=mode,
            samples=int(values[self.samples]),
            follow_up=text,
            probabilities=True,
            suffix=str(values[self.question.suffix] or "") if mode == "fill" else "",
        )
        require_known_models(comparison, [name for _, name in model_choices(services)])
        return comparison


def column_outputs(column: ColumnWidgets) -> tuple[Any, ...]:
    """What a run of this column writes."""
    return (
        column.output,
        column.stop,
        column.retry,
        column.sample,
        column.shown,
        column.model,
        column.name,
        column.trace,
    )


def compare_tab(services: Services) -> CompareTab:
    """Declares the tab and connects it."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=300, elem_classes="ap-setup ap-card"):
            question = question_widgets(services)
            with gr.Row():
                many = gr.Radio(list(range(1, MOST_COLUMNS + 1)), value=2, label="Columns", elem_classes=SEGMENT)
                samples = gr.Slider(1, MOST_SAMPLES, value=1, step=1, label="Samples")
            keep_in_step = gr.Checkbox(True, label="Same parameters in every column")
            blind = gr.Checkbox(False, label="Blind: hide and shuffle the models until the vote")
            with gr.Row(elem_classes="ap-buttons ap-sticky"):
                # beside the button, which is always in sight: above long answers it would not be, nor below on a phone
                banner = gr.HTML("", elem_id="compare-banner", elem_classes="ap-when-filled")
                run = gr.Button(
                    "Compare", variant="primary", min_width=100, elem_classes="ap-key-run", elem_id="compare-run"
                )
                stop = gr.Button("Stop", min_width=100, elem_classes="ap-key-stop", elem_id="compare-stop")
            gr.HTML('<p class="ap-hint ap-keys"><kbd>Ctrl</kbd> <kbd>Enter</kbd> compares, <kbd>Esc</kbd> stops.</p>')
        with gr.Column(scale=6, min_width=340):
            with gr.Row(equal_height=False, elem_id="columns"):
                columns = column_widgets(services)
            stepper = stepper_widgets(services, "compare")
            conversation = conversation_widgets()
            difference = difference_widgets()
            voting = voting_widgets()
            link = gr.HTML("", elem_id="compare-link")
    tab = CompareTab(
        question=question,
        columns=columns,
        many=many,
        samples=samples,
        keep_in_step=keep_in_step,
        run=run,
        stop=stop,
        banner=banner,
        conversation=conversation,
        difference=difference,
        blind=blind,
        voting=voting,
        stepper=stepper,
        link=link,
        visitor=browser_id(),
        identifier=gr.State(""),
        copy=gr.State(""),
    )
    connect(tab, services)
    connect_conversation(conversation, columns, question.mode)
    connect_difference(difference, columns)
    connect_partners(question.arch, columns, services)
    connect_answer_traces(columns, stepper, banner, services)
    return tab
