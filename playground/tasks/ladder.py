"""From what the cases gave to a rung of the ladder and one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from playground.tasks.verdict import LADDER, CaseResult, Verdict


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One case as it was executed."""

    result: CaseResult
    stop: str
    """RunResult.stop, or ``skipped`` when the limits of the whole verdict were used up."""
    why: str = ""
    """RunResult.reason."""
    missing: tuple[str, ...] = ()
    """What we lack and this case reached."""


def rung(outcomes: Sequence[Outcome], *, ended: Sequence[str]) -> str:
    """The highest stage that the outcomes allow; `ended` are the stops that count as coming back.

    A case that failed on its own does not hide that others came back: ``ran`` looks at the first case alone,
    ``returned`` at all of them, ``correct`` and ``abi`` at all of them again (see LADDER).
    """
    if outcomes[0].stop in ("fault", "limit", "unsupported", "skipped"):
        return "linked"
    if any(outcome.stop not in ended for outcome in outcomes):
        return "ran"
    if not all(outcome.result.passed for outcome in outcomes):
        return "returned"
    return "correct" if any(outcome.result.abi_violations for outcome in outcomes) else "abi"


def with_outcomes(verdict: Verdict, outcomes: Sequence[Outcome], *, ended: Sequence[str]) -> Verdict:
    """The verdict of a linked answer once its cases are executed.

    Unscored when a gap of ours stopped a case and no other case failed by itself.
    """
    stage = rung(outcomes, ended=ended)
    failed = [one for one in outcomes if not one.result.passed and one.stop != "unsupported"]
    lacking = tuple(dict.fromkeys(name for one in outcomes for name in one.missing if one.stop == "unsupported"))
    unscored = any(one.stop == "unsupported" for one in outcomes) and not failed
    return replace(
        verdict,
        stage=stage,
        passed=stage in LADDER[LADDER.index("correct") :],
        cases=tuple(outcome.result for outcome in outcomes),
        reason=f"not supported: {', '.join(lacking) or outcomes[0].why}" if unscored else _reason(outcomes),
        unscored=unscored,
        missing=lacking if unscored else (),
        instructions=sum(outcome.result.instructions for outcome in outcomes),
    )


def _reason(outcomes: Sequence[Outcome]) -> str:
    """The first thing that is wrong, in one sentence."""
    for number, outcome in enumerate(outcomes, start=1):
        result = outcome.result
        place = (
            f"Case {number} ({result.inputs})"
            if result.inputs
            else ("The call" if len(outcomes) == 1 else f"Case {number}")
        )
        if not result.passed and outcome.stop in ("fault", "limit", "unsupported"):
            return f"{place}: {outcome.why or result.got}"
        if not result.passed:
            return f"{place}: expected {result.expected}, got {result.got}."
    broken = next((line for outcome in outcomes for line in outcome.result.abi_violations), "")
    return f"Right results, but the calling convention is broken: {broken}." if broken else ""
