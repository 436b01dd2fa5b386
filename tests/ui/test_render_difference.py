import pytest

from playground.ui.render.difference import MOST_LINES, Side, render_difference
from playground.ui.render.samples import estimates
from playground.ui.render.text import visible
from tests.ui.hostile import HOSTILE
from tests.ui.markup import elements, shown_text


def side(title: str, text: str) -> Side:
    return Side(title, text, "aarch64", "gas")


def states(html: str) -> list[str]:
    """The state of every line's cell, in document order."""
    found = [str(attributes.get("class", "")) for name, attributes in elements(html) if name == "td"]
    return [one.removeprefix("ap-number ap-") for one in found if one.startswith("ap-number")]


def test_lines_of_one_side_are_marked() -> None:
    html = render_difference(side("A", "f:\n mov x0, 1\n ret\n"), side("B", "f:\n mov x0, 2\n nop\n ret"))
    assert states(html) == ["same", "same", "removed", "added", "added", "same", "same"]
    assert "1 line only in A, 2 lines only in B." in shown_text(html)


def test_blanks_alone_make_no_difference() -> None:
    html = render_difference(side("A", "f:\n\tmov x0,  1 \n\n"), side("B", "f:\n    mov x0, 1\n"))
    assert "A and B wrote the same assembly." in shown_text(html)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_assembly_stays_text(text: str) -> None:
    html = render_difference(side("<b>A</b>", text), side("B", "ret"))
    allowed = {"p", "div", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "span"}
    assert {name for name, _ in elements(html)} <= allowed
    assert not [key for _, attributes in elements(html) for key in attributes if key.startswith("on")]
    assert visible(text).rstrip().split("\n")[0] in shown_text(html)


def test_long_sides_are_bounded() -> None:
    """Lines that all occur often are the worst case of the comparison."""
    lines = [f" mov x{number % 7}, {number % 3}" for number in range(50 * MOST_LINES)]
    html = render_difference(side("A", "\n".join(lines)), side("B", "\n".join(lines[::-1])))
    assert len(states(html)) <= 2 * MOST_LINES


def test_pass_at_k_of_a_strip() -> None:
    """Chen et al. 2021, equation 1: with 1 of 4 right, pass@2 is 1 - C(3, 2) / C(4, 2) = 1/2."""
    assert estimates(4, 1) == ["pass@1 25%", "pass@2 50%", "pass@4 100%"]
    assert estimates(1, 1) == ["pass@1 100%"]
    assert estimates(3, 0) == ["pass@1 0%", "pass@2 0%", "pass@3 0%"]
    assert estimates(0, 0) == []
