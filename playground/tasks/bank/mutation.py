"""Mutation check: wrong variants of every reference must fail its cases, or the cases are too weak.

``python -m playground.tasks.bank.mutation [ID …]`` prints the survivors; exit status 1 when there are any. Needs gcc.

Mutants are made by the classical operators (DeMillo, Lipton, Sayward 1978; Offutt's relational, arithmetic, constant
and statement-deletion operators) over the tokens of the reference. One that compiles to the same object code as the
reference at -O2 is equivalent and dropped (trivial compiler equivalence, Papadakis et al., ICSE 2015); one that means
the same though the compiler does not see it is listed in the source with ``~``.
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playground.emulator.prototype import parse_prototype
from playground.tasks.bank import load_bank
from playground.tasks.bank.authoring import Draft, read_drafts
from playground.tasks.bank.native import compile_c, harness, rename, run_harness
from playground.tasks.comparison import as_expected
from playground.tasks.task import Task

FEWEST_KILLED = 3
MOST_MUTANTS = 10
"""Of one task, drawn over all operators by the hash of their code."""

_TOKEN = re.compile(
    r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])+\'|//[^\n]*|#[^\n]*|\s+|[A-Za-z_]\w*|0x[0-9a-fA-F]+[uUlL]*'
    r"|\d+\.\d*(?:[eE][-+]?\d+)?|\d+[uUlL]*|<<=|>>=|\+\+|--|->|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\S"
)

REPLACEMENTS: dict[str, tuple[str, ...]] = {
    "<": ("<=", ">"), "<=": ("<", ">="), ">": (">=", "<"), ">=": (">", "<="), "==": ("!=",), "!=": ("==",),
    "+": ("-",), "-": ("+",), "*": ("+",), "/": ("*",), "%": ("/",), "&&": ("||",), "||": ("&&",),
    "&": ("|", "^"), "|": ("&",), "^": ("|", "&"), "<<": (">>",), ">>": ("<<",), "++": ("--",), "--": ("++",),
    "+=": ("-=", "="), "-=": ("+=", "="), "*=": ("+=",), "/=": ("*=",), "%=": ("/=",), "|=": ("&=", "="),
    "&=": ("|=",), "^=": ("|=",), "<<=": (">>=",), ">>=": ("<<=",),
}  # fmt: skip
"""Operator -> wrong ones: relational, arithmetic, logical, bitwise, update."""

WRONG_TYPES: tuple[tuple[str, str], ...] = (
    (r"unsigned long\b", "unsigned int"), (r"\blong\b", "int"), (r"\bint \*", "short *"),
    (r"unsigned char", "signed char"), (r"signed char", "short"), (r"unsigned short", "short"),
    (r"\bshort\b", "signed char"), (r"\bdouble\b", "float"), (r"\bfloat\b", "double"),
)  # fmt: skip
"""Types in the signature -> ones of the wrong width or sign, as when an answer loads or extends with the wrong size."""


@dataclass(frozen=True)
class Mutant:
    """One changed reference."""

    line: str
    """The changed line, trimmed: how a person names the mutant."""
    code: str


def mutants(draft: Draft) -> list[Mutant]:
    """At most MOST_MUTANTS different mutants, the same ones every time, without those listed as equivalent."""
    makers = (_token_mutants, _statement_mutants, _return_mutants, _signature_mutants)
    found = {mutant.code: mutant for maker in makers for mutant in maker(draft) if mutant.code != draft.code}
    drawn = sorted(found.values(), key=lambda mutant: hashlib.sha256(mutant.code.encode()).digest())[:MOST_MUTANTS]
    return [mutant for mutant in drawn if not any(listed in mutant.line for listed in draft.equivalent)]


def _body_start(draft: Draft) -> int:
    """Where the first function's body begins: signatures and structs are not changed."""
    end_of_structs = max((match.end() for match in re.finditer(r"^\};", draft.code, re.MULTILINE)), default=0)
    return draft.code.index("{", end_of_structs)


