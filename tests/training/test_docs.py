"""The recipe's documentation names every field, with its default where it is a number."""

from dataclasses import fields

import pytest

from playground.paths import CHECKOUT
from playground.training.recipe import CHOICES, TrainingRecipe

TEXT = (CHECKOUT / "docs" / "recipes.md").read_text().partition("# Data recipes")[0]


@pytest.mark.parametrize("name", [field.name for field in fields(TrainingRecipe)])
def test_every_field_is_documented(name: str) -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("|") and f"`{name}`" in line.split("|")[1]]
    assert len(rows) == 1
    for word in CHOICES.get(name, ()):
        assert f"`{word}`" in rows[0]


def test_the_example_is_a_recipe() -> None:
    example = TEXT.split("```toml\n")[1].split("```")[0]
    assert TrainingRecipe.from_toml(example).steps == 400
