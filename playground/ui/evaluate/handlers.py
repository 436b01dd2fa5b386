"""What the Evaluate tab's fields and buttons do."""

import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from playground.errors import InputError
from playground.evaluation.campaign import CampaignSettings
from playground.evaluation.paired import compare_results
from playground.evaluation.saved import saved_report, write_downloads
from playground.ui.compare.columns import model_choices
from playground.ui.compare.handlers import LAST, QUIET, STREAMING, visitor
from playground.ui.evaluate.columns import ColumnName, ReportColumn, read_columns, report_columns
from playground.ui.evaluate.drill import answers_view, tasks_view
from playground.ui.evaluate.picks import Pick, pressed
from playground.ui.evaluate.running import Planned, Runs, plan_campaign, plan_rest, run_planned
from playground.ui.evaluate.saved import card_of, column_choices, column_name, folder_of, saved_reports, unfinished
from playground.ui.faults import Update, shown, shown_while_streaming
from playground.ui.render.drill import render_pair
from playground.ui.render.live import render_live
from playground.ui.render.notice import empty, notice
from playground.ui.render.report import render_progress, render_report
from playground.ui.rights import is_operator, require_training
from playground.ui.services import Services

if TYPE_CHECKING:
    from playground.ui.evaluate.tab import EvaluateTab

NO_REPORT = "Choose a saved report, or press Evaluate."
STOPPING = "The campaign is asked to stop: what is being written now may come to its end first."
"""A batch of answers lasts a while, and a press of the button that shows nothing would be pressed again."""
WAITING = "Somebody else's campaign is running: yours begins when it is over."
Values = dict[Any, Any]

ONE_AT_A_TIME: dict[str, Any] = {**STREAMING, "concurrency_limit": 1, "concurrency_id": "campaign"}
"""A second visitor's campaign waits: both would decode on one device."""

LAST_PICK = """(pick, ...others) => {
  const last = window.lastPick ?? null;
  window.lastPick = null;
  return [last, ...others];
}"""
"""In the page: what was pressed last goes along, also when the press waited for an earlier one's answer, which gradio
sends with the earlier one's event."""

GIVE_WAY = "(begun, saved) => ((saved ?? null) === begun.saved ? null : {__type__: 'update'})"
"""In the page, when a campaign begins: a report that was chosen meanwhile stays."""
SHOW_ENDED = "(ended, saved) => (saved == null ? ended.title : {__type__: 'update'})"
"""In the page, when a campaign ends: its report, unless another one was chosen."""

SHOW_DRILL = "() => requestAnimationFrame(() => window.showDrill && window.showDrill())"


def connect(tab: "EvaluateTab", services: Services) -> None:
    """Connects the tab's fields and buttons."""
    _connect_runs(tab, services)
    _connect_saved(tab, services)
    _connect_look(tab, services)


def first_view(tab: "EvaluateTab", services: Services) -> None:
    """What stands there before anything is pressed: the first shipped report."""
    reports = saved_reports(services.home)
    for title, folder in reports.items():
        if folder_is_readable(folder):
            view = report_view(tab, title, services)
            tab.saved.value = tab.showing.value = title
            tab.report.value = view[tab.report]
            tab.card.value = card_of(folder)
            tab.card_box.visible = bool(card_of(folder))
            return


def folder_is_readable(folder: Path) -> bool:
    """Whether the folder holds a report that this version can read."""
    try:
        saved_report(folder)
        return True
    except InputError:
        return False


def report_view(tab: "EvaluateTab", title: str, services: Services) -> Update:
    """A saved report with its card; what was drilled into before is closed.

    Raises:
        InputError: there is none of this title, or it cannot be read.
    """
    if not title:
        return no_report(tab)
    folder = folder_of(title, saved_reports(services.home))
    card = card_of(folder)
    return {
        tab.report: render_report(saved_report(folder)),
        tab.showing: title,
        tab.card: card,
        tab.card_box: gr.update(visible=bool(card)),
        tab.files: gr.update(visible=False, value=None),
        tab.go_on: gr.update(visible=unfinished(folder, services.home)),
        tab.drill: gr.update(visible=False),
    }


