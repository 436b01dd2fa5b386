"""Training throughput: real (non-padding) tokens a second beside TRL's SFTTrainer, same data, base and method, one run.

``python benchmarks/training_speed.py [--steps N]``. TRL is optional (pip install trl); without it only our rows appear.
Each row trains in processes of its own; memory is the highest resident set, summed over a row's processes.
"""

import argparse
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playground.models.weights import ensure_embedded  # noqa: E402
from playground.training.dataset import read_dataset, shipped_datasets  # noqa: E402
from playground.training.jobstate import JobFolder, JobState  # noqa: E402
from playground.training.launch import Launch  # noqa: E402
from playground.training.progress import StepRecord, read_progress  # noqa: E402
from playground.training.recipe import TrainingRecipe  # noqa: E402

WARM_UP_STEPS = 2
"""Steps that are not counted: the first ones compile and fill caches."""

RECIPE = TrainingRecipe(name="speed", rank=16, alpha=32, held_out=0.0, evaluate_every=0, practice_tasks=0)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One contestant's figures."""

    name: str
    tokens_per_second: float
    peak_bytes: int

    def show(self, peer: float | None) -> str:
        ratio = f"{self.tokens_per_second / peer:7.2f}x" if peer else ""
        return f"{self.name:44}{self.tokens_per_second:9.0f} tokens/s {ratio}{self.peak_bytes / 2**30:8.2f} GiB"


def ours(name: str, steps: int, compiled: bool, processes: int) -> Row:
    """Our trainer as a job runs it."""
    recipe = RECIPE.with_changes(
        steps=steps,
        checkpoint_every=0,
        compile="on" if compiled else "off",
        accumulation=RECIPE.rows_per_step // (2 * processes),
    )
    with tempfile.TemporaryDirectory() as home:
        folder = JobFolder(path=Path(home) / "jobs" / "speed")
        folder.path.mkdir(parents=True)
        folder.recipe.write_text(recipe.to_toml())
        folder.write_state(JobState(state="running"))
        (Path(home) / "models").symlink_to(ensure_embedded().parent)
        command = Launch(cpu_processes=processes).command(folder.path)
        peak = run_watched(command, {"PLAYGROUND_HOME": home, "OMP_NUM_THREADS": "1"})
        records = [record for record in read_progress(folder.progress) if isinstance(record, StepRecord)]
    first, last = records[WARM_UP_STEPS - 1], records[-1]
    return Row(
        name=name, tokens_per_second=(last.tokens - first.tokens) / (last.seconds - first.seconds), peak_bytes=peak
    )


def peer(name: str, steps: int, packing: bool) -> Row:
    """TRL's SFTTrainer in a child process: its defaults, on all cores."""
    command = [sys.executable, __file__, "--peer", "--steps", str(steps), *(["--packing"] if packing else [])]
    with tempfile.NamedTemporaryFile("r+") as answer:
        peak = run_watched(command, {"SPEED_ANSWER": answer.name})
        return Row(name=name, tokens_per_second=json.load(answer)["tokens_per_second"], peak_bytes=peak)


def run_watched(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run to the end; the highest resident set of the process and its children together, sampled each 0.1 s."""
    with tempfile.TemporaryFile() as log:
        child = psutil.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=subprocess.STDOUT)
        peak = 0
        while child.poll() is None:
            peak = max(peak, resident(child))
            time.sleep(0.1)
        if child.returncode:
            log.seek(0)
            raise SystemExit(log.read().decode(errors="replace")[-3000:])
    return peak


def resident(process: psutil.Process) -> int:
    total = 0
    for member in [process, *process.children(recursive=True)]:
        try:
            total += member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def train_peer(steps: int, packing: bool) -> None:
    """The child: SFTTrainer on the starter datasets, loss on completions as ours."""
    from datasets import Dataset
    from peft import LoraConfig
    from trl import SFTConfig, SFTTrainer

    seen: list[tuple[float, int]] = []

    class Counting(SFTTrainer):  # type: ignore[misc]
        def training_step(self, model, inputs, *rest):  # type: ignore[no-untyped-def]
            tokens = int(inputs["attention_mask"].sum()) if "attention_mask" in inputs else inputs["input_ids"].numel()
            loss = super().training_step(model, inputs, *rest)
            seen.append((time.monotonic(), tokens))
            return loss

    rows = [
        {"prompt": turns[:-1], "completion": turns[-1:]}
        for name in shipped_datasets()
        for example in read_dataset(name)
        for turns in [[vars(message) for message in example.messages]]
    ]
    with tempfile.TemporaryDirectory() as folder:
        Counting(
            model=str(ensure_embedded()),
            args=SFTConfig(
                folder,
                max_steps=steps,
                packing=packing,
                report_to="none",
                save_strategy="no",
                use_cpu=not torch.cuda.is_available(),
            ),
            train_dataset=Dataset.from_list(rows).shuffle(seed=0),
            peft_config=LoraConfig(r=RECIPE.rank, lora_alpha=RECIPE.alpha, target_modules="all-linear"),
        ).train()
    started = seen[WARM_UP_STEPS - 1][0]
    tokens = sum(count for _, count in seen[WARM_UP_STEPS:])
    figures = {"tokens_per_second": tokens / (seen[-1][0] - started)}
    Path(os.environ["SPEED_ANSWER"]).write_text(json.dumps(figures))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=8, help="optimiser steps of each row, two of them uncounted")
    parser.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--packing", action="store_true", help="also TRL with its packing")
    options = parser.parse_args()
    if options.peer:
        train_peer(options.steps, options.packing)
        return
    device = torch.cuda.get_device_name() if torch.cuda.is_available() else platform.processor() or platform.machine()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {device}; torch {torch.__version__}")
    base = None
    if importlib.util.find_spec("trl"):
        row = peer("TRL SFTTrainer, its defaults (batch of 8)", options.steps, packing=False)
        base = row.tokens_per_second
        print(row.show(base), flush=True)
        if options.packing:
            print(peer("TRL SFTTrainer, its packing", options.steps, packing=True).show(base), flush=True)
    else:
        print("TRL is missing (pip install trl): our rows only")
    cores = 1 if torch.cuda.is_available() else min(2, os.cpu_count() or 1)
    for name, compiled, processes in (
        ("ours, one process, eager", False, 1),
        ("ours, one process, compiled", True, 1),
        (f"ours, {cores} processes, eager", False, cores),
        (f"ours, {cores} processes, compiled", True, cores),
    ):
        print(ours(name, options.steps, compiled, processes).show(base), flush=True)


if __name__ == "__main__":
    main()
