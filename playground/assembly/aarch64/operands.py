"""aarch64 operands of GNU as in one canonical spelling (Arm ARM C1.2; as.info, "AArch64 Dependent").

Registers by their architectural names, numbers in hexadecimal with ``#``, shifts and extensions in lower case.
Symbols and relocation operators are cut out and handed back beside the text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playground.assembly.aarch64.mnemonics import foreign_register
from playground.assembly.aarch64.problems import Rejected
from playground.assembly.expression_parser import ExpressionError, parse_expression
from playground.assembly.expressions import Expression, Number, UndefinedSymbol, evaluate, references

ConstantOf = Callable[[str], int | None]

ALIASES = {"fp": "x29", "lr": "x30", "ip0": "x16", "ip1": "x17", "wip0": "w16", "wip1": "w17"}
"""AAPCS64 names that GNU as knows as registers."""

_GENERAL = frozenset([f"{w}{n}" for w in "xw" for n in range(31)] + ["sp", "wsp", "xzr", "wzr"])
_SCALAR = frozenset(f"{w}{n}" for w in "bhsdq" for n in range(32))
_VECTOR = re.compile(r"v([0-9]|[12][0-9]|3[01])(\.(?:[0-9]{1,2})?[bhsdq])?(?:\[(.*)\])?", re.DOTALL)
_SCALABLE = re.compile(r"(?:z([0-9]|[12][0-9]|3[01])|p([0-9]|1[0-5]))(?:[./].*)?")
_MODIFIER = re.compile(r"(lsl|lsr|asr|ror|msl|[us]xt[bhwx])(?:[ \t]*(?:#[ \t]*)?(\S.*))?", re.IGNORECASE)
_RELOCATION = re.compile(r":([a-z0-9_]+):[ \t]*(.*)", re.IGNORECASE)
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?")
_NAME = re.compile(r"[A-Za-z_][\w.]*", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_RANGE = re.compile(r"\{\s*v([0-9]+)(\.[0-9]*[bhsd])\s*-\s*v([0-9]+)(\.[0-9]*[bhsd])\s*\}")


@dataclass(frozen=True, slots=True)
class Relocated:
    """A symbolic value in an operand."""

    operator: str
    """``lo12``, ``got`` …; empty for a plain expression."""
    expression: Expression


@dataclass(frozen=True, slots=True)
class Operand:
    """One operand in canonical spelling."""

    text: str
    """What Keystone is given; with `symbol` set, a zero stands in its place."""
    kind: str
    """``register``, ``immediate``, ``float``, ``modifier``, ``memory``, ``list``, ``name`` or ``symbol``."""
    value: int = 0
    """An immediate's value."""
    symbol: Relocated | None = None
    offset: int = 0
    """Column in the operands, from 0."""
    source: str = ""
    """As written."""


def is_register(text: str) -> bool:
    """True for a general, scalar or vector register in lower case."""
    return text in _GENERAL or text in _SCALAR or text in ALIASES or _VECTOR.fullmatch(text) is not None


def split(text: str) -> list[tuple[str, int]]:
    """The operands between the commas outside brackets and braces, with their offsets."""
    pieces, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character in "[{(":
            depth += 1
        elif character in "]})":
            depth -= 1
        elif character == "," and depth == 0:
            pieces.append((start, position))
            start = position + 1
    if text.strip() or pieces:
        pieces.append((start, len(text)))
    return [(text[a:b].strip(), a + len(text[a:b]) - len(text[a:b].lstrip())) for a, b in pieces]


def parse(text: str, offset: int, constant: ConstantOf, *, names_allowed: bool = False) -> Operand:
    """The operand `text`. With `names_allowed` a bare word may be a name (condition, barrier, system register).

    Raises:
        Rejected: it is none.
    """
    lower = text.lower()
    if lower in _GENERAL or lower in _SCALAR:
        return Operand(lower, "register", offset=offset, source=text)
    if not text:
        raise Rejected("an operand is missing between the commas", offset=offset)
    if lower in ALIASES:
        return Operand(ALIASES[lower], "register", offset=offset, source=text)
    first = text[0]
    if first == "[":
        return _memory(text, offset, constant)
    if first == "{":
        return _list(text, offset, constant)
    if found := _VECTOR.fullmatch(lower):
        return Operand(_vector(found, offset, constant), "register", offset=offset, source=text)
    if found := _MODIFIER.fullmatch(text):
        return Operand(_modifier(found, offset, constant), "modifier", offset=offset, source=text)
    if names_allowed and _NAME.fullmatch(text) and constant(text) is None:
        return Operand(lower, "name", offset=offset, source=text)
    return _value(text, offset, constant)


def _vector(found: re.Match[str], offset: int, constant: ConstantOf) -> str:
    number, shape, index = found.groups()
    if index is None:
        return f"v{number}{shape or ''}"
    return f"v{number}{shape or ''}[{number_of(index, offset, constant):#x}]"


def _modifier(found: re.Match[str], offset: int, constant: ConstantOf) -> str:
    name, amount = found[1].lower(), found[2]
    return name if amount is None else f"{name} #{number_of(amount, offset, constant):#x}"


def number_of(text: str, offset: int, constant: ConstantOf) -> int:
    """The value of an expression that must be known now.

    Raises:
        Rejected: it is not.
    """
    expression = expression_of(text.strip(), offset)
    value = folded(expression, constant)
    if value is None:
        raise Rejected(f"{text.strip()!r} must be a number", text.strip(), offset=offset)
    return value


