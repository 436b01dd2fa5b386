"""A job's child process, run here in process: what it leaves behind, and its one sentence when it fails."""

import errno
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from playground.training import checkpoint
from playground.training.jobstate import JobFolder, JobState
from playground.training.progress import EvaluationRecord, NoteRecord, read_progress
from playground.training.recipe import METHODS, TrainingRecipe
from playground.training.session import explain, train_job


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    return tmp_path


def make_job(home: Path, recipe: TrainingRecipe) -> JobFolder:
    folder = JobFolder(path=home / "jobs" / recipe.name)
    folder.path.mkdir(parents=True)
    folder.recipe.write_text(recipe.to_toml())
    folder.write_state(JobState(state="running"))
    return folder


@pytest.mark.parametrize("method", METHODS)
def test_the_saved_adapter_loads_again_and_answers_as_it_was_trained(
    home: Path, tiny_recipe: TrainingRecipe, method: str
) -> None:
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    recipe = tiny_recipe.with_changes(method=method, learning_rate=0.05, steps=12)
    folder = make_job(home, recipe)
    assert train_job(folder.path) == 0
    evaluations = [record for record in read_progress(folder.progress) if isinstance(record, EvaluationRecord)]
    base = AutoModelForCausalLM.from_pretrained(tiny_recipe.base, attn_implementation="eager")
    before = held_out_loss(base, recipe)
    loaded = PeftModel.from_pretrained(base, str(home / "adapters" / "tiny"))
    after = held_out_loss(loaded, recipe)
    assert evaluations[-1].held_out_loss == pytest.approx(after, rel=1e-3)
    assert after < before - 0.1


def held_out_loss(model: Any, recipe: TrainingRecipe) -> float:
    """Mean loss over the held-out answers, one example at a time. (A loaded AdaLoRA adapter raises AttributeError when
    the model is given labels, peft 0.21.2, so the cross-entropy is taken here.)"""
    from transformers import AutoTokenizer

    from playground.training.encoding import Encoder
    from playground.training.prepare import prepare_data

    encoder = Encoder(tokenizer=AutoTokenizer.from_pretrained(recipe.base), recipe=recipe)
    total, count = 0.0, 0
    model.eval()
    for example in prepare_data(recipe, encoder).held_out:
        tokens = torch.tensor(example.tokens)
        with torch.no_grad():
            logits = model(input_ids=tokens[None]).logits[0, :-1]
        trained = torch.tensor(example.bears_loss[1:])
        total += torch.nn.functional.cross_entropy(logits[trained], tokens[1:][trained], reduction="sum").item()
        count += sum(example.bears_loss[1:])
    return total / count


BROKEN = [
    ({"target_modules": ("no_such_layer",)}, "no_such_layer"),
    ({"row_tokens": 20}, "row_tokens = 20"),
    ({"base": "no-such-model"}, "'no-such-model'"),
    ({"precision": "fp16"}, "fp16"),
    ({"new_tokens": ("<|im_end|>",)}, "'<|im_end|>'"),
    ({"fim_share": 0.5}, "fill-in-the-middle tokens"),
]


@pytest.mark.parametrize(("changes", "part"), BROKEN)
def test_what_cannot_be_trained_ends_in_one_sentence(
    home: Path, tiny_recipe: TrainingRecipe, changes: dict[str, Any], part: str
) -> None:
    folder = make_job(home, tiny_recipe.with_changes(**changes))
    assert train_job(folder.path) == 1
    state = folder.read_state()
    assert state.state == "failed"
    assert part in state.message
    assert "\n" not in state.message
    assert not (home / "adapters").exists()


def test_a_full_disk_is_said_and_the_earlier_checkpoint_stays(
    home: Path, tiny_recipe: TrainingRecipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_job(home, tiny_recipe.with_changes(checkpoint_every=2))
    saved = torch.save

    def full_at_the_second(content: Any, file: Any) -> None:
        if folder.checkpoints.joinpath("step-2").exists():
            file.write(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")
        saved(content, file)

    monkeypatch.setattr(checkpoint.torch, "save", full_at_the_second)
    assert train_job(folder.path) == 1
    assert "disk is full" in folder.read_state().message
    assert [path.name for path in folder.checkpoints.iterdir()] == ["step-2"]


def test_a_loss_that_is_no_number_ends_the_job(home: Path, tiny_recipe: TrainingRecipe, tmp_path: Path) -> None:
    broken = tmp_path / "broken-base"
    shutil.copytree(tiny_recipe.base, broken)
    weights = load_file(broken / "model.safetensors")
    weights["model.norm.weight"].fill_(float("nan"))
    save_file(weights, broken / "model.safetensors", {"format": "pt"})
    folder = make_job(home, tiny_recipe.with_changes(base=str(broken)))
    assert train_job(folder.path) == 1
    assert "lower the learning rate" in folder.read_state().message


def test_memory_that_ran_out_names_what_to_lower() -> None:
    for error in (MemoryError(), torch.OutOfMemoryError("CUDA out of memory"), RuntimeError("not enough memory: x")):
        assert "lower row_tokens or rank" in explain(error)


def test_examples_left_out_are_counted(home: Path, tiny_recipe: TrainingRecipe, tmp_path: Path) -> None:
    long = tmp_path / "long.jsonl"
    text = Path(tiny_recipe.datasets[0]).read_text()
    long.write_text(text + text.splitlines()[0].replace("add w0,w0,0", "nop;" * 400) + "\n")
    folder = make_job(home, tiny_recipe.with_changes(datasets=(str(long),), steps=1, held_out=0.0))
    assert train_job(folder.path) == 0
    notes = [record.text for record in read_progress(folder.progress) if isinstance(record, NoteRecord)]
    assert any(text.startswith("1 examples longer than row_tokens = 256") for text in notes)


def test_a_chosen_row_is_published_as_a_number(home: Path, tiny_recipe: TrainingRecipe) -> None:
    folder = make_job(home, tiny_recipe.with_changes(row_tokens=0, steps=1, held_out=0.0))
    assert train_job(folder.path) == 0
    kept = TrainingRecipe.read(home / "adapters" / "tiny" / "recipe.toml")
    notes = [record.text for record in read_progress(folder.progress) if isinstance(record, NoteRecord)]
    assert kept.row_tokens > 0
    assert any(f"in rows of {kept.row_tokens} tokens" in text for text in notes)


def test_the_card_tells_what_was_done(home: Path, tiny_recipe: TrainingRecipe) -> None:
    folder = make_job(home, tiny_recipe.with_changes(evaluate_every=3))
    assert train_job(folder.path) == 0
    card = (home / "adapters" / "tiny" / "README.md").read_text()
    records = list(read_progress(folder.progress))
    evaluations = [record for record in records if isinstance(record, EvaluationRecord)]
    assert [record.step for record in evaluations] == [3, 6]
    assert card.startswith("---\nbase_model: ")
    assert "# tiny\n" in card
    for record in evaluations:
        assert f"| {record.step} | {record.held_out_loss:.3f} |" in card
