"""What the Compare tab's buttons do."""

from collections.abc import Generator, Iterator
from threading import Lock
from typing import TYPE_CHECKING, Any

import gradio as gr

from playground.errors import InputError
from playground.evaluation.store.comparisons import new_id, owner_of
from playground.evaluation.store.pushing import repository
from playground.ui.cancellation import Writing
from playground.ui.compare.columns import ColumnWidgets, Shown
from playground.ui.compare.conversation import again
from playground.ui.compare.streaming import (
    Answers,
    clear_column,
    show_column,
    shown_again,
    stream_columns,
    written_columns,
)
from playground.ui.compare.voting import cast, hide_names, open_again, shuffled, vote_choices
from playground.ui.comparison.archive import Archived, keep, restore
from playground.ui.comparison.setup import Comparison
from playground.ui.faults import Update, shown, shown_while_streaming
from playground.ui.render.text import escape
from playground.ui.services import Services
from playground.ui.visitors import Visitor, who_is

if TYPE_CHECKING:
    from playground.ui.compare.tab import CompareTab

AT_ONCE = 8
"""Visitors whose columns may be written at the same time; further ones wait in the queue."""

QUIET: dict[str, Any] = {"show_progress": "hidden", "queue": False, "api_visibility": "private"}
STREAMING: dict[str, Any] = {
    "show_progress": "hidden",
    "concurrency_limit": AT_ONCE,
    "concurrency_id": "generation",
    "api_visibility": "private",
}
NEWEST: dict[str, Any] = {**STREAMING, "trigger_mode": "multiple"}
"""A press counts also while an earlier request just ends, when by default gradio would drop it; pressed twice, the
newer request takes the older one's place."""
LAST: dict[str, Any] = {**QUIET, "trigger_mode": "always_last"}
"""A choice made while an earlier one is being answered is answered next: by default gradio would drop it."""

KEEPING = Lock()
"""Two columns may be tried again at once: each is put into what is kept without taking the other out."""

CAN_BE_PRESSED = "() => ({__type__: 'update', interactive: true})"
"""In the page, after a fault of ours: Compare rests while columns are written."""

Values = dict[Any, Any]


def connect(tab: "CompareTab", services: Services) -> None:
    """Connects the tab's buttons and fields."""

    def start(values: Values, request: gr.Request) -> Iterator[Update]:
        comparison = tab.read(values, services)
        blind = bool(values[tab.blind]) and len(comparison.columns) > 1
        yield from whole_run(
            tab,
            shuffled(comparison) if blind else comparison,
            services,
            who_is(request, values[tab.visitor]),
            blind=blind,
        )

    def follow(values: Values, request: gr.Request) -> Iterator[Update]:
        text, who = str(values[tab.conversation.text] or ""), who_is(request, values[tab.visitor])
        earlier = services.cancellations.whole(who.session)
        if earlier and text.strip() in ("", earlier.follow_up):
            return  # pressed twice
        if earlier:
            raise InputError("The answers to go on from are still being written: wait for them, or press Stop.")
        comparison = tab.read(values, services, follow_up=True)
        blind = bool(values[tab.voting.blind])
        yield from whole_run(tab, comparison, services, who, blind=blind, taken=tab.conversation.taken(text))

    def halt(request: gr.Request) -> None:
        services.cancellations.ask(visitor(request))

    def vote(values: Values) -> Update:
        identifier, owner = str(values[tab.identifier] or ""), owner_of(str(values[tab.visitor] or ""))
        return {tab.copy: new_id(), **cast(tab.voting, tab.columns, values, services, identifier, owner)}

    outputs = tab.outputs
    runs = [tab.run.click(_with_request(shown_while_streaming(tab.banner, start)), tab.inputs, outputs, **NEWEST)]
    follow_up = _with_request(shown_while_streaming(tab.conversation.fault, follow))
    sent = [tab.conversation.send.click, tab.conversation.text.submit]
    runs.append(gr.on(sent, follow_up, tab.inputs, outputs, **NEWEST))
    for one in runs:
        one.failure(None, None, tab.run, js=CAN_BE_PRESSED, **QUIET)
    tab.stop.click(halt, **QUIET)
    voting = {
        tab.visitor,
        tab.identifier,
        tab.voting.choice,
        tab.voting.note,
        tab.voting.blind,
        *(widget for column in tab.columns for widget in (column.shown, column.sample)),
    }
    revealed = {widget for column in tab.columns for widget in column.parameters.components}
    tab.voting.send.click(shown(tab.voting.thanks, vote), voting, {*tab.outputs, *revealed}, **QUIET)
    for column in tab.columns:
        _connect_column(tab, column, services)
    _connect_layout(tab)


