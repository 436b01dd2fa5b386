"""Chat files in OpenAI's fine-tuning format taken back: what their answers hold is verified again.

The C that an example shows (in its question or in front of the assembly) is compiled and run natively, and the given
assembly must do the same. Without C there is nothing to compare with: such an example is left out and counted.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playground.assembly import extract
from playground.assembly.detect import detect
from playground.assembly.program import Source
from playground.data.sources.batches import fenced_code
from playground.data.sources.extracting import extract_functions
from playground.data.sources.given import GivenPair
from playground.errors import InputError
from playground.isa import ARCHITECTURES
from playground.models.events import Message
from playground.models.prompts import SYSTEM_PROMPTS

ROLES = ("system", "user", "assistant")


def read_chats(path: Path, skipped: Counter[str]) -> Iterator[GivenPair]:
    """Every example that holds assembly and C; the others are counted.

    Raises:
        InputError: no such file, or a line that is no chat example.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read the chat file {path}: {error}.") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            given = _given(_messages(line, f"{path.name}, line {number}"), f"{path.name}:{number}")
            if isinstance(given, str):
                skipped[given] += 1
            else:
                yield given


def _messages(line: str, where: str) -> tuple[Message, ...]:
    try:
        table: Any = json.loads(line)
        messages = tuple(Message(role=one["role"], content=one["content"]) for one in table["messages"])
        if messages and all(one.role in ROLES and isinstance(one.content, str) for one in messages):
            return messages
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise InputError(f'{where}: no chat example: {{"messages": [{{"role": …, "content": …}}, …]}} was expected.')


def _given(messages: tuple[Message, ...], origin: str) -> GivenPair | str:
    answer = messages[-1].content
    arch = _arch(messages)
    found = extract(answer, arch)
    if messages[-1].role != "assistant" or found is None:
        return "an answer without assembly"
    seen = detect(Source(text=found.text, arch=arch or "auto"))
    before = "\n".join(answer.splitlines()[: found.line - 1])
    question = "\n".join(one.content for one in messages if one.role == "user")
    for text in (question, before):
        for block, language in fenced_code(text):
            functions = extract_functions(block, language, origin=origin, licence="of the chat file").functions
            if functions:
                return GivenPair(
                    function=functions[-1], arch=seen.arch, syntax=seen.syntax, assembly=found.text, messages=messages
                )
    return "an answer without C to compare it with"


def _arch(messages: tuple[Message, ...]) -> str | None:
    """The architecture that the system message names."""
    for one in messages:
        for arch in ARCHITECTURES:
            if one.role == "system" and one.content == SYSTEM_PROMPTS[arch]:
                return arch
    return None
