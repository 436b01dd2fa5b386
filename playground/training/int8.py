"""Products with the frozen base in 8-bit integers, forward and backward; what is trained stays in floating point.

SwitchBack (Wortsman et al. 2023, arXiv 2304.13013, section 2.2) without its third product: a frozen weight has no
gradient. Each row of the inputs, and of the gradients on the way back, is scaled by its largest magnitude; the weight
has a scale for each output in the forward product and one for each input in the backward one. Before that the inputs'
channels are evened out by what some examples show of them (SmoothQuant, Xiao et al. 2023, arXiv 2211.10438, equation 4
without the weights' part): a few channels are so large that the others would be rounded to nothing beside them.
"""

from collections.abc import Callable, Iterable
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from playground.errors import InputError
from playground.training.recipe import TrainingRecipe

LARGEST = 127.0
"""Of a signed 8-bit integer, as far as it is symmetric."""

SMALLEST = 1e-12
"""Keeps a row of zeros, such as the gradient of a place without loss, from dividing by zero."""

EVENING = 0.5
"""The share of a channel's size, in powers, that goes from the inputs to the weight (SmoothQuant's alpha)."""

RARELY_USED = 100
"""A channel that the examples leave so far below the mean is taken to be larger elsewhere."""


def should_use_int8(recipe: TrainingRecipe, precision: str, device: torch.device, sharded: bool) -> bool:
    """Raises InputError when 8-bit products are demanded and cannot be."""
    if recipe.int8 == "on" and device.type != "cpu":
        raise InputError(f'int8 = "on" is for CPUs, and this run is on {device.type}; choose "auto" or "off".')
    if recipe.int8 == "on" and sharded:
        raise InputError('int8 = "on" cannot be sharded; choose "auto" or "off", or train without FSDP.')
    if recipe.int8 == "auto":
        return precision == "bf16" and device.type == "cpu" and not sharded and int8_is_fast()
    return recipe.int8 == "on"


def int8_is_fast() -> bool:
    """Whether this CPU has instructions for 8-bit products (VNNI), twice as fast there as those of bfloat16."""
    return bool(torch.cpu._is_vnni_supported())


def use_int8_products(blocks: Iterable[nn.Module], example: Callable[[], object]) -> None:
    """Let every frozen linear layer inside `blocks` multiply in 8-bit integers while it is being trained through.

    `example` runs the model once, on what it will be trained on. In evaluation and generation the layers multiply as
    before. Copies of the weights in integers, forward and backward, take as much memory as the weights in bfloat16.
    """
    modules = [module for block in blocks for module in block.modules()]
    linears = [module for module in modules if type(module) is nn.Linear and not module.weight.requires_grad]
    for linear, evening in evenings(linears, example).items():
        register_integers(linear, evening)
        linear.__class__ = Int8Linear  # in place: names, hooks and the float weight stay


@torch.no_grad()
def evenings(linears: Iterable[nn.Linear], example: Callable[[], object]) -> dict[nn.Linear, Tensor]:
    """Layer -> (I,) by which the channels of its inputs are multiplied to be more alike, as `example` shows them.

    Layers that are given the same tensor share theirs, so that a compiler makes their integers once.
    """
    found: dict[nn.Linear, Tensor] = {}
    last: list[tuple[Tensor, Tensor]] = []

    def look(linear: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        if not last or last[0][0] is not inputs[0]:
            largest = inputs[0].float().abs().flatten(0, -2).amax(dim=0)
            evening = largest.clamp_min(largest.mean().item() / RARELY_USED + SMALLEST).pow(-EVENING)
            last[:] = [(inputs[0], evening / evening.log().mean().exp())]
        found[cast(nn.Linear, linear)] = last[0][1]

    hooks = [linear.register_forward_pre_hook(look) for linear in linears]
    try:
        example()
    finally:
        for hook in hooks:
            hook.remove()
    return found


def register_integers(linear: nn.Linear, evening: Tensor) -> None:
    """Give `linear` the integer copies of its (O, I) weight: ``by_output`` (I, O), for inputs that are multiplied by
    `evening` (I,) first, and ``by_input`` (O, I).

    They are no buffers: data-parallel training would send those with every step.
    """
    linear.evening = evening
    weight = linear.weight.detach().float()
    for name, rows in (("by_output", weight / evening), ("by_input", weight.T)):
        integers, scales = quantised_rows(rows)
        setattr(linear, name, integers.T.contiguous())
        setattr(linear, f"{name}_scales", scales.T.contiguous())


class Int8Linear(nn.Linear):
    """A frozen linear layer whose products in training are those of 8-bit integers."""

    evening: Tensor
    by_output: Tensor
    by_output_scales: Tensor
    by_input: Tensor
    by_input_scales: Tensor

    def forward(self, input: Tensor) -> Tensor:
        """(…, inputs) of any precision -> (…, outputs) in the weight's."""
        if not self.training:
            return functional.linear(input, self.weight, self.bias)
        integers = (self.evening, self.by_output, self.by_output_scales, self.by_input, self.by_input_scales)
        output: Tensor = Int8Product.apply(input.to(self.weight.dtype), *integers)
        return output if self.bias is None else output + self.bias


class Int8Product(torch.autograd.Function):
    """inputs @ weight of a frozen weight, given twice: with a scale for each output, and with one for each input."""

    @staticmethod
    def forward(
        context: Any,
        inputs: Tensor,
        evening: Tensor,
        by_output: Tensor,
        by_output_scales: Tensor,
        by_input: Tensor,
        by_input_scales: Tensor,
    ) -> Tensor:
        """(…, I) inputs, (I,) float32, then (I, O) and (O, I) int8, each with (1, O) and (1, I) float32 behind it
        -> (…, O) in the inputs' precision."""
        context.save_for_backward(by_input, by_input_scales)
        return scaled_product(inputs * evening, by_output, by_output_scales).to(inputs.dtype)

    @staticmethod
    def backward(context: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        """(…, O) gradient of the outputs -> (…, I) of the inputs."""
        by_input, by_input_scales = context.saved_tensors
        product = scaled_product(gradients[0].float(), by_input, by_input_scales)
        return product.to(gradients[0].dtype), None, None, None, None, None


def scaled_product(rows: Tensor, weight: Tensor, scales: Tensor) -> Tensor:
    """(…, K) float32 rows, (K, N) int8, (1, N) float32 -> (…, N) float32."""
    integers, row_scales = quantised_rows(rows.reshape(-1, rows.shape[-1]))
    product = torch._int_mm(integers, weight).float().mul_(row_scales).mul_(scales)
    return product.reshape(*rows.shape[:-1], -1)


def quantised_rows(rows: Tensor) -> tuple[Tensor, Tensor]:
    """(M, K) float32 -> (M, K) int8 and (M, 1) float32, whose product is nearest to the rows."""
    largest = rows.abs().amax(dim=-1, keepdim=True).clamp_min(SMALLEST)
    return (rows * (LARGEST / largest)).round_().to(torch.int8), largest / LARGEST
