"""What can be named as a model: the embedded base, adapters, bases from the hub, endpoints, local paths.

The list is read again on each call, so that an adapter which a training job has just finished appears without a
restart. A name is only ever compared with the list, never joined to a path.
"""

import json
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playground.errors import InputError
from playground.models.endpoints import read_endpoints
from playground.models.hub import unavailable_reason
from playground.models.hub_bases import HUB_BASES, HubBase
from playground.models.prompts import FimTokens
from playground.models.weights import embedded_folder
from playground.paths import SHIPPED_ADAPTERS, playground_home

Kind = Literal["base", "adapter", "catalogue", "endpoint", "path"]

BASE = "base"
"""The name of the embedded default model."""
BASE_REPO = "HuggingFaceTB/SmolLM2-135M-Instruct"
"""What the embedded model is called on the hub."""
ENDPOINT_PREFIX = "endpoint:"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, kw_only=True)
class ModelEntry:
    name: str
    """What `Column.model` and ``--model`` say."""
    title: str
    kind: Kind
    base: str = ""
    """The name of the entry whose weights are loaded; for an adapter its base, else its own name."""
    repo: str = ""
    """The hub repository of a catalogue base."""
    folder: Path | None = None
    """Where an adapter or a local model stands."""
    chat_template: bool = True
    """Its tokenizer has a chat template; without one messages are joined as plain text."""
    fim: FimTokens | None = None
    """Its fill-in-the-middle tokens, when it was trained with such."""
    licence: str = "not stated"
    card: Path | None = None
    """Its card, a Markdown file, where there is one."""
    available: bool = True
    why_not: str = ""


def adapters_folder() -> Path:
    """Where training jobs put their finished adapters: one folder each, the folder's name is the model's name."""
    return playground_home() / "adapters"


def list_models() -> tuple[ModelEntry, ...]:
    """Every model that a visitor can name: base, adapters, catalogue, endpoints, in this order."""
    bases = (_embedded(), *(_catalogue_entry(base) for base in HUB_BASES))
    adapters = _adapters({entry.name: entry for entry in bases})
    return (bases[0], *adapters, *bases[1:], *_endpoint_entries())


def find_model(name: str, *, local_paths: bool = False) -> ModelEntry:
    """The entry called `name`. `local_paths` also accepts a folder on this machine: for operators, never for visitors.

    Raises:
        InputError: nothing is called so; the message names the choices.
    """
    entries = list_models()
    for entry in entries:
        if entry.name == name:
            return entry
    if local_paths and Path(name).expanduser().is_dir():
        return _path_entry(Path(name).expanduser().resolve(), {entry.name: entry for entry in entries})
    choices = ", ".join(entry.name for entry in entries)
    also = ", or the path of a model's folder" if local_paths else ""
    raise InputError(f"Unknown model {name!r}: choose one of {choices}{also}.")


def usable_model(name: str, *, local_paths: bool = False) -> ModelEntry:
    """`find_model`, and it can be used here.

    Raises:
        InputError: unknown, or not available, with the reason.
    """
    entry = find_model(name, local_paths=local_paths)
    if not entry.available:
        raise InputError(f"The model {name!r} is not available here: {entry.why_not}")
    return entry


def _embedded() -> ModelEntry:
    return ModelEntry(
        name=BASE,
        title="SmolLM2-135M-Instruct (embedded)",
        kind="base",
        base=BASE,
        repo=BASE_REPO,
        licence="Apache-2.0",
    )


def _catalogue_entry(base: HubBase) -> ModelEntry:
    why_not = unavailable_reason(base)
    return ModelEntry(
        name=base.name,
        title=base.title,
        kind="catalogue",
        base=base.name,
        repo=base.repo,
        chat_template=base.chat,
        fim=base.fim,
        licence=base.licence,
        available=not why_not,
        why_not=why_not,
    )


def _adapters(bases: dict[str, ModelEntry]) -> list[ModelEntry]:
    """One entry per adapter folder; where two have one name, the shipped one counts, and no name hides a base."""
    entries: dict[str, ModelEntry] = {}
    for parent in (SHIPPED_ADAPTERS, adapters_folder()):
        for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
            taken = folder.name in bases or folder.name in entries
            if _NAME.fullmatch(folder.name) and not taken and (folder / "adapter_config.json").is_file():
                entries[folder.name] = _adapter_entry(folder, bases)
    return list(entries.values())


