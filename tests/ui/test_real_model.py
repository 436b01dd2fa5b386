"""The whole product in a browser: the real model, the real judge, a real training job."""

import os
import re
from collections.abc import Iterator

import gradio as gr
import pytest
from playwright.sync_api import Page, expect

from playground.ui.compare.presets import PRESETS
from playground.ui.page import build_page
from playground.ui.start import build_services
from tests.ui.acting import drawn, link, open_part, open_tab, pick, run
from tests.ui.conftest import OpenPage, served_apart

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.slow, pytest.mark.timeout(900)]

PATIENCE = 400_000
"""Milliseconds: two cores may be shared with other tests."""


@pytest.fixture(scope="module")
def real_address(isolated_home: object) -> Iterator[str]:
    """The page as app.py serves it, its state in the tests' own folder."""
    page: gr.Blocks = build_page(build_services(os.environ))
    page.queue(default_concurrency_limit=8)
    _, url, _ = page.launch(**served_apart(), prevent_thread_lock=True, quiet=True)
    yield url.rstrip("/")
    page.close()


def test_compare_then_train_then_compare_with_what_was_trained(open_page: OpenPage, real_address: str) -> None:
    page = open_page(real_address)
    set_limit(page, 24)
    run(page, PATIENCE)
    assert len(written(page)) == 2
    expect(page.locator("#column-0 .ap-answer-head")).to_contain_text("tokens/s")

    open_tab(page, "Train")
    page.locator("#recipe-name textarea, #recipe-name input").fill("browser-trained")
    page.locator("#recipe-steps input").fill("2")
    open_part(page, "More settings", page.locator("#recipe-row_tokens input"))
    for field, value in {"row_tokens": "128", "rows_per_step": "2", "practice_tasks": "0", "held_out": "0.01"}.items():
        page.locator(f"#recipe-{field} input").fill(value)
    for field in ("new_tokens", "fim_tokens"):
        page.locator(f"#recipe-{field} textarea, #recipe-{field} input").fill("<|before|> <|after|> <|between|>")
    page.click("#train-start")
    expect(page.locator("#train-queue")).to_contain_text("browser-trained")
    page.reload()
    page.wait_for_selector("#compare-run")
    open_tab(page, "Train")
    detail = page.locator("#train-detail")
    expect(detail).to_contain_text("finished", timeout=PATIENCE)
    expect(detail.locator(".ap-numbers")).to_contain_text("2 of 2")
    expect(detail.locator(".ap-numbers")).to_contain_text("loss")
    expect(page.locator("#train-plot path, #train-plot canvas").first).to_be_visible()

    page.get_by_role("button", name="Compare now").click()
    expect(page.locator("#compare-run")).to_be_visible()
    expect(page.get_by_label("Model B", exact=True)).to_have_value("browser-trained")
    set_limit(page, 24)  # the page was loaded anew
    run(page, PATIENCE)
    assert len(written(page)) == 2

    page.get_by_text("Fill in the middle", exact=True).click()
    choose_preset(page, "fill")
    run(page, PATIENCE)
    expect(page.locator("#column-0")).to_contain_text("has no fill-in-the-middle tokens")
    expect(page.locator("#column-1 article[data-status=done] .ap-reply code")).not_to_be_empty()


def choose_preset(page: Page, mode: str) -> None:
    """The first preset of a mode; its text is then in the prompt."""
    preset = page.get_by_label("Preset")
    expect(preset).to_be_visible()
    drawn(page)
    pick(page, preset, next(one.title for one in PRESETS.values() if one.mode == mode))
    expect(page.locator("#own-prompt textarea")).to_have_value(re.compile("add_two_arrays"))


def written(page: Page) -> list[str]:
    """The replies of all columns, once each has its verdict and the whole is kept."""
    expect(link(page)).to_be_visible(timeout=PATIENCE)
    expect(page.locator("article[data-status=done] .ap-ladder")).to_have_count(2)
    return page.locator(".ap-reply code").all_inner_texts()


def set_limit(page: Page, tokens: int) -> None:
    field = page.get_by_label("number input for Maximum tokens").first
    open_part(page, "Parameters, all columns", field)
    field.fill(str(tokens))
    field.press("Tab")  # a field counts when it is left


def kept_link(page: Page) -> str:
    return str(link(page).get_attribute("href"))


def run_anew(page: Page) -> list[str]:
    """Press Compare, and wait until another comparison is kept."""
    run(page, PATIENCE)
    return written(page)


def test_a_link_reproduces_a_comparison_and_running_it_again_gives_the_same_texts(
    open_page: OpenPage, real_address: str
) -> None:
    page = open_page(real_address)
    set_limit(page, 16)
    page.get_by_label("number input for Temperature").first.fill("0.9")
    page.get_by_label("number input for Temperature").first.press("Tab")
    page.locator("#column-0").get_by_label("Seed").fill("7")
    page.locator("#column-0").get_by_label("Seed").press("Tab")
    first = run_anew(page)

    page.locator("#column-0 .ap-token").nth(3).hover()
    expect(page.locator(".ap-tip")).to_contain_text("probable")
    expect(page.locator(".ap-tip tr").first).to_be_visible()
    page.locator("#difference-pair").get_by_text("A and B").click()
    expect(page.locator("#difference-view")).not_to_be_empty()

    page.goto(f"{real_address}/{kept_link(page)}")
    assert written(page) == first
    assert run_anew(page) == first
    seed = page.locator("#column-0").get_by_label("Seed")
    open_part(page, "Parameters, column A", seed)
    expect(seed).to_have_value("7")
    seed.fill("8")
    seed.press("Tab")
    other = run_anew(page)
    assert other[0] != first[0]
    assert other[1] == first[1]


def test_assembly_is_completed_and_a_conversation_goes_on(open_page: OpenPage, real_address: str) -> None:
    page = open_page(real_address)
    set_limit(page, 12)
    run_anew(page)
    before = kept_link(page)
    page.locator("#follow-up textarea").fill("Now in fewer instructions.")
    page.locator("#follow-up").get_by_role("button", name="Send").click()
    expect(page.locator(f"#compare-link a:not([href='{before}'])")).to_be_visible(timeout=PATIENCE)
    written(page)
    expect(page.locator("#column-1 .ap-said").last).to_have_text("Now in fewer instructions.")

    page.get_by_text("Complete", exact=True).click()
    choose_preset(page, "complete")
    assert len(run_anew(page)) == 2
    expect(page.locator("#follow-up")).to_be_hidden()
