"""Relocation operators inside add, loads and stores (IHI 0056, 5.7.6 to 5.7.11): the field stays zero for a Fixup."""

from playground.assembly.aarch64.branches import DYNAMIC_THREAD, PAGE_KINDS, raise_operator
from playground.assembly.aarch64.mnemonics import foreign_register
from playground.assembly.aarch64.operands import Operand, Relocated
from playground.assembly.aarch64.problems import Rejected
from playground.assembly.encoding import Encoded, Fixup, FixupKind

_ADD = {
    "lo12": FixupKind.ADD_ABS_LO12,
    "tprel_hi12": FixupKind.TLSLE_ADD_HI12,
    "tprel_lo12": FixupKind.TLSLE_ADD_LO12,
    "tprel_lo12_nc": FixupKind.TLSLE_ADD_LO12,
    "": FixupKind.IMM12,
}
_MEMORY = {
    "lo12": FixupKind.LDST_ABS_LO12,
    "got_lo12": FixupKind.GOT_LD64_LO12,
    "gottprel_lo12": FixupKind.TLSIE_LD64_LO12,
    "tprel_lo12": FixupKind.TLSLE_LDST_LO12,
    "tprel_lo12_nc": FixupKind.TLSLE_LDST_LO12,
    "": FixupKind.LDST_IMM12,
}

DYNAMIC_LOW = frozenset({"tlsdesc_lo12", "tlsgd_lo12", "tlsgd_lo12_nc"})
NOP = 0xD503201F
OPERATORS = frozenset({*_ADD, *_MEMORY, *PAGE_KINDS, *DYNAMIC_THREAD, *DYNAMIC_LOW} - {""})
"""The relocation operators of adrp, add, loads and stores."""

ADD_IMMEDIATE = frozenset({"add", "adds", "sub", "subs", "cmp", "cmn"})
_SHIFT_12 = 1 << 22


def relocate(mnemonic: str, operand: Operand, data: bytes) -> Encoded:
    """`data`, encoded with a zero, with the fixup for the symbol in `operand`.

    Raises:
        Rejected, NotSupported: an operator that does not fit.
    """
    symbol = operand.symbol
    assert symbol is not None
    if symbol.operator in DYNAMIC_LOW:
        return _thread_offset(operand, symbol, data)
    value = int.from_bytes(data, "little")
    if operand.kind == "symbol" and mnemonic in ADD_IMMEDIATE and symbol.operator in _ADD:
        if symbol.operator == "tprel_hi12":
            value |= _SHIFT_12
        kind = _ADD[symbol.operator]
        return Encoded(value.to_bytes(4, "little"), (Fixup(0, kind, symbol.expression),))
    if operand.kind == "memory" and symbol.operator in _MEMORY:
        if value & 0x3B000000 != 0x39000000:
            raise Rejected(f"{operand.source!r} takes a number as its offset", operand.source, offset=operand.offset)
        return Encoded(data, (Fixup(0, _MEMORY[symbol.operator], symbol.expression, shift=access_shift(value)),))
    if symbol.operator:
        raise_operator(symbol.operator, operand)
    hint = foreign_register(operand.source)
    if not hint and mnemonic in ("br", "blr"):
        hint = f"{mnemonic} takes a register; {'b' if mnemonic == 'br' else 'bl'} {operand.source} goes to a label"
    raise Rejected(
        f"{operand.source!r} is not a register or a number that is known here", operand.source, hint, operand.offset
    )


def _thread_offset(operand: Operand, symbol: Relocated, data: bytes) -> Encoded:
    """The rest of the sequences for general-dynamic thread-local storage, as ld relaxes them for a static image
    (bfd/elfnn-aarch64.c, elfNN_aarch64_tls_relax)::

        adrp x0, :tlsdesc:v            movz x0, :tprel_g1:v      (in `branches`)
        ldr  x1, [x0, :tlsdesc_lo12:v] movk x0, :tprel_g0_nc:v
        add  x0, x0, :tlsdesc_lo12:v   nop
        blr  x1                        nop                       (behind .tlsdesccall)

    The older ``adrp :tlsgd:``, ``add :tlsgd_lo12:``, ``bl __tls_get_addr`` puts the offset into x0 in the same way: the
    library's __tls_get_addr adds the thread pointer.
    """
    value = int.from_bytes(data, "little")
    if operand.kind == "symbol" and symbol.operator == "tlsdesc_lo12":
        return Encoded(NOP.to_bytes(4, "little"))
    register = value >> 5 & 31 if operand.kind == "memory" else value & 31
    fixup = Fixup(0, FixupKind.TLSLE_MOVW, symbol.expression, checked=False)
    return Encoded((0xF2800000 | register).to_bytes(4, "little"), (fixup,))


def access_shift(value: int) -> int:
    """log2 of the bytes that a load or store with an unsigned offset accesses (Arm ARM C4.1.66)."""
    size, vector, quad = value >> 30, value >> 26 & 1, value >> 23 & 1
    return 4 if vector and quad and size == 0 else size
