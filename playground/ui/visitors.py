"""Who looks at the page: a browser's own id, whose digest says which comparisons are its own.

On a public server everybody's history is nobody else's business: a visitor finds their own comparisons, and a link
shows one of another person's to whom it was given. The operator, at the machine that serves the page, sees all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.evaluation.store.comparisons import owner_of
from playground.ui.rights import is_operator

STORAGE_KEY = "assembly-playground-visitor"
GIVE_ID = f"""(kept) => {{
  if (kept || localStorage.getItem('{STORAGE_KEY}')) return {{__type__: 'update'}};
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, '0')).join('');
}}"""
"""In the page, as soon as it stands: what is compared before a server could answer would belong to nobody. 128 random
bits; `crypto.randomUUID` is not there without https."""

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
    return gr.BrowserState("", storage_key=STORAGE_KEY, secret="assembly-playground")


def who_is(request: gr.Request, kept: Any) -> Visitor:
    """The visitor behind a request; `kept` is the value of `browser_id`."""
    return Visitor(str(request.session_hash), owner_of(kept) if isinstance(kept, str) else "")


def shown_owner(environment: Mapping[str, str], request: gr.Request, kept: Any) -> str | None:
    """Whose comparisons are listed: None for everybody's (the operator's view), else the visitor's own."""
    if is_operator(environment, request):
        return None
    return who_is(request, kept).owner or NOBODY
