"""Assembly-time expressions: the tree, and how GNU as evaluates it."""

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Number:
    """An integer constant; arithmetic is on 64 bits, as in GNU as."""

    value: int


@dataclass(frozen=True)
class SymbolReference:
    """A symbol, perhaps with a relocation operator (``@GOTPCREL``, ``:lo12:``) in lower case without punctuation.

    Three names stand for places: ``.`` the statement's own address, ``1b`` / ``1f`` the nearest numeric label before /
    behind the statement, ``$$`` the start of the statement's section.
    """

    name: str
    operator: str = ""


@dataclass(frozen=True)
class Unary:
    """``-``, ``~``, ``!`` or ``+`` applied to an operand."""

    operator: str
    operand: "Expression"


@dataclass(frozen=True)
class Binary:
    """A binary operator by its GAS spelling (``+ - * / % << >> & | ^ == <> < > <= >= && ||``)."""

    operator: str
    left: "Expression"
    right: "Expression"


Expression = Number | SymbolReference | Unary | Binary

MASK = (1 << 64) - 1


class UndefinedSymbol(LookupError):
    """An expression needs the value of a symbol that has none (yet)."""

    def __init__(self, name: str) -> None:
        super().__init__(f"symbol {name!r} has no value here")
        self.name = name


def signed(value: int) -> int:
    """`value` modulo 2**64 as GNU as prints it: between -2**63 and 2**63 - 1."""
    value &= MASK
    return value - (1 << 64) if value >> 63 else value


def _divide(left: int, right: int) -> int:
    """Truncating, as in C; GNU as warns about a zero divisor and goes on with 1."""
    quotient = abs(left) // abs(right or 1)
    return quotient if (left < 0) == (right < 0) else -quotient


def _remainder(left: int, right: int) -> int:
    return left - _divide(left, right) * right if right else 0


def _shift_left(left: int, right: int) -> int:
    return left << right if 0 <= right < 64 else 0


def _shift_right(left: int, right: int) -> int:
    """Logical, as in GNU as; a count out of range gives 0."""
    return (left & MASK) >> right if 0 <= right < 64 else 0


def _truth(compare: Callable[[int, int], bool]) -> Callable[[int, int], int]:
    """Comparisons give -1 for true, 0 for false (as.info, "Infix Operators")."""
    return lambda left, right: -1 if compare(left, right) else 0


# ``u/``, ``u%`` and ``s>>`` are NASM's unsigned division and remainder and its arithmetic shift (NASM manual, 3.5).
BINARY: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
    "%": _remainder,
    "u/": lambda left, right: (left & MASK) // ((right & MASK) or 1),
    "u%": lambda left, right: (left & MASK) % (right & MASK) if right & MASK else 0,
    "s>>": lambda left, right: left >> min(right, 63) if right >= 0 else 0,
    "<<": _shift_left,
    ">>": _shift_right,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "!": lambda left, right: left | ~right,
    "==": _truth(operator.eq),
    "<>": _truth(operator.ne),
    "!=": _truth(operator.ne),
    "<": _truth(operator.lt),
    ">": _truth(operator.gt),
    "<=": _truth(operator.le),
    ">=": _truth(operator.ge),
    "&&": lambda left, right: int(bool(left) and bool(right)),
    "||": lambda left, right: int(bool(left) or bool(right)),
}

UNARY: dict[str, Callable[[int], int]] = {
    "-": operator.neg,
    "~": operator.invert,
    "!": lambda value: int(not value),
    "+": lambda value: value,
}


def evaluate(expression: Expression, value_of: Callable[[str], int]) -> int:
    """The expression's value as a signed 64-bit integer; `value_of` gives a symbol's value by name.

    Raises:
        UndefinedSymbol: from `value_of`.
    """
    if isinstance(expression, SymbolReference):
        return signed(value_of(expression.name))
    if isinstance(expression, Number):
        return signed(expression.value)
    if isinstance(expression, Unary):
        return signed(UNARY[expression.operator](evaluate(expression.operand, value_of)))
    left = evaluate(expression.left, value_of)
    return signed(BINARY[expression.operator](left, evaluate(expression.right, value_of)))


def references(expression: Expression) -> Iterator[SymbolReference]:
    """Every symbol reference in the expression, from left to right."""
    if isinstance(expression, SymbolReference):
        yield expression
    elif isinstance(expression, Unary):
        yield from references(expression.operand)
    elif isinstance(expression, Binary):
        yield from references(expression.left)
        yield from references(expression.right)


def substitute(expression: Expression, replace: Callable[[SymbolReference], Expression]) -> Expression:
    """The expression with every symbol reference put through `replace`."""
    if isinstance(expression, SymbolReference):
        return replace(expression)
    if isinstance(expression, Unary):
        return Unary(expression.operator, substitute(expression.operand, replace))
    if isinstance(expression, Binary):
        left = substitute(expression.left, replace)
        return Binary(expression.operator, left, substitute(expression.right, replace))
    return expression