def whole_run(
    tab: "CompareTab",
    comparison: Comparison,
    services: Services,
    who: Visitor,
    *,
    blind: bool = False,
    taken: Update | None = None,
) -> Iterator[Update]:
    """All columns from the beginning to the last verdict; then it is kept, and can be voted on. `taken` goes with the
    first update."""
    identifier = new_id()
    unused = tab.columns[len(comparison.columns) :]
    cleared = {key: value for column in unused for key, value in clear_column(column).items()}
    used = tab.columns[: len(comparison.columns)]
    try:
        with services.cancellations.writing(
            who.session, written_columns(comparison), follow_up=comparison.follow_up
        ) as writing:
            before = {**cleared, **hide_names(used, hidden=blind), **_before_voting(tab), **(taken or {})}
            yield before | {tab.voting.blind: blind, tab.link: "", tab.run: gr.update(interactive=False)}
            answers = yield from stream_columns(identifier, comparison, tab.columns, services, writing)
            if not writing.superseded or any(answer.text for samples in answers.values() for answer in samples):
                _keep(services, identifier, comparison, answers, who)
            if writing.superseded:
                yield from _instead(writing, tab.outputs)
            else:
                yield {
                    **shown_again(identifier, comparison, tab.columns, answers),
                    **after_run(tab, identifier, comparison, services),
                    **({column.retry: gr.update(visible=False) for column in used} if blind else {}),
                }
    except InputError:
        yield {tab.run: gr.update(interactive=True)}
        raise


def _instead(writing: Writing, outputs: set[Any]) -> Iterator[Update]:
    """What the page shows instead of what was written, behind the updates that a busy page has yet to draw."""
    update = {widget: value for widget, value in writing.instead.items() if widget in outputs}
    if update:
        yield update


def _keep(services: Services, identifier: str, comparison: Comparison, answers: Answers, who: Visitor) -> None:
    rows = tuple(answers.get(number, ()) for number in range(len(comparison.columns)))
    keep(services.comparisons, identifier, Archived(comparison, rows), who.owner)


def _own_id(services: Services, identifier: str, copy: str, who: Visitor) -> str:
    """The id under which a changed comparison is kept: its own, or the copy's when it is another person's, or when
    somebody voted on it: what was voted on stays as it is."""
    try:
        mine = services.comparisons.get(identifier).owner == who.owner
    except InputError:
        mine = False
    return identifier if mine and not services.votes.has(identifier) else copy or new_id()


def _before_voting(tab: "CompareTab") -> Update:
    hidden = {tab.voting.box: gr.update(visible=False), tab.voting.thanks: "", tab.voting.note: ""}
    hidden |= {tab.banner: "", tab.conversation.fault: ""}
    return hidden | tab.difference.hidden() | tab.stepper.hidden()


def after_run(tab: "CompareTab", identifier: str, comparison: Comparison, services: Services) -> Update:
    """The vote, the link, the turns and the differences, once everything is judged."""
    columns = len(comparison.columns)
    return {
        **tab.conversation.ready(comparison),
        **tab.difference.ready(columns),
        tab.identifier: identifier,
        tab.copy: new_id(),
        tab.link: render_link(identifier, services),
        tab.run: gr.update(interactive=True),
        tab.voting.box: gr.update(visible=columns > 1),
        tab.voting.choice: gr.update(choices=vote_choices(columns), value=None),
        tab.voting.send: gr.update(interactive=True),
    }


def render_link(identifier: str, services: Services) -> str:
    """A link that restores this comparison on this server; and where else it goes."""
    dataset = repository(services.environment)
    pushed = f", and pushed to the dataset {escape(dataset)}" if dataset else ""
    link = f'<a href="?comparison={escape(identifier)}">link to this comparison</a>'
    return f'<p class="ap-figures">Kept{pushed}: {link}</p>'


def visitor(request: gr.Request) -> str:
    """Whose page it is: gradio's session."""
    return str(request.session_hash)


