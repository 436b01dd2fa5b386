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
from playground.ui.compare.difference import within
from playground.ui.compare.parameters import parameter_values
from playground.ui.comparison.board import Answer
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


def open_again(voting: VotingWidgets) -> Update:
    """Ready for another vote."""
    return {voting.choice: gr.update(value=None), voting.send: gr.update(interactive=True), voting.thanks: ""}


def who_was_who(shown: Sequence[Shown]) -> str:
    """Which model stood in which column, told where the vote was cast: the columns' heads may be out of sight."""
    letters = (chr(ord("A") + number) for number in range(len(shown)))
    return ", ".join(f"{letter} was {one.setup.model}" for letter, one in zip(letters, shown, strict=True))


@dataclass(frozen=True)
class Candidate:
    """An answer that is voted on: the sample of a column that is in sight."""

    shown: Shown
    sample: int

    @property
    def answer(self) -> Answer:
        return self.shown.answers[self.sample]

    @property
    def passed(self) -> bool | None:
        """Whether it was correct; None when it was not scored."""
        verdict = self.answer.verdict
        return None if verdict is None or verdict.unscored else verdict.passed


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """What a person said of the answers of a comparison."""

    comparison: str
    """The id under which what they saw is kept."""
    choice: str
    """As `vote_choices` gives it."""
    note: str = ""
    blind: bool = False
    owner: str = ""


def votes_of(ballot: Ballot, candidates: Sequence[Candidate]) -> list[Vote]:
    """One vote for each pair of answers that the choice says something about.

    Raises:
        InputError: nothing was chosen, or there is nothing to vote on.
    """
    if len(candidates) < 2:
        raise InputError("A vote needs two columns: press Compare with two or more first.")
    letters = {chr(ord("A") + number): one for number, one in enumerate(candidates)}
    if ballot.choice in ("tie", "bad"):
        return [_vote(ballot, ballot.choice, left, right) for left, right in itertools.combinations(candidates, 2)]
    if ballot.choice not in letters:
        raise InputError("No vote is chosen: choose a column, tie or bad.")
    best = letters[ballot.choice]
    return [_vote(ballot, "left", best, other) for other in candidates if other is not best]


def _vote(ballot: Ballot, choice: str, left: Candidate, right: Candidate) -> Vote:
    return Vote(
        comparison=ballot.comparison,
        task=left.shown.comparison.task.id,
        left_model=left.answer.model,
        right_model=right.answer.model,
        choice=choice,
        created=time.time(),
        blind=ballot.blind,
        left_passed=left.passed,
        right_passed=right.passed,
        left_column=left.shown.number,
        right_column=right.shown.number,
        left_sample=left.sample,
        right_sample=right.sample,
        note=ballot.note.strip(),
        owner=ballot.owner,
    )


def cast(
    voting: VotingWidgets,
    columns: Sequence[ColumnWidgets],
    values: dict[Any, Any],
    services: Services,
    comparison: str,
    owner: str,
) -> Update:
    """Keep the vote on the samples in sight, thank for it, and say who was who.

    Raises:
        InputError: nothing was chosen.
    """
    shown = [values[column.shown] for column in columns if values[column.shown] is not None]
    candidates = [Candidate(one, within(values[columns[one.number].sample], len(one.answers))) for one in shown]
    blind = bool(values[voting.blind])
    choice, note = (str(values[one] or "") for one in (voting.choice, voting.note))
    ballot = Ballot(comparison=comparison, choice=choice, note=note, blind=blind, owner=owner)
    services.votes.add(votes_of(ballot, candidates))
    told = f"Your vote is kept. {who_was_who(shown)}." if blind else "Your vote is kept."
    update: Update = {voting.thanks: notice(told, "good"), voting.send: gr.update(interactive=False)}
    if blind:
        update |= reveal(columns[: len(shown)], shown) | {voting.blind: False}
    return update
