"""One adapter out of several: the average of what they add to the base, at the first one's rank.

Averaged weights of one line of training often do better than each of them (Izmailov et al., arXiv 1803.05407; Wortsman
et al., "Model soups", arXiv 2203.05482), and answer at the cost of one. The matrices A and B cannot be averaged one by
one, since B A is what counts: the sum of the products is cut to the rank by its singular values (Eckart and Young,
Psychometrika 1, 1936).
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from playground.errors import InputError
from playground.models.catalogue import ModelEntry, adapters_folder, find_model
from playground.training.card import averaged_card
from playground.training.publish import move_into_place
from playground.training.recipe import NAME

_WEIGHTS, _CONFIG = "adapter_model.safetensors", "adapter_config.json"
_A, _B = ".lora_A.", ".lora_B."


@dataclass(frozen=True)
class Part:
    """An adapter and how much it counts, relative to the others."""

    name: str
    weight: float = 1.0


@dataclass(frozen=True)
class _Loaded:
    share: float
    entry: ModelEntry
    config: Any
    tensors: dict[str, Tensor]

    @property
    def scaling(self) -> float:
        """What multiplies B A (PEFT's ``lora_alpha / r``, or over the root of r)."""
        rank = self.config.r
        return float(self.config.lora_alpha / (rank**0.5 if self.config.use_rslora else rank))


def average_adapters(name: str, parts: Sequence[Part]) -> tuple[str, float]:
    """Average plain LoRA adapters of one base into ``PLAYGROUND_HOME/adapters/NAME``.

    Returns:
        The name it got (NAME-2 where NAME is taken), and the least share over all layers of the sum's squared singular
        values that the rank keeps, from 0 to 1.

    Raises:
        InputError: no name, an unknown adapter, a weight that is not above 0, fewer than two parts, or adapters that
            are no plain LoRA on the same layers of the same base.
    """
    if not NAME.fullmatch(name):
        raise InputError(f"{name!r} cannot name an adapter; use letters, digits, '.', '_' or '-'.")
    if len(parts) < 2:
        raise InputError(f"{len(parts)} adapter makes no average: name at least two.")
    loaded = _load(parts)
    averaged, kept = _averaged(loaded)
    return _publish(name, loaded, averaged, kept), kept


def _load(parts: Sequence[Part]) -> list[_Loaded]:
    from peft import LoraConfig

    for part in parts:
        if not 0 < part.weight < float("inf"):
            raise InputError(f"The weight {part.weight:g} of {part.name!r} must be a number above 0.")
    total = sum(part.weight for part in parts)
    loaded: list[_Loaded] = []
    for part in parts:
        entry = find_model(part.name, local_paths=True)
        if entry.folder is None or entry.base == entry.name:
            raise InputError(f"{part.name!r} is no adapter; `python -m playground models` lists them.")
        config = LoraConfig.from_pretrained(entry.folder)
        found = _Loaded(part.weight / total, entry, config, load_file(entry.folder / _WEIGHTS))
        _require_plain(found)
        loaded.append(found)
        _require_same(loaded[0], found)
    return loaded


def _require_plain(part: _Loaded) -> None:
    others = [key for key in part.tensors if _A not in key and _B not in key]
    config = part.config
    patterns = config.rank_pattern or config.alpha_pattern
    if config.peft_type != "LORA" or config.use_dora or patterns or others:
        what = f"it also trains {others[0]}" if others else "its method is not LoRA with one rank"
        raise InputError(f"{part.entry.name!r} cannot be averaged: {what}.")


def _require_same(first: _Loaded, part: _Loaded) -> None:
    if part.entry.base != first.entry.base:
        raise InputError(f"{part.entry.name!r} is made for {part.entry.base!r}, and {first.entry.name!r} is not.")
    strange = sorted(part.tensors.keys() ^ first.tensors.keys())
    if strange:
        raise InputError(f"{part.entry.name!r} and {first.entry.name!r} differ in their layers: {strange[0]}.")


def _averaged(parts: Sequence[_Loaded]) -> tuple[dict[str, Tensor], float]:
    first, least = parts[0], 1.0
    averaged: dict[str, Tensor] = {}
    for key in (key for key in first.tensors if _A in key):
        downs = [part.tensors[key].float() for part in parts]
        ups = [part.tensors[key.replace(_A, _B)].float() * (part.share * part.scaling) for part in parts]
        down, up, kept = truncated(torch.cat(downs), torch.cat(ups, dim=1), first.config.r)
        least = min(least, kept)
        type_ = first.tensors[key].dtype
        averaged[key] = down.to(type_).contiguous()
        averaged[key.replace(_A, _B)] = (up / first.scaling).to(type_).contiguous()
    return averaged, least


def truncated(down: Tensor, up: Tensor, rank: int) -> tuple[Tensor, Tensor, float]:
    """The best approximation of ``up @ down`` of a rank: its two factors, of equal norm, and the share that they keep.

    Shapes (n, in) and (out, n) become (rank, in) and (out, rank). The product itself is never made: with
    ``up = Q R`` and ``down^T = P S`` its singular values are those of ``R S^T``, n by n.
    """
    left, left_small = torch.linalg.qr(up)
    right, right_small = torch.linalg.qr(down.T)
    u, values, v = torch.linalg.svd(left_small @ right_small.T)
    root = values[:rank].sqrt()
    kept = (values[:rank].square().sum() / values.square().sum().clamp_min(1e-30)).item()
    return root[:, None] * (right @ v[:rank].T).T, (left @ u[:, :rank]) * root, kept if values.any() else 1.0


def _publish(name: str, parts: Sequence[_Loaded], averaged: dict[str, Tensor], kept: float) -> str:
    folder = adapters_folder() / f".average-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        assert parts[0].entry.folder is not None
        shutil.copy(parts[0].entry.folder / _CONFIG, folder / _CONFIG)
        save_file(averaged, folder / _WEIGHTS, {"format": "pt"})
        shares = [(part.entry.name, part.share) for part in parts]
        (folder / "README.md").write_text(averaged_card(name, parts[0].config, shares, kept), encoding="utf-8")
        return move_into_place(folder, name, "")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