def _with_request(handler: Any) -> Any:
    """Gradio finds the request by its annotation, which wrapping would hide."""

    def run(values: Values, request: gr.Request) -> Iterator[Update]:
        yield from handler(values, request)

    return run


def retry_column(
    tab: "CompareTab", column: ColumnWidgets, values: Values, services: Services, who: Visitor
) -> Generator[Update, None, None]:
    """One column with its fields as they are now; the others stay, and what is kept of the whole follows."""
    if services.cancellations.whole(who.session):
        return  # pressed just before the button went: the whole is being written anew
    asked_now = tab.read(values, services)
    comparison = again(asked_now, [values[one.shown] for one in tab.columns[: len(asked_now.columns)]])
    before, copy = str(values[tab.identifier] or ""), str(values[tab.copy] or "")
    identifier = _own_id(services, before, copy, who)
    ids = written_columns(comparison, column.number)
    with services.cancellations.writing(who.session, ids, whole=False) as writing:
        yield tab.stepper.hidden()
        answers = yield from stream_columns(identifier, comparison, tab.columns, services, writing, only=column.number)
        if writing.superseded:  # what is kept stays as it was
            yield from _instead(writing, retried_outputs(tab, column))
            return
        with KEEPING:
            identifier = _own_id(services, identifier, copy, who)  # somebody may have voted meanwhile
            others = {one.number: values[one.shown].answers for one in tab.columns if values[one.shown] is not None}
            _keep(services, identifier, comparison, others | _kept(services, identifier) | answers, who)
        link = {tab.identifier: identifier, tab.link: render_link(identifier, services)}
        last = shown_again(identifier, comparison, tab.columns, answers)
        voting = open_again(tab.voting) if identifier != before else {}
        yield last | link | voting | tab.difference.ready(len(comparison.columns))


def _kept(services: Services, identifier: str) -> Answers:
    """The answers kept under this id, those of a column that was tried again meanwhile among them."""
    try:
        kept = restore(services.comparisons.get(identifier)).answers
    except InputError:
        return {}
    return {number: samples for number, samples in enumerate(kept) if samples}


def _connect_column(tab: "CompareTab", column: ColumnWidgets, services: Services) -> None:
    def retry(values: Values, request: gr.Request) -> Iterator[Update]:
        yield from retry_column(tab, column, values, services, who_is(request, values[tab.visitor]))

    def halt(request: gr.Request) -> None:
        services.cancellations.ask(visitor(request), column.number)

    def look_at(shown_now: Shown | None, sample: int, blind: bool) -> Update:
        if shown_now is None:
            return {column.shown: None}
        update = show_column(column, shown_now, int(sample))
        return update | ({column.retry: gr.update(visible=False)} if blind else {})

    retried = retried_outputs(tab, column)
    column.retry.click(_with_request(shown_while_streaming(tab.banner, retry)), tab.inputs, retried, **NEWEST)
    column.stop.click(halt, **QUIET)
    looked = [column.shown, column.sample, tab.voting.blind]
    column.sample.input(look_at, looked, sample_outputs(tab, column), **LAST)


def sample_outputs(tab: "CompareTab", column: ColumnWidgets) -> set[Any]:
    """What showing a column's sample writes."""
    return {tab.banner, column.output, column.stop, column.retry, column.trace, column.sample, column.shown}


def retried_outputs(tab: "CompareTab", column: ColumnWidgets) -> set[Any]:
    """What trying a column again writes."""
    voting = {tab.voting.choice, tab.voting.send, tab.voting.thanks}
    below = {*tab.difference.outputs, tab.identifier, tab.link, tab.stepper.box, *voting}
    return {*sample_outputs(tab, column), *below}


def _connect_layout(tab: "CompareTab") -> None:
    def show_columns(many: int, keep_in_step: bool) -> Update:
        update: Update = {column.box: gr.update(visible=column.number < many) for column in tab.columns}
        for column in tab.columns:
            letter = chr(ord("A") + column.number)
            label = "Parameters, all columns" if keep_in_step else f"Parameters, column {letter}"
            update[column.own] = gr.update(visible=column.number == 0 or not keep_in_step, label=label)
        return update

    outputs = {widget for column in tab.columns for widget in (column.box, column.own)}
    gr.on([tab.many.change, tab.keep_in_step.change], show_columns, [tab.many, tab.keep_in_step], outputs, **QUIET)
