"""Forty random programs; ``make conformance`` runs hundreds."""

from pathlib import Path

import pytest

from tests.emulator.csmith_programs import LEVELS, difference, generate
from tests.emulator.toolchain import PACKAGES

pytestmark = pytest.mark.toolchain
SMALL = ("--max-funcs", "3", "--max-block-size", "3", "--max-expr-complexity", "6")


@pytest.mark.parametrize("seed", range(1, 41))
def test_random_program(seed: int, tmp_path: Path, require_tool) -> None:
    """A program that does not end natively in time says nothing and counts as agreement."""
    require_tool("csmith", "csmith libcsmith-dev")
    for package in PACKAGES["aarch64"]:
        require_tool(*package)
    path = generate(seed, tmp_path, *SMALL)
    assert not difference(path, "aarch64", LEVELS[seed % len(LEVELS)])
