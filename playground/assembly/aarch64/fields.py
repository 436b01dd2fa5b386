"""Register numbers and immediates as instruction fields (Arm ARM C1.2, C6.1, and the shared pseudocode in J1)."""

from playground.assembly.aarch64.operands import Operand
from playground.assembly.aarch64.problems import Rejected


def general(operand: Operand, *, stack_pointer: bool = False) -> tuple[int, int]:
    """(number, 1 for 64 bits) of a general register; 31 is the zero register, or with `stack_pointer` sp.

    Raises:
        Rejected: another kind of operand.
    """
    text = operand.text
    if operand.kind == "register" and text[0] in "xw" and text[1:].isdigit():
        return int(text[1:]), int(text[0] == "x")
    if operand.kind == "register" and text in (("sp", "wsp") if stack_pointer else ("xzr", "wzr")):
        return 31, int(text in ("sp", "xzr"))
    wanted = "a general register or sp" if stack_pointer else "a general register"
    raise Rejected(f"expected {wanted}, got {operand.source!r}", operand.source, offset=operand.offset)


def wide_move(value: int, bits: int) -> tuple[int, int] | None:
    """(imm16, shift) when `value` has all its ones in one 16-bit piece."""
    for shift in range(0, bits, 16):
        if value & ~(0xFFFF << shift) == 0:
            return value >> shift, shift
    return None


def bitmask(value: int, bits: int) -> int | None:
    """N:immr:imms of a logical immediate (Arm ARM J1, DecodeBitMasks), None when `value` is none."""
    value &= (1 << bits) - 1
    if value in (0, (1 << bits) - 1):
        return None
    size = bits
    while size > 2:
        half = size // 2
        if value & ((1 << half) - 1) != (value >> half) & ((1 << half) - 1):
            break
        size = half
    element = value & ((1 << size) - 1)
    ones = element.bit_count()
    for rotation in range(size):
        rotated = (element << rotation | element >> size - rotation) & ((1 << size) - 1)
        if rotated == (1 << ones) - 1:
            length = ~(size * 2 - 1) & 0x3F | ones - 1
            return int(size == 64) << 12 | rotation << 6 | length
    return None
