"""Make the bank's task files: compile every reference with sanitizers, run it natively, write what it gives.

``python -m playground.tasks.bank.build`` needs gcc (Debian: apt-get install gcc).
"""

import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from playground.emulator.prototype import Prototype, parse_prototype
from playground.tasks.bank import FUNCTIONS_FILE, PROGRAMS_FILE
from playground.tasks.bank.authoring import Draft, read_drafts
from playground.tasks.bank.native import compile_c, draft_cases, harness, is_output, rename, run_harness
from playground.tasks.files import write_tasks
from playground.tasks.task import Case, Task

SANITIZED = ("-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
PLAIN = ("-O1",)


def build_task(draft: Draft, options: tuple[str, ...] = SANITIZED) -> Task:
    """The task with its expected values.

    Raises:
        ValueError: the reference does not compile, faults, or has undefined behaviour in one of its cases.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            return (
                _program_task(draft, Path(folder), options)
                if draft.is_program
                else _function_task(draft, Path(folder), options)
            )
        except subprocess.CalledProcessError as error:
            raise ValueError(f"{draft.id}: {error.stderr}") from None


def _common(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.id,
        "prompt": draft.prompt,
        "reference": draft.code,
        "tags": draft.tags,
        "difficulty": draft.difficulty,
        "split": draft.split,
    }


def _function_task(draft: Draft, folder: Path, options: tuple[str, ...]) -> Task:
    files = {"harness.c": harness(draft), "reference.c": rename(draft.code, draft.id, f"{draft.id}__0")}
    program = compile_c(folder, files, options)
    given, ended = run_harness(program)
    cases = draft_cases(draft)
    if not ended or len(given) != len(cases):
        raise ValueError(
            f"{draft.id}: the reference fails in case {len(given) + 1}: {draft.arguments[len(given) :][:1]}"
        )
    prototype = parse_prototype(draft.prototype)
    expected = tuple(_with_expectations(case, record, prototype) for case, record in zip(cases, given, strict=True))
    return Task(prototype=draft.prototype, cases=expected, **_common(draft))


def _with_expectations(case: Case, record: dict[str, Any], prototype: Prototype) -> Case:
    after: dict[str, Any] = {}
    for parameter, value in zip(prototype.parameters, case.args, strict=True):
        if is_output(parameter, value):
            elements = record["after"][parameter.name]
            text = _text(elements) if parameter.type.is_string else None
            after[parameter.name] = tuple(elements) if text is None else text
    returns = record.get("returns")
    return replace(case, returns=bytes(returns).decode() if isinstance(returns, list) else returns, after=after)


def _text(elements: list[int]) -> str | None:
    """The string that a buffer holds; None when it has no NUL."""
    data = bytes(element & 0xFF for element in elements)
    return data.split(b"\0")[0].decode() if b"\0" in data else None


def _program_task(draft: Draft, folder: Path, options: tuple[str, ...]) -> Task:
    program = compile_c(folder, {"program.c": draft.code}, options)
    done = subprocess.run([program], input=draft.stdin.encode(), capture_output=True, check=False, timeout=10)
    if b"runtime error" in done.stderr or b"Sanitizer" in done.stderr or done.returncode < 0:
        raise ValueError(f"{draft.id}: {done.stderr.decode()}")
    return Task(stdin=draft.stdin, stdout=done.stdout.decode(), exit_status=done.returncode, **_common(draft))


def build_bank(options: tuple[str, ...] = SANITIZED) -> list[Task]:
    """Every task of the sources, in their order."""
    with ThreadPoolExecutor(max_workers=2) as threads:
        return list(threads.map(lambda draft: build_task(draft, options), read_drafts()))


def main() -> int:
    """Write the task files; exit status 1 with the reason when a reference is wrong."""
    try:
        tasks = build_bank()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    functions = [task for task in tasks if not task.is_program]
    programs = [task for task in tasks if task.is_program]
    write_tasks(FUNCTIONS_FILE, functions)
    write_tasks(PROGRAMS_FILE, programs)
    print(
        json.dumps({"functions": len(functions), "programs": len(programs), "cases": sum(len(t.cases) for t in tasks)})
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
