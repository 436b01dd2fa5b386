"""One column's answer from an endpoint, as the same events that local models give."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import httpx2
import openai

from playground.errors import InputError
from playground.models.catalogue import ENDPOINT_PREFIX
from playground.models.endpoints import Endpoint, read_endpoints
from playground.models.events import Column, Finished, GenerationEvent, Sampling, TextDelta

_log = logging.getLogger(__name__)
_POLL_SECONDS = 0.05
_LONGEST_QUOTE = 200
_REASONS = {"stop": "end", "eos_token": "end", "eos": "end", "stop_sequence": "stop", "length": "length"}
"""The servers' finish reasons, as ours. OpenAI's ``stop`` does not tell the model's end from a stop string."""

_STATUS_SENTENCES = {
    401: "it refused the configured key (401): the operator should check it.",
    403: "it refuses this request (403): the operator should check the key's rights.",
    404: "it does not know the configured model or path (404): the operator should check both.",
    429: "it has too many requests or its quota is used up (429): wait a little, then retry this column.",
}


class _EndpointFailure(Exception):
    """What went wrong, as the second half of a sentence about the endpoint."""


def find_endpoint(model: str) -> Endpoint:
    """The configured endpoint that ``endpoint:NAME`` names.

    Raises:
        InputError: nothing is configured under this name.
    """
    name = model.removeprefix(ENDPOINT_PREFIX)
    endpoints = read_endpoints()
    for endpoint in endpoints:
        if endpoint.name == name:
            return endpoint
    choices = ", ".join(endpoint.name for endpoint in endpoints) or "none is configured"
    raise InputError(f"Unknown endpoint {name!r}: choose one of those configured ({choices}).")


def stream_endpoint(column: Column, started: float, stopped: Callable[[], bool]) -> Iterator[GenerationEvent]:
    """The answer's events; `stopped()` ends it at once, whatever the server is doing.

    `started` is when the request began, by time.monotonic().

    Raises:
        InputError: the endpoint is unknown, or failed: refused, timed out, broke off. Never shows its URL or key.
    """
    endpoint = find_endpoint(column.model)
    answer = _Answer(column, started)
    chunks: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(endpoint, column, chunks, answer.ended), daemon=True).start()
    try:
        while not answer.reason:
            if stopped():
                answer.reason = "cancelled"
                break
            try:
                chunk = chunks.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            if isinstance(chunk, Exception):
                raise InputError(f"The endpoint {endpoint.name!r} failed: {chunk}") from None
            if chunk is None:
                answer.close(endpoint)
            elif delta := answer.take(chunk):
                yield delta
        yield answer.finished()
    finally:
        answer.ended.set()


class _Answer:
    """What has come so far."""

    def __init__(self, column: Column, started: float) -> None:
        self.column = column
        self.started = started
        self.reason = ""
        self.ended = threading.Event()
        """Tells the reading thread that nobody listens any more."""
        self._texts: list[str] = []
        self._said = ""  # the server's finish reason; its usage may still follow
        self._tokens = 0
        self._prompt_tokens = 0
        self._first: float | None = None

    def take(self, chunk: Any) -> TextDelta | None:
        if usage := getattr(chunk, "usage", None):
            self._tokens, self._prompt_tokens = usage.completion_tokens or 0, usage.prompt_tokens or 0
        if not chunk.choices:
            return None
        choice = chunk.choices[0]
        self._said = choice.finish_reason or self._said
        text = (choice.delta.content if hasattr(choice, "delta") else choice.text) or ""
        if not text:
            return None
        now = time.monotonic() - self.started
        self._first = now if self._first is None else self._first
        self._texts.append(text)
        return TextDelta(column=self.column.id, text=text, tokens=len(self._texts), seconds=now)

    def close(self, endpoint: Endpoint) -> None:
        """The stream ended in order; without a finish reason it was cut off."""
        if not self._said:
            raise InputError(
                f"The endpoint {endpoint.name!r} failed: its answer broke off in the middle. Retry this column."
            )
        self.reason = _REASONS.get(self._said, "end")

    def finished(self) -> Finished:
        return Finished(
            column=self.column.id,
            text="".join(self._texts),
            reason=self.reason,
            tokens=self._tokens or len(self._texts),
            prompt_tokens=self._prompt_tokens,
            seconds=time.monotonic() - self.started,
            seconds_to_first_token=self._first,
        )


