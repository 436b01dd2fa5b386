"""A lean decoding step for models built as Llama is (Llama, SmolLM2, Qwen2): many rows, each with its own adapter.

A row's result is, bit for bit, what transformers' and PEFT's forward give for that row alone in a batch of one (small
models on a CPU; see `RowwiseLinear` for the rest), so a row never depends on its neighbours. What is shared is the
pass over the base's weights: attention, with a cache per row, and adapters are done row by row. What makes it lean:
no module calls, q/k/v and gate/up as one product each, caches written in place, views cut once.
"""

import weakref
from collections.abc import Sequence
from typing import Any

import torch
from torch.nn import functional as F
from transformers import PreTrainedModel

from playground.models.lora import Buffers, LowRankTerms, TermsOfRows
from playground.models.rows import Row
from playground.models.rowwise_linear import RowwiseLinear

_MODEL_TYPES = frozenset({"llama", "qwen2"})
_SMALL_PARAMETERS = 1_000_000_000
"""Below this, memory is spent for speed and each row gets the bits of a batch of one."""
_FASTEST_ROWS = 4
"""oneDNN's products with packed weights take less time for so many rows than for fewer, so fewer are filled up."""

Place = tuple[torch.Tensor, torch.Tensor, torch.Tensor]
"""In one layer of one row's cache: where the next key and value go, (2, 1, heads, size), and all keys and all values
with that place, (1, heads, length + 1, size) each."""


