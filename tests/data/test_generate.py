"""The generator: deterministic, broad, and every function compiles and says what it declares."""

import re
import subprocess
from collections.abc import Callable
from random import Random

import pytest

from playground.data.function import CFunction
from playground.data.generate import generate
from playground.data.generate.family import FAMILIES
from playground.data.generate.naming import with_other_names
from playground.data.units import defined_names, unit_source
from playground.emulator.prototype import parse_prototype
from playground.errors import InputError

SAMPLE = 1500


@pytest.fixture(scope="module")
def functions():
    return list(generate(SAMPLE, seed=7))


def test_the_same_seed_gives_the_same_functions(functions) -> None:
    assert list(generate(200, seed=7)) == functions[:200]
    assert list(generate(200, seed=8)) != functions[:200]


def test_no_two_functions_are_the_same(functions) -> None:
    assert len({(function.source, function.request) for function in functions}) == SAMPLE


def test_every_family_is_drawn(functions) -> None:
    for name in FAMILIES:
        assert next(generate(1, seed=1, families=(name,))).family


def test_structures_are_many(functions) -> None:
    assert len({function.family for function in functions}) > SAMPLE / 4


def test_an_unknown_family_is_named() -> None:
    with pytest.raises(InputError, match="no-such-family"):
        next(generate(1, seed=0, families=("no-such-family",)))


def test_prototypes_parse_and_name_the_function(functions) -> None:
    for function in functions:
        assert parse_prototype(function.prototype).name == function.name
        assert defined_names(function.source)[-1] == function.name


def test_requests_read_as_sentences(functions) -> None:
    for function in functions:
        assert bool(function.request) != function.family.startswith("composed/"), function
    for function in (one for one in functions if one.request):
        assert not re.search(r"\{\w+\}|\$\w", function.request), function  # a slot that nobody filled
        assert "  " not in function.request.split('"')[0], function
        assert function.request[0].isupper(), function


def test_every_function_compiles(functions, require_tool: Callable[[str, str], str]) -> None:
    gcc = require_tool("gcc", "gcc")
    source = unit_source([function for function in functions if not function.is_program])
    # Functions composed at random may return a constant that their type cuts off, which C defines.
    command = [gcc, "-x", "c", "-fsyntax-only", "-Wreturn-type", "-Wimplicit", "-Wno-overflow", "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[:2000]
    assert "warning" not in done.stderr, done.stderr[:2000]


def test_program_families_read_what_their_proof_run_gives() -> None:
    programs = list(generate(300, seed=5, families=[name for name in FAMILIES if name.startswith("program-read")]))
    assert programs
    assert all(program.is_program and program.stdin.endswith("\n") for program in programs)


def test_names_are_many_and_the_same_wherever_they_stand(functions) -> None:
    named = [function for function in functions if not function.is_program]
    assert len({function.name for function in named}) > len(named) / 3
    asked = [
        function
        for function in named
        if not function.family.startswith("exercise")  # whose wordings also say "let the function call itself"
        and re.search(r"[Tt]he function \w+ |a function \w+ (?:to|that) ", function.request)
    ]
    assert asked
    for function in asked:
        assert re.search(rf"function (?:{function.name}|that|which)\b", function.request), function


def test_renamed_parameters_leave_no_old_name() -> None:
    random = Random(3)
    families = [family for family in FAMILIES.values() if not family.name.startswith(("program-", "structure-"))]
    gone = 0
    for family in families * 6:
        drawn = family.draw(random)
        function = with_other_names(random, drawn)
        for name in names_of(drawn) - names_of(function):
            gone += 1
            said = f"{function.prototype} {function.source} {function.request}"
            assert not re.search(rf"\b{name}\b", said), (name, function)
    assert gone > len(families)


def names_of(function: CFunction) -> set[str]:
    return {parameter.name for parameter in parse_prototype(function.prototype).parameters}
