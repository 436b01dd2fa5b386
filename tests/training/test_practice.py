"""Practice tasks: judged by execution, the base's answer beside."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground.models.prompts import task_messages
from playground.tasks.bank import load_bank
from playground.training.dataset import read_dataset
from playground.training.encoding import Encoder
from playground.training.evaluating import accuracy
from playground.training.jobstate import JobFolder, JobState
from playground.training.practice import Practice, PracticeTask, choose_tasks, trained_architectures
from playground.training.progress import EvaluationRecord, SampleAnswer, read_progress
from playground.training.recipe import TrainingRecipe
from playground.training.session import train_job
from tests.training.tiny import tiny_tokenizer

RIGHT = "add_two_arrays:\n mov x4,0\n.L1:\n cmp w3,w4\n bgt .L2\n ret\n.L2:\n ldr w5,[x0,x4,lsl 2]\n"
RIGHT += " ldr w6,[x1,x4,lsl 2]\n add w5,w5,w6\n str w5,[x2,x4,lsl 2]\n add x4,x4,1\n b .L1"


class Scripted(Practice):
    """Answers from a list: first the base's, then the adapter's."""

    scripts: list[list[str]]

    def answers(self, adapted: Any, device: Any) -> list[str]:
        return self.scripts.pop(0)


class NoAdapter:
    """What `disable_adapter` gives."""

    def disable_adapter(self) -> "NoAdapter":
        return self

    def __enter__(self) -> None: ...

    def __exit__(self, *error: object) -> None: ...


@pytest.fixture
def practice_for(tiny_recipe: TrainingRecipe) -> Callable[[list[list[str]]], Practice]:
    def make(scripts: list[list[str]]) -> Practice:
        task = next(task for task in load_bank() if task.id == "add_two_arrays")
        encoder = Encoder(tokenizer=tiny_tokenizer(), recipe=tiny_recipe)
        practice = Scripted(tasks=[PracticeTask(task=task, arch="aarch64")] * 2, encoder=encoder, answer_tokens=8)
        practice.scripts = scripts
        return practice

    return make


def test_answers_are_judged_by_execution(practice_for: Callable[[list[list[str]]], Practice]) -> None:
    practice = practice_for([["I cannot", ""], [RIGHT, RIGHT.replace("add w5", "sub w5")], [RIGHT, RIGHT]])
    first = practice.samples(NoAdapter(), None)  # type: ignore[arg-type]
    assert [sample.passed for sample in first] == [True, False]
    assert [sample.base_answer for sample in first] == ["I cannot", ""]
    assert accuracy(first) == (0.5, 2)
    second = practice.samples(NoAdapter(), None)  # type: ignore[arg-type]
    assert accuracy(second) == (1.0, 2)
    assert [sample.base_answer for sample in second] == ["I cannot", ""], "the base is asked once"


def test_what_a_gap_of_ours_stopped_is_not_counted() -> None:
    def sample(passed: bool, unscored: bool) -> SampleAnswer:
        return SampleAnswer(
            task="t", arch="aarch64", answer="", stage="none", passed=passed, unscored=unscored, base_answer=""
        )

    assert accuracy([sample(True, False), sample(False, True)]) == (1.0, 1)
    assert accuracy([sample(False, True)]) == (None, 0)


def test_the_same_seed_chooses_the_same_practice_tasks() -> None:
    chosen = choose_tasks(8, ("aarch64", "x86_64"), seed=1)
    assert chosen == choose_tasks(8, ("aarch64", "x86_64"), seed=1)
    assert len(chosen) == 8
    assert {item.arch for item in chosen} == {"aarch64", "x86_64"}
    assert all(item.task.split == "practice" for item in chosen)


def test_the_architectures_are_those_of_the_data() -> None:
    assert trained_architectures(read_dataset("starter-x86_64")) == ("x86_64",)
    both = (*read_dataset("starter-aarch64"), *read_dataset("starter-x86_64"))
    assert trained_architectures(both) == ("aarch64", "x86_64")


def test_the_prompt_is_the_one_of_every_other_page(tiny_recipe: TrainingRecipe) -> None:
    encoder = Encoder(tokenizer=tiny_tokenizer(), recipe=tiny_recipe)
    example = read_dataset("starter-aarch64")[0]
    request, prototype = example.messages[1].content.split("\n")
    assert task_messages(request, prototype, "aarch64") == example.messages[:2]
    encoded = encoder.encode_all([example])[0]
    prompt = encoder.prompt(example.messages[:2]).tokens
    assert encoded.tokens[: len(prompt)] == prompt


def test_a_job_logs_its_share_of_right_answers(
    tiny_recipe: TrainingRecipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    folder = JobFolder(path=tmp_path / "jobs" / "one")
    folder.path.mkdir(parents=True)
    folder.recipe.write_text(tiny_recipe.with_changes(steps=2, practice_tasks=2, answer_tokens=8).to_toml())
    folder.write_state(JobState(state="running"))
    assert train_job(folder.path) == 0
    evaluation = next(record for record in read_progress(folder.progress) if isinstance(record, EvaluationRecord))
    assert len(evaluation.samples) == 2
    assert evaluation.scored == 2
    assert evaluation.execution_accuracy == 0.0, "two steps of a random model write no assembly"
