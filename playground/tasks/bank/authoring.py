"""The authors' form of the bank: C files whose comments carry the prompt, the cases' arguments, tags and difficulty.

    /*: gcd | easy | arithmetic loops | practice
    Return the greatest common divisor of a and b.
    = [12,18] [7,0]
    */
    unsigned long gcd(unsigned long a, unsigned long b) { … }

The fourth column is the split; without it the id's hash decides. ``=`` gives each case's arguments, ``<`` a program's
standard input as a JSON string, ``!`` a prototype to be shown in another spelling than the definition's, ``~`` mutants
that mean the same as the reference (see `mutation`).
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).resolve().parent / "sources"
SPLITS = ("practice", "final")
DIFFICULTIES = ("easy", "medium", "hard")

_HEADER = re.compile(r"^/\*: (?P<head>[^\n]*)\n(?P<body>.*?)^\*/\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One task as written: everything but the expected values."""

    id: str
    difficulty: str
    tags: tuple[str, ...]
    split: str
    prompt: str
    code: str
    """The C source below the comment."""
    arguments: tuple[list[Any], ...] = ()
    """Per case, the values as JSON."""
    stdin: str = ""
    spelling: str = ""
    """The prototype to show, when the author gave one."""
    equivalent: tuple[str, ...] = field(default=())
    """Mutants that no case can tell from the reference, each as the changed line."""

    @property
    def is_program(self) -> bool:
        return not self.arguments

    @property
    def declaration(self) -> str:
        """The asked function's declaration as its definition has it, without a semicolon."""
        match = re.search(rf"^[^\n;{{}}#]*\b{self.id}\([^{{;]*(?=\n?{{)", self.code, re.MULTILINE)
        if match is None:
            raise ValueError(f"{self.id}: the code does not define {self.id}")
        return " ".join(match.group().split())

    @property
    def structures(self) -> str:
        """The struct definitions of the code."""
        return "\n".join(re.findall(r"^struct \w+ \{\n.*?^\};", self.code, re.MULTILINE | re.DOTALL))

    @property
    def includes(self) -> str:
        return "".join(f"{line}\n" for line in self.code.splitlines() if line.startswith("#include"))

    @property
    def prototype(self) -> str:
        """What a task file shows: the struct definitions that the declaration needs, then the declaration."""
        needed = self.structures if "struct " in self.declaration else ""
        return f"{needed}\n{self.declaration}" if needed else self.spelling or self.declaration


def read_drafts() -> tuple[Draft, ...]:
    """Every draft of the bank, file by file."""
    drafts = [draft for path in sorted(SOURCES.glob("*.c")) for draft in _drafts(path)]
    names = [draft.id for draft in drafts]
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise ValueError(f"ids used twice: {', '.join(sorted(repeated))}")
    return tuple(drafts)


def _drafts(path: Path) -> Iterator[Draft]:
    text = path.read_text(encoding="utf-8")
    headers = list(_HEADER.finditer(text))
    ends = [match.start() for match in headers[1:]] + [len(text)]
    for match, end in zip(headers, ends, strict=True):
        yield _draft(match["head"], match["body"], text[match.end() : end].strip() + "\n")


def _draft(head: str, body: str, code: str) -> Draft:
    identifier, difficulty, tags, *split = (part.strip() for part in head.split("|"))
    if difficulty not in DIFFICULTIES:
        raise ValueError(f"{identifier}: {difficulty!r} is none of {DIFFICULTIES}")
    lines: dict[str, list[str]] = {mark: [] for mark in "=<!~"}
    prompt = []
    for line in body.splitlines():
        mark = line[:1] if line[1:2] == " " else ""
        lines[mark].append(line[2:]) if mark in lines else prompt.append(line)
    return Draft(
        id=identifier,
        difficulty=difficulty,
        tags=tuple(tags.split()),
        split=split[0] if split else _split_by_hash(identifier),
        prompt="\n".join(prompt),
        code=code,
        arguments=tuple(value for line in lines["="] for value in _json_values(line, identifier)),
        stdin="".join(json.loads(line) for line in lines["<"]),
        spelling=" ".join(lines["!"]),
        equivalent=tuple(lines["~"]),
    )


def _split_by_hash(identifier: str) -> str:
    return SPLITS[hashlib.sha256(identifier.encode()).digest()[0] % 2]


def _json_values(text: str, identifier: str) -> Iterator[list[Any]]:
    """The JSON arrays that stand one after the other in `text`."""
    decoder = json.JSONDecoder()
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise ValueError(f"{identifier}: cases: {error}") from None
        yield value
        while text[at : at + 1].isspace():
            at += 1
