"""Which numbers fit an immediate field, as GNU as decides it."""

from playground.assembly.encoding import FixupKind
from playground.assembly.expressions import Expression, Number
from playground.assembly.x86.operands import Problem, SyntaxProblem

IMMEDIATE_FIXUPS = {1: FixupKind.ABS8, 2: FixupKind.ABS16, 4: FixupKind.ABS32, 8: FixupKind.ABS64}
"""Field width in bytes -> the fixup of a symbol in it."""


def immediate_bytes(value: Expression, size: int) -> tuple[bytes, FixupKind | None]:
    """`value` in a field of `size` bytes: its bytes, or zeros and the kind of fixup that fills them."""
    if isinstance(value, Number):
        return (normalised(value.value, size) % (1 << 8 * size)).to_bytes(size, "little"), None
    return bytes(size), IMMEDIATE_FIXUPS[size]


def normalised(value: int, size: int) -> int:
    """`value` as the signed number that the low `size` bytes hold. GNU as shortens what is longer, with a warning."""
    low = value % (1 << 8 * size)
    return low - (1 << 8 * size) if low >> (8 * size - 1) else low


def byte_field(value: int, mnemonic: str) -> int:
    """`value` for an 8-bit immediate field, signed or unsigned: 0 to 255.

    Raises:
        SyntaxProblem: outside -128..255.
    """
    if not -128 <= value <= 255:
        hint = "this immediate is one byte: -128 to 255"
        raise SyntaxProblem(Problem(f"{value} is out of range for {mnemonic!r}", str(value), hint))
    return value & 0xFF
