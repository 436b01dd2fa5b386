"""A lean decoding step for models built as Llama is (Llama, SmolLM2, Qwen2): many rows, each with its own adapter.

A row's result is, bit for bit, what transformers' and PEFT's forward give for that row alone in a batch of one (small
models on a CPU; see `RowwiseLinear` for the rest), so a row never depends on its neighbours. What is shared is the
pass over the base's weights: attention, with a cache per row, and adapters are done row by row. What makes it lean:
no module calls, q/k/v and gate/up as one product each, caches written in place.
"""

import weakref
from typing import Any

import torch
from torch.nn import functional as F
from transformers import PreTrainedModel

from playground.models.lora import LowRankTerms
from playground.models.rows import Row
from playground.models.rowwise_linear import RowwiseLinear

_MODEL_TYPES = frozenset({"llama", "qwen2"})
_SMALL_PARAMETERS = 1_000_000_000
"""Below this, memory is spent for speed and each row gets the bits of a batch of one."""


class RowCache:
    """One row's keys and values; the first `length` places are filled."""

    def __init__(self, layers: list[Any], room: int) -> None:
        """From the layers of transformers' cache (keys and values of shape (1, heads, length, head size)), with
        `room` more places."""
        _, heads, self.length, size = layers[0].keys.shape
        self.layers = [layer.keys.new_empty(2, 1, heads, self.length + room, size) for layer in layers]
        for own, layer in zip(self.layers, layers, strict=True):
            own[0, :, :, : self.length] = layer.keys
            own[1, :, :, : self.length] = layer.values


