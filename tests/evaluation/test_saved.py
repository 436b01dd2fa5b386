"""A report's folder: packed and unpacked, answers taken from another campaign, files to download."""

import json
from pathlib import Path
from typing import Any

import pytest

from playground.errors import InputError
from playground.evaluation.campaign import Campaign, CampaignSettings
from playground.evaluation.engine import LocalEngine
from playground.evaluation.saved import (
    pack,
    reuse_samples,
    saved_report,
    saved_results,
    saved_samples,
    unpack,
    write_downloads,
)
from tests.evaluation.test_campaign import TASKS, Writer, engine

__all__ = ["engine"]  # the module's fixture


def run(folder: Path, judging: LocalEngine, tasks: Any = TASKS, **settings: Any) -> Writer:
    writer = Writer()
    chosen = CampaignSettings(**{"models": ("m",), "archs": ("aarch64",), **settings})
    Campaign(settings=chosen, tasks=tasks, folder=folder, engine=judging, generator=writer).run()
    return writer


def test_a_packed_report_reads_as_before_and_goes_on(tmp_path: Path, engine: LocalEngine) -> None:
    run(tmp_path, engine)
    before = saved_report(tmp_path), saved_results(tmp_path), saved_samples(tmp_path)
    plain = (tmp_path / "samples.jsonl").read_bytes()
    pack(tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.gz")) == ["results.jsonl.gz", "samples.jsonl.gz"]
    assert not (tmp_path / "samples.jsonl").exists()
    assert (saved_report(tmp_path), saved_results(tmp_path), saved_samples(tmp_path)) == before
    packed = (tmp_path / "samples.jsonl.gz").read_bytes()
    unpack(tmp_path)
    assert (tmp_path / "samples.jsonl").read_bytes() == plain
    assert run(tmp_path, engine).asked == [], "everything is answered already"
    pack(tmp_path)
    assert (tmp_path / "samples.jsonl.gz").read_bytes() == packed


def test_answers_to_the_same_questions_are_taken_over(tmp_path: Path, engine: LocalEngine) -> None:
    run(tmp_path / "old", engine, TASKS[:2])
    settings = CampaignSettings(models=("m", "new"), archs=("aarch64",))
    assert reuse_samples(tmp_path / "old", tmp_path / "now", settings, TASKS) == 2
    assert reuse_samples(tmp_path / "old", tmp_path / "now", settings, TASKS) == 0, "they are there already"
    asked = run(tmp_path / "now", engine, models=("m", "new")).asked
    assert [column.model for column in asked] == ["m", "new", "new", "new"]
    assert [score.overall.tasks for score in saved_report(tmp_path / "now").scores] == [3, 3]


def test_answers_to_other_questions_are_not(tmp_path: Path, engine: LocalEngine) -> None:
    run(tmp_path / "old", engine)
    longer = CampaignSettings(models=("m",), archs=("aarch64",), max_tokens=9)
    with pytest.raises(InputError, match=r"max_tokens is 512"):
        reuse_samples(tmp_path / "old", tmp_path / "now", longer, TASKS)
    with pytest.raises(InputError, match="no campaign"):
        reuse_samples(tmp_path / "nowhere", tmp_path / "now", longer, TASKS)
    record = json.loads((tmp_path / "old" / "campaign.json").read_text())
    record["task_digests"]["plus"] = "another prompt"
    (tmp_path / "old" / "campaign.json").write_text(json.dumps(record))
    same = CampaignSettings(models=("m",), archs=("aarch64",))
    assert reuse_samples(tmp_path / "old", tmp_path / "now", same, TASKS) == 2


def test_downloads_are_plain_files(tmp_path: Path, engine: LocalEngine) -> None:
    run(tmp_path / "report", engine)
    pack(tmp_path / "report")
    target = tmp_path / "out"
    target.mkdir()
    names = [path.name for path in write_downloads(tmp_path / "report", target)]
    assert names == ["report.json", "report.md", "results.jsonl", "samples.jsonl"]
    assert "| m " in (target / "report.md").read_text()
    assert len((target / "samples.jsonl").read_text().splitlines()) == 3
