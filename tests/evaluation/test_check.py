"""``check`` as a script uses it: the contract's files in and out, and mistakes as one sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from playground.__main__ import main

TASK = {
    "id": "add",
    "prompt": "Add.",
    "prototype": "long add(long a, long b)",
    "cases": [{"args": [1, 2], "returns": 3}, {"args": [5, 5], "returns": 10}],
}
RIGHT = "```asm\nadd:\n  add x0, x0, x1\n  ret\n```"
WRONG = "add:\n  mul x0, x0, x1\n  ret\n"


def write(path: Path, records: list[Any]) -> str:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return str(path)


def check(folder: Path, samples: list[Any], tasks: list[Any] | None = None) -> int:
    task_file = write(folder / "tasks.jsonl", [TASK] if tasks is None else tasks)
    sample_file = write(folder / "samples.jsonl", samples)
    out = str(folder / "out.jsonl")
    options = ["--tasks", task_file, "--samples", sample_file, "--arch", "aarch64", "--out", out, "--jobs", "1"]
    return main(["check", *options])


def test_results_stand_in_the_samples_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    samples = [{"task_id": "add", "completion": text} for text in (WRONG, RIGHT, "", RIGHT)]
    assert check(tmp_path, samples) == 0
    results = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [result["stage"] for result in results] == ["returned", "abi", "none", "abi"]
    assert [result["cases_passed"] for result in results] == [0, 2, 0, 2]
    assert all(result["cases"] == 2 for result in results)
    expected = {"task_id", "stage", "passed", "unscored", "cases_passed", "cases", "reason"}
    assert expected <= results[0].keys()
    table = capsys.readouterr().out
    assert "pass@1" in table
    assert "50.0%" in table


@pytest.mark.parametrize(
    ("samples", "named"),
    [
        ([{"task_id": "sub", "completion": "x"}], "samples.jsonl:1: there is no task 'sub'"),
        ([{"task_id": "add"}], '"completion"'),
        ([{"task_id": "add", "completion": 5}], '"completion"'),
        ([5], "samples.jsonl:1"),
        ([], "no sample"),
    ],
)
def test_mistakes_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], samples: list[Any], named: str
) -> None:
    assert check(tmp_path, samples) == 2
    error = capsys.readouterr().err
    assert named in error
    assert error.count("\n") == 1


def test_a_task_file_with_a_missing_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tasks = [{name: value for name, value in TASK.items() if name != "prompt"}]
    assert check(tmp_path, [{"task_id": "add", "completion": RIGHT}], tasks) == 2
    assert 'tasks.jsonl:1 (add): the field "prompt" is missing' in capsys.readouterr().err
