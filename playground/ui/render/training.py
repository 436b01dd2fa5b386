"""Training jobs as a person sees them: the queue, and one job's state, figures, answers and log."""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.training.jobs import Job
from playground.training.progress import EvaluationRecord, NoteRecord, ProgressRecord, SampleAnswer, StepRecord
from playground.ui.render.code import code_block
from playground.ui.render.notice import empty, notice
from playground.ui.render.text import disclosure, element, escape

STATES = {
    "queued": ("unreached", "…"),
    "running": ("info", "▶"),
    "finished": ("reached", "✓"),
    "stopped": ("unscored", "■"),
    "cancelled": ("unscored", "■"),
    "failed": ("failed", "✗"),
    "interrupted": ("failed", "✗"),
}
"""A job's state -> the chip's style and symbol."""


@dataclass(frozen=True)
class Figure:
    """One number with what it counts."""

    label: str
    value: str


def render_jobs(jobs: Sequence[Job]) -> str:
    """The queue, newest first."""
    if not jobs:
        return empty("No training job yet: name an adapter and press Start.")
    head = "".join(f'<th scope="col">{title}</th>' for title in ("Job", "State", "Step", "Time left"))
    table = f"<table class='ap-table'><thead><tr>{head}</tr></thead><tbody>{''.join(map(_row, jobs))}</tbody></table>"
    return element("div", table, classes="ap-scroll ap-tall", tabindex="0", role="region", aria_label="Training jobs")


def _row(job: Job) -> str:
    left = duration(job.seconds_left) if job.seconds_left is not None else ""
    cells = (escape(job.recipe.name), state_chip(job.state), f"{job.step:,} of {job.recipe.steps:,}", left)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def state_chip(state: str) -> str:
    """The state by colour, symbol and word."""
    style, symbol = STATES[state]
    return f'<span class="ap-chip ap-{style}"><span aria-hidden="true">{symbol}</span> {escape(state)}</span>'


def render_job(job: Job | None, records: Sequence[ProgressRecord], log: str) -> str:
    """One job: its state, how far it is, its latest figures, sample answers and the end of its log."""
    if job is None:
        return ""
    steps = [record for record in records if isinstance(record, StepRecord)]
    evaluations = [record for record in records if isinstance(record, EvaluationRecord)]
    head = f"<h3>{escape(job.recipe.name)}</h3>{state_chip(job.state)}"
    parts = (
        element("div", head, classes="ap-answer-head"),
        notice(job.message, "error" if job.state in ("failed", "interrupted") else "info"),
        _bar(job),
        _doing(job, records),
        render_figures(figures(job, steps, evaluations)),
        _samples(evaluations),
        _log(log),
    )
    return element("section", "".join(parts), classes="ap-verdict", aria_label="Training job")


def _doing(job: Job, records: Sequence[ProgressRecord]) -> str:
    """What happens before the first step: without it a page shows step 0 for half a minute."""
    if job.state != "running" or any(isinstance(record, StepRecord) for record in records):
        return ""
    notes = [record.text for record in records if isinstance(record, NoteRecord)]
    return notice(notes[-1] if notes else "The base and the data are being loaded.", "info")


def _bar(job: Job) -> str:
    percent = min(100.0, 100 * job.step / job.recipe.steps)
    return element(
        "div", f'<span style="width:{percent:.1f}%"></span>', classes="ap-bar", role="progressbar",
        aria_label="Steps done", aria_valuemin="0", aria_valuemax="100", aria_valuenow=str(round(percent)),
    )  # fmt: skip


def figures(job: Job, steps: Sequence[StepRecord], evaluations: Sequence[EvaluationRecord]) -> list[Figure]:
    """The latest numbers of a job."""
    found = [Figure("step", f"{job.step:,} of {job.recipe.steps:,}")]
    if job.seconds_left is not None:
        found.append(Figure("time left", duration(job.seconds_left)))
    if steps:
        last = steps[-1]
        found += [
            Figure("loss", f"{last.loss:.3f}"),
            Figure("learning rate", f"{last.learning_rate:.2e}"),
            Figure("gradient norm", f"{last.gradient_norm:.2f}"),
            Figure("tokens", f"{last.tokens:,}"),
            Figure("tokens/s", f"{last.tokens_per_second:,.0f}"),
        ]
    if evaluations:
        found += _evaluation_figures(evaluations[-1])
    return found


def _evaluation_figures(last: EvaluationRecord) -> list[Figure]:
    found = []
    if last.held_out_loss is not None:
        found.append(Figure("held-out loss", f"{last.held_out_loss:.3f}"))
    if last.execution_accuracy is not None:
        found.append(Figure("right when run", f"{last.execution_accuracy:.0%} of {last.scored}"))
    return found


def render_figures(found: Sequence[Figure]) -> str:
    """Numbers as a grid of small cards."""
    cells = "".join(f"<div><dt>{escape(one.label)}</dt><dd>{escape(one.value)}</dd></div>" for one in found)
    return element("dl", cells, classes="ap-numbers")


SHOWN_EVALUATIONS = 20


def _samples(evaluations: Sequence[EvaluationRecord]) -> str:
    """The answers of each evaluation beside the base's, the latest first."""
    answered = [record for record in evaluations if record.samples][-SHOWN_EVALUATIONS:]
    return "".join(
        disclosure(f"Sample answers at step {record.step:,} {_right(record)}", "".join(map(_sample, record.samples)))
        for record in reversed(answered)
    )


def _right(record: EvaluationRecord) -> str:
    passed = sum(sample.passed for sample in record.samples)
    return f"<span class='ap-muted'>{passed} of {len(record.samples)} right</span>"


def _sample(sample: SampleAnswer) -> str:
    symbol, style = _OUTCOMES[sample.passed, sample.unscored]
    stage = f'<span class="ap-chip ap-{style}">{symbol} {escape(sample.stage or "not judged")}</span>'
    head = f"<p><strong>{escape(sample.task)}</strong> <span class='ap-muted'>{escape(sample.arch)}</span> {stage}</p>"
    ours = code_block(sample.answer, sample.arch, numbered=False, label="This adapter's answer")
    base = code_block(sample.base_answer, sample.arch, numbered=False, label="The base's answer")
    pair = f"<div><p class='ap-figures'>this adapter</p>{ours}</div><div><p class='ap-figures'>the base</p>{base}</div>"
    return head + element("div", pair, classes="ap-pair")


_OUTCOMES = {
    (True, False): ("✓", "reached"),
    (False, False): ("✗", "failed"),
    (False, True): ("?", "unscored"),
    (True, True): ("?", "unscored"),
}
"""Whether a sample passed and whether it was unscored -> its symbol and style."""


def _log(log: str) -> str:
    if not log.strip():
        return ""
    text = element(
        "pre", f"<code>{escape(log)}</code>", classes="ap-code", tabindex="0", role="region", aria_label="Log"
    )
    return disclosure("Log", text, opened=True, classes="ap-log")


def duration(seconds: float) -> str:
    """``45 s``, ``12 min``, ``1 h 20 min``"""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
