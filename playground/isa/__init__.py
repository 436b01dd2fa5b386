"""One table per architecture: registers, ABI rows, system call rows, engine names."""

from playground.errors import InputError
from playground.isa.aarch64 import AARCH64
from playground.isa.architecture import Architecture, CallConvention, SyscallConvention
from playground.isa.x86_64 import X86_64

ARCHITECTURES: dict[str, Architecture] = {arch.name: arch for arch in (AARCH64, X86_64)}

SYNTAXES = ("auto", "gas", "intel", "nasm")
"""The assembly syntaxes by their contract names; aarch64 has ``gas`` alone."""


def architecture(name: str) -> Architecture:
    """The table of the architecture called `name`.

    Raises:
        InputError: no such architecture.
    """
    try:
        return ARCHITECTURES[name]
    except KeyError:
        raise InputError(f"Unknown architecture {name!r}: choose one of {', '.join(ARCHITECTURES)}.") from None


__all__ = [
    "AARCH64",
    "ARCHITECTURES",
    "SYNTAXES",
    "X86_64",
    "Architecture",
    "CallConvention",
    "SyscallConvention",
    "architecture",
]
