"""Compares the encoder's outcome for single statements with a peer assembler's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from x86_gnu import GnuCode, disassemble

from playground.assembly.encoding import Encoded, EncodeOutcome, FixupKind, InstructionStatement
from playground.assembly.expressions import evaluate, references
from playground.assembly.program import Diagnostic, Gap
from playground.assembly.x86 import X86Encoder

RELOCATIONS = {
    1: FixupKind.ABS64, 2: FixupKind.PC32, 4: FixupKind.PC32, 9: FixupKind.GOT_PC32, 41: FixupKind.GOT_PC32,
    42: FixupKind.GOT_PC32, 10: FixupKind.ABS32, 11: FixupKind.ABS32_SIGNED, 22: FixupKind.GOT_TPOFF_PC32,
    23: FixupKind.TPOFF32, 14: FixupKind.ABS8, 12: FixupKind.ABS16, 15: FixupKind.PC8, 13: FixupKind.PC16,
    19: FixupKind.TLSGD, 20: FixupKind.TLSLD, 21: FixupKind.TPOFF32,
}  # fmt: skip
"""R_X86_64_* (psABI AMD64, table 4.9) -> the fixup that fills the same field in the same way."""


class NoConstants:
    """Every symbol is a label somewhere."""

    def constant(self, name: str) -> int | None:
        return None

    def is_local_label(self, name: str) -> bool:
        return False


def statement(text: str, line: int = 1) -> InstructionStatement:
    """`text` as the core's lexer cuts it."""
    mnemonic, _, operands = text.strip().partition(" ")
    return InstructionStatement(mnemonic.lower(), operands.strip(), line, 1, len(mnemonic) + 2, ".")


def encode(text: str, syntax: str = "gas") -> EncodeOutcome:
    """One statement's outcome."""
    return X86Encoder(syntax).encode([statement(text)], NoConstants())[0]


def longest(encoded: Encoded) -> Encoded:
    """The form that needs no layout: peers are asked about undefined symbols."""
    while encoded.longer is not None:
        encoded = encoded.longer
    return encoded


Field = tuple[int, object, str, int]
"""Offset, kind, symbol, addend."""


def fields(encoded: Encoded) -> tuple[Field, ...]:
    """The fixups as ELF RELA entries: the addend counts from the field's own address."""
    found = []
    for fixup in sorted(encoded.fixups, key=lambda fixup: fixup.offset):
        names = {reference.name for reference in references(fixup.expression)}
        addend = evaluate(fixup.expression, lambda name: 0) - fixup.trailing
        found.append((fixup.offset, fixup.kind, "+".join(sorted(names)), addend))
    return tuple(found)


def gnu_fields(code: GnuCode) -> tuple[Field, ...]:
    return tuple((r.offset, RELOCATIONS.get(r.kind, r.kind), r.symbol, r.addend) for r in code.relocations)


@dataclass(frozen=True)
class Difference:
    """One statement on which we and the peer part."""

    text: str
    what: str
    """``gap``, ``we reject``, ``peer rejects`` or ``differs``."""
    ours: str
    peer: str


def compare(statements: Sequence[str], syntax: str, peer: Sequence[GnuCode | str], folder: Path) -> list[Difference]:
    """Where bytes or fields differ and the disassembly does too, or only one of the two accepts."""
    encoded = X86Encoder(syntax).encode([statement(t, n) for n, t in enumerate(statements, 1)], NoConstants())
    differences, unequal = [], []
    for text, outcome, code in zip(statements, encoded, peer, strict=True):
        if isinstance(outcome, Encoded) and isinstance(code, GnuCode):
            mine = longest(outcome)
            if (mine.data, fields(mine)) != (code.data, gnu_fields(code)):
                unequal.append((text, mine, code))
        elif (kind := _verdicts(outcome, code)) is not None:
            differences.append(Difference(text, kind, str(outcome), str(code)))
    return differences + _disassembled(unequal, folder)


def _verdicts(outcome: EncodeOutcome, code: GnuCode | str) -> str | None:
    if isinstance(outcome, Gap):
        return None if isinstance(code, str) else "gap"
    if isinstance(outcome, Diagnostic):
        return None if isinstance(code, str) else "we reject"
    return "peer rejects"


def _disassembled(unequal: list[tuple[str, Encoded, GnuCode]], folder: Path) -> list[Difference]:
    """Those of `unequal` that are other instructions or name other symbols, and not only other lengths."""
    if not unequal:
        return []
    ours = disassemble([mine.data for _, mine, _ in unequal], folder)
    theirs = disassemble([code.data for _, _, code in unequal], folder)
    found = []
    for (text, mine, code), left, right in zip(unequal, ours, theirs, strict=True):
        same_fields = {field[1:3] for field in fields(mine)} == {field[1:3] for field in gnu_fields(code)}
        if left != right or not same_fields:
            found.append(Difference(text, "differs", f"{left} {fields(mine)}", f"{right} {gnu_fields(code)}"))
    return found


def unexplained(differences: Sequence[Difference], explained: Callable[[Difference], bool]) -> str:
    """The differences that no exception explains, as a message; empty when there is none."""
    return "\n".join(
        f"{found.what}: {found.text}\n    ours {found.ours[:200]}\n    peer {found.peer[:200]}"
        for found in differences
        if not explained(found)
    )
