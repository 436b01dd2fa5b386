"""Pairs -> training examples in chat form (OpenAI's fine-tuning format)."""

import json
from dataclasses import dataclass
from random import Random

from playground.data.enrich import answer_of, c_block
from playground.data.recipe import DataRecipe
from playground.data.verify import Pair
from playground.models.events import Message
from playground.models.prompts import Style, task_messages

C_ALONE_SYSTEM = "Write C."
"""The system message of examples that are answered with C and nothing else."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """One conversation, and what it was made from."""

    messages: tuple[Message, ...]
    family: str
    arch: str

    def to_json(self) -> str:
        """One line of a chat JSON file; the extra keys are ignored by trainers."""
        messages = [{"role": message.role, "content": message.content} for message in self.messages]
        return json.dumps({"messages": messages, "family": self.family, "arch": self.arch}, ensure_ascii=False)


def example_of(pair: Pair, recipe: DataRecipe, random: Random) -> Example:
    """The example of a pair: the playground's own prompt and the answer; what was given stays as it was."""
    function = pair.function
    translates = random.random() < recipe.translate_share or not function.request
    style: Style = "translate" if translates else "describe"
    messages = pair.messages or (
        *task_messages(
            function.request,
            None if function.is_program else function.prototype,
            pair.arch,
            style=style,
            reference=function.source if style == "translate" else "",
        ),
        Message(role="assistant", content=answer_of(pair, recipe, random, style)),
    )
    return Example(messages=messages, family=function.family, arch=pair.arch)


def c_alone_of(pair: Pair) -> Example | None:
    """The request answered with the C alone: what the answer to *describe* begins with, in a third of its tokens.

    None where nobody said what the function does.
    """
    function = pair.function
    if not function.request:
        return None
    prototype = None if function.is_program else function.prototype
    asked = task_messages(function.request, prototype, pair.arch, system=C_ALONE_SYSTEM)
    answer = Message(role="assistant", content=c_block(function))
    return Example(messages=(*asked, answer), family=function.family, arch=pair.arch)
