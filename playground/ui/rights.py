"""Who may spend this machine's time: checked in handlers, since a hidden button still answers raw HTTP."""

from collections.abc import Mapping

from playground.errors import InputError

TRAINING_SWITCH = "PLAYGROUND_ALLOW_TRAINING"
"""Set to 1 by the operator of a public Space to allow training there."""


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
