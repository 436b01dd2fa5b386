"""Every distinct instruction that gcc and clang print: our bytes and GNU as's say the same."""

from collections.abc import Callable
from pathlib import Path

import pytest
from x86_comparison import compare, unexplained
from x86_corpus import SOURCES, csmith_sources, distinct
from x86_gnu import assemble_each

pytestmark = pytest.mark.toolchain
CSMITH_PROGRAMS = 1


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory, require_tool: Callable[[str, str], str]) -> list[Path]:
    for tool, package in (("gcc", "gcc"), ("g++", "g++"), ("clang", "clang"), ("as", "binutils"), ("csmith", "csmith")):
        require_tool(tool, package)
    return [*sorted(SOURCES.iterdir()), *csmith_sources(CSMITH_PROGRAMS, tmp_path_factory.mktemp("csmith"))]


@pytest.mark.parametrize("syntax", ["gas", "intel"])
def test_what_compilers_print_is_encoded_as_gnu_as_does(syntax: str, sources: list[Path], tmp_path: Path) -> None:
    statements = distinct(sources, syntax)
    assert len(statements) > 5000
    peer = assemble_each(statements, syntax, tmp_path)
    assert not [code for code in peer if isinstance(code, str)]
    differences = compare(statements, syntax, peer, tmp_path)
    assert not unexplained(differences, lambda found: False)
