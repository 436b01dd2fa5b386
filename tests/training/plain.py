"""A plain training loop, to compare the tuned one with."""

from itertools import islice

import torch

from playground.training.loop import Trainer
from playground.training.packing import step_rows
from playground.training.progress import StepRecord


def curve(trainer: Trainer, stop_after: int | None = None) -> list[StepRecord]:
    records: list[StepRecord] = []

    def keep(record: StepRecord) -> bool:
        records.append(record)
        return record.step != stop_after

    trainer.run(keep)
    return records


def losses(records: list[StepRecord]) -> list[float]:
    return [record.loss for record in records]


def plain_losses(trainer: Trainer) -> list[float]:
    """A plain loop: one example at a time, transformers' own loss over all logits, torch's own clipping.

    Takes a trainer for its adapter, data and recipe; its loop and its attention are not used.
    """
    recipe, model = trainer.recipe, trainer.adapted
    model.get_base_model().set_attn_implementation("eager")
    parameters = [value for value in model.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(parameters, betas=recipe.betas, weight_decay=recipe.weight_decay, foreach=False)
    lengths = [len(example) for example in trainer.examples]
    curve = []
    plan = step_rows(lengths, recipe.row_tokens, recipe.rows_per_step, recipe.seed)
    for step, rows in enumerate(islice(plan, recipe.steps), 1):
        chosen = [trainer.examples[index] for row in rows for index in row]
        count = sum(sum(example.bears_loss[1:]) for example in chosen)
        total = 0.0
        for example in chosen:
            marks = zip(example.tokens, example.bears_loss, strict=True)
            labels = torch.tensor([[token if trained else -100 for token, trained in marks]])
            mean = model(input_ids=torch.tensor([example.tokens]), labels=labels).loss
            share = mean * sum(example.bears_loss[1:]) / count
            share.backward()
            total += share.item()
        torch.nn.utils.clip_grad_norm_(parameters, recipe.clip)
        for group in optimizer.param_groups:
            group["lr"] = recipe.learning_rate_at(step)
        optimizer.step()
        optimizer.zero_grad()
        curve.append(total)
    return curve
