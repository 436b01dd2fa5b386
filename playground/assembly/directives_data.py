"""Data directives (as.info, "Pseudo Ops": Byte, Ascii, Float, Fill, Uleb128 …)."""

from typing import TYPE_CHECKING

from playground.assembly import limits
from playground.assembly.directive import DirectiveError, Handler, operands
from playground.assembly.encoding import Encoded
from playground.assembly.expression_parser import parse_expression
from playground.assembly.expressions import Expression
from playground.assembly.lexer import Statement
from playground.assembly.padding import code_padding
from playground.assembly.strings import float_bytes, split_commas, string_bytes

if TYPE_CHECKING:
    from playground.assembly.gas import GasReader

_WORD = {"aarch64": 4, "x86_64": 2}
"""``.word`` (as.info, "AArch64 Directives"; ``.word`` is 2 bytes on x86)."""


def _integers(size: int) -> Handler:
    def handle(reader: "GasReader", statement: Statement) -> None:
        emit_integers(reader, statement, size)

    return handle


def emit_integers(reader: "GasReader", statement: Statement, size: int) -> None:
    """A list of integers of `size` bytes each; ``.`` is each one's own place."""
    builder, line = reader.builder, reader.line
    for text, offset in split_commas(statement.rest):
        if not text:
            raise DirectiveError(f"{statement.name} has an empty operand", statement.name, offset=offset)
        if text[0] == '"':
            hint = "text goes into .ascii, .asciz or .string"
            raise DirectiveError(f"{statement.name} takes numbers, not strings", text[:20], hint, offset)
        builder.emit_value(_parsed(text, offset), size, line, statement.rest_column + offset)


def _parsed(text: str, offset: int) -> Expression:
    try:
        return parse_expression(text)
    except ValueError as error:
        raise DirectiveError(str(error), text[:40], offset=offset) from None


def _word(reader: "GasReader", statement: Statement) -> None:
    emit_integers(reader, statement, _WORD[reader.builder.arch])


def _floats(size: int) -> Handler:
    def handle(reader: "GasReader", statement: Statement) -> None:
        data = bytearray()
        for text, offset in split_commas(statement.rest):
            encoded = float_bytes(text, size)
            if encoded is None:
                raise DirectiveError(f"{text!r} is not a floating-point number", text, offset=offset)
            data += encoded
        reader.builder.emit_data(bytes(data), reader.line)

    return handle


def _strings(*, terminator: bytes = b"", width: int = 1) -> Handler:
    """Strings, each with its terminator; `width` bytes a character."""

    def handle(reader: "GasReader", statement: Statement) -> None:
        data = bytearray()
        for text, _ in split_commas(statement.rest):
            content = string_bytes(text)
            data += b"".join(bytes([byte]).ljust(width, b"\0") for byte in content) if width > 1 else content
            data += terminator
        reader.builder.emit_data(bytes(data), reader.line)

    return handle


def _reserve(reader: "GasReader", statement: Statement) -> None:
    """``.zero``, ``.skip``, ``.space``: bytes of one value."""
    pieces = operands(statement, 1, 2)
    fill = reader.absolute(pieces[1], "the fill value") & 0xFF if len(pieces) > 1 else 0
    count = parse_expression(pieces[0])
    value = reader.builder.value_now(count)
    if value is None:
        count = reader.builder.bound(count)
    elif value < 0:
        raise DirectiveError(f"{statement.name} cannot take back {-value} bytes", pieces[0])
    reader.builder.reserve(count if value is None else value, reader.line, bytes([fill]))


def _fill(reader: "GasReader", statement: Statement) -> None:
    """``.fill repeat, size, value``: the value's lowest 4 bytes, then zeros (as.info, "Fill")."""
    pieces = operands(statement, 1, 3)
    size = reader.absolute(pieces[1], "the size") if len(pieces) > 1 and pieces[1] else 1
    value = reader.absolute(pieces[2], "the value") if len(pieces) > 2 and pieces[2] else 0
    if size < 0:
        raise DirectiveError(f".fill of size {size}", pieces[1])
    size = min(size, 8)
    unit = (value & 0xFFFFFFFF).to_bytes(8, "little")[:size]
    if size:
        reader.builder.reserve(reader.builder.bound(parse_expression(pieces[0])), reader.line, unit)


