"""A report as a person reads it: the funnel, pass@1 with its interval, where it is weak, which tasks flipped.

Bars, groups and tasks are buttons; each carries a `Pick` in ``data-pick``, which the tab's script sends back.
"""

from collections.abc import Iterable, Sequence

from playground.evaluation.campaign import Progress
from playground.evaluation.paired import Comparison
from playground.evaluation.report import Cost, Group, ModelScore, Report
from playground.evaluation.statistics import Estimate
from playground.tasks.verdict import LADDER
from playground.ui.evaluate.picks import Pick
from playground.ui.render.ladder import LABELS
from playground.ui.render.notice import notice
from playground.ui.render.text import count, disclosure, element, escape
from playground.ui.render.training import duration


def render_report(report: Report) -> str:
    """The whole report: one part a model and architecture, then the models in pairs."""
    parts = [_incomplete(report), *map(_score, report.scores), *map(render_comparison, report.comparisons)]
    return element("section", "".join(parts), classes="ap-verdict", aria_label="Report")


def _incomplete(report: Report) -> str:
    """What a campaign that was stopped has not answered."""
    if report.settings.get("complete", True):
        return ""
    asked = report.settings.get("tasks", 0)
    columns = [
        (model, arch) for model in report.settings.get("models", ()) for arch in report.settings.get("archs", ())
    ]
    done = {column: score.overall.tasks if (score := report.score(*column)) else 0 for column in columns}
    lacking = [f"{model} on {arch}: {tasks:,}" for (model, arch), tasks in done.items() if tasks < asked]
    told = f" Of {asked:,} tasks were answered by {', '.join(lacking)}." if lacking else ""
    return notice(f"This campaign was stopped before its end.{told}", "info")


def _score(score: ModelScore) -> str:
    whole = score.overall
    head = f"<h3>{escape(score.model or 'samples')} <span class='ap-muted'>{escape(score.arch)}</span></h3>"
    passed = " · ".join(f"pass@{k} {render_estimate(one)}" for k, one in whole.pass_at.items())
    groups = [
        *_named("split", score.by_split),
        *_named("difficulty", score.by_difficulty),
        *_named("tag", score.by_tag),
    ]
    parts = (
        head,
        f"<p>{passed}</p><p class='ap-figures'>{_counts(score)}</p>",
        render_funnel(whole.ladder, score.model, score.arch),
        disclosure("By part, difficulty and tag", _groups(score, groups)) if groups else "",
        disclosure("Correct answers against gcc's code", _costs(score.costs)) if score.costs else "",
        _missing(score),
    )
    return element("article", "".join(parts), classes="ap-score")


def _counts(score: ModelScore) -> str:
    whole = score.overall
    tasks = pick_button(count(whole.tasks, "task"), Pick("all", score.model, score.arch, ""))
    unscored = f"{whole.unscored:,} unscored"
    if whole.unscored:
        unscored = pick_button(unscored, Pick("unscored", score.model, score.arch, ""))
    return f"{tasks} · {count(whole.samples, 'sample')} · {unscored}"


def pick_button(text: str, pick: Pick, *, classes: str = "ap-pick") -> str:
    """A button that sends `pick` when pressed. The text is escaped here."""
    return element("button", escape(text), classes=classes, type="button", data_pick=pick.to_json())


def render_estimate(estimate: Estimate) -> str:
    """``41.5% (33.0–50.1)``"""
    return (
        f"<strong>{estimate.value:.1%}</strong> <span class='ap-muted'>({estimate.low:.1%}–{estimate.high:.1%})</span>"
    )


def render_funnel(ladder: dict[str, float], model: str, arch: str, *, buttons: bool = True) -> str:
    """One bar a rung: the share of scored samples that reached it. As buttons they lead to the tasks."""
    bars = "".join(_bar(rung, ladder.get(rung, 0.0), Pick("rung", model, arch, rung), buttons) for rung in LADDER)
    return element("div", bars, classes="ap-rungs", role="group", aria_label="How far the answers got")


