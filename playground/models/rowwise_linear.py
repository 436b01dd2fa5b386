"""Matrix products whose rows do not depend on each other: what lets a batch give each row what it gets alone."""

from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

_ONE_ROW_DIFFERS_ABOVE = 1024
"""Inputs from which oneDNN sums a single row in another order than several."""


class RowwiseLinear:
    """One or several linear layers of one input as a single product.

    Measured with oneDNN 3.12 in bfloat16: a row's result does not depend on how many rows there are, with one
    exception: above 1,024 inputs a single row is summed in another order than two or more, and about 1 result in
    10,000 rounds otherwise. ``generate()`` for one prompt has a single row.

    With `exact` such layers take one row at a time, so that each row gets the bits of a batch of one; and on a CPU the
    weights are kept a second time in oneDNN's own order, which is 1.6 times as fast and gives the same bits. That is
    for small models. Without `exact` a lone row is doubled instead, which still makes rows independent of each other.
    On an accelerator neither holds: its kernels may round a row otherwise in another batch.
    """

    def __init__(self, modules: list[Any], *, exact: bool) -> None:
        """`modules` are nn.Linear layers of one input width; their weights become parts of one tensor."""
        weights = [module.weight for module in modules]
        self.weight = weights[0].data if len(weights) == 1 else _as_one(weights)
        self.bias = torch.cat([module.bias.data for module in modules]) if modules[0].bias is not None else None
        on_cpu = self.weight.device.type == "cpu"
        self.peculiar = on_cpu and self.weight.shape[1] > _ONE_ROW_DIFFERS_ABOVE
        self.exact = exact
        self.packed = _packed(self.weight) if exact and on_cpu else None

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """(rows, in) -> (rows, out)."""
        if not self.peculiar:
            return self._product(x)
        if self.exact:
            return self._product(x) if len(x) == 1 else torch.cat([self._product(row) for row in x.split(1)])
        return self._product(x.expand(2, -1))[:1] if len(x) == 1 else self._product(x)

    def _product(self, x: torch.Tensor) -> torch.Tensor:
        if self.packed is None:
            return F.linear(x, self.weight, self.bias)
        product: torch.Tensor = torch.ops.mkldnn._linear_pointwise(x, self.packed, self.bias, "none", [], "")
        return product


def _as_one(weights: list[nn.Parameter]) -> torch.Tensor:
    """The weights below each other in one tensor, of which each becomes a part: the base stays in memory once."""
    whole = torch.cat([weight.data for weight in weights])
    start = 0
    for weight in weights:
        weight.data = whole[start : start + len(weight)]
        start += len(weight)
    return whole


def _packed(weight: torch.Tensor) -> torch.Tensor | None:
    """`weight` in the order that oneDNN's kernel reads; None where this machine cannot."""
    if weight.dtype != torch.bfloat16 or not torch.backends.mkldnn.is_available():
        return None
    if not torch.ops.mkldnn._is_mkldnn_bf16_supported():
        return None
    packed: torch.Tensor = torch.ops.mkldnn._reorder_linear_weight(weight, 1)
    return packed
