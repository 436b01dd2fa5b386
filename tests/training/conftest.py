"""A tiny random Llama with a chat template, so that training runs in seconds without the embedded model's weights."""

from pathlib import Path

import pytest
import torch

from playground.training.recipe import TrainingRecipe
from tests.training.tiny import chat_line, quick_recipe, tiny_tokenizer


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a Llama of two layers with random weights and tied embeddings, in float32."""
    from transformers import LlamaConfig, LlamaForCausalLM

    folder = tmp_path_factory.mktemp("tiny-base")
    tokenizer = tiny_tokenizer()
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=512,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty small functions, one per line."""
    path = tmp_path_factory.mktemp("data") / "plus.jsonl"
    path.write_text("".join(chat_line(f"x plus {n}", f"f:\n add w0,w0,{n}\n ret") for n in range(40)))
    return path


@pytest.fixture
def tiny_recipe(tiny_base: Path, tiny_dataset: Path) -> TrainingRecipe:
    """Six quick steps in float32 on the tiny base."""
    return quick_recipe(tiny_base, tiny_dataset)
