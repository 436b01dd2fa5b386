"""“Preview”: what a recipe will do on this machine, before it is started."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import gradio as gr

from playground.errors import InputError
from playground.training.preview import measure, preview_command, preview_examples, warnings
from playground.ui.faults import Update, shown_while_streaming
from playground.ui.render.preview import render_preview
from playground.ui.rights import require_training
from playground.ui.services import Services

if TYPE_CHECKING:
    from playground.ui.train.tab import TrainTab

ONE_AT_A_TIME: dict[str, Any] = {
    "show_progress": "hidden",
    "concurrency_limit": 1,
    "concurrency_id": "measuring",
    "api_visibility": "private",
}
"""Two measurements at once would slow each other and both be wrong."""


def connect_preview(tab: "TrainTab", button: gr.Button, output: gr.HTML, services: Services) -> None:
    """The button shows the examples at once, and the figures when two steps were taken in a child process."""

    def preview(values: Mapping[Any, Any]) -> Iterator[Update]:
        require_training(services.environment)
        recipe = tab.form.read(values)
        examples = preview_examples(recipe)
        command = preview_command(services.home)
        yield {output: render_preview(recipe, examples, command, None)}
        try:
            measured = measure(recipe)
        except InputError:
            yield {output: ""}
            raise
        yield {output: render_preview(recipe, examples, command, measured, warnings(recipe, measured))}

    button.click(shown_while_streaming(tab.banner, preview), tab.form.inputs, {tab.banner, output}, **ONE_AT_A_TIME)
