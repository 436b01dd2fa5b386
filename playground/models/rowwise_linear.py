"""Matrix products whose rows do not depend on each other: what lets a batch give each row what it gets alone."""

from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

_ONE_ROW_DIFFERS_ABOVE = 1024
"""Inputs from which oneDNN sums a single row in another order than several."""
_ONE_ROWS_BLOCK, _SEVERAL_ROWS_BLOCK = 512, 1024
"""Inputs that oneDNN sums by themselves, before it adds the blocks' sums: of a single row, and of several."""
_SPREAD_FROM_ROWS = 4
"""From so many rows on, one product over spread weights costs less than a product per row."""
_CHECKED_ROWS = 64
"""1 result in 5,000 rounds otherwise when the order is another: among 64 rows of 576 results some surely do."""


class RowwiseLinear:
    """One or several linear layers of one input as a single product.

    Measured with oneDNN 3.12 in bfloat16: a row's result does not depend on how many rows there are, with one
    exception: above 1,024 inputs a single row is summed in another order than two or more, and about 1 result in
    10,000 rounds otherwise. ``generate()`` for one prompt has a single row.

    With `exact` each row of such layers gets the bits of a batch of one: up to three rows take a product each, more
    take one over weights spread with zeros (`_spread`), where this machine's results prove the same. And on a CPU the
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
        self.spread = self._checked_spread() if self.peculiar and self.packed is not None else None

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """(rows, in) -> (rows, out)."""
        if not self.peculiar:
            return self._product(x)
        if self.exact:
            return self._each_as_alone(x)
        return self._product(x.expand(2, -1))[:1] if len(x) == 1 else self._product(x)

    def _each_as_alone(self, x: torch.Tensor) -> torch.Tensor:
        if len(x) == 1:
            return self._product(x)
        if self.spread is None or len(x) < _SPREAD_FROM_ROWS:
            return torch.cat([self._product(row) for row in x.split(1)])
        return self._spread_product(x, self.spread)

    def _spread_product(self, x: torch.Tensor, spread: torch.Tensor) -> torch.Tensor:
        product: torch.Tensor = torch.ops.mkldnn._linear_pointwise(_spread(x), spread, self.bias, "none", [], "")
        return product

    def _checked_spread(self) -> torch.Tensor | None:
        """The spread weights, packed; None where their results are not those of single rows on this machine."""
        shape = tuple(self.weight.shape)
        if _proven.get(shape) is False:
            return None
        spread = _packed(_spread(self.weight))
        if spread is not None and shape not in _proven:
            rows = torch.randn(_CHECKED_ROWS, shape[1], generator=torch.Generator().manual_seed(0))
            rows = rows.to(self.weight.dtype)
            alone = torch.cat([self._product(row) for row in rows.split(1)])
            _proven[shape] = torch.equal(alone, self._spread_product(rows, spread))
        return spread if _proven.get(shape) else None

    def _product(self, x: torch.Tensor) -> torch.Tensor:
        if self.packed is None:
            return F.linear(x, self.weight, self.bias)
        product: torch.Tensor = torch.ops.mkldnn._linear_pointwise(x, self.packed, self.bias, "none", [], "")
        return product


_proven: dict[tuple[int, ...], bool] = {}
"""Shape of the weights -> whether spreading them gives the bits of single rows here."""


def _spread(x: torch.Tensor) -> torch.Tensor:
    """(rows, in) -> (rows, more): blocks of 512 inputs, zeros behind each but the last, so that blocks of 1,024 hold
    one each. Adding products with zero changes no sum, so several rows are then summed as a single one is: first each
    block of 512 by itself, then their sums in order."""
    blocks = x.split(_ONE_ROWS_BLOCK, dim=1)
    zeros = x.new_zeros(len(x), _SEVERAL_ROWS_BLOCK - _ONE_ROWS_BLOCK)
    parts = [part for block in blocks[:-1] for part in (block, zeros)]
    return torch.cat([*parts, blocks[-1]], dim=1)


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
