"""What a person does on the page: each act waits for what it acts on, and ends when the page has taken it."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route, expect

from tests.ui.conftest import PATIENCE

OVER = "article[data-status=done], article[data-status=failed]"
"""The answer of a column that is written no further."""

UNLABELLED = """() => [...document.querySelectorAll('input, textarea, select, button')]
  .filter(one => one.offsetParent !== null && !['file', 'hidden'].includes(one.type))
  .filter(one => !(one.labels && one.labels.length) && !one.getAttribute('aria-label') && !one.title
    && !one.textContent.trim() && !one.getAttribute('aria-labelledby'))
  .map(one => one.outerHTML.slice(0, 160))"""
"""Fields and buttons that nothing names."""

IN_TAB = {
    "Compare": "#compare-run",
    "Run": "#run-run",
    "Train": "#train-start",
    "Data": "#data-build",
    "Evaluate": "#evaluate-run",
    "History": "#history-table",
}
"""What is there once a tab is open."""


def drawn(page: Page) -> None:
    """Two frames further. A frame after a tab or a part is opened for the first time, gradio gives its fields their
    values once more: what was typed before is gone."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))")


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for what the page does not tell."""
    for _ in range(PATIENCE // 50):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It did not come true.")


def open_tab(page: Page, name: str) -> None:
    """Choose a tab; on a narrow page the last ones stand in the menu behind the dots."""
    tab = page.get_by_role("tab", name=name, exact=True).locator("visible=true")
    if tab.count() == 0:
        page.locator(".overflow-menu > button").click()
        page.locator(".overflow-dropdown button", has_text=name).click()
    else:
        tab.click()
    expect(page.locator(IN_TAB[name])).to_be_visible()
    drawn(page)


def open_part(page: Page, name: str, field: Locator) -> None:
    """Open the part of this name, in which this field stands."""
    page.get_by_role("button", name=name).locator("visible=true").click()
    expect(field).to_be_visible()
    drawn(page)


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a drop-down by its name."""
    field = page.get_by_label(label, exact=True).locator("visible=true")
    field.click()
    field.fill(option)
    field.press("Enter")
    expect(field).not_to_be_focused()  # left once the option is taken; it then shows what was taken
    expect(field).to_have_value(option)


def pick(page: Page, field: Locator, option: str | re.Pattern[str], *, exact: bool = False) -> None:
    """Press an option in a drop-down's list."""
    field.click()
    offered = page.get_by_role("option", name=option, exact=exact)
    expect(offered).to_have_count(1)  # another drop-down's list has gone
    offered.click()
    expect(page.get_by_role("option")).to_have_count(0)


def compare(page: Page, *models: str) -> None:
    """Compare these models and wait for every verdict, and for the link, which comes last."""
    for letter, model in zip("ABCD", models, strict=False):
        choose(page, f"Model {letter}", f"Model {model}")
    run(page)
    expect(page.locator(OVER)).to_have_count(len(models))


def link(page: Page) -> Locator:
    return page.locator("#compare-link a")


def run(page: Page, patience: int = 120_000) -> None:
    """Press Compare, and wait until another comparison is kept: so many milliseconds at most."""
    before = link(page).get_attribute("href") if link(page).count() else ""
    page.click("#compare-run")
    expect(page.locator(f"#compare-link a:not([href='{before}'])")).to_be_visible(timeout=patience)


def column(page: Page, number: int) -> Locator:
    return page.locator(f"#column-{number}")


ASKED = re.compile(r"/gradio_api/(run/|queue/join)")


class SlowServer:
    """Takes what the page asks, and answers it only once it is released; the page's values are those of its asking."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._held: list[Route] = []
        self._released = False
        page.route(ASKED, self._take)

    def _take(self, route: Route) -> None:
        if self._released:
            route.continue_()
        else:
            self._held.append(route)

    def wait_until_asked(self, words: str = "") -> None:
        """Until the page has asked for something in which these words are."""
        until(self._page, lambda: any(words in (route.request.post_data or "") for route in self._held))

    def release(self) -> None:
        """Answer all of it, what was asked last first, as a network may do, and at once what comes from now on."""
        self._released = True
        for route in reversed(self._held):
            route.fulfill(response=route.fetch(timeout=PATIENCE))
