"""The Train tab: start a job, watch it, stop it; jobs are read from disk, so they outlive the page and the app."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.errors import InputError
from playground.training.adapters import trained_adapters
from playground.training.jobs import Job
from playground.ui.faults import Update, shown
from playground.ui.render.notice import notice
from playground.ui.render.training import render_job, render_jobs
from playground.ui.rights import require_training, training_allowed
from playground.ui.seen import digest, seen_state
from playground.ui.services import Services
from playground.ui.train.adapters import AdapterWidgets, adapter_widgets
from playground.ui.train.curves import COLUMNS, METRICS, curves
from playground.ui.train.fields import RecipeForm, recipe_form
from playground.ui.train.preview import connect_preview

POLL_SECONDS = 2.0
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, kw_only=True)
class TrainTab:
    """The widgets of the tab."""

    form: RecipeForm
    start: gr.Button
    banner: gr.HTML
    queue: gr.HTML
    job: gr.Dropdown
    beside: gr.Dropdown
    metric: gr.Radio
    plot: gr.LinePlot
    detail: gr.HTML
    cancel: gr.Button
    stop: gr.Button
    resume: gr.Button
    delete: gr.Button
    compare: gr.Button
    seen: gr.Textbox
    """What the page shows of the jobs: nothing is sent again that has not changed."""
    timer: gr.Timer
    adapters: AdapterWidgets

    @property
    def view(self) -> set[Any]:
        """What a look at the jobs writes."""
        return {
            self.queue,
            self.job,
            self.beside,
            self.plot,
            self.detail,
            self.cancel,
            self.stop,
            self.resume,
            self.delete,
            self.compare,
            self.seen,
            self.adapters.adapter,
        }


def train_tab(services: Services) -> TrainTab:
    """Declares the tab and connects it."""
    allowed = training_allowed(services.environment)
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=300, elem_classes="ap-setup ap-card"):
            form = recipe_form(services)
            with gr.Row(elem_classes="ap-buttons"):
                start = gr.Button(
                    "Start training",
                    variant="primary",
                    interactive=allowed,
                    min_width=150,
                    scale=2,
                    elem_classes="ap-key-run",
                    elem_id="train-start",
                )
                preview = gr.Button("Preview", interactive=allowed, min_width=90, elem_id="train-preview")
        with gr.Column(scale=6, min_width=340):
            banner = gr.HTML(_closed(services), elem_id="train-banner", elem_classes="ap-when-filled")
            with gr.Column(elem_classes="ap-card ap-before"):
                before = gr.HTML("", elem_id="train-before")
            with gr.Column(elem_classes="ap-card"):
                queue = gr.HTML(render_jobs(()), elem_id="train-queue")
            with gr.Column(elem_classes="ap-card"):
                with gr.Row():
                    job = gr.Dropdown([], label="Job", interactive=True, elem_id="train-job")
                    beside = gr.Dropdown([], label="Curves beside it", multiselect=True, interactive=True)
                detail = gr.HTML("", elem_id="train-detail")
                metric = gr.Radio(list(METRICS), value=METRICS[0], label="Curve", elem_classes="ap-segment")
                step, value, curve = COLUMNS
                plot = gr.LinePlot(
                    x=step, y=value, color=curve, y_title=" ", height=260, elem_id="train-plot", buttons=[]
                )
                with gr.Row(elem_classes="ap-small"):
                    buttons = {name: gr.Button(label, size="sm", visible=False) for name, label in BUTTONS.items()}
            adapters = adapter_widgets(services)
    tab = TrainTab(
        form=form,
        start=start,
        banner=banner,
        queue=queue,
        job=job,
        beside=beside,
        metric=metric,
        plot=plot,
        detail=detail,
        seen=seen_state(),
        timer=gr.Timer(POLL_SECONDS),
        adapters=adapters,
        **buttons,
    )
    _connect(tab, services)
    connect_preview(tab, preview, before, services)
    return tab


BUTTONS = {
    "cancel": "Cancel",
    "stop": "Stop and save",
    "resume": "Resume",
    "delete": "Delete job",
    "compare": "Compare now",
}
"""Field of TrainTab -> its label."""


def _closed(services: Services) -> str:
    try:
        require_training(services.environment)
    except InputError as error:
        return notice(str(error), "info")
    return ""


def look(tab: TrainTab, services: Services, chosen: str | None, beside: list[str], metric: str, seen: object) -> Update:
    """What the page should show of the jobs now; nothing when it shows that already."""
    jobs = services.jobs.list()
    job = next((one for one in jobs if one.id == chosen), jobs[0] if jobs else None)
    earlier = [one for one in jobs if one.id in (beside or ()) and one is not job]
    now = digest(([(one.id, one.state, one.step) for one in jobs], job.id if job else "", beside or [], metric))
    if now == seen and not (job and job.active):
        return {tab.seen: now}
    records = {one.id: services.jobs.progress(one.id) for one in ([job] if job else []) + earlier}
    titles = {one.id: title(one) for one in jobs}
    update: Update = {
        tab.queue: render_jobs(jobs),
        tab.detail: render_job(job, records[job.id], services.jobs.log_tail(job.id)) if job else "",
        tab.seen: now,
    }
    if now != seen:
        update |= {
            tab.job: gr.update(choices=[(titles[one.id], one.id) for one in jobs], **_picked(job, chosen)),
            tab.beside: gr.update(choices=[(titles[one.id], one.id) for one in jobs if one is not job]),
            tab.plot: curves(
                {
                    one.recipe.name if one is job else one.id: records[one.id]
                    for one in ([job] if job else []) + earlier
                },
                metric,
            ),
            **_buttons(tab, job, services),
            tab.adapters.adapter: gr.update(choices=list(trained_adapters())),
        }
    return update


def _picked(job: Job | None, chosen: str | None) -> dict[str, Any]:
    """The picker's value only where it is another one: what is chosen while this answer is on its way stays chosen."""
    shown_job = job.id if job else None
    return {} if shown_job == chosen else {"value": shown_job}


