"""An adapter that was trained with tokens of its own, as the trainer saves it: its tokenizer and rows come with it."""

from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

from playground.errors import InputError
from playground.models.catalogue import adapters_folder
from playground.models.events import Column, Failed, Finished, Sampling
from playground.models.generation import Generator
from tests.models.asking import LORA, Reference, ask, endings

pytestmark = [pytest.mark.model, pytest.mark.slow]

NEW = ("<|asm|>", "<|end of asm|>")
FIM = ("<|before|>", "<|after|>", "<|between|>")
QUESTION = "Continue: <|asm|> mov x0, x1 <|end of asm|> and then"


@pytest.fixture(scope="module")
def extended(embedded: Path) -> Path:
    """Random weights, random rows for the new tokens; three of them are for filling in the middle."""
    tokenizer = AutoTokenizer.from_pretrained(embedded)
    tokenizer.add_tokens([*NEW, *FIM])
    model = AutoModelForCausalLM.from_pretrained(embedded, dtype=torch.bfloat16)
    model.resize_token_embeddings(len(tokenizer))
    rows = tokenizer.convert_tokens_to_ids([*NEW, *FIM])
    peft = get_peft_model(model, LoraConfig(**LORA, trainable_token_indices=rows))
    torch.manual_seed(4)
    for parameter in peft.parameters():
        if parameter.requires_grad:
            parameter.data += torch.randn_like(parameter) * 0.003
    folder = adapters_folder() / "extended"
    peft.save_pretrained(folder, save_embedding_layers=False)
    tokenizer.save_pretrained(folder)
    (folder / "recipe.toml").write_text(f"fim_tokens = {list(FIM)!r}\n")
    return folder


def answer(folder: Path, embedded: Path, question: str) -> tuple[str, int]:
    """transformers' and PEFT's own answer to a chat, and the tokens of its prompt."""
    chat = [{"role": "user", "content": question}]
    text = AutoTokenizer.from_pretrained(folder).apply_chat_template(chat, add_generation_prompt=True, tokenize=False)
    return continuation(folder, embedded, text)


def continuation(folder: Path, embedded: Path, text: str) -> tuple[str, int]:
    """What transformers and PEFT write behind `text`, and its tokens."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model: Any = AutoModelForCausalLM.from_pretrained(embedded, dtype=torch.bfloat16)
    model.resize_token_embeddings(len(tokenizer))
    model = PeftModel.from_pretrained(model, folder).eval()
    inputs = tokenizer(text, return_tensors="pt", add_special_tokens=False)
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


def test_it_fills_in_the_middle_with_its_own_tokens(generator: Generator, extended: Path, embedded: Path) -> None:
    sampling = Sampling(max_tokens=20)
    prefix, suffix = "add:\n", "\n ret\n"
    ended = endings(
        generator,
        Column(id="own", model="extended", prefix=prefix, suffix=suffix, sampling=sampling),
        Column(id="base", model="base", prefix=prefix, suffix=suffix, sampling=sampling),
    )
    own, base = ended["own"], ended["base"]
    assert isinstance(own, Finished)
    assert isinstance(base, Failed)
    assert "fill-in-the-middle" in base.message
    before, after, between = FIM
    text = f"{before}{prefix}{after}{suffix}{between}"
    assert (own.text, own.prompt_tokens) == continuation(extended, embedded, text)


def test_the_base_keeps_its_vocabulary(generator: Generator, extended: Path) -> None:
    adapted, peft = generator.models.load("extended")
    base, _ = generator.models.load("base")
    assert adapted.model is base.model
    assert peft is not None
    assert len(adapted.tokenizer) == len(base.tokenizer) + len(NEW) + len(FIM)
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
