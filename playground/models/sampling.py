"""One row's choice of its next token: transformers' own processors and warpers, a generator of its own."""

import math

import torch
from transformers import (
    LogitsProcessorList,
    MinPLogitsWarper,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

from playground.errors import InputError
from playground.models.events import Sampling

_RANGES: tuple[tuple[str, float, float, str], ...] = (
    ("temperature", 0.0, 100.0, "0 (greedy) to 100"),
    ("top_p", 1e-6, 1.0, "above 0, at most 1"),
    ("top_k", 0, math.inf, "0 (keep all) or more"),
    ("min_p", 0.0, 1.0, "0 to 1"),
    ("repetition_penalty", 1e-6, 100.0, "above 0 (1 changes nothing)"),
    ("max_tokens", 1, math.inf, "1 or more"),
    ("alternatives", 0, 20, "0 to 20"),
)


def check_sampling(sampling: Sampling) -> None:
    """Raises InputError for a parameter out of range, naming it, its value and the range."""
    for name, low, high, allowed in _RANGES:
        value = getattr(sampling, name)
        if not low <= value <= high:  # also false for NaN
            raise InputError(f"{name} is {value}: it must be {allowed}.")
    if any(not stop for stop in sampling.stop):
        raise InputError("A stop sequence is empty: remove it, or write the text to stop at.")


class RowSampler:
    """Draws one row's tokens from its logits, as ``generate()`` does for a batch of one.

    The processors run in the order of transformers' ``generate()``: repetition penalty, temperature, top-k, top-p,
    min-p. The seed gives the same draws as ``torch.manual_seed(seed)`` before ``generate()`` on the CPU.
    """

    def __init__(self, sampling: Sampling) -> None:
        self.greedy = sampling.temperature == 0.0
        self.generator = torch.Generator().manual_seed(sampling.seed % 2**63)
        self.processors = _processors(sampling, self.greedy)

    def choose(self, tokens: list[int], logits: torch.Tensor) -> int:
        """The next token after `tokens` (prompt and reply) from `logits`, float32 of shape (1, vocab)."""
        if self.processors:
            logits = self.processors(torch.tensor([tokens]), logits)
        if self.greedy:
            return int(torch.argmax(logits, dim=-1))
        probabilities = torch.softmax(logits, dim=-1)
        return int(torch.multinomial(probabilities, num_samples=1, generator=self.generator))


def _processors(sampling: Sampling, greedy: bool) -> LogitsProcessorList:
    processors = LogitsProcessorList()
    if sampling.repetition_penalty != 1.0:
        processors.append(RepetitionPenaltyLogitsProcessor(sampling.repetition_penalty))
    if greedy:
        return processors
    if sampling.temperature != 1.0:
        processors.append(TemperatureLogitsWarper(float(sampling.temperature)))
    if sampling.top_k:
        processors.append(TopKLogitsWarper(sampling.top_k))
    if sampling.top_p < 1.0:
        processors.append(TopPLogitsWarper(sampling.top_p))
    if sampling.min_p > 0.0:
        processors.append(MinPLogitsWarper(sampling.min_p))
    return processors
