"""The page in a real browser, on scripted models and the real judge."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.acting import OVER, UNLABELLED, choose, column, compare, drawn, link, open_tab
from tests.ui.conftest import OpenPage

pytestmark = pytest.mark.browser


def test_two_columns_are_judged(page: Page) -> None:
    compare(page, "right", "wrong")
    expect(column(page, 0).locator(".ap-reached")).to_have_count(7)
    expect(column(page, 0)).to_contain_text("correct 3/3")
    expect(column(page, 1).locator(".ap-failed")).to_contain_text(re.compile(r"correct \d/3"))
    first_row = column(page, 1).locator(".ap-cases tbody tr").first
    expect(first_row).to_contain_text("a=12, b=18")
    expect(first_row).to_contain_text("30")
    column(page, 0).get_by_text("Listing").click()
    expect(column(page, 0).locator(".ap-listing")).to_contain_text("cbz")


def test_an_error_shows_its_line_and_a_caret(page: Page) -> None:
    compare(page, "base", "offline")
    expect(column(page, 0).locator(".ap-failed")).to_contain_text("assembled")
    expect(column(page, 0).locator(".ap-diagnostics .ap-place").first).to_have_text(re.compile(r"^3:\d+$"))
    expect(column(page, 0).locator(".ap-excerpt").first).to_contain_text("frobnicate")
    expect(column(page, 1).locator(".ap-notice")).to_contain_text("refused the connection")


def test_what_a_model_writes_never_becomes_a_script(page: Page) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    compare(page, "hostile", "hostile")
    expect(column(page, 0).locator(".ap-reply")).to_contain_text("<script>window.pwned = 1</script>")
    expect(column(page, 0).locator(".ap-reply")).to_contain_text("{{window.pwned}} {{{value}}}")
    for name in ("script", "iframe", "img", "svg", "style", "a[href^=javascript]", "b"):
        assert column(page, 0).locator(f".ap-answer {name}").count() == 0
    drawn(page)  # what a script or a picture's fault would do, it has done
    assert page.evaluate("window.pwned") is None
    assert dialogs == []


def test_stop_keeps_the_text_and_judges_it(page: Page) -> None:
    choose(page, "Model A", "Model slow")
    choose(page, "Model B", "Model right")
    page.click("#compare-run")
    column(page, 1).locator("article[data-status=done]").wait_for()
    expect(page.locator("#compare-run")).to_be_disabled()
    page.keyboard.press("Escape")
    column(page, 0).locator("article[data-status=done]").wait_for()
    expect(column(page, 0)).to_contain_text("Stopped: what was written so far was judged.")
    expect(column(page, 0).locator(".ap-reply")).to_contain_text("mov x0, x1")
    expect(column(page, 0).locator(".ap-ladder")).to_have_count(1)
    expect(page.locator("#compare-run")).to_be_enabled()


def test_ctrl_enter_compares_and_a_wrong_field_is_told_in_place(page: Page) -> None:
    compare(page, "right", "wrong")
    page.get_by_text("My own", exact=True).click()
    prompt = page.locator("#own-prompt textarea")
    expect(prompt).to_be_visible()
    drawn(page)
    prompt.fill("   ")
    prompt.press("Control+Enter")
    expect(page.locator("#compare-banner")).to_contain_text("The prompt is empty")
    expect(column(page, 0)).to_contain_text("correct 3/3")
    prompt.fill("Return the greatest common divisor.")
    page.get_by_label("C prototype").first.fill("not a prototype")
    prompt.press("Control+Enter")
    expect(page.locator("#compare-banner")).to_contain_text("not a prototype")
    expect(column(page, 0)).to_contain_text("correct 3/3")
    page.get_by_label("C prototype").first.fill("unsigned long gcd(unsigned long a, unsigned long b)")
    prompt.press("Control+Enter")
    expect(page.locator("#compare-banner")).to_be_hidden(timeout=20_000)
    expect(column(page, 0)).to_contain_text("correct 2/2")


def test_a_blind_vote_hides_names_and_is_counted(page: Page) -> None:
    choose(page, "Model A", "Model right")
    choose(page, "Model B", "Model wrong")
    page.get_by_label("Blind: hide and shuffle").check()
    page.click("#compare-run")
    page.locator("#voting").wait_for()
    assert "right" not in column(page, 0).inner_text() + column(page, 1).inner_text()
    right = 0 if "correct 3/3" in column(page, 0).inner_text() else 1
    page.click("#vote-send")
    expect(page.locator("#voting")).to_contain_text("No vote is chosen")
    page.locator("#vote-choice label").nth(right).click()
    page.click("#vote-send")
    expect(page.locator("#voting")).to_contain_text(f"{'AB'[right]} was right")
    expect(page.get_by_label(f"Model {'AB'[right]}", exact=True)).to_have_value("Model right")
    open_tab(page, "History")
    expect(page.locator("#history-results")).to_contain_text("against wrong")
    expect(page.locator("#history-results")).to_contain_text("1 of 1")


def test_a_link_restores_a_comparison(page: Page, address: str) -> None:
    compare(page, "right", "wrong")
    address_of_it = f"{address}/{link(page).get_attribute('href')}"
    before = column(page, 0).locator(".ap-reply").inner_text()
    page.goto(address_of_it)
    expect(column(page, 0)).to_contain_text("correct 3/3")
    expect(column(page, 0).locator(".ap-reply")).to_have_text(before, use_inner_text=True)
    expect(page.get_by_label("Model B", exact=True)).to_have_value("Model wrong")
    page.goto(f"{address}/?comparison=nowhere")
    expect(page.locator("#compare-banner")).to_contain_text("nowhere")


def test_history_says_when_nothing_fits(page: Page) -> None:
    open_tab(page, "History")
    field = page.get_by_label("Search in prompts")
    field.fill("no prompt has these words")
    expect(page.get_by_text("No comparison fits")).to_be_visible()
    field.fill("")
    expect(page.get_by_text("No comparison fits")).to_be_hidden()


def test_history_finds_and_opens(page: Page) -> None:
    compare(page, "right", "wrong")
    open_tab(page, "History")
    choose(page, "Outcome", "first passed, second failed")
    page.locator("#history-table [role=gridcell]", has_text="✓ right").first.click()
    expect(page.locator("#compare-run")).to_be_visible(timeout=20_000)
    expect(column(page, 0)).to_contain_text("correct 3/3")


def test_samples_have_a_strip_to_click_through(page: Page) -> None:
    page.get_by_label("number input for Samples").fill("3")
    compare(page, "right", "wrong")
    expect(column(page, 0)).to_contain_text("3 of 3 scored samples passed")
    column(page, 1).get_by_text("2 ✗", exact=True).last.click()
    expect(column(page, 1).locator("article")).to_have_count(1)


def test_a_follow_up_continues_each_columns_conversation(page: Page) -> None:
    compare(page, "right", "wrong")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#follow-up")).to_contain_text("The follow-up is empty")
    page.get_by_label("Follow-up to every column").fill("Now without a branch.")
    before = link(page).get_attribute("href")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(f"#compare-link a:not([href='{before}'])")).to_be_visible()
    expect(page.locator(OVER)).to_have_count(2)
    expect(column(page, 1).locator(".ap-said").last).to_have_text("Now without a branch.")
    expect(page.get_by_label("Follow-up to every column")).to_have_value("")
    expect(page.locator("#follow-up")).not_to_contain_text("The follow-up is empty")


def test_run_shows_output_and_exit_status(page: Page) -> None:
    open_tab(page, "Run")
    page.click("#run-run")
    output = page.locator("#run-output")
    expect(output).to_contain_text("Hello, AArch64")
    expect(output).to_contain_text("exit status 0")
    source = page.locator("#run-source .cm-content")
    choose(page, "Example", "A fault, x86-64 (NASM)")
    expect(source).to_contain_text("mov rax, [rdi]")
    page.click("#run-run")
    expect(output).to_contain_text("SIGSEGV")
    expect(output).to_contain_text("line 5")
    choose(page, "Example", "A function with cases, AArch64")
    expect(source).to_contain_text("udiv x2, x0, x1")
    page.click("#run-run")
    expect(output).to_contain_text("correct 3/3")


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (390, "light"), (1440, "dark")])
def test_nothing_sticks_out_and_everything_has_a_label(
    open_page: OpenPage, address: str, width: int, theme: str
) -> None:
    page = open_page(f"{address}/?__theme={theme}", width=width, height=844)
    compare(page, "right", "base")
    for tab in ("Compare", "Run", "Train", "Data", "Evaluate", "History"):
        open_tab(page, tab)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(UNLABELLED) == []
