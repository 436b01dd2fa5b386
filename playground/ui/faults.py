"""What a person got wrong, shown in place: a handler's InputError becomes a sentence and leaves all else as it is."""

import functools
from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from playground.errors import InputError
from playground.ui.render.notice import notice

Update = dict[Any, Any]
"""Component -> its new value: a handler's named outputs."""


def shown(banner: gr.HTML, handler: Callable[..., Update]) -> Callable[..., Update]:
    """The handler; its InputError is written into the banner, its success empties it."""

    @functools.wraps(handler)
    def run(*args: Any, **kwargs: Any) -> Update:
        try:
            return {banner: "", **handler(*args, **kwargs)}
        except InputError as error:
            return {banner: notice(str(error))}

    return run


def shown_while_streaming(banner: gr.HTML, handler: Callable[..., Iterator[Update]]) -> Callable[..., Iterator[Update]]:
    """The same for a handler that yields."""

    @functools.wraps(handler)
    def run(*args: Any, **kwargs: Any) -> Iterator[Update]:
        try:
            yield {banner: ""}
            yield from handler(*args, **kwargs)
        except InputError as error:
            yield {banner: notice(str(error))}

    return run
