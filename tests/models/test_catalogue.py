"""What can be named, and what never is followed."""

import json
from pathlib import Path

import pytest

from playground.errors import InputError
from playground.models import catalogue
from playground.models.catalogue import BASE_REPO, adapters_folder, find_model, list_models, usable_model
from playground.models.prompts import FimTokens


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(catalogue, "SHIPPED_ADAPTERS", tmp_path / "shipped")


def _adapter(folder: Path, base: str = BASE_REPO, card: str = "") -> Path:
    folder.mkdir(parents=True)
    (folder / "adapter_config.json").write_text(json.dumps({"base_model_name_or_path": base, "peft_type": "LORA"}))
    (folder / "adapter_model.safetensors").write_bytes(b"")
    if card:
        (folder / "README.md").write_text(card)
    return folder


def test_the_base_comes_first_and_is_available() -> None:
    first = list_models()[0]
    assert (first.name, first.kind, first.available, first.licence) == ("base", "base", True, "Apache-2.0")


def test_an_adapter_appears_as_soon_as_its_folder_does() -> None:
    assert "fresh" not in [entry.name for entry in list_models()]
    _adapter(adapters_folder() / "fresh", card="---\nlicense: mit\n---\n# A fresh one\n")
    entry = find_model("fresh")
    assert (entry.title, entry.licence, entry.base, entry.kind, entry.available) == (
        "A fresh one",
        "mit",
        "base",
        "adapter",
        True,
    )


@pytest.mark.parametrize(
    ("recipe", "fim"),
    [
        ('fim_tokens = ["<P>", "<S>", "<M>"]\n', FimTokens(prefix="<P>", suffix="<S>", middle="<M>")),
        ("fim_tokens = []\n", None),
        ('fim_tokens = ["<P>", "<S>"]\n', None),
        ("fim_tokens = 3\n", None),
        ("no TOML", None),
    ],
)
def test_an_adapters_own_fill_in_the_middle_tokens_are_those_of_its_recipe(recipe: str, fim: FimTokens | None) -> None:
    folder = _adapter(adapters_folder() / "own")
    assert find_model("own").fim is None
    (folder / "recipe.toml").write_text(recipe)
    assert find_model("own").fim == fim


@pytest.mark.parametrize("base", ["base", BASE_REPO, "/elsewhere/models/smollm2-135m-instruct"])
def test_an_adapters_base_is_recognised(base: str) -> None:
    _adapter(adapters_folder() / "one", base)
    assert find_model("one").base == "base"


def test_an_adapter_of_an_unknown_base_says_so_and_nothing_is_loaded_for_it() -> None:
    _adapter(adapters_folder() / "odd", "evil/repository")
    entry = find_model("odd")
    assert not entry.available
    assert "evil/repository" in entry.why_not
    with pytest.raises(InputError, match="not available"):
        usable_model("odd")


def test_a_broken_or_unfinished_adapter_is_listed_with_its_reason() -> None:
    broken = _adapter(adapters_folder() / "broken")
    (broken / "adapter_config.json").write_text("{")
    (_adapter(adapters_folder() / "unfinished") / "adapter_model.safetensors").unlink()
    assert "cannot be read" in find_model("broken").why_not
    assert "adapter_model.safetensors" in find_model("unfinished").why_not


def test_a_shipped_adapter_is_not_replaced_and_no_name_hides_a_base(tmp_path: Path) -> None:
    _adapter(tmp_path / "shipped" / "good", card="# Shipped\n")
    _adapter(adapters_folder() / "good", card="# Other\n")
    _adapter(adapters_folder() / "base")
    assert find_model("good").title == "Shipped"
    assert find_model("base").kind == "base"


@pytest.mark.parametrize(
    "name", ["../adapters/one", "/etc", "one/../one", "", "no-such", "endpoint:http://169.254.169.254"]
)
def test_a_name_is_never_a_path(name: str) -> None:
    _adapter(adapters_folder() / "one")
    with pytest.raises(InputError, match="choose one of base, one"):
        find_model(name)


def test_a_path_is_a_model_for_operators_only(tmp_path: Path) -> None:
    folder = _adapter(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="Unknown model"):
        find_model(str(folder))
    assert find_model(str(folder), local_paths=True).base == "base"
    (tmp_path / "nothing").mkdir()
    assert "neither" in find_model(str(tmp_path / "nothing"), local_paths=True).why_not


def test_catalogue_bases_state_licence_template_and_fim_tokens() -> None:
    starcoder, codegen = find_model("starcoderbase-1b"), find_model("codegen-350m-mono")
    assert starcoder.fim is not None
    assert (starcoder.fim.middle, starcoder.licence) == ("<fim_middle>", "BigCode OpenRAIL-M")
    assert (codegen.fim, codegen.chat_template) == (None, False)
    for entry in list_models():
        assert entry.available != bool(entry.why_not)
