"""Datasets in OpenAI's fine-tuning format: a bad line is named with its number."""

import json
from pathlib import Path

import pytest

from playground.errors import InputError
from playground.models.prompts import SYSTEM_PROMPTS
from playground.training.dataset import SHIPPED, available_datasets, read_dataset, shipped_datasets, split_examples

GOOD = json.dumps({"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]})

BAD_LINES = [
    ("{", "not valid JSON"),
    ("[1]", '"messages"'),
    ('{"messages": []}', '"messages"'),
    ('{"messages": [{"role": "user", "content": "q"}]}', "last message is by 'user'"),
    ('{"messages": [{"role": "robot", "content": "q"}]}', "'robot'"),
    ('{"messages": [{"role": "user", "content": null}]}', "None"),
    ('{"messages": ["hello"]}', "'hello'"),
    ('{"messages": [{"role": ["user"], "content": "q"}]}', "['user']"),
    ("[" * 100_000, "not valid JSON"),
    ('{"text": 5}', "text 5 is no text"),
    ('{"text": " "}', "is no text"),
]


@pytest.mark.parametrize(("line", "part"), BAD_LINES)
def test_a_bad_line_is_named_with_its_number(tmp_path: Path, line: str, part: str) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(f"{GOOD}\n\n{line}\n{GOOD}\n")
    with pytest.raises(InputError) as caught:
        read_dataset(str(path))
    assert "mine.jsonl, line 3" in str(caught.value)
    assert part in str(caught.value)


def test_a_line_may_hold_separators_that_python_also_splits_at(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(GOOD.replace("q", "one\u2028two\x85three") + "\n", encoding="utf-8")
    assert read_dataset(str(path))[0].messages[0].content == "one\u2028two\x85three"


def test_what_is_no_dataset_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="starter-aarch64"):
        read_dataset("nowhere.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(InputError, match="is empty"):
        read_dataset(str(tmp_path / "empty.jsonl"))
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="UTF-8"):
        read_dataset(str(tmp_path / "latin.jsonl"))


def test_no_held_out_answer_is_seen_in_training() -> None:
    split = split_examples(shipped_datasets(), 0.2, seed=3)
    training = {example.messages[-1].content for example in split.training}
    held_out = {example.messages[-1].content for example in split.held_out}
    assert not training & held_out
    assert 0.1 < len(split.held_out) / (len(split.training) + len(split.held_out)) < 0.3
    assert split == split_examples(shipped_datasets(), 0.2, seed=3)
    assert split != split_examples(shipped_datasets(), 0.2, seed=4)


@pytest.mark.parametrize("name", shipped_datasets())
def test_a_shipped_dataset_is_spelled_as_it_says(name: str) -> None:
    examples = read_dataset(name)
    assert len(examples) >= 300
    assert (SHIPPED / f"{name}.jsonl").stat().st_size < 1_500_000
    system = SYSTEM_PROMPTS[name.removeprefix("starter-")]
    for example in examples:
        assert [message.role for message in example.messages] == ["system", "user", "assistant"]
        assert example.messages[0].content == system
        answer = example.messages[-1].content
        assert not set(answer) & set("\t#`")
        assert ", " not in answer
        assert "add_two_arrays" not in example.messages[1].content
        assert example.messages[1].content.count("\n") == 1, "the request, a line break, the prototype"


def test_a_built_dataset_has_a_name_once_it_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    folder = tmp_path / "datasets" / "mine"
    folder.mkdir(parents=True)
    messages = [{"role": "user", "content": "f"}, {"role": "assistant", "content": "f:\n ret"}]
    (folder / "train.jsonl").write_text(json.dumps({"messages": messages}) + "\n")
    assert "mine" not in available_datasets()
    (folder / "README.md").write_text("# mine\n")
    assert available_datasets() == (*shipped_datasets(), "mine")
    assert read_dataset("mine")[0].messages[-1].content == "f:\n ret"