_FOREIGN_OPERATOR = re.compile(r"@(?:page|pageoff|gotpage|gotpageoff|plt|got)\b", re.IGNORECASE)
_SIZE_WORD = re.compile(r"(?:[dq]?word|byte|ptr|offset|rel)\b", re.IGNORECASE)


def expression_of(text: str, offset: int) -> Expression:
    """The expression in `text`; ExpressionError becomes Rejected."""
    try:
        expression = parse_expression(text)
    except ExpressionError as error:
        hint = "sizes and addresses are not named here: [x0] is memory, the register's name gives the size"
        hint = hint if _SIZE_WORD.match(text) else ":lo12:symbol has a colon on both sides" if "lo12" in text else ""
        raise Rejected(error.message, error.token or text, hint, offset + error.offset) from None
    if "@" in text and any(reference.operator for reference in references(expression)):
        found = _FOREIGN_OPERATOR.search(text)
        hint = "GNU as writes adrp x0, symbol and add x0, x0, :lo12:symbol; bl takes the symbol alone"
        token = found.group() if found else text
        raise Rejected(f"aarch64 GAS has no {token!r}", token, hint, offset + (found.start() if found else 0))
    return expression


def folded(expression: Expression, constant: ConstantOf) -> int | None:
    """The expression's value when all its symbols are constants already."""

    def value(name: str) -> int:
        found = constant(name)
        if found is None:
            raise UndefinedSymbol(name)
        return found

    if isinstance(expression, Number):
        return expression.value
    try:
        return evaluate(expression, value)
    except UndefinedSymbol:
        return None


def _value(text: str, offset: int, constant: ConstantOf) -> Operand:
    """An immediate, a floating-point constant or a symbol, with or without ``#``."""
    body = text[1:].lstrip() if text[0] == "#" else text
    if _DECIMAL.fullmatch(body):
        return _immediate(int(body), offset, text)
    if _FLOAT.fullmatch(body):
        return Operand(f"#{body}", "float", offset=offset, source=text)
    if found := _RELOCATION.fullmatch(body):
        symbol = Relocated(found[1].lower(), expression_of(found[2], offset))
        return Operand("#0x0", "symbol", symbol=symbol, offset=offset, source=text)
    if _SCALABLE.fullmatch(body.lower()):
        return Operand(body.lower(), "scalable", offset=offset, source=text)
    expression = expression_of(body, offset + len(text) - len(body))
    value = folded(expression, constant)
    if value is None:
        return Operand("#0x0", "symbol", symbol=Relocated("", expression), offset=offset, source=text)
    return _immediate(value, offset, text)


def _immediate(value: int, offset: int, source: str) -> Operand:
    return Operand(f"#{value:#x}", "immediate", value, offset=offset, source=source)


def _memory(text: str, offset: int, constant: ConstantOf) -> Operand:
    """``[base, offset or index, modifier]`` with an optional ``!``."""
    end = text.rfind("]")
    if end < 0 or text[end + 1 :].strip() not in ("", "!"):
        raise Rejected(f"{text!r} is not an address: expected [base, offset]", text, offset=offset)
    parts = [parse(piece, offset + 1 + at, constant) for piece, at in split(text[1:end])]
    if not parts or parts[0].kind != "register":
        hint = (parts and foreign_register(parts[0].source)) or "an address starts with a register: [x0]"
        raise Rejected(f"{text!r} has no base register", text, hint, offset)
    symbols = [part.symbol for part in parts if part.symbol is not None]
    write_back = "!" if text.endswith("!") else ""
    inner = ", ".join(part.text for part in parts)
    return Operand(
        f"[{inner}]{write_back}", "memory", symbol=symbols[0] if symbols else None, offset=offset, source=text
    )


def _list(text: str, offset: int, constant: ConstantOf) -> Operand:
    """``{v0.4s, v1.4s}``, ``{v0.4s - v3.4s}``, with an optional lane ``[1]``."""
    body, brace, lane = text.partition("}")
    if not brace:
        raise Rejected(f"{text!r} lacks its closing brace", text, offset=offset)
    body, lower = body + brace, (body + brace).lower()
    if "z" in lower or "/" in lower:
        return Operand(lower, "scalable", offset=offset, source=text)
    if found := _RANGE.fullmatch(lower):
        first, last = int(found[1]), int(found[3])
        count = (last - first) % 32 + 1
        if count > 4 or found[2] != found[4]:
            raise Rejected(f"{text!r} is not a register list", text, offset=offset)
        canonical = ", ".join(f"v{(first + i) % 32}{found[2]}" for i in range(count))
    else:
        canonical = ", ".join(piece for piece, _ in split(lower[1:-1]))
        if not re.fullmatch(r"v[0-9]+\.[0-9]*[bhsd](, v[0-9]+\.[0-9]*[bhsd])*", canonical):
            raise Rejected(f"{text!r} is not a register list", text, offset=offset)
    index = ""
    if lane.strip():
        if not re.fullmatch(r"\s*\[.*\]", lane):
            raise Rejected(f"{lane.strip()!r} behind a register list", lane.strip(), offset=offset)
        index = f"[{number_of(lane.strip()[1:-1], offset, constant):#x}]"
    return Operand(f"{{{canonical}}}{index}", "list", offset=offset, source=text)
