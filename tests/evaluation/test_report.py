"""Reports out of results: the ladder, what is unscored, groups, costs, two models compared, saving and loading."""

from dataclasses import replace
from pathlib import Path

import pytest

from playground.errors import InputError
from playground.evaluation.baselines import load_baselines
from playground.evaluation.records import Result
from playground.evaluation.report import load_report, make_report, report_to_json, save_report
from playground.evaluation.tables import report_tables
from playground.tasks.task import Task

TASKS = [
    Task(id="one", prompt="x", tags=("loops", "arrays"), difficulty="easy", split="practice"),
    Task(id="two", prompt="x", tags=("loops",), difficulty="hard", split="final"),
    Task(id="three", prompt="x"),
]


def result(task: str, stage: str, *, model: str = "m", sample: int = 0, unscored: bool = False) -> Result:
    passed = stage in ("correct", "abi")
    return Result(
        task_id=task,
        stage=stage,
        passed=passed,
        unscored=unscored,
        cases_passed=0,
        cases=6,
        reason="" if passed else "because",
        model=model,
        arch="aarch64",
        sample=sample,
        missing=("frob",) if unscored else (),
    )


def test_the_ladder_counts_every_rung_below() -> None:
    report = make_report([result("one", "abi"), result("two", "assembled"), result("three", "none")], TASKS)
    ladder = report.scores[0].overall.ladder
    thirds = {name: round(3 * share) for name, share in ladder.items()}
    assert thirds == {"extracted": 2, "assembled": 2, "linked": 1, "ran": 1, "returned": 1, "correct": 1, "abi": 1}


def test_unscored_answers_are_counted_apart() -> None:
    report = make_report([result("one", "abi"), result("two", "linked", unscored=True)], TASKS)
    overall = report.scores[0].overall
    assert (overall.samples, overall.unscored, overall.tasks) == (2, 1, 2)
    assert overall.pass_at["1"].value == 1.0
    assert overall.pass_at["1"].tasks == 1
    assert report.scores[0].missing == {"frob": 1}


def test_pass_at_k_goes_as_far_as_the_samples() -> None:
    results = [result("one", "abi" if index == 0 else "ran", sample=index) for index in range(5)]
    estimates = make_report(results, TASKS).scores[0].overall.pass_at
    assert {k: round(one.value, 3) for k, one in estimates.items()} == {"1": 0.2, "2": 0.4, "5": 1.0}


def test_groups() -> None:
    score = make_report([result("one", "abi"), result("two", "ran")], TASKS).scores[0]
    assert [(group.name, group.tasks, group.pass_at["1"].value) for group in score.by_tag] == [
        ("arrays", 1, 1.0),
        ("loops", 2, 0.5),
    ]
    assert [group.name for group in score.by_difficulty] == ["easy", "hard"]
    assert [group.name for group in score.by_split] == ["final", "practice"]


def test_two_models_are_compared_with_the_tasks_that_flipped() -> None:
    results = [
        result("one", "abi"),
        result("two", "ran"),
        result("three", "ran"),
        result("one", "ran", model="n"),
        result("two", "correct", model="n"),
        result("three", "abi", model="n"),
    ]
    (comparison,) = make_report(results, TASKS).comparisons
    assert (comparison.first, comparison.second) == ("m", "n")
    assert (comparison.both, comparison.only_first, comparison.only_second) == (0, ("one",), ("three", "two"))
    assert comparison.p_value == 1.0


def test_costs_are_ratios_to_gcc() -> None:
    instructions, code_bytes = load_baselines()["gcd"]["aarch64"]["O1"]
    task = Task(id="gcd", prompt="x")
    twice = replace(result("gcd", "abi"), instructions=2 * instructions, code_bytes=3 * code_bytes)
    costs = {cost.level: cost for cost in make_report([twice], [task]).scores[0].costs}
    assert costs["O1"].instructions == pytest.approx(2.0)
    assert costs["O1"].code_bytes == pytest.approx(3.0)
    assert costs["O0"].instructions < costs["O1"].instructions


def test_the_order_of_the_results_does_not_matter() -> None:
    results = [result("one", "abi"), result("two", "ran"), result("one", "ran", model="n")]
    assert make_report(results, TASKS) == make_report(results[::-1], TASKS)


def test_a_saved_report_is_loaded_again(tmp_path: Path) -> None:
    report = make_report([result("one", "abi"), result("two", "ran", model="n")], TASKS, {"seed": 5})
    save_report(report, tmp_path / "report.json")
    loaded = load_report(tmp_path / "report.json")
    assert report_to_json(loaded).keys() == report_to_json(report).keys()
    save_report(loaded, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text() == (tmp_path / "report.json").read_text()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"settings": {}, "scores": [5], "comparisons": []}'])
def test_what_is_no_report(tmp_path: Path, text: str) -> None:
    (tmp_path / "report.json").write_text(text)
    with pytest.raises(InputError, match="no saved report"):
        load_report(tmp_path / "report.json")


def test_the_tables_show_models_groups_and_flips() -> None:
    results = [result("one", "abi"), result("one", "ran", model="n"), result("two", "linked", unscored=True)]
    text = report_tables(make_report(results, TASKS))
    for part in ("pass@1", "| m ", "| n ", "loops", "McNemar", "Only m: one.", "frob (1)"):
        assert part in text
