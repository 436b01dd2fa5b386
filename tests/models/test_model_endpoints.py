"""Endpoints against a real HTTP server that streams, stalls, breaks and refuses."""

import json
import logging
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from playground.errors import InputError
from playground.models.catalogue import list_models
from playground.models.endpoints import read_endpoints
from playground.models.events import Column, Failed, Finished, GenerationRequest, Message, Sampling, TextDelta
from playground.models.generation import Generator

KEY = "sk-very-secret-1234"


STALL_SECONDS = 60
ANSWERED_WITHIN_SECONDS = 60
"""The machine may be busy: only a server that says nothing is to pass its time."""


class _Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    requests: ClassVar[list[tuple[str, dict[str, Any], str]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.requests.append((self.path, body, self.headers.get("Authorization", "")))
        getattr(self, f"_{body['model']}")()

    def _head(self, status: int = 200, kind: str = "text/event-stream", length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is None:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _event(self, text: str = "", finish: str | None = None, usage: dict[str, int] | None = None) -> None:
        part = {"text": text} if "chat" not in self.path else {"delta": {"content": text}}
        choices = [] if usage else [{"index": 0, "finish_reason": finish, **part}]
        event = {"id": "1", "object": "chunk", "created": 1, "model": "m", "choices": choices, "usage": usage}
        self._chunk(f"data: {json.dumps(event)}\n\n".encode())

    def _streams(self) -> None:
        self._head()
        for word in ("mov", " w0", ", 1"):
            self._event(word)
        self._event(finish="length")
        self._event(usage={"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12})
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _stalls(self) -> None:
        self._head()
        self._event("ret")
        time.sleep(STALL_SECONDS)

    def _breaks(self) -> None:
        self._head()
        self._event("ret")
        self.close_connection = True

    def _ends(self) -> None:
        self._head()
        self._event("ret")
        self._chunk(b"")

    def _garbage(self) -> None:
        self._head()
        self._chunk(b"data: {not json\n\n")
        self._chunk(b"")

    def _refuse(self, status: int, message: str) -> None:
        body = json.dumps({"error": {"message": message}}).encode()
        self._head(status, "application/json", len(body))
        self.wfile.write(body)

    def _busy(self) -> None:
        self._refuse(429, "slow down")

    def _stranger(self) -> None:
        self._refuse(401, f"Incorrect API key provided: {KEY}")

    def _picky(self) -> None:
        self._refuse(400, f"temperature must be 1 (key {KEY})")

    def _down(self) -> None:
        self._refuse(503, "loading")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{httpd.server_address[1]}/v1"
    names = ("streams", "stalls", "breaks", "ends", "garbage", "busy", "stranger", "picky", "down")
    sections = [
        f'[endpoints.{name}]\nurl = "{url}"\nmodel = "{name}"\nkey_variable = "TEST_KEY"\n'
        f"timeout_seconds = {2 if name == 'stalls' else ANSWERED_WITHIN_SECONDS}"
        for name in names
    ]
    sections.append('[endpoints.gone]\nurl = "http://127.0.0.1:9/v1"\nmodel = "x"\nkey = "sk-very-secret-1234"')
    file = tmp_path / "endpoints.toml"
    file.write_text("\n".join(sections))
    monkeypatch.setenv("PLAYGROUND_ENDPOINTS", str(file))
    monkeypatch.setenv("TEST_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    _Server.requests.clear()
    yield url
    httpd.shutdown()
    httpd.server_close()


def _column(name: str, **fields: Any) -> Column:
    question = {"messages": (Message(role="user", content="hi"),)} if "prefix" not in fields else {}
    return Column(id=name, model=f"endpoint:{name}", **(question | fields))


def _events(*columns: Column) -> list[Any]:
    return list(Generator().stream(GenerationRequest(columns=columns)))


def test_an_answer_streams_with_its_figures(server: str) -> None:
    sampling = Sampling(temperature=0.5, top_p=0.9, top_k=5, max_tokens=9, stop=("end",), seed=3)
    events = _events(_column("streams", sampling=sampling))
    assert [event.text for event in events if isinstance(event, TextDelta)] == ["mov", " w0", ", 1"]
    ended = events[-1]
    assert (ended.text, ended.reason, ended.tokens, ended.prompt_tokens) == ("mov w0, 1", "length", 5, 7)
    path, body, key = _Server.requests[0]
    assert (path, key) == ("/v1/chat/completions", f"Bearer {KEY}")
    assert body["messages"] == [{"role": "user", "content": "hi"}]
    sent = {name: body[name] for name in ("temperature", "top_p", "top_k", "max_tokens", "stop", "seed")}
    assert sent == {"temperature": 0.5, "top_p": 0.9, "top_k": 5, "max_tokens": 9, "stop": ["end"], "seed": 3}
    assert "min_p" not in body


def test_complete_and_fill_in_the_middle_use_completions(server: str) -> None:
    assert _events(_column("streams", prefix="add:", suffix="ret"))[-1].text == "mov w0, 1"
    path, body, _ = _Server.requests[0]
    assert (path, body["prompt"], body["suffix"]) == ("/v1/completions", "add:", "ret")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("stalls", "said nothing for 2 s"),
        ("breaks", "broke off"),
        ("ends", "broke off"),
        ("garbage", "cannot be read"),
        ("busy", "429"),
        ("stranger", "refused the configured key"),
        ("picky", "temperature must be 1"),
        ("down", "503"),
        ("gone", "cannot be reached"),
    ],
)
def test_a_failure_is_that_columns_message_without_url_or_key(
    server: str, name: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        events = _events(_column(name), _column("streams"))
    ended = {event.column: event for event in events if isinstance(event, Finished | Failed)}
    message = ended[name].message
    assert said in message
    assert name in message
    assert isinstance(ended["streams"], Finished)
    for secret in (KEY, "127.0.0.1"):
        assert secret not in message
    assert KEY not in caplog.text


def test_cancel_ends_a_stalled_column_before_its_time_with_its_text(server: str) -> None:
    seen: list[str] = []
    for event in Generator().stream(GenerationRequest(columns=(_column("stalls"),)), lambda column: bool(seen)):
        seen.append(event.text)
    assert (event.reason, event.text) == ("cancelled", "ret")  # its time would have ended it as failed


def test_a_visitor_cannot_name_a_server_that_is_not_configured(server: str) -> None:
    (event,) = _events(Column(id="a", model=f"endpoint:{server}", messages=(Message(role="user", content="x"),)))
    assert "Unknown endpoint" in event.message
    assert not _Server.requests


def test_endpoints_are_models_and_keys_are_not_shown(server: str) -> None:
    entries = [entry for entry in list_models() if entry.kind == "endpoint"]
    assert "endpoint:streams" in [entry.name for entry in entries]
    assert KEY not in repr(entries)
    assert KEY not in repr(read_endpoints())
    assert read_endpoints()[0].key == KEY


def test_a_server_without_key_gets_nobody_elses(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_KEY")
    _events(_column("streams"))
    assert "somebody" not in _Server.requests[0][2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("endpoints = 3", "one section"),
        ("[endpoints.a]\nmodel='m'", "url must begin"),
        ("[endpoints.a]\nurl='file:///etc/passwd'\nmodel='m'", "url must begin"),
        ("[endpoints.a]\nurl='http://h/v1'", "model is missing"),
        ("[endpoints.a]\nurl='http://h/v1'\nmodel='m'\nmodle='x'", "'modle'"),
        ("[endpoints.a]\nurl='http://h/v1'\nmodel='m'\ntimeout_seconds=0", "timeout_seconds"),
        ("[endpoints.'../a']\nurl='http://h/v1'\nmodel='m'", "a name has letters"),
        ("not toml", "cannot be read"),
    ],
)
def test_a_wrong_file_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    file = tmp_path / "endpoints.toml"
    file.write_text(text)
    monkeypatch.setenv("PLAYGROUND_ENDPOINTS", str(file))
    with pytest.raises(InputError, match=said):
        read_endpoints()
    assert any(said in entry.why_not for entry in list_models())


def test_without_a_file_there_are_no_endpoints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_ENDPOINTS", str(tmp_path / "none.toml"))
    assert read_endpoints() == ()
