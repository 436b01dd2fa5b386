"""The ladder as a row of chips: each rung by colour, symbol and words."""

from dataclasses import dataclass

from playground.tasks.verdict import LADDER, Verdict
from playground.ui.render.text import element, escape

LABELS = {
    "extracted": "extracted",
    "assembled": "assembled",
    "linked": "linked",
    "ran": "ran",
    "returned": "returned",
    "correct": "correct",
    "abi": "ABI kept",
}

STATES = {
    "reached": ("✓", "reached"),
    "failed": ("✗", "failed here"),
    "unscored": ("?", "not scored: something that we do not support"),
    "unreached": ("·", "not reached"),
}
"""State -> its symbol and its words."""


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One chip."""

    name: str
    label: str
    state: str
    """A key of STATES."""


def rungs(verdict: Verdict) -> tuple[Rung, ...]:
    """The ladder of a verdict, lowest rung first."""
    reached = LADDER.index(verdict.stage) + 1 if verdict.stage in LADDER else 0
    stopped = "unscored" if verdict.unscored else "failed"
    states = ["reached" if at < reached else stopped if at == reached else "unreached" for at in range(len(LADDER))]
    return tuple(
        Rung(name=name, label=_label(name, verdict), state=state) for name, state in zip(LADDER, states, strict=True)
    )


def _label(name: str, verdict: Verdict) -> str:
    if name == "correct" and verdict.cases:
        return f"correct {verdict.cases_passed}/{len(verdict.cases)}"
    return LABELS[name]


def render_ladder(verdict: Verdict) -> str:
    """The chips of a verdict."""
    return element("ol", "".join(map(_chip, rungs(verdict))), classes="ap-ladder", aria_label="How far the answer got")


def _chip(rung: Rung) -> str:
    symbol, words = STATES[rung.state]
    content = f'<span aria-hidden="true">{symbol}</span> {escape(rung.label)}<span class="ap-hidden">, {words}</span>'
    return element("li", content, classes=f"ap-chip ap-{rung.state}", title=f"{rung.label}: {words}")


def mark(verdict: Verdict | None) -> str:
    """One character for a strip of samples: passed, unscored, failed, or not judged yet."""
    if verdict is None:
        return "…"
    return "✓" if verdict.passed else "?" if verdict.unscored else "✗"
