"""The History tab: find a comparison, open it in Compare, download what is there."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.evaluation.store import Filters, StoredComparison, pair_results
from playground.evaluation.store.comparisons import OUTCOMES, ColumnSummary
from playground.tasks.verdict import LADDER
from playground.ui.compare.handlers import LAST, QUIET, visitor
from playground.ui.compare.restoring import restored, restored_outputs
from playground.ui.compare.tab import CompareTab
from playground.ui.comparison.archive import restore
from playground.ui.faults import Update, shown
from playground.ui.history.exports import write_exports
from playground.ui.lookup import LEFT_ALONE
from playground.ui.render.results import render_results
from playground.ui.render.text import visible
from playground.ui.services import Services
from playground.ui.visitors import GIVE_ID, shown_owner

HEADINGS = ("When", "Columns", "Task", "Arch", "Prompt", "Id")
"""What came of it stands where a phone shows it without scrolling."""
SHOWN_PROMPT = 80
ANY = ("any", "")
CHOSEN_ROW = f"""async () => {{
  await new Promise((done) => setTimeout(done));
  const cell = document.querySelector("#history-table [role=gridcell][aria-selected=true]");
  const id = cell?.closest("[role=row]").querySelector("[role=gridcell][data-col='{HEADINGS.index("Id")}']");
  return id ? id.textContent.trim() : {json.dumps(LEFT_ALONE)};
}}"""
"""In the page: the id of the row chosen last, once the page has marked it. What an event tells of its row would not do.
Gradio sends what waited with the earlier event's row; and of two requests sent at once either may arrive first, so that
the rows would not be opened in the order in which they were chosen."""
Values = Mapping[Any, Any]


@dataclass(frozen=True, kw_only=True)
class HistoryTab:
    """The widgets of the tab."""

    tab: gr.Tab
    text: gr.Textbox
    task: gr.Dropdown
    model: gr.Dropdown
    stage: gr.Dropdown
    outcome: gr.Dropdown
    table: gr.Dataframe
    chosen: gr.Textbox
    """The id of the row chosen last."""
    nothing: gr.HTML
    """Why the table is empty."""
    results: gr.HTML
    export: gr.Button
    files: gr.Files
    banner: gr.HTML

    @property
    def filters(self) -> list[Any]:
        return [self.text, self.task, self.model, self.stage, self.outcome]

    def filters_of(self, values: Values, owner: str | None) -> Filters:
        """What the fields ask for, among what this owner made (None: everybody)."""
        text, task, model, stage, outcome = (str(values[one] or "") for one in self.filters)
        return Filters(text=text, task=task, model=model, stage=stage, outcome=outcome, owner=owner)


def history_tab(tab: gr.Tab, services: Services) -> HistoryTab:
    """Declares the tab; `connect_history` connects it once the others stand."""
    banner = gr.HTML("", elem_classes="ap-when-filled")
    with gr.Column(elem_classes="ap-card"):
        with gr.Row():
            text = gr.Textbox("", label="Search in prompts", max_lines=1, min_width=160)
            task = gr.Dropdown([ANY], value="", label="Task", min_width=140)
            model = gr.Dropdown([ANY], value="", label="Model", min_width=140)
            stage = gr.Dropdown([ANY, "none", *LADDER], value="", label="Some column got to", min_width=140)
            outcome = gr.Dropdown([ANY, *OUTCOMES], value="", label="Outcome", min_width=180)
        table = gr.Dataframe(
            headers=list(HEADINGS),
            datatype="str",
            type="array",
            interactive=False,
            wrap=True,
            label="Comparisons: choose one to open it in Compare",
            elem_id="history-table",
            max_height=420,
            column_widths=["110px", "320px", "150px", "90px", "360px", "160px"],
            buttons=[],
        )
        nothing = gr.HTML("", elem_id="history-nothing", elem_classes="ap-when-filled")
    with gr.Column(elem_classes="ap-card"):
        gr.HTML("<h3 class='ap-title'>Votes: does preference follow correctness?</h3>")
        results = gr.HTML("", elem_id="history-results")
        export = gr.Button("Prepare downloads", size="sm", elem_id="history-export")
        files = gr.Files(
            label="JSON lines, CSV, Markdown, preference pairs",
            visible=False,
            interactive=False,
            elem_id="history-files",
        )
    return HistoryTab(
        tab=tab,
        text=text,
        task=task,
        model=model,
        stage=stage,
        outcome=outcome,
        table=table,
        chosen=gr.Textbox("", visible="hidden"),
        nothing=nothing,
        results=results,
        export=export,
        files=files,
        banner=banner,
    )


def row(stored: StoredComparison) -> list[str]:
    """A comparison in the table."""
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(stored.created))
    prompt = visible(stored.prompt).replace("\n", " ")
    columns = " · ".join(map(_column, stored.columns))
    return [when, columns, stored.task, stored.arch, prompt[:SHOWN_PROMPT], stored.id]


def _column(column: ColumnSummary) -> str:
    mark = "✓" if column.passed else "?" if column.unscored else "✗"
    return f"{mark} {column.model} ({column.stage or 'not judged'})"


def why_nothing(filters: Filters) -> str:
    """What an empty table means, as HTML."""
    filtered = any((filters.text, filters.task, filters.model, filters.stage, filters.outcome))
    said = "No comparison fits: clear the search or choose any." if filtered else "Nothing is kept yet: compare first."
    return f'<p class="ap-empty">{said}</p>'


def connect_history(
    page: gr.Blocks, tabs: gr.Tabs, history: HistoryTab, compare: CompareTab, services: Services
) -> None:
    """Connects the tab, and the links that open a kept comparison."""

    def filters(values: Values, request: gr.Request) -> Filters:
        owner = shown_owner(services.environment, request, values[compare.visitor])
        return history.filters_of(values, owner)

    def look(values: Values, request: gr.Request) -> Update:
        wanted = filters(values, request)
        found = [row(one) for one in services.comparisons.search(wanted)]
        return {history.table: found, history.nothing: "" if found else why_nothing(wanted)}

    def enter(values: Values, request: gr.Request) -> Update:
        everything = services.comparisons.search(Filters(owner=filters(values, request).owner))
        tasks = sorted({one.task for one in everything})
        models = sorted({column.model for one in everything for column in one.columns})
        return {
            history.task: gr.update(choices=[ANY, *tasks]),
            history.model: gr.update(choices=[ANY, *models]),
            history.results: render_results(pair_results(services.votes.list())),
        }

    def open_row(identifier: str, request: gr.Request) -> Update:
        return {tabs: gr.Tabs(selected="compare"), **open_kept(identifier, request)}

    def open_kept(identifier: object, request: gr.Request) -> Update:
        stored = services.comparisons.get(str(identifier))
        update = restored(compare, stored.id, restore(stored), services)
        services.cancellations.supersede(visitor(request), update)
        return update

    def open_link(request: gr.Request) -> Update:
        identifier = request.query_params.get("comparison", "")
        return shown(compare.banner, open_kept)(identifier, request) if identifier else {tabs: gr.skip()}

    def export(values: Values, request: gr.Request) -> Update:
        wanted = filters(values, request)
        files = write_exports(services, services.comparisons.search(wanted), wanted.owner)
        return {history.files: gr.update(value=files, visible=True)}

    inputs = {*history.filters, compare.visitor}
    page.load(None, compare.visitor, compare.visitor, js=GIVE_ID, **QUIET)
    gr.on(
        [history.tab.select, *(one.change for one in history.filters)],
        look,
        inputs,
        {history.table, history.nothing},
        **LAST,
    )
    history.tab.select(enter, inputs, {history.task, history.model, history.results}, **QUIET)
    opened = {tabs, *restored_outputs(compare)}
    history.table.select(None, None, history.chosen, js=CHOSEN_ROW, **QUIET)
    history.table.select(_with_values(shown(compare.banner, open_row)), history.chosen, opened, **LAST)
    page.load(open_link, None, opened, **QUIET)
    exported = {history.banner, history.files}
    history.export.click(_with_values(shown(history.banner, export)), inputs, exported, **QUIET)


def _with_values(handler: Any) -> Any:
    """Gradio finds the request by its annotation, which wrapping would hide."""

    def run(values: Any, request: gr.Request) -> Update:
        return handler(values, request)

    return run
