"""GNU as expressions from text (as.info, "Expressions"): operator precedence, numbers, characters, symbols."""

import re
from functools import lru_cache

from playground.assembly.expressions import Binary, Expression, Number, SymbolReference, Unary

MAXIMUM_DEPTH = 100
"""Nested parentheses and unary operators: keeps hostile text from exhausting Python's stack."""

MAXIMUM_LENGTH = 4000
"""Characters of one expression."""

PRECEDENCE = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(("==", "<>", "!=", "<", ">", "<=", ">="), 3),
    **dict.fromkeys(("+", "-"), 4),
    **dict.fromkeys(("|", "&", "^", "!"), 5),
    **dict.fromkeys(("*", "/", "%", "<<", ">>"), 6),
}
"""Binary operators, a higher number binds tighter (gas/expr.c, op_rank); all are left associative."""

_TOKEN = re.compile(
    r"""[ \t]*(?:
    (?P<local>[0-9]+[bf](?![\w.$]))
    |(?P<number>0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)(?![\w.$])
    |(?P<character>'(?:\\.|[^\\])'?)
    |(?P<symbol>[A-Za-z_.][\w.$]*|\$[\w.$]+|"(?:\\.|[^"\\])+")(?:@(?P<modifier>[A-Za-z]+))?
    |(?P<operator><<|>>|<>|==|!=|<=|>=|&&|\|\||[-+*/%&|^~!()<>])
    )""",
    re.VERBOSE,
)
_DECIMAL = re.compile(r"-?[1-9][0-9]{0,17}|0")
_NAME = re.compile(r"[A-Za-z_.][\w.$]*")

CHARACTER_ESCAPES = {"b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "\\": 92, "'": 39, '"': 34}


class ExpressionError(ValueError):
    """The text is no expression: what is wrong, and the column from 0 at which it is."""

    def __init__(self, message: str, offset: int, token: str) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.token = token


@lru_cache(maxsize=20_000)
def parse_expression(text: str) -> Expression:
    """The expression that the whole of `text` spells.

    Raises:
        ExpressionError: anything else than one expression.
    """
    text = text.strip()
    if _DECIMAL.fullmatch(text):
        return Number(int(text))
    if _NAME.fullmatch(text):
        return SymbolReference(text)
    parser = _Parser(text)
    expression = parser.binary(0)
    if parser.kind:
        raise parser.error("junk at the end of an expression")
    return expression


def parse_number(text: str) -> int:
    """A GAS integer: decimal, ``0x``, ``0b``, or octal with a leading zero.

    Raises:
        ValueError: not a number.
    """
    lower = text.lower()
    if lower.startswith("0x"):
        return int(lower[2:], 16)
    if lower.startswith("0b"):
        return int(lower[2:], 2)
    return int(lower, 8 if lower[0] == "0" else 10)


class _Parser:
    """One token of lookahead over the text."""

    def __init__(self, text: str) -> None:
        if len(text) > MAXIMUM_LENGTH:
            raise ExpressionError(f"expression longer than {MAXIMUM_LENGTH} characters", 0, text[:20])
        self.text = text
        self.position = 0
        self.depth = 0
        self.advance()

    def advance(self) -> None:
        found = _TOKEN.match(self.text, self.position)
        self.start = self.position
        if found is None:
            self.kind, self.token, self.modifier = "", "", ""
            rest = self.text[self.position :].strip()
            if rest:
                word = re.match(r"[\w.$]+|.", rest)
                raise ExpressionError(
                    f"unexpected {rest[:20]!r} in an expression", self.position, word[0] if word else ""
                )
            return
        self.kind = str(found.lastgroup) if found.lastgroup != "modifier" else "symbol"
        self.token = found[self.kind]
        self.modifier = (found["modifier"] or "").lower()
        self.start = found.start(self.kind)
        self.position = found.end()

    def error(self, message: str) -> ExpressionError:
        return ExpressionError(message, self.start, self.token)

    def binary(self, minimum: int) -> Expression:
        left = self.unary()
        while self.kind == "operator" and (rank := PRECEDENCE.get(self.token, -1)) >= max(minimum, 0):
            spelling = "<>" if self.token == "!=" else self.token
            self.advance()
            left = Binary(spelling, left, self.binary(rank + 1))
        return left

    def unary(self) -> Expression:
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise self.error(f"expression nested deeper than {MAXIMUM_DEPTH}")
        try:
            if self.kind != "operator":
                return self.atom()
            sign = self.token
            if sign == "(":
                return self.parenthesis()
            if sign not in "-~!+":
                raise self.error(f"an operand is missing before {sign!r}")
            self.advance()
            operand = self.unary()
            return Number(-operand.value) if sign == "-" and isinstance(operand, Number) else Unary(sign, operand)
        finally:
            self.depth -= 1

    def parenthesis(self) -> Expression:
        self.advance()
        inner = self.binary(0)
        if self.token != ")":
            raise self.error("missing ')'")
        self.advance()
        return inner

    def atom(self) -> Expression:
        kind, token, modifier = self.kind, self.token, self.modifier
        if not kind:
            raise self.error("a value is missing")
        value = self.number(token) if kind == "number" else None
        self.advance()
        if value is not None:
            return Number(value)
        if kind == "character":
            return Number(CHARACTER_ESCAPES.get(token[2], ord(token[2])) if token[1] == "\\" else ord(token[1]))
        return SymbolReference(token.strip('"'), modifier)

    def number(self, token: str) -> int:
        try:
            return parse_number(token)
        except ValueError:
            raise self.error(f"{token!r} is not a number: a leading 0 means octal") from None
