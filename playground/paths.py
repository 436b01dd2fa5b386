"""Where state lives: under PLAYGROUND_HOME, never in the checkout."""

import os
from pathlib import Path

from platformdirs import user_data_path

CHECKOUT = Path(__file__).resolve().parent.parent
"""The folder that holds ``app.py``; read-only on a Space."""

SHIPPED_ADAPTERS = CHECKOUT / "adapters"


def playground_home() -> Path:
    """The state folder: ``PLAYGROUND_HOME``, else the platform's user data folder. Made when missing.

    Read on every call, so that a test can point it at a folder of its own.
    """
    configured = os.environ.get("PLAYGROUND_HOME")
    home = Path(configured).expanduser() if configured else user_data_path("assembly-playground")
    home.mkdir(parents=True, exist_ok=True)
    return home
