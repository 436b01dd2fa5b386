"""The models behind the page: imported and loaded on first need, so that the page itself is served at once."""

from collections.abc import Callable, Iterable, Iterator
from threading import Lock

from playground.models.events import Column, Failed, Finished, GenerationEvent, GenerationRequest
from playground.ui.services import AnswerGenerator


class LazyGenerator:
    """The real generator; importing its libraries takes seconds, so it is made by `load` or by the first request."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._generator: AnswerGenerator | None = None

    def load(self) -> None:
        """Import the model's libraries and load the base; returns when that is done."""
        self._made()

    def stream(
        self, request: GenerationRequest, cancelled: Callable[[str], bool] = lambda column: False
    ) -> Iterator[GenerationEvent]:
        """As the generator itself; waits for the weights when they are still being prepared."""
        yield from self._made().stream(request, cancelled)

    def generate_batch(self, columns: Iterable[Column], batch_size: int = 16) -> Iterator[Finished | Failed]:
        """As the generator itself: each column's ending, for campaigns."""
        yield from self._made().generate_batch(columns, batch_size)

    def _made(self) -> AnswerGenerator:
        with self._lock:
            if self._generator is None:
                from playground.models.generation import Generator

                self._generator = Generator()
            return self._generator
