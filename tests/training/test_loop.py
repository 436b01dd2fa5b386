"""The loop trains as a plain one does, and a resumed run is the run that was never stopped."""

import math
from pathlib import Path

import pytest
import torch
from accelerate import Accelerator

from playground.training.adaptation import adapt, load_base
from playground.training.checkpoint import checkpoints, load_checkpoint, save_checkpoint
from playground.training.encoding import Encoder
from playground.training.loop import Trainer, TrainingDiverged
from playground.training.loss import AnswerLoss
from playground.training.prepare import prepare_data
from playground.training.recipe import METHODS, TrainingRecipe
from tests.training.plain import curve, losses, plain_losses


def build_trainer(recipe: TrainingRecipe, accelerator: Accelerator | None = None) -> Trainer:
    model, tokenizer = load_base(recipe.base, "fp32")
    adapted = adapt(model, tokenizer, recipe)
    data = prepare_data(recipe, Encoder(tokenizer=tokenizer, recipe=recipe))
    return Trainer(
        recipe=recipe,
        accelerator=accelerator or Accelerator(cpu=True),
        adapted=adapted,
        loss=AnswerLoss(adapted, torch.float32),
        examples=data.training,
        padding=tokenizer.eos_token_id,
    )


@pytest.mark.parametrize("method", ["lora", "rslora", "dora"])
def test_the_curve_is_that_of_a_plain_loop(tiny_recipe: TrainingRecipe, method: str) -> None:
    recipe = tiny_recipe.with_changes(method=method, learning_rate=0.05)
    packed = losses(curve(build_trainer(recipe)))
    assert packed == pytest.approx(plain_losses(build_trainer(recipe)), rel=1e-4)
    assert packed[-1] < packed[0] - 0.1, "nothing was learnt, so nothing was compared"


@pytest.mark.parametrize("method", METHODS)
def test_resuming_gives_the_uninterrupted_curve(tiny_recipe: TrainingRecipe, method: str, tmp_path: Path) -> None:
    recipe = tiny_recipe.with_changes(method=method, steps=12, learning_rate=0.05, dropout=0.1)
    whole = curve(build_trainer(recipe))
    first = build_trainer(recipe)
    curve(first, stop_after=5)
    save_checkpoint(tmp_path, first.counters, first.state(), keep=1)

    second = build_trainer(recipe)
    torch.manual_seed(99)  # what a new process would hold is overwritten by the checkpoint
    second.restore(*load_checkpoint(checkpoints(tmp_path)[0]))
    resumed = curve(second)
    assert [record.step for record in resumed] == list(range(6, 13))
    assert losses(resumed) == pytest.approx(losses(whole)[5:], rel=1e-5)
    assert [record.tokens for record in resumed] == [record.tokens for record in whole[5:]]


def test_accumulation_changes_memory_not_the_curve(tiny_recipe: TrainingRecipe) -> None:
    once = losses(curve(build_trainer(tiny_recipe.with_changes(accumulation=1))))
    assert losses(curve(build_trainer(tiny_recipe.with_changes(accumulation=4)))) == pytest.approx(once, rel=1e-4)


def test_a_seed_decides_the_run(tiny_recipe: TrainingRecipe) -> None:
    once = losses(curve(build_trainer(tiny_recipe)))
    assert losses(curve(build_trainer(tiny_recipe))) == once
    assert losses(curve(build_trainer(tiny_recipe.with_changes(seed=1)))) != once


def test_adalora_prunes_to_its_budget(tiny_recipe: TrainingRecipe) -> None:
    recipe = tiny_recipe.with_changes(method="adalora", steps=20, learning_rate=0.05)
    trainer = build_trainer(recipe)
    curve(trainer)
    ranks = trainer.adapted.peft_config["default"].rank_pattern
    kept = [sum(mask) for mask in ranks.values()]
    assert sum(kept) == recipe.target_rank * len(kept), "the budget is the target rank times the number of matrices"
    assert len(set(kept)) > 1, "every matrix kept the same rank: nothing was allocated"


def test_a_loss_that_is_no_number_is_noticed(tiny_recipe: TrainingRecipe) -> None:
    trainer = build_trainer(tiny_recipe.with_changes(steps=30))
    weight = next(value for value in trainer.adapted.parameters() if value.requires_grad)
    weight.data.fill_(float("nan"))
    with pytest.raises(TrainingDiverged, match="step 1"):
        curve(trainer)


def test_a_trained_head_stays_tied(tiny_recipe: TrainingRecipe) -> None:
    trainer = build_trainer(tiny_recipe.with_changes(train_head=True, learning_rate=0.05))
    model = trainer.adapted.get_base_model()
    before = model.get_output_embeddings().weight.detach().clone()
    records = curve(trainer)
    head, embeddings = model.get_output_embeddings().weight, model.get_input_embeddings().weight
    assert not torch.equal(head, before)
    assert torch.equal(head, embeddings)
    assert records[-1].loss < records[0].loss


def test_only_the_rows_of_new_tokens_are_trained(tiny_recipe: TrainingRecipe, tmp_path: Path) -> None:
    tokens = ("<P>", "<S>", "<M>")
    recipe = tiny_recipe.with_changes(
        new_tokens=tokens, fim_tokens=tokens, fim_share=1.0, loss_on="all", learning_rate=0.05
    )
    trainer = build_trainer(recipe)
    embeddings = trainer.adapted.get_base_model().get_input_embeddings()
    ids = torch.arange(embeddings.weight.shape[0])
    before = embeddings(ids).detach().clone()
    curve(trainer)
    changed = (embeddings(ids) != before).any(dim=1).nonzero().flatten().tolist()
    assert changed == ids[-3:].tolist()


def test_the_held_out_loss_is_a_mean_over_tokens(tiny_recipe: TrainingRecipe) -> None:
    trainer = build_trainer(tiny_recipe)
    per_token, per_example = trainer.mean_loss(trainer.examples[:5])
    count = sum(sum(example.bears_loss[1:]) for example in trainer.examples[:5])
    assert per_token == pytest.approx(per_example * 5 / count)
    vocabulary = len(trainer.adapted.get_input_embeddings().weight)
    assert per_token == pytest.approx(math.log(vocabulary), rel=0.1), "a random model guesses evenly"
