"""A campaign while it runs: one row and one funnel for each model and architecture."""

from collections import defaultdict
from collections.abc import Sequence

from playground.evaluation.records import Result
from playground.evaluation.report import ladder_of
from playground.ui.render.ladder import LABELS
from playground.ui.render.notice import empty
from playground.ui.render.report import render_funnel, table
from playground.ui.render.text import element, escape

SHOWN_RUNGS = ("assembled", "returned", "correct")


def render_live(results: Sequence[Result]) -> str:
    """The figures so far; intervals and comparisons come with the report."""
    if not results:
        return empty("The first answers are being written.")
    columns: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in results:
        columns[result.model, result.arch].append(result)
    rows = [_row(model, arch, found) for (model, arch), found in sorted(columns.items())]
    heads = ("Model", "Architecture", "Judged", "Unscored", *(LABELS[rung].capitalize() for rung in SHOWN_RUNGS))
    funnels = "".join(_funnel(model, arch, found) for (model, arch), found in sorted(columns.items()))
    return element("section", table(heads, rows) + funnels, classes="ap-verdict ap-card", aria_label="Results so far")


def _row(model: str, arch: str, results: Sequence[Result]) -> tuple[str, ...]:
    ladder = ladder_of([one for one in results if not one.unscored])
    shares = (f"{ladder[rung]:.1%}" for rung in SHOWN_RUNGS)
    unscored = sum(one.unscored for one in results)
    return escape(model), escape(arch), str(len(results)), str(unscored), *shares


def _funnel(model: str, arch: str, results: Sequence[Result]) -> str:
    head = f"<h3>{escape(model)} <span class='ap-muted'>{escape(arch)}</span></h3>"
    funnel = render_funnel(ladder_of([one for one in results if not one.unscored]), model, arch, buttons=False)
    return element("article", head + funnel, classes="ap-score")