def title(job: Job) -> str:
    """How the picker names a job."""
    return f"{job.recipe.name} · {job.state} · {job.id[:15]}"


def _buttons(tab: TrainTab, job: Job | None, services: Services) -> Update:
    allowed = training_allowed(services.environment) and job is not None
    return {
        tab.cancel: gr.update(visible=allowed and job is not None and job.active),
        tab.stop: gr.update(visible=allowed and job is not None and job.state == "running"),
        tab.resume: gr.update(visible=allowed and job is not None and job.resumable),
        tab.delete: gr.update(visible=allowed and job is not None and not job.active),
        tab.compare: gr.update(visible=job is not None and bool(job.adapter)),
    }


def _connect(tab: TrainTab, services: Services) -> None:
    watched = [tab.job, tab.beside, tab.metric, tab.seen]

    def refresh(chosen: str | None, beside: list[str], metric: str, seen: object) -> Update:
        return look(tab, services, chosen, beside, metric, seen)

    def start(values: Mapping[Any, Any]) -> Update:
        require_training(services.environment)
        job = services.jobs.start(tab.form.read(values))
        update = look(tab, services, job.id, values[tab.beside], values[tab.metric], None)
        return update | {tab.job: update[tab.job] | {"value": job.id}}

    inputs = {*tab.form.inputs, tab.beside, tab.metric}
    tab.start.click(shown(tab.banner, start), inputs, {tab.banner, *tab.view}, concurrency_limit=1, **QUIET)
    events = [tab.timer.tick, tab.job.input, tab.beside.input, tab.metric.input]
    gr.on(events, refresh, watched, tab.view, queue=False, trigger_mode="always_last", **QUIET)
    actions: dict[gr.Button, Callable[[str], object]] = {
        tab.cancel: services.jobs.cancel,
        tab.stop: services.jobs.stop,
        tab.resume: services.jobs.resume,
        tab.delete: services.jobs.delete,
    }
    for button, action in actions.items():
        _connect_action(tab, services, button, action)


def _connect_action(tab: TrainTab, services: Services, button: gr.Button, action: Callable[[str], object]) -> None:
    def act(chosen: str | None, beside: list[str], metric: str) -> Update:
        require_training(services.environment)
        if not chosen:
            raise InputError("No job is chosen: choose one from the list.")
        action(chosen)
        return look(tab, services, chosen, beside, metric, None)

    button.click(shown(tab.banner, act), [tab.job, tab.beside, tab.metric], {tab.banner, *tab.view}, **QUIET)