def _token_mutants(draft: Draft) -> Iterator[Mutant]:
    inside = False
    for match in _TOKEN.finditer(draft.code, _body_start(draft)):
        line_start = draft.code.rfind("\n", 0, match.start()) + 1
        inside = draft.code[line_start : line_start + 1] in (" ", "\t")
        if inside:
            for other in _replacements(match.group()):
                yield _mutant(draft, match.start(), match.end(), other)


def _replacements(token: str) -> tuple[str, ...]:
    if token in REPLACEMENTS:
        return REPLACEMENTS[token]
    number = re.fullmatch(r"(\d+)([uUlL]*)", token)
    if number:
        value = int(number[1])
        return tuple(f"{other}{number[2]}" for other in (value + 1, value - 1) if other >= 0)
    if re.fullmatch(r"'[A-Za-z0-9 ]'", token):
        return (f"'{chr(ord(token[1]) + 1)}'",)
    if re.fullmatch(r'"[A-Za-z0-9 ].*"', token):
        return (f'"{chr(ord(token[1]) + 1)}{token[2:]}',)
    return ()


def _statement_mutants(draft: Draft) -> Iterator[Mutant]:
    """A missing store: one assignment or call left out. (Without its return a function gives what lies around.)"""
    declared = r"(return|static|const|unsigned|signed|int|long|short|char|double|float|struct|for|size_t|ssize_t)\b"
    for match in re.finditer(r"^( +)([^\n{}]*;)$", draft.code[_body_start(draft) :], re.MULTILINE):
        statement = match[2]
        if statement != ";" and not re.match(declared, statement):
            start = _body_start(draft) + match.start(2)
            yield _mutant(draft, start, start + len(statement), f"; // no: {statement}")


def _return_mutants(draft: Draft) -> Iterator[Mutant]:
    """The result plus one, its negation, none, and its low half: off by one, wrong sign, missing, wrong width."""
    result = "int" if draft.is_program else parse_prototype(draft.prototype).result.spelling
    if "*" in result:
        return
    narrow = {"long": "int", "unsigned long": "unsigned", "double": "int", "float": "int"}.get(result, "")
    for match in re.finditer(r"^ +return ([^\n;]+);$", draft.code, re.MULTILINE):
        narrowed = [f"({narrow})({match[1]})"] if narrow else []
        for other in (f"({match[1]}) + 1", f"-({match[1]})", "0", *narrowed):
            yield _mutant(draft, match.start(1), match.end(1), other)


def _signature_mutants(draft: Draft) -> Iterator[Mutant]:
    """One parameter taken in the wrong width or sign, while the caller gives the right one."""
    if draft.is_program:
        return
    match = re.search(rf"^[^\n;{{}}#]*\b{draft.id}\((?P<parameters>[^{{;]*)(?=\n?{{)", draft.code, re.MULTILINE)
    assert match is not None
    for pattern, wrong in WRONG_TYPES:
        for found in re.finditer(pattern, match["parameters"]):
            start = match.start("parameters")
            yield _mutant(draft, start + found.start(), start + found.end(), wrong)


def _mutant(draft: Draft, start: int, end: int, other: str) -> Mutant:
    code = draft.code[:start] + other + draft.code[end:]
    line_start = code.rfind("\n", 0, start) + 1
    return Mutant(line=code[line_start : code.find("\n", start)].strip(), code=code)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What came of one task's mutants."""

    id: str
    killed: int
    survivors: tuple[str, ...]

    @property
    def is_strong(self) -> bool:
        return not self.survivors and self.killed >= FEWEST_KILLED


