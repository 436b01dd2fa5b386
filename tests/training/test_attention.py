"""Attention in blocks gives what transformers' own gives: losses, gradients and written texts."""

from typing import Any

import pytest
import torch
from torch import Tensor, nn
from transformers.models.llama.modeling_llama import eager_attention_forward

from playground.training.adaptation import load_base
from playground.training.attention import PACKED, packed_attention
from playground.training.packing import attention_mask
from playground.training.recipe import TrainingRecipe

SEGMENTS = torch.tensor([[0] * 11 + [1] * 9 + [2] * 17, [0] * 30 + [-1] * 7])
"""Two rows of 37 places, which no number of blocks divides."""


class Layer(nn.Module):
    num_key_value_groups = 3


def attended(attention: Any, keys: int) -> list[Tensor]:
    """The sums and the gradients of queries, keys and values."""
    torch.manual_seed(0)
    tokens = SEGMENTS.shape[1]
    inputs = [torch.randn(2, heads, size, 8, requires_grad=True) for heads, size in ((6, tokens), (2, keys), (2, keys))]
    mask = torch.cat([torch.zeros(2, 1, tokens, keys - tokens), attention_mask(SEGMENTS, torch.float32)], dim=3)
    sums = attention(Layer(), *inputs, mask, scaling=0.3)[0]
    sums.backward(torch.randn(sums.shape))
    return [sums, *(tensor.grad for tensor in inputs)]


@pytest.mark.parametrize("earlier", [0, 5], ids=["a row", "behind a cache"])
def test_sums_and_gradients_are_those_of_transformers(earlier: int) -> None:
    keys = SEGMENTS.shape[1] + earlier
    for ours, theirs in zip(attended(packed_attention, keys), attended(eager_attention_forward, keys), strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-5)


def test_a_model_writes_the_same_text(tiny_recipe: TrainingRecipe) -> None:
    model, tokenizer = load_base(tiny_recipe.base, "fp32")
    assert model.config._attn_implementation == PACKED
    batch = tokenizer(["add two numbers", "x"], padding=True, padding_side="left", return_tensors="pt")
    options = {"max_new_tokens": 24, "do_sample": False, "use_cache": True, "pad_token_id": tokenizer.pad_token_id}
    written = model.generate(**batch, **options)
    model.set_attn_implementation("eager")
    assert torch.equal(written, model.generate(**batch, **options))
