"""``evaluate`` from its options to its files: a scripted model, then the embedded one."""

import json
from pathlib import Path
from typing import Any

import pytest

from playground.__main__ import main
from playground.evaluation.campaign import Progress
from playground.evaluation.command import ProgressBar, minutes
from playground.models.scripted import ScriptedGenerator

ANSWER = "```asm\nadd_numbers:\n  add w0, w0, w1\n  ret\n```"


def evaluate(out: Path, *options: str) -> int:
    return main(["evaluate", "--out", str(out), "--arch", "aarch64", "--jobs", "1", *options])


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> ScriptedGenerator:
    """The base model's place is taken by a script."""
    generator = ScriptedGenerator({"base": ANSWER})
    monkeypatch.setattr("playground.models.generation.Generator", lambda **options: generator)
    return generator


def test_the_files_and_the_table(
    tmp_path: Path, scripted: ScriptedGenerator, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(tmp_path, "--model", "base", "--tasks", "bank", "--limit", "3") == 0
    results = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text().splitlines()]
    assert [(result["task_id"], result["passed"]) for result in results] == [
        ("add_numbers", True),
        ("difference", False),
        ("gcd", False),
    ]
    samples = [json.loads(line) for line in (tmp_path / "samples.jsonl").read_text().splitlines()]
    assert samples[0]["completion"] == ANSWER
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["scores"][0]["overall"]["pass_at"]["1"]["value"] == pytest.approx(1 / 3, abs=1e-6)
    assert "33.3%" in capsys.readouterr().out


def test_samples_of_a_campaign_can_be_checked(tmp_path: Path, scripted: ScriptedGenerator) -> None:
    assert evaluate(tmp_path, "--model", "base", "--limit", "2") == 0
    out = tmp_path / "checked.jsonl"
    samples = str(tmp_path / "samples.jsonl")
    options = ["--tasks", "bank", "--samples", samples, "--arch", "aarch64", "--out", str(out), "--jobs", "1"]
    assert main(["check", *options]) == 0
    assert [json.loads(line)["passed"] for line in out.read_text().splitlines()] == [True, False]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--model", "nobody"), "'nobody'"),
        (("--model", "base", "--tasks", "nowhere.jsonl"), "nowhere.jsonl"),
        (("--model", "base", "--samples", "3"), "--temperature"),
        (("--model", "base", "--limit", "-1"), "-1"),
        (("--model", "base", "--jobs", "-2"), "-2"),
        (("--model", "base", "--engine", "slurm"), "'slurm'"),
    ],
)
def test_mistakes_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], named: str
) -> None:
    assert evaluate(tmp_path / "out", *options) == 2
    error = capsys.readouterr().err
    assert named in error
    assert error.count("\n") == 1


def test_the_progress_bar_tells_what_is_left() -> None:
    progress = Progress(judged=3, total=6, generated=3, tokens=300, seconds=10.0, seconds_left=125.0)
    line = ProgressBar().line(progress)
    assert "3/6 judged" in line
    assert "30.0 tokens/s" in line
    assert "2:05 left" in line
    assert minutes(3725) == "1:02:05"


@pytest.mark.model
@pytest.mark.slow
def test_the_embedded_model_is_evaluated_twice_alike(tmp_path: Path) -> None:
    def files(folder: Path) -> dict[str, Any]:
        options = ("--model", "base", "--limit", "3", "--max-tokens", "40", "--temperature", "0.8", "--samples", "2")
        assert evaluate(folder, *options, "--seed", "5") == 0
        return {name: (folder / name).read_text() for name in ("samples.jsonl", "results.jsonl", "report.json")}

    assert files(tmp_path / "first") == files(tmp_path / "second")
