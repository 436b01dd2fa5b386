"""The real model and adapters with random weights: an adapter need not be trained to prove how it is computed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, PeftConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

from playground.models.catalogue import adapters_folder
from playground.models.generation import Generator
from playground.models.weights import ensure_embedded
from tests.models.asking import LORA, Reference


@pytest.fixture(scope="session")
def embedded(isolated_home: Path) -> Path:
    return ensure_embedded()


@pytest.fixture(scope="session")
def generator(embedded: Path) -> Generator:
    return Generator()


@pytest.fixture(scope="session")
def tokenizer(embedded: Path) -> Any:
    return AutoTokenizer.from_pretrained(embedded)


@pytest.fixture(scope="session")
def make_adapter(embedded: Path) -> Callable[..., Path]:
    """``make_adapter(name, config)`` saves an adapter with random weights where training jobs put theirs."""

    def make(name: str, config: PeftConfig | None = None, seed: int = 1, deviation: float = 0.003) -> Path:
        model = AutoModelForCausalLM.from_pretrained(embedded, dtype=torch.bfloat16)
        peft = get_peft_model(model, config or LoraConfig(**LORA))
        torch.manual_seed(seed)
        for parameter in peft.parameters():
            if parameter.requires_grad:
                parameter.data += torch.randn_like(parameter) * deviation
        folder = adapters_folder() / name
        peft.save_pretrained(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def random_lora(make_adapter: Callable[..., Path]) -> str:
    make_adapter("random-lora")
    return "random-lora"


@pytest.fixture(scope="session")
def reference(embedded: Path) -> Reference:
    return Reference(embedded)
