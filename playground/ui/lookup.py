"""What a choice fills in, looked up in the page: at once, so that no late answer overwrites what is typed after it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr

LEFT_ALONE = {"__type__": "update"}
"""An output that keeps its value, as gradio's page reads it."""


def fill_in(choice: gr.Dropdown, fields: Sequence[Any], values: Mapping[str, Sequence[Any]]) -> None:
    """A choice fills in these fields, in the page. Once one of them holds something else the choice is empty; so the
    same one can be chosen again, of which a drop-down that still showed it would not tell."""
    in_page: dict[str, Any] = {"show_progress": "hidden", "queue": False, "api_visibility": "private"}
    choice.change(None, choice, list(fields), js=lookup_script(values), **in_page)
    for number, field in enumerate(fields):  # each for itself: while a choice is filled in, the others may lag behind
        script = kept_script({name: one[number] for name, one in values.items()})
        field.change(None, [choice, field], choice, js=script, **in_page)


def kept_script(values: Mapping[str, Any]) -> str:
    """A listener's `js`: from a chosen name and a field's value to the choice, emptied when it filled in another."""
    same = "(one, other) => JSON.stringify(one?.data ?? one) === JSON.stringify(other?.data ?? other)"
    kept = f"name == null || ({same})(({json.dumps(values)})[name], value)"
    return f"(name, value) => {kept} ? {json.dumps(LEFT_ALONE)} : null"


def lookup_script(values: Mapping[str, Sequence[Any]]) -> str:
    """A listener's `js`: from a chosen name to a value for each output; another name leaves every output alone."""
    outputs = max((len(one) for one in values.values()), default=0)
    nothing = json.dumps([LEFT_ALONE] * outputs)
    return f"(name) => ({json.dumps(values)})[name] ?? {nothing}"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """A table's value, as gradio's page reads it."""
    return {"headers": list(headings), "data": [list(row) for row in rows], "metadata": None}