def _adapter_entry(folder: Path, bases: dict[str, ModelEntry]) -> ModelEntry:
    card = folder / "README.md"
    title, licence = _card_facts(card)
    base, why_not = _adapter_base(folder, bases)
    return ModelEntry(
        name=folder.name,
        title=title or folder.name,
        kind="adapter",
        base=base.name if base else "",
        folder=folder,
        chat_template=base.chat_template if base else True,
        fim=_adapter_fim(folder) or (base.fim if base else None),
        licence=licence or (base.licence if base else "not stated"),
        card=card if card.is_file() else None,
        available=not why_not,
        why_not=why_not,
    )


def _adapter_base(folder: Path, bases: dict[str, ModelEntry]) -> tuple[ModelEntry | None, str]:
    """The base that the adapter's configuration names, and why the adapter cannot be used ("" when it can).

    The configuration's base is only compared with what the catalogue holds: no path or repository that an adapter
    names is ever loaded because of it.
    """
    try:
        config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
        named = str(config["base_model_name_or_path"] or "")
    except (OSError, ValueError, KeyError, TypeError):
        return None, "its adapter_config.json cannot be read, or names no base_model_name_or_path."
    for base in bases.values():
        if named in (base.name, base.repo) or (base.name == BASE and Path(named).name == embedded_folder().name):
            if not (folder / "adapter_model.safetensors").is_file():
                return base, "it holds no adapter_model.safetensors."
            return base, base.why_not
    return None, f"its base {named!r} is not in the catalogue."


def _adapter_fim(folder: Path) -> FimTokens | None:
    """The fill-in-the-middle tokens that the adapter's recipe gave it; None where it gave none, or cannot be read."""
    try:
        tokens = tomllib.loads((folder / "recipe.toml").read_text(encoding="utf-8")).get("fim_tokens")
        prefix, suffix, middle = (str(token) for token in tokens or ())
    except (OSError, ValueError, TypeError):
        return None
    return FimTokens(prefix=prefix, suffix=suffix, middle=middle)


def _card_facts(card: Path) -> tuple[str, str]:
    """A card's first heading and the licence in its front matter ("" where there is none)."""
    try:
        text = card.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "", ""
    heading = re.search(r"^# +(?!Model Card for Model ID)(.+?)\s*$", text, re.MULTILINE)  # PEFT's card, not filled in
    licence = re.match(r"---\n(?:.*\n)*?license: *(\S+)", text)
    return heading[1] if heading else "", licence[1] if licence else ""


def _endpoint_entries() -> list[ModelEntry]:
    try:
        endpoints = read_endpoints()
    except InputError as error:
        broken = ModelEntry(
            name=f"{ENDPOINT_PREFIX}?", title="Endpoints", kind="endpoint", available=False, why_not=str(error)
        )
        return [broken]
    return [
        ModelEntry(
            name=f"{ENDPOINT_PREFIX}{endpoint.name}",
            title=endpoint.title or f"{endpoint.model} ({endpoint.name})",
            kind="endpoint",
            licence="the provider's terms",
        )
        for endpoint in endpoints
    ]


def _path_entry(folder: Path, bases: dict[str, ModelEntry]) -> ModelEntry:
    name = os.fspath(folder)
    if (folder / "adapter_config.json").is_file():
        base, why_not = _adapter_base(folder, bases)
        return ModelEntry(
            name=name,
            title=folder.name,
            kind="path",
            base=base.name if base else "",
            folder=folder,
            chat_template=base.chat_template if base else True,
            fim=_adapter_fim(folder) or (base.fim if base else None),
            available=not why_not,
            why_not=why_not,
        )
    found = (folder / "config.json").is_file()
    why_not = "" if found else "the folder holds neither config.json (a model) nor adapter_config.json (an adapter)."
    template = (folder / "chat_template.jinja").is_file() or "chat_template" in _read(folder / "tokenizer_config.json")
    return ModelEntry(
        name=name,
        title=folder.name,
        kind="path",
        base=name,
        folder=folder,
        chat_template=template,
        available=found,
        why_not=why_not,
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
