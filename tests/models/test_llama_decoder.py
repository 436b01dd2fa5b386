"""The batch's logits on the real model: bit for bit those of transformers' and PEFT's own forward for one row."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from peft import LoraConfig

from playground.models.events import Column, Sampling
from playground.models.generation import Generator
from playground.models.llama_decoder import LlamaDecoder
from playground.models.model_decoder import ModelDecoder, PromptReader
from playground.models.rows import Row
from playground.models.tokens import prompt_tokens
from tests.models.asking import LORA

pytestmark = [pytest.mark.model, pytest.mark.slow]

STEPS = 4
ADAPTERS = {
    "whole": LoraConfig(**LORA),
    "attention": LoraConfig(r=8, lora_alpha=12, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM"),
    "ranks": LoraConfig(**LORA, rank_pattern={"k_proj": 4, "up_proj": 3}, alpha_pattern={"down_proj": 5}),
}
PROMPTS = {
    "base": "The natural numbers in order: 1, 2, 3,",
    "whole": "add_two:\n",
    "attention": "A register is",
    "ranks": "mov x0, x1\n" * 9,
}


class Batch:
    """Rows of one decoder, and what each should get: a decoder that steps every row by itself."""

    def __init__(self, generator: Generator) -> None:
        self.models, self.prompts = generator.models, PromptReader()
        self.decoder = LlamaDecoder(self.models.load("base")[0].model)
        self._alone: dict[str, list[torch.Tensor]] = {}

    def row(self, name: str) -> Row:
        """A row of the model `name` that has read its prompt; its cache is still transformers' own."""
        base, adapter = self.models.load(name)
        column = Column(id=name, model=name, prefix=PROMPTS[name], sampling=Sampling(max_tokens=STEPS + 1))
        row = Row(column=column, base=base, adapter=adapter, prompt=prompt_tokens(base, column), started=0.0)
        row.advance(self.prompts.read(row))
        return row

    def admitted(self, *names: str) -> list[Row]:
        rows = [self.row(name) for name in names]
        for row in rows:
            self.decoder.admit(row)
        return rows

    def check(self, rows: list[Row]) -> None:
        """One step of `rows`; each gets the bits of its own step."""
        expected = [self.alone(row.column.model)[len(row.tokens) - 1] for row in rows]
        for row, got, alone in zip(rows, self.decoder.step(rows), expected, strict=True):
            assert torch.equal(got, alone)
            row.advance(got)

    def alone(self, name: str) -> list[torch.Tensor]:
        """The logits of the first steps of `name`."""
        if name not in self._alone:
            row = self.row(name)
            self._alone[name] = list(_steps(row))
        return self._alone[name]


def _steps(row: Row) -> Iterator[torch.Tensor]:
    for _ in range(STEPS):
        (logits,) = ModelDecoder().step([row])
        yield logits
        row.advance(logits)


@pytest.fixture(scope="module")
def batch(generator: Generator, make_adapter: Callable[..., Path]) -> Batch:
    for seed, (name, config) in enumerate(ADAPTERS.items()):
        make_adapter(name, config, seed=seed, deviation=0.03)
    return Batch(generator)


@pytest.mark.parametrize(
    "names",
    [
        ["base"],
        ["whole"],
        ["base", "whole"],
        ["ranks", "base"],
        ["attention", "base", "ranks"],
        ["base", "whole", "attention", "ranks"],
        ["whole", "whole", "base", "ranks", "whole"],
    ],
)
def test_each_row_gets_the_bits_of_its_own_step(batch: Batch, names: list[str]) -> None:
    rows = batch.admitted(*names)
    for _ in range(STEPS):
        batch.check(rows)


def test_rows_that_come_and_go_change_no_other(batch: Batch) -> None:
    base, whole, ranks, again = batch.admitted("base", "whole", "ranks", "whole")
    batch.check([base, whole, ranks])
    batch.check([ranks, base])
    batch.check([again, whole])
    batch.check([whole, again, ranks])


def test_a_step_that_failed_can_be_taken_again(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = batch.admitted("base", "whole")
    batch.check(rows)
    with monkeypatch.context() as broken:
        broken.setattr(batch.decoder, "head", None)
        with pytest.raises(TypeError):
            batch.decoder.step(rows)
    batch.check(rows)
