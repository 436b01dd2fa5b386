"""Machine: what the generator asks of an architecture. Each method prints instructions."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from playground.data.direct.nodes import Number
from playground.data.direct.registers import Address, Convention, Operand, Register, Registers
from playground.data.direct.types import CHAR, Pointer, Type, round_up

RETURN = "\x02"
"""Stands for a return until the frame is known."""
COMMENT = "//"
"""At the start of a line both GNU as and clang take it, on both architectures; and nobody takes it for a heading."""


@dataclass(eq=False)
class Label:
    """A place; it gets its number when the text is finished."""

    number: int
    is_used: bool = False

    def __str__(self) -> str:
        return f"\x01{self.number}\x01"


class Machine(ABC):
    """One function's instructions at a time, and the constants of all."""

    convention: Convention
    words: ClassVar[dict[int, str]]
    """Bytes -> the directive for an integer of that size."""
    stack: Register
    reads_symbols = False
    """Whether an instruction may name a symbol as its address."""
    steps_after = False
    """Whether an access may move its base behind itself."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.constants: list[tuple[Label, Type, str]] = []
        self.registers = Registers(self.convention, has_calls=False)
        self.has_calls = False
        self.frame = 0
        """Bytes of the variables in memory (on AArch64 behind the saved x29 and x30)."""
        self._count = 0

    @abstractmethod
    def name(self, register: Register, type_: Type) -> str:
        """The register at a type's width."""

    def begin(self, *, has_calls: bool) -> None:
        """A new function."""
        self.lines, self.has_calls, self.frame = [], has_calls, self.frame_start(has_calls)

    def frame_start(self, has_calls: bool) -> int:
        """Bytes below the first variable in memory."""
        return 0

    @staticmethod
    @abstractmethod
    def alignment(size: int) -> int:
        """What ``.align`` takes for a place aligned to `size` bytes."""

    def emit(self, text: str) -> None:
        self.lines.append(f" {text}")

    def label(self) -> Label:
        self._count += 1
        return Label(self._count)

    def place(self, label: Label, *, always: bool = False) -> None:
        """The label stands here, when something jumps to it (or will)."""
        if label.is_used or always:
            self.lines.append(f"{label}:")

    def used(self, label: Label) -> Label:
        label.is_used = True
        return label

    def returns(self) -> None:
        self.lines.append(RETURN)

    def slot(self, size: int, align: int) -> int:
        """A new place in the frame: its offset from the stack pointer."""
        offset = round_up(self.frame, max(align, 1))
        self.frame = offset + size
        return offset

    def text(self, body: str) -> str:
        """The label of a string constant."""
        return self._constant(Pointer(CHAR), body)

    def _constant(self, type_: Type, text: str) -> str:
        for label, known, body in self.constants:
            if (known, body) == (type_, text):
                return str(label)
        label = self.used(self.label())
        self.constants.append((label, type_, text))
        return str(label)

    def real_constant(self, number: Number) -> str:
        """The label of a floating-point constant."""
        return self._constant(number.type, real_text(number))

    def spoilt_by(self, operator: str, type_: Type, is_number: bool) -> frozenset[Register]:
        """Registers that an operator uses beside its operands and result."""
        return frozenset()

    def kept_free(self, operator: str, type_: Type, is_number: bool) -> tuple[frozenset[Register], frozenset[Register]]:
        """Registers in which the left and the right operand had better not stand."""
        return frozenset(), frozenset()

    def conflicts(self, operator: str, first: Operand, second: Operand) -> frozenset[Register]:
        """Registers that a result had better not stand in."""
        return frozenset()

    @property
    def spoilt_by_call(self) -> frozenset[Register]:
        """Caller-saved registers that values could stand in."""
        kept = self.convention.callee_saved
        everything = (*self.convention.leaf, *self.convention.temporaries, *self.convention.caller_temporaries)
        more = (*self.convention.arguments, *self.convention.real_arguments, self.convention.result)
        return frozenset(register for register in (*everything, *more) if register not in kept)

    @abstractmethod
    def framed(self, entry: list[str], saved: list[Register]) -> list[str]:
        """The function's lines between prologue and epilogue; `entry` moves the parameters."""

    @abstractmethod
    def move(self, to: Register, value: Operand, type_: Type) -> None: ...

    @abstractmethod
    def constant(self, to: Register, number: Number) -> None: ...

    @abstractmethod
    def load(self, to: Register, address: Address, type_: Type, *, wide: bool = False) -> None: ...

    @abstractmethod
    def load_parameter(self, to: Register, index: int, type_: Type) -> None: ...

    @abstractmethod
    def store(self, value: Register, address: Address, type_: Type) -> None: ...

    @abstractmethod
    def store_number(self, number: Number, address: Address) -> None: ...

    @abstractmethod
    def address_of(self, to: Register, address: Address) -> None: ...

    @abstractmethod
    def scaled(self, to: Register, base: Register, index: Register, index_type: Type, size: int) -> None: ...

    @abstractmethod
    def can_index(self, scale: int, size: int, offset: int) -> bool: ...

    @abstractmethod
    def index(self, index: Register, type_: Type, avoid: frozenset[Register]) -> Register: ...

    @abstractmethod
    def unary(self, operator: str, to: Register, operand: Register, type_: Type) -> None: ...

    @abstractmethod
    def binary(
        self, operator: str, to: Register, left: Register, right: Operand, type_: Type, right_type: Type
    ) -> None: ...

    @abstractmethod
    def extend(self, to: Register, value: Register, given: Type, wanted: Type) -> None: ...

    @abstractmethod
    def convert(self, to: Register, value: Register, given: Type, wanted: Type) -> None: ...

    @abstractmethod
    def compare_set(self, operator: str, to: Register, left: Register, right: Operand, type_: Type) -> None: ...

    @abstractmethod
    def compare_jump(self, operator: str, left: Register, right: Operand, type_: Type, label: Label) -> None: ...

    @abstractmethod
    def compare_jump_real(
        self, operator: str, left: Register, right: Register, type_: Type, label: Label, when: bool
    ) -> None: ...

    @abstractmethod
    def jump(self, label: Label) -> None: ...

    @abstractmethod
    def call(self, name: str, real_arguments: int | None) -> None: ...


def real_text(number: Number) -> str:
    """A floating-point constant as assembly reads it."""
    text = number.text or repr(float(number.value))
    return text if any(mark in text for mark in ".eE") else f"{text}.0"


def number_text(number: Number) -> str:
    """An integer constant in its source's spelling where there is one."""
    return number.text or str(number.value)
