"""What app.py needs to start: real services, and launch options from the environment."""

import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from playground.emulator.execution import execute_in_pool
from playground.emulator.pool import WorkerPool
from playground.errors import InputError
from playground.evaluation.store import ComparisonStore, VoteStore
from playground.evaluation.store.outbox import Outbox
from playground.evaluation.store.pushing import Pusher, repository
from playground.models.catalogue import list_models
from playground.paths import playground_home
from playground.tasks.bank import load_bank
from playground.tasks.judging import Judge
from playground.training.jobs import JobStore
from playground.ui.generator import LazyGenerator
from playground.ui.readiness import Readiness, Report
from playground.ui.services import Services
from playground.ui.theme import looks
from playground.ui.trace.recording import record_in_pool

log = logging.getLogger(__name__)

WORKERS = 2
"""Processes that assemble and run; each is replaced when a program takes it along."""
WARM_UP = ("playground.assembly", "playground.emulator", "playground.tasks.warm_up")
"""What a worker imports before its first job."""


def build_services(environment: Mapping[str, str]) -> Services:
    """Everything real. Returns at once: weights are fetched and loaded on a thread of their own."""
    home = playground_home()
    outbox = _pushed_outbox(home, environment)
    pool = WorkerPool(size=WORKERS, modules=WARM_UP)
    generator = LazyGenerator()
    readiness = Readiness()
    readiness.begin(partial(prepare_model, generator))
    return Services(
        generator=generator,
        judge=Judge(pool),
        execute=partial(execute_in_pool, pool),
        trace=partial(record_in_pool, pool),
        models=list_models,
        tasks=load_bank(),
        jobs=JobStore(home),
        home=home,
        comparisons=ComparisonStore(home, outbox),
        votes=VoteStore(home, outbox),
        environment=dict(environment),
        readiness=readiness,
    )


def _pushed_outbox(home: Path, environment: Mapping[str, str]) -> Outbox | None:
    """What is pushed to the operator's dataset repository; None where none is named.

    Raises:
        InputError: the repository is not ``owner/name``.
    """
    if not repository(environment):
        return None
    outbox = Outbox(home)
    Pusher(outbox, environment).start()
    return outbox


def prepare_model(generator: LazyGenerator, report: Report) -> None:
    """Fetch and convert the embedded model when it is not there yet, then load it."""
    from playground.models.weights import ensure_embedded

    ensure_embedded(report)
    report("Loading the model", None)
    generator.load()


def launch_options(environment: Mapping[str, str]) -> dict[str, Any]:
    """Arguments of ``launch()``; host and port from GRADIO_SERVER_NAME and GRADIO_SERVER_PORT (or PORT).

    Raises:
        InputError: the port is no number.
    """
    port = environment.get("GRADIO_SERVER_PORT") or environment.get("PORT")
    if port is not None and not port.isdigit():
        raise InputError(f"The port {port!r} is not a number: set GRADIO_SERVER_PORT to one, such as 7860.")
    return {
        "server_name": environment.get("GRADIO_SERVER_NAME")
        or ("0.0.0.0" if "SPACE_ID" in environment else "127.0.0.1"),
        "server_port": int(port) if port else None,
        "run_history": False,
        "mcp_server": True,
        "show_error": False,
        "footer_links": ["api"],
        "ssr_mode": False,
        **looks(),
    }
