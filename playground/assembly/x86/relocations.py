"""Relocation operators (psABI AMD64, table 4.10): which kind of fixup ``symbol@OPERATOR`` makes of a field."""

from dataclasses import replace

from playground.assembly.encoding import Encoded, Fixup, FixupKind
from playground.assembly.expressions import Expression, SymbolReference, references, substitute
from playground.assembly.x86.operands import Missing, NotSupported

KINDS: dict[tuple[FixupKind, str], FixupKind] = {
    (FixupKind.PC32, "plt"): FixupKind.PC32,
    (FixupKind.PC8, "plt"): FixupKind.PC8,
    (FixupKind.PC32, "gotpcrel"): FixupKind.GOT_PC32,
    (FixupKind.PC32, "gottpoff"): FixupKind.GOT_TPOFF_PC32,
    (FixupKind.ABS32_SIGNED, "tpoff"): FixupKind.TPOFF32,
    (FixupKind.ABS32, "tpoff"): FixupKind.TPOFF32,
    # One module alone exists, and __tls_get_addr returns the thread pointer plus its argument (see tls.py), so an
    # offset within the module's block is the offset from the thread pointer.
    (FixupKind.ABS32_SIGNED, "dtpoff"): FixupKind.TPOFF32,
}
"""(the field, the operator) -> the fixup. ``@PLT`` of a static image is the function itself."""


def operator_of(expression: Expression) -> str:
    """The relocation operator in `expression`; empty without one, several joined by ``+``."""
    return "+".join(sorted({reference.operator for reference in references(expression)} - {""}))


def without_operators(expression: Expression) -> Expression:
    """`expression` with plain symbols: the fixup's kind says what the operator said."""
    return substitute(expression, lambda reference: SymbolReference(reference.name))


def relocate(encoded: Encoded) -> Encoded:
    """`encoded` with the operators in its fixups' expressions turned into their kinds.

    Raises:
        NotSupported: an operator that has no meaning in this field of a static image.
    """
    if not any(operator_of(fixup.expression) for fixup in encoded.fixups):
        return encoded
    longer = relocate(encoded.longer) if encoded.longer else None
    return Encoded(encoded.data, tuple(_relocated(fixup) for fixup in encoded.fixups), longer)


def _relocated(fixup: Fixup) -> Fixup:
    operator = operator_of(fixup.expression)
    if not operator:
        return fixup
    kind = KINDS.get((fixup.kind, operator))
    if kind is None:
        name = "@" + operator.upper()
        raise NotSupported(Missing(name, f"not supported: the relocation operator {name} in this operand"))
    return replace(fixup, kind=kind, expression=without_operators(fixup.expression))
