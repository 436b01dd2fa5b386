"""What an architecture is, to everything above: a frozen table with its manual cited."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CallConvention:
    """One row of a C calling convention (LP64)."""

    source: str
    """The document and sections that the row is taken from."""
    integer_arguments: tuple[str, ...]
    """Registers of integer and pointer arguments, in order."""
    float_arguments: tuple[str, ...]
    """Registers of float and double arguments, in order (the full vector register's name)."""
    integer_results: tuple[str, ...]
    float_results: tuple[str, ...]
    callee_saved: tuple[str, ...]
    """General registers that a function must restore, the stack pointer excluded."""
    callee_saved_low_halves: tuple[str, ...]
    """Vector registers of which the low 64 bits must be restored."""
    link_register: str | None
    """Holds the return address; None where the call pushes it."""
    vector_count_register: str | None
    """Holds the number of vector registers used by a variadic call (x86-64's al)."""
    indirect_result_register: str
    """Holds the address for a result returned in memory."""
    stack_alignment: int
    """Bytes: the stack pointer's alignment at a call instruction."""
    red_zone: int
    """Bytes below the stack pointer that a leaf function may use."""


@dataclass(frozen=True, kw_only=True)
class SyscallConvention:
    """One row of the kernel's system call interface (man 2 syscall); apart from calls on purpose."""

    number: str
    arguments: tuple[str, ...]
    result: str


@dataclass(frozen=True, kw_only=True)
class Architecture:
    """One instruction set, as every other room sees it."""

    name: str
    """The contract name: ``aarch64`` or ``x86_64``."""
    title: str
    """As a person reads it."""
    syntaxes: tuple[str, ...]
    general_registers: tuple[str, ...]
    """64-bit names, in the manual's order."""
    vector_registers: tuple[str, ...]
    """128-bit names."""
    flags_register: str
    stack_pointer: str
    frame_pointer: str
    program_counter: str
    call: CallConvention
    syscall: SyscallConvention
    fixed_instruction_bytes: int | None
    """4 on aarch64; None where lengths vary."""
    keystone: tuple[str, str]
    """Names of Keystone's architecture and mode constants."""
    unicorn: tuple[str, str, str]
    """Names of Unicorn's architecture, mode and CPU model constants: the maximal model."""
    elf_machine: int
    """e_machine of the ELF header (for the toolchain comparisons and the auxiliary vector's platform)."""
    platform: str
    """AT_PLATFORM and uname's machine."""
    gnu_triplet: str
    """The native or cross toolchain's prefix."""
