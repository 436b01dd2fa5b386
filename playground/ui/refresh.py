"""Pickers stay up to date: a finished adapter or dataset is offered without a restart."""

from typing import Any

import gradio as gr

from playground.ui.compare.columns import model_choices
from playground.ui.compare.handlers import QUIET
from playground.ui.compare.tab import CompareTab
from playground.ui.faults import Update
from playground.ui.services import Services
from playground.ui.train.tab import TrainTab


def keep_choices_fresh(
    page: gr.Blocks, tabs: gr.Tabs, compare: CompareTab, train: TrainTab, services: Services
) -> None:
    """Re-reads models and datasets when the page is loaded and when a tab is chosen; what was picked stays picked."""
    pickers = [column.model for column in compare.columns]
    fields = train.form.offered
    outputs = [*pickers, *(train.form.widgets[name] for name in fields)]

    def read() -> list[Any]:
        choices = model_choices(services)
        models = [gr.update(choices=choices) for _ in pickers]
        return models + [gr.update(choices=list(offered())) for offered in fields.values()]

    page.load(read, outputs=outputs, **QUIET)
    tabs.change(read, outputs=outputs, **QUIET)


def connect_compare_now(tabs: gr.Tabs, train: TrainTab, compare: CompareTab, services: Services) -> None:
    """“Compare now” puts the base and the chosen job's adapter side by side."""
    first, second = compare.columns[:2]

    def compare_now(chosen: str) -> Update:
        job = services.jobs.get(chosen)
        choices = model_choices(services)
        return {
            tabs: gr.Tabs(selected="compare"),
            compare.many: 2,
            first.model: gr.update(choices=choices, value=job.recipe.base),
            second.model: gr.update(choices=choices, value=job.adapter),
        }

    train.compare.click(compare_now, train.job, {tabs, compare.many, first.model, second.model}, **QUIET)
