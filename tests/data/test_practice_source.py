"""The bank's practice tasks as raw material."""

from collections.abc import Callable

import pytest

from playground.data.build import build
from playground.data.recipe import DataRecipe
from playground.data.sources.practice import practice_functions
from playground.emulator.pool import WorkerPool
from playground.tasks.bank import load_bank, split_of
from playground.tasks.judging import Judge


def test_every_practice_task_with_a_reference_comes_and_no_final_one() -> None:
    requests = {function.request for function in practice_functions()}
    bank = load_bank()
    assert requests == {task.prompt for task in split_of(bank, "practice") if task.reference}
    assert not requests & {task.prompt for task in split_of(bank, "final")}


def test_a_task_s_own_cases_and_input_come_with_it() -> None:
    found = {function.name: function for function in practice_functions() if not function.is_program}
    assert found["gcd"].cases
    assert any(function.is_program and function.stdin for function in practice_functions())


@pytest.mark.toolchain
def test_its_pairs_pass_the_task_that_they_come_from(require_tool: Callable[[str, str], str]) -> None:
    require_tool("gcc", "gcc")
    recipe = DataRecipe(name="practice", functions=0, practice=True, archs=("x86_64",), same_body=1)
    asked = {task.prompt: task for task in split_of(load_bank(), "practice")}
    with WorkerPool(size=1) as pool:
        pairs = [kept.pair for kept in build(recipe, pool)]
        assert len(pairs) > 100
        for pair in pairs[::7]:
            verdict = Judge(pool).verdict(pair.assembly, asked[pair.function.request], pair.arch)
            assert verdict.stage == "abi", verdict.reason
