"""The loss of packed rows, with logits at answer places only: the head is most of a small model's cost."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from playground.training.packing import attention_mask

ROWS_AT_ONCE = 8
"""Of logits: 1.5 MB in float32 over 49k tokens, which a core's second-level cache holds."""


NEGLIGIBLE = 1e-4
"""A token's gradients at or below this share of the largest one are passed over on the way back through the head."""


class AnswerLoss(nn.Module):
    """A causal language model that returns the summed cross-entropy, in nats, of the places that bear loss.

    A hook in front of the model's head keeps the answer places and drops the rest, so that scaling or soft-capping that
    a model applies behind its head still happens.
    """

    def __init__(self, model: nn.Module, dtype: torch.dtype, compile_loss: bool = False) -> None:
        """`model` is any transformers causal model, adapted by peft or not; `dtype` is that of its hidden states."""
        super().__init__()
        self.model = model
        self.dtype = dtype
        self.places: Tensor | None = None
        self.cross_entropy = torch.compile(summed_cross_entropy, dynamic=True) if compile_loss else summed_cross_entropy
        head: nn.Module = base_model(model).get_output_embeddings()
        head.register_forward_pre_hook(self.keep_answer_places)
        if type(head) is nn.Linear and not head.weight.requires_grad:
            head.__class__ = FrozenHead  # in place: its name, its hooks and a weight shared with the embeddings stay

    def keep_answer_places(self, head: nn.Module, inputs: tuple[Any, ...]) -> tuple[Any, ...]:
        """(R, T, width) hidden states -> (1, K, width); untouched outside `forward`, as in generation."""
        if self.places is None:
            return inputs
        hidden = inputs[0]
        return (hidden.reshape(-1, hidden.shape[-1])[self.places][None], *inputs[1:])

    def forward(
        self, input_ids: Tensor, position_ids: Tensor, segments: Tensor, answer_places: Tensor, targets: Tensor
    ) -> Tensor:
        """The fields of a PackedBatch -> () float32."""
        self.places = answer_places
        try:
            logits = self.model(
                input_ids=input_ids,
                attention_mask=attention_mask(segments, self.dtype),
                position_ids=position_ids,
                use_cache=False,
            ).logits
        finally:
            self.places = None
        logits = logits.flatten(0, 1)  # a view: the gradient of [0] is a copy
        loss: Tensor = (PartwiseCrossEntropy.apply if logits.is_cpu else self.cross_entropy)(logits, targets)
        return loss


def summed_cross_entropy(logits: Tensor, targets: Tensor) -> Tensor:
    """(K, vocabulary) logits of any precision, (K,) targets -> () float32."""
    return functional.cross_entropy(logits.float(), targets, reduction="sum")


class PartwiseCrossEntropy(torch.autograd.Function):
    """`summed_cross_entropy` a few rows at a time, loss and gradient at once: on a CPU they then stay in its cache.

    The gradient is the softmax less 1 at the target; the whole matrix is never held in float32.
    """

    @staticmethod
    def forward(context: Any, logits: Tensor, targets: Tensor) -> Tensor:
        """(K, vocabulary) logits of any precision, (K,) targets -> () float32."""
        gradients = torch.empty_like(logits)
        loss = torch.zeros((), device=logits.device)
        parts = (whole.split(ROWS_AT_ONCE) for whole in (logits, targets[:, None], gradients))
        for part, target, gradient in zip(*parts, strict=True):
            values = part.to(torch.float32, copy=True)
            values -= values.amax(dim=-1, keepdim=True)
            wanted = values.gather(-1, target)
            total = values.exp_().sum(dim=-1, keepdim=True)
            loss += (total.log() - wanted).sum()
            if context.needs_input_grad[0]:
                values /= total
                gradient.copy_(values.scatter_add_(-1, target, torch.full_like(wanted, -1.0)))
        context.save_for_backward(gradients)
        return loss

    @staticmethod
    def backward(context: Any, *outer: Tensor) -> tuple[Tensor | None, ...]:
        """() gradient of the loss -> (K, vocabulary) of the logits."""
        (gradients,) = context.saved_tensors
        return gradients.mul_(outer[0]), None  # in place: a second backward raises RuntimeError


class FrozenHead(nn.Linear):
    """A model's frozen head, which passes gradients back from the tokens that have any to speak of."""

    def forward(self, input: Tensor) -> Tensor:
        """(…, K, width) hidden states -> (…, K, vocabulary) logits in the weight's precision."""
        if not (input.is_cpu and torch.is_grad_enabled()):
            return functional.linear(input, self.weight, self.bias)
        logits: Tensor = FrozenHeadProduct.apply(input.to(self.weight.dtype), self.weight)
        return logits if self.bias is None else logits + self.bias


class FrozenHeadProduct(torch.autograd.Function):
    """inputs @ weight.T; back, without the tokens of the vocabulary that are NEGLIGIBLE at every place.

    The gradient of a logit is a probability (less 1 at the target), and most tokens are probable nowhere.
    """

    @staticmethod
    def forward(context: Any, inputs: Tensor, weight: Tensor) -> Tensor:
        """(…, K, width), (vocabulary, width) -> (…, K, vocabulary)."""
        context.save_for_backward(weight)
        return functional.linear(inputs, weight)

    @staticmethod
    def backward(context: Any, *outer: Tensor) -> tuple[Tensor | None, ...]:
        """(…, K, vocabulary) gradients of the logits -> (…, K, width) of the hidden states."""
        (weight,) = context.saved_tensors
        gradients = outer[0].flatten(0, -2)
        largest = torch.stack([part.abs().amax(dim=0) for part in gradients.split(ROWS_AT_ONCE)]).amax(dim=0)
        tokens = (largest > NEGLIGIBLE * largest.max()).nonzero().flatten()
        product = gradients.index_select(1, tokens) @ weight.index_select(0, tokens)
        return product.view(*outer[0].shape[:-1], -1), None


def base_model(model: nn.Module) -> Any:
    """The transformers model inside a peft model, or the model itself."""
    unwrap = getattr(model, "get_base_model", None)
    return unwrap() if unwrap else model
