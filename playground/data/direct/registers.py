"""Registers, immediates and addresses as the generator hands them to a machine; which registers are free."""

from dataclasses import dataclass, field

from playground.data.direct.nodes import Expression, Number
from playground.data.direct.types import Real, Type, Unsupported


@dataclass(frozen=True)
class Register:
    """A register by its widest name: ``x0``, ``rax``, ``d0``, ``xmm0``."""

    name: str
    is_real: bool = False


Operand = Register | Number


@dataclass(frozen=True)
class Held:
    """A value that already stands in a register, as an expression."""

    type: Type
    register: Register


@dataclass(frozen=True)
class Address:
    """``base + index * scale + offset``; the index is extended from `index_type` first. Without a base: `symbol`."""

    base: Register | None
    offset: int = 0
    index: Register | None = None
    index_type: Type | None = None
    scale: int = 1
    symbol: str = ""
    steps_after: int = 0
    """How far the base moves behind the access (AArch64's post-indexed form)."""


@dataclass(frozen=True)
class Convention:
    """Which registers hold what, in a function that calls none and in one that calls."""

    arguments: tuple[Register, ...]
    real_arguments: tuple[Register, ...]
    result: Register
    real_result: Register
    leaf: tuple[Register, ...]
    """Variables of a function without calls, in order of declaration; parameters may stand in some already."""
    caller: tuple[Register, ...]
    """Variables of a function with calls: callee-saved."""
    temporaries: tuple[Register, ...]
    caller_temporaries: tuple[Register, ...]
    """Further ones, in a function with calls alone."""
    callee_saved: frozenset[Register]
    spare: tuple[Register, ...] = ()
    """Variables' registers that a temporary takes before others, when all temporaries are in use."""
    moved: dict[Register, Register] = field(default_factory=dict)
    """Parameters that change their register at the start of a leaf function, since instructions want their place."""


def kind(type_: Type) -> bool:
    """True for what a floating-point register holds."""
    return isinstance(type_, Real)


class Registers:
    """Which registers variables and temporaries have. The first that is free is taken."""

    def __init__(self, convention: Convention, *, has_calls: bool) -> None:
        pool = convention.caller if has_calls else convention.leaf
        more = convention.caller_temporaries if has_calls else ()
        self._pool = pool
        self._temporaries = (*convention.temporaries, *more, *convention.spare, *reversed(pool))
        self._callee_saved = convention.callee_saved
        self.taken: set[Register] = set()
        """By variables."""
        self.busy: list[Register] = []
        """By temporaries, the newest last."""
        self.touched: set[Register] = set()

    def variable(self, is_real: bool) -> Register | None:
        """The next free register for a variable; None when all are in use."""
        for register in self._pool:
            if register.is_real == is_real and register not in self.taken and register not in self.busy:
                self.taken.add(register)
                self.touched.add(register)
                return register
        return None

    def temporary(self, is_real: bool, avoid: frozenset[Register] = frozenset()) -> Register:
        """The next free temporary that is not among `avoid`.

        Raises:
            Unsupported: none is left.
        """
        for register in self._temporaries:
            if register.is_real == is_real and register not in avoid and self.is_free(register):
                self.busy.append(register)
                self.touched.add(register)
                return register
        raise Unsupported("an expression that needs more registers")

    def is_free(self, register: Register) -> bool:
        return register not in self.taken and register not in self.busy

    @property
    def saved(self) -> list[Register]:
        """Callee-saved registers that were used, in the order of the pool."""
        return [register for register in self._pool if register in self.touched & self._callee_saved]


Walked = Expression | Held
