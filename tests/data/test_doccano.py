"""Notes on lines go out to doccano and come back, whichever of its forms is used."""

import json
from pathlib import Path

import pytest

from playground.data.browse import DatasetFolder
from playground.data.doccano import Annotated, parse_doccano, read_doccano
from playground.errors import InputError

TEXT = "f:\n mov w0,1\n ret"


def test_a_note_is_a_span_over_its_line() -> None:
    one = Annotated(id="train/1", text=TEXT, notes={2: "one", 3: "done"})
    table = json.loads(one.to_json())
    assert [TEXT[start:end] for start, end, _ in table["label"]] == [" mov w0,1", " ret"]
    assert parse_doccano(one.to_json(), "here") == one
    assert one.commented("aarch64") == "f:\n mov w0,1 // one\n ret // done"


@pytest.mark.parametrize(
    "label",
    [
        [[3, 12, "one"]],
        [{"id": 9, "label": "one", "start_offset": 4, "end_offset": 7}],
        ["f:\n mov w0,1 // one\n ret"],
    ],
)
def test_every_form_of_doccano_is_read(label: object) -> None:
    for key in ("label", "labels"):
        assert dict(parse_doccano(json.dumps({"id": 4, "text": TEXT, key: label}), "here").notes) == {2: "one"}


@pytest.mark.parametrize(
    "line", ["", "[]", '{"text": 3}', '{"text": "a", "label": [[0, 9, "x"]]}', '{"text": "a", "label": ["b"]}']
)
def test_what_is_no_annotation_is_named(line: str) -> None:
    with pytest.raises(InputError, match=r"a\.jsonl, line 3"):
        parse_doccano(line or "nonsense", "a.jsonl, line 3")


def test_a_note_cannot_break_out_of_its_comment() -> None:
    line = json.dumps({"text": TEXT, "label": [[3, 12, "one\n b f\x1b"]]})
    assert dict(parse_doccano(line, "here").notes) == {2: "one b f"}


@pytest.fixture
def dataset(tmp_path: Path) -> DatasetFolder:
    roles = (("system", "Write AArch64 assembly."), ("user", "Return 1."), ("assistant", TEXT))
    messages = [{"role": role, "content": content} for role, content in roles]
    line = json.dumps({"messages": messages, "family": "a/b", "arch": "aarch64"})
    (tmp_path / "train.jsonl").write_text(f"{line}\n{line.replace('w0,1', 'w0,2')}\n")
    return DatasetFolder(tmp_path)


def test_notes_are_saved_changed_and_taken_away(dataset: DatasetFolder) -> None:
    example = dataset.example("train", 1)
    dataset.annotate(example, 2, "one")
    dataset.annotate(example, 3, "back")
    dataset.annotate(example, 2, "  the number\none ")
    assert dict(dataset.notes(example)) == {2: "the number one", 3: "back"}
    dataset.annotate(example, 3, "")
    assert dict(dataset.notes(example)) == {2: "the number one"}
    (commented,) = dataset.commented_examples()
    assert commented.messages[-1].content == "f:\n mov w0,1 // the number one\n ret"
    with pytest.raises(InputError, match="no line 9"):
        dataset.annotate(example, 9, "x")


def test_annotations_come_back_by_their_text(dataset: DatasetFolder, tmp_path: Path) -> None:
    lines = [json.loads(one.to_json()) for one in dataset.for_doccano()]
    assert [line["id"] for line in lines] == ["train/1", "train/2"]
    lines[1] |= {"id": 77, "label": [[3, 12, "two"]]}
    path = tmp_path / "from-doccano.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert dataset.take_annotations(path) == 1
    assert dict(dataset.notes(dataset.example("train", 2))) == {2: "two"}
    assert [one.id for one in read_doccano(dataset.annotations)] == ["train/2"]
    path.write_text('{"text": "other", "label": [[0, 5, "x"]]}\n')
    with pytest.raises(InputError, match="No annotated text"):
        dataset.take_annotations(path)


def test_pages_and_searching(dataset: DatasetFolder) -> None:
    assert [one.number for one in dataset.page("train", "W0,2 return").examples] == [2]
    assert dataset.page("train", "nothing").matches == 0
    assert dataset.page("train", "", 9).number == 1
    assert dataset.families("train") == {"a": 2}
    assert sum(dataset.lengths("train").values()) == 2
    for split, number in (("other", 1), ("train", 3)):
        with pytest.raises(InputError):
            dataset.example(split, number)
