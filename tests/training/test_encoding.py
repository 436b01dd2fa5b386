"""What is trained on: the answer's tokens and its end of turn, exactly as generation sees the prompt."""

import random
from typing import Any

import pytest

from playground.errors import InputError
from playground.models.events import Message
from playground.models.prompts import FimTokens
from playground.training.dataset import ChatExample
from playground.training.encoding import Encoder
from playground.training.recipe import TrainingRecipe
from tests.training.tiny import tiny_tokenizer

ASKED = (Message(role="system", content="S"), Message(role="user", content="Q"))
EXAMPLE = ChatExample(messages=(*ASKED, Message(role="assistant", content="f:\n ret")), where="x, line 1")


def encoder(tokenizer: Any = None, base_fim: FimTokens | None = None, **changes: Any) -> Encoder:
    recipe = TrainingRecipe(name="x", **changes)
    return Encoder(tokenizer=tokenizer or tiny_tokenizer(), recipe=recipe, base_fim=base_fim)


def trained_text(made: Encoder, example: ChatExample = EXAMPLE) -> str:
    encoded = made.encode_all([example])[0]
    return str(made.tokenizer.decode([t for t, on in zip(encoded.tokens, encoded.bears_loss, strict=True) if on]))


def whole_text(made: Encoder, example: ChatExample = EXAMPLE) -> str:
    return str(made.tokenizer.decode(made.encode_all([example])[0].tokens))


def test_the_answer_and_its_end_bear_loss() -> None:
    assert trained_text(encoder()) == "f:\n ret<|im_end|>"
    assert whole_text(encoder()) == (
        "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ<|im_end|>\n<|im_start|>assistant\nf:\n ret<|im_end|>"
    )


def test_the_prompt_is_what_generation_reads() -> None:
    made = encoder()
    chat = [{"role": message.role, "content": message.content} for message in ASKED]
    read = made.tokenizer.apply_chat_template(chat, add_generation_prompt=True, return_dict=False)
    encoded = made.encode_all([EXAMPLE])[0]
    assert list(encoded.tokens[: len(read)]) == list(read)
    assert list(made.prompt(ASKED).tokens) == list(read)
    assert encoded.bears_loss.index(True) == len(read)


def test_every_answer_of_a_conversation_bears_loss() -> None:
    more = (Message(role="user", content="R"), Message(role="assistant", content="g:"))
    example = ChatExample(messages=(*EXAMPLE.messages, *more), where="x, line 1")
    assert trained_text(encoder(), example) == "f:\n ret<|im_end|>g:<|im_end|>"
    assert whole_text(encoder(), example).endswith(
        "<|im_end|>\n<|im_start|>user\nR<|im_end|>\n<|im_start|>assistant\ng:<|im_end|>"
    )


def test_everything_bears_loss_when_asked() -> None:
    made = encoder(loss_on="all", prompt_format="text")
    assert trained_text(made) == whole_text(made) == "S\n\nQ\n\nf:\n ret<|im_end|>"


def test_text_has_no_roles() -> None:
    assert trained_text(encoder(prompt_format="text")) == "f:\n ret<|im_end|>"


def test_plain_text_has_no_template_and_bears_loss_as_a_whole() -> None:
    example = ChatExample(messages=(Message(role="assistant", content="f:\n ret"),), where="x, line 1", is_plain=True)
    for prompt_format in ("chat", "text"):
        made = encoder(prompt_format=prompt_format)
        assert whole_text(made, example).endswith("f:\n ret<|im_end|>")
        assert "<|im_start|>" not in whole_text(made, example)
        assert trained_text(made, example) == "f:\n ret<|im_end|>"


def test_a_base_without_a_template_is_named_with_the_remedy() -> None:
    tokenizer = tiny_tokenizer()
    tokenizer.chat_template = None
    with pytest.raises(InputError, match='prompt_format = "text"'):
        encoder(tokenizer).encode_all([EXAMPLE])


def test_fill_in_the_middle_uses_both_orders_and_loses_nothing() -> None:
    tokens = ("<P>", "<S>", "<M>")
    tokenizer = tiny_tokenizer()
    tokenizer.add_tokens(list(tokens))
    made = encoder(tokenizer, fim_share=1.0, fim_tokens=tokens, new_tokens=tokens)
    orders = set()
    for _ in range(40):
        chance = random.Random(_)
        text = "".join(segment.text for segment in made.segments(EXAMPLE, chance))
        spm = text.startswith("<P><S>")
        orders.add(spm)
        first, last = text.split("<M>")
        if spm:
            suffix = first.removeprefix("<P><S>")
            prefix_and_middle = last.removesuffix("<|im_end|>")
            assert prefix_and_middle + suffix == "f:\n ret"
        else:
            prefix, suffix = first.removeprefix("<P>").split("<S>")
            assert prefix + last.removesuffix("<|im_end|>") + suffix == "f:\n ret"
    assert orders == {True, False}


def test_the_share_of_fill_in_the_middle_is_kept() -> None:
    fim = FimTokens(prefix="<P>", suffix="<S>", middle="<M>")
    made = encoder(fim_share=0.5, base_fim=fim)
    chance = random.Random(1)
    made_fim = sum(made.segments(EXAMPLE, chance)[0].text.startswith("<P>") for _ in range(600))
    assert 240 < made_fim < 360


def test_missing_middle_tokens_are_named_with_the_remedy() -> None:
    with pytest.raises(InputError, match="new_tokens"):
        encoder(fim_share=1.0).encode_all([EXAMPLE])
    with pytest.raises(InputError, match="'<P>'"):
        encoder(fim_share=1.0, fim_tokens=("<P>", "<S>", "<M>")).encode_all([EXAMPLE])
