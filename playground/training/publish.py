"""A finished adapter: put together in the job's folder, then moved into place in one rename."""

import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from playground.models.catalogue import adapters_folder
from playground.training.bases import base_origin
from playground.training.card import adapter_card
from playground.training.jobstate import JobFolder
from playground.training.recipe import TrainingRecipe

JOB_FILE = "job.txt"
"""In an adapter's folder: the job that made it."""


def publish_adapter(
    job: JobFolder,
    recipe: TrainingRecipe,
    adapted: Any,
    tokenizer: Any,
    precision: str,
    weights: dict[str, Tensor] | None = None,
) -> str:
    """Save the adapter with its card, recipe and curve; gives the name it got.

    `weights` are those of `adapted` by name where it holds a part of them only (`sharding.trained_weights`).
    """
    shutil.rmtree(job.adapter, ignore_errors=True)
    try:
        save_adapter(job.adapter, recipe, adapted, tokenizer, precision, weights)
        (job.adapter / "recipe.toml").write_text(recipe.to_toml(), encoding="utf-8")
        shutil.copy(job.progress, job.adapter / "progress.jsonl")
        (job.adapter / JOB_FILE).write_text(job.path.name + "\n")
        (job.adapter / "README.md").write_text(adapter_card(recipe, job.progress))
    except BaseException:
        shutil.rmtree(job.adapter, ignore_errors=True)
        raise
    return move_into_place(job.adapter, recipe.name, job.path.name)


def save_adapter(
    folder: Path,
    recipe: TrainingRecipe,
    adapted: Any,
    tokenizer: Any,
    precision: str,
    weights: dict[str, Tensor] | None = None,
) -> None:
    """peft's files; weights in bfloat16 when training multiplied in it, which halves them and loses nothing it used."""
    for config in adapted.peft_config.values():
        config.base_model_name_or_path = base_origin(recipe.base)
        if isinstance(config.target_modules, set):
            config.target_modules = sorted(config.target_modules)  # the same run writes the same file
    adapted.save_pretrained(folder, save_embedding_layers=False, state_dict=weights)
    if precision == "bf16":
        file = folder / "adapter_model.safetensors"
        save_file({key: value.to(torch.bfloat16) for key, value in load_file(file).items()}, file, {"format": "pt"})
    if recipe.new_tokens:
        tokenizer.save_pretrained(folder)


def move_into_place(source: Path, name: str, job: str) -> str:
    """Rename `source` to the adapter `name`, or NAME-2, NAME-3 … when another job's adapter has that name.

    The same job's earlier adapter (it was stopped, then resumed) is replaced.
    """
    home = adapters_folder()
    home.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        target = home / (name if number == 1 else f"{name}-{number}")
        if not target.exists():
            break
        if made_by(target, job):
            old = home / f".old-{target.name}"
            shutil.rmtree(old, ignore_errors=True)
            target.rename(old)
            shutil.rmtree(old)
            break
        number += 1
    source.rename(target)
    return target.name


def made_by(adapter: Path, job: str) -> bool:
    marker = adapter / JOB_FILE
    return marker.is_file() and marker.read_text().strip() == job
