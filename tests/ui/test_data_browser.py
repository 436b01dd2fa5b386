"""The Data tab in a real browser: a dataset is built, looked through, judged and annotated."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from playground.data.doccano import read_doccano
from playground.ui.services import Services
from tests.ui.acting import open_tab, pick
from tests.ui.hostile import HOSTILE

pytestmark = pytest.mark.browser

ADD = "add:\n add w0,w0,w1\n ret"
BUILD_MILLISECONDS = 200_000


def chat(question: str, answer: str) -> str:
    roles = (("system", "Write AArch64 assembly."), ("user", question), ("assistant", answer))
    messages = [{"role": role, "content": content} for role, content in roles]
    return json.dumps({"messages": messages, "family": "scalar/add", "arch": "aarch64"})


def task(number: int) -> str:
    cases = [{"args": [2, 3], "returns": 5}, {"args": [-1, 1], "returns": 0}]
    table = {"id": f"add/{number}", "prompt": "Add.", "prototype": "int add(int a, int b)", "cases": cases}
    return json.dumps(table)


@pytest.fixture
def dataset(services: Services) -> Iterator[Path]:
    """A dataset of thirteen examples, one of them about something else, one hostile."""
    folder = services.home / "datasets" / "written-by-hand"
    folder.mkdir(parents=True)
    questions = [f"Add a and b, number {number}." for number in range(11)] + ["Subtract nothing.", HOSTILE[0]]
    (folder / "train.jsonl").write_text("".join(chat(one, ADD) + "\n" for one in questions))
    (folder / "train.tasks.jsonl").write_text("".join(task(number) + "\n" for number in range(13)))
    (folder / "recipe.toml").write_text('name = "written-by-hand"\n')
    yield folder
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink()
    folder.rmdir()


def reload(page: Page) -> None:
    """The page anew, once its tabs are there."""
    page.reload()
    page.wait_for_selector("#compare-run")


def opened(page: Page) -> None:
    """The tab with the dataset's first example."""
    open_tab(page, "Data")
    expect(page.locator("#data-dataset input")).to_have_value("written-by-hand")
    expect(page.locator("#data-shown")).to_contain_text("train/1")


def test_examples_are_listed_searched_and_judged(page: Page, dataset: Path) -> None:
    opened(page)
    expect(page.locator("#data-found")).to_contain_text("13 examples, page 1 of 2")
    expect(page.locator("#data-verdict")).to_contain_text("correct 2/2")
    expect(page.locator("#data-histograms")).to_contain_text("scalar")
    words = page.locator("#data-words textarea, #data-words input").first
    words.fill("subtract NOTHING")
    words.press("Enter")
    expect(page.locator("#data-found")).to_contain_text("1 example, page 1 of 1")
    expect(page.locator("#data-shown")).to_contain_text("train/12")


def test_a_note_is_saved_and_outlives_the_page(page: Page, dataset: Path) -> None:
    opened(page)
    page.locator("#data-example label", has_text="2 · aarch64").click()
    expect(page.locator("#data-shown")).to_contain_text("train/2")
    pick(page, page.locator("#data-line input"), "2: add w0,w0,w1")
    note = page.locator("#data-note textarea, #data-note input").first
    note.fill("the <b>sum</b>")
    page.locator("#data-save").click()
    expect(page.locator("#data-shown .ap-note")).to_have_text("the <b>sum</b>")
    assert [(one.id, dict(one.notes)) for one in read_doccano(dataset / "annotations.jsonl")] == [
        ("train/2", {2: "the <b>sum</b>"})
    ]
    reload(page)
    opened(page)
    page.locator("#data-example label", has_text="2 · aarch64").click()
    expect(page.locator("#data-shown .ap-note")).to_have_text("the <b>sum</b>")


@pytest.mark.toolchain
def test_a_build_is_followed_through_a_reload(page: Page, require_tool: Callable[[str, str], str]) -> None:
    require_tool("gcc", "gcc")
    require_tool("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu")
    open_tab(page, "Data")
    page.locator("#data-name textarea, #data-name input").first.fill("small")
    functions = page.locator("#data-functions input")
    functions.fill("4")
    functions.press("Tab")
    page.locator("#data-build").click()
    expect(page.locator("#data-builds article")).to_have_count(1)
    reload(page)
    open_tab(page, "Data")
    finished = page.locator("#data-builds article[data-status=finished]")
    expect(finished).to_contain_text("of 4 functions", timeout=BUILD_MILLISECONDS)
    expect(page.locator("#data-dataset input")).to_have_value("small")
    expect(page.locator("#data-verdict")).to_contain_text("ABI")
