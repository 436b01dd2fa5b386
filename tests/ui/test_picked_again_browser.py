"""A preset or an example that stands in its drop-down is what its fields hold; edited, it can be picked again."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.acting import choose, drawn, open_part, open_tab, pick

pytestmark = pytest.mark.browser

ADD = "Add two numbers"
ADD_PROMPT = "Add the numbers 8 and 120 and return the sum."


def own_prompt(page: Page) -> Locator:
    """Open the fields for a prompt of one's own."""
    page.get_by_text("My own", exact=True).click()
    prompt = page.locator("#own-prompt textarea")
    expect(prompt).to_be_visible()
    drawn(page)
    return prompt


def test_a_preset_is_picked_again_by_mouse_and_by_keys(page: Page) -> None:
    prompt, preset = own_prompt(page), page.get_by_label("Preset", exact=True)
    for pick_it in (
        lambda: pick(page, preset, ADD, exact=True),
        lambda: choose(page, "Preset", ADD),
    ):
        pick_it()
        expect(prompt).to_have_value(ADD_PROMPT)
        expect(preset).to_have_value(ADD)
        prompt.fill("Add the numbers.")
        expect(preset).to_have_value("")  # what stands there is no preset any more
        pick_it()
        expect(prompt).to_have_value(ADD_PROMPT)
        prompt.fill("")


def test_a_preset_lasts_until_one_of_its_fields_is_edited(page: Page) -> None:
    prompt, preset = own_prompt(page), page.get_by_label("Preset", exact=True)
    choose(page, "Preset", "Fill the middle of add_two_arrays")
    expect(page.get_by_label("Suffix (what follows the gap)")).to_have_value(re.compile("str w1"))
    drawn(page)
    expect(preset).to_have_value("Fill the middle of add_two_arrays")  # filling in is no editing
    page.get_by_label("C prototype").first.fill("void f(void)")
    expect(preset).to_have_value("")
    choose(page, "Preset", ADD)
    expect(page.get_by_label("C prototype").first).to_have_value("long add_numbers(void)")
    page.locator("[role=gridcell]", has_text="128").locator("visible=true").dblclick()
    page.keyboard.press("Control+A")
    page.keyboard.type("129")
    page.keyboard.press("Enter")
    expect(preset).to_have_value("")
    expect(prompt).to_have_value(ADD_PROMPT)


def test_an_example_is_picked_again(page: Page) -> None:
    open_tab(page, "Run")
    source, example = page.locator("#run-source .cm-content"), page.get_by_label("Example", exact=True)
    first = "Hello, AArch64 (system calls)"
    expect(example).to_have_value(first)
    source.fill("mine: ret")
    expect(example).to_have_value("")
    choose(page, "Example", first)
    expect(source).to_contain_text("svc 0")
    drawn(page)
    expect(example).to_have_value(first)
    choose(page, "Example", "A function with cases, AArch64")
    expect(source).to_contain_text("udiv")
    open_part(page, "Call one function instead", page.get_by_label("C prototype").locator("visible=true"))
    expect(example).to_have_value("A function with cases, AArch64")
    page.get_by_label("C prototype").locator("visible=true").fill("long gcd(long a, long b)")
    expect(example).to_have_value("")


def test_a_mode_begins_with_its_preset_unless_something_was_typed(page: Page) -> None:
    prompt, preset = page.locator("#own-prompt textarea"), page.get_by_label("Preset", exact=True)
    page.get_by_text("Complete", exact=True).click()
    expect(preset).to_have_value(re.compile("^Complete "))
    expect(prompt).to_have_value(re.compile("^add_two_arrays:"))
    drawn(page)
    page.get_by_text("Fill in the middle", exact=True).click()
    expect(preset).to_have_value("Fill the middle of add_two_arrays")
    expect(page.get_by_label("Suffix (what follows the gap)")).to_have_value(re.compile("str w1"))
    prompt.fill("mine:")
    expect(preset).to_have_value("")
    page.get_by_text("Complete", exact=True).click()
    expect(page.get_by_label("Suffix (what follows the gap)")).to_be_hidden()
    expect(prompt).to_have_value("mine:")
