"""The data recipe's fields as widgets: one table, from which they are declared and read."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import gradio as gr

from playground.data.compilers import LEVELS
from playground.data.recipe import FORMATS, DataRecipe
from playground.isa import ARCHITECTURES
from playground.ui.field import Field

FIELDS = (
    Field(name="name", label="Name", info="The dataset's folder"),
    Field(name="functions", label="Functions", info="Drawn by the generator; each makes a pair per architecture"),
    Field(name="practice", label="Also the bank's practice tasks", info="Never the final ones"),
    Field(name="archs", label="Architectures"),
    Field(name="levels", label="Optimisation levels"),
    Field(name="syntax", label="x86-64 syntax"),
    Field(name="translate_share", label="Share shown as C instead of English"),
    Field(name="comments_share", label="Share with comments behind the lines"),
    Field(name="c_first_share", label="Share with the C before the assembly"),
    Field(name="fim_share", label="Share also made fill-in-the-middle examples", more=True),
    Field(name="plain_share", label="Share also made plain text to continue", more=True),
    Field(name="c_alone_share", label="Share also answered with the C alone", more=True),
    Field(name="compiler", label="Compiler", more=True),
    Field(name="cases", label="Inputs a pair", more=True),
    Field(name="largest_lines", label="Longest assembly, in lines", more=True),
    Field(name="same_body", label="Pairs that may share one body", more=True),
    Field(name="resemblance", label="Resemblance that counts as the same body", more=True),
    Field(name="held_out_families", label="Share of families held out", more=True),
    Field(name="held_out_functions", label="Share of functions held out", more=True),
    Field(name="formats", label="Formats", more=True),
    Field(name="seed", label="Seed", more=True),
)
SEVERAL = {"archs": tuple(ARCHITECTURES), "levels": LEVELS, "formats": FORMATS}
ONE_OF = {"syntax": ("gas", "intel"), "compiler": ("auto", "gcc", "clang")}
LIMITS = {"functions": (0, 200_000), "cases": (1, 64), "largest_lines": (1, 400), "same_body": (1, 100)}
DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(DataRecipe)} | {
    "name": "my-data",
    "functions": 500,
}


@dataclass(frozen=True)
class DataForm:
    """The fields' widgets by their name."""

    widgets: Mapping[str, Any]

    @property
    def inputs(self) -> set[Any]:
        return set(self.widgets.values())

    def read(self, values: Mapping[Any, Any], **others: Any) -> DataRecipe:
        """The recipe that the fields hold, with `others`. Raises InputError that names the field that is wrong."""
        return DataRecipe(**{name: _value(name, values[widget]) for name, widget in self.widgets.items()}, **others)


def _value(name: str, value: Any) -> Any:
    """As the recipe types it: a page sends lists for tuples, and a whole number for a share of 0 or 1."""
    default = DEFAULTS[name]
    if isinstance(default, tuple):
        return tuple(value or ())
    if isinstance(default, bool):
        return bool(value)
    if isinstance(default, float):
        return float(value)
    if isinstance(default, int):
        return int(value or 0)
    return str(value or "").strip()


def data_form() -> DataForm:
    """Declares the widgets, the rarer ones below an accordion."""
    widgets = {field.name: _widget(field) for field in FIELDS if not field.more}
    with gr.Accordion("More settings", open=False, elem_classes="ap-parameters"):
        widgets |= {field.name: _widget(field) for field in FIELDS if field.more}
    return DataForm(widgets)


def _widget(field: Field) -> Any:
    common: dict[str, Any] = {"label": field.label, "info": field.info or None, "elem_id": f"data-{field.name}"}
    default = DEFAULTS[field.name]
    if field.name in SEVERAL:
        return gr.CheckboxGroup(list(SEVERAL[field.name]), value=list(default), **common)
    if field.name in ONE_OF:
        return gr.Radio(list(ONE_OF[field.name]), value=default, elem_classes="ap-segment", **common)
    if isinstance(default, bool):
        return gr.Checkbox(default, **common)
    if isinstance(default, float):
        return gr.Slider(0, 1, value=default, step=0.01, **common)
    if isinstance(default, int):
        least, most = LIMITS.get(field.name, (0, 2**31 - 1))
        return gr.Number(default, minimum=least, maximum=most, precision=0, **common)
    return gr.Textbox(default, max_lines=1, **common)
