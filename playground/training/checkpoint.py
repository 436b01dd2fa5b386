"""Checkpoints: what a resumed run needs to go on as if it had never stopped."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

FOLDER = re.compile(r"step-(\d+)")


@dataclass(frozen=True, kw_only=True)
class Counters:
    """How far a run has come. The data order follows from the step (`packing.step_rows`)."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0


def trainable_state(model: nn.Module) -> dict[str, Tensor]:
    """Name -> value of every trainable parameter, and of AdaLoRA's rank masks, which live in them."""
    return {name: value.detach() for name, value in model.named_parameters() if value.requires_grad}


def save_checkpoint(folder: Path, counters: Counters, state: dict[str, Any], keep: int) -> Path:
    """Write ``folder/step-N`` whole or not at all; older ones beyond `keep` go once it stands."""
    folder.mkdir(parents=True, exist_ok=True)
    final = folder / f"step-{counters.step}"
    partial = folder / f"partial-{counters.step}"
    try:
        with partial.open("wb") as file:
            torch.save({"counters": vars(counters), "random": random_state(), **state}, file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(final)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    for old in checkpoints(folder)[:-keep]:
        old.unlink()
    return final


def checkpoints(folder: Path) -> list[Path]:
    """Whole checkpoints, oldest first."""
    found = [(int(match[1]), path) for path in folder.glob("step-*") if (match := FOLDER.fullmatch(path.name))]
    return [path for _, path in sorted(found)]


def last_checkpoint(folder: Path) -> Path | None:
    """The newest whole checkpoint."""
    found = checkpoints(folder)
    return found[-1] if found else None


def load_checkpoint(path: Path) -> tuple[Counters, dict[str, Any]]:
    """The counters and the state; sets the random generators. Only tensors and plain values are read, no code."""
    content = torch.load(path, map_location="cpu", weights_only=True)
    restore_random(content.pop("random"))
    return Counters(**content.pop("counters")), content


def random_state() -> dict[str, Any]:
    """Of the generators that dropout uses."""
    state: dict[str, Any] = {"cpu": torch.get_rng_state()}
    if torch.cuda.is_available():
        state["cuda"] = torch.cuda.get_rng_state()
    return state


def restore_random(state: dict[str, Any]) -> None:
    torch.set_rng_state(state["cpu"])
    if "cuda" in state and torch.cuda.is_available():
        torch.cuda.set_rng_state(state["cuda"])


def remove_partial(folder: Path) -> None:
    """Clear away what a killed or full-disk write left."""
    for path in folder.glob("partial-*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
