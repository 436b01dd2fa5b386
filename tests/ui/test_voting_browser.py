"""What a vote is about: the samples in sight, which stay as they were."""

import pytest
from playwright.sync_api import Page, expect

from playground.evaluation.store.comparisons import Filters
from playground.ui.history.exports import preference_pairs
from playground.ui.services import Services
from tests.ui.acting import choose, column, compare, link
from tests.ui.conftest import RIGHT, WRONG

pytestmark = pytest.mark.browser


def vote(page: Page, choice: str) -> None:
    page.locator("#vote-choice").get_by_text(choice, exact=True).click()
    page.click("#vote-send")
    expect(page.locator("#voting")).to_contain_text("Your vote is kept.")


def test_a_vote_is_on_the_samples_in_sight(page: Page, services: Services) -> None:
    page.get_by_label("number input for Samples").fill("3")
    compare(page, "right", "wrong")
    column(page, 0).get_by_text("3 ✓", exact=True).last.click()
    column(page, 1).get_by_text("2 ✗", exact=True).last.click()
    expect(column(page, 1).get_by_label("2 ✗", exact=True)).to_be_checked()
    vote(page, "B is better")
    kept = services.votes.list()[-1]
    assert (kept.left_model, kept.left_column, kept.left_sample, kept.left_passed) == ("wrong", 1, 1, False)
    assert (kept.right_model, kept.right_column, kept.right_sample, kept.right_passed) == ("right", 0, 2, True)


def test_what_was_voted_on_stays_when_a_column_is_tried_again(page: Page, services: Services) -> None:
    compare(page, "right", "wrong")
    voted = str(link(page).get_attribute("href"))
    vote(page, "A is better")
    choose(page, "Model A", "Model base")
    page.get_by_role("button", name="Retry A").click()
    expect(page.locator(f"#compare-link a:not([href='{voted}'])")).to_be_visible()
    assert [one.model for one in services.comparisons.search(Filters())[0].columns] == ["base", "wrong"]
    assert [one.model for one in services.comparisons.get(voted.partition("=")[2]).columns] == ["right", "wrong"]

    expect(page.locator("#voting")).not_to_contain_text("Your vote is kept.")
    again = link(page).get_attribute("href")
    vote(page, "B is better")
    assert services.votes.list()[-1].comparison == str(again).partition("=")[2]

    pairs = preference_pairs(services, services.votes.list())[-2:]
    assert [one.chosen for one in pairs] == [RIGHT, WRONG]
    assert pairs[0].rejected == WRONG
