"""Who looks at the page: a browser's own id, whose digest says which comparisons are its own.

On a public server everybody's history is nobody else's business: a visitor finds their own comparisons, and a link
shows one of another person's to whom it was given. The operator, at the machine that serves the page, sees all.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.evaluation.store.comparisons import owner_of
from playground.ui.rights import is_operator

NOBODY = "nobody"
"""Owns nothing: what a browser without an id is shown."""


@dataclass(frozen=True)
class Visitor:
    """One page of one browser."""

    session: str
    """Gradio's session of this page: whose running columns a Stop ends."""
    owner: str
    """The digest under which this browser's comparisons are kept; empty when it has no id."""


def browser_id() -> gr.BrowserState:
    """Declares the id: random, kept in the browser. Name and secret are fixed, or a restart would lose it; the secret
    protects nothing, since the page carries it."""
    return gr.BrowserState("", storage_key="assembly-playground-visitor", secret="assembly-playground")


def give_id(kept: object) -> str:
    """The id that a browser keeps, or a new one."""
    return kept if isinstance(kept, str) and kept else secrets.token_urlsafe(16)


def who_is(request: gr.Request, kept: Any) -> Visitor:
    """The visitor behind a request; `kept` is the value of `browser_id`."""
    return Visitor(str(request.session_hash), owner_of(kept) if isinstance(kept, str) else "")


def shown_owner(environment: Mapping[str, str], request: gr.Request, kept: Any) -> str | None:
    """Whose comparisons are listed: None for everybody's (the operator's view), else the visitor's own."""
    if is_operator(environment, request):
        return None
    return who_is(request, kept).owner or NOBODY