def _bar(rung: str, share: float, pick: Pick, is_button: bool) -> str:
    fill = f'<span class="ap-bar"><span style="width:{100 * share:.1f}%"></span></span>'
    content = f"<span>{LABELS[rung]}</span>{fill}<span class='ap-share'>{share:.1%}</span>"
    if not is_button:
        return element("div", content)
    title = f"Show the tasks at “{LABELS[rung]}”"
    return element("button", content, type="button", data_pick=pick.to_json(), title=title)


def _named(kind: str, groups: Sequence[Group]) -> list[tuple[str, Group]]:
    return [(kind, group) for group in groups]


def _groups(score: ModelScore, groups: Iterable[tuple[str, Group]]) -> str:
    rows = (
        (
            pick_button(group.name, Pick(kind, score.model, score.arch, group.name)),
            str(group.tasks),
            f"{group.ladder.get('assembled', 0.0):.1%}",
            f"{group.ladder.get('correct', 0.0):.1%}",
        )
        for kind, group in groups
    )
    return table(("Group", "Tasks", "Assembled", "Correct"), rows)


def _costs(costs: Sequence[Cost]) -> str:
    rows = (
        (f"gcc -{one.level}", str(one.tasks), f"{one.instructions:.2f}×", f"{one.code_bytes:.2f}×") for one in costs
    )
    told = "<p class='ap-hint'>Geometric means over tasks; below 1 is better than gcc.</p>"
    return table(("Against", "Tasks", "Instructions executed", "Code size"), rows) + told


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table that scrolls within its box. Cells are HTML already, headings are not."""
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in headings)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    shown = f'<table class="ap-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return element("div", shown, classes="ap-scroll ap-tall", tabindex="0", role="region", aria_label=headings[0])


def _missing(score: ModelScore) -> str:
    if not score.missing:
        return ""
    named = ", ".join(f"{name} ({number})" for name, number in score.missing.items())
    return element("p", f"Unscored for what we lack: {escape(named)}.", classes="ap-hint")


def render_comparison(one: Comparison, more: str = "") -> str:
    """Two models on the same tasks: the four-field table, the test, and the tasks that flipped; `more` is HTML."""
    head = f"<h3>{escape(one.first)} against {escape(one.second)} <span class='ap-muted'>{escape(one.arch)}</span></h3>"
    test = f"First sample of {count(one.tasks, 'task')}; exact McNemar test, two-sided: p = {one.p_value:.3g}."
    fields = table(
        ("", f"{one.second} right", f"{one.second} wrong"),
        (
            (f"{escape(one.first)} right", str(one.both), str(len(one.only_first))),
            (f"{escape(one.first)} wrong", str(len(one.only_second)), str(one.neither)),
        ),
    )
    flips = _flips(f"Only {one.first} was right", one.only_first, one.arch)
    flips += _flips(f"Only {one.second} was right", one.only_second, one.arch)
    return element("article", f"{head}{more}<p>{escape(test)}</p>{fields}{flips}", classes="ap-score")


def _flips(title: str, tasks: Sequence[str], arch: str) -> str:
    if not tasks:
        return ""
    buttons = "".join(pick_button(task, Pick("task", "", arch, task)) for task in tasks)
    return disclosure(f"{escape(title)}: {len(tasks)}", element("div", buttons, classes="ap-picks"), opened=True)


def render_progress(progress: Progress) -> str:
    """A bar with the time left, while a campaign runs."""
    share = progress.judged / progress.total if progress.total else 1.0
    left = f" · {duration(progress.seconds_left)} left" if progress.seconds_left is not None else ""
    speed = f" · {progress.tokens / progress.seconds:.0f} tokens/s" if progress.tokens and progress.seconds else ""
    passed = sum(result.passed for result in progress.results)
    told = f"{progress.judged:,} of {progress.total:,} judged · {passed:,} correct{speed}{left}"
    fill = f'<span style="width:{100 * share:.1f}%"></span>'
    bar = element(
        "div", fill, classes="ap-bar", role="progressbar", aria_label="Judged", aria_valuenow=str(round(100 * share))
    )
    return element(
        "div", element("div", escape(told) + bar, classes="ap-grow"), classes="ap-notice ap-notice-info", role="status"
    )
