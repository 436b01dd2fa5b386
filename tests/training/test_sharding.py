"""Two CPU processes over gloo, sharded as accelerate was configured, train as data-parallel ones do."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from playground.errors import InputError
from playground.paths import CHECKOUT
from playground.training import loop
from playground.training.jobs import Job, JobStore
from playground.training.launch import Launch
from playground.training.progress import EvaluationRecord, NoteRecord, StepRecord
from playground.training.recipe import TrainingRecipe
from playground.training.sharding import sharding_plugin
from tests.training.sharded_curves import course
from tests.training.test_jobs import ended, losses, wait
from tests.training.test_loop import build_trainer
from tests.training.test_training_session import held_out_loss
from tests.training.tiny import quick_recipe

pytestmark = pytest.mark.timeout(900)

SHARDED = Launch(
    options=(
        *("--use_fsdp", "--fsdp_version", "2"),
        *("--num_processes", "2", "--num_machines", "1", "--main_process_port", "0"),
        *("--mixed_precision", "no", "--dynamo_backend", "no"),
    )
)
DATA_PARALLEL = Launch(cpu_processes=2)

NEW_TOKENS = ("<P>", "<S>", "<M>")
ADAPTERS = {
    "dora": {"method": "dora"},
    "head": {"train_head": True, "learning_rate": 1e-3},
    "rslora": {"method": "rslora", "accumulation": 1},
    "tokens": {"new_tokens": NEW_TOKENS, "fim_tokens": NEW_TOKENS, "fim_share": 0.5, "loss_on": "all"},
}
"""What of a recipe decides which parameters there are, and who reads them."""


@dataclass(frozen=True)
class Finished:
    """A job that was run to its end."""

    store: JobStore
    job: Job

    @property
    def adapter(self) -> Path:
        return self.store.home / "adapters" / self.job.adapter

    @property
    def weights(self) -> dict[str, torch.Tensor]:
        return load_file(self.adapter / "adapter_model.safetensors")

    @property
    def losses(self) -> list[float]:
        return losses(self.store, self.job.id)

    @property
    def evaluations(self) -> list[EvaluationRecord]:
        return [record for record in self.store.progress(self.job.id) if isinstance(record, EvaluationRecord)]


def finish(store: JobStore, id: str) -> Finished:
    job = wait(store, id, ended)
    assert job.state == "finished", f"{job.message}\n{store.log_tail(job.id)}"
    return Finished(store, job)


@pytest.fixture(scope="module")
def recipe(tiny_base: Path, tiny_dataset: Path) -> TrainingRecipe:
    """One that evaluates twice and has a checkpoint half-way."""
    return quick_recipe(tiny_base, tiny_dataset).with_changes(
        learning_rate=0.05, evaluate_every=3, practice_tasks=1, answer_tokens=6
    )


@pytest.fixture(scope="module")
def sharded(recipe: TrainingRecipe, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """What two sharded processes made of `recipe`."""
    store = JobStore(tmp_path_factory.mktemp("sharded"), launch_options=SHARDED)
    return finish(store, store.start(recipe).id)


def assert_same_weights(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> None:
    assert one.keys() == other.keys()
    for name, value in one.items():
        assert torch.allclose(other[name], value, rtol=1e-3, atol=1e-4), name


def test_it_is_data_parallel_training(sharded: Finished, recipe: TrainingRecipe, tmp_path: Path) -> None:
    store = JobStore(tmp_path, launch_options=DATA_PARALLEL)
    plain = finish(store, store.start(recipe).id)
    assert sharded.losses == pytest.approx(plain.losses, rel=1e-4)
    assert sharded.losses[-1] < sharded.losses[0] - 0.1, "nothing was learnt, so nothing was compared"
    assert_same_weights(plain.weights, sharded.weights)
    for expected, record in zip(plain.evaluations, sharded.evaluations, strict=True):
        assert record.held_out_loss == pytest.approx(expected.held_out_loss, rel=1e-4)
        assert record.samples == expected.samples
        assert len(record.samples) == 1


def test_each_process_holds_a_half_and_what_is_published_is_whole(sharded: Finished, recipe: TrainingRecipe) -> None:
    """The adapter loads with peft alone and answers as it was evaluated."""
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    base = AutoModelForCausalLM.from_pretrained(recipe.base, attn_implementation="eager")
    loaded = PeftModel.from_pretrained(base, str(sharded.adapter))
    count = sum(value.numel() for value in loaded.parameters())
    notes = [record.text for record in sharded.store.progress(sharded.job.id) if isinstance(record, NoteRecord)]
    assert f"The parameters are sharded: the main process holds {count // 2:,} of them." in notes
    assert sharded.evaluations[-1].held_out_loss == pytest.approx(held_out_loss(loaded, recipe), rel=1e-3)


@pytest.mark.parametrize("launch", [SHARDED, Launch()], ids=["sharded", "one-process"])
def test_its_checkpoint_is_gone_on_from(sharded: Finished, recipe: TrainingRecipe, launch: Launch) -> None:
    """As if it had never stopped; a checkpoint is whole, so that any number of processes can read it."""
    store = JobStore(sharded.store.home, launch_options=launch)
    id = interrupted_copy(sharded, step=3)
    store.resume(id)
    resumed = finish(store, id)
    steps = [record.step for record in store.progress(id) if isinstance(record, StepRecord)]
    assert steps == list(range(1, recipe.steps + 1))
    assert resumed.losses == pytest.approx(sharded.losses, rel=1e-5)
    assert_same_weights(sharded.weights, resumed.weights)
    store.delete(id)


def interrupted_copy(finished: Finished, step: int) -> str:
    """The id of a job like that one, but killed after its checkpoint at `step`."""
    job = finished.job
    folder = replace(job.folder, path=job.folder.path.with_name("interrupted"))
    folder.checkpoints.mkdir(parents=True)
    shutil.copy(job.folder.recipe, folder.recipe)
    shutil.copy(job.folder.checkpoints / f"step-{step}", folder.checkpoints)
    lines = job.folder.progress.read_text().splitlines(keepends=True)
    after = next(number for number, line in enumerate(lines) if f'"step": {step + 1},' in line)
    folder.progress.write_text("".join(lines[:after]))
    folder.write_state(replace(job.folder.read_state(), state="interrupted", adapter=""))
    assert len(losses(finished.store, "interrupted")) == step
    return "interrupted"


def test_every_adapter_is_trained_as_by_one_process(recipe: TrainingRecipe, tmp_path: Path) -> None:
    """Evaluated half-way: an answer is written below what is sharded, and steps follow it."""
    recipes = {name: recipe.with_changes(**changes) for name, changes in ADAPTERS.items()}
    for name, changed in recipes.items():
        (tmp_path / f"{name}.toml").write_text(changed.to_toml())
    module, *options = SHARDED.launcher()
    command = [sys.executable, "-m", module, *options, "-m", "tests.training.sharded_curves", str(tmp_path)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    run = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-4000:]
    for name, changed in recipes.items():
        expected, found = course(build_trainer(changed)), torch.load(tmp_path / f"{name}.pt")
        assert found["losses"] == pytest.approx(expected["losses"], rel=1e-4), name
        assert found["held_out"] == pytest.approx(expected["held_out"], rel=1e-4), name
        assert found["answers"] == expected["answers"], name
        assert_same_weights(expected["weights"], found["weights"])


@pytest.mark.parametrize(
    ("environment", "part"),
    [
        ({"ACCELERATE_USE_FSDP": "true"}, "--fsdp_version 2"),
        ({"ACCELERATE_USE_FSDP": "true", "FSDP_VERSION": "1"}, "--fsdp_version 2"),
        ({"ACCELERATE_USE_DEEPSPEED": "true"}, "DeepSpeed is not supported"),
    ],
)
def test_what_is_not_supported_is_refused(
    environment: dict[str, str], part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=part):
        sharding_plugin()


def test_adalora_is_not_sharded(tiny_recipe: TrainingRecipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "is_sharded", lambda accelerator: True)
    with pytest.raises(InputError, match="AdaLoRA"):
        build_trainer(tiny_recipe.with_changes(method="adalora"))
