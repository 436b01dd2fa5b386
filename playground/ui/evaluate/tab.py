"""The Evaluate tab: run a campaign and watch it, or read a saved report."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from queue import Queue
from threading import Event, Thread
from typing import Any, cast

import gradio as gr

from playground.errors import InputError
from playground.evaluation.campaign import BatchGenerator, Campaign, CampaignOutcome, CampaignSettings, Progress
from playground.evaluation.engine import LocalEngine
from playground.isa import ARCHITECTURES
from playground.tasks.task import Task
from playground.ui.compare.columns import model_choices
from playground.ui.compare.handlers import QUIET, STREAMING
from playground.ui.evaluate.saved import read_saved, reports_folder, saved_reports
from playground.ui.faults import Update, shown, shown_while_streaming
from playground.ui.render.notice import empty
from playground.ui.render.report import render_progress, render_report
from playground.ui.rights import require_training
from playground.ui.services import Services

SPLITS = ("practice", "final")
Outcome = Progress | CampaignOutcome | Exception


@dataclass(frozen=True, kw_only=True)
class EvaluateTab:
    """The widgets of the tab."""

    tab: gr.Tab
    models: gr.Dropdown
    archs: gr.CheckboxGroup
    split: gr.Radio
    limit: gr.Number
    samples: gr.Number
    temperature: gr.Number
    run: gr.Button
    stop: gr.Button
    banner: gr.HTML
    progress: gr.HTML
    saved: gr.Dropdown
    report: gr.HTML

    @property
    def inputs(self) -> set[Any]:
        return {self.models, self.archs, self.split, self.limit, self.samples, self.temperature}


def evaluate_tab(tab: gr.Tab, services: Services) -> EvaluateTab:
    """Declares the tab and connects it."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=300, elem_classes="ap-setup ap-card"):
            models = gr.Dropdown(model_choices(services), value=["base"], multiselect=True, label="Models")
            archs = gr.CheckboxGroup(
                [(one.title, name) for name, one in ARCHITECTURES.items()], value=["aarch64"], label="Architectures"
            )
            split = gr.Radio(list(SPLITS), value="practice", label="Part of the bank", elem_classes="ap-segment")
            limit = gr.Number(10, label="At most so many tasks", info="0: all", precision=0, minimum=0)
            samples = gr.Number(1, label="Samples per task", precision=0, minimum=1, maximum=200)
            temperature = gr.Number(0, label="Temperature", info="0 is greedy", minimum=0, maximum=2)
            with gr.Row(elem_classes="ap-buttons"):
                run = gr.Button(
                    "Evaluate", variant="primary", min_width=100, elem_classes="ap-key-run", elem_id="evaluate-run"
                )
                stop = gr.Button("Stop", min_width=100, elem_classes="ap-key-stop")
        with gr.Column(scale=6, min_width=340):
            banner = gr.HTML("", elem_id="evaluate-banner", elem_classes="ap-when-filled")
            progress = gr.HTML("", elem_classes="ap-when-filled")
            with gr.Column(elem_classes="ap-card"):
                saved = gr.Dropdown([], label="Saved report", interactive=True)
                report = gr.HTML(empty("Choose a saved report, or press Evaluate."), elem_id="evaluate-report")
    evaluate = EvaluateTab(
        tab=tab,
        models=models,
        archs=archs,
        split=split,
        limit=limit,
        samples=samples,
        temperature=temperature,
        run=run,
        stop=stop,
        banner=banner,
        progress=progress,
        saved=saved,
        report=report,
    )
    _connect(evaluate, services)
    return evaluate


def _connect(tab: EvaluateTab, services: Services) -> None:
    stopped = Event()

    def run(values: dict[Any, Any]) -> Iterator[Update]:
        require_training(services.environment, "Evaluation")
        stopped.clear()
        yield from run_campaign(tab, values, services, stopped)

    def enter() -> Update:
        return {
            tab.models: gr.update(choices=model_choices(services)),
            tab.saved: gr.update(choices=list(saved_reports(services.home))),
        }

    def read(title: str) -> Update:
        found = read_saved(title, saved_reports(services.home))
        return {tab.report: render_report(found.report, found.results)}

    outputs = {tab.banner, tab.progress, tab.report, tab.saved}
    tab.run.click(
        shown_while_streaming(tab.banner, run),
        tab.inputs,
        outputs,
        **{**STREAMING, "concurrency_limit": 1, "concurrency_id": "campaign"},
    )
    tab.stop.click(lambda: stopped.set(), **QUIET)
    tab.tab.select(enter, None, {tab.models, tab.saved}, **QUIET)
    tab.saved.input(shown(tab.banner, read), tab.saved, {tab.banner, tab.report}, **QUIET)


def chosen_tasks(services: Services, split: str, limit: int) -> list[Task]:
    """The bank's tasks of one part, at most `limit` of them (0: all).

    Raises:
        InputError: there are none.
    """
    tasks = [task for task in services.tasks if not task.split or task.split == split]
    if not tasks:
        raise InputError(f"The bank has no task in the part {split!r}: choose {' or '.join(SPLITS)}.")
    return tasks[:limit] if limit else tasks


def run_campaign(tab: EvaluateTab, values: dict[Any, Any], services: Services, stopped: Event) -> Iterator[Update]:
    """Progress while it runs, its report at the end; stopped, the report of what is done."""
    settings = CampaignSettings(
        models=tuple(values[tab.models] or ()),
        archs=tuple(values[tab.archs] or ()),
        samples=int(values[tab.samples] or 1),
        temperature=float(values[tab.temperature] or 0),
    )
    known = [name for _, name in model_choices(services)]
    for model in settings.models:
        if model not in known:
            raise InputError(f"Unknown model {model!r}: choose among {', '.join(known)}.")
    tasks = chosen_tasks(services, values[tab.split], int(values[tab.limit] or 0))
    title = time.strftime("%Y-%m-%d %H.%M.%S ") + "-".join(
        model.replace("/", "_").replace(":", "_") for model in settings.models
    )
    folder = reports_folder(services.home) / title
    events: Queue[Outcome] = Queue()
    Thread(target=_run, args=(settings, tasks, folder, services, stopped, events), daemon=True).start()
    try:
        while isinstance(event := events.get(), Progress):
            yield {tab.progress: render_progress(event)}
    finally:
        stopped.set()
    if isinstance(event, Exception):
        raise event
    found = read_saved(title, saved_reports(services.home))
    choices = gr.update(choices=list(saved_reports(services.home)), value=title)
    yield {tab.progress: "", tab.report: render_report(found.report, found.results), tab.saved: choices}


def _run(
    settings: CampaignSettings,
    tasks: list[Task],
    folder: Any,
    services: Services,
    stopped: Event,
    events: "Queue[Outcome]",
) -> None:
    engine = LocalEngine(jobs=1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        campaign = Campaign(
            settings=settings,
            tasks=tasks,
            folder=folder,
            engine=engine,
            generator=cast(BatchGenerator, services.generator),
            report_progress=events.put,
            stopped=stopped.is_set,
        )
        events.put(campaign.run())
    except Exception as error:
        events.put(error)
    finally:
        engine.close()
