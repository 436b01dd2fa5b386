"""The one operand model that AT&T, Intel and NASM text is parsed into, in the SDM's order: destination first."""

from dataclasses import dataclass

from playground.assembly.expressions import Expression
from playground.assembly.x86.registers import Register


@dataclass(frozen=True, slots=True)
class RegisterOperand:
    register: Register
    decoration: str = ""
    """AVX-512 masking as AT&T prints it (``{%k1}{z}``)."""


@dataclass(frozen=True, slots=True)
class Immediate:
    value: Expression
    size: int | None = None
    """Bytes, where the text gave them (NASM's ``byte 5``, ``strict dword 5``)."""


@dataclass(frozen=True, slots=True)
class Memory:
    """segment:[base + index * scale + displacement]"""

    segment: Register | None = None
    base: Register | None = None
    """Also rip and eip."""
    index: Register | None = None
    scale: int = 1
    displacement: Expression | None = None
    size: int | None = None
    """Bytes of the access, where the text says so (``DWORD PTR``)."""
    decoration: str = ""
    """AVX-512 broadcast and masking as AT&T prints it (``{1to8}``)."""
    bare: bool = False
    """Intel syntax: a symbol without brackets or size; an immediate when the symbol turns out to be a constant."""

    @property
    def is_relative(self) -> bool:
        """True for rip-relative addressing (SDM vol. 2, 2.2.1.6)."""
        return self.base is not None and self.base.kind == "ip"

    @property
    def is_absolute(self) -> bool:
        """True when neither base nor index is there: the SIB form 04 25 (SDM vol. 2, table 2-3, note on no base)."""
        return self.base is None and self.index is None


@dataclass(frozen=True, slots=True)
class Target:
    """The destination of a direct jump or call."""

    value: Expression
    distance: str = ""
    """``short`` or ``near`` where the text insists on one."""


Operand = RegisterOperand | Immediate | Memory | Target


@dataclass(frozen=True, slots=True)
class Instruction:
    """One parsed instruction, not yet checked."""

    mnemonic: str
    """The SDM's name, without AT&T suffix where `size` took it over."""
    operands: tuple[Operand, ...] = ()
    size: int | None = None
    """Bytes that an AT&T suffix gave."""
    prefixes: tuple[str, ...] = ()
    """``lock``, ``rep`` … in the order written."""
    indirect: bool = False
    """An AT&T ``*`` was written, or a jump's operand is a register or memory in Intel order."""
    strict_size: bool = False
    """Intel and NASM text: a size that nothing gives is an error; AT&T text takes GNU's default."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a statement is wrong, before its line is known; `offset` counts columns from the start of the operands."""

    message: str
    token: str = ""
    hint: str = ""
    offset: int | None = None
    """None: the mnemonic is at fault."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something valid that we do not support."""

    name: str
    message: str


class SyntaxProblem(Exception):
    """Raised inside the front ends only; the encoder turns it into a Diagnostic."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class NotSupported(Exception):
    """Raised inside the front ends only; the encoder turns it into a Gap."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(missing.message)
        self.missing = missing