def no_report(tab: "EvaluateTab", title: str = "") -> Update:
    """Nothing stands there; `title` names a report that cannot be read."""
    hidden = {one: gr.update(visible=False) for one in (tab.card_box, tab.go_on, tab.drill)}
    files = gr.update(visible=False, value=None)
    return {tab.report: empty(NO_REPORT), tab.showing: title, tab.card: "", tab.files: files, **hidden}


def _connect_saved(tab: "EvaluateTab", services: Services) -> None:
    def enter() -> Update:
        reports = saved_reports(services.home)
        columns = column_choices(reports)
        return {
            tab.models: gr.update(choices=model_choices(services)),
            tab.saved: gr.update(choices=list(reports)),
            tab.first: gr.update(choices=columns),
            tab.second: gr.update(choices=columns),
        }

    def export(title: str) -> Update:
        folder = folder_of(title, saved_reports(services.home))
        target = Path(tempfile.mkdtemp(prefix="playground-report-"))
        files = [str(path) for path in write_downloads(folder, target)]
        return {tab.files: gr.update(value=files, visible=True)}

    def pair(first: str | None, second: str | None) -> Update:
        if not first or not second:
            return {}
        return {tab.paired: pair_view([column_name(first), column_name(second)], services)}

    tab.tab.select(enter, None, {tab.models, tab.saved, tab.first, tab.second}, **QUIET)
    tab.export.click(shown(tab.banner, export), tab.saved, {tab.banner, tab.files}, **QUIET)
    gr.on(
        [tab.first.input, tab.second.input],
        shown(tab.banner, pair),
        [tab.first, tab.second],
        {tab.banner, tab.paired},
        **LAST,
    )


def pair_view(names: Sequence[ColumnName], services: Services) -> str:
    """Two columns on the same tasks.

    Raises:
        InputError: one is not there, or they have no task in common.
    """
    first, second = read_columns(names, saved_reports(services.home))
    comparisons = compare_results(first.results, second.results, (first.title, second.title))
    if not any(one.tasks for one in comparisons):
        raise InputError(f"{first.title} and {second.title} have no scored task in common: choose two others.")
    return render_pair(comparisons, first, second)


def _connect_look(tab: "EvaluateTab", services: Services) -> None:
    """One listener for the report chosen and for what is pressed: of several acts the last is what stands."""

    def look(pick: object, title: str | None, showing: str, *named: Any) -> Update:
        if (title or "") != showing:
            return newly_chosen(tab, title or "", services)
        found = pressed(pick)
        if found is None:
            return {}
        columns = columns_at(found[0], saved_reports(services.home), showing, *named)
        return drilled(tab, found[1], columns, services)

    looked = gr.on(
        [tab.saved.change, *(one.click for one in (tab.report, tab.paired, tab.tasks, tab.answers))],
        shown(tab.banner, look),
        [tab.pick, tab.saved, tab.showing, tab.first, tab.second, tab.context],
        {tab.banner, *tab.shown, tab.tasks, tab.answers, tab.context},
        js=LAST_PICK,
        **LAST,
    )
    looked.then(None, None, None, js=SHOW_DRILL, show_progress="hidden")


def newly_chosen(tab: "EvaluateTab", title: str, services: Services) -> Update:
    """The report of this title; one that cannot be read leaves its place empty, and the banner says why."""
    try:
        return report_view(tab, title, services)
    except InputError as error:
        return {**no_report(tab, title), tab.banner: notice(str(error))}


def columns_at(
    place: str, reports: Mapping[str, Path], showing: str, first: object, second: object, context: Sequence[ColumnName]
) -> list[ReportColumn]:
    """The columns of what was pressed in this place.

    Raises:
        InputError: a report is not there any more.
    """
    if place == "report":
        return report_columns(showing, folder_of(showing, reports))
    names = [column_name(first), column_name(second)] if place == "pair" else context
    return read_columns(names, reports)


def drilled(tab: "EvaluateTab", pick: Pick, columns: Sequence[ReportColumn], services: Services) -> Update:
    """The tasks of a bar or group; for a task its answers, below the list it was chosen from."""
    update: Update = {tab.drill: gr.update(visible=True), tab.context: tuple(column.name for column in columns)}
    if pick.kind == "task":
        return update | {tab.answers: answers_view(pick, columns, services)}
    tasks = {task.id: task for task in services.tasks}
    return update | {tab.tasks: tasks_view(pick, columns, tasks), tab.answers: ""}


