"""Examples packed into rows of one fixed length, each attending to itself alone."""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from playground.training.encoding import EncodedExample
from playground.training.recipe import LONGEST_CHOSEN_ROW

Row = tuple[int, ...]
"""Indexes of the examples that share a row."""

OPEN_ROWS = 64
"""Rows kept open for a fitting example: more fill better and mix less."""

ROW_MULTIPLE = 32
SAMPLED_LENGTHS = 2000

ATTENTION_TOKENS = 2000
"""A decoder block of width w takes about 48 w^2 operations a token in its linear layers, forward and backward through
frozen weights, and 14 w T in attention over rows of T tokens: as much at T = 3.4 w, here for the embedded
model's 576."""

PADDING = -1
"""The segment number of padding; padding attends to padding, which keeps the softmax finite."""


@dataclass(frozen=True, kw_only=True)
class PackedBatch:
    """Rows as tensors. R rows of T tokens; K places whose next token bears loss."""

    input_ids: Tensor
    """(R, T) int64"""
    position_ids: Tensor
    """(R, T) int64, from 0 in each example"""
    segments: Tensor
    """(R, T) int64, the example's number in its row; PADDING where nothing stands"""
    answer_places: Tensor
    """(K,) int64, indexes into the flattened (R * T) places"""
    targets: Tensor
    """(K,) int64, the token that follows each of these places"""

    def to(self, device: torch.device) -> "PackedBatch":
        return PackedBatch(**{name: tensor.to(device) for name, tensor in vars(self).items()})


def attention_mask(segments: Tensor, dtype: torch.dtype) -> Tensor:
    """(R, T) segment numbers -> (R, 1, T, T) additive mask: a place sees earlier places of its own example."""
    length = segments.shape[1]
    same = segments[:, None, :, None] == segments[:, None, None, :]
    causal = torch.ones(length, length, dtype=torch.bool, device=segments.device).tril()
    hidden = torch.full((), torch.finfo(dtype).min, dtype=dtype, device=segments.device)
    return torch.where(same & causal, torch.zeros_like(hidden), hidden)


def pack_rows(lengths: Sequence[int], order: Sequence[int], row_tokens: int) -> list[Row]:
    """Best fit: each example of `order` goes to the open row it leaves least room in. None may exceed `row_tokens`."""
    closed: list[list[int]] = []
    open_rows: list[tuple[int, list[int]]] = []  # (room left, examples), least room first
    for example in order:
        fitting = next((place for place, (room, _) in enumerate(open_rows) if room >= lengths[example]), None)
        room, row = open_rows.pop(fitting) if fitting is not None else (row_tokens, [])
        open_rows.append((room - lengths[example], [*row, example]))
        open_rows.sort(key=lambda entry: entry[0])
        if len(open_rows) > OPEN_ROWS:
            closed.append(open_rows.pop(0)[1])
    return [tuple(row) for row in [*closed, *(row for _, row in open_rows)]]


def choose_row_tokens(lengths: Sequence[int]) -> int:
    """The row length, a multiple of ROW_MULTIPLE, at which examples of these lengths cost least.

    A place costs the same in every linear layer and, in attention, in proportion to the row: about as much again at
    ATTENTION_TOKENS. Rows hold the longest example, if it has at most LONGEST_CHOSEN_ROW tokens.
    """
    fitting = [length for length in lengths if length <= LONGEST_CHOSEN_ROW][:SAMPLED_LENGTHS]
    longest = max((length for length in lengths if length <= LONGEST_CHOSEN_ROW), default=LONGEST_CHOSEN_ROW)
    shortest = -(-longest // ROW_MULTIPLE) * ROW_MULTIPLE

    def cost(row_tokens: int) -> float:
        rows = len(pack_rows(fitting, range(len(fitting)), row_tokens))
        return rows * row_tokens * (1 + row_tokens / ATTENTION_TOKENS)

    return min(range(shortest, LONGEST_CHOSEN_ROW + 1, ROW_MULTIPLE), key=cost)


def step_rows(lengths: Sequence[int], row_tokens: int, rows_per_step: int, seed: int) -> Iterator[list[Row]]:
    """The rows of step 1, 2, … without end: every epoch shuffled and packed anew.

    A pure function of its arguments, so that a resumed run skips to its step and sees what it would have seen.
    """
    waiting: list[Row] = []
    for epoch in itertools.count():
        chance = random.Random(seed * 1_000_003 + epoch)
        order = list(range(len(lengths)))
        chance.shuffle(order)
        rows = pack_rows(lengths, order, row_tokens)
        chance.shuffle(rows)
        waiting += rows
        while len(waiting) >= rows_per_step:
            yield waiting[:rows_per_step]
            waiting = waiting[rows_per_step:]


def build_batch(rows: Sequence[Row], examples: Sequence[EncodedExample], row_tokens: int, padding: int) -> PackedBatch:
    """The tensors of `rows`; `padding` is any token id, it is never attended to by an example."""
    shape = (len(rows), row_tokens)
    input_ids = torch.full(shape, padding)
    position_ids = torch.zeros(shape, dtype=torch.int64)
    segments = torch.full(shape, PADDING)
    places: list[int] = []
    targets: list[int] = []
    for number, row in enumerate(rows):
        start = 0
        for segment, index in enumerate(row):
            example = examples[index]
            end = start + len(example)
            input_ids[number, start:end] = torch.tensor(example.tokens)
            position_ids[number, start:end] = torch.arange(len(example))
            segments[number, start:end] = segment
            trained = [place for place in range(1, len(example)) if example.bears_loss[place]]
            places += [number * row_tokens + start + place - 1 for place in trained]
            targets += [example.tokens[place] for place in trained]
            start = end
    return PackedBatch(
        input_ids=input_ids,
        position_ids=position_ids,
        segments=segments,
        answer_places=torch.tensor(places, dtype=torch.int64),
        targets=torch.tensor(targets, dtype=torch.int64),
    )


def count_trained(rows: Sequence[Row], examples: Sequence[EncodedExample]) -> int:
    """Tokens of these rows that bear loss (an example's first token is never predicted)."""
    return sum(sum(examples[index].bears_loss[1:]) for row in rows for index in row)
