"""Symbol directives (as.info, "Pseudo Ops": Global, Weak, Comm, Set, Type, Size, Hidden …)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playground.assembly import limits
from playground.assembly.directive import DirectiveError, Handler, operands, symbol_name
from playground.assembly.expression_parser import parse_expression
from playground.assembly.expressions import SymbolReference
from playground.assembly.lexer import Statement
from playground.assembly.symbols import Common, Label, SymbolRecord

if TYPE_CHECKING:
    from playground.assembly.gas import GasReader


def _each(change: Callable[[SymbolRecord], None]) -> Handler:
    """A directive that takes a list of symbols (commas or, as people write it, blanks)."""

    def handle(reader: "GasReader", statement: Statement) -> None:
        for name in operands(statement, 1):
            change(reader.record(symbol_name(name)))

    return handle


def _make_global(record: SymbolRecord) -> None:
    record.binding = "weak" if record.binding == "weak" else "global"


def _make_weak(record: SymbolRecord) -> None:
    record.binding = "weak"


def _hide(record: SymbolRecord) -> None:
    record.hidden = True


def _assign(*, once: bool = False) -> Handler:
    def handle(reader: "GasReader", statement: Statement) -> None:
        name, _, text = statement.rest.partition(",")
        if not text.strip():
            raise DirectiveError(f"{statement.name} needs a symbol and a value", statement.rest)
        assign(reader, statement, symbol_name(name), text, once=once)

    return handle


def assign(reader: "GasReader", statement: Statement, name: str, text: str, *, once: bool = False) -> None:
    """``name = text`` in any of its spellings; ``. = value`` moves the place."""
    expression = parse_expression(text)
    if name == ".":
        reader.builder.origin(expression, reader.line)
        return
    reader.builder.set_symbol(name, expression, reader.line, statement.column, once=once)


def _equals(reader: "GasReader", statement: Statement) -> None:
    assign(reader, statement, statement.target, statement.rest)


_KINDS = {
    "function": "function",
    "gnu_indirect_function": "function",
    "object": "object",
    "tls_object": "tls",
    "common": "object",
    "notype": "notype",
    "gnu_unique_object": "object",
    "stt_func": "function",
    "stt_object": "object",
    "stt_tls": "tls",
    "stt_notype": "notype",
    "stt_common": "object",
    "stt_gnu_ifunc": "function",
}


def _type(reader: "GasReader", statement: Statement) -> None:
    text = statement.rest.replace(",", " ", 1)
    name, _, kind = text.strip().partition(" ")
    spelling = kind.strip().lstrip("@%#").strip('"').lower()
    if spelling not in _KINDS:
        raise DirectiveError(f"unrecognized symbol type {kind.strip()!r}", kind.strip(), "write @function or @object")
    if spelling in ("gnu_indirect_function", "stt_gnu_ifunc"):
        reader.builder.lack(reader.line, "gnu_indirect_function", "not supported: indirect functions (IFUNC)")
    reader.record(symbol_name(name)).kind = _KINDS[spelling]


def _size(reader: "GasReader", statement: Statement) -> None:
    name, _, text = statement.rest.partition(",")
    if not text.strip():
        raise DirectiveError(".size needs a symbol and a value", statement.rest)
    record = reader.record(symbol_name(name))
    record.size = reader.builder.bound(parse_expression(text))


def _common(reader: "GasReader", statement: Statement) -> None:
    """``.comm symbol, size, alignment``."""
    _reserve_common(reader, statement, local=False)


def _local_common(reader: "GasReader", statement: Statement) -> None:
    _reserve_common(reader, statement, local=True)


def _reserve_common(reader: "GasReader", statement: Statement, *, local: bool) -> None:
    pieces = operands(statement, 2, 3)
    record = reader.record(symbol_name(pieces[0]))
    size = reader.absolute(pieces[1], "the size")
    alignment = reader.absolute(pieces[2], "the alignment") if len(pieces) > 2 else _natural_alignment(size)
    if size < 0 or alignment < 1 or alignment & (alignment - 1):
        raise DirectiveError(f"{statement.name} needs a size and a power of two, got {size} and {alignment}", pieces[1])
    if size > limits.SECTION_BYTES:
        raise limits.LimitReached(f"{pieces[0]} is larger than {limits.SECTION_BYTES >> 20} MiB", reader.line)
    if isinstance(record.definition, Label):
        raise DirectiveError(f"symbol {record.name!r} is already defined in line {record.line}", record.name)
    record.definition, record.line = Common(size, alignment), reader.line
    if not local and statement.name == ".comm" and record.binding == "local" and not record.declared_local:
        record.binding = "global"


def _natural_alignment(size: int) -> int:
    """The linker's choice for a common symbol without one: a power of two up to 16."""
    return min(16, 1 << max(size, 1).bit_length() - 1)


def _local(reader: "GasReader", statement: Statement) -> None:
    for name in operands(statement, 1):
        record = reader.record(symbol_name(name))
        record.binding, record.declared_local = "local", True


def _weak_reference(reader: "GasReader", statement: Statement) -> None:
    """``.weakref alias, target``."""
    alias, target = operands(statement, 2, 2)
    record = reader.record(symbol_name(target))
    if record.definition is None and record.binding == "local":
        record.binding = "weak"
    reader.builder.set_symbol(symbol_name(alias), SymbolReference(record.name), reader.line)


def _version(reader: "GasReader", statement: Statement) -> None:
    """``.symver name, name@VERSION``: versions do not matter here; another name is an alias."""
    name, versioned = operands(statement, 2, 3)[:2]
    alias = versioned.partition("@")[0]
    if alias and alias != name:
        reader.builder.set_symbol(alias, SymbolReference(symbol_name(name)), reader.line)


SYMBOL_DIRECTIVES: dict[str, Handler] = {
    "=": _equals,
    ".globl": _each(_make_global),
    ".global": _each(_make_global),
    ".extern": lambda reader, statement: None,
    ".weak": _each(_make_weak),
    ".local": _local,
    ".hidden": _each(_hide),
    ".protected": _each(_hide),
    ".internal": _each(_hide),
    ".set": _assign(),
    ".equ": _assign(),
    ".equiv": _assign(once=True),
    ".eqv": _assign(once=True),
    ".type": _type,
    ".size": _size,
    ".comm": _common,
    ".common": _common,
    ".lcomm": _local_common,
    ".weakref": _weak_reference,
    ".symver": _version,
}
