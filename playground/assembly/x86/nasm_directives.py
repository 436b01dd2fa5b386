"""NASM's assembler directives (NASM manual, chapter 7 and 9.2 for elf64), one handler each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.assembly.expressions import Binary, Number, SymbolReference
from playground.assembly.symbols import Common
from playground.assembly.x86.nasm_data import split_data

if TYPE_CHECKING:
    from playground.assembly.x86.nasm import NasmReader


class DirectiveProblem(ValueError):
    """A directive's operands are wrong."""

    def __init__(self, message: str, token: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.token = token
        self.hint = hint


_ATTRIBUTES = {
    "exec": ("+", "x"), "noexec": ("-", "x"), "write": ("+", "w"), "nowrite": ("-", "w"), "alloc": ("+", "a"),
    "noalloc": ("-", "a"), "tls": ("+", "T"),
}  # fmt: skip
_SECTIONS = {
    ".text": "ax", ".rodata": "a", ".lrodata": "a", ".data": "aw", ".ldata": "aw", ".bss": "aw", ".lbss": "aw",
    ".tdata": "awT", ".tbss": "awT",
}  # fmt: skip
"""Manual, 9.2.2: the attributes of the names that NASM knows; any other section is allocated and read-only."""
_NOBITS = frozenset({".bss", ".tbss", ".lbss"})
_KINDS = {"function": "function", "func": "function", "data": "object", "object": "object", "notype": "notype"}
_VISIBILITY = frozenset({"default", "internal", "hidden", "protected", "weak", "strong"})


def _section(reader: "NasmReader", text: str) -> None:
    name, *attributes = text.replace(",", " ").split() or [""]
    if not name:
        raise DirectiveProblem("section needs a name", "section", "for example: section .text")
    flags, kind, alignment = _SECTIONS.get(name, "a"), "nobits" if name in _NOBITS else "progbits", 0
    for attribute in attributes:
        word = attribute.lower()
        if word in ("progbits", "nobits"):
            kind = word
        elif word in _ATTRIBUTES:
            sign, letter = _ATTRIBUTES[word]
            flags = flags.replace(letter, "") + (letter if sign == "+" else "")
        elif word.startswith("align="):
            alignment = _power_of_two(reader, word[6:])
        else:
            raise DirectiveProblem(f"unknown section attribute {attribute!r}", attribute)
    reader.builder.switch_section(name, flags, kind)
    if alignment:
        section = reader.builder.current.section
        section.alignment = max(section.alignment, alignment)


def _power_of_two(reader: "NasmReader", text: str) -> int:
    value = reader.builder.value_now(reader.expression(text))
    if value is None or value <= 0 or value & (value - 1):
        raise DirectiveProblem(f"the alignment {text.strip()!r} is not a power of two", text.strip())
    return value


def _global(reader: "NasmReader", text: str) -> None:
    for item in split_data(text):
        name, _, attributes = item.partition(":")
        record = reader.builder.record(reader.symbol(reader.qualified(name.strip())), reader.line)
        record.binding = "global"
        for word in attributes.split():
            if word.lower() in _KINDS:
                record.kind = _KINDS[word.lower()]
            elif word.lower() == "weak":
                record.binding = "weak"
            elif word.lower() not in _VISIBILITY:
                record.size = reader.expression(attributes.partition(word)[1] + attributes.partition(word)[2])
                break


def _extern(reader: "NasmReader", text: str) -> None:
    for item in split_data(text):
        name, _, attributes = item.partition(":")
        record = reader.builder.record(reader.symbol(name.strip()), reader.line)
        record.binding = "weak" if "weak" in attributes.lower().split() else "global"


def _common(reader: "NasmReader", text: str) -> None:
    found = re.fullmatch(r"\s*(\S+)\s+([^:]+)(?::\s*(.+))?", text)
    if found is None:
        raise DirectiveProblem("common needs a name and a size", text[:40], "for example: common buffer 64")
    size = reader.builder.value_now(reader.expression(found[2]))
    if size is None or size < 0:
        raise DirectiveProblem(
            f"the size {found[2].strip()!r} of a common symbol must be a known number", found[2].strip()
        )
    record = reader.builder.record(reader.symbol(found[1]), reader.line)
    record.definition = Common(size, _power_of_two(reader, found[3]) if found[3] else 1)
    record.binding, record.kind, record.size = "global", "object", Number(size)


def _bits(reader: "NasmReader", text: str) -> None:
    if text.strip() != "64":
        raise DirectiveProblem(f"bits {text.strip()}: only 64-bit code runs here", text.strip(), "write bits 64")


def _default(reader: "NasmReader", text: str) -> None:
    for word in text.lower().replace(",", " ").split():
        if word in ("rel", "abs"):
            reader.relative = word == "rel"
        elif word not in ("bnd", "nobnd"):
            raise DirectiveProblem(f"unknown parameter {word!r} to default", word, "default rel or default abs")


def _align(reader: "NasmReader", text: str) -> None:
    """``align boundary[, fill]``: no-operations unless a fill is given (manual, 5.9.14)."""
    boundary, _, fill = text.partition(",")
    builder = reader.builder
    value = _power_of_two(reader, boundary)
    if reader.structure is not None:
        reader.structure_offset += -reader.structure_offset % value
        return
    builder.align(value, reader.line, None if builder.current.section.zero_filled else _fill(reader, fill))


def _fill(reader: "NasmReader", text: str) -> bytes:
    found = re.fullmatch(r"\s*(db|resb|nop)\s*(.*)", text, re.I | re.S)
    if found is None or found[1].lower() == "nop":
        return b"\x90"
    value = reader.builder.value_now(reader.expression(found[2])) if found[1].lower() == "db" else 0
    return bytes([(value or 0) & 255])


def _alignb(reader: "NasmReader", text: str) -> None:
    boundary, _, fill = text.partition(",")
    value = _power_of_two(reader, boundary)
    if reader.structure is not None:
        reader.structure_offset += -reader.structure_offset % value
        return
    reader.builder.align(value, reader.line, _fill(reader, fill or "db 0"))


def _struc(reader: "NasmReader", text: str) -> None:
    """``struc name``: its labels become offsets (manual, 5.9.12)."""
    name, _, start = text.partition(",")
    if reader.structure is not None:
        raise DirectiveProblem("struc inside struc", "struc")
    reader.structure = reader.symbol(name)
    reader.structure_offset = (reader.builder.value_now(reader.expression(start)) or 0) if start else 0
    reader.builder.set_symbol(reader.structure, Number(reader.structure_offset), reader.line, once=True)
    reader.parent = reader.structure


def _endstruc(reader: "NasmReader", text: str) -> None:
    if reader.structure is None:
        raise DirectiveProblem("endstruc without struc", "endstruc")
    size = Number(reader.structure_offset)
    reader.builder.set_symbol(reader.structure + "_size", size, reader.line, once=True)
    reader.structure = None


@dataclass
class Instance:
    """An ``istruc`` that is being filled in (manual, 5.9.13)."""

    name: str
    start: SymbolReference


def _istruc(reader: "NasmReader", text: str) -> None:
    name = reader.symbol(text)
    if reader.instance is not None:
        raise DirectiveProblem("istruc inside istruc", "istruc", "iend closes the first")
    if reader.builder.constant(name + "_size") is None:
        raise DirectiveProblem(f"there is no struc {name!r} in front of this line", name)
    reader.instance = Instance(name, reader.builder.here())


def _at(reader: "NasmReader", text: str) -> None:
    """``at field, data``: zeros up to the field, then the data."""
    field, comma, content = text.partition(",")
    found = re.match(r"\s*(\S+)\s+(\S.*)", field, re.S) if not comma else None
    if found is not None:
        field, content = found[1], found[2]
    name = field.strip()
    if name.startswith(".") and reader.instance is not None:
        name = reader.instance.name + name
    offset = reader.builder.value_now(reader.expression(name))
    if offset is None:
        raise DirectiveProblem(f"{name!r} is not a field of a struc in front of this line", field.strip())
    _pad(reader, offset, name)
    if content.strip():
        reader.content(content.strip())


def _iend(reader: "NasmReader", text: str) -> None:
    if reader.instance is None:
        raise DirectiveProblem("iend without istruc", "iend")
    name = reader.instance.name
    _pad(reader, reader.builder.constant(name + "_size") or 0, name)
    reader.instance = None


def _pad(reader: "NasmReader", offset: int, name: str) -> None:
    """Zeros up to `offset` bytes behind the start of the instance."""
    if reader.instance is None:
        raise DirectiveProblem("at without istruc", "at")
    reached = reader.builder.value_now(Binary("-", reader.builder.here(), reader.instance.start))
    if reached is None or reached > offset:
        raise DirectiveProblem(f"{name!r} lies behind what the istruc holds already", name)
    reader.builder.reserve(offset - reached, reader.line)


def _gap(name: str) -> "Callable[[NasmReader, str], None]":
    def lack(reader: "NasmReader", text: str) -> None:
        reader.builder.lack(reader.line, name, f"not supported: {name}")

    return lack


def _org(reader: "NasmReader", text: str) -> None:
    raise DirectiveProblem("org belongs to flat binaries: programs here are linked", "org", "leave the line out")


def _ignore(reader: "NasmReader", text: str) -> None:
    """cpu, float, warning and list directives change no byte of what is supported."""


LACKING = frozenset({"absolute"})
"""Directives of NASM that are valid and not supported here."""

DIRECTIVES: "dict[str, Callable[[NasmReader, str], None]]" = {
    "section": _section,
    "segment": _section,
    "global": _global,
    "static": lambda reader, text: None,
    "extern": _extern,
    "required": _extern,
    "common": _common,
    "bits": _bits,
    "use64": lambda reader, text: None,
    "default": _default,
    "align": _align,
    "alignb": _alignb,
    "sectalign": _ignore,
    "struc": _struc,
    "endstruc": _endstruc,
    "istruc": _istruc,
    "at": _at,
    "iend": _iend,
    **{name: _gap(name) for name in LACKING},
    "org": _org,
    "cpu": _ignore,
    "float": _ignore,
    "warning": _ignore,
    "list": _ignore,
    "debug": _ignore,
}
"""Directive -> handler(reader, operands)."""
