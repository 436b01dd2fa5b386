"""Where a recipe's base stands, and what it is called by others."""

from dataclasses import dataclass

from playground.errors import InputError
from playground.models.catalogue import BASE, usable_model
from playground.models.prompts import FimTokens
from playground.models.weights import ensure_embedded


@dataclass(frozen=True, kw_only=True)
class TrainableBase:
    """A base that can be trained on this machine."""

    source: str
    """What transformers loads: a folder, or a hub repository."""
    origin: str
    """What a saved adapter names as its base: never a folder of this machine when the base has a name of its own."""
    fim: FimTokens | None
    """Its own fill-in-the-middle tokens."""


def find_base(name: str) -> TrainableBase:
    """The base called `name`: ``base``, a catalogue name or a model's folder. The embedded one is fetched when missing.

    Raises InputError for an unknown or unavailable base, and for an adapter, which is none.
    """
    entry = usable_model(name, local_paths=True)
    if entry.base != entry.name:
        raise InputError(f"{name!r} is an adapter of {entry.base!r}; train its base instead.")
    if entry.kind == "endpoint":
        raise InputError(f"{name!r} is an endpoint, whose weights are not here; choose a base of the catalogue.")
    source = ensure_embedded() if entry.name == BASE else entry.folder or entry.repo
    return TrainableBase(source=str(source), origin=entry.repo or str(source), fim=entry.fim)


def base_origin(name: str) -> str:
    """The name by which others know a base, without fetching it."""
    entry = usable_model(name, local_paths=True)
    return entry.repo or str(entry.folder or entry.name)
