"""Executing a linked answer: a function with each case, a program with its input."""

from typing import Any

from playground.assembly.program import ProgramImage
from playground.emulator import call_function, run_program
from playground.emulator.calls import Value
from playground.emulator.prototype import Parameter, Prototype
from playground.emulator.result import CallResult, Limits, RunResult
from playground.tasks import wording
from playground.tasks.arguments import pack_structures, unpack_structures
from playground.tasks.budget import Budget
from playground.tasks.comparison import as_expected
from playground.tasks.ladder import Outcome, with_outcomes
from playground.tasks.prototypes import prototype_of
from playground.tasks.task import Argument, Case, Numbers, Task, Zeros
from playground.tasks.verdict import CaseResult, Verdict

FUNCTION_ENDS = ("returned",)
PROGRAM_ENDS = ("exited", "returned")
_SKIPPED = "not run: the cases before it used up the limits"


def judge_function(verdict: Verdict, image: ProgramImage, task: Task, limits: Limits | None) -> Verdict:
    """Call the function with every case."""
    prototype = prototype_of(task.prototype or "")
    budget = Budget(limits)
    outcomes = [_called(image, prototype, case, budget) for case in task.cases]
    return with_outcomes(verdict, outcomes, ended=FUNCTION_ENDS)


def _called(image: ProgramImage, prototype: Prototype, case: Case, budget: Budget) -> Outcome:
    inputs, expected = wording.inputs(case, prototype), wording.expected(case, prototype)
    limits = budget.next_case()
    if limits is None:
        skipped = CaseResult(inputs=inputs, expected=expected, got=_SKIPPED, passed=False)
        return Outcome(result=skipped, stop="skipped", why=f"{_SKIPPED}.")
    called = call_function(image, prototype, guest_arguments(case, prototype), limits=limits)
    run = called.run
    budget.used(run.instructions)
    returned = run.stop in FUNCTION_ENDS
    result = CaseResult(
        inputs=inputs,
        expected=expected,
        got=_got(case, prototype, called) if returned else _stopped(run),
        passed=returned and is_right(case, prototype, called),
        abi_violations=called.abi_violations,
        **_run_fields(run),
    )
    return Outcome(result=result, stop=run.stop, why=run.reason, missing=run.missing)


def is_right(case: Case, prototype: Prototype, called: CallResult) -> bool:
    """Whether a call that returned gave what its case expects."""
    return as_expected(case, prototype, _returned(case, called), _memories(called, prototype))


def guest_arguments(case: Case, prototype: Prototype) -> list[Value]:
    """The arguments as the emulator takes them: numbers, and arrays as tuples of elements."""
    parameters = {parameter.name: parameter for parameter in prototype.parameters}
    return [_guest_value(value, parameters[name]) for name, value in zip(parameters, case.args, strict=True)]


def _guest_value(value: Argument, parameter: Parameter) -> Value:
    pointee = parameter.type.pointee
    if isinstance(value, str):
        return tuple(value.encode(errors="surrogateescape") + b"\0")
    if isinstance(value, Zeros):
        return (0,) * (value.count * (pointee.structure_bytes or 1 if pointee else 1))
    if isinstance(value, tuple) and pointee is not None and pointee.fields:
        return pack_structures(value, pointee)
    return value


def _returned(case: Case, called: CallResult) -> int | float | bytes | None:
    """The result in the form in which the case expects it: the text at a ``char *``, or the number."""
    return called.text if isinstance(case.returns, str) else called.value


def _memories(called: CallResult, prototype: Prototype) -> dict[str, Numbers]:
    """What the call left behind, structures member by member."""
    memories = {}
    for name, values in called.after.items():
        pointee = prototype.pointee(name)
        memories[name] = unpack_structures(values, pointee) if pointee.fields else tuple(values)
    return memories


def _got(case: Case, prototype: Prototype, called: CallResult) -> str:
    """What came back, in the form of what was expected."""
    parts = []
    returned = _returned(case, called)
    if isinstance(returned, bytes):
        parts.append(wording.quoted(returned.decode(errors="replace")))
    elif prototype.result.kind != "void":
        parts.append(wording.number(called.value, prototype.result))
    memories = _memories(called, prototype)
    parts += [wording.memory(name, wanted, memories.get(name), prototype) for name, wanted in case.after.items()]
    return "; ".join(parts) or "it returned"


def _stopped(run: RunResult) -> str:
    if run.stop == "exited":
        return f"it ended the process with status {run.exit_status} instead of returning"
    return run.reason or run.stop


def judge_program(verdict: Verdict, image: ProgramImage, task: Task, limits: Limits | None) -> Verdict:
    """Run the program once with its input; what is not asked for is not compared."""
    stdin = task.stdin.encode(errors="surrogateescape")
    run = run_program(image, stdin=stdin, limits=Budget(limits).per_case)
    ended = run.stop in PROGRAM_ENDS
    result = CaseResult(
        inputs=f"stdin {wording.quoted(task.stdin)}" if task.stdin else "",
        expected=wording.expected_of_program(task),
        got=_printed(task, run) if ended else _stopped(run),
        passed=ended and _program_as_expected(task, run),
        **_run_fields(run),
    )
    outcome = Outcome(result=result, stop=run.stop, why=run.reason, missing=run.missing)
    return with_outcomes(verdict, [outcome], ended=PROGRAM_ENDS)


def _program_as_expected(task: Task, run: RunResult) -> bool:
    if task.stdout is not None and run.stdout != task.stdout.encode(errors="surrogateescape"):
        return False
    return task.exit_status is None or run.exit_status == task.exit_status


def _printed(task: Task, run: RunResult) -> str:
    parts = []
    if task.stdout is not None:
        parts.append(f"stdout {wording.quoted(run.stdout.decode(errors='replace'))}")
    if task.exit_status is not None or not parts:
        parts.append(f"exit status {run.exit_status}")
    return ", ".join(parts)


def _run_fields(run: RunResult) -> dict[str, Any]:
    return {
        "instructions": run.instructions,
        "fault": run.fault,
        "hot_lines": run.hot_lines,
        "stdout": run.stdout.decode(errors="replace"),
        "stderr": run.stderr.decode(errors="replace"),
    }
