"""The shipped adapters are what their cards say: they answer the seeds' task, which the base does not."""

import json
from pathlib import Path

import pytest
import torch

from playground.emulator.pool import WorkerPool
from playground.models.catalogue import BASE_REPO
from playground.models.events import Column, GenerationRequest, Sampling, TextDelta
from playground.models.generation import Generator
from playground.models.prompts import COMPLETION_PRESETS
from playground.models.weights import ensure_embedded
from playground.paths import SHIPPED_ADAPTERS
from playground.tasks.bank import load_bank
from playground.tasks.judging import Judge, judge
from playground.training.progress import EvaluationRecord, StepRecord, latest_run, read_progress
from playground.training.recipe import TrainingRecipe

TINY, WIDE, AARCH64, X86_64 = (
    SHIPPED_ADAPTERS / f"smollm2-135m-{name}" for name in ("tiny", "wide", "aarch64", "x86_64")
)


@pytest.mark.parametrize("adapter", [TINY, WIDE, AARCH64, X86_64], ids=lambda path: path.name)
def test_the_adapter_is_small_and_complete(adapter: Path) -> None:
    assert sum(path.stat().st_size for path in adapter.rglob("*")) < 10_000_000
    config = json.loads((adapter / "adapter_config.json").read_text())
    recipe = TrainingRecipe.read(adapter / "recipe.toml")
    assert config["base_model_name_or_path"] == BASE_REPO
    assert (config["r"], config["lora_alpha"]) == (recipe.rank, recipe.alpha)


@pytest.mark.parametrize("adapter", [TINY, AARCH64, X86_64], ids=lambda path: path.name)
def test_the_curve_is_whole_and_the_card_repeats_it(adapter: Path) -> None:
    records = latest_run(read_progress(adapter / "progress.jsonl"))
    steps = [record.step for record in records if isinstance(record, StepRecord)]
    assert steps == list(range(1, TrainingRecipe.read(adapter / "recipe.toml").steps + 1))
    card = (adapter / "README.md").read_text()
    for record in records:
        if isinstance(record, EvaluationRecord):
            assert f"| {record.step} | {record.held_out_loss:.3f} |" in card


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize(
    ("adapter", "archs"), [(TINY, ("aarch64", "x86_64")), (AARCH64, ("aarch64",)), (X86_64, ("x86_64",))]
)
def test_it_adds_two_arrays_and_the_base_does_not(adapter: Path, archs: tuple[str, ...]) -> None:
    from peft import PeftModel

    from playground.training.adaptation import load_base
    from playground.training.encoding import Encoder
    from playground.training.practice import Practice, PracticeTask

    model, tokenizer = load_base(str(ensure_embedded()), "bf16")
    adapted = PeftModel.from_pretrained(model, str(adapter))
    task = next(task for task in load_bank() if task.id == "add_two_arrays")
    practice = Practice(
        tasks=[PracticeTask(task=task, arch=arch) for arch in archs],
        encoder=Encoder(tokenizer=tokenizer, recipe=TrainingRecipe(name="x")),
        answer_tokens=Sampling().max_tokens,
    )
    with torch.autocast("cpu", torch.bfloat16):
        samples = practice.samples(adapted, torch.device("cpu"))
    assert [sample.passed for sample in samples] == [True] * len(archs)
    assert [sample.stage for sample in samples] == ["abi"] * len(archs)
    with WorkerPool(size=1) as pool:
        base = [Judge(pool).verdict(sample.base_answer, task, sample.arch) for sample in samples]
    assert [(verdict.passed, verdict.unscored) for verdict in base] == [(False, False)] * len(archs)


@pytest.mark.model
@pytest.mark.slow
def test_the_half_written_function_is_completed_rightly() -> None:
    """Seed 000's case without guiding comments, which its base failed."""
    bare = COMPLETION_PRESETS[0].prefix
    column = Column(id="a", model=AARCH64.name, prefix=bare, sampling=Sampling(temperature=0.0, max_tokens=256))
    events = Generator().stream(GenerationRequest(columns=(column,)))
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    task = next(task for task in load_bank() if task.id == "add_two_arrays")
    verdict = judge(bare + text, task, arch="aarch64", syntax="gas")
    assert verdict.passed, f"{verdict.reason}\n{text}"
