"""NASM's data: db and its relatives, resb and its relatives (NASM manual, 3.2.1, 3.2.2)."""

import re
from typing import TYPE_CHECKING

from playground.assembly.expressions import references
from playground.assembly.x86.nasm_numbers import STRING, float_bytes, float_text, string_bytes
from playground.assembly.x86.operands import Missing, NotSupported, Problem, SyntaxProblem

if TYPE_CHECKING:
    from playground.assembly.x86.nasm import NasmReader

DATA = {"db": 1, "dw": 2, "dd": 4, "dq": 8, "dt": 10, "do": 16, "ddq": 16, "dy": 32, "dz": 64}
"""Initialised data: bytes of one unit."""
RESERVE = {"resb": 1, "resw": 2, "resd": 4, "resq": 8, "rest": 10, "reso": 16, "resdq": 16, "resy": 32, "resz": 64}
"""Uninitialised data: bytes of one unit."""

_STRING = re.compile(rf"(?:{STRING})")
_DUP = re.compile(r"(.*?)\s+dup\s*\((.*)\)\s*", re.I | re.S)
MAXIMUM_DUPLICATES = 1_000_000


def split_data(text: str) -> list[str]:
    """The items between commas, strings and parentheses left whole."""
    pieces, depth, start = [], 0, 0
    for found in re.finditer(rf"{STRING}|[(),]", text, re.S):
        token = found.group()
        depth += (token == "(") - (token == ")")
        if token == "," and depth == 0:
            pieces.append(text[start : found.start()].strip())
            start = found.end()
    pieces.append(text[start:].strip())
    return pieces


def emit_data(reader: "NasmReader", word: str, text: str) -> None:
    """``db 1, 'text', label …``

    Raises:
        SyntaxProblem: an item is no expression.
    """
    if reader.structure is not None:
        raise SyntaxProblem(Problem(f"{word} inside struc", word, "a struc reserves only: resb, resw, resd, resq"))
    unit = DATA[word]
    items = split_data(text)
    if items == [""]:
        raise SyntaxProblem(Problem(f"no operand for {word}", word))
    if items[-1] == "":
        items.pop()
    if text.count('"') == 1 or text.count("'") == 1:
        raise SyntaxProblem(Problem("a string lacks its closing quote", '"' if '"' in text else "'"))
    reader.fix_here(text)
    for item in items:
        _emit_item(reader, item, unit, word)


def _emit_item(reader: "NasmReader", item: str, unit: int, word: str) -> None:
    if not item:
        raise SyntaxProblem(Problem(f"an item of {word} is missing between the commas", ","))
    if item == "?":
        reader.builder.reserve(unit, reader.line)
    elif _STRING.fullmatch(item):
        data = string_bytes(item)
        padded = data + bytes(-len(data) % unit)
        reader.builder.emit_data(padded or b"", reader.line)
    elif (plain := float_text(item)) is not None:
        _emit_float(reader, plain, unit, word)
    elif duplicated := _DUP.fullmatch(item):
        _emit_duplicates(reader, duplicated[1], duplicated[2], unit, word)
    else:
        _emit_integer(reader, item, unit, word)


def _emit_float(reader: "NasmReader", text: str, unit: int, word: str) -> None:
    data = float_bytes(text, unit)
    if data is None:
        if unit == 16:
            raise NotSupported(Missing("do", "not supported: 128-bit floating-point constants"))
        raise SyntaxProblem(Problem(f"{word} takes no floating-point number: {text}", text, "use dd, dq or dt"))
    reader.builder.emit_data(data, reader.line)


def _emit_integer(reader: "NasmReader", item: str, unit: int, word: str) -> None:
    if word == "dt":
        raise SyntaxProblem(Problem(f"dt takes floating-point numbers: got {item}", item, "write 1.0 rather than 1"))
    if unit > 8:
        raise SyntaxProblem(Problem(f"integer supplied as {8 * unit}-bit data: {item}", item, "use dq twice"))
    expression = reader.expression(item)
    if "$" in item:
        expression = reader.at_here(expression)
    for reference in references(expression):
        if reference.operator:
            name = f"wrt with {word}"
            raise NotSupported(Missing(name, f"not supported: {name}"))
    reader.builder.emit_value(expression, unit, reader.line)


def _emit_duplicates(reader: "NasmReader", count_text: str, body: str, unit: int, word: str) -> None:
    """``count dup (items)``"""
    count = reader.builder.value_now(reader.expression(count_text))
    if count is None or not 0 <= count <= MAXIMUM_DUPLICATES:
        raise SyntaxProblem(Problem(f"the count of dup must be a known number up to {MAXIMUM_DUPLICATES}", count_text))
    items = split_data(body)
    if len(items) == 1 and re.fullmatch(r"[0-9]\w*", items[0]):
        value = reader.builder.value_now(reader.expression(items[0])) or 0
        reader.builder.reserve(count, reader.line, (value % (1 << 8 * unit)).to_bytes(unit, "little"))
        return
    for _ in range(count):
        reader.builder.next_statement()
        for item in items:
            _emit_item(reader, item, unit, word)


def emit_reserve(reader: "NasmReader", word: str, text: str) -> None:
    """``resb count``"""
    unit = RESERVE[word]
    count = reader.expression(text)
    value = reader.builder.value_now(count)
    if reader.structure is not None:
        if value is None:
            raise SyntaxProblem(Problem(f"the size of {word} in a struc must be known", text.strip()))
        reader.structure_offset += unit * value
        return
    if value is not None and value < 0:
        raise SyntaxProblem(Problem(f"{word} {value}: the count is negative", text.strip()))
    reader.builder.reserve(count if value is None else value, reader.line, bytes(unit))
