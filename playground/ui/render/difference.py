"""Two answers' assembly beside each other, with the lines that only one of them has marked."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from playground.ui.render.code import highlighted_lines
from playground.ui.render.notice import notice
from playground.ui.render.text import count, element, escape, visible

MOST_LINES = 1_000
"""Lines of each side that are compared: the comparison takes quadratic time."""

MARKS = {"removed": ("−", "only on the left"), "added": ("+", "only on the right"), "same": ("", "")}


@dataclass(frozen=True)
class Side:
    """One answer's assembly."""

    title: str
    text: str
    arch: str
    syntax: str

    @property
    def lines(self) -> list[str]:
        """Without blanks at line ends, which nobody sees, and without empty lines at the end."""
        return [line.rstrip() for line in visible(self.text).rstrip().split("\n")][:MOST_LINES]


@dataclass(frozen=True)
class _Cell:
    number: int
    """The line's number, from 1."""
    html: str
    state: str
    """A key of MARKS."""


def render_difference(left: Side, right: Side) -> str:
    """Both sides line by line; where the page is narrow, one below the other as in a unified difference."""
    rows = list(_rows(left, right))
    removed = sum(one is not None and one.state == "removed" for one, _ in rows)
    added = sum(one is not None and one.state == "added" for _, one in rows)
    if not removed and not added:
        return notice(f"{left.title} and {right.title} wrote the same assembly.", "info")
    told = f"{count(removed, 'line')} only in {left.title}, {count(added, 'line')} only in {right.title}."
    summary = element("p", escape(told), classes="ap-figures")
    columns = '<colgroup><col class="ap-number"><col><col class="ap-number"><col></colgroup>'
    head = "".join(element("th", escape(side.title), scope="col", colspan="2") for side in (left, right))
    body = "".join(element("tr", _cell(one) + _cell(other), classes=_row_class(one, other)) for one, other in rows)
    table = element(
        "table", f"{columns}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>", classes="ap-table ap-difference"
    )
    label = f"Difference between {left.title} and {right.title}"
    return summary + element("div", table, classes="ap-scroll ap-tall", tabindex="0", role="region", aria_label=label)


def _rows(left: Side, right: Side) -> Iterator[tuple[_Cell | None, _Cell | None]]:
    """Pairs of cells; None where a side has no line."""
    ours, theirs = left.lines, right.lines
    shown = [highlighted_lines("\n".join(side.lines), side.arch, side.syntax) for side in (left, right)]
    matcher = difflib.SequenceMatcher(None, [_compared(line) for line in ours], [_compared(line) for line in theirs])
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        states = ("same", "same") if kind == "equal" else ("removed", "added")
        yield from zip_longest(
            (_Cell(number + 1, shown[0][number], states[0]) for number in range(start, end)),
            (_Cell(number + 1, shown[1][number], states[1]) for number in range(other_start, other_end)),
        )


def _compared(line: str) -> str:
    """How blanks are set makes no difference to an assembler."""
    return " ".join(line.split())


def _row_class(one: _Cell | None, other: _Cell | None) -> str:
    return "ap-same" if one is not None and one.state == "same" and other is not None else "ap-changed"


def _cell(cell: _Cell | None) -> str:
    if cell is None:
        return "<td class='ap-none'></td><td class='ap-none'></td>"
    mark, words = MARKS[cell.state]
    told = element("span", words, classes="ap-hidden") if words else ""
    number = element("td", f"{cell.number} {mark}{told}", classes=f"ap-number ap-{cell.state}")
    return number + element("td", cell.html or " ", classes=f"ap-{cell.state}")
