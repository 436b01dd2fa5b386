"""Training that begins with the weights of a finished adapter instead of fresh ones."""

from typing import Any

from peft import set_peft_model_state_dict
from safetensors.torch import load_file

from playground.errors import InputError
from playground.models.catalogue import find_model
from playground.training.recipe import TrainingRecipe


def start_from_adapter(adapted: Any, recipe: TrainingRecipe) -> None:
    """Copy the weights of the adapter ``recipe.start_from`` (a name or a folder) into the fresh adapter of `adapted`.

    Raises:
        InputError: no such adapter, or its shape (rank, modules, head) is not the recipe's.
    """
    name = recipe.start_from
    entry = find_model(name, local_paths=True)
    if entry.folder is None or entry.base == entry.name:
        raise InputError(f"start_from = {name!r} is no adapter; name one that was trained on {recipe.base!r}.")
    saved = load_file(entry.folder / "adapter_model.safetensors")
    wanted = "start_from = {!r} does not fit: {}; give the recipe its rank, method and modules."
    try:
        outcome = set_peft_model_state_dict(adapted, saved)
    except RuntimeError as error:  # a tensor of another shape
        raise InputError(wanted.format(name, str(error).strip().splitlines()[-1].strip())) from None
    trained = {key for key, value in adapted.named_parameters() if value.requires_grad}
    missing = sorted(trained & set(outcome.missing_keys))
    strange = missing or sorted(outcome.unexpected_keys)
    if strange:
        raise InputError(wanted.format(name, f"{'it lacks' if missing else 'it also has'} {strange[0]}"))
