"""Every field of the data recipe is documented, with its default's name spelled as it is."""

from dataclasses import fields
from pathlib import Path

import pytest

from playground.data.recipe import DataRecipe, recipe_from_table
from playground.errors import InputError

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "recipes.md").read_text().partition("# Data recipes")[2]


@pytest.mark.parametrize("name", [field.name for field in fields(DataRecipe)])
def test_every_field_is_in_the_table(name: str) -> None:
    assert any(f"`{name}`" in line.split("|")[1] for line in DOCUMENT.splitlines() if line.startswith("|"))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({}, "name"),
        ({"name": "a/b"}, "a/b"),
        ({"name": "a", "colour": 1}, "colour"),
        ({"name": "a", "functions": 0}, "functions"),
        ({"name": "a", "functions": "many"}, "many"),
        ({"name": "a", "resemblance": 2.0}, "resemblance"),
        ({"name": "a", "formats": ["xml"]}, "xml"),
        ({"name": "a", "archs": ["vax"]}, "vax"),
    ],
)
def test_a_bad_field_is_named(table: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        recipe_from_table(table)
