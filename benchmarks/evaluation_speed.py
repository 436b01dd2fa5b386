"""How fast a report is made: 164 tasks x 1 greedy sample in batches, against transformers' generate() one at a time.

    python benchmarks/evaluation_speed.py [TASKS] [TOKENS] [PEER_TASKS]

The first TASKS functions of the bank (default 164, as many as HumanEval has) are asked of the embedded model, greedily,
at most TOKENS tokens each (default 64), and judged meanwhile. Batch sizes are tried on 32 tasks, then the whole report
is made with the best one. The peer, the stock loop, answers the first PEER_TASKS of them (default 8). Both use the same
number of threads. Processor time is printed beside wall time: a busy machine distorts it less.
"""

import os
import platform
import sys
import tempfile
import time
from dataclasses import dataclass
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

BATCHES = (8, 16, 32)
TRIAL_TASKS = 32


@dataclass(frozen=True, kw_only=True)
class Speed:
    """Tokens written, and what that took."""

    tokens: int
    seconds: float
    processor_seconds: float
    """Of this process: judging runs in others."""

    @property
    def each_second(self) -> float:
        return self.tokens / self.seconds

    @property
    def each_processor_second(self) -> float:
        return self.tokens / self.processor_seconds

    def __str__(self) -> str:
        return (
            f"{self.tokens} tokens in {self.seconds:.0f} s: {self.each_second:.1f} tokens/s, "
            f"{self.each_processor_second:.1f} per processor second"
        )


def main(count: int, tokens: int, peer_tasks: int) -> None:
    """Print the machine, generate()'s speed, each batch size's, and the whole report's."""
    tasks = load_bank()[:count]
    settings = CampaignSettings(models=("base",), archs=("aarch64",), max_tokens=tokens)
    generator = Generator()
    campaign_speed(tasks[:1], settings, generator, 1)  # loads the weights and sets the number of threads
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {torch.get_num_threads()} threads")
    peer = one_at_a_time(tasks[:peer_tasks], settings)
    print(f"generate(), one at a time, {peer_tasks} tasks: {peer}", flush=True)
    speeds = {}
    for batch in BATCHES:
        speeds[batch] = campaign_speed(tasks[:TRIAL_TASKS], settings, generator, batch)
        print(
            f"campaign, {TRIAL_TASKS} tasks, batch of {batch}: {speeds[batch]}; {ratio(speeds[batch], peer)}",
            flush=True,
        )
    best = max(speeds, key=lambda batch: speeds[batch].each_processor_second)
    whole = campaign_speed(tasks, settings, generator, best)
    print(f"whole report, {len(tasks)} tasks, batch of {best}: {whole}; {ratio(whole, peer)}")


def ratio(ours: Speed, peer: Speed) -> str:
    """By wall time and by processor time."""
    wall, processor = ours.each_second / peer.each_second, ours.each_processor_second / peer.each_processor_second
    return f"{wall:.2f} times generate() ({processor:.2f} by processor time)"


def one_at_a_time(tasks: tuple[Task, ...], settings: CampaignSettings) -> Speed:
    """The stock loop, after one answer that warms it up."""
    folder = ensure_embedded()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16).eval()
    prompts = [
        tokenizer.apply_chat_template(
            [vars(message) for message in column_of(unit, settings, str(index)).messages],
            add_generation_prompt=True,
            return_tensors="pt",
            return_dict=True,
        )
        for index, unit in enumerate(plan(settings, tasks))
    ]
    model.generate(**prompts[0], do_sample=False, max_new_tokens=4)
    written, started, busy = 0, time.perf_counter(), time.process_time()
    for inputs in prompts:
        output = model.generate(**inputs, do_sample=False, max_new_tokens=settings.max_tokens)
        written += output.shape[1] - inputs["input_ids"].shape[1]
    return Speed(tokens=written, seconds=time.perf_counter() - started, processor_seconds=time.process_time() - busy)


def campaign_speed(tasks: tuple[Task, ...], settings: CampaignSettings, generator: Generator, batch: int) -> Speed:
    """A whole campaign, judging and report included."""
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
        started, busy = time.perf_counter(), time.process_time()
        progress = campaign.run().progress
        spent = Speed(
            tokens=progress.tokens,
            seconds=time.perf_counter() - started,
            processor_seconds=time.process_time() - busy,
        )
    engine.close()
    return spent


if __name__ == "__main__":
    words = sys.argv[1:] + ["164", "64", "8"][len(sys.argv) - 1 :]
    main(*(int(word) for word in words[:3]))
