"""Named endpoints for gradio_client and, on the same functions, tools for agents (MCP)."""

import functools
from collections.abc import Callable
from typing import Any

import gradio as gr

from playground.errors import InputError
from playground.ui.endpoints import Endpoints
from playground.ui.services import Services


def declare_endpoints(services: Services) -> None:
    """Declares ``/compare``, ``/run``, ``/tasks``, ``/models``, ``/assemble_and_run`` and ``/check_function``."""
    endpoints = Endpoints(services)
    gr.api(told(endpoints.compare), api_name="compare", concurrency_id="generation", concurrency_limit=8)
    for in_pool in (endpoints.run, endpoints.assemble_and_run, endpoints.check_function):
        gr.api(told(in_pool), api_name=in_pool.__name__, concurrency_id="workers", concurrency_limit=8)
    gr.api(told(endpoints.tasks), api_name="tasks", queue=False)
    gr.api(told(endpoints.models), api_name="models", queue=False)


def told(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The endpoint; what its caller got wrong reaches them as the sentence."""

    @functools.wraps(endpoint)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return endpoint(*args, **kwargs)
        except InputError as error:
            raise gr.Error(str(error)) from None

    return run
