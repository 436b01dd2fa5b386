"""What stands beside and below the answers, in a real browser: tokens, differences, turns, samples."""

import pytest
from playwright.sync_api import Locator, Page, expect

from playground.ui.services import Services
from tests.ui.acting import OVER, choose, column, compare, link, pick, run, until
from tests.ui.conftest import OpenPage

pytestmark = pytest.mark.browser


def tip(page: Page) -> Locator:
    return page.locator(".ap-tip")


def test_a_token_tells_its_probability_at_the_pointer_at_a_tap_and_by_keys(page: Page) -> None:
    compare(page, "right", "wrong")
    expect(tip(page)).to_have_count(0)
    reply = column(page, 1).locator(".ap-reply")
    unsure = reply.locator("[data-t='1']").first
    unsure.hover()
    expect(tip(page)).to_contain_text("40.0% probable")
    expect(tip(page).locator("tr")).to_have_count(2)
    expect(tip(page).locator("tr").nth(1)).to_contain_text("nop")
    page.get_by_role("heading", name="Assembly Playground").hover()
    expect(tip(page)).to_be_hidden()
    reply.locator("[data-t='2']").first.click()
    expect(tip(page)).to_contain_text("10.0% probable")
    reply.get_by_role("region").focus()
    page.keyboard.press("ArrowRight")
    expect(reply.locator(".ap-token-here")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(tip(page)).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(tip(page)).to_be_visible()


def test_hostile_tokens_stay_text_in_the_tip(page: Page) -> None:
    compare(page, "hostile", "hostile")
    reply = column(page, 0).locator(".ap-reply")
    for number in range(12):
        reply.locator(f"[data-t='{number}']").first.click()
        expect(tip(page)).to_be_visible()
        assert tip(page).locator("script, img, svg, iframe, style, a").count() == 0
    page.locator("#difference-pair").get_by_text("A and B").click()
    expect(page.locator("#difference-view")).to_contain_text("wrote the same assembly")
    assert page.evaluate("window.pwned") is None


def test_on_a_phone_what_is_wrong_stands_beside_the_button_and_every_case_in_sight(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address, width=390, height=844)
    page.get_by_text("My own", exact=True).click()
    choose(page, "Preset", "Fill the middle of add_two_arrays")
    cases = page.locator("#own-cases")
    cases.scroll_into_view_if_needed()
    expect(cases).to_contain_text('{"dst": [11, 22, 33]}')
    edge = cases.evaluate("table => table.getBoundingClientRect().right")
    headings = cases.get_by_role("columnheader").locator("visible=true")
    ends = headings.evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
    assert max(ends) <= edge + 1
    page.get_by_label("C prototype").first.fill("unknown f(int a)")
    page.click("#compare-run")
    expect(page.locator("#compare-banner")).to_contain_text("'unknown' is no known type")
    expect(page.locator("#compare-banner")).to_be_in_viewport(ratio=1)


def test_the_difference_of_two_columns_is_shown(page: Page) -> None:
    compare(page, "right", "hostile")
    page.locator("#difference-pair").get_by_text("A and B").click()
    view = page.locator("#difference-view")
    expect(view.locator(".ap-number.ap-removed").first).to_be_visible()
    expect(view).to_contain_text("udiv x2, x0, x1")
    expect(view).to_contain_text("<script>window.pwned = 1</script>")
    assert page.evaluate("window.pwned") is None
    page.locator("#difference-pair").get_by_text("not shown").click()
    expect(view.locator("table")).to_have_count(0)
    choose(page, "Model B", "Model slow")
    page.click("#compare-run")
    expect(page.locator("#difference")).to_be_hidden()  # as long as columns are written
    page.keyboard.press("Escape")
    expect(page.locator("#difference")).to_be_visible()


def test_an_earlier_turn_is_edited_and_sent_again(page: Page, services: Services) -> None:
    compare(page, "right", "wrong")
    say(page, "Now without a branch.")
    expect(column(page, 0).locator(".ap-said").last).to_have_text("Now without a branch.")
    say(page, "And shorter.")
    expect(column(page, 0).get_by_text("4 earlier messages")).to_be_visible()
    choose_turn(page, "Edit turn 2")
    text = page.locator("#follow-up textarea")
    expect(text).to_have_value("Now without a branch.")
    say(page, "Now with a loop.")
    expect(column(page, 0).get_by_text("2 earlier messages")).to_be_visible()
    expect(column(page, 0).locator(".ap-said").last).to_have_text("Now with a loop.")
    expect(column(page, 1).locator(".ap-said").last).to_have_text("Now with a loop.")
    before = services.comparisons.search()[0]
    page.get_by_role("button", name="Retry A").click()
    until(page, lambda: services.comparisons.get(before.id).created > before.created)  # kept anew
    expect(page.get_by_role("button", name="Retry A")).to_be_visible()
    expect(page.locator(OVER)).to_have_count(2)
    expect(column(page, 0).locator(".ap-said").last).to_have_text("Now with a loop.")


def choose_turn(page: Page, begins: str) -> None:
    pick(page, page.locator("#follow-up-turn input"), begins)


def say(page: Page, words: str) -> None:
    """Send a turn and wait until it is judged."""
    before = link(page).get_attribute("href")
    page.locator("#follow-up textarea").fill(words)
    page.locator("#follow-up").get_by_role("button", name="Send").click()
    expect(page.locator(f"#compare-link a:not([href='{before}'])")).to_be_visible()
    expect(page.locator("#follow-up textarea")).to_have_value("")


def test_a_strip_of_samples_tells_pass_at_k_of_an_own_prompt(page: Page) -> None:
    page.get_by_text("My own", exact=True).click()
    page.get_by_label("number input for Samples").fill("4")
    compare(page, "right", "wrong")
    expect(column(page, 0)).to_contain_text("4 of 4 scored samples passed · pass@1 100% · pass@2 100% · pass@4 100%")
    expect(column(page, 1)).to_contain_text("pass@1 0%")


def test_only_a_chat_has_a_follow_up(page: Page) -> None:
    expect(page.locator("#follow-up")).to_be_hidden()
    compare(page, "right", "wrong")
    expect(page.locator("#follow-up")).to_be_visible()
    page.get_by_text("Complete", exact=True).click()
    expect(page.locator("#follow-up")).to_be_hidden()
    page.get_by_text("Chat", exact=True).click()
    expect(page.locator("#follow-up")).to_be_visible()


def test_blind_columns_do_not_tell_their_names_in_a_difference(page: Page) -> None:
    choose(page, "Model A", "Model right")
    choose(page, "Model B", "Model wrong")
    page.get_by_label("Blind: hide and shuffle").check()
    run(page)
    page.locator("#difference-pair").get_by_text("A and B").click()
    view = page.locator("#difference-view")
    expect(view).to_contain_text("only in A")
    assert "right" not in view.inner_text().replace("only on the right", "")


def test_another_architecture_changes_to_the_adapter_made_for_it(page: Page) -> None:
    choose(page, "Model A", "Model right")
    choose(page, "Model B", "Model paired-aarch64")
    page.get_by_label("x86-64", exact=True).check()
    expect(page.get_by_label("Model B", exact=True)).to_have_value("Model paired-x86_64")
    expect(page.get_by_label("Model A", exact=True)).to_have_value("Model right")
    page.get_by_label("AArch64", exact=True).check()
    expect(page.get_by_label("Model B", exact=True)).to_have_value("Model paired-aarch64")
