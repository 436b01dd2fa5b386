"""Programs written by a model through OpenAI's batch format: the request file is written, the result file read back.

Format: https://platform.openai.com/docs/guides/batch. One request a line with a ``custom_id``, the ``url`` of the
endpoint and the ``body`` of the call; one result a line with the same ``custom_id`` and the ``response``.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playground.data.function import CFunction
from playground.data.sources.folders import read_text
from playground.errors import InputError

FUNCTIONS_PROMPT = (
    "You will write only C code and nothing else: ten self-contained functions about {topic}. Each has a comment above "
    "it, one sentence that asks for it as a person would. Use integers, floating-point numbers, arrays and strings; no "
    "structures, globals, macros or input and output."
)
PROGRAM_PROMPT = (
    "You will write only the code of a program in plain C about {topic} and nothing else. A comment in its first line "
    "asks for it in one sentence, as a person would. It reads no input, prints with printf or puts, and returns 0 from "
    "main."
)
TOPICS = (
    "arithmetic", "searching an array", "sorting", "strings", "bits", "matrices", "prime numbers", "dates and times",
    "money and interest", "geometry", "statistics", "games and scores", "text formatting", "simple ciphers",
    "checksums", "temperature and units", "counting and histograms", "recursion", "number bases", "simulation",
)  # fmt: skip
_FENCE = re.compile(r"^```[ \t]*(\w*\+*)[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_CPLUSPLUS = re.compile(r"\bstd::|\btemplate\s*<|#include\s*<c?\w+>(?!.*\.h)|\bclass\s+\w+\s*\{")
GENERATED = "written by a model: its provider's terms"


def batch_requests(model: str, answers: int = 1, max_tokens: int = 2000) -> Iterator[dict[str, Any]]:
    """One request a topic and kind; `answers` is ``n``, the number of replies to each."""
    for kind, prompt in (("functions", FUNCTIONS_PROMPT), ("program", PROGRAM_PROMPT)):
        for topic in TOPICS:
            message = {"role": "system", "content": prompt.format(topic=topic)}
            yield {
                "custom_id": f"{kind}-{topic.replace(' ', '-')}",
                "method": "POST",
                "url": "/v1/chat/completions",
                "body": {"model": model, "messages": [message], "n": answers, "max_tokens": max_tokens},
            }


def read_batch(path: Path, skipped: Counter[str]) -> Iterator[CFunction]:
    """The functions and programs in a result file; a request that failed is counted.

    Raises:
        InputError: no such file, or a line that is no batch result.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read the batch results {path}: {error}.") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield from _result(line, f"{path.name}, line {number}", skipped)


def _result(line: str, where: str, skipped: Counter[str]) -> Iterator[CFunction]:
    try:
        table = json.loads(line)
        name, response = str(table["custom_id"]), table.get("response")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f'{where}: no batch result: {{"custom_id": …, "response": …}} was expected.') from None
    choices = response.get("body", {}).get("choices", []) if isinstance(response, dict) else []
    if not choices:
        skipped["a request of the batch failed"] += 1
    for index, choice in enumerate(choices):
        content = choice.get("message", {}).get("content") or "" if isinstance(choice, dict) else ""
        for text, language in fenced_code(content):
            yield from read_text(text, language, f"{name}/{index}", GENERATED, skipped)


def fenced_code(content: str) -> Iterator[tuple[str, str]]:
    """The fenced blocks of a reply, or the reply itself; each with its language."""
    blocks = [block for _, block in _FENCE.findall(content)] or [content]
    for block in blocks:
        yield block, "c++" if _CPLUSPLUS.search(block) else "c"
