"""What is shown before a start is what the start then does."""

from dataclasses import replace
from pathlib import Path

import pytest

from playground.errors import InputError
from playground.training.launch import Launch
from playground.training.preview import Measurement, measure, preview_command, preview_examples, warnings
from playground.training.recipe import TrainingRecipe


def test_examples_are_shown_as_they_are_trained(tiny_recipe: TrainingRecipe) -> None:
    shown = preview_examples(tiny_recipe, 2)
    assert len(shown) == 2
    prompt, answer = shown[0].segments
    assert prompt.text.endswith("<|im_start|>assistant\n")
    assert (prompt.bears_loss, answer.bears_loss) == (False, True)
    assert answer.text.endswith("<|im_end|>")
    assert shown[0].where.startswith("plus.jsonl, line ")
    assert 0 < shown[0].trained_tokens < shown[0].tokens
    assert shown[0].fits
    assert not preview_examples(tiny_recipe.with_changes(row_tokens=16), 1)[0].fits


def test_a_step_is_measured_in_a_child(tiny_recipe: TrainingRecipe) -> None:
    measured = measure(tiny_recipe)
    projections = 2 * (32 * 32 * 2 + 32 * 16 * 2 + 32 * 64 * 3)  # two layers: q, o; k, v; gate, up, down
    ranks = 2 * (4 * (32 + 32) * 2 + 4 * (32 + 16) * 2 + 4 * (32 + 64) * 3)
    assert measured.trainable == ranks
    assert measured.everything > projections + ranks
    assert measured.share == ranks / measured.everything
    assert measured.adapter_bytes == 4 * ranks, "float32, as the recipe asks"
    assert measured.seconds_total == pytest.approx(6 * measured.seconds_per_step)
    assert measured.examples == 38
    assert measured.passes == pytest.approx(measured.recipe_tokens / measured.data_tokens)
    assert 0 < measured.recipe_tokens <= 6 * tiny_recipe.rows_per_step * tiny_recipe.row_tokens
    assert measured.peak_bytes > 0
    with pytest.raises(InputError, match="row_tokens = 20"):
        measure(tiny_recipe.with_changes(row_tokens=20))


def test_the_command_is_what_a_shell_takes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    shown = preview_command(Path("/a folder"))
    assert shown.startswith("accelerate launch --num_processes 1 ")
    assert shown.endswith("-m playground.training.trainer --job '/a folder/jobs/JOB'")
    assert preview_command(Path("/s"), Launch(cpu_processes=2)).startswith(
        "torchrun --standalone --nproc_per_node 2 -m "
    )
    monkeypatch.setenv("PLAYGROUND_ACCELERATE_OPTIONS", "--config_file 'my fsdp.yaml'")
    assert "accelerate launch --config_file 'my fsdp.yaml' -m" in preview_command(Path("/s"))


def test_a_configured_accelerate_is_left_to_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    (tmp_path / "accelerate").mkdir()
    (tmp_path / "accelerate" / "default_config.yaml").write_text("num_processes: 8\n")
    assert preview_command(Path("/s")).startswith("accelerate launch -m playground.training.trainer")


def test_what_should_be_known_before_the_start_is_said(tiny_recipe: TrainingRecipe) -> None:
    fine = Measurement(
        trainable=1, everything=2, adapter_bytes=4, examples=38, left_out=0, data_tokens=1000, recipe_tokens=2000,
        seconds_per_step=1.0, tokens_per_second=9.0, seconds_total=6.0, peak_bytes=1,
    )  # fmt: skip
    assert warnings(tiny_recipe, fine) == ()
    cases = (
        (fine, {"held_out": 0.0}, "No example is held out"),
        (fine, {"checkpoint_every": 0}, "No checkpoint"),
        (fine, {"checkpoint_every": 7}, "No checkpoint"),
        (replace(fine, left_out=3), {}, "3 of 41 examples are longer than 256"),
        (replace(fine, recipe_tokens=12_000), {}, "12 times"),
        (replace(fine, peak_bytes=1 << 60), {}, "memory"),
        (replace(fine, seconds_total=50 * 3600.0), {}, "50 hours"),
    )
    for measured, changes, words in cases:
        found = warnings(tiny_recipe.with_changes(**changes), measured)
        assert len(found) == 1
        assert words in found[0]
