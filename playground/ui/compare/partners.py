"""Adapters that were made for one architecture each: NAME-aarch64 and NAME-x86_64 take each other's place."""

from collections.abc import Collection, Sequence
from typing import Any

import gradio as gr

from playground.isa import ARCHITECTURES
from playground.ui.compare.columns import ColumnWidgets, model_choices
from playground.ui.services import Services


def partner(model: str, arch: str, known: Collection[str]) -> str:
    """The adapter for `arch` that goes by `model`'s name otherwise; `model` itself where there is none."""
    for other in ARCHITECTURES:
        if other != arch and model.endswith(f"-{other}"):
            wanted = f"{model.removesuffix(other)}{arch}"
            return wanted if wanted in known else model
    return model


def connect_partners(arch: gr.Radio, columns: Sequence[ColumnWidgets], services: Services) -> None:
    """When a person chooses another architecture, columns change to the adapters that were made for it."""

    def changed(chosen: str, *models: str) -> list[Any]:
        known = [name for _, name in model_choices(services)]
        partners = [partner(str(model), str(chosen), known) for model in models]
        return [
            gr.skip() if after == before else gr.update(value=after)
            for before, after in zip(models, partners, strict=True)
        ]

    drop_downs = [column.model for column in columns]
    arch.input(
        changed,
        [arch, *drop_downs],
        drop_downs,
        queue=False,
        show_progress="hidden",
        api_visibility="private",
        trigger_mode="always_last",
    )
