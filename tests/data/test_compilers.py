"""A compiler that rejects a source, or does not come to an end, is named in one sentence."""

from collections.abc import Callable

import pytest

from playground.data import compilers
from playground.data.compilers import Compiler, find_compiler
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
