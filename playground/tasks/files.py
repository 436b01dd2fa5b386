"""Task files: the contract's JSON, one task a line, read strictly and written back."""

import difflib
import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from playground.emulator.prototype import Prototype, parse_prototype
from playground.errors import InputError
from playground.isa import ARCHITECTURES
from playground.tasks.arguments import check_case, memory_from_json, value_from_json
from playground.tasks.task import Argument, Case, SameAs, Task, Zeros

Record = Mapping[str, Any]

_TEXT_FIELDS = ("prompt", "reference", "stdin", "difficulty", "split")
_FUNCTION_FIELDS = ("prototype", "cases")
_PROGRAM_FIELDS = ("stdin", "stdout", "exit_status")
_FIELDS = ("id", *_TEXT_FIELDS, *_FUNCTION_FIELDS, *_PROGRAM_FIELDS, "tags", "arch")
_CASE_FIELDS = ("args", "returns", "after")


def read_tasks(path: Path) -> tuple[Task, ...]:
    """The tasks of a JSON lines file (gzipped when it ends in .gz), or of one JSON array.

    Raises:
        InputError: the file cannot be read or holds no task, or a task is wrong; names file:line, field and remedy.
    """
    tasks: dict[str, Task] = {}
    for where, record in _records(path):
        task = task_from_json(record, where)
        _require_expectations(task, where)
        if task.id in tasks:
            raise InputError(f'{where}: the id {task.id!r} is used twice; give each task its own "id".')
        tasks[task.id] = task
    if not tasks:
        raise InputError(f"{path.name} holds no task: write one JSON object a line.")
    return tuple(tasks.values())


def _require_expectations(task: Task, where: str) -> None:
    """A case that compares nothing would pass with any answer."""
    for number, case in enumerate(task.cases, start=1):
        if case.returns is None and not case.after:
            raise InputError(
                f'{where} ({task.id}), case {number}: nothing is compared; give "returns", or "after" for memory.'
            )


def write_tasks(path: Path, tasks: Iterable[Task]) -> None:
    """One JSON object a line, in the order given."""
    lines = (json.dumps(task_to_json(task), ensure_ascii=False) + "\n" for task in tasks)
    path.write_text("".join(lines), encoding="utf-8")


def _records(path: Path) -> Iterable[tuple[str, Record]]:
    text = _read_text(path)
    if text.lstrip().startswith("["):
        for number, record in enumerate(_parsed(text, path.name), start=1):
            yield f"{path.name}, task {number}", record
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"{path.name}:{number}", _parsed(line, f"{path.name}:{number}")


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    except (OSError, EOFError) as error:
        raise InputError(f"Cannot read the task file {path}: {getattr(error, 'strerror', None) or error}.") from None
    except UnicodeDecodeError as error:
        raise InputError(f"The task file {path} is not UTF-8 (byte {error.start}): save it as UTF-8.") from None


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} is not JSON ({error}): write one task object a line.") from None


def task_from_json(record: Record, where: str = "the task") -> Task:
    """One task from its JSON object; `where` begins every complaint.

    Raises:
        InputError: a field is missing, of the wrong type, or does not fit the prototype. A case without ``returns`` and
            ``after`` is accepted here (a call to look at); `read_tasks` refuses it.
    """
    if not isinstance(record, Mapping):
        raise InputError(f"{where}: a task is a JSON object, not {_shown(record)}.")
    identifier = record.get("id")
    if not isinstance(identifier, str) or not identifier.strip():
        raise InputError(f'{where}: the field "id" is missing or no text; give each task a name of its own.')
    where = f"{where} ({identifier})"
    _refuse_misspelt(record, _FIELDS, where)
    texts = {name: _text(record, name, where) for name in _TEXT_FIELDS if name in record}
    if "prompt" not in record:
        raise InputError(f'{where}: the field "prompt" is missing; write the request in English.')
    common = {"id": identifier, "tags": _tags(record, where), "arch": _arch(record, where), **texts}
    return _function_task(record, common, where) if "prototype" in record else _program_task(record, common, where)


def _function_task(record: Record, common: dict[str, Any], where: str) -> Task:
    for name in _PROGRAM_FIELDS:
        if record.get(name):
            raise InputError(f'{where}: a task with a "prototype" has no "{name}"; take one of the two away.')
    text = _text(record, "prototype", where)
    try:
        prototype = parse_prototype(text)
    except InputError as error:
        raise InputError(f'{where}: "prototype": {error}') from None
    cases = record.get("cases")
    if not isinstance(cases, list) or not cases:
        raise InputError(f'{where}: the field "cases" is missing or empty; give a list such as [{{"args": [1, 2]}}].')
    parsed = tuple(_case(case, prototype, f"{where}, case {number}") for number, case in enumerate(cases, start=1))
    return Task(prototype=text, cases=parsed, **common)


