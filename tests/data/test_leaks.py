"""Nothing that is a final task of the bank passes: neither its C, nor its assembly, nor its name and types."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from playground.data.build import targets_of
from playground.data.canonical import ENTRY
from playground.data.function import CFunction
from playground.data.leaks import FinalTasks, fingerprint_final_tasks, prototype_key
from playground.data.prepare import compiled
from playground.data.recipe import DataRecipe
from playground.data.sources.extracting import extract_functions
from playground.data.units import unit_source
from playground.tasks.files import task_from_json

TASK = task_from_json(
    {
        "id": "double_it",
        "prompt": "Return twice x.",
        "prototype": "long double_it(long x)",
        "cases": [{"args": [4], "returns": 8}],
        "reference": "long double_it(long x) { return 2 * x; }",
        "split": "final",
    }
)


@pytest.fixture(scope="module")
def final(require_tool: Callable[[str, str], str]) -> FinalTasks:
    require_tool("gcc", "gcc")
    return fingerprint_final_tasks([TASK], targets_of(DataRecipe(name="x", archs=("x86_64",))))


@pytest.mark.toolchain
@pytest.mark.parametrize(
    ("source", "matches"),
    [
        ("long other(long value) { return 2 * value; }", True),  # its C under other names
        ("long sum(long y) { return y + y; }", True),  # its assembly
        ("long double_it(long y) { return y * 9; }", True),  # its name and types
        ("int double_it(int y) { return y * 9; }", False),
        ("long triple(long y) { return 3 * y; }", False),
    ],
)
def test_what_matches_a_final_task(final: FinalTasks, source: str, matches: bool) -> None:
    functions = extract_functions(source).functions
    target = targets_of(DataRecipe(name="x", archs=("x86_64",)))[0]
    (assembly,) = compiled(unit_source(functions), target, functions)
    assert assembly is not None
    assert final.matches(functions[0].source, functions[0].prototype, assembly) is matches


@pytest.mark.toolchain
@pytest.mark.parametrize("level", ["direct", "guided"])
def test_the_code_for_teaching_is_compared_with_its_own(require_tool: Callable[[str, str], str], level: str) -> None:
    require_tool("gcc", "gcc")
    targets = targets_of(DataRecipe(name="x", archs=("x86_64",), syntax="intel", levels=(level,)))
    function = extract_functions("long other(long value) { long kept = 2 * value; return kept; }").functions[0]
    task = replace(TASK, reference=function.source.replace("kept = 2 * value", "kept = 2 * (value)"))
    (assembly,) = compiled(function.source, targets[0], [function])
    assert assembly is not None
    final = fingerprint_final_tasks([task], targets)
    assert final.matches(function.source, function.prototype, assembly)
    assert not final.matches(function.source, function.prototype, assembly.replace("2", "3"))


def test_a_prototype_s_key_is_blind_to_parameter_names_and_const() -> None:
    assert prototype_key("int f(const char *s, int n)") == prototype_key("int  f(char *text, int length)")
    assert prototype_key("int f(int n)") != prototype_key("int f(long n)")
    assert prototype_key("int f(int n)") != prototype_key("int g(int n)")


PROGRAM = task_from_json(
    {
        "id": "program_forty_two",
        "prompt": "Print forty-two and end with status 7.",
        "stdout": "forty-two\n",
        "exit_status": 7,
        "reference": '#include <stdio.h>\nint main(void) { puts("forty-two"); return 7; }',
        "split": "final",
    }
)


@pytest.mark.toolchain
@pytest.mark.parametrize(
    ("body", "output", "matches"),
    [
        ('printf("forty-two\\n"); return 3 + 4;', "", True),  # its assembly
        ('printf("%s-%s\\n", "forty", "two"); return 0;', "forty-two\n", True),  # what it prints
        ('puts("forty-three"); return 7;', "forty-three\n", False),
    ],
)
def test_what_matches_a_final_program(
    body: str, output: str, matches: bool, require_tool: Callable[[str, str], str]
) -> None:
    require_tool("gcc", "gcc")
    (target,) = targets_of(DataRecipe(name="x", archs=("x86_64",)))
    final = fingerprint_final_tasks([PROGRAM], [target])
    source = f"#include <stdio.h>\nint main(void) {{ {body} }}\n"
    program = CFunction(name="main", prototype="int main(void)", source=source, request="", family="x")
    (assembly,) = compiled(unit_source([program]), target, [program])
    assert assembly is not None
    assert final.matches(source, program.prototype, ENTRY + assembly, output) is matches
