import json
from dataclasses import replace
from pathlib import Path

from playground.evaluation.store import ComparisonStore, Filters
from playground.models.events import Message, Sampling
from playground.tasks.files import task_from_json
from playground.tasks.verdict import ListingRow, Verdict
from playground.ui.comparison.archive import KEPT_LISTING_ROWS, Archived, keep, restore, summary
from playground.ui.comparison.board import Answer
from playground.ui.comparison.markdown import as_markdown, fenced
from playground.ui.comparison.setup import ColumnSetup, Comparison
from tests.ui.test_render_verdict import hostile_verdict

TASK = task_from_json(
    {
        "id": "fill",
        "prompt": "Fill `dst`.",
        "prototype": "void fill(int *dst, int n)",
        "cases": [{"args": [{"zeros": 3}, 3], "after": {"dst": [1, 1, 1]}}],
    }
)
COMPARISON = Comparison(
    task=TASK,
    arch="aarch64",
    columns=(
        ColumnSetup(model="base", sampling=Sampling(temperature=0.7, stop=("\n\n", "</s>"), seed=4)),
        ColumnSetup(model="tuned", system="Write AArch64 assembly.", history=(Message(role="user", content="hi"),)),
    ),
    samples=2,
)
PASSED = Answer(model="tuned", status="done", text="fill:\n ret", verdict=Verdict(stage="abi", passed=True))
FAILED = Answer(
    model="base", status="done", text="``` ````", verdict=hostile_verdict("<b>&\u202e"), seconds_to_first_token=0.5
)
ARCHIVED = Archived(COMPARISON, ((FAILED, replace(FAILED, verdict=None)), (PASSED, PASSED)))


def test_what_was_kept_is_restored_whole(tmp_path: Path) -> None:
    store = ComparisonStore(tmp_path)
    keep(store, "id", ARCHIVED)
    assert restore(store.get("id")) == ARCHIVED
    assert [one.id for one in store.search(Filters(outcome="first failed, second passed"))] == ["id"]


def test_a_later_field_takes_its_default(tmp_path: Path) -> None:
    store = ComparisonStore(tmp_path)
    keep(store, "id", ARCHIVED)
    stored = store.get("id")
    body = json.loads(stored.body)
    del body["comparison"]["suffix"]
    assert restore(replace(stored, body=json.dumps(body))) == ARCHIVED


def test_a_long_listing_is_kept_in_part(tmp_path: Path) -> None:
    rows = (ListingRow(address=1, data=b"\x01", line=1, text="x"),) * 5000
    answer = replace(PASSED, verdict=Verdict(stage="abi", passed=True, listing=rows))
    store = ComparisonStore(tmp_path)
    keep(store, "id", Archived(replace(COMPARISON, samples=1), ((answer,), ())))
    kept = restore(store.get("id")).answers[0][0].verdict
    assert kept is not None
    assert len(kept.listing) == KEPT_LISTING_ROWS


def test_a_columns_summary_is_its_best_sample() -> None:
    found = summary((FAILED, PASSED))
    assert (found.stage, found.passed, found.unscored) == ("abi", True, False)
    unscored = replace(FAILED, verdict=Verdict(stage="assembled", passed=False, unscored=True))
    assert summary((unscored,)).unscored


def test_markdown_cannot_be_closed_from_inside() -> None:
    assert fenced("a\n````\nb", "").startswith("`````\n")
    text = as_markdown(ARCHIVED)
    assert "`````\n``` ````\n`````" in text
    assert "**passed**: ABI kept." in text
