"""Attention over packed rows in plain matrix products, without most of those that the causal mask throws away.

Queries are taken in blocks, each over the keys up to its own end, and heads that share keys are one product. It gives
what transformers' ``eager`` attention gives, whose products beat the fused kernel's backward pass on a CPU.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AttentionInterface
from transformers.masking_utils import AttentionMaskInterface, eager_mask

PACKED = "packed"
"""Its name as transformers' ``attn_implementation``."""

PLAIN = frozenset({"llama", "mistral", "qwen2", "qwen3", "smollm3", "starcoder2"})
"""Types of models whose attention is the softmax of scaled, masked scores and nothing else: no soft cap, no sinks."""

BLOCKS = 2
"""Of a row's queries: n of them leave (n + 1) / 2n of the products. More gain nothing: the products get small."""


def packed_attention(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor,
    scaling: float,
    dropout: float = 0.0,
    **_: Any,
) -> tuple[Tensor, None]:
    """R rows of T tokens, the last of K keys; H heads, S of them with keys of their own, of width D.

    (R, H, T, D) queries, (R, S, K, D) keys and values, (R, 1, T, K) additive causal mask -> (R, T, H, D), None.
    """
    rows, heads, tokens, width = query.shape
    earlier, sharing = key.shape[2] - tokens, heads // key.shape[1]
    queries = (query * scaling).view(rows, -1, sharing, tokens, width)
    block = -(-tokens // BLOCKS)
    parts = []
    for start in range(0, tokens, block):
        end = min(start + block, tokens)
        seen = earlier + end
        several = queries[:, :, :, start:end].reshape(rows, -1, sharing * (end - start), width)
        scores = (several @ key[:, :, :seen].mT).view(rows, -1, sharing, end - start, seen)
        scores = scores + attention_mask[:, :, None, start:end, :seen]
        weights = functional.softmax(scores, dim=-1, dtype=torch.float32).to(query.dtype)
        weights = functional.dropout(weights, p=dropout, training=module.training)
        sums = weights.view(rows, -1, sharing * (end - start), seen) @ value[:, :, :seen]
        parts.append(sums.view(rows, heads, end - start, width))
    return torch.cat(parts, dim=2).transpose(1, 2).contiguous(), None


AttentionInterface.register(PACKED, packed_attention)
AttentionMaskInterface.register(PACKED, eager_mask)
