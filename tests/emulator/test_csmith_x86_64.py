"""Forty random programs that end natively, each really compared; ``make conformance`` runs hundreds."""

from pathlib import Path

import pytest

from tests.emulator.csmith_programs import compare
from tests.emulator.toolchain import PACKAGES

pytestmark = pytest.mark.toolchain
SMALL = ("--max-funcs", "3", "--max-block-size", "3", "--max-expr-complexity", "6")


@pytest.mark.parametrize("seed", range(1, 41))
def test_random_program(seed: int, tmp_path: Path, require_tool) -> None:
    require_tool("csmith", "csmith libcsmith-dev")
    for package in PACKAGES["x86_64"]:
        require_tool(*package)
    assert not compare(seed, tmp_path, "x86_64", *SMALL).difference
