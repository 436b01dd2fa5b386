"""Whether a run is compiled."""

import shutil

import torch

from playground.errors import InputError
from playground.training.recipe import TrainingRecipe

STEPS_THAT_REPAY = 40
"""Compiling the embedded model takes about 20 s of a core, as much as it saves in 40 steps of 2,048 tokens."""


def compiler_available() -> bool:
    """torch.compile needs a C++ compiler for a CPU; for a GPU its own backend writes the kernels, with a C compiler."""
    return any(shutil.which(name) for name in ("g++", "clang++", "c++"))


def should_compile(recipe: TrainingRecipe, device: torch.device) -> bool:
    """Raises InputError when compiling is demanded and cannot be."""
    if recipe.compile == "on" and not compiler_available():
        raise InputError('compile = "on" needs a C++ compiler (apt-get install g++); choose "auto" or "off".')
    if recipe.compile == "auto":
        return compiler_available() and recipe.steps >= STEPS_THAT_REPAY and recipe.dropout == 0.0
    return recipe.compile == "on"
