"""A page with scripted answers and the real judge, and a browser to look at it."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import gradio as gr
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from playground.emulator.execution import execute_in_pool
from playground.emulator.pool import WorkerPool
from playground.evaluation.store import ComparisonStore, VoteStore
from playground.models.scripted import ScriptedGenerator
from playground.tasks.files import task_from_json
from playground.tasks.judging import Judge
from playground.training.jobs import JobStore
from playground.ui.page import build_page
from playground.ui.services import Services
from playground.ui.start import launch_options
from playground.ui.trace.recording import record_in_pool
from tests.conftest import missing_tool
from tests.ui.fakes import Model
from tests.ui.hostile import HOSTILE

expect.set_options(timeout=30_000)  # two cores may be shared with other tests

GCD = task_from_json(
    {
        "id": "gcd",
        "prompt": "Return the greatest common divisor of a and b.",
        "prototype": "unsigned long gcd(unsigned long a, unsigned long b)",
        "cases": [{"args": [12, 18], "returns": 6}, {"args": [7, 0], "returns": 7}, {"args": [0, 5], "returns": 5}],
        "reference": "unsigned long gcd(unsigned long a, unsigned long b) { return b ? gcd(b, a % b) : a; }",
        "tags": ["recursion"],
    }
)
RIGHT = """\
```asm
gcd:
\tcbz x1, 1f
\tudiv x2, x0, x1
\tmsub x2, x2, x1, x0
\tmov x0, x1
\tmov x1, x2
\tb gcd
1:\tret
```
"""
WRONG = "gcd:\n\tadd x0, x0, x1\n\tret\n"
BROKEN = "gcd:\n\tmov x0, x1\n\tfrobnicate x0\n\tret\n"

ANSWERS = {
    "base": BROKEN,
    "right": RIGHT,
    "wrong": WRONG,
    "hostile": "\n".join(HOSTILE[:-2]),
    "slow": "gcd:\n" + "\tmov x0, x1\n" * 400,
    "offline": ConnectionError("The endpoint refused the connection."),
}
"""What each scripted model answers."""


@pytest.fixture(scope="session")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(size=1) as workers:
        yield workers


@pytest.fixture(scope="session")
def services(pool: WorkerPool, tmp_path_factory: pytest.TempPathFactory) -> Services:
    """Scripted models; everything else as it is served."""
    home = tmp_path_factory.mktemp("ui-home")
    return Services(
        generator=ScriptedGenerator(ANSWERS, seconds_per_token=0.01, endless={"slow"}),
        judge=Judge(pool),
        execute=partial(execute_in_pool, pool),
        trace=partial(record_in_pool, pool),
        models=lambda: [Model(name) for name in ANSWERS],
        tasks=(GCD,),
        jobs=JobStore(home),
        home=home,
        comparisons=ComparisonStore(home),
        votes=VoteStore(home),
    )


@pytest.fixture(scope="session")
def address(services: Services) -> Iterator[str]:
    """Where the page is served."""
    page: gr.Blocks = build_page(services)
    page.queue(default_concurrency_limit=8)
    _, url, _ = page.launch(**launch_options({}), prevent_thread_lock=True, quiet=True)
    yield url.rstrip("/")
    page.close()


CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
    if not chromium.exists():
        missing_tool("chromium", "chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(chromium), args=list(CHROMIUM_OPTIONS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page at desktop width; an error of its scripts fails the test."""
    opened = browser.new_page(viewport={"width": 1440, "height": 1000})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(address)
    opened.wait_for_selector("#compare-run")
    yield opened
    opened.close()
    assert errors == []
