"""One row of the running batch: a column's prompt, its cache, its sampler and the text so far."""

import time
from dataclasses import dataclass, field
from typing import Any

import torch
from peft import PeftModel

from playground.models.events import Column, Finished, TextDelta, TokenProbability
from playground.models.loading import LoadedBase
from playground.models.sampling import RowSampler
from playground.models.text import ReplyText

_SECONDS_BETWEEN_DELTAS = 0.04


@dataclass(eq=False, kw_only=True)
class Row:
    column: Column
    base: LoadedBase
    adapter: PeftModel | None
    prompt: list[int]
    started: float
    """When the request began, by time.monotonic()."""
    cache: Any = None
    """Keys and values of the tokens read, in the form of the decoder that runs this row."""
    tokens: list[int] = field(default_factory=list)
    """The reply's tokens."""
    cancelled: bool = False
    """Set from another thread; the row ends before its next token."""
    reason: str = ""
    """Why the row ended; "" while it runs."""
    probabilities: list[TokenProbability] = field(default_factory=list)
    first_token_at: float | None = None
    _delta_at: float = 0.0

    def __post_init__(self) -> None:
        self.sampler = RowSampler(self.column.sampling)
        self.reply = ReplyText(self.base.tokenizer, self.column.sampling.stop)
        self.limit = min(self.column.sampling.max_tokens, self.base.context - len(self.prompt))

    @property
    def last(self) -> int:
        """The token that the model reads next."""
        return self.tokens[-1]

    @property
    def position(self) -> int:
        """The position of `last`, counted from the prompt's first token."""
        return len(self.prompt) + len(self.tokens) - 1

    def advance(self, logits: torch.Tensor) -> None:
        """Choose the next token from `logits` of shape (1, vocab), and end the row where it ends."""
        scores = logits.to("cpu", dtype=torch.float32, copy=True)
        token = self.sampler.choose(self.prompt + self.tokens, scores.clone())
        self.tokens.append(token)
        if self.first_token_at is None:
            self.first_token_at = time.monotonic()
        if token in self.base.ends:
            self.reason = "end"
            return
        text = self.reply.push(token)
        if self.column.sampling.alternatives:
            self.probabilities.append(self._probability(scores[0], token, text))
        if self.reply.stopped:
            self.reason = "stop"
        elif len(self.tokens) >= self.limit:
            self.reason = "length"

    def delta(self, *, last: bool = False) -> TextDelta | None:
        """The text since the last delta; None when there is none, or when too little time has passed."""
        now = time.monotonic()
        if last:
            self.reply.finish()
        elif now - self._delta_at < _SECONDS_BETWEEN_DELTAS:
            return None
        text = self.reply.take(all_of_it=last)
        if not text:
            return None
        self._delta_at = now
        return TextDelta(column=self.column.id, text=text, tokens=len(self.tokens), seconds=now - self.started)

    def finished(self) -> Finished:
        """The row's ending; call it after the last `delta`."""
        first = None if self.first_token_at is None else self.first_token_at - self.started
        return Finished(
            column=self.column.id,
            text=self.reply.finish(),
            reason=self.reason,
            tokens=len(self.tokens),
            prompt_tokens=len(self.prompt),
            seconds=time.monotonic() - self.started,
            seconds_to_first_token=first,
            probabilities=tuple(self.probabilities),
        )

    def _probability(self, scores: torch.Tensor, token: int, text: str) -> TokenProbability:
        probabilities = torch.softmax(scores, dim=-1)
        best = torch.topk(probabilities, self.column.sampling.alternatives)
        decode = self.base.tokenizer.decode
        alternatives = tuple(
            (decode([index]), value) for value, index in zip(*map(torch.Tensor.tolist, best), strict=True)
        )
        return TokenProbability(text=text, probability=float(probabilities[token]), alternatives=alternatives)
