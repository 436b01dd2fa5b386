"""History in the browser: every file to download is read by another's reader, and every filter finds what it names."""

import csv
import json
from pathlib import Path

import pytest
from datasets import load_dataset
from playwright.sync_api import Page, expect

from tests.ui.acting import choose, compare, link, open_tab
from tests.ui.conftest import RIGHT, WRONG
from tests.ui.test_voting_browser import vote

pytestmark = pytest.mark.browser


def downloaded(page: Page, folder: Path) -> dict[str, Path]:
    """Every file that History offers, by its name."""
    open_tab(page, "History")
    page.click("#history-export")
    links = page.locator("#history-files a[download]")
    expect(links.first).to_be_visible()
    files = {}
    for number in range(links.count()):
        with page.expect_download() as waiting:
            links.nth(number).click()
        name = waiting.value.suggested_filename
        files[name] = folder / name
        waiting.value.save_as(files[name])
    return files


def test_every_file_is_what_it_is_called(page: Page, tmp_path: Path) -> None:
    compare(page, "right", "wrong")
    kept = str(link(page).get_attribute("href")).partition("=")[2]
    vote(page, "A is better")
    files = downloaded(page, tmp_path)
    assert set(files) == {
        "comparisons.jsonl", "comparisons.csv", "votes.jsonl", "votes.csv", "preference-pairs.jsonl",
        "newest-comparison.md",
    }  # fmt: skip

    newest = json.loads(files["comparisons.jsonl"].read_text().splitlines()[0])
    assert newest["id"] == kept
    with files["comparisons.csv"].open(newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["id"] == kept]
    assert [(row["model"], row["passed"]) for row in rows] == [("right", "True"), ("wrong", "False")]

    votes = [json.loads(text) for text in files["votes.jsonl"].read_text().splitlines()]
    with files["votes.csv"].open(newline="") as table:
        assert [row["comparison"] for row in csv.DictReader(table)] == [one["comparison"] for one in votes]
    assert kept in {one["comparison"] for one in votes}

    pairs = load_dataset("json", data_files=str(files["preference-pairs.jsonl"]), cache_dir=str(tmp_path))["train"]
    assert pairs.column_names == ["prompt", "chosen", "rejected"]  # as TRL's DPOTrainer names them
    assert {"chosen": RIGHT, "rejected": WRONG} in [
        {side: pair[side][0]["content"] for side in ("chosen", "rejected")} for pair in pairs
    ]
    markdown = files["newest-comparison.md"].read_text()
    assert "right" in markdown
    assert WRONG in markdown


FILTERS = (
    ("Model", "hostile", "hostile", "wrong"),
    ("Some column got to", "returned", "✗ wrong (returned)", "hostile"),
    ("Outcome", "first passed, second failed", "✓ right (abi) · ✗ wrong", "✗ wrong (returned) · ✓ right"),
)
"""(label, option, what is then shown, what is not)"""


def test_each_filter_finds_what_it_names(page: Page) -> None:
    for models in (("right", "wrong"), ("wrong", "right"), ("right", "hostile")):
        compare(page, *models)
    open_tab(page, "History")
    cells = page.locator("#history-table [role=gridcell]")
    for label, option, shown, hidden in FILTERS:
        expect(cells.filter(has_text=hidden).first).to_be_visible()
        choose(page, label, option)
        expect(cells.filter(has_text=hidden)).to_have_count(0)
        expect(cells.filter(has_text=shown).first).to_be_visible()
        choose(page, label, "any")
