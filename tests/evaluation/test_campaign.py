"""Campaigns with a scripted model: what is asked, stopping and going on, the same seed, what is refused."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.errors import InputError
from playground.evaluation.campaign import (
    Campaign,
    CampaignSettings,
    Progress,
    plan,
    settings_from_record,
    settings_record,
    unit_seed,
)
from playground.evaluation.engine import LocalEngine
from playground.evaluation.shots import Shot, read_shots
from playground.models.events import Column, Failed, Finished
from playground.tasks.files import task_from_json

RIGHT = {"aarch64": "{name}:\n add x0, x0, x1\n ret\n", "x86_64": "{name}:\n leaq (%rdi,%rsi), %rax\n ret\n"}
TASKS = tuple(
    task_from_json(
        {
            "id": name,
            "prompt": f"Add ({name}).",
            "prototype": f"long {name}(long a, long b)",
            "cases": [{"args": [1, 2], "returns": 3}],
            "reference": f"long {name}(long a, long b) {{ return a + b; }}",
        }
    )
    for name in ("plus", "sum", "total")
)


class Writer:
    """Answers `plus` and `sum` rightly, `total` wrongly; a model called broken fails."""

    def __init__(self) -> None:
        self.asked: list[Column] = []

    def generate_batch(self, columns: Iterable[Column], batch_size: int = 16) -> Iterator[Finished | Failed]:
        for column in columns:
            self.asked.append(column)
            if column.model == "broken":
                yield Failed(column=column.id, message="it has no weights.")
            else:
                yield finished(column)


def finished(column: Column) -> Finished:
    said = " ".join(message.content for message in column.messages)
    arch = "aarch64" if "AArch64" in said else "x86_64"
    name = next(task.id for task in TASKS if task.id in said)
    text = "ret" if name == "total" else RIGHT[arch].format(name=name)
    return Finished(
        column=column.id, text=text, reason="end", tokens=7, prompt_tokens=5, seconds=0.1, seconds_to_first_token=0.01
    )


@pytest.fixture(scope="module")
def engine() -> Iterator[LocalEngine]:
    local = LocalEngine(jobs=1)
    yield local
    local.close()


def campaign(folder: Path, engine: LocalEngine, **settings: Any) -> Campaign:
    chosen = {"models": ("m",), "archs": ("aarch64", "x86_64"), **settings}
    return Campaign(settings=CampaignSettings(**chosen), tasks=TASKS, folder=folder, engine=engine, generator=Writer())


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_generates_judges_and_reports(tmp_path: Path, engine: LocalEngine) -> None:
    outcome = campaign(tmp_path, engine).run()
    assert outcome.complete
    assert {score.arch: score.overall.pass_at["1"].value for score in outcome.report.scores} == {
        "aarch64": pytest.approx(2 / 3),
        "x86_64": pytest.approx(2 / 3),
    }
    contract = ["task_id", "stage", "passed", "unscored", "cases_passed", "cases", "reason"]
    results = lines(tmp_path / "results.jsonl")
    assert list(results[0])[:7] == contract
    assert len(results) == len(lines(tmp_path / "samples.jsonl")) == 6
    assert json.loads((tmp_path / "report.json").read_text())["settings"]["complete"] is True


def test_a_stopped_campaign_goes_on_and_ends_as_if_it_had_never_stopped(tmp_path: Path, engine: LocalEngine) -> None:
    whole = campaign(tmp_path / "whole", engine)
    whole.run()
    broken_off = campaign(tmp_path / "parts", engine)
    seen: list[Progress] = []
    broken_off.report_progress = seen.append
    broken_off.stopped = lambda: len(lines(tmp_path / "parts" / "samples.jsonl")) >= 2
    assert not broken_off.run().complete
    rest = campaign(tmp_path / "parts", engine)
    assert rest.run().complete
    assert isinstance(rest.generator, Writer)
    assert len(rest.generator.asked) == 4
    for name in ("samples.jsonl", "results.jsonl", "report.json"):
        assert (tmp_path / "parts" / name).read_text() == (tmp_path / "whole" / name).read_text()
    assert seen[-1].judged == 2
    assert seen[-1].total == 6


def test_a_line_that_was_cut_off_is_written_again(tmp_path: Path, engine: LocalEngine) -> None:
    campaign(tmp_path, engine).run()
    before = (tmp_path / "results.jsonl").read_text()
    for name in ("samples.jsonl", "results.jsonl"):
        text = (tmp_path / name).read_text()
        (tmp_path / name).write_text(text[:-20])
    again = campaign(tmp_path, engine)
    assert again.run().complete
    assert isinstance(again.generator, Writer)
    assert len(again.generator.asked) == 1
    assert (tmp_path / "results.jsonl").read_text() == before


def test_an_answer_that_was_not_judged_is_judged_without_being_asked_again(tmp_path: Path, engine: LocalEngine) -> None:
    campaign(tmp_path, engine).run()
    before = (tmp_path / "results.jsonl").read_text()
    (tmp_path / "results.jsonl").unlink()
    again = campaign(tmp_path, engine)
    assert again.run().complete
    assert isinstance(again.generator, Writer)
    assert again.generator.asked == []
    assert (tmp_path / "results.jsonl").read_text() == before


def test_another_campaign_s_folder_is_refused(tmp_path: Path, engine: LocalEngine) -> None:
    campaign(tmp_path, engine).run()
    with pytest.raises(InputError, match=r"other seed \(0 there, 1 now\)"):
        campaign(tmp_path, engine, seed=1).run()
    other = campaign(tmp_path, engine)
    other.tasks = TASKS[:1]
    with pytest.raises(InputError, match="other tasks"):
        other.run()


def test_a_model_that_fails_is_named_and_the_others_go_on(tmp_path: Path, engine: LocalEngine) -> None:
    outcome = campaign(tmp_path, engine, models=("broken", "m")).run()
    assert not outcome.complete
    assert outcome.failures == ("broken: it has no weights.",)
    assert {score.model for score in outcome.report.scores} == {"m"}


def test_each_sample_has_its_own_seed_which_all_models_share() -> None:
    settings = CampaignSettings(models=("m", "n"), archs=("aarch64",), samples=3, temperature=0.8, seed=4)
    units = plan(settings, TASKS)
    assert len(units) == 2 * 3 * 3
    seeds = {unit.key: unit_seed(4, unit) for unit in units}
    assert len(set(seeds.values())) == 9
    assert seeds["m", "aarch64", "sum", 1] == seeds["n", "aarch64", "sum", 1]
    assert all(0 <= seed < 2**31 for seed in seeds.values())


def test_a_task_for_one_architecture_is_asked_there_alone() -> None:
    task = task_from_json({"id": "p", "prompt": "x", "stdout": "y", "arch": "x86_64"})
    units = plan(CampaignSettings(models=("m",), archs=("aarch64", "x86_64")), [task])
    assert [unit.arch for unit in units] == ["x86_64"]


def test_the_styles(tmp_path: Path, engine: LocalEngine) -> None:
    describing, translating = campaign(tmp_path / "d", engine), campaign(tmp_path / "t", engine, style="translate")
    describing.run()
    translating.run()
    for one, said, unsaid in (
        (describing, "Add (plus).", "return a + b"),
        (translating, "return a + b", "Add (plus)."),
    ):
        assert isinstance(one.generator, Writer)
        asked = one.generator.asked[0].messages[-1].content
        assert said in asked
        assert unsaid not in asked


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"models": ()}, "--model"),
        ({"models": ("m", "m")}, "'m'"),
        ({"archs": ("arm",)}, "'arm'"),
        ({"style": "sing"}, "'sing'"),
        ({"samples": 0}, "0"),
        ({"samples": 5}, "--temperature"),
        ({"temperature": -1.0}, "-1.0"),
    ],
)
def test_settings_that_make_no_sense(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(InputError) as caught:
        CampaignSettings(**{"models": ("m",), "archs": ("aarch64",), **changes})
    assert named in str(caught.value)


SHOTS = (
    Shot(arch="aarch64", question="Negate.", answer="neg x0, x0"),
    Shot(arch="x86_64", question="Invert.", answer="not rax"),
)


def test_examples_stand_before_every_question_of_their_architecture(tmp_path: Path, engine: LocalEngine) -> None:
    asking = campaign(tmp_path, engine, shots=SHOTS)
    asking.run()
    assert isinstance(asking.generator, Writer)
    assert len(asking.generator.asked) == 6
    for column in asking.generator.asked:
        turns = [(message.role, message.content) for message in column.messages]
        first = ("Negate.", "neg x0, x0") if "AArch64" in turns[0][1] else ("Invert.", "not rax")
        assert turns[1:3] == [("user", first[0]), ("assistant", first[1])]
        assert turns[3][0] == "user"
        assert len(turns) == 4
    kept = settings_record(asking.settings)
    assert settings_from_record(json.loads(json.dumps(kept))) == asking.settings
    with pytest.raises(InputError, match="other shots"):
        campaign(tmp_path, engine).run()
    assert "shots" in json.loads((tmp_path / "report.json").read_text())["settings"]


def test_a_campaign_without_examples_keeps_the_older_record(tmp_path: Path, engine: LocalEngine) -> None:
    campaign(tmp_path, engine).run()
    assert "shots" not in json.loads((tmp_path / "campaign.json").read_text())
    with pytest.raises(InputError, match="other shots"):
        campaign(tmp_path, engine, shots=SHOTS).run()


def chat(question: str, answer: str, arch: str = "aarch64") -> str:
    messages = [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return json.dumps({"messages": messages, "arch": arch}) + "\n"


def test_examples_are_read_from_a_chat_file(tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_text(chat("a", "1") + chat("b", "2", "x86_64") + chat("c", "3") + chat("d", "4"))
    read = read_shots(path, ("aarch64",), 2)
    assert [(shot.question, shot.answer) for shot in read] == [("a", "1"), ("c", "3")]
    with pytest.raises(InputError, match="1 examples for x86_64: give --shots 1"):
        read_shots(path, ("aarch64", "x86_64"), 2)
    path.write_text(chat("a", "1") + '{"messages": []}\n')
    with pytest.raises(InputError, match=r"chat\.jsonl:2 is no example"):
        read_shots(path, ("aarch64",), 2)
    with pytest.raises(InputError, match="--shots 0"):
        read_shots(path, ("aarch64",), 0)
    with pytest.raises(InputError, match="Cannot read"):
        read_shots(tmp_path / "none.jsonl", ("aarch64",), 1)
