"""Chat with several turns: the next one, or an earlier one written anew, from which every column goes on."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from playground.errors import InputError
from playground.ui.compare.columns import ColumnWidgets, Shown
from playground.ui.comparison.setup import ColumnSetup, Comparison, asked
from playground.ui.faults import Update

NEXT = 0
"""The value of the choice “next turn”; earlier turns are numbered from 1."""
LONGEST_LABEL = 40
NEXT_LABEL = "Follow-up to every column"
QUIET: dict[str, Any] = {"show_progress": "hidden", "queue": False, "api_visibility": "private"}

EMPTY_WHAT_WAS_SENT = "(sent, text) => (sent && sent.text === text ? '' : text)"
"""In the page, so that what is typed while the server takes a turn is not emptied with it."""

BRING_TURN = f"""(turn, turns, aside, text) => {{
  const kept = aside || {{}}, labelled = (value, label) => ({{__type__: 'update', value, label}});
  const editing = kept.brought !== undefined;
  if (!turn) {{
    const typed = text === kept.brought ? '' : text;
    return [labelled(typed || kept.next || '', '{NEXT_LABEL}'), {{}}];
  }}
  const brought = (turns || [])[turn - 1] || '';
  const next = editing ? kept.next : text;
  return [labelled(brought, `Turn ${{turn}}, sent again to every column`), {{brought, next}}];
}}"""
"""In the page: an earlier turn comes to be edited, and what was typed for the next one is put aside until then."""


@dataclass(frozen=True, kw_only=True)
class ConversationWidgets:
    """The row below the columns."""

    row: gr.Row
    turn: gr.Dropdown
    """NEXT, or the number of the turn that is written anew."""
    text: gr.Textbox
    send: gr.Button
    fault: gr.HTML
    """What was wrong with a turn, told where it was sent: the page's banner may be out of sight."""
    turns: gr.JSON
    """What was asked so far: the page looks turns up itself."""
    aside: gr.JSON
    """The page's own: the turn that was brought, and what was typed for the next one."""
    sent: gr.JSON
    """The text that the server took last."""

    @property
    def outputs(self) -> tuple[Any, ...]:
        return (self.row, self.turn, self.turns, self.sent, self.fault)

    def taken(self, text: str) -> Update:
        """When a turn begins to be answered: its text leaves the field, unless another was typed meanwhile."""
        return {self.sent: {"id": uuid.uuid4().hex, "text": text}}

    def ready(self, comparison: Comparison) -> Update:
        """Once an answer stands: there are turns to go back to."""
        return {
            self.row: gr.update(visible=comparison.mode == "chat"),
            self.turn: gr.update(choices=turn_choices(comparison), value=NEXT, visible=comparison.mode == "chat"),
            self.turns: list(user_turns(comparison)),
        }


def conversation_widgets() -> ConversationWidgets:
    """Declares the row; it appears with the first answers."""
    with gr.Row(visible=False, elem_classes="ap-follow-up ap-card", elem_id="follow-up") as row:
        turn = gr.Dropdown(
            [("Next turn", NEXT)], value=NEXT, label="Send as", visible=False, min_width=210, elem_id="follow-up-turn"
        )
        text = gr.Textbox(label=NEXT_LABEL, placeholder="Now make it branchless.", scale=6, max_lines=8)
        send = gr.Button("Send")
        fault = gr.HTML("", elem_id="follow-up-fault", elem_classes="ap-when-filled")
    unseen = {name: gr.JSON(value, visible="hidden") for name, value in UNSEEN.items()}
    return ConversationWidgets(row=row, turn=turn, text=text, send=send, fault=fault, **unseen)


UNSEEN: dict[str, Any] = {"turns": [], "aside": {}, "sent": {}}
"""What the page looks up and no person sees, as it begins; not in the row, whose showing would show it too."""


def user_turns(comparison: Comparison) -> tuple[str, ...]:
    """What was asked so far, in order; of the column with the longest conversation, since one may have joined late."""
    conversations = [asked(comparison, number) for number in range(len(comparison.columns))]
    longest = max(conversations, key=len)
    return tuple(message.content for message in longest if message.role == "user")


def turn_choices(comparison: Comparison) -> list[tuple[str, int]]:
    """Label and value of each way to send."""
    labels = [f"Edit turn {number}: {_first_words(text)}" for number, text in enumerate(user_turns(comparison), 1)]
    return [("Next turn", NEXT), *((label, number) for number, label in enumerate(labels, 1))]


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_LABEL else f"{words[: LONGEST_LABEL - 1]}…"


def continued(
    text: str, turn: int, setups: Sequence[ColumnSetup], shown: Sequence[tuple[Shown | None, int]]
) -> list[ColumnSetup]:
    """The setups with each column's own history up to this turn. `shown` is what each column shows, and which sample.

    Raises:
        InputError: nothing is written, nothing was asked before, or there is no such turn.
    """
    if not text:
        raise InputError("The follow-up is empty: write what the models should do next.")
    if not any(one for one, _ in shown):
        raise InputError("There is no answer to follow up yet: press Compare first.")
    turns = max(len(user_turns(one.comparison)) for one, _ in shown if one)
    if not NEXT <= turn <= turns:
        raise InputError(f"There is no turn {turn} to edit: the conversation has {turns}.")
    return [_with_history(setup, *one, turn) for setup, one in zip(setups, shown, strict=True)]


def _with_history(setup: ColumnSetup, shown: Shown | None, sample: int, turn: int) -> ColumnSetup:
    if shown is None:
        return setup
    turns = shown.turns(sample)
    return replace(setup, history=turns if turn == NEXT else turns[: 2 * (turn - 1)])


def again(comparison: Comparison, shown: Sequence[Shown | None]) -> Comparison:
    """The comparison with the conversation that is shown: a column is retried where it stands, not from the start."""
    first = next((one for one in shown if one), None)
    if first is None or comparison.mode != "chat" or not first.comparison.follow_up:
        return comparison
    columns = tuple(
        replace(setup, history=one.setup.history) if one else setup
        for setup, one in zip(comparison.columns, shown, strict=True)
    )
    return replace(comparison, follow_up=first.comparison.follow_up, columns=columns)


def connect_conversation(conversation: ConversationWidgets, columns: Sequence[ColumnWidgets], mode: gr.Radio) -> None:
    """Choosing an earlier turn brings its text to be edited; only chats have turns."""

    conversation.turn.change(
        None,
        [conversation.turn, conversation.turns, conversation.aside, conversation.text],
        [conversation.text, conversation.aside],
        js=BRING_TURN,
        **QUIET,
    )
    conversation.sent.change(
        None, [conversation.sent, conversation.text], conversation.text, js=EMPTY_WHAT_WAS_SENT, **QUIET
    )

    def offer(values: Mapping[Any, Any]) -> Update:
        answered = any(values[column.shown] for column in columns)
        return {conversation.row: gr.update(visible=values[mode] == "chat" and answered)}

    mode.change(offer, {mode, *(column.shown for column in columns)}, {conversation.row}, **QUIET)
