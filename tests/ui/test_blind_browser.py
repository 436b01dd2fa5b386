"""Blind columns: what hides the models keeps hiding them until the vote, and every column goes on with its own."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from playground.models.scripted import ScriptedGenerator
from playground.ui.compare import handlers
from playground.ui.comparison.setup import Comparison
from playground.ui.services import Services
from tests.ui.acting import choose, column, open_part, run
from tests.ui.conftest import RIGHT, WRONG

pytestmark = pytest.mark.browser


def the_other_way_round(comparison: Comparison) -> Comparison:
    return replace(comparison, columns=comparison.columns[::-1])


@pytest.fixture
def blind(page: Page, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Asked blind, two samples each; what the pickers name stands in the other column."""
    monkeypatch.setattr(handlers, "shuffled", the_other_way_round)
    page.get_by_label("number input for Samples").fill("2")
    choose(page, "Model A", "Model right")
    choose(page, "Model B", "Model wrong")
    page.get_by_label("Blind: hide and shuffle").check()
    run(page)
    return page


def test_a_blind_turn_goes_on_blind_with_the_models_that_answered(blind: Page, services: Services) -> None:
    blind.get_by_label("Follow-up to every column").fill("Now without a branch.")
    before = blind.locator("#compare-link a").get_attribute("href")
    blind.get_by_role("button", name="Send").click()
    expect(blind.locator(f"#compare-link a:not([href='{before}'])")).to_be_visible()
    for number in (0, 1):
        expect(column(blind, number)).to_contain_text("Model hidden until you vote")
    expect(blind.get_by_label("Model A", exact=True)).to_be_hidden()
    assert isinstance(services.generator, ScriptedGenerator)
    answered = {"right": RIGHT, "wrong": WRONG}
    for asked in services.generator.requests[-1].columns:
        assert answered[asked.model] in [message.content for message in asked.messages]


def test_after_the_vote_every_picker_names_what_stands_below_it(blind: Page) -> None:
    column(blind, 1).get_by_text("2 ✓", exact=True).last.click()
    expect(column(blind, 1)).to_contain_text("correct 3/3")
    expect(blind.get_by_role("button", name="Retry B")).to_be_hidden()  # it would ask the model that the picker names
    blind.locator("#vote-choice label").nth(1).click()
    blind.click("#vote-send")
    expect(blind.locator("#voting")).to_contain_text("A was wrong, B was right")
    expect(blind.get_by_label("Model A", exact=True)).to_have_value("Model wrong")
    expect(blind.get_by_label("Model B", exact=True)).to_have_value("Model right")
    blind.get_by_role("button", name="Retry B").click()
    expect(column(blind, 1)).to_contain_text("2 of 2 scored samples passed")


def test_after_the_vote_a_columns_parameters_are_those_it_answered_with(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers, "shuffled", the_other_way_round)
    page.get_by_label("Same parameters in every column").uncheck()
    seeds = [column(page, number).get_by_label("Seed") for number in (0, 1)]
    for letter, seed, number in zip("AB", seeds, ("11", "22"), strict=True):
        open_part(page, f"Parameters, column {letter}", seed)
        seed.fill(number)
        seed.press("Tab")
    page.get_by_label("Blind: hide and shuffle").check()
    run(page)
    page.locator("#vote-choice label").first.click()
    page.click("#vote-send")
    for seed, number in zip(seeds, ("22", "11"), strict=True):
        expect(seed).to_have_value(number)
