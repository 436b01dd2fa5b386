"""The lines of samples.jsonl and results.jsonl: written once, appended, read back when a campaign goes on."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TextIO, TypeVar

from playground.errors import InputError
from playground.tasks.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One answer to one task."""

    task_id: str
    completion: str
    model: str = ""
    arch: str = ""
    sample: int = 0
    """Which of the task's samples, from 0."""
    tokens: int = 0
    ended_by: str = ""
    """``end``, ``stop`` or ``length``."""

    @property
    def key(self) -> tuple[str, str, str, int]:
        return self.model, self.arch, self.task_id, self.sample


@dataclass(frozen=True, kw_only=True)
class Result:
    """One judged answer; the first seven fields are the contract of ``check``."""

    task_id: str
    stage: str
    passed: bool
    unscored: bool
    cases_passed: int
    cases: int
    reason: str
    model: str = ""
    arch: str = ""
    sample: int = 0
    missing: tuple[str, ...] = ()
    instructions: int = 0
    code_bytes: int = 0
    tokens: int = 0

    @property
    def key(self) -> tuple[str, str, str, int]:
        return self.model, self.arch, self.task_id, self.sample


def result_of(sample: Sample, verdict: Verdict, cases: int) -> Result:
    """The line for one verdict; `cases` is how many the task has, also when none was called."""
    return Result(
        task_id=sample.task_id,
        stage=verdict.stage,
        passed=verdict.passed,
        unscored=verdict.unscored,
        cases_passed=verdict.cases_passed,
        cases=cases,
        reason=verdict.reason,
        model=sample.model,
        arch=sample.arch,
        sample=sample.sample,
        missing=verdict.missing,
        instructions=verdict.instructions,
        code_bytes=verdict.code_bytes,
        tokens=sample.tokens,
    )


Line = TypeVar("Line", Sample, Result)


def append_line(out: TextIO, line: Sample | Result) -> None:
    """Write one line at once, so that a stop loses nothing that was finished."""
    out.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")
    out.flush()


def read_lines(path: Path, kind: type[Line]) -> list[Line]:
    """What is in a file of ours, or in its packed form; a last line that a stop cut off is left out.

    Empty when there is no file.
    """
    if not path.exists() and not packed_path(path).exists():
        return []
    known = {field.name for field in fields(kind)}
    found = []
    for record in _whole_records(path):
        values = {name: value for name, value in record.items() if name in known}
        if "missing" in values:
            values["missing"] = tuple(values["missing"])
        found.append(kind(**values))
    return found


def packed_path(path: Path) -> Path:
    """The file's compressed form, which stands instead of it in the repository."""
    return path.with_name(f"{path.name}.gz")


def _whole_records(path: Path) -> Iterator[dict[str, Any]]:
    is_packed = not path.exists()
    data = gzip.decompress(packed_path(path).read_bytes()) if is_packed else path.read_bytes()
    *lines, rest = data.decode("utf-8").split("\n")
    for number, line in enumerate(lines, start=1):
        try:
            yield json.loads(line)
        except ValueError:
            raise InputError(f"{path}:{number} is no line of a campaign: choose another --out folder.") from None
    if rest and not is_packed:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def write_sorted(path: Path, lines: list[Line]) -> None:
    """The whole file anew in the order of model, architecture, task and sample: equal campaigns give equal files."""
    ordered = sorted(lines, key=lambda line: line.key)
    text = "".join(json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in ordered)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
