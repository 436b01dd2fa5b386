"""LoRA adapters that can share a batch: their matrices, taken out of PEFT's layers, added to single rows."""

import math
from typing import Any

import torch
from peft import PeftModel
from peft.tuners.lora.layer import Linear as LoraLinear
from peft.tuners.tuners_utils import BaseTunerLayer
from peft.utils.other import AuxiliaryTrainingWrapper
from torch import nn

_ADAPTER = "default"


def shareable(peft: PeftModel) -> bool:
    """Whether every change that the adapter makes is a plain LoRA on a linear layer of the decoder stack.

    AdaLoRA, DoRA and other variants, trained biases, heads, embeddings and tokens are not: they run by themselves.
    """
    if any(isinstance(module, AuxiliaryTrainingWrapper) for module in peft.modules()):
        return False
    layers = [(name, module) for name, module in peft.named_modules() if isinstance(module, BaseTunerLayer)]
    trained_bias = getattr(peft.peft_config[_ADAPTER], "bias", "none") != "none"
    return bool(layers) and not trained_bias and all(".layers." in name and _plain(layer) for name, layer in layers)


def _plain(layer: Any) -> bool:
    return (
        type(layer) is LoraLinear
        and not layer.lora_variant
        and not layer.merged
        and not layer.fan_in_fan_out
        and not layer.lora_bias.get(_ADAPTER, False)
        and isinstance(layer.base_layer, nn.Linear)
    )


class LowRankTerms:
    """What one adapter adds to one product of several linear layers: ``B_i(A_i(x)) * scaling_i`` to each layer's part.

    Computed for a single row, in the adapter's own type and in PEFT's order, so that the bits are PEFT's. The
    matrices A are one product, and every result goes to a buffer made once: at these sizes the calls cost more than
    the arithmetic.
    """

    def __init__(self, modules: list[Any]) -> None:
        """`modules` are the layers of a `shareable` adapter, in the order of the product's outputs."""
        lora = [module if isinstance(module, LoraLinear) else None for module in modules]
        adapted = [module for module in lora if module is not None]
        self.width = sum(module.out_features for module in modules)
        self.present = bool(adapted)
        if not self.present:
            return
        downs = [module.lora_A[_ADAPTER].weight.data for module in adapted]
        self.down = torch.cat(downs).T
        self.inner = self.down.new_empty(1, self.down.shape[1])
        self.delta = self.down.new_zeros(1, self.width)
        self.scaling = [module.scaling[_ADAPTER] for module in adapted]
        self.exact_scaling = math.frexp(self.scaling[0])[0] == 0.5 and len(set(self.scaling)) == 1
        self._cut(modules)

    def _cut(self, modules: list[Any]) -> None:
        """One (inner part, B transposed, delta part, scaling) per adapted layer; the parts are views of the buffers."""
        self.terms: list[tuple[torch.Tensor, torch.Tensor, torch.Tensor, float]] = []
        start = rank_start = 0
        for module in modules:
            if isinstance(module, LoraLinear):
                up, scaling = module.lora_B[_ADAPTER].weight.data, module.scaling[_ADAPTER]
                inner = self.inner[:, rank_start : rank_start + up.shape[1]]
                self.terms.append((inner, up.T, self.delta[:, start : start + module.out_features], scaling))
                rank_start += up.shape[1]
            start += module.out_features

    def add(self, x: torch.Tensor, result: torch.Tensor) -> None:
        """Add what the row `x` (1, in) gives to `result` (1, width), in place."""
        if not self.present:
            return
        torch.mm(x.to(self.down.dtype), self.down, out=self.inner)
        for inner, up, delta, _ in self.terms:
            torch.mm(inner, up, out=delta)
        if self.exact_scaling:
            torch.add(result, self.delta, alpha=self.scaling[0], out=result)  # a power of two: nothing rounds
            return
        for _, _, delta, scaling in self.terms:
            delta.mul_(scaling)
        torch.add(result, self.delta, out=result)