def _repeated(size: int, kind: str = "integer") -> Handler:
    """``.dcb.b count, value`` and ``.ds.b count, value``."""

    def handle(reader: "GasReader", statement: Statement) -> None:
        pieces = operands(statement, 1, 2)
        count = reader.absolute(pieces[0], "the count")
        if kind == "float":
            unit = float_bytes(pieces[1] if len(pieces) > 1 else "0", size)
            if unit is None:
                raise DirectiveError(f"{pieces[1]!r} is not a floating-point number", pieces[1])
        else:
            value = reader.absolute(pieces[1], "the value") if len(pieces) > 1 else 0
            unit = (value & (1 << 8 * size) - 1).to_bytes(size, "little")
        reader.builder.reserve(count, reader.line, unit)

    return handle


def _leb128(*, is_signed: bool) -> Handler:
    def handle(reader: "GasReader", statement: Statement) -> None:
        for text, offset in split_commas(statement.rest):
            reader.builder.leb128(_parsed(text, offset), is_signed, reader.line)

    return handle


def _instruction_words(reader: "GasReader", statement: Statement) -> None:
    """``.inst``: aarch64 instructions as numbers."""
    if reader.builder.arch != "aarch64":
        raise DirectiveError(".inst is an aarch64 directive", ".inst", "x86-64 takes .byte")
    for text in operands(statement, 1):
        word = reader.absolute(text, "the instruction")
        if not 0 <= word < 1 << 32:
            raise DirectiveError(f"{text} is not a 32-bit instruction", text)
        reader.builder.emit_encoded(Encoded(word.to_bytes(4, "little")), reader.line)


def _no_operations(reader: "GasReader", statement: Statement) -> None:
    """``.nops size[, control]``: no-operations of that many bytes."""
    size = reader.absolute(operands(statement, 1, 2)[0], "the size")
    if not 0 <= size <= limits.SECTION_BYTES:
        raise DirectiveError(f".nops of {size} bytes", statement.rest)
    reader.builder.emit_encoded(Encoded(code_padding(reader.builder.arch, size)), reader.line)


_SIZES = {
    ".byte": 1, ".short": 2, ".hword": 2, ".value": 2, ".half": 2, ".int": 4, ".long": 4, ".quad": 8, ".octa": 16,
    ".xword": 8, ".dword": 8, ".2byte": 2, ".4byte": 4, ".8byte": 8, ".1byte": 1,
    ".dc": 2, ".dc.b": 1, ".dc.w": 2, ".dc.l": 4, ".dc.a": 8,
}  # fmt: skip

DATA_DIRECTIVES: dict[str, Handler] = {
    **{name: _integers(size) for name, size in _SIZES.items()},
    ".word": _word,
    ".float": _floats(4),
    ".single": _floats(4),
    ".double": _floats(8),
    ".float16": _floats(2),
    ".dc.s": _floats(4),
    ".dc.d": _floats(8),
    ".ascii": _strings(),
    ".asciz": _strings(terminator=b"\0"),
    ".string": _strings(terminator=b"\0"),
    ".string8": _strings(terminator=b"\0"),
    ".string16": _strings(terminator=bytes(2), width=2),
    ".string32": _strings(terminator=bytes(4), width=4),
    ".string64": _strings(terminator=bytes(8), width=8),
    ".zero": _reserve,
    ".skip": _reserve,
    ".space": _reserve,
    ".fill": _fill,
    ".dcb": _repeated(2),
    ".dcb.b": _repeated(1),
    ".dcb.w": _repeated(2),
    ".dcb.l": _repeated(4),
    ".dcb.s": _repeated(4, "float"),
    ".dcb.d": _repeated(8, "float"),
    ".ds": _repeated(2),
    ".ds.b": _repeated(1),
    ".ds.w": _repeated(2),
    ".ds.l": _repeated(4),
    ".ds.d": _repeated(8),
    ".uleb128": _leb128(is_signed=False),
    ".sleb128": _leb128(is_signed=True),
    ".inst": _instruction_words,
    ".nops": _no_operations,
}
