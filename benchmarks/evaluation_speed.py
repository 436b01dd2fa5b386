"""How fast a campaign's answers are written: tokens/s in batches, against transformers' generate() one at a time.

    python benchmarks/evaluation_speed.py [TASKS] [TOKENS]

The bank's first TASKS functions (default 32; 164 is HumanEval's number) are asked of the embedded model, greedily, at
most TOKENS tokens each (default 64), and judged while generation goes on.
"""

import os
import platform
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from playground.evaluation.campaign import Campaign, CampaignSettings, column_of, plan
from playground.evaluation.engine import LocalEngine
from playground.models.generation import Generator
from playground.models.weights import ensure_embedded
from playground.tasks.bank import load_bank
from playground.tasks.task import Task

BATCHES = (1, 8, 16, 32)


def main(count: int, tokens: int) -> None:
    """Print the machine, generate()'s speed, and each batch size's."""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {torch.get_num_threads()} threads")
    tasks = load_bank()[:count]
    settings = CampaignSettings(models=("base",), archs=("aarch64",), max_tokens=tokens)
    peer = one_at_a_time(tasks[:8], settings)
    print(f"generate(), one at a time: {peer:.1f} tokens/s")
    generator = Generator()
    for batch in BATCHES:
        speed, seconds = campaign_speed(tasks, settings, generator, batch)
        ratio = f"{speed / peer:.2f} times generate()"
        print(f"campaign, batch of {batch:2}: {speed:6.1f} tokens/s ({seconds:.0f} s), {ratio}")


def one_at_a_time(tasks: tuple[Task, ...], settings: CampaignSettings) -> float:
    """Tokens a second of the stock loop."""
    folder = ensure_embedded()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16).eval()
    written, started = 0, time.perf_counter()
    for index, unit in enumerate(plan(settings, tasks)):
        messages = [vars(message) for message in column_of(unit, settings, str(index)).messages]
        inputs = tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        output = model.generate(**inputs, do_sample=False, max_new_tokens=settings.max_tokens)
        written += output.shape[1] - inputs["input_ids"].shape[1]
    return written / (time.perf_counter() - started)


def campaign_speed(
    tasks: tuple[Task, ...], settings: CampaignSettings, generator: Generator, batch: int
) -> tuple[float, float]:
    """Tokens a second and seconds of a whole campaign, judging included."""
    engine = LocalEngine()
    with tempfile.TemporaryDirectory() as folder:
        campaign = Campaign(
            settings=settings,
            tasks=tasks,
            folder=Path(folder),
            engine=engine,
            generator=generator,
            batch_size=batch,
        )
        progress = campaign.run().progress
    engine.close()
    return progress.tokens / progress.seconds, progress.seconds


if __name__ == "__main__":
    main(*(int(word) for word in (sys.argv[1:] + ["32", "64"][len(sys.argv) - 1 :])[:2]))
