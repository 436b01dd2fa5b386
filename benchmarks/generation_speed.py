"""How fast several columns are decoded: against one column, against stock PEFT's mixed batch, beside llama.cpp.

    OMP_NUM_THREADS=2 python benchmarks/generation_speed.py [TOKENS]

Prints milliseconds a token of the batch and ratios to one base column of the same run; asserts nothing. The adapters
have random weights: their arithmetic costs what a trained one's costs. Configurations take turns, and the fastest
round of each counts, because other processes can only slow a round down.
"""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

from playground.models.events import Column, Failed, Finished, GenerationRequest, Sampling
from playground.models.generation import Generator
from playground.models.weights import ensure_embedded, fetch_gguf

ROUNDS = 5
PROMPT = "The natural numbers in order, one after the other, up to a thousand: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,"


def main(tokens: int) -> None:
    """Measure every configuration in turn and print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        adapters = [_random_adapter(Path(scratch) / f"random-{seed}", seed) for seed in range(3)]
        configurations = _configurations(adapters, tokens)
        seconds = {name: [] for name in configurations}
        for _ in range(ROUNDS):
            for name, measure in configurations.items():
                seconds[name].append(measure())
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {torch.get_num_threads()} threads")
    print(f"torch {torch.__version__}, {tokens} tokens a column, best of {ROUNDS}\n")
    one, stock_one = min(seconds["one base column"]), min(seconds["generate(), one base column"])
    for name, times in seconds.items():
        peer = stock_one if name.startswith(("generate()", "PEFT")) else one
        print(f"{name:44} {min(times) / tokens * 1e3:7.1f} ms a step   {min(times) / peer:5.2f}")
    _llama_cpp(tokens)


def _configurations(adapters: list[Path], tokens: int) -> dict[str, Callable[[], float]]:
    generator, stock = Generator(local_paths=True), _Stock(adapters[0])
    tuned = [str(adapter) for adapter in adapters]
    columns = {
        "one base column": ["base"],
        "one adapter column": tuned[:1],
        "two columns: base, adapter": ["base", tuned[0]],
        "two columns: base, base": ["base", "base"],
        "four columns: base, three adapters": ["base", *tuned],
        "four columns: base": ["base"] * 4,
    }
    ours = {name: _ours(generator, models, tokens) for name, models in columns.items()}
    return ours | {
        "generate(), one base column": lambda: stock.seconds(["__base__"], tokens),
        "PEFT mixed batch: base, adapter": lambda: stock.seconds(["__base__", "adapter"], tokens),
    }


def _ours(generator: Generator, models: list[str], tokens: int) -> Callable[[], float]:
    sampling = Sampling(max_tokens=tokens)
    columns = tuple(Column(id=str(i), model=model, prefix=PROMPT, sampling=sampling) for i, model in enumerate(models))

    def measure() -> float:
        """Seconds from the first column's first token to the last column's end."""
        ended: list[Finished] = []
        for event in generator.stream(GenerationRequest(columns=columns)):
            if isinstance(event, Failed):
                raise SystemExit(event.message)
            if isinstance(event, Finished):
                ended.append(event)
        short = [event for event in ended if event.tokens < tokens]
        if short:
            print(f"note: a column ended after {short[0].tokens} tokens", file=sys.stderr)
        return max(event.seconds for event in ended) - max(event.seconds_to_first_token or 0.0 for event in ended)

    measure()  # load and warm up
    return measure


class _Stock:
    """transformers' ``generate()`` with PEFT's ``adapter_names``."""

    def __init__(self, adapter: Path) -> None:
        folder = ensure_embedded()
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        base = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16)
        self.model: Any = PeftModel.from_pretrained(base, adapter, adapter_name="adapter").eval()

    def seconds(self, rows: list[str], tokens: int) -> float:
        """Seconds of all steps but the first, the prompt's pass taken off by a run of one token."""
        return self._generate(rows, tokens) - self._generate(rows, 1)

    def _generate(self, rows: list[str], tokens: int) -> float:
        inputs = self.tokenizer([PROMPT] * len(rows), return_tensors="pt")
        started = time.perf_counter()
        options = {"max_new_tokens": tokens, "min_new_tokens": tokens, "do_sample": False}
        self.model.generate(**inputs, **options, adapter_names=rows)
        return time.perf_counter() - started


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
