"""The state of a comparison at one moment: per answer its text, its figures, its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from playground.models.events import Failed, Finished, GenerationEvent, TextDelta, TokenProbability
from playground.tasks.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One sample of one column."""

    model: str
    status: str = "waiting"
    """``waiting``, ``writing``, ``judging``, ``done`` or ``failed``."""
    text: str = ""
    tokens: int = 0
    prompt_tokens: int = 0
    seconds: float = 0.0
    seconds_to_first_token: float | None = None
    tokens_per_second: float = 0.0
    ended_by: str = ""
    """As `Finished.reason`."""
    probabilities: tuple[TokenProbability, ...] = ()
    """As `Finished.probabilities`."""
    verdict: Verdict | None = None
    error: str = ""
    """Why it failed, one sentence."""

    @property
    def over(self) -> bool:
        return self.status in ("done", "failed")


@dataclass(frozen=True, kw_only=True)
class Judged:
    """An answer's verdict has come."""

    column: str
    verdict: Verdict


BoardEvent = GenerationEvent | Judged


@dataclass(frozen=True)
class Board:
    """All answers by id."""

    answers: Mapping[str, Answer]

    @property
    def over(self) -> bool:
        return all(answer.over for answer in self.answers.values())

    def after(self, event: BoardEvent) -> "Board":
        """The board once this event has happened; events of unknown columns change nothing."""
        before = self.answers.get(event.column)
        if before is None:
            return self
        return Board({**self.answers, event.column: _advance(before, event)})


def _advance(answer: Answer, event: BoardEvent) -> Answer:
    match event:
        case TextDelta():
            first = event.seconds if answer.seconds_to_first_token is None else answer.seconds_to_first_token
            decoding = event.seconds - first
            return replace(
                answer,
                status="writing",
                text=answer.text + event.text,
                tokens=event.tokens,
                seconds=event.seconds,
                seconds_to_first_token=first,
                tokens_per_second=(event.tokens - 1) / decoding if decoding > 0 else 0.0,
            )
        case Finished():
            return replace(
                answer,
                status="judging",
                text=event.text,
                tokens=event.tokens,
                prompt_tokens=event.prompt_tokens,
                seconds=event.seconds,
                seconds_to_first_token=event.seconds_to_first_token,
                tokens_per_second=event.tokens_per_second,
                ended_by=event.reason,
                probabilities=event.probabilities,
            )
        case Failed():
            return replace(answer, status="failed", error=event.message)
        case Judged():
            return replace(answer, status="done", verdict=event.verdict)
