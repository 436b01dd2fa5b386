"""Looking into built datasets: which there are, their examples page by page, searching, counting, annotating."""

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from filelock import FileLock

from playground.data.doccano import Annotated, clean_note, read_doccano
from playground.data.examples import Example
from playground.data.lengths import token_counter
from playground.data.write import SPLITS
from playground.errors import InputError
from playground.models.events import Message
from playground.tasks.files import task_from_json
from playground.tasks.task import Task

PAGE_EXAMPLES = 10
COUNTED_EXAMPLES = 5000
"""Examples whose lengths a histogram counts, from the start of the file."""


@dataclass(frozen=True, kw_only=True)
class BrowsedExample:
    """One example as it stands in its file."""

    split: str
    number: int
    """From 1."""
    messages: tuple[Message, ...]
    family: str
    arch: str

    @property
    def answer(self) -> str:
        return self.messages[-1].content

    @property
    def question(self) -> str:
        return "\n\n".join(message.content for message in self.messages if message.role == "user")

    @property
    def id(self) -> str:
        return f"{self.split}/{self.number}"


@dataclass(frozen=True, kw_only=True)
class Page:
    """Examples that match a search."""

    examples: tuple[BrowsedExample, ...]
    matches: int
    number: int
    pages: int


class DatasetFolder:
    """A built dataset on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        return self.path.name

    def splits(self) -> tuple[str, ...]:
        """The files that there are, the training split first; none in a folder that is no dataset."""
        return tuple(split for split in SPLITS if (self.path / f"{split}.jsonl").is_file())

    def page(self, split: str, words: str = "", number: int = 1) -> Page:
        """The `number`-th page of the examples that hold all `words`, whatever their case."""
        wanted = [word.lower() for word in words.split()]
        found = [
            index for index, line in enumerate(self._lines(split)) if not wanted or _holds(line, wanted)
        ]  # fmt: skip
        pages = max(1, -(-len(found) // PAGE_EXAMPLES))
        number = min(max(1, number), pages)
        shown = found[(number - 1) * PAGE_EXAMPLES : number * PAGE_EXAMPLES]
        return Page(
            examples=tuple(self.example(split, index + 1) for index in shown),
            matches=len(found), number=number, pages=pages,
        )  # fmt: skip

    def example(self, split: str, number: int) -> BrowsedExample:
        """One example. Raises InputError when there is none of that number."""
        return _example(split, number, self._line(self._file(split, ".jsonl"), number))

    def task(self, split: str, number: int) -> Task | None:
        """The task that the example answers; None where the dataset kept none."""
        path = self.path / f"{split}.tasks.jsonl"
        return task_from_json(json.loads(self._line(path, number))) if path.is_file() else None

    def lengths(self, split: str) -> Counter[int]:
        """Tokens of the answers -> how many, over the first COUNTED_EXAMPLES."""
        counter = token_counter()
        examples = (_example(split, 1, line) for line in islice(self._lines(split), COUNTED_EXAMPLES))
        return Counter(counter.count(example.answer) for example in examples)

    def families(self, split: str) -> Counter[str]:
        """The first part of each family's name -> how many examples."""
        rows = (json.loads(line) for line in self._lines(split))
        return Counter(str(row.get("family", "")).split("/")[0] for row in rows)

    # annotations

    @property
    def annotations(self) -> Path:
        return self.path / "annotations.jsonl"

    def notes(self, example: BrowsedExample) -> Mapping[int, str]:
        """Line of the answer -> its note."""
        return self._annotated().get(example.id, Annotated(id="", text="", notes={})).notes

    def annotate(self, example: BrowsedExample, line: int, note: str) -> None:
        """Save a note on a line; an empty one takes it away.

        Raises:
            InputError: the answer has no such line.
        """
        if not 1 <= line <= example.answer.count("\n") + 1:
            raise InputError(f"The answer has no line {line}: it has {example.answer.count(chr(10)) + 1}.")
        with FileLock(self.path / ".annotations.lock"):
            every = self._annotated()
            before = every.get(example.id, Annotated(id=example.id, text=example.answer, notes={}))
            notes = {**before.notes, line: clean_note(note)}
            every[example.id] = Annotated(
                id=example.id, text=example.answer, notes={number: text for number, text in notes.items() if text}
            )
            self._write(every)

    def take_annotations(self, path: Path) -> int:
        """Add the annotations of a doccano file whose texts are this dataset's answers; how many there were.

        doccano gives texts numbers of its own, so an annotation is placed by its text where its id is none of ours.

        Raises:
            InputError: not doccano's format, or no text of it belongs to this dataset.
        """
        places = {example.answer: example.id for split in self.splits() for example in self._all(split)}
        taken = {places[one.text]: one for one in read_doccano(path) if one.text in places and one.notes}
        if not taken:
            raise InputError(f"No annotated text of {path.name} is an answer of the dataset {self.name}.")
        with FileLock(self.path / ".annotations.lock"):
            every = self._annotated()
            for id, one in taken.items():
                notes = {**every[id].notes, **one.notes} if id in every else one.notes
                every[id] = Annotated(id=id, text=one.text, notes=notes)
            self._write(every)
        return len(taken)

    def for_doccano(self) -> Iterator[Annotated]:
        """Every answer, with the notes that it has so far."""
        notes = self._annotated()
        for split in self.splits():
            for one in self._all(split):
                yield notes.get(one.id, Annotated(id=one.id, text=one.answer, notes={}))

    def commented_examples(self) -> Iterator[Example]:
        """Every example that has notes, its answer with them as comments."""
        for one in self._annotated().values():
            if not one.notes:
                continue
            split, _, number = one.id.rpartition("/")
            example = self.example(split, int(number))
            answer = Message(role="assistant", content=one.commented(example.arch))
            yield Example(messages=(*example.messages[:-1], answer), family=example.family, arch=example.arch)

    def _annotated(self) -> dict[str, Annotated]:
        return {one.id: one for one in read_doccano(self.annotations)} if self.annotations.is_file() else {}

    def _write(self, every: Mapping[str, Annotated]) -> None:
        partial = self.path / f".annotations.{os.getpid()}"
        partial.write_text("".join(one.to_json() + "\n" for one in every.values()), encoding="utf-8")
        partial.replace(self.annotations)

    # files

    def _file(self, split: str, ending: str) -> Path:
        """Raises InputError when there is no such split."""
        if split not in self.splits():
            raise InputError(f"The dataset {self.name} has no split {split!r}: it has {', '.join(self.splits())}.")
        return self.path / f"{split}{ending}"

    def _all(self, split: str) -> Iterator[BrowsedExample]:
        for number, line in enumerate(self._lines(split), 1):
            yield _example(split, number, line)

    def _lines(self, split: str) -> Iterator[str]:
        with self._file(split, ".jsonl").open(encoding="utf-8") as lines:
            yield from lines

    def _line(self, path: Path, number: int) -> str:
        status = path.stat()
        starts = _line_starts(path, status.st_mtime_ns, status.st_size)
        if not 1 <= number <= len(starts):
            raise InputError(f"{path.name} has no example {number}: it has {len(starts):,}.")
        with path.open("rb") as file:
            file.seek(starts[number - 1])
            return file.readline().decode()


@lru_cache(maxsize=16)
def _line_starts(path: Path, changed: int, size: int) -> tuple[int, ...]:
    """Where each line begins, in bytes; remembered while the file stays as it is."""
    starts, at = [], 0
    with path.open("rb") as file:
        for line in file:
            starts.append(at)
            at += len(line)
    return tuple(starts)


def _holds(line: str, words: list[str]) -> bool:
    text = " ".join(message["content"] for message in json.loads(line)["messages"]).lower()
    return all(word in text for word in words)


def _example(split: str, number: int, line: str) -> BrowsedExample:
    row: dict[str, Any] = json.loads(line)
    messages = tuple(Message(role=one["role"], content=one["content"]) for one in row["messages"])
    return BrowsedExample(
        split=split, number=number, messages=messages, family=str(row.get("family", "")), arch=str(row.get("arch", ""))
    )
