"""Judging by hand: blind columns, a vote with its note, and the objective verdict kept beside it."""

import itertools
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from playground.errors import InputError
from playground.evaluation.store.votes import Vote
from playground.ui.compare.columns import ColumnWidgets, Shown
from playground.ui.compare.parameters import parameter_values
from playground.ui.comparison.setup import Comparison
from playground.ui.faults import Update
from playground.ui.render.notice import notice
from playground.ui.services import Services

HIDDEN_NAME = '<p class="ap-blind">Model hidden until you vote</p>'


@dataclass(frozen=True, kw_only=True)
class VotingWidgets:
    """The row below the columns."""

    box: gr.Column
    choice: gr.Radio
    note: gr.Textbox
    send: gr.Button
    thanks: gr.HTML
    blind: gr.State
    """Whether the columns shown hide their names."""


def voting_widgets() -> VotingWidgets:
    """Declares the row; it appears when all columns are over."""
    with gr.Column(visible=False, elem_classes="ap-card", elem_id="voting") as box:
        with gr.Row(elem_classes="ap-follow-up"):
            choice = gr.Radio(
                [], label="Which answer is better?", elem_classes="ap-segment", elem_id="vote-choice", min_width=370
            )
            note = gr.Textbox("", label="Note", placeholder="Optional", max_lines=3, scale=2)
            send = gr.Button("Vote", elem_id="vote-send")
        thanks = gr.HTML("", elem_classes="ap-when-filled")
    return VotingWidgets(box=box, choice=choice, note=note, send=send, thanks=thanks, blind=gr.State(False))


def vote_choices(columns: int) -> list[tuple[str, str]]:
    """Label and value: one column's letter, ``tie`` or ``bad``."""
    letters = [chr(ord("A") + number) for number in range(columns)]
    return [
        *((f"{letter} is better" if columns == 2 else letter, letter) for letter in letters),
        ("tie", "tie"),
        ("all bad" if columns > 2 else "both bad", "bad"),
    ]


def shuffled(comparison: Comparison) -> Comparison:
    """The same columns in an order that nobody knows."""
    columns = list(comparison.columns)
    random.SystemRandom().shuffle(columns)
    return replace(comparison, columns=tuple(columns))


def hide_names(columns: Sequence[ColumnWidgets], *, hidden: bool) -> Update:
    """Models' pickers give way to a placeholder, or come back."""
    update: Update = {}
    for column in columns:
        update[column.model] = gr.update(visible=not hidden)
        update[column.name] = gr.update(value=HIDDEN_NAME, visible=hidden)
        if hidden:
            update[column.retry] = gr.update(visible=False)
    return update


def reveal(columns: Sequence[ColumnWidgets], shown: Sequence[Shown]) -> Update:
    """Pickers come back, each with the model that stood in its column and its parameters, to go on from there."""
    update = hide_names(columns, hidden=False)
    for column, one in zip(columns, shown, strict=True):
        update[column.model] = gr.update(value=one.setup.model, visible=True)
        update[column.retry] = gr.update(visible=True)
        update |= parameter_values(column.parameters, one.setup)
    return update


def who_was_who(shown: Sequence[Shown]) -> str:
    """Which model stood in which column, told where the vote was cast: the columns' heads may be out of sight."""
    letters = (chr(ord("A") + number) for number in range(len(shown)))
    return ", ".join(f"{letter} was {one.setup.model}" for letter, one in zip(letters, shown, strict=True))


def votes_of(choice: str, shown: Sequence[Shown], *, note: str, blind: bool, owner: str = "") -> list[Vote]:
    """One vote for each pair of columns that the choice says something about.

    Raises:
        InputError: nothing was chosen, or there is nothing to vote on.
    """
    if len(shown) < 2:
        raise InputError("A vote needs two columns: press Compare with two or more first.")
    letters = {chr(ord("A") + number): one for number, one in enumerate(shown)}
    if choice in ("tie", "bad"):
        return [_vote(left, right, choice, note, blind, owner) for left, right in itertools.combinations(shown, 2)]
    if choice not in letters:
        raise InputError("No vote is chosen: choose a column, tie or bad.")
    best = letters[choice]
    return [_vote(best, other, "left", note, blind, owner) for other in shown if other is not best]


def _vote(left: Shown, right: Shown, choice: str, note: str, blind: bool, owner: str) -> Vote:
    return Vote(
        comparison=left.id,
        task=left.comparison.task.id,
        left_model=left.answers[0].model,
        right_model=right.answers[0].model,
        choice=choice,
        created=time.time(),
        blind=blind,
        left_passed=passed(left),
        right_passed=passed(right),
        note=note.strip(),
        owner=owner,
    )


def passed(shown: Shown) -> bool | None:
    """Whether the column's first sample was correct; None when it was not scored."""
    verdict = shown.answers[0].verdict
    return None if verdict is None or verdict.unscored else verdict.passed


def cast(
    voting: VotingWidgets, columns: Sequence[ColumnWidgets], values: dict[Any, Any], services: Services, owner: str
) -> Update:
    """Keep the vote, thank for it, and say who was who.

    Raises:
        InputError: nothing was chosen.
    """
    shown = [values[column.shown] for column in columns if values[column.shown] is not None]
    blind = bool(values[voting.blind])
    choice, note = (str(values[one] or "") for one in (voting.choice, voting.note))
    services.votes.add(votes_of(choice, shown, note=note, blind=blind, owner=owner))
    told = f"Your vote is kept. {who_was_who(shown)}." if blind else "Your vote is kept."
    update: Update = {voting.thanks: notice(told, "good"), voting.send: gr.update(interactive=False)}
    if blind:
        update |= reveal(columns[: len(shown)], shown) | {voting.blind: False}
    return update
