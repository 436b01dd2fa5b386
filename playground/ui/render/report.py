"""A report as a person reads it: the funnel, pass@1 with its interval, where it is weak, which tasks flipped."""

from collections.abc import Iterable, Sequence

from playground.evaluation.campaign import Progress
from playground.evaluation.records import Result
from playground.evaluation.report import Comparison, Group, ModelScore, Report
from playground.evaluation.statistics import Estimate
from playground.tasks.verdict import LADDER
from playground.ui.render.ladder import LABELS
from playground.ui.render.text import count, disclosure, element, escape
from playground.ui.render.training import duration


def render_report(report: Report, results: Sequence[Result] = ()) -> str:
    """The whole report; with the results also each task's outcome."""
    scores = "".join(
        _score(score, [one for one in results if (one.model, one.arch) == (score.model, score.arch)])
        for score in report.scores
    )
    pairs = "".join(map(_comparison, report.comparisons))
    return element("section", scores + pairs, classes="ap-verdict", aria_label="Report")


def _score(score: ModelScore, results: Sequence[Result]) -> str:
    head = f"<h3>{escape(score.model or 'samples')} <span class='ap-muted'>{escape(score.arch)}</span></h3>"
    whole = score.overall
    figures = f"{count(whole.tasks, 'task')} · {count(whole.samples, 'sample')} · {whole.unscored:,} unscored"
    passed = " · ".join(f"pass@{k} {render_estimate(one)}" for k, one in whole.pass_at.items())
    groups = [*score.by_difficulty, *score.by_tag]
    parts = (
        head,
        f"<p>{passed}</p><p class='ap-figures'>{figures}</p>",
        render_funnel(whole.ladder),
        disclosure("By difficulty and tag", _groups(groups)) if groups else "",
        disclosure("Task by task", _results(results)) if results else "",
        _missing(score),
    )
    return element("article", "".join(parts), classes="ap-score")


def render_estimate(estimate: Estimate) -> str:
    """``41.5% (33.0–50.1)``"""
    return (
        f"<strong>{estimate.value:.1%}</strong> <span class='ap-muted'>({estimate.low:.1%}–{estimate.high:.1%})</span>"
    )


def render_funnel(ladder: dict[str, float]) -> str:
    """One bar a rung: the share of scored samples that reached it."""
    return element("dl", "".join(_bar(LABELS[rung], ladder.get(rung, 0.0)) for rung in LADDER), classes="ap-funnel")


def _bar(label: str, share: float) -> str:
    fill = f'<span class="ap-bar"><span style="width:{100 * share:.1f}%"></span></span>'
    return f"<div><dt>{label}</dt><dd>{fill}<span>{share:.1%}</span></dd></div>"


def _groups(groups: Iterable[Group]) -> str:
    rows = (
        (
            escape(group.name),
            str(group.tasks),
            f"{group.ladder.get('assembled', 0.0):.1%}",
            f"{group.ladder.get('correct', 0.0):.1%}",
        )
        for group in groups
    )
    return _table(("Group", "Tasks", "Assembled", "Correct"), rows)


def _results(results: Sequence[Result]) -> str:
    rows = (
        (
            escape(one.task_id),
            "✓" if one.passed else "?" if one.unscored else "✗",
            escape(one.stage),
            escape(one.reason),
        )
        for one in results
    )
    return element("div", _table(("Task", "", "Got to", "Why not further"), rows), classes="ap-tall")


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are HTML already."""
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in headings)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    table = f'<table class="ap-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return element("div", table, classes="ap-scroll", tabindex="0")


def _missing(score: ModelScore) -> str:
    if not score.missing:
        return ""
    named = ", ".join(f"{name} ({number})" for name, number in score.missing.items())
    return element("p", f"Unscored for what we lack: {escape(named)}.", classes="ap-hint")


def _comparison(one: Comparison) -> str:
    head = f"<h3>{escape(one.first)} against {escape(one.second)} <span class='ap-muted'>{escape(one.arch)}</span></h3>"
    told = (
        f"Both right {one.both}, neither {one.neither}, only the first {len(one.only_first)}, only the second "
        f"{len(one.only_second)}; exact McNemar p = {one.p_value:.3g}."
    )
    flips = ""
    for title, tasks in (("Only the first was right", one.only_first), ("Only the second was right", one.only_second)):
        if tasks:
            flips += disclosure(escape(f"{title}: {len(tasks)}"), f"<p>{escape(', '.join(tasks))}</p>")
    return element("article", f"{head}<p>{escape(told)}</p>{flips}", classes="ap-score")


def render_progress(progress: Progress) -> str:
    """A bar with the time left, while a campaign runs."""
    share = progress.judged / progress.total if progress.total else 1.0
    left = f" · {duration(progress.seconds_left)} left" if progress.seconds_left is not None else ""
    passed = sum(result.passed for result in progress.results)
    told = f"{progress.judged:,} of {progress.total:,} judged · {passed:,} correct{left}"
    fill = f'<span style="width:{100 * share:.1f}%"></span>'
    bar = element(
        "div", fill, classes="ap-bar", role="progressbar", aria_label="Judged", aria_valuenow=str(round(100 * share))
    )
    return element(
        "div", element("div", escape(told) + bar, classes="ap-grow"), classes="ap-notice ap-notice-info", role="status"
    )
