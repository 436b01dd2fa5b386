"""Operand expressions of Intel and NASM text: one operator-precedence parser, driven by a dialect's tables.

AT&T operands keep registers and expressions apart and use the core's parser of GAS expressions.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playground.assembly.expressions import Binary, Expression, Number, SymbolReference, Unary
from playground.assembly.x86.operands import Problem, SyntaxProblem

MAXIMUM_DEPTH = 60
"""Nested parentheses and unary operators; keeps hostile text from exhausting Python's stack."""


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    """``number``, ``word``, ``string``, ``at`` (a relocation operator) or ``operator``."""
    text: str
    offset: int


@dataclass(frozen=True)
class Grammar:
    """What differs between dialects."""

    token: re.Pattern[str]
    """Named groups are Token kinds; a group ``space`` is dropped."""
    number: Callable[[str], int | None]
    """The value of a number token, None when it is malformed."""
    precedence: Mapping[str, int]
    """Binary operators, a higher number binds tighter; all are left associative."""
    spelling: Mapping[str, str]
    """Operators whose spelling differs from GAS's: ``mod`` -> ``%``."""
    unary: frozenset[str]


def tokenize(text: str, grammar: Grammar) -> list[Token]:
    """The tokens of `text`.

    Raises:
        SyntaxProblem: a character that starts no token.
    """
    tokens: list[Token] = []
    position = 0
    match = grammar.token.match
    while position < len(text):
        found = match(text, position)
        if found is None or found.end() == position:
            raise SyntaxProblem(Problem(f"unexpected character {text[position]!r}", text[position], offset=position))
        if found.lastgroup != "space":
            tokens.append(Token(str(found.lastgroup), found.group(), position))
        position = found.end()
    return tokens


class ExpressionParser:
    """Reads expressions off a token list. Subclasses add atoms (registers, brackets)."""

    def __init__(self, tokens: list[Token], grammar: Grammar, length: int) -> None:
        self.tokens = tokens
        self.grammar = grammar
        self.position = 0
        self.length = length
        self.depth = 0

    @property
    def next(self) -> Token | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def accept(self, text: str) -> bool:
        """Steps over the next token when it is the operator or word `text` (words in any case)."""
        token = self.next
        if token is None or token.kind == "string" or token.text.lower() != text:
            return False
        self.position += 1
        return True

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise self.problem(f"expected {text!r}")

    def problem(self, message: str, hint: str = "") -> SyntaxProblem:
        token = self.next
        where = f"{message} at {token.text!r}" if token else f"{message} at the end"
        offset = token.offset if token else self.length
        return SyntaxProblem(Problem(where, token.text if token else "", hint, offset))

    def expression(self, minimum: int = 0) -> Expression:
        """An expression whose operators bind at least as tightly as `minimum`."""
        left = self.unary()
        while (operator := self._binary_operator()) and self.grammar.precedence[operator] >= minimum:
            self.position += 1
            right = self.expression(self.grammar.precedence[operator] + 1)
            left = self.binary(operator, left, right)
        return left

    def binary(self, operator: str, left: Expression, right: Expression) -> Expression:
        """`operator`, as the text spells it, applied."""
        return Binary(self.grammar.spelling.get(operator, operator), left, right)

    def _binary_operator(self) -> str | None:
        token = self.next
        if token is None or token.kind in ("number", "string", "at"):
            return None
        operator = token.text.lower()
        return operator if operator in self.grammar.precedence else None

    def unary(self) -> Expression:
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise self.problem("expression is nested too deeply")
        token = self.next
        try:
            if (
                token is not None
                and token.kind not in ("number", "string")
                and token.text.lower() in self.grammar.unary
            ):
                self.position += 1
                operator = self.grammar.spelling.get(token.text.lower(), token.text)
                operand = self.unary()
                return negate(operand) if operator == "-" and isinstance(operand, Number) else Unary(operator, operand)
            return self.atom()
        finally:
            self.depth -= 1

    def atom(self) -> Expression:
        token = self.next
        if token is None:
            raise self.problem("expected a value")
        if self.accept("("):
            inner = self.expression()
            self.expect(")")
            return self.with_operator(inner)
        self.position += 1
        if token.kind == "number":
            return self.number(token)
        if token.kind == "word":
            return self.with_operator(SymbolReference(token.text))
        if token.kind == "string":
            return self.with_operator(SymbolReference(token.text[1:-1]))
        self.position -= 1
        raise self.problem("expected a value")

    def number(self, token: Token) -> Expression:
        value = self.grammar.number(token.text)
        if value is None:
            raise SyntaxProblem(Problem(f"{token.text!r} is not a number", token.text, offset=token.offset))
        return Number(value)

    def with_operator(self, value: Expression) -> Expression:
        """`value` with a following ``@OPERATOR`` attached to its symbol."""
        token = self.next
        if token is None or token.kind != "at":
            return value
        if not isinstance(value, SymbolReference):
            raise self.problem("a relocation operator belongs to a symbol")
        self.position += 1
        return SymbolReference(value.name, token.text[1:].lower())

    def finish(self) -> None:
        if self.next is not None:
            raise self.problem("unexpected text")


def negate(number: Number) -> Number:
    return Number(-number.value)
