"""Solved examples that stand before every question: a few-shot prompt, to be fair to a model that was not tuned."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playground.errors import InputError
from playground.isa import ARCHITECTURES
from playground.models.events import Message


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One question and its right answer."""

    arch: str
    question: str
    answer: str


def read_shots(path: Path, archs: Sequence[str], count: int) -> tuple[Shot, ...]:
    """The first `count` examples for each architecture of a chat file, as ``data build`` writes it.

    A line is ``{"messages": [..., {"role": "user", ...}, {"role": "assistant", ...}], "arch": "aarch64"}``.

    Raises:
        InputError: the file cannot be read, a line is no such chat, or there are fewer examples than asked for.
    """
    if count < 1:
        raise InputError(f"--shots {count} is too few: give how many solved examples stand before a question.")
    chosen: dict[str, list[Shot]] = {arch: [] for arch in archs}
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                shot = _shot(line, f"{path}:{number}")
                if shot.arch in chosen and len(chosen[shot.arch]) < count:
                    chosen[shot.arch].append(shot)
                if all(len(shots) == count for shots in chosen.values()):
                    break
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read {path}: {getattr(error, 'strerror', None) or error}.") from None
    for arch, shots in chosen.items():
        if len(shots) < count:
            raise InputError(f"{path} has {len(shots)} examples for {arch}: give --shots {len(shots)}.")
    return tuple(shot for shots in chosen.values() for shot in shots)


def _shot(line: str, place: str) -> Shot:
    try:
        record: Any = json.loads(line)
        question, answer = record["messages"][-2:]
        if (question["role"], answer["role"]) != ("user", "assistant") or record["arch"] not in ARCHITECTURES:
            raise ValueError
        return Shot(arch=record["arch"], question=str(question["content"]), answer=str(answer["content"]))
    except (ValueError, KeyError, TypeError):
        raise InputError(
            f'{place} is no example: give chat JSON lines with "messages" that end with a question of the user and an '
            'answer of the assistant, and with "arch".'
        ) from None


def with_shots(messages: tuple[Message, ...], shots: Sequence[Shot], arch: str) -> tuple[Message, ...]:
    """`messages` with the examples for `arch` as earlier turns, before the last message."""
    turns = [
        message
        for shot in shots
        if shot.arch == arch
        for message in (Message(role="user", content=shot.question), Message(role="assistant", content=shot.answer))
    ]
    return (*messages[:-1], *turns, messages[-1])
