"""Linking: does everything that the image refers to exist, and does it define what was asked for?"""

from dataclasses import dataclass

from playground.assembly.program import ProgramImage, Symbol
from playground.emulator.library import known
from playground.tasks.c_library import is_library_function, is_library_object
from playground.tasks.prototypes import prototype_of
from playground.tasks.task import Task


@dataclass(frozen=True, kw_only=True)
class LinkFailure:
    """Why an image does not link."""

    reason: str
    missing: tuple[str, ...] = ()
    """Library variables that we lack: a gap of ours, so the answer is unscored."""


def link_failure(image: ProgramImage, task: Task) -> LinkFailure | None:
    """What a linker would refuse; None when the image links.

    The function must have the prototype's name, as for a linker: an answer under another name is not linked, even when
    it is the only function of the file (the reason says which one there is). A library *function* that we lack links:
    it stops the run when it is reached, and only then is the answer unscored.
    """
    unknown = [name for name in image.imports if not known(name)]
    undefined = [name for name in unknown if not is_library_function(name) and not is_library_object(name)]
    if undefined:
        return LinkFailure(reason=_undefined(undefined))
    objects = tuple(name for name in unknown if is_library_object(name))
    if objects:
        return LinkFailure(reason=f"not supported: {', '.join(objects)}", missing=objects)
    if task.prototype is not None:
        return _without_function(image, prototype_of(task.prototype).name)
    if image.entry is None:
        return LinkFailure(reason=f"There is no `main` and no `_start`, so there is nowhere to start{_instead(image)}.")
    return None


def _without_function(image: ProgramImage, name: str) -> LinkFailure | None:
    if name in image.symbols:
        return None
    return LinkFailure(reason=f"The function `{name}` is not defined{_instead(image)}.")


def _undefined(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:3]) + (" …" if len(names) > 3 else "")
    return f"Undefined reference to {shown}: neither the file nor the C library defines it."


def _instead(image: ProgramImage) -> str:
    """What the file defines in its place, when that is one thing."""
    symbols = image.symbols.values()
    found = [symbol for symbol in symbols if symbol.binding != "local" or symbol.kind == "function"]
    found = found or [symbol for symbol in symbols if _looks_like_function(symbol)]
    return f"; the file defines `{found[0].name}`" if len(found) == 1 else ""


def _looks_like_function(symbol: Symbol) -> bool:
    return not symbol.name.startswith(".") and symbol.kind != "object"
