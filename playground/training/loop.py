"""The training loop: fixed-shape packed rows, loss at answer places, everything that resuming needs in one place."""

import math
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor

from playground.errors import InputError
from playground.training.adaptation import orthogonality
from playground.training.checkpoint import Counters, trainable_state
from playground.training.encoding import EncodedExample
from playground.training.loss import AnswerLoss
from playground.training.packing import PackedBatch, Row, build_batch, count_trained, pack_rows, step_rows
from playground.training.progress import StepRecord
from playground.training.recipe import TrainingRecipe
from playground.training.sharding import gathered, is_sharded, reshard, shard, spread, spread_optimizer


class TrainingDiverged(Exception):
    """The loss or the gradient is no finite number any more."""


@dataclass(kw_only=True)
class Trainer:
    """One run over encoded examples. Construct, perhaps `restore`, then `run`."""

    recipe: TrainingRecipe
    accelerator: Accelerator
    adapted: Any
    """The peft model with a fresh adapter."""
    loss: AnswerLoss
    """Around `adapted`."""
    examples: Sequence[EncodedExample]
    padding: int
    counters: Counters = field(default_factory=Counters)

    def __post_init__(self) -> None:
        processes = self.accelerator.num_processes
        if self.recipe.rows_per_step % (processes * self.recipe.accumulation):
            raise InputError(
                f"rows_per_step = {self.recipe.rows_per_step} does not divide among {processes} processes with "
                f"accumulation = {self.recipe.accumulation}; change one of them."
            )
        if self.sharded and self.recipe.method == "adalora":
            raise InputError("AdaLoRA ranks whole matrices and cannot be sharded; choose lora, rslora or dora.")
        parameters = [value for value in self.adapted.parameters() if value.requires_grad]
        optimizer = torch.optim.AdamW(
            parameters,
            lr=self.recipe.learning_rate,
            betas=self.recipe.betas,
            weight_decay=self.recipe.weight_decay,
            fused=True,
        )
        prepare = shard if self.sharded else Accelerator.prepare
        self.module: Any
        self.module, self.optimizer = prepare(self.accelerator, self.loss, optimizer)

    @property
    def sharded(self) -> bool:
        """Whether each process holds a part of every parameter only."""
        return is_sharded(self.accelerator)

    def run(self, after_step: Callable[[StepRecord], bool]) -> bool:
        """Train to the recipe's last step; `after_step` returns False to stop early. True when the end was reached.

        Raises TrainingDiverged when the loss is no finite number.
        """
        recipe = self.recipe
        lengths = [len(example) for example in self.examples]
        plan = step_rows(lengths, recipe.row_tokens, recipe.rows_per_step, recipe.seed)
        self.module.train()
        for rows in islice(plan, self.counters.step, recipe.steps):
            started = time.monotonic()
            step = self.counters.step + 1
            loss, norm = self.take_step(step, rows)
            seconds = time.monotonic() - started
            tokens = sum(lengths[index] for row in rows for index in row)
            self.counters = Counters(
                step=step, tokens=self.counters.tokens + tokens, seconds=self.counters.seconds + seconds
            )
            if not after_step(self.record(loss, norm, tokens / seconds)):
                return step == recipe.steps
        return True

    def take_step(self, step: int, rows: Sequence[Row]) -> tuple[float, float]:
        """One optimiser step over `rows`: mean loss in nats per trained token, gradient norm before clipping."""
        trained = count_trained(rows, self.examples)
        batches = self.own_batches(rows)
        total = torch.zeros((), device=self.accelerator.device)
        for number, batch in enumerate(batches):
            last = number == len(batches) - 1
            with nullcontext() if last else self.accelerator.no_sync(self.module):
                total += self.backward(batch, trained)
        loss = float(self.accelerator.reduce(total)) / trained
        norm = self.update(step)
        if not (math.isfinite(loss) and math.isfinite(norm)):
            raise TrainingDiverged(f"loss {loss:g}, gradient norm {norm:g} at step {step}")
        return loss, norm

    def own_batches(self, rows: Sequence[Row]) -> list[PackedBatch]:
        """This process's micro-batches of a step; each process takes every n-th row."""
        own = rows[self.accelerator.process_index :: self.accelerator.num_processes]
        size = len(own) // self.recipe.accumulation
        parts = [own[start : start + size] for start in range(0, len(own), size)]
        device = self.accelerator.device
        return [build_batch(part, self.examples, self.recipe.row_tokens, self.padding).to(device) for part in parts]

    def backward(self, batch: PackedBatch, trained: int) -> Tensor:
        """Add the gradient of this micro-batch's share of the step's mean loss; gives its summed loss.

        Data-parallel training averages gradients over processes, hence the factor.
        """
        summed = self.module(**vars(batch))
        share = summed / trained
        if self.recipe.method == "adalora":
            share = share + orthogonality(self.adapted) * (len(batch.targets) / trained)
        self.accelerator.backward(share * self.accelerator.num_processes)
        return summed.detach()

    def update(self, step: int) -> float:
        """Clip, set the learning rate, step. AdaLoRA re-allocates its ranks while the gradients still stand."""
        norm = float(self.accelerator.clip_grad_norm_(self.module.parameters(), self.recipe.clip))
        for group in self.optimizer.param_groups:
            group["lr"] = self.recipe.learning_rate_at(step)
        self.optimizer.step()
        if self.recipe.method == "adalora":
            self.adapted.base_model.update_and_allocate(step)
        self.optimizer.zero_grad()
        return norm

    def record(self, loss: float, norm: float, tokens_per_second: float) -> StepRecord:
        """The progress record of the step just taken."""
        done = self.counters
        return StepRecord(
            step=done.step,
            steps=self.recipe.steps,
            loss=loss,
            learning_rate=self.recipe.learning_rate_at(done.step),
            gradient_norm=norm,
            tokens=done.tokens,
            tokens_per_second=tokens_per_second,
            seconds=done.seconds,
            seconds_left=(self.recipe.steps - done.step) * done.seconds / done.step,
        )

    @torch.no_grad()
    def mean_loss(self, examples: Sequence[EncodedExample]) -> tuple[float, float]:
        """Mean loss of `examples` in nats per trained token, and per example. Every process computes the same."""
        lengths = [len(example) for example in examples]
        rows = pack_rows(lengths, range(len(examples)), self.recipe.row_tokens)
        size = self.recipe.rows_per_step // self.recipe.accumulation
        total = 0.0
        self.module.eval()
        for start in range(0, len(rows), size):
            batch = build_batch(rows[start : start + size], examples, self.recipe.row_tokens, self.padding)
            total += float(self.module(**vars(batch.to(self.accelerator.device))))
        self.module.train()
        reshard(self.module)
        return total / count_trained(rows, examples), total / len(examples)

    def state(self) -> dict[str, Any]:
        """What a checkpoint holds beside the counters: whole tensors. Every process must call it."""
        return {
            "parameters": gathered(trainable_state(self.adapted)),
            "optimizer": gathered(self.optimizer.state_dict()),
            "allocator": allocator_state(self.adapted),
        }

    def restore(self, counters: Counters, state: dict[str, Any]) -> None:
        """Continue from a checkpoint's content."""
        self.counters = counters
        named = dict(self.adapted.named_parameters())
        for name, value in state["parameters"].items():
            named[name].data.copy_(spread(value, named[name]))
        self.optimizer.load_state_dict(spread_optimizer(state["optimizer"], self.optimizer))
        restore_allocator(self.adapted, state["allocator"])


ALLOCATOR_FIELDS = ("ipt", "exp_avg_ipt", "exp_avg_unc")
"""The importance scores of AdaLoRA's rank allocator: name -> tensor each."""


def allocator_state(adapted: Any) -> dict[str, Any]:
    """AdaLoRA's scores and ranks; empty for other methods."""
    allocator = getattr(adapted.base_model, "rankallocator", None)
    if allocator is None:
        return {}
    scores = {name: dict(getattr(allocator, name)) for name in ALLOCATOR_FIELDS}
    return {**scores, "rank_pattern": adapted.peft_config["default"].rank_pattern}


def restore_allocator(adapted: Any, state: dict[str, Any]) -> None:
    allocator = getattr(adapted.base_model, "rankallocator", None)
    if allocator is None:
        return
    for name in ALLOCATOR_FIELDS:
        setattr(allocator, name, state[name])
    adapted.peft_config["default"].rank_pattern = state["rank_pattern"]
