"""``train RECIPE.toml`` follows its job on the terminal."""

from pathlib import Path

import pytest

from playground.errors import InputError
from playground.training.command import run_recipe
from playground.training.jobs import JobStore
from playground.training.recipe import TrainingRecipe


def test_a_recipe_is_trained_and_followed(
    tiny_recipe: TrainingRecipe, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "mine.toml"
    recipe.write_text(tiny_recipe.with_changes(steps=2).to_toml())
    assert run_recipe(recipe, JobStore(tmp_path)) == 0
    printed = capsys.readouterr().out
    assert "step 2/2  loss" in printed
    assert f"adapter tiny: {tmp_path / 'adapters' / 'tiny'}" in printed


def test_a_bad_recipe_is_an_input_error(tmp_path: Path) -> None:
    recipe = tmp_path / "mine.toml"
    recipe.write_text("name = 'x'\nrank = 0\n")
    with pytest.raises(InputError, match="rank = 0"):
        run_recipe(recipe, JobStore(tmp_path))
