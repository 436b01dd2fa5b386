"""The shipped datasets are what their recipes build."""

from collections.abc import Callable
from pathlib import Path

import pytest

from playground.data.build import build
from playground.data.recipe import read_recipe
from playground.data.write import write_dataset
from playground.emulator.pool import WorkerPool
from playground.isa import ARCHITECTURES
from playground.training.dataset import BUILT_FILE, SHIPPED


@pytest.mark.toolchain
@pytest.mark.slow
@pytest.mark.parametrize("arch", ARCHITECTURES)
def test_the_starter_data_are_what_their_recipe_builds(
    arch: str, tmp_path: Path, require_tool: Callable[[str, str], str]
) -> None:
    require_tool("gcc", "gcc")
    require_tool("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu")
    recipe = read_recipe(SHIPPED / f"starter-{arch}.toml")
    with WorkerPool(size=2) as pool:
        write_dataset(tmp_path, recipe, build(recipe, pool))
    assert (tmp_path / BUILT_FILE).read_bytes() == (SHIPPED / f"starter-{arch}.jsonl").read_bytes()
