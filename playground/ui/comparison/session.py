"""Runs a comparison: columns are written together, and each is judged as soon as it ends."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, Queue
from threading import Event, Thread

from playground.errors import InputError
from playground.models.events import Failed, Finished, GenerationRequest
from playground.ui.comparison.board import Answer, Board, BoardEvent, Judged
from playground.ui.comparison.setup import Comparison, generation_request
from playground.ui.services import AnswerGenerator, AnswerJudge

log = logging.getLogger(__name__)

FRAME_SECONDS = 0.1
"""Least time between two boards: faster than this nobody reads, and each costs the browser a repaint."""

JUDGING_THREADS = 4
"""They only wait for workers; the pool's size bounds the processes."""


def run_comparison(
    comparison: Comparison,
    generator: AnswerGenerator,
    judge: AnswerJudge,
    *,
    cancelled: Callable[[str], bool] = lambda column: False,
    only: int | None = None,
    frame_seconds: float = FRAME_SECONDS,
) -> Iterator[Board]:
    """Boards from the first waiting one to the last, in which every answer is over.

    A column that fails or is cancelled leaves the others alone; a cancelled one keeps its partial text, which is
    judged. When the consumer stops iterating, all columns are cancelled.
    """
    request = generation_request(comparison, only)
    abandoned = Event()
    with ThreadPoolExecutor(JUDGING_THREADS, thread_name_prefix="judging") as judging:
        events: Queue[BoardEvent] = Queue()
        try:
            board = Board({column.id: Answer(model=column.model) for column in request.columns})
            yield board
            _start_writing(generator, request, events, lambda column: abandoned.is_set() or cancelled(column))
            while not board.over:
                for event in _next_events(events, frame_seconds):
                    board = board.after(event)
                    if isinstance(event, Finished):
                        judging.submit(_judge, judge, comparison, event, events)
                yield board
        finally:
            abandoned.set()


def _start_writing(
    generator: AnswerGenerator,
    request: GenerationRequest,
    events: "Queue[BoardEvent]",
    cancelled: Callable[[str], bool],
) -> None:
    thread = Thread(target=_write, args=(generator, request, events, cancelled), name="writing", daemon=True)
    thread.start()


def _write(
    generator: AnswerGenerator,
    request: GenerationRequest,
    events: "Queue[BoardEvent]",
    cancelled: Callable[[str], bool],
) -> None:
    """Pass all events on; whatever happens, every column ends in Finished or Failed."""
    open_columns = {column.id for column in request.columns}
    reason = "The model stopped without an end."
    try:
        for event in generator.stream(request, cancelled):
            if isinstance(event, Finished | Failed):
                open_columns.discard(event.column)
            events.put(event)
    except InputError as error:
        reason = str(error)
    except Exception as error:
        log.exception("generation failed")
        reason = f"The model failed with {type(error).__name__}; the server's log has the details."
    for column in open_columns:
        events.put(Failed(column=column, message=reason))


def _judge(judge: AnswerJudge, comparison: Comparison, event: Finished, events: "Queue[BoardEvent]") -> None:
    try:
        answer = answer_text(comparison, event.text)
        events.put(Judged(column=event.column, verdict=judge.verdict(answer, comparison.task, comparison.arch)))
    except InputError as error:
        events.put(Failed(column=event.column, message=str(error)))
    except Exception as error:
        log.exception("judging failed")
        message = f"The judge failed with {type(error).__name__}; the server's log has the details."
        events.put(Failed(column=event.column, message=message))


def answer_text(comparison: Comparison, text: str) -> str:
    """What is judged: the reply, or in the other modes the whole text with what was continued or filled."""
    if comparison.mode == "chat":
        return text
    return comparison.task.prompt + text + comparison.suffix


def _next_events(events: "Queue[BoardEvent]", frame_seconds: float) -> list[BoardEvent]:
    """At least one event, and all others that come within a frame."""
    collected = [events.get()]
    until = time.monotonic() + frame_seconds
    while (left := until - time.monotonic()) > 0:
        try:
            collected.append(events.get(timeout=left))
        except Empty:
            break
    return collected
