"""A person who is quicker than the server: nothing that was typed is lost, and what was asked last is what stands."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from playground.evaluation.store.comparisons import Filters
from playground.training.jobstate import JobFolder, JobState
from playground.training.progress import ProgressWriter
from playground.training.recipe import TrainingRecipe
from playground.ui.services import Services
from tests.ui.acting import SlowServer, choose, column, compare, drawn, link, open_tab, pick, until
from tests.ui.conftest import OpenPage
from tests.ui.test_data_browser import dataset, opened  # noqa: F401
from tests.ui.test_train_tab import step

pytestmark = pytest.mark.browser


def test_a_turn_typed_while_the_last_one_is_taken_stays(page: Page) -> None:
    compare(page, "right", "wrong")
    before = link(page).get_attribute("href")
    text = page.locator("#follow-up textarea")
    text.fill("Now without a branch.")
    server = SlowServer(page)
    page.locator("#follow-up").get_by_role("button", name="Send").click()
    server.wait_until_asked()
    text.fill("And shorter.")
    server.release()
    expect(page.locator(f"#compare-link a:not([href='{before}'])")).to_be_visible()
    expect(column(page, 0).locator(".ap-said").last).to_have_text("Now without a branch.")
    expect(text).to_have_value("And shorter.")
    assert '"id"' not in page.inner_text("body")  # what the page looks up itself no person sees


def test_a_turn_is_put_aside_while_an_earlier_one_is_looked_at(page: Page) -> None:
    compare(page, "right", "wrong")
    text, turn = page.locator("#follow-up textarea"), page.locator("#follow-up-turn input")
    text.fill("Now without a branch.")
    pick(page, turn, re.compile("Edit turn 1"))
    expect(text).to_have_value(re.compile("greatest common divisor"))
    pick(page, turn, "Next turn")
    expect(text).to_have_value("Now without a branch.")


def test_a_field_that_is_only_left_fills_nothing(page: Page) -> None:
    open_tab(page, "Run")
    source = page.locator("#run-source .cm-content")
    source.fill("mine: ret")
    example = page.get_by_label("Example", exact=True)
    example.focus()
    example.press("Tab")
    expect(example).not_to_be_focused()
    drawn(page)
    expect(source).to_have_text("mine: ret")


def test_an_example_is_filled_in_at_once(page: Page) -> None:
    open_tab(page, "Run")
    SlowServer(page)
    choose(page, "Example", "An endless loop, AArch64")
    expect(page.locator("#run-source .cm-content")).to_contain_text(".Lagain")


def test_what_is_opened_stays_though_another_was_being_written(page: Page, services: Services) -> None:
    compare(page, "right", "wrong")
    choose(page, "Model A", "Model slow")
    page.click("#compare-run")
    expect(column(page, 0).locator(".ap-reply")).to_contain_text("mov x0, x1")
    open_tab(page, "History")
    page.locator("#history-table [role=gridcell]", has_text="✓ right").first.click()
    expect(page.locator("#compare-run")).to_be_visible()
    until(page, lambda: services.comparisons.search(Filters())[0].columns[0].model == "slow")
    expect(page.locator("#compare-run")).to_be_enabled()
    expect(column(page, 0)).to_contain_text("correct 3/3")
    expect(page.get_by_label("Model A", exact=True)).to_have_value("Model right")


def test_of_two_rows_chosen_the_last_one_is_opened(page: Page) -> None:
    compare(page, "wrong", "right")
    compare(page, "right", "wrong")
    open_tab(page, "History")
    rows = page.locator("#history-table [role=gridcell][data-col='1']")
    expect(rows.first).to_contain_text("✓ right")
    server = SlowServer(page)
    rows.nth(0).click()
    server.wait_until_asked()
    rows.nth(1).click()
    drawn(page)
    server.release()
    expect(page.get_by_label("Model A", exact=True)).to_have_value("Model wrong")
    expect(column(page, 1)).to_contain_text("correct 3/3")


def test_two_columns_tried_again_at_once_are_both_kept(page: Page, address: str) -> None:
    compare(page, "right", "wrong")
    choose(page, "Model A", "Model wrong")
    choose(page, "Model B", "Model right")
    for letter in "AB":
        page.get_by_role("button", name=f"Retry {letter}").click()
    expect(column(page, 1)).to_contain_text("correct 3/3")
    expect(column(page, 0).locator(".ap-failed")).to_contain_text("correct")
    for letter in "AB":
        expect(page.get_by_role("button", name=f"Retry {letter}")).to_be_visible()
    page.goto(f"{address}/{link(page).get_attribute('href')}")
    expect(column(page, 1)).to_contain_text("correct 3/3")
    expect(column(page, 0).locator(".ap-failed")).to_contain_text("correct")


def test_two_columns_of_another_persons_comparison_become_one_of_ones_own(
    page: Page, open_page: OpenPage, address: str, services: Services
) -> None:
    compare(page, "right", "wrong")
    theirs = str(link(page).get_attribute("href"))
    mine = open_page(f"{address}/{theirs}")
    expect(column(mine, 0)).to_contain_text("correct 3/3")
    before = {one.id for one in services.comparisons.search()}
    choose(mine, "Model A", "Model wrong")
    choose(mine, "Model B", "Model right")
    server = SlowServer(mine)
    for letter in "AB":
        mine.get_by_role("button", name=f"Retry {letter}").click()
    server.wait_until_asked()
    server.release()
    expect(column(mine, 1)).to_contain_text("correct 3/3")
    expect(column(mine, 0).locator(".ap-failed")).to_contain_text("correct")
    for letter in "AB":
        expect(mine.get_by_role("button", name=f"Retry {letter}")).to_be_visible()
    expect(mine.locator(f"#compare-link a:not([href='{theirs}'])")).to_be_visible()
    (copy,) = [one for one in services.comparisons.search() if one.id not in before]
    assert [(one.model, one.passed) for one in copy.columns] == [("wrong", False), ("right", True)]
    theirs_kept = services.comparisons.get(theirs.partition("=")[2])
    assert [one.model for one in theirs_kept.columns] == ["right", "wrong"]


@pytest.mark.usefixtures("dataset")
def test_a_note_typed_while_an_example_is_opened_stays(page: Page) -> None:
    opened(page)
    note = page.locator("#data-note textarea, #data-note input").first
    server = SlowServer(page)
    page.locator("#data-example label", has_text="2 · aarch64").click()
    server.wait_until_asked()
    note.fill("the sum")
    server.release()
    expect(page.locator("#data-shown")).to_contain_text("train/2")
    expect(note).to_have_value("the sum")
    pick(page, page.locator("#data-line input"), "2: add w0,w0,w1")
    expect(note).to_have_value("the sum")
    page.locator("#data-save").click()
    expect(page.locator("#data-shown .ap-note")).to_have_text("the sum")
    expect(note).to_have_value("the sum")
    page.locator("#data-example label", has_text="3 · aarch64").click()
    expect(page.locator("#data-shown")).to_contain_text("train/3")
    expect(note).to_have_value("")


@pytest.mark.usefixtures("dataset")
def test_of_two_examples_chosen_the_last_one_is_shown(page: Page) -> None:
    opened(page)
    server = SlowServer(page)
    for number in (2, 3, 4):
        page.locator("#data-example label", has_text=f"{number} · aarch64").click()
    server.wait_until_asked()
    server.release()
    expect(page.locator("#data-shown")).to_contain_text("train/4")


@pytest.fixture
def two_jobs(services: Services) -> Iterator[tuple[Path, Path]]:
    folders = []
    for number, name in enumerate(("older", "newer")):
        folder = JobFolder(path=services.jobs.jobs / f"2026010{number + 1}-000000-00-{name}")
        folder.path.mkdir()
        folder.recipe.write_text(TrainingRecipe(name=name, steps=100).to_toml())
        ProgressWriter(folder.progress).write(step(1))
        folder.write_state(JobState(state="finished", created=1.0 + number))
        folders.append(folder.path)
    yield folders[0], folders[1]
    for path in folders:
        services.jobs.delete(path.name)


def test_a_job_chosen_while_the_page_looks_for_news_stays_chosen(page: Page, two_jobs: tuple[Path, Path]) -> None:
    open_tab(page, "Train")
    detail, job = page.locator("#train-detail"), page.locator("#train-job input")
    expect(detail).to_contain_text("newer")
    server = SlowServer(page)
    server.wait_until_asked(two_jobs[1].name)
    older = JobFolder(path=two_jobs[0])
    older.write_state(replace(older.read_state(), state="stopped"))
    pick(page, job, re.compile("^older"))
    expect(job).to_have_value(re.compile("^older"))
    server.release()
    expect(detail).to_contain_text("older")
    expect(detail).to_contain_text("stopped")
    expect(job).to_have_value(re.compile("^older · stopped"))
