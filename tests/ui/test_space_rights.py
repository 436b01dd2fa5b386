"""On a public Space no handler trains, evaluates or pushes, whatever the page shows: a raw request reaches it too."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import gradio as gr
import pytest

from playground.ui.page import build_page
from playground.ui.services import Services

TRAINING = ("Start training", "Preview", "Cancel", "Stop and save", "Resume", "Delete job", "Rename", "Delete")


@pytest.fixture(scope="module")
def space(services: Services) -> gr.Blocks:
    return build_page(replace(services, environment={"SPACE_ID": "someone/playground"}))


def pressed(page: gr.Blocks, label: str, elem_id: str | None = None) -> list[str]:
    """What each of the button's handlers writes when called as raw HTTP would call it, with nothing in any field."""
    buttons = [
        block
        for block in page.blocks.values()
        if isinstance(block, gr.Button) and block.value == label and elem_id in (None, block.elem_id)
    ]
    handlers = [
        function for function in page.fns.values() for button in buttons if (button._id, "click") in function.targets
    ]
    assert handlers, label
    return [answer_of(handler) for handler in handlers]


def answer_of(handler: Any) -> str:
    """All that it writes, in one text."""
    fields: list[Any] = [{}] if handler.inputs_as_dict else [None] * len(handler.inputs)
    request = gr.Request(client={"host": "127.0.0.1"}, headers={}, session_hash="x")
    wanted = gr.Request in gradio_annotations(handler.fn)
    written = handler.fn(*fields, request) if wanted else handler.fn(*fields)
    updates: list[Mapping[Any, Any]] = list(written) if isinstance(written, Iterator) else [written]
    return "".join(str(value) for update in updates for value in update.values())


def gradio_annotations(function: Any) -> set[Any]:
    """The types that gradio looks for among a handler's parameters."""
    return set(getattr(function, "__annotations__", {}).values())


@pytest.mark.parametrize("label", TRAINING)
def test_no_handler_of_the_train_tab_works(space: gr.Blocks, label: str) -> None:
    assert all("is off on this public Space" in told for told in pressed(space, label))


def test_no_campaign_starts_or_goes_on(space: gr.Blocks) -> None:
    for label in ("Evaluate", "Go on"):
        assert all("Evaluation is off on this public Space" in told for told in pressed(space, label))


def test_nobody_pushes_with_the_operators_token(space: gr.Blocks) -> None:
    assert all("is the operator&#x27;s alone" in told for told in pressed(space, "Push to the hub", "adapter-push"))
