"""mov, movz, movn, movk with immediates: encoded here, since their ranges must be checked (Arm ARM C6.2, "MOV")."""

from playground.assembly.aarch64.branches import word
from playground.assembly.aarch64.fields import bitmask, general, wide_move
from playground.assembly.aarch64.operands import Operand
from playground.assembly.aarch64.problems import NotSupported, Rejected
from playground.assembly.encoding import Encoded, Fixup, FixupKind

_OPCODES = {"movn": 0x12800000, "movz": 0x52800000, "movk": 0x72800000}

_ABSOLUTE, _SIGNED, _RELATIVE, _THREAD = (
    FixupKind.MOVW_ABS,
    FixupKind.MOVW_SABS,
    FixupKind.MOVW_PREL,
    FixupKind.TLSLE_MOVW,
)
GROUPS = {
    **{f"abs_g{group}{nc}": (_ABSOLUTE, 16 * group, not nc) for group in range(4) for nc in ("", "_nc")},
    **{f"abs_g{group}_s": (_SIGNED, 16 * group, True) for group in range(3)},
    **{f"prel_g{group}{nc}": (_RELATIVE, 16 * group, not nc) for group in range(4) for nc in ("", "_nc")},
    **{f"tprel_g{group}{nc}": (_THREAD, 16 * group, not nc) for group in range(3) for nc in ("", "_nc")},
}
"""Relocation operator -> fixup, shift and whether the value is checked (IHI 0056, 5.7.5 and 5.7.11.2)."""


def move_wide(mnemonic: str, operands: list[Operand]) -> Encoded:
    """movz, movn, movk.

    Raises:
        Rejected: a value or shift out of range.
    """
    if not 2 <= len(operands) <= 3:
        raise Rejected(f"expected 2 or 3 operands, got {len(operands)}")
    number, wide = general(operands[0])
    source = operands[1]
    base = _OPCODES[mnemonic] | wide << 31 | number
    if source.symbol is not None:
        return _relocated(base, mnemonic, operands)
    shift = _shift(operands[2], wide) if len(operands) == 3 else 0
    value = source.value
    if source.kind != "immediate" or not 0 <= value <= 0xFFFF:
        raise Rejected(f"immediate {source.source} is not between 0 and 65535", source.source, offset=source.offset)
    return word(base | shift // 16 << 21 | value << 5)


def _shift(operand: Operand, wide: int) -> int:
    name, _, amount = operand.text.partition(" #")
    shift = int(amount, 16) if operand.kind == "modifier" and amount else -1
    if name != "lsl" or shift not in ((0, 16, 32, 48) if wide else (0, 16)):
        hint = "the shift is lsl #0, #16, #32 or #48" if wide else "the shift is lsl #0 or #16"
        raise Rejected(f"{operand.source!r} is not a shift of this instruction", operand.source, hint, operand.offset)
    return shift


def _relocated(base: int, mnemonic: str, operands: list[Operand]) -> Encoded:
    source = operands[1]
    assert source.symbol is not None
    operator, expression = source.symbol.operator, source.symbol.expression
    if operator not in GROUPS:
        if operator:
            raise NotSupported(f":{operator}:", f"not supported: the relocation operator :{operator}: in {mnemonic}")
        raise Rejected(f"{source.source!r} is not a number that is known here", source.source, "", source.offset)
    kind, shift, checked = GROUPS[operator]
    checked = checked and mnemonic != "movk" and (shift < 48 or kind is _RELATIVE)
    return word(base | shift // 16 << 21, Fixup(0, kind, expression, shift=shift, checked=checked))


def move_immediate(operands: list[Operand]) -> Encoded:
    """``mov register, #value`` as movz, movn or orr, in GNU's order of preference.

    Raises:
        Rejected: no single instruction makes that value.
    """
    number, wide = general(operands[0], stack_pointer=operands[0].text in ("sp", "wsp"))
    bits, source = 64 if wide else 32, operands[1]
    value = source.value - (1 << 64) if source.value >= (1 << 64) - (1 << 31) else source.value
    if not -(1 << bits - 1) <= value < 1 << bits:
        raise Rejected(f"immediate {source.source} does not fit in {bits} bits", source.source, offset=source.offset)
    value &= (1 << bits) - 1
    if operands[0].text not in ("sp", "wsp"):
        if fit := wide_move(value, bits):
            return word(_OPCODES["movz"] | wide << 31 | fit[1] // 16 << 21 | fit[0] << 5 | number)
        if fit := wide_move(value ^ (1 << bits) - 1, bits):
            return word(_OPCODES["movn"] | wide << 31 | fit[1] // 16 << 21 | fit[0] << 5 | number)
    mask = bitmask(value, bits)
    if mask is None:
        message = f"no single mov makes the value {source.source}"
        hint = f"use ldr {operands[0].source}, ={value:#x} or movz and movk"
        raise Rejected(message, source.source, hint, source.offset)
    return word(0x320003E0 | wide << 31 | mask << 10 | number)
