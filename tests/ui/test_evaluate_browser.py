"""The Evaluate tab in a real browser: a campaign, from a bar to its tasks and answers, two results side by side."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Page, expect

from playground.models.events import Column, Failed, Finished
from playground.models.scripted import ScriptedGenerator
from playground.ui.page import build_page
from playground.ui.services import Services
from tests.ui.acting import SlowServer, open_part, open_tab, pick
from tests.ui.conftest import ANSWERS, PATIENCE, OpenPage, served_apart

pytestmark = pytest.mark.browser


def evaluated(page: Page) -> None:
    """The base, whose answer is broken, and a right one over the bank: the page shows their report."""
    open_tab(page, "Evaluate")
    models = page.locator("#evaluate-models")
    expect(models).to_contain_text("Model base")
    models.locator("input").click()
    page.get_by_role("option", name="Model right").click()  # the list stays open: several can be chosen
    expect(models).to_contain_text("Model right")
    page.click("#evaluate-run")
    expect(page.locator("#evaluate-report h3", has_text="base against right")).to_be_visible()


def test_from_a_bar_to_the_tasks_to_both_answers(page: Page) -> None:
    evaluated(page)
    report, answers = page.locator("#evaluate-report"), page.locator("#evaluate-answers")
    right = report.locator("article", has=page.locator("h3", has_text=re.compile("^right aarch64"))).first
    right.locator("button", has_text="correct").click()
    tasks = page.locator("#evaluate-tasks")
    expect(tasks).to_contain_text("Reached “correct” 1")
    tasks.get_by_role("button", name="gcd").click()
    expect(answers.locator("article")).to_have_count(2)
    expect(answers).to_contain_text("correct 3/3")
    expect(answers.locator(".ap-diagnostics").first).to_contain_text("frobnicate")
    report.get_by_role("button", name="gcd").click()
    expect(answers.locator("article")).to_have_count(2)


def test_two_saved_results_and_the_downloads(page: Page) -> None:
    evaluated(page)
    page.click("#evaluate-export")
    for name in ("report.json", "report.md", "results.jsonl", "samples.jsonl"):
        expect(page.locator("#evaluate-files")).to_contain_text(name.partition(".")[0])
    newest = page.get_by_label("Saved report", exact=True).input_value()  # the page keeps those of earlier tests too
    open_part(page, "Compare two saved results", page.locator("#evaluate-first input"))
    for place, model in (("first", "base"), ("second", "right")):
        pick(page, page.locator(f"#evaluate-{place} input"), f"{model} · {newest}", exact=True)
    paired = page.locator("#evaluate-paired")
    expect(paired).to_contain_text("base against right")
    expect(paired).to_contain_text("exact McNemar test")
    paired.get_by_role("button", name="gcd").click()
    expect(page.locator("#evaluate-answers article")).to_have_count(2)


def test_of_several_bars_the_last_one_pressed_is_what_stands(page: Page) -> None:
    evaluated(page)
    report = page.locator("#evaluate-report")
    base = report.locator("article", has=page.locator("h3", has_text=re.compile("^base aarch64"))).first
    server = SlowServer(page)
    for rung in ("extracted", "correct", "assembled"):
        base.locator("button", has_text=rung).click()
    server.wait_until_asked()
    server.release()
    expect(page.locator("#evaluate-tasks")).to_contain_text("Stopped just below “assembled” 1")
    page.locator("#evaluate-tasks").get_by_role("button", name="gcd").click()
    expect(page.locator("#evaluate-answers article")).to_have_count(2)


class GatedGenerator(ScriptedGenerator):
    """Answers a campaign only while the gate is open."""

    def __init__(self) -> None:
        super().__init__(ANSWERS)
        self.gate = Event()

    def generate_batch(self, columns: Sequence[Column], batch_size: int = 16) -> Iterator[Finished | Failed]:
        assert self.gate.wait(PATIENCE / 1000)
        yield from super().generate_batch(columns, batch_size)


@pytest.fixture
def gated(services: Services, tmp_path: Path) -> Iterator[tuple[str, Event]]:
    """A page whose campaigns wait: where it is served, and the gate."""
    generator = GatedGenerator()
    served = build_page(replace(services, generator=generator, home=tmp_path))
    served.queue(default_concurrency_limit=8)
    _, url, _ = served.launch(**served_apart(), prevent_thread_lock=True, quiet=True)
    yield url, generator.gate
    generator.gate.set()
    served.close()


def test_a_stop_is_told_at_once(open_page: OpenPage, gated: tuple[str, Event]) -> None:
    address, gate = gated
    page = open_page(address)
    open_tab(page, "Evaluate")
    banner, progress = page.locator("#evaluate-banner"), page.locator("#evaluate-progress")
    page.click("#evaluate-run")
    expect(progress).to_be_visible()
    page.click("#evaluate-stop")
    expect(banner).to_contain_text("asked to stop")
    gate.set()
    expect(progress).to_contain_text("The campaign is over")
    expect(banner).to_be_hidden()


def test_a_second_visitors_campaign_waits_and_says_so(open_page: OpenPage, gated: tuple[str, Event]) -> None:
    address, gate = gated
    first, second = open_page(address), open_page(address)
    for page in (first, second):
        open_tab(page, "Evaluate")
    running, waiting = (page.locator("#evaluate-progress") for page in (first, second))
    first.click("#evaluate-run")
    expect(running).to_contain_text("The campaign begins")
    second.click("#evaluate-run")
    expect(waiting).to_contain_text("Somebody else's campaign is running: yours begins when it is over.")
    gate.set()
    for progress in (running, waiting):
        expect(progress).to_contain_text("The campaign is over")


def test_a_report_chosen_while_a_campaign_runs_stays(open_page: OpenPage, gated: tuple[str, Event]) -> None:
    address, gate = gated
    page = open_page(address)
    gate.set()
    evaluated(page)
    saved, progress = page.get_by_label("Saved report", exact=True), page.locator("#evaluate-progress")
    first = saved.input_value()
    gate.clear()
    page.click("#evaluate-run")
    expect(saved).to_have_value("")
    expect(page.locator("#evaluate-report")).to_contain_text("Choose a saved report")
    pick(page, page.locator("#evaluate-saved input"), first, exact=True)
    report = page.locator("#evaluate-report")
    expect(report).to_contain_text("base against right")
    report.locator("article").first.locator("button", has_text="assembled").click()
    expect(page.locator("#evaluate-tasks")).to_contain_text("Reached “assembled”")
    gate.set()
    expect(progress).to_contain_text("The campaign is over")
    expect(saved).to_have_value(first)
    expect(report).to_contain_text("base against right")
    expect(page.locator("#evaluate-tasks")).to_contain_text("Reached “assembled”")
    second = str(progress.inner_text()).partition("“")[2].partition("”")[0]
    pick(page, page.locator("#evaluate-saved input"), second, exact=True)
    expect(page.locator("#evaluate-tasks")).to_be_hidden()
    page.click("#evaluate-run")
    expect(saved).not_to_have_value(re.compile(f"^$|{first}|{second}"))  # its own report, since no other was chosen
