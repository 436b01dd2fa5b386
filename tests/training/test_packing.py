"""Packing loses nothing, repeats itself exactly, and no example sees another."""

from itertools import islice
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional

from playground.training.encoding import EncodedExample
from playground.training.loss import AnswerLoss, FrozenHead, PartwiseCrossEntropy
from playground.training.packing import (
    attention_mask,
    build_batch,
    choose_row_tokens,
    count_trained,
    pack_rows,
    step_rows,
)

LENGTHS = st.lists(st.integers(1, 32), min_size=1, max_size=60)


@given(lengths=LENGTHS)
def test_every_example_lies_in_one_row_that_holds_it(lengths: list[int]) -> None:
    rows = pack_rows(lengths, range(len(lengths)), 32)
    assert sorted(index for row in rows for index in row) == list(range(len(lengths)))
    assert all(sum(lengths[index] for index in row) <= 32 for row in rows)


@given(lengths=LENGTHS, seed=st.integers(0, 1000))
@settings(max_examples=30)
def test_a_resumed_run_sees_the_same_rows(lengths: list[int], seed: int) -> None:
    whole = list(islice(step_rows(lengths, 32, 3, seed), 12))
    assert list(islice(step_rows(lengths, 32, 3, seed), 7, 12)) == whole[7:]


def test_short_examples_fill_their_rows() -> None:
    lengths = [20 + 7 * number % 60 for number in range(400)]
    rows = pack_rows(lengths, range(400), 256)
    assert sum(lengths) / (256 * len(rows)) > 0.93


@given(lengths=st.lists(st.integers(1, 512), min_size=1, max_size=40))
@settings(max_examples=30)
def test_a_chosen_row_holds_every_example(lengths: list[int]) -> None:
    assert max(lengths) <= choose_row_tokens(lengths) <= 512


def test_a_chosen_row_is_short_where_short_rows_fill_and_leaves_out_what_is_too_long() -> None:
    assert choose_row_tokens([100] * 50) == 224  # of two examples each: 128 and 160 would be nearly half empty
    assert choose_row_tokens([32] * 50) == 32
    assert choose_row_tokens([64] * 50 + [900]) == 64
    assert choose_row_tokens([900]) == 512


def test_the_mask_shows_earlier_places_of_the_same_example_alone() -> None:
    mask = attention_mask(torch.tensor([[0, 0, 1, 1, -1]]), torch.float32)[0, 0]
    seen = (mask == 0).int().tolist()
    assert seen == [[1, 0, 0, 0, 0], [1, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 1, 1, 0], [0, 0, 0, 0, 1]]


def example(*tokens: int, prompt: int = 1) -> EncodedExample:
    return EncodedExample(tokens=tokens, bears_loss=tuple(place >= prompt for place in range(len(tokens))))


EXAMPLES = [example(5, 6, 7, 8), example(9, 10, 11, prompt=2), example(12, 13, 14, 15, 16, prompt=3), example(17)]


def test_places_and_targets_stay_inside_their_example() -> None:
    batch = build_batch([(0, 1), (2, 3)], EXAMPLES, 8, padding=0)
    assert batch.answer_places.tolist() == [0, 1, 2, 5, 8 + 2, 8 + 3]
    assert batch.targets.tolist() == [6, 7, 8, 11, 15, 16]
    assert batch.position_ids[0].tolist() == [0, 1, 2, 3, 0, 1, 2, 0]
    assert count_trained([(0, 1), (2, 3)], EXAMPLES) == 6


@pytest.fixture(scope="module")
def model(tiny_base: Any) -> Any:
    from transformers import AutoModelForCausalLM

    return AutoModelForCausalLM.from_pretrained(tiny_base, attn_implementation="eager").eval()


def plain_loss(model: Any, item: EncodedExample) -> float:
    """transformers' own loss of one example by itself, summed over its answer."""
    labels = [token if trained else -100 for token, trained in zip(item.tokens, item.bears_loss, strict=True)]
    ids = torch.tensor([item.tokens])
    loss = model(input_ids=ids, labels=torch.tensor([labels])).loss
    return float(loss) * sum(item.bears_loss[1:])


def test_packed_loss_is_the_sum_of_transformers_own_losses(model: Any) -> None:
    expected = sum(plain_loss(model, item) for item in EXAMPLES[:3])
    measured = AnswerLoss(model, torch.float32)(**vars(build_batch([(0, 1), (2, 3)], EXAMPLES, 8, padding=0)))
    assert float(measured) == pytest.approx(expected, rel=1e-5)


def test_packed_gradients_are_those_of_separate_examples(model: Any) -> None:
    weight = model.model.layers[0].self_attn.q_proj.weight
    AnswerLoss(model, torch.float32)(**vars(build_batch([(2, 0), (1,)], EXAMPLES, 16, padding=3))).backward()
    packed, weight.grad = weight.grad, None
    for item in EXAMPLES[:3]:
        labels = [token if trained else -100 for token, trained in zip(item.tokens, item.bears_loss, strict=True)]
        loss = model(input_ids=torch.tensor([item.tokens]), labels=torch.tensor([labels])).loss
        (loss * sum(item.bears_loss[1:])).backward()
    separate, weight.grad = weight.grad, None
    torch.testing.assert_close(packed, separate, rtol=1e-4, atol=1e-6)


def test_cross_entropy_in_parts_is_torchs_own() -> None:
    torch.manual_seed(3)
    logits = (torch.randn(19, 50) * 8).requires_grad_()
    targets = torch.randint(50, (19,))
    (PartwiseCrossEntropy.apply(logits, targets) * 0.25).backward()
    in_parts, logits.grad = logits.grad, None
    own = functional.cross_entropy(logits, targets, reduction="sum")
    (own * 0.25).backward()
    torch.testing.assert_close(in_parts, logits.grad)
    with torch.no_grad():
        torch.testing.assert_close(PartwiseCrossEntropy.apply(logits, targets), own)


def head_gradients(weight: torch.Tensor, hidden: torch.Tensor, targets: torch.Tensor, frozen: bool) -> torch.Tensor:
    """Of `hidden`, from the cross-entropy of a head's logits."""
    head = nn.Linear(weight.shape[1], weight.shape[0], bias=False)
    head.weight = nn.Parameter(weight, requires_grad=False)
    if frozen:
        head.__class__ = FrozenHead
    inputs = hidden.clone().requires_grad_()
    functional.cross_entropy(head(inputs)[0], targets, reduction="sum").backward()
    assert inputs.grad is not None
    return inputs.grad


@pytest.mark.parametrize(("sureness", "tolerance"), [(0.0, 1e-6), (3.0, 0.02)], ids=["unsure", "sure"])
def test_gradients_through_a_frozen_head_are_near_those_of_all_tokens(sureness: float, tolerance: float) -> None:
    """Unsure: every token is as probable as another, none is left out. Sure: most are."""
    torch.manual_seed(2)
    weight, hidden = torch.randn(4000, 24), torch.randn(1, 19, 24) * sureness
    targets = torch.randint(4000, (19,))
    plain, near = (head_gradients(weight, hidden, targets, frozen) for frozen in (False, True))
    assert (near - plain).norm() / plain.norm() < tolerance
