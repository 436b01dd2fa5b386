"""How fast several columns are decoded: against one column, against stock PEFT's mixed batch, beside llama.cpp.

    OMP_NUM_THREADS=2 python benchmarks/generation_speed.py [TOKENS]

Prints milliseconds a token of the batch and ratios to one base column of the same run, by the clock and in processor
time; asserts nothing. The adapters have random weights: their arithmetic costs what a trained one's costs.
Configurations take turns, and the fastest round of each counts, because other processes can only slow a round down;
where they never pause, processor time is the better measure (with OMP_NUM_THREADS=1: idle threads spin).
"""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

from playground.models.events import Column, Failed, Finished, GenerationRequest, Sampling
from playground.models.generation import Generator
from playground.models.weights import ensure_embedded, fetch_gguf

ROUNDS = 5
PROMPT = "The natural numbers in order, one after the other, up to a thousand: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,"


class Taken(NamedTuple):
    """What one round took."""

    seconds: float
    processor: float
    """Seconds of processor time, all threads of this process together."""


def main(tokens: int) -> None:
    """Measure every configuration in turn and print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        adapters = [_random_adapter(Path(scratch) / f"random-{seed}", seed) for seed in range(3)]
        configurations = _configurations(adapters, tokens)
        taken: dict[str, list[Taken]] = {name: [] for name in configurations}
        for _ in range(ROUNDS):
            for name, measure in configurations.items():
                taken[name].append(measure())
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {torch.get_num_threads()} threads")
    print(f"torch {torch.__version__}, {tokens} tokens a column, best of {ROUNDS}\n")
    print(f"{'':44} {'by the clock':>22}   {'processor time':>22}")
    best = {name: Taken(*map(min, zip(*rounds, strict=True))) for name, rounds in taken.items()}
    for name, one in best.items():
        stock = name.startswith(("generate()", "PEFT"))
        peer = best["generate(), one base column" if stock else "one base column"]
        clock = f"{one.seconds / tokens * 1e3:7.1f} ms a step {one.seconds / peer.seconds:5.2f}"
        processor = f"{one.processor / tokens * 1e3:7.1f} ms a step {one.processor / peer.processor:5.2f}"
        print(f"{name:44} {clock}   {processor}")
    _llama_cpp(tokens)


def _configurations(adapters: list[Path], tokens: int) -> dict[str, Callable[[], Taken]]:
    generator, stock = Generator(local_paths=True), _Stock(adapters[0])
    tuned = [str(adapter) for adapter in adapters]
    columns = {
        "one base column": ["base"],
        "one adapter column": tuned[:1],
        "two columns: base, adapter": ["base", tuned[0]],
        "two columns: base, base": ["base", "base"],
        "four columns: base, three adapters": ["base", *tuned],
        "four columns: base": ["base"] * 4,
        "sixteen samples: base": ["base"] * 16,
    }
    ours = {name: _ours(generator, models, tokens) for name, models in columns.items()}
    return ours | {
        "generate(), one base column": lambda: stock.taken(["__base__"], tokens),
        "PEFT mixed batch: base, adapter": lambda: stock.taken(["__base__", "adapter"], tokens),
    }


def _ours(generator: Generator, models: list[str], tokens: int) -> Callable[[], Taken]:
    sampling = Sampling(max_tokens=tokens)
    columns = tuple(Column(id=str(i), model=model, prefix=PROMPT, sampling=sampling) for i, model in enumerate(models))

    def measure() -> Taken:
        """From the last column's first token to the last column's end; processor time of the whole, the prompts having
        been read and remembered in the first round."""
        ended: list[Finished] = []
        processor = time.process_time()
        for event in generator.stream(GenerationRequest(columns=columns)):
            if isinstance(event, Failed):
                raise SystemExit(event.message)
            if isinstance(event, Finished):
                ended.append(event)
        short = [event for event in ended if event.tokens < tokens]
        if short:
            print(f"note: a column ended after {short[0].tokens} tokens", file=sys.stderr)
        processor = time.process_time() - processor
        first = max(event.seconds_to_first_token or 0.0 for event in ended)
        return Taken(max(event.seconds for event in ended) - first, processor)

    measure()  # load and warm up
    return measure


class _Stock:
    """transformers' ``generate()`` with PEFT's ``adapter_names``."""

    def __init__(self, adapter: Path) -> None:
        folder = ensure_embedded()
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        base = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16)
        self.model: Any = PeftModel.from_pretrained(base, adapter, adapter_name="adapter").eval()

    def taken(self, rows: list[str], tokens: int) -> Taken:
        """All steps but the first, the prompt's pass taken off by a run of one token."""
        whole, first = self._generate(rows, tokens), self._generate(rows, 1)
        return Taken(whole.seconds - first.seconds, whole.processor - first.processor)

    def _generate(self, rows: list[str], tokens: int) -> Taken:
        inputs = self.tokenizer([PROMPT] * len(rows), return_tensors="pt")
        started, processor = time.perf_counter(), time.process_time()
        options = {"max_new_tokens": tokens, "min_new_tokens": tokens, "do_sample": False}
        self.model.generate(**inputs, **options, adapter_names=rows)
        return Taken(time.perf_counter() - started, time.process_time() - processor)


def _random_adapter(folder: Path, seed: int) -> Path:
    model = AutoModelForCausalLM.from_pretrained(ensure_embedded(), dtype=torch.bfloat16)
    config = LoraConfig(r=16, lora_alpha=32, target_modules="all-linear", task_type="CAUSAL_LM")
    peft = get_peft_model(model, config)
    torch.manual_seed(seed)
    for name, parameter in peft.named_parameters():
        if "lora_B" in name:
            parameter.data.normal_(std=0.001)
    peft.save_pretrained(folder)
    return folder


def _llama_cpp(tokens: int) -> None:
    """llama.cpp on the 4-bit file that the embedded model is made from, where llama-cpp-python is installed."""
    try:
        from llama_cpp import Llama
    except ImportError:
        print("\nllama.cpp: not measured (llama-cpp-python is not installed)")
        return
    with tempfile.TemporaryDirectory() as folder:
        llama = Llama(model_path=str(fetch_gguf(Path(folder))), verbose=False, n_threads=torch.get_num_threads())
        llama.create_completion(PROMPT, max_tokens=4)
        started = time.perf_counter()
        llama.create_completion(PROMPT, max_tokens=tokens, temperature=0.0)
        print(f"\nllama.cpp, one column, 4 bits: {(time.perf_counter() - started) / tokens * 1e3:.1f} ms a token")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 64)
