"""Evaluation during training: held-out loss, and practice tasks judged by execution."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch

from playground.training.encoding import EncodedExample
from playground.training.loop import Trainer
from playground.training.progress import EvaluationRecord, SampleAnswer

if TYPE_CHECKING:  # the emulator is loaded only when there are tasks to judge
    from playground.training.practice import Practice


def evaluate(trainer: Trainer, held_out: Sequence[EncodedExample], practice: "Practice | None") -> EvaluationRecord:
    """The record of an evaluation at the trainer's step. The main process judges practice tasks and answers them, where
    parameters are sharded together with all others."""
    started = time.monotonic()
    samples: tuple[SampleAnswer, ...] = ()
    with torch.compiler.set_stance("force_eager"):  # other shapes would be compiled anew
        per_token, per_example = trainer.mean_loss(held_out) if held_out else (None, None)
        main = trainer.accelerator.is_main_process
        if practice is not None and practice.tasks and (main or trainer.sharded):
            with trainer.accelerator.autocast():
                answers = practice.write(trainer.adapted, trainer.accelerator.device)
            samples = practice.judge(answers) if main else ()
    share, scored = accuracy(samples)
    return EvaluationRecord(
        step=trainer.counters.step,
        held_out_loss=per_token,
        held_out_loss_per_example=per_example,
        execution_accuracy=share,
        scored=scored,
        seconds=time.monotonic() - started,
        samples=samples,
    )


def accuracy(samples: Sequence[SampleAnswer]) -> tuple[float | None, int]:
    """Share of the scored answers that passed (None without any), and how many were scored."""
    scored = [sample for sample in samples if not sample.unscored]
    share = sum(sample.passed for sample in scored) / len(scored) if scored else None
    return share, len(scored)
