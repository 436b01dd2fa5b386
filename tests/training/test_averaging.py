"""Averages of adapters: PEFT's own sum, at the first one's rank."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM

from playground.__main__ import main
from playground.errors import InputError
from playground.models.catalogue import find_model
from playground.training.averaging import Part, average_adapters, truncated

Make = Callable[..., Path]


@pytest.fixture
def make(tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Writes a random adapter of the tiny base and gives its folder."""
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))

    def make_adapter(name: str, seed: int, **changes: Any) -> Path:
        torch.manual_seed(seed)
        settings = {"r": 4, "lora_alpha": 8, "target_modules": ["q_proj", "down_proj"], "task_type": "CAUSAL_LM"}
        config = LoraConfig(**{**settings, "init_lora_weights": False, **changes})
        folder = tmp_path / "adapters" / name
        get_peft_model(AutoModelForCausalLM.from_pretrained(tiny_base), config).save_pretrained(folder)
        return folder

    return make_adapter


def deltas(base: Path, folder: Path) -> dict[str, torch.Tensor]:
    """What an adapter adds to each layer, by PEFT."""
    model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), folder)
    layers = {name: module for name, module in model.named_modules() if hasattr(module, "get_delta_weight")}
    return {name: module.get_delta_weight("default").detach() for name, module in layers.items()}


def test_the_average_of_an_adapter_with_itself_is_that_adapter(make: Make, tiny_base: Path) -> None:
    one = make("one", 1)
    name, kept = average_adapters("same", [Part("one"), Part(str(one), 3)])
    assert kept == pytest.approx(1)
    before, after = deltas(tiny_base, one), deltas(tiny_base, one.with_name(name))
    for layer, value in before.items():
        torch.testing.assert_close(after[layer], value, rtol=1e-4, atol=1e-5)


def test_it_is_what_peft_makes_of_two(make: Make, tiny_base: Path) -> None:
    """With unequal scaling: the second has another alpha and rank, and divides by the rank's root."""
    one, two = make("one", 1), make("two", 2, r=9, lora_alpha=6, use_rslora=True)
    name, kept = average_adapters("both", [Part("one", 1), Part("two", 3)])
    assert 0 < kept < 1
    model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(tiny_base), one, adapter_name="one")
    model.load_adapter(two, "two")
    model.add_weighted_adapter(["one", "two"], [0.25, 0.75], "peft", combination_type="svd", svd_rank=4)
    after = deltas(tiny_base, one.with_name(name))
    for layer, value in after.items():
        wanted = model.get_submodule(layer).get_delta_weight("peft").detach()
        torch.testing.assert_close(value, wanted, rtol=1e-3, atol=1e-4)


def test_a_product_of_zeros_stays_one() -> None:
    down, up, kept = truncated(torch.randn(6, 10), torch.zeros(8, 6), 3)
    assert not (up @ down).any()
    assert kept == 1


def test_the_command_makes_a_model_with_a_card(make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make("one", 1)
    make("two", 2)
    assert main(["average", "mean", "one:1", "two"]) == 0
    assert main(["average", "mean", "one:1", "two"]) == 0
    assert "adapter mean-2: the average of 2" in capsys.readouterr().out
    card = find_model("mean").card
    assert card is not None
    assert "| `two` | 0.500 |" in card.read_text()
    assert "average mean one:0.5 two:0.5" in card.read_text()
    assert {path.name for path in (tmp_path / "adapters").iterdir()} == {"one", "two", "mean", "mean-2"}
    assert load_file(tmp_path / "adapters/mean/adapter_model.safetensors")


@pytest.mark.parametrize(
    ("changes", "parts", "said"),
    [
        ({}, ["one:0", "two"], r"weight 0 of 'one'"),
        ({}, ["one:x", "two"], r"weight in 'one:x' is 'x'"),
        ({}, ["one:nan", "two"], r"weight nan of 'one'"),
        ({}, ["one:1", "two:-1"], r"weight -1 of 'two'"),
        ({}, ["one"], "at least two"),
        ({}, ["one", "base"], r"'base' is no adapter"),
        ({}, ["one", "three"], r"Unknown model 'three'"),
        ({"use_dora": True}, ["one", "two"], r"'two' cannot be averaged"),
        ({"modules_to_save": ["lm_head"]}, ["one", "two"], r"'two' cannot be averaged: it also trains"),
        ({"rank_pattern": {"q_proj": 2}}, ["one", "two"], r"'two' cannot be averaged: its method"),
        ({"target_modules": ["q_proj"]}, ["one", "two"], "differ in their layers"),
    ],
)
def test_what_cannot_be_averaged_is_refused(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], parts: list[str], said: str
) -> None:
    make("one", 1)
    make("two", 2, **changes)
    capsys.readouterr()
    assert main(["average", "mean", *parts]) == 2
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1
    assert re.search(said, printed)
    assert {path.name for path in (tmp_path / "adapters").iterdir()} == {"one", "two"}


def test_a_name_that_is_a_path_is_refused(make: Make) -> None:
    with pytest.raises(InputError, match=r"'\.\./x' cannot name an adapter"):
        average_adapters("../x", [Part("one"), Part("two")])