def settings_of(tab: "EvaluateTab", values: Values) -> CampaignSettings:
    """What the fields ask for. Raises InputError that names the wrong one."""
    return CampaignSettings(
        models=tuple(values[tab.models] or ()),
        archs=tuple(values[tab.archs] or ()),
        style=str(values[tab.style]),
        samples=int(values[tab.samples] or 1),
        temperature=float(values[tab.temperature] or 0),
        max_tokens=int(values[tab.max_tokens] or 1),
        seed=int(values[tab.seed] or 0),
    )


def _connect_runs(tab: "EvaluateTab", services: Services) -> None:
    runs = Runs()

    def run(values: Values, request: gr.Request) -> Iterator[Update]:
        require_training(services.environment, "Evaluation")
        settings = settings_of(tab, values)
        planned = plan_campaign(settings, str(values[tab.split]), int(values[tab.limit] or 0), services)
        yield from follow(tab, planned, services, runs, visitor(request), values[tab.saved])

    def go_on(values: Values, request: gr.Request) -> Iterator[Update]:
        require_training(services.environment, "Evaluation")
        planned = plan_rest(folder_of(values[tab.saved], saved_reports(services.home)), services)
        yield from follow(tab, planned, services, runs, visitor(request), values[tab.saved])

    def stop(request: gr.Request) -> Update:
        runs.stop(visitor(request), operator=is_operator(services.environment, request))
        return {tab.banner: notice(STOPPING, "info")}

    def wait(request: gr.Request) -> Update:
        require_training(services.environment, "Evaluation")
        return {tab.progress: notice(WAITING, "info")} if runs.has_another(visitor(request)) else {}

    outputs = {tab.banner, tab.progress, tab.saved, tab.first, tab.second, tab.begun, tab.ended}
    gr.on([tab.run.click, tab.go_on.click], _asked(shown(tab.banner, wait)), None, {tab.banner, tab.progress}, **QUIET)
    tab.run.click(_with_request(shown_while_streaming(tab.banner, run)), tab.inputs, outputs, **ONE_AT_A_TIME)
    tab.go_on.click(_with_request(shown_while_streaming(tab.banner, go_on)), {tab.saved}, outputs, **ONE_AT_A_TIME)
    tab.stop.click(_asked(shown(tab.banner, stop)), None, {tab.banner}, **QUIET)
    tab.begun.change(None, [tab.begun, tab.saved], tab.saved, js=GIVE_WAY, **QUIET)
    tab.ended.change(None, [tab.ended, tab.saved], tab.saved, js=SHOW_ENDED, **QUIET)


def _with_request(handler: Any) -> Any:
    """Gradio finds the request by its annotation, which wrapping would hide."""

    def run(values: Values, request: gr.Request) -> Iterator[Update]:
        yield from handler(values, request)

    return run


def _asked(handler: Any) -> Any:
    """The same for a handler without fields."""

    def run(request: gr.Request) -> Update:
        update: Update = handler(request)
        return update

    return run


def follow(
    tab: "EvaluateTab", planned: Planned, services: Services, runs: Runs, who: str, chosen: str | None
) -> Iterator[Update]:
    """Live figures while it runs, beside whichever report a person looks at meanwhile; its own report at the end, and
    of what is done when it is stopped. `chosen` is the report that stood there when it was started."""
    stopped, campaign = runs.begin(who), uuid.uuid4().hex
    yield {tab.begun: {"id": campaign, "saved": chosen}, tab.progress: notice("The campaign begins.", "info")}
    try:
        for progress in run_planned(planned, services, stopped):
            yield {tab.progress: render_progress(progress) + render_live(progress.results)}
    except Exception:
        yield {tab.progress: "", tab.ended: {"id": campaign, "title": chosen}}
        raise
    finally:
        runs.end(who)
    title = planned.folder.name
    reports = saved_reports(services.home)
    columns = column_choices(reports)
    yield {
        tab.banner: "",
        tab.progress: notice(f"The campaign is over. Its report: “{title}”.", "good"),
        tab.saved: gr.update(choices=list(reports)),
        tab.first: gr.update(choices=columns),
        tab.second: gr.update(choices=columns),
        tab.ended: {"id": campaign, "title": title},
    }
