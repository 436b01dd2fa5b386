"""On a public Space each browser finds its own comparisons; a link shows one to whom it was given."""

from collections.abc import Iterator
from dataclasses import replace

import gradio as gr
import pytest
from playwright.sync_api import Page, expect

from playground.evaluation.store import ComparisonStore, VoteStore
from playground.evaluation.store.comparisons import owner_of
from playground.ui.compare.handlers import render_link
from playground.ui.page import build_page
from playground.ui.services import Services
from tests.ui.acting import OVER, column, compare, link, open_tab
from tests.ui.conftest import OpenPage, served_apart


def test_an_id_is_kept_by_its_digest() -> None:
    assert owner_of("mine") == owner_of("mine") != owner_of("yours")
    assert "mine" not in owner_of("mine")
    assert owner_of("") == ""


def test_a_visitor_is_told_where_comparisons_go(services: Services) -> None:
    pushed = replace(services, environment={"PLAYGROUND_DATASET": "someone/votes", "HF_TOKEN": "hf_secret"})
    assert "pushed to the dataset someone/votes" in render_link("id", pushed)
    assert "hf_secret" not in render_link("id", pushed)
    assert "dataset" not in render_link("id", services)


@pytest.fixture(scope="module")
def public_address(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page as on a Space, with a state folder of its own."""
    home = tmp_path_factory.mktemp("space-home")
    public = replace(
        services,
        home=home,
        comparisons=ComparisonStore(home),
        votes=VoteStore(home),
        environment={"SPACE_ID": "someone/playground"},
    )
    page: gr.Blocks = build_page(public)
    page.queue(default_concurrency_limit=8)
    _, url, _ = page.launch(**{**served_apart(), "mcp_server": False}, prevent_thread_lock=True, quiet=True)
    yield url.rstrip("/")
    page.close()


def visit(open_page: OpenPage, address: str) -> Page:
    """A page in a browser of its own, once that has its id."""
    page = open_page(address)
    page.wait_for_function("localStorage.getItem('assembly-playground-visitor') !== null")
    return page


def rows(page: Page) -> int:
    """How many comparisons the history lists."""
    open_tab(page, "History")
    expect(page.locator("#history-results")).not_to_be_empty()
    return page.locator("#history-table [role=gridcell]", has_text="right").count()


@pytest.mark.browser
def test_each_browser_finds_its_own_and_a_link_shows_anothers(open_page: OpenPage, public_address: str) -> None:
    mine, theirs = visit(open_page, public_address), visit(open_page, public_address)
    compare(mine, "right", "wrong")
    href = link(mine).get_attribute("href")
    assert rows(theirs) == 0
    open_tab(mine, "History")
    expect(mine.locator("#history-table [role=gridcell]", has_text="right")).not_to_have_count(0)

    theirs.goto(f"{public_address}/{href}")
    expect(column(theirs, 0)).to_contain_text("correct 3/3")
    theirs.get_by_role("button", name="Retry A").click()
    copy = theirs.locator(f"#compare-link a:not([href='{href}'])")  # kept as their own: mine stays as it was
    expect(copy).to_be_visible()
    assert theirs.locator(OVER).count() == 2
    open_tab(theirs, "History")
    expect(theirs.locator("#history-table [role=gridcell]", has_text="right")).not_to_have_count(0)

    mine.reload()
    mine.wait_for_selector("#compare-run")
    open_tab(mine, "History")
    expect(mine.locator("#history-table [role=gridcell]", has_text="right")).not_to_have_count(0)
