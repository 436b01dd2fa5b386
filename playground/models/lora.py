"""LoRA adapters that can share a batch: their matrices, taken out of PEFT's layers, added to single rows."""

import math
from dataclasses import dataclass
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


@dataclass(frozen=True)
class _Term:
    """One layer's ``B(A(x)) * scaling`` within a product of several layers."""

    inner: slice
    """Its places among the results of all matrices A."""
    up: torch.Tensor
    """B transposed: (rank, out)."""
    outputs: slice
    """Its places among the product's outputs."""
    scaling: float
    """1.0 where A has it already."""


class LowRankTerms:
    """What one adapter adds to one product of several linear layers: ``B_i(A_i(x)) * scaling_i`` to each layer's part.

    The matrices A are one, of shape (in, ranks): a column of a single row's product does not depend on the others.
    """

    def __init__(self, modules: list[Any]) -> None:
        """`modules` are the layers of a `shareable` adapter, in the order of the product's outputs."""
        self.width = sum(module.out_features for module in modules)
        self.terms: list[_Term] = []
        downs: list[torch.Tensor] = []
        start = rank = 0
        for module in modules:
            if isinstance(module, LoraLinear):
                down, up = module.lora_A[_ADAPTER].weight.data, module.lora_B[_ADAPTER].weight.data
                scaling = module.scaling[_ADAPTER]
                if math.frexp(scaling)[0] == 0.5:  # a power of two: nothing rounds, wherever it is multiplied in
                    down, scaling = down * scaling, 1.0
                inner, outputs = slice(rank, rank + len(down)), slice(start, start + len(up))
                self.terms.append(_Term(inner, up.T, outputs, scaling))
                downs.append(down)
                rank += len(down)
            start += module.out_features
        self.down = torch.cat(downs).T if downs else None


class TermsOfRows:
    """What several rows' adapters add to one product, each to its own row.

    Computed row by row, in the adapter's own type and in PEFT's order, so that the bits are PEFT's. At these sizes
    the calls cost more than the arithmetic: every view is cut once, and rows share what is not a product.
    """

    def __init__(self, rows: list[LowRankTerms], buffers: "Buffers") -> None:
        """One row's terms after the other's; products of one form share `buffers`, so that these stay in the cache."""
        downs = [row.down for row in rows if row.down is not None]
        self.present = bool(downs)
        if not self.present:
            return
        self.wide, self.delta = buffers.of(rows, downs[0])
        self.products: list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]] = []
        self.scaled: list[tuple[torch.Tensor, float]] = []
        for index, row in enumerate(rows):
            self._cut(row, self.wide[index : index + 1], self.delta[index : index + 1])

    def _cut(self, row: LowRankTerms, wide: torch.Tensor, delta: torch.Tensor) -> None:
        if row.down is None:
            return
        inner = wide.new_empty(1, row.down.shape[1])
        self.products.append((wide, row.down, inner))
        for term in row.terms:
            part = delta[:, term.outputs]
            self.products.append((inner[:, term.inner], term.up, part))
            if term.scaling != 1.0:
                self.scaled.append((part, term.scaling))

    def add(self, x: torch.Tensor, result: torch.Tensor, end: int) -> None:
        """Add to `result` (at least `end` rows, width) what `x` (as many rows, in) gives, in place: the rows that have
        the terms are the last before `end`."""
        if not self.present:
            return
        start = end - len(self.wide)
        self.wide.copy_(x[start:end])
        for left, right, out in self.products:
            torch.mm(left, right, out=out)
        for part, scaling in self.scaled:
            part.mul_(scaling)
        result[start:end].add_(self.delta)


class Buffers:
    """Inputs and results of `TermsOfRows`, one pair for all products of one form."""

    def __init__(self) -> None:
        self._made: dict[Any, tuple[torch.Tensor, torch.Tensor]] = {}

    def of(self, rows: list[LowRankTerms], like: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """(rows, in), and (rows, width) that is zero where no row's terms write."""
        width = rows[0].width
        written = tuple(tuple((term.outputs.start, term.outputs.stop) for term in row.terms) for row in rows)
        form = (len(like), width, written)
        if form not in self._made:
            self._made[form] = (like.new_empty(len(rows), len(like)), like.new_zeros(len(rows), width))
        return self._made[form]
