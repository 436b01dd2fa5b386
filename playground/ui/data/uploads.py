"""Uploaded files by what they hold: C and C++, chat examples, or the results of a batch."""

from collections.abc import Sequence
from pathlib import Path

from playground.errors import InputError


def sorted_uploads(paths: Sequence[Path]) -> dict[str, tuple[str, ...]]:
    """The recipe's fields `sources`, `chats` and `batches`.

    Raises:
        InputError: a .jsonl file that is neither kind.
    """
    found: dict[str, list[str]] = {"sources": [], "chats": [], "batches": []}
    for path in paths:
        found[_kind(path)].append(str(path))
    return {field: tuple(names) for field, names in found.items()}


def _kind(path: Path) -> str:
    if path.suffix != ".jsonl":
        return "sources"
    with path.open(encoding="utf-8", errors="replace") as file:
        first = file.readline()
    if '"messages"' in first:
        return "chats"
    if '"custom_id"' in first:
        return "batches"
    raise InputError(f"{path.name} holds neither chat examples (messages) nor batch results (custom_id).")
