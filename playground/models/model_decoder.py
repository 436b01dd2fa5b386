"""Decoding through transformers' and PEFT's own forward, row by row: for any architecture and adapter."""

import copy
from collections import OrderedDict
from typing import Any

import torch

from playground.models.rows import Row


class PromptReader:
    """Reads prompts; the last few are remembered, so that many samples of one prompt read it once."""

    def __init__(self, most: int = 4) -> None:
        """`most` prompts are remembered, each with its keys and values."""
        self.most = most
        self._read: OrderedDict[tuple[int, tuple[int, ...]], tuple[Any, Any, torch.Tensor]] = OrderedDict()

    def read(self, row: Row) -> torch.Tensor:
        """Leaves a copy of the cache in ``row.cache``, for decoding to write to. Logits of shape (1, vocab)."""
        model = row.adapter or row.base.model
        key = (id(model), tuple(row.prompt))
        if key not in self._read:
            cache, logits = _prefill(model, row.prompt, row.base.model.device)
            self._read[key] = (model, cache, logits)  # the model too: its id must stay its own
            if len(self._read) > self.most:
                self._read.popitem(last=False)
        self._read.move_to_end(key)
        _, cache, logits = self._read[key]
        row.cache = copy.deepcopy(cache)
        return logits


@torch.inference_mode()
def _prefill(model: Any, prompt: list[int], device: torch.device) -> tuple[Any, torch.Tensor]:
    out = model(input_ids=torch.tensor([prompt], device=device), use_cache=True, logits_to_keep=1)
    return out.past_key_values, out.logits[:, -1]


class ModelDecoder:
    """Steps each row by itself. The price is one pass over the weights per row."""

    def admit(self, row: Row) -> None:
        """The row's cache is already as this decoder wants it."""

    @torch.inference_mode()
    def step(self, rows: list[Row]) -> list[torch.Tensor]:
        """Each row reads its last token; logits of shape (1, vocab) per row."""
        return [self._step(row) for row in rows]

    def _step(self, row: Row) -> torch.Tensor:
        model = row.adapter or row.base.model
        ids = torch.tensor([[row.last]], device=row.base.model.device)
        out = model(input_ids=ids, past_key_values=row.cache, use_cache=True)
        return out.logits[:, -1]
