"""Who may spend this machine's time: checked in handlers, since a hidden button still answers raw HTTP."""

from collections.abc import Mapping

import gradio as gr

from playground.errors import InputError

TRAINING_SWITCH = "PLAYGROUND_ALLOW_TRAINING"
"""Set to 1 by the operator of a public Space to allow training there."""

BUILDING_SWITCH = "PLAYGROUND_ALLOW_BUILDING"
"""Set to 1 by the operator of a public Space to allow building datasets from the generator there."""

LOOPBACK = ("127.0.0.1", "::1")


def training_allowed(environment: Mapping[str, str]) -> bool:
    """On one's own machine always; on a Space only where its operator says so."""
    return "SPACE_ID" not in environment or environment.get(TRAINING_SWITCH) == "1"


def require_training(environment: Mapping[str, str], what: str = "Training") -> None:
    """Raises:
    InputError: it is off on this server.
    """
    if not training_allowed(environment):
        raise InputError(
            f"{what} is off on this public Space: duplicate the Space, or have its operator set {TRAINING_SWITCH}=1."
        )


def building_allowed(environment: Mapping[str, str]) -> bool:
    """On one's own machine always; on a Space only where its operator says so."""
    return "SPACE_ID" not in environment or environment.get(BUILDING_SWITCH) == "1"


def sources_allowed(environment: Mapping[str, str]) -> bool:
    """Whether C of one's own may be offered at all: it is compiled and run natively, so never on a Space."""
    return "SPACE_ID" not in environment


def require_building(environment: Mapping[str, str], what: str = "Building datasets") -> None:
    """Raises:
    InputError: it is off on this server.
    """
    if not building_allowed(environment):
        raise InputError(
            f"{what} is off on this public Space: duplicate the Space, or have its operator set {BUILDING_SWITCH}=1."
        )


def is_operator(environment: Mapping[str, str], request: gr.Request) -> bool:
    """Whether a request comes from the very machine that serves the page, through no proxy. On a Space none does."""
    host = request.client.host if request.client else ""
    return "SPACE_ID" not in environment and host in LOOPBACK and "x-forwarded-for" not in request.headers


def require_operator(environment: Mapping[str, str], request: gr.Request, what: str) -> None:
    """Raises:
    InputError: the visitor is not at this machine.
    """
    if not is_operator(environment, request):
        raise InputError(f"{what} is the operator's alone: do it from the machine that serves this page.")
