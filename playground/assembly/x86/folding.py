"""Reduces operand expressions to numbers where all their symbols are known."""

from collections.abc import Callable

from playground.assembly.expressions import (
    BINARY,
    UNARY,
    Binary,
    Expression,
    Number,
    SymbolReference,
    Unary,
    references,
)


def fold(expression: Expression, constant: Callable[[str], int | None]) -> Expression:
    """`expression` with known symbols replaced and constant parts computed; a division by zero is left as it stands."""
    if isinstance(expression, Number):
        return expression
    if isinstance(expression, SymbolReference):
        value = None if expression.operator else constant(expression.name)
        return expression if value is None else Number(value)
    if isinstance(expression, Unary):
        operand = fold(expression.operand, constant)
        if isinstance(operand, Number):
            return Number(_wrapped(UNARY[expression.operator](operand.value)))
        return Unary(expression.operator, operand)
    return _fold_binary(expression.operator, fold(expression.left, constant), fold(expression.right, constant))


def _fold_binary(operator: str, left: Expression, right: Expression) -> Expression:
    if not isinstance(left, Number) or not isinstance(right, Number):
        return Binary(operator, left, right)
    if (operator in "/%" and right.value == 0) or (operator in ("<<", ">>") and right.value < 0):
        return Binary(operator, left, right)
    return Number(_wrapped(BINARY[operator](left.value, right.value)))


def _wrapped(value: int) -> int:
    """`value` kept within 65 bits, so that both a negative and an unsigned 64-bit spelling survive."""
    return value if -(1 << 64) < value < 1 << 64 else value % (1 << 64)


def symbols_of(expression: Expression) -> frozenset[str]:
    """The names of the symbols in `expression`."""
    return frozenset(reference.name for reference in references(expression))
