"""A compiler that rejects a source, or does not come to an end, is named in one sentence."""

import re
from collections.abc import Callable

import pytest

from playground.data import compilers
from playground.data.compilers import LITERAL, Compiler, find_compiler
from playground.errors import InputError


def test_a_compiler_that_does_not_end_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compilers, "SECONDS", 0.2)
    endless = Compiler(name="gcc", arch="x86_64", command=("sh", "-c", "sleep 60"), version="none")
    with pytest.raises(InputError, match=r"gcc has not compiled the source in 0\.2 s"):
        endless.compile("int f(void) { return 0; }", "Os")


def test_a_rejected_source_is_told_with_its_first_error(require_tool: Callable[[str, str], str]) -> None:
    require_tool("gcc", "gcc")
    with pytest.raises(InputError, match=r"gcc rejects the source: .*undeclared"):
        find_compiler("x86_64", "gcc").compile("int f(void) { return y; }", "Os")


def test_literal_code_follows_its_source(require_tool: Callable[[str, str], str]) -> None:
    """One comparison and one result for each test, in the source's order; at -Os gcc computes them without a branch."""
    require_tool("gcc", "gcc")
    source = "int f(long x) {\n  if (x > 5)\n    return 1;\n  if (x < -5)\n    return 2;\n  return 3;\n}\n"
    text = find_compiler("x86_64", "gcc").compile(source, LITERAL)
    assert re.findall(r"\$(-?\d+), %(?:rdi|eax)", text) == ["5", "-5", "3", "1", "2"]
    assert "set" not in find_compiler("x86_64", "gcc").compile(source, LITERAL)


def test_clang_has_no_literal_code() -> None:
    clang = Compiler(name="clang", arch="x86_64", command=("clang",), version="none")
    with pytest.raises(InputError, match="clang has no level 'literal': install gcc for x86_64, or choose Os"):
        clang.compile("int f(void) { return 0; }", LITERAL)