def _program_task(record: Record, common: dict[str, Any], where: str) -> Task:
    if "cases" in record:
        raise InputError(f'{where}: there are "cases" but no "prototype"; write the function\'s C prototype.')
    stdout = _text(record, "stdout", where) if record.get("stdout") is not None else None
    status = record.get("exit_status")
    if stdout is None and status is None:
        raise InputError(
            f'{where}: give a "prototype" with "cases" (a function), or a "stdout" or "exit_status" (a program).'
        )
    if status is not None and (isinstance(status, bool) or not isinstance(status, int) or not 0 <= status <= 255):
        raise InputError(f'{where}: "exit_status" is {_shown(status)}; give a whole number from 0 to 255.')
    return Task(stdout=stdout, exit_status=status, **common)


def _case(record: Any, prototype: Prototype, where: str) -> Case:
    if not isinstance(record, Mapping):
        raise InputError(
            f'{where}: a case is an object such as {{"args": [1, 2], "returns": 3}}, not {_shown(record)}.'
        )
    _refuse_misspelt(record, _CASE_FIELDS, where)
    args = record.get("args")
    if not isinstance(args, list):
        raise InputError(f'{where}: the field "args" is missing or no list; give one value per parameter.')
    after = record.get("after") or {}
    if not isinstance(after, Mapping):
        raise InputError(f'{where}: "after" is {_shown(after)}; give an object such as {{"dst": [5, 7]}}.')
    case = Case(
        args=tuple(value_from_json(arg, f'{where}: "args"[{index}]') for index, arg in enumerate(args)),
        returns=record.get("returns"),
        after={name: memory_from_json(value, f'{where}: "after" {name!r}') for name, value in after.items()},
    )
    return check_case(case, prototype, where)


def _refuse_misspelt(record: Record, known: tuple[str, ...], where: str) -> None:
    """Further fields are the author's own; one that is nearly ours is a slip that would go unnoticed."""
    for name in record:
        close = difflib.get_close_matches(str(name), known, n=1, cutoff=0.8)
        if name not in known and close:
            raise InputError(f'{where}: unknown field "{name}"; did you mean "{close[0]}"?')


def _text(record: Record, name: str, where: str) -> str:
    value = record[name]
    if not isinstance(value, str):
        raise InputError(f'{where}: "{name}" is {_shown(value)}; give a text in quotes.')
    return value


def _tags(record: Record, where: str) -> tuple[str, ...]:
    tags = record.get("tags") or []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise InputError(f'{where}: "tags" is {_shown(tags)}; give a list of words.')
    return tuple(tags)


def _arch(record: Record, where: str) -> str | None:
    arch = record.get("arch")
    if arch is not None and arch not in ARCHITECTURES:
        raise InputError(f'{where}: "arch" is {_shown(arch)}; choose one of {", ".join(ARCHITECTURES)}.')
    return arch


def _shown(value: Any) -> str:
    text = json.dumps(value) if isinstance(value, (dict, list, str, int, float, bool, type(None))) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def task_to_json(task: Task) -> dict[str, Any]:
    """The contract's object; fields that say nothing are left out."""
    record: dict[str, Any] = {"id": task.id, "prompt": task.prompt}
    if task.is_program:
        record |= {name: getattr(task, name) for name in _PROGRAM_FIELDS if getattr(task, name) is not None}
    else:
        record |= {"prototype": task.prototype, "cases": [case_to_json(case) for case in task.cases]}
    optional = {name: getattr(task, name) for name in ("reference", "arch", "difficulty", "split")}
    record |= {name: value for name, value in optional.items() if value}
    return record | ({"tags": list(task.tags)} if task.tags else {})


def case_to_json(case: Case) -> dict[str, Any]:
    """``{"args", "returns"?, "after"?}``"""
    record: dict[str, Any] = {"args": [_argument_to_json(argument) for argument in case.args]}
    if case.returns is not None:
        record["returns"] = case.returns
    if case.after:
        record["after"] = {
            name: list(value) if isinstance(value, tuple) else value for name, value in case.after.items()
        }
    return record


def _argument_to_json(argument: Argument) -> Any:
    if isinstance(argument, Zeros):
        return {"zeros": argument.count}
    if isinstance(argument, SameAs):
        return {"same_as": argument.parameter}
    return list(argument) if isinstance(argument, tuple) else argument
