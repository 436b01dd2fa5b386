"""The C library and C++ runtime that guest programs call, as small typed functions."""

from typing import TYPE_CHECKING

from playground.emulator.library import (  # noqa: F401  importing a module registers its functions
    atomics,
    complex,
    ctype,
    cxx,
    float_classes,
    fortify,
    heap,
    integers,
    long_double,
    long_double_math,
    math,
    posix,
    print,
    random_numbers,
    scan,
    setjmp,
    signal,
    sorting,
    start,
    stdio,
    stdlib,
    string,
    string_extras,
    threads,
    time,
    unistd,
    wide_strings,
)
from playground.emulator.library.registry import (
    DataObject,
    LibraryFunction,
    data_object,
    known,
    lookup,
    supported_functions,
    supported_objects,
)

if TYPE_CHECKING:
    from playground.emulator.machine import Machine


def invoke(machine: "Machine", target: str | LibraryFunction) -> None:
    """Run a library function for the call that the machine stands at: decode, call, place the result.

    The machine's state is that at the callee's first instruction; returning to the caller is the machine's work.
    Control flow (exit, longjmp) and faults come as the machine's own exceptions.
    """
    found = lookup(target) if isinstance(target, str) else target
    if found is None:
        machine.stop_unsupported((str(target),))
        return
    found.call(machine)


__all__ = [
    "DataObject",
    "LibraryFunction",
    "data_object",
    "invoke",
    "known",
    "lookup",
    "supported_functions",
    "supported_objects",
]
