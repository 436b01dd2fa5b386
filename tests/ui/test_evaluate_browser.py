"""The Evaluate tab in a real browser: a campaign, from a bar to its tasks and answers, two results side by side."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.acting import open_part, open_tab, pick

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
    expect(page.locator("#evaluate-report h3", has_text="base against right")).to_be_visible(timeout=60_000)


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