def check_task(draft: Draft, task: Task) -> Report:
    """Compile and run every mutant of the reference against the task's cases."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tried = mutants(draft)
        surviving = _surviving_programs if draft.is_program else _surviving_functions
        try:
            alive = surviving(draft, task, tried, folder)
        except subprocess.CalledProcessError:
            tried = [mutant for mutant in tried if _object_code(mutant.code, folder) is not None]
            alive = surviving(draft, task, tried, folder)
        survivors = _different(draft, alive, folder)
    killed = len(tried) - len(alive)
    return Report(id=draft.id, killed=killed, survivors=tuple(one.line for one in survivors))


def _object_code(code: str, folder: Path) -> str | None:
    """The -O2 assembly without its labels' debris; None when it does not compile."""
    command = ["gcc", "-std=gnu11", "-w", "-O2", "-S", "-g0", "-x", "c", "-", "-o", "-"]
    done = subprocess.run(command, input=code, capture_output=True, text=True, check=False, cwd=folder)
    return done.stdout if done.returncode == 0 else None


def _different(draft: Draft, alive: list[Mutant], folder: Path) -> list[Mutant]:
    """Those of the mutants that do not compile to the reference's own code."""
    reference = _object_code(draft.code, folder) if alive else None
    return [mutant for mutant in alive if _object_code(mutant.code, folder) != reference]


def _surviving_functions(draft: Draft, task: Task, tried: list[Mutant], folder: Path) -> list[Mutant]:
    if not tried:
        return []
    files = {"harness.c": harness(draft, len(tried))} | {
        f"mutant{index}.c": rename(mutant.code, draft.id, f"{draft.id}__{index}") for index, mutant in enumerate(tried)
    }
    program = compile_c(folder, files, ("-O0",))
    return [mutant for index, mutant in enumerate(tried) if _passes(task, *run_harness(program, index))]


def _passes(task: Task, given: list[dict[str, Any]], ended: bool) -> bool:
    prototype = parse_prototype(task.prototype or "")
    if not ended or len(given) != len(task.cases):
        return False
    return all(
        as_expected(case, prototype, _returned(record), record["after"])
        for case, record in zip(task.cases, given, strict=True)
    )


def _returned(record: dict[str, Any]) -> int | float | bytes | None:
    """A text comes as its bytes' numbers."""
    returns = record.get("returns")
    return bytes(returns) if isinstance(returns, list) else returns


def _surviving_programs(draft: Draft, task: Task, kept: list[Mutant], folder: Path) -> list[Mutant]:
    return [mutant for index, mutant in enumerate(kept) if _program_passes(task, mutant, folder, index)]


def _program_passes(task: Task, mutant: Mutant, folder: Path, index: int) -> bool:
    program = compile_c(folder, {f"mutant{index}.c": mutant.code}, ("-O0",), f"program{index}")
    try:
        done = subprocess.run([program], input=task.stdin.encode(), capture_output=True, check=False, timeout=2)
    except subprocess.TimeoutExpired:
        return False
    return done.stdout == (task.stdout or "").encode() and done.returncode == task.exit_status


def check_bank(wanted: list[str]) -> list[Report]:
    """The reports of the named tasks, of all when none is named."""
    tasks = {task.id: task for task in load_bank()}
    drafts = [draft for draft in read_drafts() if not wanted or draft.id in wanted]
    with ThreadPoolExecutor(max_workers=2) as threads:
        return list(threads.map(lambda draft: check_task(draft, tasks[draft.id]), drafts))


def main() -> int:
    """Print survivors and tasks with too few killed mutants."""
    parser = argparse.ArgumentParser(description="Check the bank's cases against wrong variants of its references.")
    parser.add_argument("ids", nargs="*", help="tasks to check (default: all)")
    reports = check_bank(parser.parse_args().ids)
    for report in reports:
        for line in report.survivors:
            print(f"{report.id}: survives: {line}")
        if report.killed < FEWEST_KILLED:
            print(f"{report.id}: only {report.killed} wrong variants fail")
    killed = sum(report.killed for report in reports)
    survived = sum(len(report.survivors) for report in reports)
    print(f"{len(reports)} tasks, {killed} wrong variants fail, {survived} survive")
    return 0 if all(report.is_strong for report in reports) else 1


if __name__ == "__main__":
    sys.exit(main())
