"""``run --batch``: many programs through all cores, one result a line, in the order of the input."""

import base64
import gzip
import json
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

from playground.assembly.program import Assembly, Diagnostic, Source
from playground.emulator.execution import GRACE_SECONDS, Execution, ExecutionRequest, execute, lost_execution
from playground.emulator.pool import DeadlinePassed, WorkerDied, WorkerPool
from playground.emulator.result import Limits
from playground.errors import InputError
from playground.isa import ARCHITECTURES, SYNTAXES

IN_FLIGHT_PER_WORKER = 8
"""Programs handed to the pool ahead of the one whose result is written next: bounds memory, keeps workers busy."""


def run_batch(source: Path, target: Path, *, jobs: int = 0, limits: Limits | None = None) -> int:
    """Run every line of `source` and write one result line each to `target`; returns how many.

    Raises:
        InputError: the file cannot be read, or a line is not a program (named with its number).
    """
    limits = limits or Limits()
    size = jobs or os.cpu_count() or 1
    written = 0
    with WorkerPool(size=size) as pool, _open_for_writing(target) as out:
        waiting: deque[_Pending] = deque()
        for item in read_items(source, limits):
            waiting.append(_start(pool, item))
            if len(waiting) >= size * IN_FLIGHT_PER_WORKER:
                written += _write(out, waiting.popleft())
        while waiting:
            written += _write(out, waiting.popleft())
    return written


@dataclass(frozen=True, kw_only=True)
class BatchItem:
    """One line of a batch: a program to run, or the sentence that says why the line is none."""

    identity: object
    request: ExecutionRequest | None = None
    mistake: str = ""


@dataclass(frozen=True, kw_only=True)
class _Pending:
    item: BatchItem
    future: "Future[Execution] | None"


def _start(pool: WorkerPool, item: BatchItem) -> _Pending:
    if item.request is None:
        return _Pending(item=item, future=None)
    deadline = item.request.limits.seconds + GRACE_SECONDS
    return _Pending(item=item, future=pool.submit(execute, item.request, deadline_seconds=deadline))


def _write(out: TextIO, pending: _Pending) -> int:
    out.write(json.dumps(result_record(pending.item.identity, _outcome(pending))) + "\n")
    return 1


def _outcome(pending: _Pending) -> Execution:
    item = pending.item
    if item.request is None or pending.future is None:
        diagnostic = Diagnostic(line=0, column=0, message=item.mistake)
        assembly = Assembly(arch="", syntax="", detected="", image=None, diagnostics=(diagnostic,))
        return Execution(assembly=assembly, result=None)
    try:
        return pending.future.result()
    except (WorkerDied, DeadlinePassed) as lost:
        return lost_execution(item.request, lost)


def read_items(path: Path, limits: Limits) -> Iterator[BatchItem]:
    """The programs of a batch file (JSON lines, perhaps gzipped), each with its id.

    A line that is no program becomes an item with a mistake, so that one bad line costs one result, not the batch.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _item(f"{path.name}:{number}", line, limits)
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read {path}: {getattr(error, 'strerror', None) or error}.") from None


def _item(where: str, line: str, limits: Limits) -> BatchItem:
    try:
        record = json.loads(line)
    except ValueError as error:
        return BatchItem(identity=None, mistake=f"{where} is not JSON: {error}.")
    if not isinstance(record, dict):
        return BatchItem(identity=None, mistake=f"{where} is not a JSON object.")
    mistake = _mistake(where, record)
    if mistake:
        return BatchItem(identity=record.get("id"), mistake=mistake)
    source = Source(text=record["asm"], arch=record.get("arch", "auto"), syntax=record.get("syntax") or "auto")
    stdin = (record.get("stdin") or "").encode("utf-8", errors="surrogateescape")
    return BatchItem(identity=record.get("id"), request=ExecutionRequest(source=source, stdin=stdin, limits=limits))


def _mistake(where: str, record: dict[str, object]) -> str:
    """What is wrong with a line's fields, in one sentence; empty when nothing is."""
    if record.get("arch", "auto") not in ("auto", *ARCHITECTURES):
        return f'{where}: "arch" is {record["arch"]!r}; choose one of {", ".join(ARCHITECTURES)}.'
    if (record.get("syntax") or "auto") not in SYNTAXES:
        return f'{where}: "syntax" is {record["syntax"]!r}; choose one of {", ".join(SYNTAXES)}.'
    if not isinstance(record.get("asm"), str):
        return f'{where}: the field "asm" (the assembly text) is missing or no string.'
    if not isinstance(record.get("stdin") or "", str):
        return f'{where}: "stdin" is no string.'
    return ""


def result_record(identity: object, execution: Execution) -> dict[str, object]:
    """The contract's result line."""
    result = execution.result
    record: dict[str, object] = {
        "id": identity,
        "stop": execution.stop,
        "exit_status": result.exit_status if result else None,
        "stdout_base64": base64.b64encode(result.stdout if result else b"").decode("ascii"),
        "instructions": result.instructions if result else 0,
        "diagnostics": [_diagnostic_record(diagnostic) for diagnostic in execution.assembly.diagnostics],
        "missing": list(execution.missing),
        "arch": execution.assembly.arch,
        "syntax": execution.assembly.syntax,
    }
    if result is not None:
        record["stderr_base64"] = base64.b64encode(result.stderr).decode("ascii")
        record["reason"] = result.reason
    return record


def _diagnostic_record(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "line": diagnostic.line,
        "column": diagnostic.column,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def _open_for_writing(path: Path) -> TextIO:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        return cast(TextIO, opener(path, "wt", encoding="utf-8"))
    except OSError as error:
        raise InputError(f"Cannot write {path}: {error.strerror or error}.") from None
