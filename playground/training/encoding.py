"""Examples as token sequences in which every token knows whether it bears loss."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from playground.errors import InputError
from playground.models.events import Message
from playground.models.prompts import FimTokens, fim_prompt
from playground.training.dataset import ChatExample
from playground.training.recipe import TrainingRecipe

Tokenizer = Any
"""A transformers PreTrainedTokenizerFast."""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A stretch of an example's text."""

    text: str
    bears_loss: bool


@dataclass(frozen=True, kw_only=True)
class EncodedExample:
    """Token ids of one example; ``bears_loss[i]`` says whether predicting token i is trained."""

    tokens: tuple[int, ...]
    bears_loss: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.tokens)


@dataclass(frozen=True, kw_only=True)
class Encoder:
    """Turns examples into tokens as a recipe asks."""

    tokenizer: Tokenizer
    recipe: TrainingRecipe
    base_fim: FimTokens | None = None
    """The base's own fill-in-the-middle tokens."""

    def encode_all(self, examples: Iterable[ChatExample]) -> tuple[EncodedExample, ...]:
        """Every example, in order; the choice of fill-in-the-middle examples depends on the recipe's seed alone."""
        chance = random.Random(self.recipe.seed)
        return tuple(self.encode(self.segments(example, chance)) for example in examples)

    def segments(self, example: ChatExample, chance: random.Random) -> tuple[Segment, ...]:
        """The templated text of an example, divided by whether it bears loss."""
        if self.recipe.fim_share and chance.random() < self.recipe.fim_share:
            segments = self.fim_segments(example.messages[-1].content, chance)
        elif self.recipe.prompt_format == "chat" and not example.is_plain:
            segments = tuple(self.chat_segments(example))
        else:
            segments = self.text_segments(example.messages)
        if self.recipe.loss_on == "all":
            segments = tuple(Segment(text=segment.text, bears_loss=True) for segment in segments)
        return tuple(segment for segment in segments if segment.text)

    def encode(self, segments: Iterable[Segment]) -> EncodedExample:
        """Tokens of the segments, each tokenised by itself: a prompt's tokens are those that generation will see."""
        tokens = self.opening_tokens()
        bears_loss = [False] * len(tokens)
        for segment in segments:
            ids = self.tokenizer(segment.text, add_special_tokens=False)["input_ids"]
            tokens += ids
            bears_loss += [segment.bears_loss] * len(ids)
        return EncodedExample(tokens=tuple(tokens), bears_loss=tuple(bears_loss))

    def opening_tokens(self) -> list[int]:
        """The begin token of plain text, where the tokenizer sets one; a chat template writes its own."""
        if self.recipe.prompt_format == "chat":
            return []
        return [token for token in self.tokenizer("")["input_ids"] if token == self.tokenizer.bos_token_id]

    def prompt(self, messages: tuple[Message, ...]) -> EncodedExample:
        """What a model reads before it answers `messages`, none of which is its own."""
        if self.recipe.prompt_format == "chat":
            text = self.render(messages, reply_follows=True)
        else:
            text = "".join(f"{message.content}\n\n" for message in messages)
        return self.encode([Segment(text=text, bears_loss=False)])

    def chat_segments(self, example: ChatExample) -> Iterator[Segment]:
        """The chat template's text; each assistant message and its end-of-turn token bear loss."""
        written = ""
        for index, message in enumerate(example.messages):
            if message.role != "assistant":
                continue
            before = self.render(example.messages[:index], reply_follows=True)
            after = self.render(example.messages[: index + 1], reply_follows=False)
            if not (before.startswith(written) and after.startswith(before)):
                raise InputError(
                    f"{example.where}: the base's chat template rewrites earlier messages, so answer and prompt cannot "
                    'be told apart; use prompt_format = "text" or examples with one answer.'
                )
            yield Segment(text=before[len(written) :], bears_loss=False)
            written = before + self.up_to_end_of_turn(after[len(before) :])
            yield Segment(text=written[len(before) :], bears_loss=True)

    def up_to_end_of_turn(self, answer: str) -> str:
        """The answer with its end-of-turn token, without what a template writes behind it."""
        end = self.tokenizer.eos_token
        return answer[: answer.rindex(end)] + end if end in answer else answer + end

    def render(self, messages: tuple[Message, ...], reply_follows: bool) -> str:
        """The chat template's text of `messages`."""
        if not self.tokenizer.chat_template:
            raise InputError(
                f'The base {self.recipe.base!r} has no chat template; set prompt_format = "text" in the recipe.'
            )
        turns = [{"role": message.role, "content": message.content} for message in messages]
        text = self.tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=reply_follows)
        return str(text)

    def text_segments(self, messages: tuple[Message, ...]) -> tuple[Segment, ...]:
        """Contents as generation joins them for a base without a chat template, and the end token."""
        *asked, answer = messages
        parts = [Segment(text=f"{message.content}\n\n", bears_loss=message.role == "assistant") for message in asked]
        return (*parts, Segment(text=answer.content + self.tokenizer.eos_token, bears_loss=True))

    def fim_segments(self, text: str, chance: random.Random) -> tuple[Segment, ...]:
        """`text` cut at two random places; the middle bears loss. PSM or SPM with equal chance, cut between characters
        as Bavarian et al. 2022 (arXiv 2207.14255, section 3) do."""
        first, second = sorted(chance.choices(range(len(text) + 1), k=2))
        tokens = replace(self.fim_tokens(), order="PSM" if chance.random() < 0.5 else "SPM")
        return (
            Segment(text=fim_prompt(tokens, text[:first], text[second:]), bears_loss=False),
            Segment(text=text[first:second] + self.tokenizer.eos_token, bears_loss=True),
        )

    def fim_tokens(self) -> FimTokens:
        """The recipe's fill-in-the-middle tokens, else the base's own. Raises InputError when it has none."""
        if not self.recipe.fim_tokens:
            if self.base_fim is None:
                raise InputError(
                    f"The base {self.recipe.base!r} has no fill-in-the-middle tokens; set fim_tokens and new_tokens to "
                    'three of your own, such as "<fim_prefix>", "<fim_suffix>", "<fim_middle>".'
                )
            return self.base_fim
        vocabulary = self.tokenizer.get_vocab()
        unknown = [token for token in self.recipe.fim_tokens if token not in vocabulary]
        if unknown:
            raise InputError(f"fim_tokens: the base has no token {unknown[0]!r}; add it to new_tokens.")
        prefix, suffix, middle = self.recipe.fim_tokens
        return FimTokens(prefix=prefix, suffix=suffix, middle=middle)
