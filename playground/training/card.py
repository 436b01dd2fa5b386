"""The README of an adapter, written from its recipe and its progress."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playground.training.bases import base_origin
from playground.training.progress import EvaluationRecord, StepRecord, latest_run, read_progress
from playground.training.recipe import TrainingRecipe

HEAD = """\
---
base_model: {origin}
library_name: peft
pipeline_tag: text-generation
tags: [lora, assembly]
---
# {name}

"""

CARD = """\
A {method} adapter (rank {rank}, alpha {alpha}) of `{origin}`, trained by the assembly playground.

- Data: {datasets}
- {steps} steps, {tokens:,} real tokens, {minutes:.0f} minutes of training
- Learning rate {learning_rate:g}, {schedule}; loss on {loss_on}; seed {seed}
- Last training loss: {loss:.3f} nats a token

{evaluations}
`recipe.toml` repeats the run; `progress.jsonl` is its curve, one JSON object a line.
"""

EVALUATION_HEAD = """\
| Step | Held-out loss (nats a token) | (nats an example) | Practice answers right |
|---|---|---|---|
"""


def adapter_card(recipe: TrainingRecipe, progress: Path) -> str:
    """Markdown with the model hub's front matter. Every figure comes from the progress file."""
    records = latest_run(read_progress(progress))
    last = [record for record in records if isinstance(record, StepRecord)][-1]
    evaluations = [record for record in records if isinstance(record, EvaluationRecord)]
    return (HEAD + CARD).format(
        origin=base_origin(recipe.base),
        name=recipe.name,
        method={"lora": "LoRA", "rslora": "rank-stabilised LoRA", "dora": "DoRA", "adalora": "AdaLoRA"}[recipe.method],
        rank=recipe.rank,
        alpha=recipe.alpha,
        datasets=", ".join(recipe.datasets),
        steps=last.step,
        tokens=last.tokens,
        minutes=last.seconds / 60,
        learning_rate=recipe.learning_rate,
        schedule=recipe.schedule,
        loss_on=recipe.loss_on,
        seed=recipe.seed,
        loss=last.loss,
        evaluations=EVALUATION_HEAD + "".join(map(evaluation_row, evaluations)) if evaluations else "",
    )


def evaluation_row(record: EvaluationRecord) -> str:
    """One row of the table; a dash where nothing was measured."""
    losses = [record.held_out_loss, record.held_out_loss_per_example]
    shown = ["-" if loss is None else f"{loss:.3f}" for loss in losses]
    accuracy = record.execution_accuracy
    right = "-" if accuracy is None else f"{round(accuracy * record.scored)} of {record.scored}"
    return f"| {record.step} | {shown[0]} | {shown[1]} | {right} |\n"


AVERAGED_CARD = """\
The average of adapters of `{origin}`, cut to rank {rank}; of every layer's sum it keeps at least {kept:.2%} (squared
singular values). No training of its own.

| Adapter | Share |
|---|---|
{rows}
`python -m playground average {name} {parts}` repeats it.
"""


def averaged_card(name: str, config: Any, shares: Sequence[tuple[str, float]], kept: float) -> str:
    """Markdown for an average of adapters; `config` is PEFT's, shares sum to 1."""
    return (HEAD + AVERAGED_CARD).format(
        origin=config.base_model_name_or_path,
        name=name,
        rank=config.r,
        kept=kept,
        rows="".join(f"| `{part}` | {share:.3f} |\n" for part, share in shares),
        parts=" ".join(f"{part}:{share:g}" for part, share in shares),
    )
