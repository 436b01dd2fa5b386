"""Ordinary questions, answered by the base itself, so that a tuned model keeps answering what is no request for code.

A model tuned on nothing but assembly answered every question with assembly. Its own base's answers, mixed in, tell it
when not to (learning without forgetting: Li and Hoiem 2016, https://arxiv.org/abs/1606.09282).
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Protocol

from playground.data.ordinary_topics import TOPICS
from playground.errors import InputError
from playground.models.events import Column, Failed, Finished, Message, Sampling
from playground.models.prompts import SYSTEM_PROMPTS

LONGEST_ANSWER = 120
"""Tokens; an answer that had not ended by then is left out, since its end would be learned."""


class BatchGenerator(Protocol):
    """What answers: the models, or a script in tests."""

    def generate_batch(self, columns: Iterable[Column], batch_size: int = 16) -> Iterator[Finished | Failed]: ...


def ordinary_questions(count: int, seed: int = 0) -> list[str]:
    """`count` distinct questions, kinds and topics mixed; the same for the same seed.

    Raises:
        InputError: there are fewer questions than that.
    """
    every = [form.format(topic) for forms, topics in TOPICS for form in forms for topic in topics]
    if not 0 < count <= len(every):
        raise InputError(f"--count {count} is out of range: there are {len(every)} ordinary questions, give 1 or more.")
    Random(seed).shuffle(every)
    return every[:count]


def write_ordinary(
    path: Path, generator: BatchGenerator, *, model: str = "base", count: int = 300, seed: int = 0
) -> int:
    """Chat JSON lines at `path`, in the questions' order; how many there are.

    The model answers greedily, asked without a system message. Of the questions whose answer ended by itself, every
    other one is written without a system message, the rest with those that ask for assembly: people ask ordinary
    questions under them too.

    Raises:
        InputError: the model gives no answer.
    """
    questions = ordinary_questions(count, seed)
    sampling = Sampling(temperature=0.0, max_tokens=LONGEST_ANSWER)
    columns = [
        Column(id=str(number), model=model, messages=(Message(role="user", content=question),), sampling=sampling)
        for number, question in enumerate(questions)
    ]
    answers: dict[int, str] = {}
    for event in generator.generate_batch(columns):
        if isinstance(event, Failed):
            raise InputError(f"{model} gives no answer: {event.message}")
        if event.reason == "end" and event.text.strip():
            answers[int(event.column)] = event.text.strip()
    systems = ("", SYSTEM_PROMPTS["aarch64"], "", SYSTEM_PROMPTS["x86_64"])
    with path.open("w", encoding="utf-8") as out:
        for place, (number, answer) in enumerate(sorted(answers.items())):
            out.write(json.dumps(_example(systems[place % len(systems)], questions[number], answer)) + "\n")
    return len(answers)


def _example(system: str, question: str, answer: str) -> dict[str, object]:
    head = [{"role": "system", "content": system}] if system else []
    turns = [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return {"messages": [*head, *turns], "family": "ordinary"}
