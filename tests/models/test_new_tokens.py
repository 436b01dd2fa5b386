"""An adapter that was trained with tokens of its own, as the trainer saves it: its tokenizer and rows come with it."""

from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

from playground.errors import InputError
from playground.models.catalogue import adapters_folder
from playground.models.events import Finished
from playground.models.generation import Generator
from tests.models.asking import LORA, Reference, ask, endings

pytestmark = [pytest.mark.model, pytest.mark.slow]

NEW = ("<|asm|>", "<|end of asm|>")
QUESTION = "Continue: <|asm|> mov x0, x1 <|end of asm|> and then"


@pytest.fixture(scope="module")
def extended(embedded: Path) -> Path:
    """Random weights, random rows for two new tokens."""
    tokenizer = AutoTokenizer.from_pretrained(embedded)
    tokenizer.add_tokens(list(NEW))
    model = AutoModelForCausalLM.from_pretrained(embedded, dtype=torch.bfloat16)
    model.resize_token_embeddings(len(tokenizer))
    rows = tokenizer.convert_tokens_to_ids(list(NEW))
    peft = get_peft_model(model, LoraConfig(**LORA, trainable_token_indices=rows))
    torch.manual_seed(4)
    for parameter in peft.parameters():
        if parameter.requires_grad:
            parameter.data += torch.randn_like(parameter) * 0.003
    folder = adapters_folder() / "extended"
    peft.save_pretrained(folder, save_embedding_layers=False)
    tokenizer.save_pretrained(folder)
    return folder


def answer(folder: Path, embedded: Path, question: str) -> tuple[str, int]:
    """transformers' and PEFT's own answer, and the tokens of its prompt."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model: Any = AutoModelForCausalLM.from_pretrained(embedded, dtype=torch.bfloat16)
    model.resize_token_embeddings(len(tokenizer))
    model = PeftModel.from_pretrained(model, folder).eval()
    chat = [{"role": "user", "content": question}]
    inputs = tokenizer.apply_chat_template(chat, add_generation_prompt=True, return_tensors="pt", return_dict=True)
    length = inputs["input_ids"].shape[1]
    out = model.generate(**inputs, max_new_tokens=20, do_sample=False)
    return tokenizer.decode(out[0, length:], skip_special_tokens=True), length


def test_its_tokens_are_read_and_written_as_it_learnt_them(
    generator: Generator, reference: Reference, extended: Path, embedded: Path
) -> None:
    ended = endings(generator, ask("own", QUESTION, "extended", max_tokens=20), ask("base", QUESTION, max_tokens=20))
    own, base = ended["own"], ended["base"]
    assert isinstance(own, Finished)
    assert isinstance(base, Finished)
    assert (own.text, own.prompt_tokens) == answer(extended, embedded, QUESTION)
    assert base.text == reference.answer(QUESTION, tokens=20)
    assert base.prompt_tokens > own.prompt_tokens  # to the base they are just characters


def test_the_base_keeps_its_vocabulary(generator: Generator, extended: Path) -> None:
    adapted, peft = generator.models.load("extended")
    base, _ = generator.models.load("base")
    assert adapted.model is base.model
    assert peft is not None
    assert len(adapted.tokenizer) == len(base.tokenizer) + len(NEW)
    assert base.model.get_input_embeddings().weight.shape[0] == len(base.tokenizer)
    assert base.model.config.vocab_size == len(base.tokenizer)


def test_a_broken_tokenizer_is_named(generator: Generator, extended: Path) -> None:
    broken = adapters_folder() / "broken-tokenizer"
    broken.mkdir()
    for file in extended.iterdir():
        (broken / file.name).write_bytes(file.read_bytes())
    (broken / "tokenizer.json").write_text("{")
    with pytest.raises(InputError, match="tokenizer of the adapter 'broken-tokenizer'"):
        generator.models.load("broken-tokenizer")
