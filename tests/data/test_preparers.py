"""Children that prepare units: used again, replaced when they are lost, gone when they are closed."""

from collections.abc import Callable, Iterator

import psutil
import pytest

from playground.data.compilers import find_compiler
from playground.data.function import CFunction
from playground.data.prepare import Target, UnitWork
from playground.data.preparers import Preparers, UnitLost


@pytest.fixture
def preparers(require_tool: Callable[[str, str], str]) -> Iterator[Preparers]:
    require_tool("gcc", "gcc")
    with Preparers() as opened:
        yield opened


def unit(*bodies: str) -> UnitWork:
    functions = tuple(
        CFunction(
            name=f"f{index}", prototype=f"int f{index}(int x)", source=f"int f{index}(int x) {{ {body} }}\n",
            request="", family="scalar/test",
        )
        for index, body in enumerate(bodies)
    )  # fmt: skip
    return UnitWork(
        functions=functions, targets=(Target(compiler=find_compiler("x86_64"), level="Os"),), cases=4, seed=1
    )


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children()}


def test_a_child_is_used_again_and_ends_with_the_preparers(require_tool: Callable[[str, str], str]) -> None:
    require_tool("gcc", "gcc")
    before = children()
    with Preparers() as preparers:
        first = preparers.prepare(unit("return x & 7;"), 60)
        began = children() - before
        second = preparers.prepare(unit("return x;", "return x | 8;"), 60)
        assert len(began) == 1
        assert children() - before == began
    assert not children() & began
    assert [case.returns for case in first[0].cases] == [case.args[0] & 7 for case in first[0].cases]
    assert [case.returns for case in second[1].cases] == [case.args[0] | 8 for case in second[1].cases]


def test_a_unit_that_does_not_compile_is_lost_and_the_child_is_not(preparers: Preparers) -> None:
    with pytest.raises(UnitLost, match="does not compile"):
        preparers.prepare(unit("return y;"), 60)
    began = children()
    assert preparers.prepare(unit("return x;"), 60)[0].cases
    assert children() == began


def test_a_child_that_passes_its_deadline_is_replaced(preparers: Preparers) -> None:
    with pytest.raises(UnitLost, match="no answer in 0 s"):
        preparers.prepare(unit("return x;"), 0.0)
    assert preparers.prepare(unit("return x;"), 60)[0].cases


def test_a_child_that_was_killed_is_replaced(preparers: Preparers) -> None:
    before = children()
    preparers.prepare(unit("return x;"), 60)
    (began,) = children() - before
    psutil.Process(began).kill()
    with pytest.raises(UnitLost, match="signal 9"):
        preparers.prepare(unit("return x;"), 60)
    assert preparers.prepare(unit("return x;"), 60)[0].cases
