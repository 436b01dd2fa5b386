"""A report as Markdown tables, which a terminal shows as well."""

from collections.abc import Iterable, Sequence

from playground.evaluation.paired import Comparison
from playground.evaluation.report import Group, ModelScore, Report
from playground.evaluation.statistics import Estimate
from playground.tasks.verdict import LADDER


def report_tables(report: Report) -> str:
    """The whole report as Markdown."""
    parts = [_overview(report.scores)]
    for score in report.scores:
        parts.append(_details(score))
    parts += [_comparison(one) for one in report.comparisons]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table with its columns aligned."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    shown = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (shown[0], rule, *shown[1:]))


def percent(share: float) -> str:
    """``41.5%``"""
    return f"{100 * share:.1f}%"


def interval(estimate: Estimate) -> str:
    """``41.5% (33.0 to 50.1)``"""
    if not estimate.tasks:
        return "-"
    return f"{percent(estimate.value)} ({100 * estimate.low:.1f} to {100 * estimate.high:.1f})"


def _overview(scores: Sequence[ModelScore]) -> str:
    ks = sorted({k for score in scores for k in score.overall.pass_at}, key=int)
    head = ["model", "arch", "tasks", "samples", "unscored", *LADDER, *(f"pass@{k}" for k in ks)]
    rows = []
    for score in scores:
        group = score.overall
        estimates = [interval(group.pass_at[k]) if k in group.pass_at else "-" for k in ks]
        shares = [percent(group.ladder[rung]) for rung in LADDER]
        counts = [str(group.tasks), str(group.samples), str(group.unscored)]
        rows.append([score.model or "-", score.arch, *counts, *shares, *estimates])
    return table(head, rows)


def _details(score: ModelScore) -> str:
    groups = [*score.by_split, *score.by_difficulty, *score.by_tag]
    parts = [f"### {score.model or 'samples'}, {score.arch}"] if groups or score.costs or score.missing else []
    if groups:
        head = ("group", "tasks", "unscored", "assembled", "returned", "correct", "pass@1")
        parts.append(table(head, [_group_row(group) for group in groups]))
    if score.costs:
        costs = [
            (f"gcc -{c.level}", str(c.tasks), f"{c.instructions:.2f}x", f"{c.code_bytes:.2f}x") for c in score.costs
        ]
        parts.append(table(("correct answers against", "tasks", "instructions", "code size"), costs))
    if score.missing:
        named = ", ".join(f"{name} ({count})" for name, count in score.missing.items())
        parts.append(f"Unscored for what is not supported: {named}.")
    return "\n\n".join(parts)


def _group_row(group: Group) -> Sequence[str]:
    shares = [percent(group.ladder[rung]) for rung in ("assembled", "returned", "correct")]
    return group.name, str(group.tasks), str(group.unscored), *shares, interval(group.pass_at["1"])


def _comparison(one: Comparison) -> str:
    lines = [
        f"{one.first} against {one.second}, {one.arch}, first sample of {one.tasks} tasks: both right {one.both}, "
        f"only {one.first} {len(one.only_first)}, only {one.second} {len(one.only_second)}, neither {one.neither}; "
        f"exact McNemar p = {one.p_value:.4g}."
    ]
    for model, tasks in ((one.first, one.only_first), (one.second, one.only_second)):
        if tasks:
            lines.append(f"Only {model}: {', '.join(tasks)}.")
    return "\n".join(lines)
