"""Ordinary questions and the answers that a tuned model should keep."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from playground.data.ordinary import ordinary_questions, write_ordinary
from playground.errors import InputError
from playground.models.events import Column, Failed, Finished
from playground.training.dataset import read_dataset


class Answerer:
    """Answers every question with its words backwards; every third one does not come to its end."""

    def __init__(self, fails: bool = False) -> None:
        self.fails = fails
        self.asked: list[Column] = []

    def generate_batch(self, columns: Iterable[Column], batch_size: int = 16) -> Iterator[Finished | Failed]:
        for column in reversed(list(columns)):  # batches end in any order
            self.asked.append(column)
            if self.fails:
                yield Failed(column=column.id, message="it has no weights.")
                continue
            text = " ".join(reversed(column.messages[-1].content.split()))
            reason = "length" if int(column.id) % 3 == 2 else "end"
            yield Finished(
                column=column.id, text=text, reason=reason, tokens=9, prompt_tokens=5, seconds=0.1,
                seconds_to_first_token=0.1,
            )  # fmt: skip


def test_questions_are_distinct_and_the_same_for_the_same_seed() -> None:
    questions = ordinary_questions(300)
    assert len(set(questions)) == 300
    assert ordinary_questions(300) == questions
    assert ordinary_questions(300, seed=1) != questions
    assert all(question[0].isupper() and question[-1] in ".?!" and "{" not in question for question in questions)


def test_finished_answers_are_written_with_and_without_a_system_message(tmp_path: Path) -> None:
    path = tmp_path / "ordinary.jsonl"
    answerer = Answerer()
    assert write_ordinary(path, answerer, count=30) == 20
    assert [len(column.messages) for column in answerer.asked] == [1] * 30, "asked without a system message"
    examples = read_dataset(str(path))
    assert len(examples) == 20
    questions = ordinary_questions(30)
    expected = [question for number, question in enumerate(questions) if number % 3 != 2]
    for example, question in zip(examples, expected, strict=True):
        asked, answer = example.messages[-2:]
        assert (asked.role, asked.content) == ("user", question)
        assert answer.content == " ".join(reversed(question.split()))
    systems = [json.loads(line)["messages"][0]["role"] == "system" for line in path.read_text().splitlines()]
    assert systems == [False, True] * 10


def test_what_cannot_be_asked_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--count 0 is out of range"):
        ordinary_questions(0)
    with pytest.raises(InputError, match="out of range: there are"):
        ordinary_questions(100_000)
    with pytest.raises(InputError, match="base gives no answer: it has no weights"):
        write_ordinary(tmp_path / "x.jsonl", Answerer(fails=True), count=3)
