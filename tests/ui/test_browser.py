"""The page in a real browser, on scripted models and the real judge."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

OVER = "article[data-status=done], article[data-status=failed]"


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a drop-down."""
    field = page.get_by_label(label, exact=True).locator("visible=true")
    field.click()
    field.fill(option)
    field.press("Enter")
    expect(field).to_have_value(option)


def open_tab(page: Page, name: str) -> None:
    """Choose a tab; on a narrow page the last ones stand in the menu behind the dots."""
    tab = page.get_by_role("tab", name=name).locator("visible=true")
    if tab.count() == 0:
        page.locator(".overflow-menu > button").click()
        page.locator(".overflow-dropdown button", has_text=name).click()
    else:
        tab.click()
    page.wait_for_timeout(300)


def compare(page: Page, *models: str) -> None:
    """Compare these models and wait for every verdict."""
    for letter, model in zip("ABCD", models, strict=False):
        choose(page, f"Model {letter}", f"Model {model}")
    page.click("#compare-run")
    page.wait_for_function(
        "([query, n]) => document.querySelectorAll(query).length === n", arg=[OVER, len(models)], timeout=60_000
    )


def column(page: Page, number: int):  # type: ignore[no-untyped-def]
    return page.locator(f"#column-{number}")


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
    page.wait_for_timeout(300)
    expect(column(page, 0).locator(".ap-reply")).to_contain_text("<script>window.pwned = 1</script>")
    expect(column(page, 0).locator(".ap-reply")).to_contain_text("{{window.pwned}} {{{value}}}")
    assert page.evaluate("window.pwned") is None
    assert dialogs == []
    for name in ("script", "iframe", "img", "svg", "style", "a[href^=javascript]", "b"):
        assert column(page, 0).locator(f".ap-answer {name}").count() == 0


def test_stop_keeps_the_text_and_judges_it(page: Page) -> None:
    choose(page, "Model A", "Model slow")
    choose(page, "Model B", "Model right")
    page.click("#compare-run")
    column(page, 1).locator("article[data-status=done]").wait_for(timeout=30_000)
    page.keyboard.press("Escape")
    column(page, 0).locator("article[data-status=done]").wait_for(timeout=30_000)
    expect(column(page, 0)).to_contain_text("Stopped: what was written so far was judged.")
    expect(column(page, 0).locator(".ap-reply")).to_contain_text("mov x0, x1")
    expect(column(page, 0).locator(".ap-ladder")).to_have_count(1)


def test_ctrl_enter_compares_and_a_wrong_field_is_told_in_place(page: Page) -> None:
    compare(page, "right", "wrong")
    page.get_by_text("My own", exact=True).click()
    prompt = page.locator("#own-prompt textarea")
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
    expect(column(page, 0)).to_contain_text("correct 2/2", timeout=20_000)


def test_a_blind_vote_hides_names_and_is_counted(page: Page) -> None:
    choose(page, "Model A", "Model right")
    choose(page, "Model B", "Model wrong")
    page.get_by_label("Blind: hide and shuffle").check()
    page.click("#compare-run")
    page.locator("#voting").wait_for(timeout=30_000)
    assert "right" not in column(page, 0).inner_text() + column(page, 1).inner_text()
    right = 0 if "correct 3/3" in column(page, 0).inner_text() else 1
    page.locator("#vote-choice label").nth(right).click()
    page.click("#vote-send")
    expect(column(page, right)).to_contain_text("This was right")
    page.get_by_role("tab", name="History").click()
    expect(page.locator("#history-results")).to_contain_text("against wrong")
    expect(page.locator("#history-results")).to_contain_text("1 of 1")


def test_a_link_restores_a_comparison(page: Page, address: str) -> None:
    compare(page, "right", "wrong")
    link = page.locator("#compare-link a").get_attribute("href")
    before = column(page, 0).locator(".ap-reply").inner_text()
    page.goto(f"{address}/{link}")
    expect(column(page, 0)).to_contain_text("correct 3/3", timeout=20_000)
    assert column(page, 0).locator(".ap-reply").inner_text() == before
    expect(page.get_by_label("Model B", exact=True)).to_have_value("Model wrong")
    page.goto(f"{address}/?comparison=nowhere")
    expect(page.locator("#compare-banner")).to_contain_text("nowhere")


def test_history_finds_and_opens(page: Page) -> None:
    compare(page, "right", "wrong")
    page.get_by_role("tab", name="History").click()
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
    page.get_by_label("Follow-up to every column").fill("Now without a branch.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_function("document.querySelectorAll('article[data-status=writing]').length > 0", timeout=20_000)
    page.wait_for_function(f"document.querySelectorAll('{OVER}').length === 2", timeout=30_000)
    expect(page.get_by_label("Follow-up to every column")).to_have_value("")


def test_run_shows_output_and_exit_status(page: Page) -> None:
    page.get_by_role("tab", name="Run").click()
    page.click("#run-run")
    output = page.locator("#run-output")
    expect(output).to_contain_text("Hello, AArch64", timeout=30_000)
    expect(output).to_contain_text("exit status 0")
    source = page.locator("#run-source .cm-content")
    choose(page, "Example", "A fault, x86-64 (NASM)")
    expect(source).not_to_contain_text("Hello, AArch64", timeout=30_000)
    earlier = source.inner_text()
    page.click("#run-run")
    expect(output).to_contain_text("SIGSEGV", timeout=30_000)
    expect(output).to_contain_text("line 5")
    choose(page, "Example", "A function with cases, AArch64")
    expect(source).not_to_have_text(earlier, use_inner_text=True, timeout=30_000)
    page.click("#run-run")
    expect(output).to_contain_text("correct 3/3", timeout=30_000)


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (390, "light"), (1440, "dark")])
def test_nothing_sticks_out_and_everything_has_a_label(browser: Browser, address: str, width: int, theme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(f"{address}/?__theme={theme}")
    page.wait_for_selector("#compare-run")
    compare(page, "right", "base")
    for tab in ("Compare", "Run", "Train", "Evaluate", "History"):
        open_tab(page, tab)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(UNLABELLED) == []
    page.close()


UNLABELLED = """() => [...document.querySelectorAll('input, textarea, select, button')]
  .filter(one => one.offsetParent !== null && !['file', 'hidden'].includes(one.type))
  .filter(one => !(one.labels && one.labels.length) && !one.getAttribute('aria-label') && !one.title
    && !one.textContent.trim() && !one.getAttribute('aria-labelledby'))
  .map(one => one.outerHTML.slice(0, 160))"""
