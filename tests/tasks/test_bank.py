"""The bank is what it says: numbers, tags, splits, enough cases, and values that the references really give."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.emulator.prototype import parse_prototype
from playground.evaluation.baselines import compile_reference, problem_line
from playground.tasks.bank import load_bank, split_of
from playground.tasks.bank.authoring import read_drafts
from playground.tasks.bank.build import PLAIN, build_task
from playground.tasks.bank.mutation import FEWEST_KILLED, check_task, mutants
from playground.tasks.judging import Judge
from playground.tasks.task import Task

BANK = load_bank()
FUNCTIONS = [task for task in BANK if not task.is_program]
PROGRAMS = [task for task in BANK if task.is_program]
SEEDS = ("add_two_arrays", "program_print_sum_of_8_and_120", "program_made_by", "gcd", "quick_sort")
"""Tasks for the slower checks: the seeds' own and a few of each kind."""


def test_there_are_enough_tasks() -> None:
    assert len(FUNCTIONS) >= 164
    assert len(PROGRAMS) >= 30


def test_every_function_has_enough_cases() -> None:
    assert all(len(task.cases) >= 6 for task in FUNCTIONS)


def test_every_kind_is_there() -> None:
    tags = Counter(tag for task in BANK for tag in task.tags)
    wanted = {"arithmetic", "bits", "loops", "arrays", "strings", "recursion", "floating_point", "structs_by_pointer"}
    assert wanted | {"several_functions", "system_calls", "stdio"} == set(tags)
    assert all(count >= 5 for count in tags.values())
    assert {task.difficulty for task in BANK} == {"easy", "medium", "hard"}


def test_the_splits_are_about_even() -> None:
    assert 0.35 <= len(split_of(BANK, "final")) / len(BANK) <= 0.65
    assert len(split_of(BANK, "final")) + len(split_of(BANK, "practice")) == len(BANK)


def test_the_seed_s_prototype_is_shown_as_it_was_written() -> None:
    task = next(task for task in BANK if task.id == "add_two_arrays")
    assert task.prototype == "void add_two_arrays(int* src1, int* src2, int* dst, int size)"


def test_prompts_and_bodies_are_all_different() -> None:
    assert max(Counter(task.prompt for task in BANK).values()) == 1
    assert max(Counter("".join(task.reference.split()) for task in BANK).values()) == 1


def test_names_of_functions_are_their_ids() -> None:
    for task in FUNCTIONS:
        assert parse_prototype(task.prototype or "").name == task.id


def test_the_task_files_are_what_the_sources_say() -> None:
    written = {task.id: task for task in BANK}
    for draft in read_drafts():
        task = written.pop(draft.id)
        assert (task.prompt, task.reference, task.tags, task.split) == (
            draft.prompt,
            draft.code,
            draft.tags,
            draft.split,
        )
        assert len(task.cases) == len(draft.arguments)
    assert not written


@pytest.mark.toolchain
@pytest.mark.parametrize("identifier", SEEDS)
def test_expected_values_are_the_reference_s(identifier: str, require_tool: Callable[[str, str], str]) -> None:
    require_tool("gcc", "gcc")
    (draft,) = (draft for draft in read_drafts() if draft.id == identifier)
    assert build_task(draft, PLAIN) == next(task for task in BANK if task.id == identifier)


@pytest.mark.toolchain
@pytest.mark.parametrize("identifier", SEEDS)
def test_wrong_variants_fail(identifier: str, require_tool: Callable[[str, str], str]) -> None:
    require_tool("gcc", "gcc")
    (draft,) = (draft for draft in read_drafts() if draft.id == identifier)
    report = check_task(draft, next(task for task in BANK if task.id == identifier))
    assert report.survivors == ()
    assert report.killed >= FEWEST_KILLED


@pytest.mark.toolchain
def test_a_case_too_few_lets_a_wrong_variant_through(require_tool: Callable[[str, str], str]) -> None:
    require_tool("gcc", "gcc")
    (draft,) = (draft for draft in read_drafts() if draft.id == "add_numbers")
    task = next(task for task in BANK if task.id == "add_numbers")
    from dataclasses import replace

    weak = replace(draft, arguments=([0, 0],))
    report = check_task(weak, replace(task, cases=task.cases[1:2]))
    assert "return a - b;" in report.survivors


def test_mutants_are_the_same_every_time() -> None:
    for draft in read_drafts()[:10]:
        assert mutants(draft) == mutants(draft)
        assert len({mutant.code for mutant in mutants(draft)} | {draft.code}) == len(mutants(draft)) + 1


SAMPLE = [task for index, task in enumerate(BANK) if index % 12 == 0 or task.id in SEEDS]


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ["aarch64", "x86_64"])
@pytest.mark.parametrize("task", SAMPLE, ids=lambda task: task.id)
def test_what_gcc_makes_of_the_references_passes(
    judge: Judge, require_tool: Callable[[str, str], str], task: Task, arch: str
) -> None:
    require_tool({"aarch64": "aarch64-linux-gnu-gcc", "x86_64": "x86_64-linux-gnu-gcc"}[arch], f"gcc-{arch}-linux-gnu")
    for level in ("O0", "O2"):
        verdict = judge.verdict(compile_reference(task, arch, level), task, arch)
        assert verdict.stage == "abi", problem_line(task, arch, level, verdict)


def test_the_files_are_small_enough_to_ship() -> None:
    folder = Path(__file__).resolve().parents[2] / "playground" / "tasks" / "bank"
    assert sum(path.stat().st_size for path in folder.glob("*.jsonl")) < 1_000_000
