"""What votes say: each figure under its heading, and nothing made up where nothing was observed."""

import re

from playground.evaluation.store.preferences import PairResult, Share
from playground.ui.render.results import HEADINGS, render_results
from tests.ui.markup import shown_text

PAIR = PairResult(
    first="base",
    second="tuned",
    preferred=Share(k=1, n=4),
    ties=5,
    both_bad=6,
    first_correct=Share(k=2, n=15),
    second_correct=Share(k=9, n=15),
    preferred_correct=Share(k=3, n=3),
)


def cells(html: str) -> dict[str, str]:
    """The one row, by heading."""
    texts = [shown_text(cell) for cell in re.findall("<td>(.*?)</td>", html)]
    return dict(zip(HEADINGS, texts, strict=True))


def test_each_share_stands_under_its_heading_with_its_interval() -> None:
    found = cells(render_results([PAIR]))
    assert found["Pair"] == "baseagainst tuned"
    for heading, figures in {
        "Preferred = correct": ("100%", "(3 of 3)", "44%–100%"),
        "Preferred the first": ("25%", "(1 of 4)", "5%–70%"),
        "First correct": ("13%", "(2 of 15)"),
        "Second correct": ("60%", "(9 of 15)"),
    }.items():
        assert all(figure in found[heading] for figure in figures)
    assert (found["Tie"].strip(), found["All bad"].strip()) == ("5", "6")


def test_without_votes_it_says_so() -> None:
    assert "No votes yet" in shown_text(render_results([]))