def _read(endpoint: Endpoint, column: Column, chunks: "queue.SimpleQueue[Any]", ended: threading.Event) -> None:
    """In a thread of its own: the server's chunks, then None, or the failure."""
    try:
        # A key of its own, or none: the client would else take OPENAI_API_KEY and send it to any server.
        with (
            openai.OpenAI(
                base_url=endpoint.url,
                api_key=endpoint.key or "none",
                timeout=httpx2.Timeout(endpoint.timeout_seconds, connect=min(10.0, endpoint.timeout_seconds)),
                max_retries=0,
            ) as client,
            closing(_open(client, endpoint, column)) as stream,
        ):
            for chunk in stream:
                if ended.is_set():
                    return
                chunks.put(chunk)
        chunks.put(None)
    except Exception as error:
        chunks.put(_failure(error, endpoint))


def _open(client: openai.OpenAI, endpoint: Endpoint, column: Column) -> Any:
    parameters = _parameters(column.sampling)
    if column.prefix is None:
        messages: Any = [{"role": message.role, "content": message.content} for message in column.messages]
        return client.chat.completions.create(model=endpoint.model, messages=messages, **parameters)
    if column.suffix is not None:
        parameters["suffix"] = column.suffix
    return client.completions.create(model=endpoint.model, prompt=column.prefix, **parameters)


def _parameters(sampling: Sampling) -> dict[str, Any]:
    """The request's parameters; what OpenAI's interface lacks is sent only where it was changed."""
    beyond = {"top_k": (sampling.top_k, 0), "min_p": (sampling.min_p, 0.0)}
    beyond["repetition_penalty"] = (sampling.repetition_penalty, 1.0)
    parameters: dict[str, Any] = {
        "temperature": sampling.temperature,
        "max_tokens": sampling.max_tokens,
        "seed": sampling.seed,
        "stream": True,
        "stream_options": {"include_usage": True},
        "extra_body": {name: value for name, (value, default) in beyond.items() if value != default},
    }
    if sampling.top_p < 1.0:
        parameters["top_p"] = sampling.top_p
    if sampling.stop:
        parameters["stop"] = list(sampling.stop)
    return parameters


def _failure(error: Exception, endpoint: Endpoint) -> _EndpointFailure:
    """`error` in words for a person; the server's own words only where they concern the request, the key removed."""
    if isinstance(error, openai.APITimeoutError):
        return _EndpointFailure(f"it said nothing for {endpoint.timeout_seconds:g} s. Retry this column.")
    if isinstance(error, openai.APIStatusError):
        return _EndpointFailure(_status_sentence(error, endpoint))
    if isinstance(error, openai.APIConnectionError):
        broken = isinstance(error.__cause__, httpx2.RemoteProtocolError | httpx2.ReadError)
        said = "the connection broke off" if broken else "it cannot be reached"
        return _EndpointFailure(f"{said}. Retry this column; the operator should check that the server runs.")
    if isinstance(error, openai.APIError):
        return _EndpointFailure(f"it reported an error in its answer: {_quote(error.message, endpoint)}")
    _log.warning("the endpoint %s sent what cannot be read (%s)", endpoint.name, type(error).__name__)
    return _EndpointFailure("it sent an answer that cannot be read. The operator should check what server it is.")


def _status_sentence(error: openai.APIStatusError, endpoint: Endpoint) -> str:
    status = error.status_code
    if status in _STATUS_SENTENCES:
        return _STATUS_SENTENCES[status]
    if status >= 500:
        return f"it has an error of its own ({status}). Retry this column."
    return f"it refused the request ({status}): {_quote(error.message, endpoint)}"


def _quote(text: str, endpoint: Endpoint) -> str:
    line = " ".join(text.split())
    if endpoint.key:
        line = line.replace(endpoint.key, "***")
    return line[:_LONGEST_QUOTE]
