"""A generator that answers from a script: the same events as the real one, without weights. For tests and demos."""

import itertools
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from playground.errors import InputError
from playground.models.events import (
    Column,
    Failed,
    Finished,
    GenerationEvent,
    GenerationRequest,
    TextDelta,
    TokenProbability,
)

Answers = Mapping[str, str | Sequence[str] | Exception]


class ScriptedGenerator:
    """Answers each column with what the script holds for its model's name.

    A sequence is a queue: each request takes the next answer, the last one repeats. An exception becomes that
    column's `Failed`. A model that is not in the script fails as an unknown one does.
    """

    def __init__(self, answers: Answers, *, seconds_per_token: float = 0.0, endless: Collection[str] = ()) -> None:
        """`seconds_per_token` > 0 paces the stream; models in `endless` say their answer again and again, whatever
        the limit, so that nothing but a stop ends them."""
        self.answers = answers
        self.endless = endless
        self.seconds_per_token = seconds_per_token
        self.requests: list[GenerationRequest] = []
        """Every request seen, for a test to look at."""
        self._taken: dict[str, int] = {}

    def stream(
        self, request: GenerationRequest, cancelled: Callable[[str], bool] = lambda column: False
    ) -> Iterator[GenerationEvent]:
        """The columns' answers word by word in turn, each ended by `Finished` or `Failed`."""
        self.requests.append(request)
        started = time.monotonic()
        running: dict[str, tuple[Column, list[str], list[str]]] = {}
        for column in request.columns:
            answer = self._answer(column.model)
            if isinstance(answer, Exception):
                yield Failed(column=column.id, message=str(answer))
            else:
                running[column.id] = (column, _words(answer), [])
        while running:
            time.sleep(self.seconds_per_token)
            for column, left, said in list(running.values()):
                seconds = time.monotonic() - started
                if column.model in self.endless and not left:
                    left.extend(_words(str(self._answer(column.model))))
                reason = _ending(column, left, said, cancelled, endless=column.model in self.endless)
                if reason is None:
                    said.append(left.pop(0))
                    yield TextDelta(column=column.id, text=said[-1], tokens=len(said), seconds=seconds)
                    continue
                del running[column.id]
                yield Finished(
                    column=column.id,
                    text="".join(said),
                    reason=reason,
                    tokens=len(said),
                    prompt_tokens=sum(len(message.content.split()) for message in column.messages),
                    seconds=seconds,
                    seconds_to_first_token=self.seconds_per_token if said else None,
                    probabilities=_probabilities(said) if column.sampling.alternatives else (),
                )

    def generate_batch(self, columns: Sequence[Column], batch_size: int = 16) -> Iterator[Finished | Failed]:
        """As the real generator's: each column's ending, in the order in which they end."""
        for event in self.stream(GenerationRequest(columns=tuple(columns))):
            if isinstance(event, Finished | Failed):
                yield event

    def _answer(self, model: str) -> str | Exception:
        if model not in self.answers:
            return InputError(f"Unknown model {model!r}: choose one of {', '.join(self.answers)}.")
        answer = self.answers[model]
        if isinstance(answer, str | Exception):
            return answer
        taken = self._taken.get(model, 0)
        self._taken[model] = taken + 1
        return answer[min(taken, len(answer) - 1)]


def _probabilities(said: list[str]) -> tuple[TokenProbability, ...]:
    """Certain, unsure and guessed words in turn."""
    return tuple(
        TokenProbability(text=word, probability=p, alternatives=((word, p), ("nop", 1 - p)))
        for word, p in zip(said, itertools.cycle((1.0, 0.4, 0.1)), strict=False)
    )


def _words(answer: str) -> list[str]:
    """`answer` cut behind every blank or line end; joined again it is the answer."""
    words: list[str] = []
    for piece in answer.replace("\n", " \0").split(" "):
        words.append(piece.replace("\0", "\n") if not words or piece.startswith("\0") else f" {piece}")
    return [word for word in words if word]


def _ending(
    column: Column, left: list[str], said: list[str], cancelled: Callable[[str], bool], *, endless: bool
) -> str | None:
    if cancelled(column.id):
        return "cancelled"
    if not left:
        return "end"
    return "length" if len(said) >= column.sampling.max_tokens and not endless else None
