"""A task out of what was typed beside the prompt: prototype, a table of cases, or a program's expected output."""

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from playground.emulator.prototype import parse_prototype
from playground.errors import InputError
from playground.tasks.files import task_from_json
from playground.tasks.task import Task

CASE_HEADINGS = ("Arguments", "Returns", "Memory after")
CASE_EXAMPLES = dict(zip(CASE_HEADINGS, ("[12, 18]", "6", '{"dst": [5, 7]}'), strict=True))
CASE_FIELDS = dict(zip(('"args"', '"returns"', '"after"'), CASE_HEADINGS, strict=True))
"""What a task file calls the columns of the table."""
LONGEST_PROMPT = 20_000


@dataclass(frozen=True, kw_only=True)
class Typed:
    """The fields as typed."""

    prompt: str
    prototype: str = ""
    cases: Sequence[Sequence[object]] = ()
    """Rows under CASE_HEADINGS, each cell JSON: ``[12, 18]``, ``6``, ``{"dst": [5, 7]}``."""
    reference: str = ""
    stdin: str = ""
    stdout: str = ""
    exit_status: int | None = None


def typed_task(typed: Typed) -> Task:
    """The task that was typed.

    Raises:
        InputError: the prompt is empty, the prototype does not parse, or a cell is wrong (named by its row).
    """
    prompt = typed.prompt  # a text to continue goes on behind its last character, be it a newline
    if not prompt.strip():
        raise InputError("The prompt is empty: write what the assembly should do, or choose a task.")
    if len(prompt) > LONGEST_PROMPT:
        raise InputError(f"The prompt has {len(prompt):,} characters: give at most {LONGEST_PROMPT:,}.")
    record: dict[str, object] = {"id": "own", "prompt": prompt, "reference": typed.reference}
    if typed.prototype.strip():
        return _function_task(record, typed)
    return _program_task(record, typed)


def _function_task(record: dict[str, object], typed: Typed) -> Task:
    prototype = typed.prototype.strip()
    parse_prototype(prototype)
    cases = {row: case for row, cells in enumerate(typed.cases, 1) if (case := case_of(cells, row)) is not None}
    if not cases:
        raise InputError(
            "There are no cases: give at least one row with the arguments, such as [12, 18], and the result."
        )
    try:
        return task_from_json({**record, "prototype": prototype, "cases": list(cases.values())})
    except InputError as error:
        raise InputError(_of_the_table(str(error), list(cases))) from None


def _of_the_table(sentence: str, rows: Sequence[int]) -> str:
    """A complaint about a task file's case, in the words of the table; `rows` are those that hold a case."""
    told = re.sub(r"^the task \(own\), case (\d+): ", lambda found: f"Case {rows[int(found[1]) - 1]}: ", sentence)
    for field, heading in CASE_FIELDS.items():
        told = told.replace(field, heading)
    return told


def _program_task(record: dict[str, object], typed: Typed) -> Task:
    """With what a program should give, cases that stand there from a function before are not meant."""
    told = bool(typed.stdout) or typed.exit_status is not None
    if not told and any(_filled(cell) for row in typed.cases for cell in row):
        raise InputError(
            "There are cases but no prototype: write the function's C prototype, such as long f(long a); or, for a "
            "whole program, what it should give."
        )
    expected: dict[str, object] = {"stdin": typed.stdin}
    if typed.stdout:
        expected["stdout"] = typed.stdout
    if typed.exit_status is not None or not typed.stdout:
        expected["exit_status"] = typed.exit_status or 0
    return task_from_json({**record, **expected})


def case_of(cells: Sequence[object], row: int) -> Mapping[str, object] | None:
    """One row of the table as a task file's case; None for an empty row."""
    arguments, returns, after = (*cells, "", "", "")[:3]
    if not any(map(_filled, (arguments, returns, after))):
        return None
    case: dict[str, object] = {"args": _list(arguments, row)}
    if _filled(returns):
        case["returns"] = _json(returns, row, CASE_HEADINGS[1])
    if _filled(after):
        case["after"] = _json(after, row, CASE_HEADINGS[2])
    return case


def _filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() not in ("", "nan")


def _list(cell: object, row: int) -> object:
    """``[12, 18]``; the brackets may be left out."""
    text = str(cell).strip() if _filled(cell) else "[]"
    for written in (text, f"[{text}]"):
        with suppress(json.JSONDecodeError):
            value = json.loads(written)
            return value if isinstance(value, list) else [value]
    return _json(text, row, CASE_HEADINGS[0], before="" if text.startswith("[") else "[")


def _json(cell: object, row: int, heading: str, before: str = "") -> object:
    """The cell's value. `before` is what the text may leave out; columns are counted in the text as it was typed."""
    text = str(cell).strip()
    try:
        return json.loads(before + text)
    except json.JSONDecodeError as error:
        where = f"{error.msg} at column {error.colno - len(before)}"
        raise InputError(
            f"Case {row}, {heading} {text!r} is not JSON: {where}. Write it like {CASE_EXAMPLES[heading]}."
        ) from None
