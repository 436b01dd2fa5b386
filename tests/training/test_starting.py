"""Training that begins with a finished adapter's weights."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from playground.training.recipe import TrainingRecipe
from playground.training.session import train_job
from tests.training.test_training_session import home, make_job  # noqa: F401

STILL = 1e-8
"""A learning rate that changes nothing to speak of."""


@pytest.fixture
def trained(home: Path, tiny_recipe: TrainingRecipe) -> Path:  # noqa: F811
    assert train_job(make_job(home, tiny_recipe.with_changes(learning_rate=0.05)).path) == 0
    return home / "adapters" / "tiny"


def test_the_weights_are_those_of_the_earlier_adapter(home: Path, tiny_recipe: TrainingRecipe, trained: Path) -> None:  # noqa: F811
    again = tiny_recipe.with_changes(name="again", start_from=str(trained), steps=1, learning_rate=STILL)
    assert train_job(make_job(home, again).path) == 0
    before, after = (load_file(folder / "adapter_model.safetensors") for folder in (trained, home / "adapters/again"))
    assert before.keys() == after.keys()
    for key, value in before.items():
        torch.testing.assert_close(after[key], value, rtol=0, atol=1e-5)
        assert "lora_B" not in key or value.abs().max() > 1e-3  # a fresh adapter's B is zero


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"rank": 8}, "does not fit"),
        ({"target_modules": ("q_proj",)}, "does not fit"),
        ({"start_from": "no-such"}, "'no-such'"),
    ],
)
def test_an_adapter_that_does_not_fit_is_refused(
    home: Path, tiny_recipe: TrainingRecipe, trained: Path, changes: dict[str, object], part: str  # noqa: F811
) -> None:  # fmt: skip
    recipe = tiny_recipe.with_changes(**{"name": "again", "start_from": str(trained), **changes})
    folder = make_job(home, recipe)
    assert train_job(folder.path) == 1
    assert part in folder.read_state().message
    assert "\n" not in folder.read_state().message
