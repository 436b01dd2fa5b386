"""OpenAI-compatible servers that the operator configured: vLLM, TGI, llama.cpp, OpenAI itself.

A visitor names an endpoint and nothing more: a URL from a visitor would make this server send requests for them. The
file is TOML, at ``PLAYGROUND_ENDPOINTS`` or ``PLAYGROUND_HOME/endpoints.toml``::

    [endpoints.local-qwen]
    url = "http://127.0.0.1:8080/v1"      # the base URL, as the openai client takes it
    model = "qwen2.5-coder-7b"            # what the server calls the model
    key_variable = "LOCAL_QWEN_KEY"       # optional: the environment variable that holds the key
    title = "Qwen on the workstation"     # optional
    timeout_seconds = 60                  # optional: longest silence of the server
"""

import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from playground.errors import InputError
from playground.paths import playground_home

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_FIELDS = frozenset({"url", "model", "key", "key_variable", "title", "timeout_seconds"})


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    name: str
    url: str
    """The base URL, up to and with ``/v1`` where the server has it."""
    model: str
    key: str = field(default="", repr=False)
    """Never shown: not in the repr, a log or an event."""
    title: str = ""
    timeout_seconds: float = 60.0
    """The longest silence before the column fails."""


def endpoints_file() -> Path:
    """Where the operator's file is looked for."""
    configured = os.environ.get("PLAYGROUND_ENDPOINTS")
    return Path(configured).expanduser() if configured else playground_home() / "endpoints.toml"


def read_endpoints() -> tuple[Endpoint, ...]:
    """The configured endpoints; none when there is no file.

    Raises:
        InputError: the file is not TOML, or an endpoint lacks a field or has an unknown one.
    """
    path = endpoints_file()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise InputError(f"{path.name} cannot be read: {error}.") from None
    sections = table.get("endpoints", {})
    if not isinstance(sections, dict):
        raise InputError(f"{path.name}: write one section [endpoints.NAME] per endpoint.")
    return tuple(_endpoint(path.name, name, section) for name, section in sections.items())


def _endpoint(file: str, name: str, section: object) -> Endpoint:
    where = f"{file}, [endpoints.{name}]"
    if not _NAME.fullmatch(name):
        raise InputError(f"{where}: a name has letters, digits, '.', '_' and '-' only.")
    if not isinstance(section, dict):
        raise InputError(f"{where}: a section with url and model is expected.")
    unknown = sorted(set(section) - _FIELDS)
    if unknown:
        raise InputError(f"{where}: unknown field {unknown[0]!r}; the fields are {', '.join(sorted(_FIELDS))}.")
    texts = {key: section.get(key, "") for key in _FIELDS - {"timeout_seconds"}}
    wrong = [key for key, value in texts.items() if not isinstance(value, str)]
    if wrong:
        raise InputError(f"{where}: {wrong[0]} must be a text.")
    if not re.match(r"https?://[^/\s]+", texts["url"]):
        raise InputError(f"{where}: url must begin with http:// or https://.")
    if not texts["model"]:
        raise InputError(f"{where}: model is missing: write what the server calls the model.")
    timeout = section.get("timeout_seconds", Endpoint.timeout_seconds)
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= 3600:
        raise InputError(f"{where}: timeout_seconds must be a number above 0, at most 3600.")
    variable = texts["key_variable"]
    key = os.environ.get(variable, "") if variable else texts["key"]
    return Endpoint(
        name=name, url=texts["url"], model=texts["model"], key=key, title=texts["title"], timeout_seconds=float(timeout)
    )
