"""The real model: the tuned loop in bfloat16, with and without 8-bit products, follows a plain one in float32."""

import pytest
import torch

from playground.models.weights import ensure_embedded
from playground.training.adaptation import adapt, compile_blocks, decoder_blocks, load_base
from playground.training.compiler import compiler_available
from playground.training.encoding import Encoder
from playground.training.int8 import use_int8_products
from playground.training.loop import Trainer
from playground.training.loss import AnswerLoss
from playground.training.prepare import prepare_data
from playground.training.recipe import TrainingRecipe
from tests.training.plain import curve, losses, plain_losses

RECIPE = TrainingRecipe(
    name="real",
    datasets=("starter-aarch64",),
    rank=8,
    row_tokens=256,
    rows_per_step=1,
    accumulation=1,
    steps=2,
    learning_rate=1e-3,
    warmup_steps=0,
    practice_tasks=0,
)


def real_trainer(precision: str, compiled: bool, recipe: TrainingRecipe = RECIPE, integers: bool = False) -> Trainer:
    from accelerate import Accelerator
    from accelerate.state import AcceleratorState

    AcceleratorState._reset_state(reset_partial_state=True)
    accelerator = Accelerator(cpu=True, mixed_precision="no" if precision == "fp32" else precision)
    model, tokenizer = load_base(str(ensure_embedded()), precision)
    adapted = adapt(model, tokenizer, recipe)
    data = prepare_data(recipe, Encoder(tokenizer=tokenizer, recipe=recipe))
    if integers:
        with accelerator.autocast():
            example = torch.tensor([data.training[0].tokens])
            use_int8_products(decoder_blocks(adapted), lambda: adapted(example))
    if compiled:
        compile_blocks(adapted)
    dtype = next(value.dtype for value in adapted.parameters() if not value.requires_grad)
    return Trainer(
        recipe=recipe,
        accelerator=accelerator,
        adapted=adapted,
        loss=AnswerLoss(adapted, dtype, compiled),
        examples=data.training,
        padding=tokenizer.eos_token_id,
    )


@pytest.mark.model
@pytest.mark.slow
def test_bfloat16_compiled_follows_a_plain_float32_loop() -> None:
    tuned = losses(curve(real_trainer("bf16", compiled=compiler_available())))
    plain = plain_losses(real_trainer("fp32", compiled=False))
    assert tuned == pytest.approx(plain, rel=0.02)
    assert plain[-1] < plain[0]


@pytest.mark.model
@pytest.mark.slow
def test_8_bit_products_follow_a_plain_float32_loop() -> None:
    """With a warm-up, as runs have one: Adam's first step takes the gradient's signs, which rounding turns."""
    recipe = RECIPE.with_changes(steps=3, warmup_steps=1)
    tuned = losses(curve(real_trainer("bf16", compiler_available(), recipe, integers=True)))
    plain = plain_losses(real_trainer("fp32", False, recipe))
    assert tuned == pytest.approx(plain, rel=0.05)
    assert plain[-1] < plain[0]
