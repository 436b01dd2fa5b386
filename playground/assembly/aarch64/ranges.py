"""Immediates that Keystone would cut off in silence, and forms that only GNU as spells."""

from playground.assembly.aarch64.operands import Operand
from playground.assembly.aarch64.problems import Rejected

_OPPOSITE = {"add": "sub", "sub": "add", "adds": "subs", "subs": "adds", "cmp": "cmn", "cmn": "cmp"}
_VECTOR_IMMEDIATES = frozenset({"movi", "mvni", "orr", "bic"})
_LANE_BITS = {"b": 8, "h": 16, "s": 32, "d": 64}
LARGEST_FMOV = 31
"""31/16 * 2**4 (Arm ARM, VFPExpandImm)."""
FMOV_CONSTANTS = "it makes n/16 * 2**r for n from 16 to 31 and r from -3 to 4: load others from memory"


def checked(mnemonic: str, operands: list[Operand]) -> tuple[str, list[str]]:
    """The mnemonic and the operands' texts for Keystone.

    Raises:
        Rejected: an immediate out of range.
    """
    texts = [operand.text for operand in operands]
    last = operands[-1] if operands else None
    if last is None or last.kind not in ("immediate", "float"):
        return mnemonic, texts
    if mnemonic in _OPPOSITE and last.value < 0:
        return _OPPOSITE[mnemonic], [*texts[:-1], f"#{-last.value:#x}"]
    if mnemonic in _VECTOR_IMMEDIATES and last.value < 0 and texts[0][0] in "vd":
        wide = texts[0].endswith(".2d") or texts[0][0] == "d"
        _require(last, -(1 << 63) if wide else -128, 0)
        return mnemonic, [*texts[:-1], f"#{last.value & ((1 << 64) - 1 if wide else 0xFF):#x}"]
    if mnemonic == "ext":
        _require(last, 0, 15 if texts[0].endswith(".16b") else 7)
    elif mnemonic == "shl":
        _require(last, 0, _LANE_BITS.get(texts[0][-1] if "." in texts[0] else "d", 64) - 1)
    elif mnemonic in ("orn", "eon") and len(operands) == 3:
        positive = {"orn": "orr", "eon": "eor"}[mnemonic]
        raise Rejected(
            f"{mnemonic} takes no immediate", last.source, f"use {positive} with ~({last.source})", last.offset
        )
    elif mnemonic == "bic" and texts[0].startswith("w"):
        _require(last, -(1 << 31), (1 << 32) - 1)
    elif mnemonic == "fmov" and len(operands) == 2 and _is_zero(last):
        zero = "wzr" if texts[0].startswith("s") else "xzr"
        raise Rejected(f"fmov cannot encode {last.source}", last.source, f"use fmov {texts[0]}, {zero}", last.offset)
    elif mnemonic == "fmov" and len(operands) == 2 and last.kind == "immediate" and abs(last.value) > LARGEST_FMOV:
        raise Rejected(f"fmov cannot encode {last.source}", last.source, FMOV_CONSTANTS, last.offset)
    return mnemonic, texts


def _is_zero(operand: Operand) -> bool:
    return operand.value == 0 if operand.kind == "immediate" else float(operand.text[1:]) == 0


def _require(operand: Operand, low: int, high: int) -> None:
    if operand.kind != "immediate" or not low <= operand.value <= high:
        raise Rejected(
            f"immediate {operand.source} is not between {low} and {high}", operand.source, "", operand.offset
        )
