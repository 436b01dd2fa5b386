"""One thread that runs the models: all rows of all visitors, one batch per base, joined and left at any step."""

import logging
import os
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import torch

from playground.errors import InputError
from playground.models.events import Failed, GenerationEvent
from playground.models.llama_decoder import LlamaDecoder
from playground.models.loading import LoadedBase
from playground.models.lora import shareable
from playground.models.model_decoder import ModelDecoder, PromptReader
from playground.models.rows import Row

_log = logging.getLogger(__name__)
Emit = Callable[[GenerationEvent], None]


class Decoder(Protocol):
    """How rows of one base are stepped."""

    def admit(self, row: Row) -> None:
        """Take over the cache that `PromptReader` left in the row."""

    def step(self, rows: list[Row]) -> list[torch.Tensor]:
        """Each row reads its last token; logits of shape (1, vocab) per row."""


@dataclass(eq=False)
class _Seat:
    """A row in the running batch."""

    row: Row
    emit: Emit
    decoder: Decoder


class Scheduler:
    """Runs rows to their end; events are handed to each row's own `emit`, from the scheduler's thread."""

    def __init__(self, most_rows: int = 64) -> None:
        """`most_rows` run at once; further ones wait, and visitors take turns."""
        self.most_rows = most_rows
        self._waiting: OrderedDict[object, deque[tuple[Row, Emit]]] = OrderedDict()
        self._seats: list[_Seat] = []
        self._decoders: dict[int, Decoder] = {}
        self._alone = ModelDecoder()
        self._prompts = PromptReader()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def submit(self, visitor: object, row: Row, emit: Emit) -> None:
        """Queue `row`. Among the waiting, each `visitor` (a request) is served in turn."""
        with self._changed:
            self._waiting.setdefault(visitor, deque()).append((row, emit))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="generation", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _run(self) -> None:
        _use_half_the_cores()
        while True:
            with self._changed:
                while not self._waiting and not self._seats:
                    self._changed.wait()
            self.turn()

    def turn(self) -> None:
        """Admit one waiting row, then step every running row once."""
        self._end_cancelled()
        if len(self._seats) < self.most_rows:
            self._admit_next()
        for decoder in {id(seat.decoder): seat.decoder for seat in self._seats}.values():
            self._step(decoder, [seat for seat in self._seats if seat.decoder is decoder])

    def _end_cancelled(self) -> None:
        for seat in [seat for seat in self._seats if seat.row.cancelled]:
            seat.row.reason = "cancelled"
            self._leave(seat)

    def _admit_next(self) -> None:
        """The next waiting row of the visitor whose turn it is reads its prompt and writes its first token."""
        with self._changed:
            if not self._waiting:
                return
            visitor, queue = self._waiting.popitem(last=False)
            row, emit = queue.popleft()
            if queue:
                self._waiting[visitor] = queue
        seat = _Seat(row, emit, self._alone)
        self._seats.append(seat)
        if row.cancelled:
            row.reason = "cancelled"
            self._leave(seat)
            return
        try:
            logits = self._prompts.read(row)
            seat.decoder = self._decoder(row)
            seat.decoder.admit(row)
        except Exception as error:
            self._fail(seat, error)
            return
        self._advance(seat, logits)

    def _decoder(self, row: Row) -> Decoder:
        """The base's shared batch where the row can take part in it, else a pass of its own."""
        if not LlamaDecoder.fits(row.base.model) or (row.adapter is not None and not shareable(row.adapter)):
            return self._alone
        return self._shared(row.base)

    def _shared(self, base: LoadedBase) -> Decoder:
        key = id(base.model)  # an adapter's own tokenizer makes another LoadedBase around the same weights
        if key not in self._decoders:
            self._decoders[key] = LlamaDecoder(base.model)
        return self._decoders[key]

    def _step(self, decoder: Decoder, seats: list[_Seat]) -> None:
        try:
            scores = decoder.step([seat.row for seat in seats])
        except Exception as error:
            if len(seats) == 1:
                self._fail(seats[0], error)
            else:  # find the row that cannot go on; the others do
                for seat in seats:
                    self._step(decoder, [seat])
            return
        for seat, logits in zip(seats, scores, strict=True):
            self._advance(seat, logits)

    def _advance(self, seat: _Seat, logits: torch.Tensor) -> None:
        try:
            seat.row.advance(logits)
            if seat.row.reason:
                self._leave(seat)
            elif delta := seat.row.delta():
                seat.emit(delta)
        except Exception as error:
            self._fail(seat, error)

    def _leave(self, seat: _Seat) -> None:
        self._seats.remove(seat)
        seat.row.cache = None
        if delta := seat.row.delta(last=True):
            seat.emit(delta)
        seat.emit(seat.row.finished())

    def _fail(self, seat: _Seat, error: Exception) -> None:
        if seat in self._seats:
            self._seats.remove(seat)
        seat.row.cache = None
        seat.emit(Failed(column=seat.row.column.id, message=failure_message(error)))


def _use_half_the_cores() -> None:
    """Threads of torch for this process, unless the operator set OMP_NUM_THREADS.

    A product waits for its slowest thread: with one thread per core, a step that takes 12 ms on an idle machine of
    two cores takes 300 ms as soon as anything else runs there, such as the workers that execute the answers.
    """
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(max(1, (os.cpu_count() or 2) // 2))


def failure_message(error: Exception) -> str:
    """One sentence for a person; a defect of ours goes to the log with its traceback."""
    if isinstance(error, InputError):
        return str(error)
    _log.error("generation failed", exc_info=error)
    if isinstance(error, torch.OutOfMemoryError):
        return "The model ran out of memory: use fewer columns, a shorter prompt or fewer tokens."
    return f"The model failed ({type(error).__name__}); the server's log says more."
