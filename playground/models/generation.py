"""Generation for visitors and for evaluation: requests in, a stream of events out."""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice

from playground.errors import InputError
from playground.models.catalogue import ENDPOINT_PREFIX
from playground.models.endpoint_stream import stream_endpoint
from playground.models.events import Column, Failed, Finished, GenerationEvent, GenerationRequest
from playground.models.loading import Models
from playground.models.rows import Row
from playground.models.sampling import check_sampling
from playground.models.scheduler import Scheduler, failure_message
from playground.models.tokens import prompt_tokens

_POLL_SECONDS = 0.05


class Generator:
    """The models of this process. Make one and share it: any number of threads may stream at once.

    All local columns of one base, of all visitors, are decoded as one batch over one copy of its weights.
    """

    def __init__(self, *, local_paths: bool = False) -> None:
        """`local_paths` lets a column name a model by a folder's path: for operators, never for visitors."""
        self.models = Models(local_paths=local_paths)
        self._scheduler = Scheduler()

    def stream(
        self, request: GenerationRequest, cancelled: Callable[[str], bool] = lambda column: False
    ) -> Iterator[GenerationEvent]:
        """The events of all columns as they come; each column ends with one `Finished` or `Failed`.

        `cancelled(column_id)` is asked often; when it answers True that column ends with the reason ``cancelled``
        and keeps its text. Leaving the iterator early cancels what still runs.

        Raises:
            InputError: no column, or two columns with one id. What is wrong with one column is its `Failed`.
        """
        run = _Run(self.models, self._scheduler)
        _check_ids(request.columns)
        run.start(request.columns)
        try:
            yield from run.events(cancelled)
        finally:
            run.cancel_all()

    def generate_batch(self, columns: Iterable[Column], batch_size: int = 16) -> Iterator[Finished | Failed]:
        """Each column's ending, in the order in which they end; `batch_size` run at once, and the next one joins as
        soon as one ends."""
        run = _Run(self.models, self._scheduler)
        left = iter(columns)
        run.start(list(islice(left, batch_size)))
        try:
            for event in run.events(lambda column: False):
                if isinstance(event, Finished | Failed):
                    run.start(list(islice(left, 1)))
                    yield event
        finally:
            run.cancel_all()


def _check_ids(columns: Sequence[Column]) -> None:
    if not columns:
        raise InputError("The request has no column: choose at least one model.")
    ids = [column.id for column in columns]
    twice = [name for name in ids if ids.count(name) > 1]
    if twice:
        raise InputError(f"Two columns are called {twice[0]!r}: give each an id of its own.")


class _Run:
    """One request while it runs."""

    def __init__(self, models: Models, scheduler: Scheduler) -> None:
        self.models = models
        self.scheduler = scheduler
        self.started = time.monotonic()
        self._events: queue.SimpleQueue[GenerationEvent] = queue.SimpleQueue()
        self._open: set[str] = set()
        self._stopped: set[str] = set()
        self._rows: dict[str, Row] = {}
        self._lock = threading.Lock()

    def start(self, columns: Sequence[Column]) -> None:
        """Begin `columns`, each model in a thread of its own: loading one does not hold back another."""
        self._open.update(column.id for column in columns)
        for model, group in groupby(sorted(columns, key=lambda column: column.model), key=lambda column: column.model):
            if model.startswith(ENDPOINT_PREFIX):
                for column in group:
                    threading.Thread(target=self._ask_endpoint, args=(column,), daemon=True).start()
            else:
                threading.Thread(target=self._prepare, args=(model, list(group)), daemon=True).start()

    def events(self, cancelled: Callable[[str], bool]) -> Iterator[GenerationEvent]:
        """Until every column has ended."""
        while self._open:
            for column in self._open - self._stopped:
                if cancelled(column):
                    self._stop(column)
            try:
                event = self._events.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            if isinstance(event, Finished | Failed):
                self._open.discard(event.column)
            yield event

    def cancel_all(self) -> None:
        """End what still runs; nobody listens any more."""
        for column in list(self._open):
            self._stop(column)

    def _stop(self, column: str) -> None:
        with self._lock:
            self._stopped.add(column)
            if column in self._rows:
                self._rows[column].cancelled = True

    def _prepare(self, model: str, columns: list[Column]) -> None:
        """Load `model`, then queue its columns."""
        for column in columns:
            try:
                check_sampling(column.sampling)
                base, adapter = self.models.load(model)
                prompt = prompt_tokens(base, column)
                row = Row(column=column, base=base, adapter=adapter, prompt=prompt, started=self.started)
            except Exception as error:
                self._events.put(Failed(column=column.id, message=failure_message(error)))
                continue
            with self._lock:
                row.cancelled = column.id in self._stopped
                self._rows[column.id] = row
            self.scheduler.submit(self, row, self._events.put)

    def _ask_endpoint(self, column: Column) -> None:
        try:
            check_sampling(column.sampling)
            for event in stream_endpoint(column, self.started, lambda: column.id in self._stopped):
                self._events.put(event)
        except Exception as error:
            self._events.put(Failed(column=column.id, message=failure_message(error)))
