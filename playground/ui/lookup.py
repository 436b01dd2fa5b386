"""What a choice fills in, looked up in the page: at once, so that no late answer overwrites what is typed after it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

LEFT_ALONE = {"__type__": "update"}
"""An output that keeps its value, as gradio's page reads it."""


def lookup_script(values: Mapping[str, Sequence[Any]]) -> str:
    """A listener's `js`: from a chosen name to a value for each output; another name leaves every output alone."""
    outputs = max((len(one) for one in values.values()), default=0)
    nothing = json.dumps([LEFT_ALONE] * outputs)
    return f"(name) => ({json.dumps(values)})[name] ?? {nothing}"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """A table's value, as gradio's page reads it."""
    return {"headers": list(headings), "data": [list(row) for row in rows], "metadata": None}
