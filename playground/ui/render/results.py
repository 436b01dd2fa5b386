"""What votes say, as a table."""

from collections.abc import Sequence

from playground.evaluation.store.preferences import PairResult, Share
from playground.ui.render.notice import empty
from playground.ui.render.text import element, escape

HEADINGS = ("Pair", "Preferred = correct", "Preferred the first", "Tie", "All bad", "First correct", "Second correct")
"""What the table is for stands where a phone shows it without scrolling."""
EXPLAINED = (
    "Preferred = correct: of the votes between one correct and one wrong answer, those for the correct one. "
    "Below each share is its 95% interval (Wilson)."
)


def render_results(results: Sequence[PairResult]) -> str:
    """One row a pair of models, with 95% intervals (Wilson)."""
    if not results:
        return empty("No votes yet: vote below two answers, and preference and correctness are counted here.")
    head = "".join(f'<th scope="col">{title}</th>' for title in HEADINGS)
    body = "".join(map(_row, results))
    table = f'<table class="ap-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    scrolled = element("div", table, classes="ap-scroll", tabindex="0", role="region", aria_label="Votes by pair")
    return scrolled + element("p", escape(EXPLAINED), classes="ap-hint")


def _row(result: PairResult) -> str:
    cells = (
        f"{escape(result.first)}<br><span class='ap-muted'>against {escape(result.second)}</span>",
        render_share(result.preferred_correct),
        render_share(result.preferred),
        str(result.ties),
        str(result.both_bad),
        render_share(result.first_correct),
        render_share(result.second_correct),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def render_share(share: Share) -> str:
    """``67% (2 of 3) 21–94%``, or a dash without observations."""
    if share.value is None or share.interval is None:
        return "–"
    low, high = share.interval
    interval = f"<span class='ap-muted ap-whole'>{low:.0%}–{high:.0%}</span>"
    return f"<span class='ap-whole'><strong>{share.value:.0%}</strong> ({share.k} of {share.n})</span><br>{interval}"
