"""A recipe's examples, read, divided, templated and tokenised."""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.errors import InputError
from playground.training.dataset import ChatExample, split_examples
from playground.training.encoding import EncodedExample, Encoder
from playground.training.packing import choose_row_tokens
from playground.training.recipe import TrainingRecipe


@dataclass(frozen=True, kw_only=True)
class Data:
    """The encoded examples that fit into a row."""

    training: Sequence[EncodedExample]
    held_out: Sequence[EncodedExample]
    row_tokens: int
    """The recipe's, or the one chosen for these examples."""
    left_out: int
    """Examples longer than a row, or without any token to train on."""
    read: Sequence[ChatExample]
    """The training examples as they were read."""


def prepare_data(recipe: TrainingRecipe, encoder: Encoder) -> Data:
    """Raises InputError when a dataset has a bad line or no example is left to train on."""
    split = split_examples(recipe.datasets, recipe.held_out, recipe.seed)
    encoded = encoder.encode_all(split.training)
    row_tokens = recipe.row_tokens or choose_row_tokens([len(example) for example in encoded])
    training = usable(encoded, row_tokens)
    held_out = usable(encoder.encode_all(split.held_out), row_tokens)
    if not training:
        shortest = min((len(example) for example in encoded), default=0)
        raise InputError(
            f"row_tokens = {row_tokens} is shorter than every example (the shortest has {shortest} tokens); raise it."
        )
    left_out = len(split.training) + len(split.held_out) - len(training) - len(held_out)
    return Data(training=training, held_out=held_out, row_tokens=row_tokens, left_out=left_out, read=split.training)


def usable(examples: Sequence[EncodedExample], row_tokens: int) -> list[EncodedExample]:
    return [example for example in examples if len(example) <= row_tokens and any(example.bears_loss[1:])]
