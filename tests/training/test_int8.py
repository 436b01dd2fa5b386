"""Products in 8-bit integers: exact where nothing is rounded, near elsewhere, and only through what is frozen."""

import pytest
import torch
from accelerate import Accelerator
from torch import nn
from torch.nn import functional

from playground.errors import InputError
from playground.training.adaptation import adapt, decoder_blocks, load_base
from playground.training.encoding import Encoder
from playground.training.int8 import Int8Linear, int8_is_fast, should_use_int8, use_int8_products
from playground.training.loop import Trainer
from playground.training.loss import AnswerLoss
from playground.training.prepare import prepare_data
from playground.training.recipe import TrainingRecipe
from tests.training.plain import curve, losses

CPU = torch.device("cpu")


def frozen(weight: torch.Tensor) -> nn.Linear:
    linear = nn.Linear(weight.shape[1], weight.shape[0], bias=False)
    linear.weight = nn.Parameter(weight.clone(), requires_grad=False)
    return linear


def in_integers(weight: torch.Tensor, example: torch.Tensor | None = None) -> nn.Module:
    """Channels are as large as in `example`; without one they are all alike."""
    layers = nn.Sequential(frozen(weight))
    shown = torch.ones(1, weight.shape[1]) if example is None else example
    use_int8_products(layers, lambda: layers(shown))
    assert isinstance(layers[0], Int8Linear)
    return layers.train()


def whole_numbers(rows: int, columns: int) -> torch.Tensor:
    """Integers of at most 127, which stands in every row and every column, so that all scales are 1."""
    numbers = torch.randint(-127, 128, (rows, columns)).float()
    numbers[torch.arange(max(rows, columns)) % rows, torch.arange(max(rows, columns)) % columns] = 127
    return numbers


def test_whole_numbers_are_multiplied_exactly() -> None:
    torch.manual_seed(0)
    weight, inputs, gradient = whole_numbers(24, 40), whole_numbers(7, 40), whole_numbers(7, 24)
    inputs.requires_grad_()
    output = in_integers(weight)(inputs)
    output.backward(gradient)
    assert torch.equal(output, functional.linear(inputs, weight))
    assert inputs.grad is not None
    assert torch.equal(inputs.grad, gradient @ weight)


def test_other_numbers_within_the_rounding_of_both() -> None:
    """Rounding to 127 steps moves an element by at most half a step: 1/254 of its row's largest, for each factor."""
    torch.manual_seed(0)
    weight, inputs = torch.randn(64, 576), torch.randn(32, 576) * torch.logspace(-3, 3, 32)[:, None]
    output, exact = in_integers(weight)(inputs), functional.linear(inputs, weight)
    sizes = inputs.abs().amax(1)[:, None] * weight.abs().sum(1) + weight.abs().amax(1) * inputs.abs().sum(1)[:, None]
    assert ((output - exact).abs() <= sizes / 254 * 1.01).all()
    assert (output - exact).norm() / exact.norm() < 0.02


def test_large_channels_do_not_drown_the_others() -> None:
    """Two channels a thousand times larger, as in the residual stream of a language model."""
    torch.manual_seed(0)
    weight, inputs = torch.randn(64, 576), torch.randn(32, 576)
    inputs[:, :2] *= 1000
    weight[:, :2] /= 1000
    exact = functional.linear(inputs, weight)
    errors = [(in_integers(weight, example)(inputs) - exact).norm() / exact.norm() for example in (None, inputs)]
    assert errors[1] < errors[0] / 5


def test_a_channel_that_the_example_left_at_zero_may_be_used_later() -> None:
    torch.manual_seed(0)
    weight, inputs = torch.randn(64, 576), torch.randn(32, 576)
    example = torch.randn(32, 576)
    example[:, 0] = 0
    exact = functional.linear(inputs, weight)
    assert (in_integers(weight, example)(inputs) - exact).norm() / exact.norm() < 0.05


def test_layers_with_one_input_share_its_integers() -> None:
    """torch.compile then makes them once."""
    query, key, other = (frozen(torch.randn(8, 8)) for _ in range(3))
    inputs = torch.randn(3, 8)

    def example() -> None:
        query(inputs), key(inputs), other(inputs.clone())

    use_int8_products([query, key, other], example)
    assert query.evening is key.evening
    assert query.evening is not other.evening


def test_a_row_of_zeros_stays_zero() -> None:
    assert torch.equal(in_integers(torch.randn(8, 16))(torch.zeros(2, 16)), torch.zeros(2, 8))


def test_evaluation_multiplies_as_before() -> None:
    weight, inputs = torch.randn(8, 16), torch.randn(3, 16)
    assert torch.equal(in_integers(weight).eval()(inputs), functional.linear(inputs, weight))


def test_what_is_trained_is_left_in_floating_point(tiny_recipe: TrainingRecipe) -> None:
    adapted = adapt(*load_base(tiny_recipe.base, "fp32"), tiny_recipe)
    use_int8_products(decoder_blocks(adapted), lambda: adapted(torch.arange(8)[None]))
    kinds = {name: type(module) for name, module in adapted.named_modules() if isinstance(module, nn.Linear)}
    assert {kind for name, kind in kinds.items() if "lora_" in name} == {nn.Linear}
    assert {kind for name, kind in kinds.items() if name.endswith("base_layer")} == {Int8Linear}
    assert all("by_" not in name for name in adapted.state_dict())


def test_the_curve_is_near_that_of_floating_point(tiny_recipe: TrainingRecipe) -> None:
    recipe = tiny_recipe.with_changes(learning_rate=0.05)

    def trained(integers: bool) -> list[float]:
        model, tokenizer = load_base(recipe.base, "fp32")
        adapted = adapt(model, tokenizer, recipe)
        if integers:
            use_int8_products(decoder_blocks(adapted), lambda: adapted(torch.arange(40)[None]))
        data = prepare_data(recipe, Encoder(tokenizer=tokenizer, recipe=recipe))
        trainer = Trainer(
            recipe=recipe,
            accelerator=Accelerator(cpu=True),
            adapted=adapted,
            loss=AnswerLoss(adapted, torch.float32),
            examples=data.training,
            padding=tokenizer.eos_token_id,
        )
        return losses(curve(trainer))

    exact, near = trained(False), trained(True)
    assert near == pytest.approx(exact, rel=0.02)
    assert near != exact
    assert near[-1] < near[0] - 0.1


def test_auto_takes_integers_where_they_are_fast() -> None:
    recipe = TrainingRecipe(name="x")
    assert should_use_int8(recipe, "bf16", CPU, sharded=False) is int8_is_fast()
    assert not should_use_int8(recipe, "fp32", CPU, sharded=False)
    assert not should_use_int8(recipe, "bf16", CPU, sharded=True)
    assert not should_use_int8(recipe, "bf16", torch.device("cuda"), sharded=False)
    assert should_use_int8(recipe.with_changes(int8="on"), "fp32", CPU, sharded=False)
    assert not should_use_int8(recipe.with_changes(int8="off"), "bf16", CPU, sharded=False)


@pytest.mark.parametrize(("device", "sharded", "words"), [("cuda", False, "on cuda"), ("cpu", True, "sharded")])
def test_integers_that_cannot_be_are_refused(device: str, sharded: bool, words: str) -> None:
    with pytest.raises(InputError, match=words):
        should_use_int8(TrainingRecipe(name="x", int8="on"), "bf16", torch.device(device), sharded)
