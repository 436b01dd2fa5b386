"""Verification: a compiled function is run in the emulator and compared with the native result.

What fails is dropped and counted by reason; what is unscored is a gap of ours, listed by name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from playground.assembly import assemble
from playground.assembly.program import ProgramImage, Source
from playground.data.function import CFunction
from playground.data.plain import plain_text
from playground.data.prepare import Prepared, Target
from playground.data.same_behaviour import TasksByTypes, task_done, types_of
from playground.data.whole_programs import ProgramRun
from playground.emulator import call_function
from playground.emulator.prototype import Prototype, parse_prototype
from playground.emulator.result import CallResult
from playground.models.events import Message
from playground.tasks.budget import CASE_LIMITS
from playground.tasks.execution import FUNCTION_ENDS, guest_arguments, is_right
from playground.tasks.judging import judge
from playground.tasks.linking import link_failure
from playground.tasks.task import Case, Task

MATCHES_FINAL = "matches a final task"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One proven training pair."""

    function: CFunction
    arch: str
    compiler: str
    level: str
    syntax: str
    assembly: str
    """Canonical."""
    cases: tuple[Case, ...]
    program: ProgramRun | None
    """What a whole program does; None for a function."""
    instructions: int
    """Executed over all cases."""
    messages: tuple[Message, ...] = ()
    """The conversation that it came from, when it was given; empty when it was compiled here."""
    plain: str = ""
    """The same as plain text in a compiler's spelling, proven too; empty where none was asked for."""


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """One function that made no pair, and why."""

    function: CFunction
    reason: str
    """A short phrase to count by: ``too long``, ``writes out of bounds``, ``wrong: …``, ``unscored: …``."""
    is_gap: bool = False


@dataclass(frozen=True, kw_only=True)
class VerifyWork:
    """What a worker gets: prepared functions and the targets that they were compiled to."""

    prepared: tuple[Prepared, ...]
    targets: tuple[Target, ...]
    largest_lines: int
    plain_share: float = 0.0
    """Share of the pairs that also become plain text."""
    final: TasksByTypes = field(default_factory=dict)
    """The bank's final functions: what does what one of them asks for is dropped."""
    messages: tuple[Message, ...] = ()
    """The conversation that the one function's assembly came from; empty when it was compiled here."""


def verify(work: VerifyWork) -> list[Pair | Dropped]:
    """Assemble, emulate and compare every function under every target. For worker processes."""
    return [
        _verify(prepared, assembly, target, work)
        for prepared in work.prepared
        for assembly, target in zip(prepared.assembly, work.targets, strict=True)
    ]


def _verify(prepared: Prepared, assembly: str | None, target: Target, work: VerifyWork) -> Pair | Dropped:
    function, arch = prepared.function, target.compiler.arch
    if assembly is None:
        return Dropped(function=function, reason="the compiler dropped it")
    if assembly.count("\n") > work.largest_lines:
        return Dropped(function=function, reason="too long")
    if not prepared.cases and prepared.program is None:
        return Dropped(
            function=function,
            reason="has no right answer (crashes, does not end, writes out of bounds, or returns an address)",
        )
    instructions = instructions_when_right(prepared, assembly, target)
    if instructions is None:
        return _why_not(prepared, assembly, target)
    if prepared.program is None and _does_a_final_task(function, assembly, target, work.final):
        return Dropped(function=function, reason=MATCHES_FINAL)
    return Pair(
        function=function,
        arch=arch,
        compiler=target.compiler.name,
        level=target.level,
        syntax=target.syntax,
        assembly=assembly,
        cases=prepared.cases,
        program=prepared.program,
        instructions=instructions,
        messages=work.messages,
        plain="" if work.messages else _plain(prepared, assembly, target, work.plain_share),
    )


def _does_a_final_task(function: CFunction, assembly: str, target: Target, final: TasksByTypes) -> bool:
    prototype = parse_prototype(function.prototype)
    if types_of(prototype) not in final:
        return False
    image = assemble(Source(text=assembly, arch=target.compiler.arch, syntax=target.syntax)).image
    return image is not None and task_done(image, prototype, final) is not None


def _plain(prepared: Prepared, assembly: str, target: Target, share: float) -> str:
    """Plain text of a share of the functions, run as the answer itself was; empty for the others.

    Raises:
        RuntimeError: it does not do what the answer does, which is our mistake.
    """
    function = prepared.function
    random = Random(f"plain/{function.source}/{target.compiler.arch}/{target.level}")
    if function.is_program or random.random() >= share:
        return ""
    text = plain_text(assembly, target.compiler.arch, random)
    if instructions_when_right(prepared, text, target) is None:
        raise RuntimeError(f"the plain text of {function.name} is wrong:\n{assembly}\n{text}")
    return text


def instructions_when_right(prepared: Prepared, assembly: str, target: Target) -> int | None:
    """Instructions executed over all cases when every case is right and the ABI is kept; None otherwise.

    What the judge asks, without the words that it finds for a person: they cost a fifth of the time.
    """
    image = assemble(Source(text=assembly, arch=target.compiler.arch, syntax=target.syntax)).image
    if image is None or link_failure(image, as_task(prepared)) is not None:
        return None
    if prepared.program is not None:
        verdict = judge(assembly, as_task(prepared), arch=target.compiler.arch, syntax=target.syntax)
        return verdict.instructions if verdict.stage == "abi" and not verdict.unscored else None
    prototype = parse_prototype(prepared.function.prototype)
    executed = 0
    for case, called in zip(prepared.cases, calls(image, prototype, prepared.cases), strict=True):
        if called.run.stop not in FUNCTION_ENDS or called.abi_violations or not is_right(case, prototype, called):
            return None
        executed += called.run.instructions
    return executed


def calls(image: ProgramImage, prototype: Prototype, cases: Sequence[Case]) -> Iterator[CallResult]:
    """Each case's call in the emulator, one at a time as they are asked for."""
    for case in cases:
        yield call_function(image, prototype, guest_arguments(case, prototype), limits=CASE_LIMITS)


def as_task(prepared: Prepared) -> Task:
    """The function as a task of the judge's."""
    function = prepared.function
    if prepared.program is not None:
        run = prepared.program
        return Task(id=function.name, prompt="", stdin=function.stdin, stdout=run.stdout, exit_status=run.exit_status)
    return Task(id=function.name, prompt="", prototype=function.prototype, cases=prepared.cases)


def _why_not(prepared: Prepared, assembly: str, target: Target) -> Dropped:
    """The judge's words on a pair that did not pass."""
    verdict = judge(assembly, as_task(prepared), arch=target.compiler.arch, syntax=target.syntax)
    if verdict.unscored:
        reason = f"unscored: {', '.join(verdict.missing)}"
        return Dropped(function=prepared.function, reason=reason, is_gap=True)
    if "than the limit" in verdict.reason:
        return Dropped(function=prepared.function, reason="takes too long")
    return Dropped(function=prepared.function, reason=f"wrong: {verdict.stage}: {verdict.reason}"[:200])
