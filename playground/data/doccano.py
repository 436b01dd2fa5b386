"""Annotations of an example's lines in doccano's JSON lines: https://doccano.github.io/doccano/

A note is a labelled span over its line, doccano's sequence labelling form: ``{"id": 1, "text": "…", "label": [[start,
end, "note"]]}``; offsets are characters. Also read: ``labels`` for ``label``, spans as objects with ``start_offset``,
``end_offset`` and ``label``, and the sequence-to-sequence form, whose label is the whole text with its comments.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playground.data.explain.comments import MARKS
from playground.errors import InputError

LONGEST_NOTE = 200


@dataclass(frozen=True, kw_only=True)
class Annotated:
    """A text with notes on its lines."""

    id: str
    text: str
    notes: Mapping[int, str]
    """Line (from 1) -> its note."""

    def to_json(self) -> str:
        """One line of a doccano file."""
        starts = [0]
        for line in self.text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        spans = [[starts[line - 1], starts[line] - 1, note] for line, note in sorted(self.notes.items())]
        return json.dumps({"id": self.id, "text": self.text, "label": spans}, ensure_ascii=False)

    def commented(self, arch: str) -> str:
        """The text with each note as a comment behind its line."""
        lines = self.text.split("\n")
        return "\n".join(
            f"{line} {MARKS[arch]} {self.notes[number]}" if number in self.notes else line
            for number, line in enumerate(lines, 1)
        )


def read_doccano(path: Path) -> Iterator[Annotated]:
    """Every annotated text of a file.

    Raises:
        InputError: no such file, or a line that is not doccano's.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read the annotations {path.name}: {error}.") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield parse_doccano(line, f"{path.name}, line {number}")


def parse_doccano(line: str, where: str) -> Annotated:
    """One line of a doccano file; `where` names it in an InputError."""
    try:
        table: dict[str, Any] = json.loads(line)
        text, labels = table["text"], table.get("label", table.get("labels", []))
        if not isinstance(text, str) or not isinstance(labels, list):
            raise TypeError
        notes: dict[int, str] = {}
        for label in labels:
            notes |= _notes_of_whole(text, label) if isinstance(label, str) else _note_of_span(text, label)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        wanted = '{"id": …, "text": "…", "label": [[start, end, "note"]]}'
        raise InputError(f"{where}: no doccano annotation: {wanted} was expected.") from None
    return Annotated(id=str(table.get("id", "")), text=text, notes=notes)


def _note_of_span(text: str, label: Any) -> dict[int, str]:
    """A span belongs to the line in which it begins."""
    if isinstance(label, dict):
        start, end, note = label["start_offset"], label["end_offset"], label["label"]
    else:
        start, end, note = label
    if not 0 <= int(start) <= int(end) <= len(text):
        raise ValueError("a span outside the text")
    cleaned = clean_note(str(note))
    return {text.count("\n", 0, int(start)) + 1: cleaned} if cleaned else {}


def _notes_of_whole(text: str, label: str) -> dict[int, str]:
    """What a copy of the text has behind its lines.

    Raises:
        ValueError: it is not the same text.
    """
    notes: dict[int, str] = {}
    for number, (bare, given) in enumerate(zip(text.split("\n"), label.split("\n"), strict=True), 1):
        if not given.startswith(bare):
            raise ValueError("the label is not the text with comments")
        if note := clean_note(given[len(bare) :].strip().lstrip("/#;@").strip()):
            notes[number] = note
    return notes


def clean_note(note: str) -> str:
    """A note as one line that can stand in a comment."""
    shown = "".join(character if character.isprintable() else " " for character in note)
    return " ".join(shown.split())[:LONGEST_NOTE]
