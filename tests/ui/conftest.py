"""A page with scripted answers and the real judge, and a browser to look at it."""

import os
import socket
import tempfile
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

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

PATIENCE = 90_000
"""Milliseconds that an act or an expectation may take: two cores may be shared with other tests."""
expect.set_options(timeout=PATIENCE)

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
    "paired-aarch64": RIGHT,
    "paired-x86_64": WRONG,
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def served_apart() -> dict[str, Any]:
    """How `launch` serves a page here: on a port of its own, since two test processes that look for the first free one
    of gradio's usual ports at once may both choose it."""
    return {**launch_options({}), "server_port": free_port()}


@pytest.fixture(scope="session")
def address(services: Services) -> Iterator[str]:
    """Where the page is served."""
    page: gr.Blocks = build_page(services)
    page.queue(default_concurrency_limit=8)
    _, url, _ = page.launch(**served_apart(), prevent_thread_lock=True, quiet=True)
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


PAGES = pytest.StashKey[list["WatchedPage"]]()


@dataclass(frozen=True)
class WatchedPage:
    """A page, and what its console said."""

    page: Page
    console: list[str]
    errors: list[str]

    def told(self, folder: Path) -> str:
        """What a failed test's report says of it: where a picture is, the console's end, and the text that stands."""
        try:
            picture = folder / f"page-{id(self.page)}.png"
            self.page.screenshot(path=picture, timeout=10_000)
            text = self.page.inner_text("body", timeout=10_000)
        except Error as error:
            return f"There is no picture: {error.message}"
        console = "\n".join(self.console[-CONSOLE_LINES:]) or "nothing"
        return f"{self.page.url}\npicture: {picture}\nconsole: {console}\ntext: {text[:TEXT_CHARACTERS]}"


FAULT = 500
"""From here an HTTP status tells that the server failed (RFC 9110, section 15.6)."""
CONSOLE_LINES = 20
TEXT_CHARACTERS = 4_000


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed browser test tells what its pages looked like."""
    report = yield
    if report.when == "call" and report.failed:
        for number, watched in enumerate(item.stash.get(PAGES, []), 1):
            folder = Path(tempfile.mkdtemp(prefix="failed-page-"))
            report.sections.append((f"page {number}", watched.told(folder)))
    return report


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """``open_page(address)`` opens it in a browser of its own, whose size may be given; an error of its scripts,
    or of the server, fails the test."""
    watched = request.node.stash[PAGES] = []

    def open_one(address: str, *, width: int = 1440, height: int = 1000) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(PATIENCE)
        one = WatchedPage(page, [], [])
        watched.append(one)
        page.on("console", lambda message: one.console.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: one.errors.append(str(error)))
        page.on("response", lambda answer: one.errors.append(answer.url) if answer.status >= FAULT else None)
        page.goto(address)
        page.wait_for_selector("#compare-run")
        return page

    yield open_one
    for one in watched:
        one.page.close()
    assert [error for one in watched for error in one.errors] == []


@pytest.fixture
def page(open_page: OpenPage, address: str) -> Page:
    """The page at desktop width."""
    return open_page(address)
