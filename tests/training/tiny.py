"""A byte-level tokenizer with a chat template, lines of a dataset, and a recipe for both."""

import json
from pathlib import Path
from typing import Any

from playground.training.recipe import TrainingRecipe

CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def tiny_tokenizer() -> Any:
    """Byte by byte, with the two turn markers as special tokens."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={symbol: number for number, symbol in enumerate(alphabet)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(["<|im_start|>", "<|im_end|>"])
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|im_end|>")
    fast.chat_template = CHAT_TEMPLATE
    return fast


def chat_line(question: str, answer: str) -> str:
    messages = [
        {"role": "system", "content": "Write AArch64 assembly."},
        {"role": "user", "content": question},
        {"role": "assistant", "content": answer},
    ]
    return json.dumps({"messages": messages}) + "\n"


def quick_recipe(base: Path, dataset: Path) -> TrainingRecipe:
    """Six quick steps in float32 on a tiny base; a checkpoint half-way."""
    return TrainingRecipe(
        name="tiny",
        base=str(base),
        datasets=(str(dataset),),
        rank=4,
        alpha=8,
        target_rank=2,
        row_tokens=256,
        rows_per_step=4,
        accumulation=2,
        precision="fp32",
        compile="off",
        steps=6,
        warmup_steps=2,
        evaluate_every=0,
        checkpoint_every=3,
        practice_tasks=0,
    )
