"""Section and alignment directives (as.info, "Pseudo Ops"; ELF versions)."""

import re
from typing import TYPE_CHECKING

from playground.assembly.directive import DirectiveError, Handler, operands
from playground.assembly.lexer import Statement
from playground.assembly.strings import split_commas

if TYPE_CHECKING:
    from playground.assembly.gas import GasReader


def _named(name: str) -> Handler:
    """``.text``, ``.data``, ``.bss``: a section of that name, perhaps with a subsection number."""

    def handle(reader: "GasReader", statement: Statement) -> None:
        number = reader.absolute(statement.rest, "the subsection") if statement.rest else 0
        _enter(reader, name, None, None, number)

    return handle


def _enter(reader: "GasReader", name: str, flags: str | None, kind: str | None, subsection: int) -> None:
    builder = reader.builder
    if not 0 <= subsection <= 8192:
        raise DirectiveError(f"subsection {subsection} is not between 0 and 8192", str(subsection))
    reader.previous = builder.current
    known = name in builder.sections
    builder.switch_section(name, flags, kind, subsection)
    section = builder.current.section
    if (
        not known
        and not section.allocated
        and flags is None
        and not name.startswith((".debug", ".comment", ".note", ".stab"))
    ):
        message = f'section {name!r} has no flags, so it is not loaded: did you mean .section {name}, "aw"?'
        builder.warn(reader.line, 1, message, name)


def _section(reader: "GasReader", statement: Statement) -> None:
    name, flags, kind, subsection = _section_operands(reader, statement)
    _enter(reader, name, flags, kind, subsection)


def _section_operands(reader: "GasReader", statement: Statement) -> tuple[str, str | None, str | None, int]:
    """Name, flags, type and subsection of ``.section`` and ``.pushsection``."""
    pieces = operands(statement, 1)
    name = pieces[0].strip('"')
    if not name or re.search(r"\s", name):
        raise DirectiveError(f"expected a section name, got {pieces[0]!r}", pieces[0])
    if name.startswith("__") and len(pieces) > 1 and pieces[1].startswith("__"):
        hint = "ELF has .text, .rodata, .data, .bss; and C names have no leading underscore"
        raise DirectiveError(f"{name},{pieces[1]} is a section of macOS", name, hint)
    rest, subsection = pieces[1:], 0
    if rest and not rest[0].startswith('"'):
        subsection = reader.absolute(rest.pop(0), "the subsection")
    flags = _flags(rest[0]) if rest else None
    kind = rest[1].lstrip("@%").strip('"') if len(rest) > 1 else None
    return name, flags, kind, subsection


def _flags(text: str) -> str:
    flags = text.strip('"')
    for letter in flags:
        if not letter.isdigit() and letter not in "adewxoMSGT?RlE":
            raise DirectiveError(f"unknown section flag {letter!r} in {text}", text, "flags are letters of aewxoMSGTR")
    return flags


def _subsection(reader: "GasReader", statement: Statement) -> None:
    section = reader.builder.current.section
    _enter(reader, section.name, None, None, reader.absolute(statement.rest or "0", "the subsection"))


def _push(reader: "GasReader", statement: Statement) -> None:
    if len(reader.section_stack) >= 100:
        raise DirectiveError("sections pushed more than 100 deep", statement.name)
    reader.section_stack.append((reader.builder.current, reader.previous))
    _section(reader, statement)


def _pop(reader: "GasReader", statement: Statement) -> None:
    if not reader.section_stack:
        raise DirectiveError(".popsection without .pushsection", statement.name)
    current, reader.previous = reader.section_stack.pop()
    reader.builder.resume(current)


def _previous(reader: "GasReader", statement: Statement) -> None:
    if reader.previous is None:
        raise DirectiveError(".previous without an earlier section", statement.name)
    current = reader.builder.current
    reader.builder.resume(reader.previous)
    reader.previous = current


def _align(*, power: bool, unit: int = 1) -> Handler:
    """``.balign`` and ``.p2align`` with fill value and maximum; `unit` bytes a fill pattern."""

    def handle(reader: "GasReader", statement: Statement) -> None:
        pieces = [piece for piece, _ in split_commas(statement.rest)]
        number = reader.absolute(pieces[0], "the alignment") if pieces and pieces[0] else 0
        if power and not 0 <= number < 64:
            raise DirectiveError(f"alignment 2**{number} is not possible", pieces[0])
        boundary = 1 << number if power else number
        if boundary < 0 or boundary & (boundary - 1):
            raise DirectiveError(f"alignment {number} is not a power of two", pieces[0])
        fill = None
        if len(pieces) > 1 and pieces[1]:
            value = reader.absolute(pieces[1], "the fill value")
            fill = (value & (1 << 8 * unit) - 1).to_bytes(unit, "little")
        maximum = reader.absolute(pieces[2], "the maximum") if len(pieces) > 2 and pieces[2] else None
        reader.builder.align(boundary, reader.line, fill, maximum or None)

    return handle


def _align_by_architecture(reader: "GasReader", statement: Statement) -> None:
    """``.align``: bytes on x86-64, a power of two on aarch64 (as.info, "Align")."""
    _align(power=reader.builder.arch == "aarch64")(reader, statement)


def _origin(reader: "GasReader", statement: Statement) -> None:
    pieces = operands(statement, 1, 2)
    fill = reader.absolute(pieces[1], "the fill value") & 0xFF if len(pieces) > 1 else 0
    reader.builder.origin(reader.expression(pieces[0]), reader.line, bytes([fill]))


def _structure(reader: "GasReader", statement: Statement) -> None:
    """``.struct start``, ``.offset start``: the labels behind it are offsets, until a section is entered."""
    start = reader.absolute(statement.rest or "0", "the start")
    reader.previous = reader.builder.current
    reader.builder.enter_absolute(start)


def _literals(reader: "GasReader", statement: Statement) -> None:
    reader.builder.place_literals()


SECTION_DIRECTIVES: dict[str, Handler] = {
    ".text": _named(".text"),
    ".data": _named(".data"),
    ".bss": _named(".bss"),
    ".rodata": _named(".rodata"),
    ".section": _section,
    ".subsection": _subsection,
    ".pushsection": _push,
    ".popsection": _pop,
    ".previous": _previous,
    ".align": _align_by_architecture,
    ".balign": _align(power=False),
    ".balignw": _align(power=False, unit=2),
    ".balignl": _align(power=False, unit=4),
    ".p2align": _align(power=True),
    ".p2alignw": _align(power=True, unit=2),
    ".p2alignl": _align(power=True, unit=4),
    ".org": _origin,
    ".struct": _structure,
    ".offset": _structure,
    ".ltorg": _literals,
    ".pool": _literals,
}
