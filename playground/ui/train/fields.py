"""The recipe's fields as widgets: one table, from which they are declared and read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import gradio as gr

from playground.errors import InputError
from playground.training.dataset import available_datasets
from playground.training.recipe import CHOICES, RANGES, TrainingRecipe
from playground.ui.field import Field
from playground.ui.services import Services

FIELDS = (
    Field(name="name", label="Name", info="The finished adapter's name in every list of models"),
    Field(name="base", label="Base"),
    Field(name="datasets", label="Datasets", info="Shipped with the code, or built in the Data tab"),
    Field(name="method", label="Method"),
    Field(name="rank", label="Rank"),
    Field(name="learning_rate", label="Learning rate"),
    Field(name="steps", label="Steps"),
    Field(name="alpha", label="Alpha", more=True),
    Field(name="dropout", label="Dropout", more=True),
    Field(name="train_head", label="Train the language-model head too", more=True),
    Field(name="loss_on", label="Loss on", more=True),
    Field(name="row_tokens", label="Tokens a row", info="0: chosen for the data, up to 512", more=True),
    Field(name="rows_per_step", label="Rows a step", more=True),
    Field(name="accumulation", label="Micro-batches a step", more=True),
    Field(name="schedule", label="Schedule", more=True),
    Field(name="warmup_steps", label="Warm-up steps", more=True),
    Field(name="weight_decay", label="Weight decay", more=True),
    Field(name="clip", label="Gradient clipping", more=True),
    Field(name="precision", label="Precision", more=True),
    Field(name="held_out", label="Share held out", more=True),
    Field(name="evaluate_every", label="Steps between evaluations", info="0: only at the end", more=True),
    Field(name="practice_tasks", label="Practice tasks at each evaluation", more=True),
    Field(name="checkpoint_every", label="Steps between checkpoints", more=True),
    Field(name="fim_share", label="Share turned into fill-in-the-middle", more=True),
    Field(
        name="fim_tokens",
        label="Its tokens",
        info="Before, after, middle, if the base has none",
        more=True,
    ),
    Field(name="new_tokens", label="New tokens", info="Added to the base's; words with spaces between", more=True),
    Field(name="start_from", label="Go on from", info="An adapter of the same rank and kind", more=True),
    Field(name="target_rank", label="AdaLoRA's target rank", more=True),
    Field(name="seed", label="Seed", more=True),
)

DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(TrainingRecipe)} | {"name": "my-adapter"}


@dataclass(frozen=True)
class RecipeForm:
    """The fields' widgets by their name."""

    widgets: Mapping[str, Any]
    offered: Mapping[str, Callable[[], Sequence[tuple[str, str]]]]
    """Fields that choose among names: a path would read this machine's files. Title and name, as they are now."""

    @property
    def inputs(self) -> set[Any]:
        return set(self.widgets.values())

    def read(self, values: Mapping[Any, Any]) -> TrainingRecipe:
        """The recipe that the fields hold.

        Raises:
            InputError: a field is wrong; the sentence names it.
        """
        found = {name: _value(name, values[widget]) for name, widget in self.widgets.items()}
        for name, offered in self.offered.items():
            _require_offered(name, found[name], [value for _, value in offered()])
        return TrainingRecipe(**found)


def _value(name: str, value: Any) -> Any:
    """As the recipe types it: a page sends lists for tuples, and a number without a fraction as an integer."""
    default = DEFAULTS[name]
    if isinstance(default, tuple):
        return tuple(value.split() if isinstance(value, str) else value or ())
    if isinstance(default, float) and isinstance(value, int):
        return float(value)
    return value.strip() if isinstance(value, str) else value


def _require_offered(field: str, chosen: Any, offered: Sequence[str]) -> None:
    for name in chosen if isinstance(chosen, tuple) else (chosen,):
        if name not in offered:
            raise InputError(f"Unknown {field} {name!r}: choose among {', '.join(offered)}.")


def recipe_form(services: Services) -> RecipeForm:
    """Declares the widgets, the rarer ones below an accordion."""
    offered: dict[str, Callable[[], list[tuple[str, str]]]]
    offered = {
        "datasets": trainable_datasets,
        "base": partial(trainable_bases, services),
        "start_from": partial(startable_adapters, services),
    }
    choices = {name: read() for name, read in offered.items()}
    widgets = {field.name: _widget(field, choices) for field in FIELDS if not field.more}
    with gr.Accordion("More settings", open=False, elem_classes="ap-parameters"):
        widgets |= {field.name: _widget(field, choices) for field in FIELDS if field.more}
    return RecipeForm(widgets, offered)


def trainable_datasets() -> list[tuple[str, str]]:
    """Title and name of what can be trained on: shipped, or built here."""
    return [(name, name) for name in available_datasets()]


def trainable_bases(services: Services) -> list[tuple[str, str]]:
    """Title and name of what an adapter can be trained on."""
    return [(one.title, one.name) for one in services.models() if one.available and one.kind in ("base", "catalogue")]


def startable_adapters(services: Services) -> list[tuple[str, str]]:
    """Title and name of what training can go on from; the first is a fresh start."""
    adapters = [(one.title, one.name) for one in services.models() if one.available and one.kind == "adapter"]
    return [("nothing: a fresh adapter", ""), *adapters]


def _widget(field: Field, choices: Mapping[str, list[tuple[str, str]]]) -> Any:
    common: dict[str, Any] = {"label": field.label, "info": field.info or None, "elem_id": f"recipe-{field.name}"}
    default = DEFAULTS[field.name]
    if field.name in choices:
        several = isinstance(default, tuple)
        return gr.Dropdown(
            choices[field.name], value=list(default) if several else default, multiselect=several, **common
        )
    if field.name in CHOICES:
        return gr.Radio(list(CHOICES[field.name]), value=default, elem_classes="ap-segment", **common)
    return WIDGETS[type(default)](field.name, default, common)


def _number(name: str, default: float, common: dict[str, Any]) -> gr.Number:
    least, most = RANGES[name]
    precision = 0 if isinstance(default, int) else None
    return gr.Number(default, minimum=least, maximum=most, precision=precision, **common)


WIDGETS: dict[type, Callable[[str, Any, dict[str, Any]], Any]] = {
    bool: lambda _, default, common: gr.Checkbox(default, **common),
    int: _number,
    float: _number,
    str: lambda _, default, common: gr.Textbox(default, max_lines=1, **common),
    tuple: lambda _, default, common: gr.Textbox(" ".join(default), max_lines=1, **common),
}
"""How a field of each type is asked for."""
