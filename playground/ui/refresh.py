"""Model pickers stay up to date: a finished adapter is offered without a restart."""

from typing import Any

import gradio as gr

from playground.ui.compare.columns import model_choices
from playground.ui.compare.handlers import QUIET
from playground.ui.compare.tab import CompareTab
from playground.ui.faults import Update
from playground.ui.services import Services
from playground.ui.train.tab import TrainTab


def keep_models_fresh(page: gr.Blocks, tabs: gr.Tabs, compare: CompareTab, services: Services) -> None:
    """Re-reads the models when the page is loaded and whenever a tab is chosen; what was picked stays picked."""
    pickers = [column.model for column in compare.columns]

    def read() -> list[Any]:
        choices = model_choices(services)
        return [gr.update(choices=choices) for _ in pickers]

    page.load(read, outputs=pickers, **QUIET)
    tabs.change(read, outputs=pickers, **QUIET)


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