class RowCache:
    """One row's keys and values; the first `length` places are filled."""

    def __init__(self, layers: list[Any], room: int) -> None:
        """From the layers of transformers' cache (keys and values of shape (1, heads, length, head size)), with
        `room` more places."""
        _, heads, self.length, size = layers[0].keys.shape
        self.layers = layers[0].keys.new_empty(len(layers), 2, 1, heads, self.length + room, size)
        for own, layer in zip(self.layers, layers, strict=True):
            own[0, :, :, : self.length] = layer.keys
            own[1, :, :, : self.length] = layer.values

    def next_places(self) -> list[Place]:
        """Of every layer."""
        new = self.layers.select(4, self.length).unbind(0)
        filled = self.layers.narrow(4, 0, self.length + 1).flatten(0, 1).unbind(0)
        return list(zip(new, filled[::2], filled[1::2], strict=True))


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
        self.least_rows = 1 if self.head.packed is None else _FASTEST_ROWS
        self._adapters: weakref.WeakKeyDictionary[Any, list[_LayerTerms]] = weakref.WeakKeyDictionary()
        self._added = _Added([], len(self.layers))

    def admit(self, row: Row) -> None:
        """Move the prompt's cache into one that is written in place; find the adapter's matrices."""
        terms = self._terms(row.adapter) if row.adapter is not None else None
        row.cache = (RowCache(row.cache.layers, row.limit), terms)

    def _terms(self, adapter: Any) -> "list[_LayerTerms]":
        if adapter not in self._adapters:
            self._adapters[adapter] = [_LayerTerms(layer) for layer in adapter.get_base_model().model.layers]
        return self._adapters[adapter]

    def step(self, rows: list[Row]) -> list[torch.Tensor]:
        """Each row reads its last token; logits of shape (1, vocab) per row."""
        ordered = sorted(rows, key=lambda row: row.cache[1] is not None)
        logits = dict(zip(map(id, ordered), self._step(ordered), strict=True))
        return [logits[id(row)] for row in rows]

    @torch.inference_mode()
    def _step(self, rows: list[Row]) -> list[torch.Tensor]:
        """`step` for rows of which those with an adapter are the last; `hidden` may have rows that nobody reads."""
        count = len(rows)
        added = self._added_to([row.cache[1] for row in rows if row.cache[1] is not None])
        tokens = [row.last for row in rows] + [0] * (self.least_rows - count)
        hidden = self.embedding(torch.tensor(tokens, device=self.device))
        rotation = self._rotation(hidden, [row.position for row in rows])
        places = zip(*(row.cache[0].next_places() for row in rows), strict=True)
        for layer, terms, layer_places in zip(self.layers, added.layers, places, strict=True):
            hidden = hidden + self._attend(layer, _rms_norm(layer.input_norm, hidden), layer_places, rotation, terms)
            hidden[:count] += _feed_forward(layer, _rms_norm(layer.output_norm, hidden), count, terms)
        logits = self.head(_rms_norm(self.norm, hidden))[:count]
        for row in rows:
            row.cache[0].length += 1
        return list(logits.split(1))

    def _added_to(self, adapters: "list[list[_LayerTerms]]") -> "_Added":
        """What is added to the rows that have these adapters; made again only where they are others than before."""
        if list(map(id, adapters)) != list(map(id, self._added.adapters)):
            self._added = _Added(adapters, len(self.layers))
        return self._added

    def _rotation(self, hidden: torch.Tensor, positions: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """Cosines and signed sines, (rows, 1, head size): ``x cos + roll(x) sin`` is rotary embedding."""
        cos, sin = self.rotation(hidden, torch.tensor([positions], device=self.device))
        sin = sin.clone()
        sin[..., : sin.shape[-1] // 2].neg_()
        return cos[0, :, None], sin[0, :, None]

    def _attend(
        self,
        layer: "_Layer",
        hidden: torch.Tensor,
        places: Sequence[Place],
        rotation: tuple[torch.Tensor, torch.Tensor],
        added: "_LayerTermsOfRows | None",
    ) -> torch.Tensor:
        """(rows or more, hidden) -> the same shape; the rows that attend are those of `places`."""
        fused = layer.qkv(hidden)
        if added:
            added.qkv.add(hidden, fused, len(places))
        mixed = self.attention(fused, places, rotation)
        result = layer.out(mixed)
        if added:
            added.out.add(mixed, result, len(places))
        return result


class _Attention:
    """One token per row attends to that row's cache."""

    def __init__(self, heads: int, key_heads: int, head_size: int) -> None:
        self.heads, self.key_heads, self.head_size = heads, key_heads, head_size
        self.turned = heads + key_heads

    def __call__(
        self, fused: torch.Tensor, places: Sequence[Place], rotation: tuple[torch.Tensor, torch.Tensor]
    ) -> torch.Tensor:
        """`fused` is (rows or more, q k v); each of `places` gains its row's key and value. Gives as many rows of
        (heads * size), zeros in those that have no place."""
        more = fused.new_zeros(len(fused) - len(places), self.heads * self.head_size)
        fused = fused[: len(places)].view(-1, self.turned + self.key_heads, self.head_size)
        cos, sin = rotation
        turning = fused[:, : self.turned]
        torch.add(turning * cos, turning.roll(self.head_size // 2, -1) * sin, out=turning)
        return torch.cat([*(self._row(row, *place) for row, place in zip(fused, places, strict=True)), more])

    def _row(self, row: torch.Tensor, new: torch.Tensor, keys: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
        """(heads + 2 key heads, size) -> (1, heads * size)."""
        new.copy_(row[self.heads :].view(2, 1, self.key_heads, self.head_size))
        # Sharing heads could be queries of one call, four times as fast, but three queries round otherwise than one.
        query = row[: self.heads].view(1, self.heads, 1, self.head_size)
        shared = self.heads != self.key_heads
        return F.scaled_dot_product_attention(query, keys, values, enable_gqa=shared).view(1, -1)


def _feed_forward(layer: "_Layer", hidden: torch.Tensor, count: int, added: "_LayerTermsOfRows | None") -> torch.Tensor:
    """(rows or more, hidden) -> (`count` rows, hidden)."""
    fused = layer.gate_up(hidden)
    if added:
        added.gate_up.add(hidden, fused, count)
    gate, up = fused[:count].chunk(2, dim=-1)
    inner = layer.activation(gate) * up
    result = layer.down(inner)
    if added:
        added.down.add(inner, result, count)
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


class _LayerTermsOfRows:
    """What several rows' adapters add to one layer."""

    def __init__(self, rows: Sequence[_LayerTerms], buffers: Buffers) -> None:
        self.qkv = TermsOfRows([terms.qkv for terms in rows], buffers)
        self.out = TermsOfRows([terms.out for terms in rows], buffers)
        self.gate_up = TermsOfRows([terms.gate_up for terms in rows], buffers)
        self.down = TermsOfRows([terms.down for terms in rows], buffers)


class _Added:
    """What the adapters of some rows add to all layers."""

    def __init__(self, adapters: list[list[_LayerTerms]], layers: int) -> None:
        """`adapters` has the terms of all `layers`, one row's after the other's."""
        self.adapters = adapters
        buffers = Buffers()
        self.layers: list[_LayerTermsOfRows | None] = [None] * layers
        if adapters:
            self.layers = [_LayerTermsOfRows(rows, buffers) for rows in zip(*adapters, strict=True)]
