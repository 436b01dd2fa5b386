"""The stepper in a real browser: from Run, from an answer, with keys and pressed line numbers."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.acting import UNLABELLED, choose, compare, open_tab
from tests.ui.conftest import OpenPage

pytestmark = pytest.mark.browser

HOSTILE_PROGRAM = """\
main:
  adr x0, text  // <script>window.pwned = 1</script>
  str x0, [sp, -16]!
  mov x1, 1
  ldr x2, [x1]
text: .string "<img src=x onerror='window.pwned = 1'>"
"""


def stepper(page: Page, place: str) -> Locator:
    return page.locator(f"#{place}-trace")


def press(page: Page, place: str, name: str) -> None:
    stepper(page, place).get_by_role("button", name=name, exact=True).click()


def head(page: Page, place: str) -> Locator:
    return stepper(page, place).locator(".ap-trace-head")


def open_run_trace(page: Page, source: str = "") -> None:
    open_tab(page, "Run")
    if source:
        page.locator("#run-source .cm-content").fill(source)
    page.click("#run-step")
    stepper(page, "run").locator(".ap-trace-view").wait_for()


def test_a_program_is_stepped_through_forward_and_back(page: Page) -> None:
    """The example has eight instructions and two system calls."""
    open_run_trace(page)
    expect(head(page, "run")).to_contain_text("Step 0 of")
    press(page, "run", "Step ›")
    expect(head(page, "run")).to_contain_text("Step 1 of 10 · line 5")
    expect(stepper(page, "run").locator(".ap-here")).to_contain_text("adr x1, message")
    press(page, "run", "‹ Back")
    expect(head(page, "run")).to_contain_text("Step 0 of 10")
    press(page, "run", "End")
    expect(head(page, "run")).to_contain_text("Step 10 of 10")
    expect(stepper(page, "run").locator(".ap-output")).to_contain_text("Hello, AArch64")
    press(page, "run", "To the fault")
    expect(stepper(page, "run").locator(".ap-notice-error")).to_contain_text("no fault")
    stepper(page, "run").get_by_role("slider").press("ArrowLeft")
    expect(head(page, "run")).to_contain_text("Step 9 of 10")
    press(page, "run", "Close")
    expect(stepper(page, "run")).to_be_hidden()


def test_keys_and_pressed_line_numbers_work(page: Page) -> None:
    open_run_trace(page)
    expect(stepper(page, "run").get_by_role("button", name="Step ›", exact=True)).to_be_focused()
    page.keyboard.press("n")
    expect(head(page, "run")).to_contain_text("Step 1 of 10")
    page.keyboard.press("ArrowRight")
    expect(head(page, "run")).to_contain_text("Step 2 of 10")
    page.keyboard.press("p")
    expect(head(page, "run")).to_contain_text("Step 1 of 10")
    stepper(page, "run").locator(".ap-gutter[data-line='8']").click()
    field = stepper(page, "run").get_by_label("Breakpoints")
    expect(field).to_have_value("8")
    expect(stepper(page, "run").locator(".ap-stops")).to_have_count(1)
    page.keyboard.press("c")
    expect(head(page, "run")).to_contain_text("line 8")
    stepper(page, "run").locator(".ap-gutter[data-line='8']").click()
    expect(field).to_have_value("")
    field.fill("here")
    expect(stepper(page, "run").locator(".ap-notice-error")).to_contain_text("'here' is no line number")


def test_an_answer_is_traced_with_its_failed_case(page: Page) -> None:
    compare(page, "right", "wrong")
    page.get_by_role("button", name="Trace B").click()
    expect(stepper(page, "compare")).to_contain_text("Trace of answer B")
    expect(stepper(page, "compare").get_by_label("Case", exact=True)).to_have_value("case 1: a=12, b=18")
    press(page, "compare", "End")
    expect(stepper(page, "compare").locator(".ap-notice-good")).to_contain_text("returns 30")
    choose(page, "Case", "case 3: a=0, b=5")
    expect(head(page, "compare")).to_contain_text("Step 0 of")
    page.click("#compare-run")
    expect(stepper(page, "compare")).to_be_hidden()


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1440, "light")])
def test_it_fits_has_labels_and_runs_no_script_of_a_guest(
    open_page: OpenPage, address: str, width: int, theme: str
) -> None:
    page = open_page(f"{address}/?__theme={theme}", width=width, height=844)
    open_run_trace(page, HOSTILE_PROGRAM)
    press(page, "run", "To the fault")
    expect(stepper(page, "run").locator(".ap-notice-error")).to_contain_text("SIGSEGV")
    expect(stepper(page, "run").locator(".ap-trace-source")).to_contain_text("<script>window.pwned = 1</script>")
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(UNLABELLED) == []
