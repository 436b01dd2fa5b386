"""A recipe is validated as a whole and survives its TOML."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import InputError
from playground.training.recipe import TrainingRecipe

BAD = [
    ({"rank": 0}, "rank = 0", "from 1 to 1024"),
    ({"rank": 2.5}, "rank = 2.5", "whole number"),
    ({"rank": True}, "rank = True", "whole number"),
    ({"learning_rate": float("nan")}, "learning_rate = nan", "from 1e-08 to 1"),
    ({"learning_rate": "fast"}, "'fast'", "number"),
    ({"method": "qlora"}, "'qlora'", "lora, rslora, dora or adalora"),
    ({"schedule": "cos"}, "'cos'", "linear, cosine or constant"),
    ({"precision": "int8"}, "'int8'", "auto, bf16, fp16 or fp32"),
    ({"name": "../escape"}, "'../escape'", "letters, digits"),
    ({"name": ""}, "''", "letters, digits"),
    ({"datasets": ()}, "datasets", ".jsonl"),
    ({"datasets": "starter"}, "'starter'", "list of texts"),
    ({"target_modules": ()}, "target_modules", "all-linear"),
    ({"betas": (0.9, 1.0)}, "[0.9, 1.0]", "below 1"),
    ({"betas": (0.9,)}, "[0.9]", "two numbers"),
    ({"rows_per_step": 3, "accumulation": 2}, "rows_per_step = 3", "multiple of accumulation"),
    ({"method": "adalora", "rank": 4, "target_rank": 8}, "target_rank = 8", "lower it"),
    ({"fim_tokens": ("a", "b")}, "['a', 'b']", "three"),
    ({"train_head": 1}, "train_head = 1", "true or false"),
]


@pytest.mark.parametrize(("changes", "names", "remedy"), BAD)
def test_a_bad_value_is_named_with_its_remedy(changes: dict[str, Any], names: str, remedy: str) -> None:
    with pytest.raises(InputError) as caught:
        TrainingRecipe(**{"name": "x", **changes})
    sentence = str(caught.value)
    assert names in sentence
    assert remedy in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@given(
    name=st.from_regex(r"[a-z][a-z0-9._-]{0,20}", fullmatch=True),
    rank=st.integers(1, 1024),
    rate=st.floats(1e-8, 1.0),
    tokens=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=3),
    head=st.booleans(),
)
def test_toml_gives_back_the_recipe(name: str, rank: int, rate: float, tokens: list[str], head: bool) -> None:
    recipe = TrainingRecipe(name=name, rank=rank, learning_rate=rate, new_tokens=tuple(tokens), train_head=head)
    assert TrainingRecipe.from_toml(recipe.to_toml()) == recipe


def test_the_written_form_is_toml_to_the_standard_library() -> None:
    table = tomllib.loads(TrainingRecipe(name="x", base='C:\\models\\"odd"\n\x7f').to_toml())
    assert table["base"] == 'C:\\models\\"odd"\n\x7f'


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("name = 'x'\nrnak = 3\n", "'rnak'"),
        ("rank = 3\n", "no name"),
        ("name = x\n", "not valid TOML"),
        ("name = 'x'\n[optimizer]\nlr = 1\n", "'optimizer'"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, text: str, part: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=r"bad\.toml") as caught:
        TrainingRecipe.read(path)
    assert part in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.toml"):
        TrainingRecipe.read(tmp_path / "nowhere.toml")


def test_the_learning_rate_warms_up_and_falls_to_its_share() -> None:
    recipe = TrainingRecipe(name="x", steps=100, warmup_steps=10, learning_rate=1.0, final_share=0.1)
    rates = [recipe.learning_rate_at(step) for step in range(1, 101)]
    assert rates[:10] == pytest.approx([step / 10 for step in range(1, 11)])
    assert rates[9:] == sorted(rates[9:], reverse=True)
    assert rates[-1] == pytest.approx(0.1)


def test_the_cosine_is_halfway_in_the_middle_and_constant_stays() -> None:
    cosine = TrainingRecipe(name="x", steps=100, warmup_steps=0, learning_rate=1.0, final_share=0.0, schedule="cosine")
    assert cosine.learning_rate_at(50) == pytest.approx(0.5)
    assert cosine.learning_rate_at(100) == pytest.approx(0.0)
    constant = cosine.with_changes(schedule="constant")
    assert {constant.learning_rate_at(step) for step in range(1, 101)} == {1.0}


def test_a_short_run_warms_up_in_its_first_half() -> None:
    recipe = TrainingRecipe(name="x", steps=2, warmup_steps=15, learning_rate=1.0)
    assert recipe.learning_rate_at(1) == 1.0


def test_a_row_may_be_chosen_but_not_be_tiny() -> None:
    assert TrainingRecipe(name="a", row_tokens=0).row_tokens == 0
    with pytest.raises(InputError, match="row_tokens = 15 is out of range"):
        TrainingRecipe(name="a", row_tokens=15)