class LlamaDecoder:
    """Steps all rows of one base together."""

    @staticmethod
    def fits(model: PreTrainedModel) -> bool:
        """Whether `model` is built as this decoder expects."""
        config = model.config
        return config.model_type in _MODEL_TYPES and not getattr(config, "use_sliding_window", False)

    def __init__(self, model: PreTrainedModel) -> None:
        config = model.config
        exact = model.num_parameters() < _SMALL_PARAMETERS
        self.device = model.device
        self.embedding, self.rotation, self.norm = model.model.embed_tokens, model.model.rotary_emb, model.model.norm
        heads, key_heads = config.num_attention_heads, config.num_key_value_heads
        self.attention = _Attention(heads, key_heads, getattr(config, "head_dim", None) or config.hidden_size // heads)
        self.layers = [_Layer(layer, exact=exact) for layer in model.model.layers]
        self.head = RowwiseLinear([model.lm_head], exact=exact)
        self._adapters: weakref.WeakKeyDictionary[Any, list[_LayerTerms]] = weakref.WeakKeyDictionary()

    def admit(self, row: Row) -> None:
        """Move the prompt's cache into one that is written in place; find the adapter's matrices."""
        terms = self._terms(row.adapter) if row.adapter is not None else None
        row.cache = (RowCache(row.cache.layers, row.limit), terms)

    def _terms(self, adapter: Any) -> "list[_LayerTerms]":
        if adapter not in self._adapters:
            self._adapters[adapter] = [_LayerTerms(layer) for layer in adapter.get_base_model().model.layers]
        return self._adapters[adapter]

    @torch.inference_mode()
    def step(self, rows: list[Row]) -> list[torch.Tensor]:
        """Each row reads its last token; logits of shape (1, vocab) per row."""
        caches: list[RowCache] = [row.cache[0] for row in rows]
        adapted = [(index, row.cache[1]) for index, row in enumerate(rows) if row.cache[1] is not None]
        hidden = self.embedding(torch.tensor([row.last for row in rows], device=self.device))
        rotation = self._rotation(hidden, [row.position for row in rows])
        for index, layer in enumerate(self.layers):
            added = [(at, terms[index]) for at, terms in adapted]
            hidden = hidden + self._attend(index, layer, _rms_norm(layer.input_norm, hidden), caches, rotation, added)
            hidden = hidden + _feed_forward(layer, _rms_norm(layer.output_norm, hidden), added)
        for cache in caches:
            cache.length += 1
        return list(self.head(_rms_norm(self.norm, hidden)).split(1))

    def _rotation(self, hidden: torch.Tensor, positions: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """Cosines and signed sines, (rows, 1, head size): ``x cos + roll(x) sin`` is rotary embedding."""
        cos, sin = self.rotation(hidden, torch.tensor([positions], device=self.device))
        sin = sin.clone()
        sin[..., : sin.shape[-1] // 2].neg_()
        return cos[0, :, None], sin[0, :, None]

    def _attend(
        self,
        index: int,
        layer: "_Layer",
        hidden: torch.Tensor,
        caches: list[RowCache],
        rotation: tuple[torch.Tensor, torch.Tensor],
        added: "list[tuple[int, _LayerTerms]]",
    ) -> torch.Tensor:
        fused = layer.qkv(hidden)
        for at, terms in added:
            terms.qkv.add(hidden[at : at + 1], fused[at : at + 1])
        mixed = self.attention(fused, [(cache.layers[index], cache.length) for cache in caches], rotation)
        result = layer.out(mixed)
        for at, terms in added:
            terms.out.add(mixed[at : at + 1], result[at : at + 1])
        return result


class _Attention:
    """One token per row attends to that row's cache."""

    def __init__(self, heads: int, key_heads: int, head_size: int) -> None:
        self.heads, self.key_heads, self.head_size = heads, key_heads, head_size
        self.turned = heads + key_heads

    def __call__(
        self,
        fused: torch.Tensor,
        caches: list[tuple[torch.Tensor, int]],
        rotation: tuple[torch.Tensor, torch.Tensor],
    ) -> torch.Tensor:
        """`fused` is (rows, q k v); each cache gains its row's key and value. Gives (rows, heads * size)."""
        fused = fused.view(len(caches), self.turned + self.key_heads, self.head_size)
        cos, sin = rotation
        turning = fused[:, : self.turned]
        torch.add(turning * cos, turning.roll(self.head_size // 2, -1) * sin, out=turning)
        return torch.cat([self._row(row, *cache) for row, cache in zip(fused, caches, strict=True)])

    def _row(self, row: torch.Tensor, cache: torch.Tensor, length: int) -> torch.Tensor:
        """(heads + 2 key heads, size) -> (1, heads * size)."""
        cache.select(3, length).copy_(row[self.heads :].view(2, 1, self.key_heads, self.head_size))
        filled = cache.narrow(3, 0, length + 1)
        # Sharing heads could be queries of one call, four times as fast, but three queries round otherwise than one.
        query = row[: self.heads].view(1, self.heads, 1, self.head_size)
        shared = self.heads != self.key_heads
        return F.scaled_dot_product_attention(query, filled[0], filled[1], enable_gqa=shared).view(1, -1)


def _feed_forward(layer: "_Layer", hidden: torch.Tensor, added: "list[tuple[int, _LayerTerms]]") -> torch.Tensor:
    fused = layer.gate_up(hidden)
    for at, terms in added:
        terms.gate_up.add(hidden[at : at + 1], fused[at : at + 1])
    gate, up = fused.chunk(2, dim=-1)
    inner = layer.activation(gate) * up
    result = layer.down(inner)
    for at, terms in added:
        terms.down.add(inner[at : at + 1], result[at : at + 1])
    return result


def _rms_norm(module: Any, hidden: torch.Tensor) -> torch.Tensor:
    """As LlamaRMSNorm rounds: the normed value to the hidden type, and then the weight."""
    wide = F.rms_norm(hidden.float(), hidden.shape[-1:], None, module.variance_epsilon)
    normed: torch.Tensor = module.weight * wide.to(hidden.dtype)
    return normed


class _Layer:
    """One decoder layer's weights in the form in which they are used."""

    def __init__(self, layer: Any, *, exact: bool) -> None:
        attention, mlp = layer.self_attn, layer.mlp
        self.input_norm, self.output_norm = layer.input_layernorm, layer.post_attention_layernorm
        self.qkv = RowwiseLinear([attention.q_proj, attention.k_proj, attention.v_proj], exact=exact)
        self.out = RowwiseLinear([attention.o_proj], exact=exact)
        self.gate_up = RowwiseLinear([mlp.gate_proj, mlp.up_proj], exact=exact)
        self.down = RowwiseLinear([mlp.down_proj], exact=exact)
        self.activation = mlp.act_fn


class _LayerTerms:
    """What one adapter adds to one layer."""

    def __init__(self, layer: Any) -> None:
        attention, mlp = layer.self_attn, layer.mlp
        self.qkv = LowRankTerms([attention.q_proj, attention.k_proj, attention.v_proj])
        self.out = LowRankTerms([attention.o_proj])
        self.gate_up = LowRankTerms([mlp.gate_proj, mlp.up_proj])
        self.down = LowRankTerms([mlp.down_proj])
