"""The table of library functions and data objects: a decorator puts plain annotated functions into it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from playground.emulator.library.arguments import Arguments
from playground.emulator.library.c_values import CValue, ParameterText

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

Implementation = TypeVar("Implementation", bound=Callable[..., Any])
Initialiser = Callable[["Machine", int], None]


@dataclass(frozen=True, kw_only=True)
class LibraryFunction:
    """One C library function as the machine calls it and as a person reads it."""

    name: str
    header: str
    """``stdio.h``, ``libgcc``, ``libstdc++`` …"""
    parameters: tuple[tuple[str, CValue], ...]
    result: CValue | None
    """None for void."""
    implementation: Callable[..., Any]

    @property
    def prototype(self) -> str:
        """``size_t strlen(const char *s)``."""
        texts = [str(ParameterText(value.spelling, name)) for name, value in self.parameters]
        result = self.result.spelling if self.result else "void"
        return f"{result}{'' if result.endswith('*') else ' '}{self.name}({', '.join(texts) or 'void'})"

    @cached_property
    def _fetchers(self) -> tuple[Callable[[Arguments], Any], ...]:
        return tuple(value.fetch for _, value in self.parameters if value.fetch is not None)

    @cached_property
    def is_variadic(self) -> bool:
        """True for ``...``: x86-64 callers say in al whether vector registers carry arguments."""
        return any(value.variadic for _, value in self.parameters)

    @property
    def summary(self) -> str:
        """The first line of the function's documentation; may be empty."""
        return (self.implementation.__doc__ or "").strip().split("\n")[0]

    def arguments(self, machine: "Machine") -> list[Any]:
        """The decoded arguments, in order, of the call that the machine stands at."""
        cursor = Arguments(machine, variadic=self.is_variadic)
        return [fetch(cursor) for fetch in self._fetchers]

    def finish(self, machine: "Machine", result: Any) -> None:
        """Put `result` where the caller looks for it."""
        if self.result is not None and self.result.give is not None:
            self.result.give(machine, result)


@dataclass(frozen=True, kw_only=True)
class DataObject:
    """A variable that the library defines (``stdout``, ``std::cout``)."""

    name: str
    header: str
    size: int
    initialise: Initialiser
    """Called once per process with the machine and the object's address (zero-filled before)."""


_functions: dict[str, LibraryFunction] = {}
_objects: dict[str, DataObject] = {}


def function(*names: str, header: str) -> Callable[[Implementation], Implementation]:
    """Register a function under `names` (default: its own). Parameters after `machine` are annotated with C types."""

    def register(implementation: Implementation) -> Implementation:
        parameters, result = _signature(implementation)
        for name in names or (implementation.__name__,):
            if name in _functions:
                raise ValueError(f"{name} is registered twice")
            _functions[name] = LibraryFunction(
                name=name, header=header, parameters=parameters, result=result, implementation=implementation
            )
        return implementation

    return register


def _signature(implementation: Callable[..., Any]) -> tuple[tuple[tuple[str, CValue], ...], CValue | None]:
    hints = get_type_hints(implementation, localns={"Machine": object}, include_extras=True)
    names = list(inspect.signature(implementation).parameters)[1:]
    parameters = tuple((name, _c_value(implementation, name, hints[name])) for name in names)
    result = hints["return"]
    return parameters, None if result is type(None) else _c_value(implementation, "return", result)


def _c_value(implementation: Callable[..., Any], name: str, hint: Any) -> CValue:
    for extra in getattr(hint, "__metadata__", ()):
        if isinstance(extra, CValue):
            return extra
    raise TypeError(f"{implementation.__name__}: {name} has no C type")


def data(name: str, size: int, *, header: str) -> Callable[[Initialiser], Initialiser]:
    """Register a data object of `size` bytes with its initialiser."""

    def register(initialise: Initialiser) -> Initialiser:
        _objects[name] = DataObject(name=name, header=header, size=size, initialise=initialise)
        return initialise

    return register


def base_name(symbol: str) -> str:
    """A symbol without its version or PLT suffix: ``printf@GLIBC_2.2.5``, ``printf@PLT``."""
    return symbol.split("@", 1)[0]


def lookup(name: str) -> LibraryFunction | None:
    """The function called `name`, or None when we lack it."""
    return _functions.get(base_name(name))


def data_object(name: str) -> DataObject | None:
    """The variable called `name`, or None."""
    return _objects.get(base_name(name))


def known(name: str) -> bool:
    """True when the library defines `name`."""
    return lookup(name) is not None or data_object(name) is not None


def supported_functions() -> tuple[LibraryFunction, ...]:
    """Every function, by header and name: what the page lists."""
    return tuple(sorted(_functions.values(), key=lambda entry: (entry.header, entry.name)))


def supported_objects() -> tuple[DataObject, ...]:
    """Every data object, by name."""
    return tuple(_objects[name] for name in sorted(_objects))
