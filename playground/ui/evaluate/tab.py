"""The Evaluate tab: run a campaign and watch it, read saved reports, drill down, put two of them side by side."""

import json
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.isa import ARCHITECTURES
from playground.ui.compare.columns import model_choices
from playground.ui.evaluate.running import SPLITS
from playground.ui.evaluate.saved import column_choices, saved_reports
from playground.ui.render.notice import empty
from playground.ui.services import Services

PICKING = """
element.addEventListener('click', (event) => {
  const picked = event.target.closest('[data-pick]');
  if (!picked || !element.contains(picked)) return;
  window.lastPick = JSON.stringify([PLACE, picked.dataset.pick]);
  trigger('click');
});
"""
"""A report's buttons are HTML: one listener tells that one was pressed, and the page keeps which was the last."""


def picking(place: str) -> str:
    """The script of the component in this place, one of `picks.PLACES`."""
    return PICKING.replace("PLACE", json.dumps(place))


@dataclass(frozen=True, kw_only=True)
class EvaluateTab:
    """The widgets of the tab."""

    tab: gr.Tab
    models: gr.Dropdown
    archs: gr.CheckboxGroup
    split: gr.Radio
    style: gr.Radio
    limit: gr.Number
    samples: gr.Number
    temperature: gr.Number
    max_tokens: gr.Number
    seed: gr.Number
    run: gr.Button
    stop: gr.Button
    banner: gr.HTML
    progress: gr.HTML
    saved: gr.Dropdown
    showing: gr.State
    """The title of the saved report that stands there; empty for none."""
    pick: gr.Textbox
    """The page's own: where something was pressed last, and what, not yet answered."""
    begun: gr.JSON
    """The campaign that began last: the report that was chosen then gives way to the campaign's."""
    ended: gr.JSON
    """The campaign that ended last, and the report to show then."""
    go_on: gr.Button
    export: gr.Button
    report: gr.HTML
    card_box: gr.Accordion
    card: gr.Markdown
    files: gr.Files
    first: gr.Dropdown
    second: gr.Dropdown
    paired: gr.HTML
    drill: gr.Column
    tasks: gr.HTML
    answers: gr.HTML
    context: gr.State
    """The columns (`ColumnName`) that the drill-down shows."""

    @property
    def inputs(self) -> set[Any]:
        """What a campaign is read from, and the report that it takes the place of."""
        asked = {self.models, self.archs, self.split, self.style, self.limit}
        return {*asked, self.samples, self.temperature, self.max_tokens, self.seed, self.saved}

    @property
    def shown(self) -> set[Any]:
        """What showing a report writes."""
        return {self.report, self.showing, self.card_box, self.card, self.files, self.go_on, self.drill}


def evaluate_tab(tab: gr.Tab, services: Services) -> EvaluateTab:
    """Declares the tab and connects it."""
    from playground.ui.evaluate.handlers import connect, first_view

    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=300, elem_classes="ap-setup ap-card"):
            fields = _fields(services)
            with gr.Row(elem_classes="ap-buttons"):
                run = gr.Button(
                    "Evaluate", variant="primary", min_width=100, elem_classes="ap-key-run", elem_id="evaluate-run"
                )
                stop = gr.Button("Stop", min_width=100, elem_classes="ap-key-stop", elem_id="evaluate-stop")
        with gr.Column(scale=6, min_width=340):
            banner = gr.HTML("", elem_id="evaluate-banner", elem_classes="ap-when-filled")
            progress = gr.HTML("", elem_id="evaluate-progress", elem_classes="ap-when-filled")
            report = _report(services)
            pair = _pair(services)
            with gr.Column(visible=False, elem_classes="ap-card", elem_id="evaluate-drill") as drill:
                tasks = gr.HTML("", elem_id="evaluate-tasks", js_on_load=picking("drill"))
                answers = gr.HTML("", elem_id="evaluate-answers", js_on_load=picking("drill"))
    evaluate = EvaluateTab(
        tab=tab,
        run=run,
        stop=stop,
        banner=banner,
        progress=progress,
        drill=drill,
        tasks=tasks,
        answers=answers,
        context=gr.State(()),
        showing=gr.State(""),
        pick=gr.Textbox("", visible="hidden"),
        begun=gr.JSON({}, visible="hidden"),
        ended=gr.JSON({}, visible="hidden"),
        **fields,
        **report,
        **pair,
    )
    connect(evaluate, services)
    first_view(evaluate, services)
    return evaluate


def _fields(services: Services) -> dict[str, Any]:
    """The left side: what is asked of whom."""
    architectures = [(one.title, name) for name, one in ARCHITECTURES.items()]
    asked = {
        "models": gr.Dropdown(
            model_choices(services), value=["base"], multiselect=True, label="Models", elem_id="evaluate-models"
        ),
        "archs": gr.CheckboxGroup(architectures, value=["aarch64"], label="Architectures"),
        "split": gr.Radio(list(SPLITS), value="practice", label="Part of the bank", elem_classes="ap-segment"),
        "style": gr.Radio(
            [("the request", "describe"), ("the C source", "translate")],
            value="describe",
            label="The model is shown",
            elem_classes="ap-segment",
        ),
        "limit": gr.Number(10, label="At most so many tasks", info="0: all", precision=0, minimum=0),
    }
    with gr.Accordion("Sampling", open=False, elem_classes="ap-parameters"):
        sampling = {
            "samples": gr.Number(1, label="Samples per task", precision=0, minimum=1, maximum=200),
            "temperature": gr.Number(0, label="Temperature", info="0 is greedy", minimum=0, maximum=2),
            "max_tokens": gr.Number(512, label="Longest answer, tokens", precision=0, minimum=1, maximum=4096),
            "seed": gr.Number(0, label="Seed", info="The same seed gives the same report", precision=0, minimum=0),
        }
    return asked | sampling


def _report(services: Services) -> dict[str, Any]:
    """The saved report that is looked at."""
    with gr.Column(elem_classes="ap-card"):
        saved = gr.Dropdown(
            list(saved_reports(services.home)), value=None, label="Saved report", elem_id="evaluate-saved"
        )
        with gr.Row(elem_classes="ap-small"):
            go_on = gr.Button("Go on", size="sm", visible=False, elem_id="evaluate-go-on")
            export = gr.Button("Prepare downloads", size="sm", elem_id="evaluate-export")
        files = gr.Files(
            label="Report as JSON and Markdown; results and answers as JSON lines",
            visible=False,
            interactive=False,
            elem_id="evaluate-files",
        )
        report = gr.HTML(
            empty("Choose a saved report, or press Evaluate."), elem_id="evaluate-report", js_on_load=picking("report")
        )
        with gr.Accordion("Model card", open=False, visible=False, elem_id="evaluate-card") as card_box:
            card = gr.Markdown("")
    return {
        "saved": saved, "go_on": go_on, "export": export, "files": files, "report": report, "card_box": card_box,
        "card": card,
    }  # fmt: skip


def _pair(services: Services) -> dict[str, Any]:
    """Two models out of saved reports, on the same tasks."""
    choices = column_choices(saved_reports(services.home))
    with gr.Accordion("Compare two saved results", open=False, elem_classes="ap-card", elem_id="evaluate-pair"):
        with gr.Row():
            first = gr.Dropdown(choices, value=None, label="First", elem_id="evaluate-first")
            second = gr.Dropdown(choices, value=None, label="Second", elem_id="evaluate-second")
        paired = gr.HTML("", elem_id="evaluate-paired", js_on_load=picking("pair"))
    return {"first": first, "second": second, "paired": paired}
