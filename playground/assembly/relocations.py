"""Fixups: how a resolved value is put into the bytes, and when it does not fit.

x86-64: psABI table 4.9. aarch64: ELF for the Arm 64-bit Architecture (IHI 0056), 5.7.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playground.assembly.encoding import Fixup, FixupKind
from playground.assembly.expressions import MASK

Kind = FixupKind


class OutOfRange(ValueError):
    """The value does not fit into its field: a sentence for a person."""


@dataclass(frozen=True)
class Data:
    """A little-endian field of whole bytes."""

    size: int
    low: int
    high: int


_DATA = {
    Kind.ABS8: Data(1, -(1 << 7), (1 << 8) - 1),
    Kind.ABS16: Data(2, -(1 << 15), (1 << 16) - 1),
    Kind.ABS32: Data(4, -(1 << 31), (1 << 32) - 1),
    Kind.ABS32_SIGNED: Data(4, -(1 << 31), (1 << 31) - 1),
    Kind.ABS64: Data(8, -(1 << 63), (1 << 64) - 1),
    Kind.PC8: Data(1, -(1 << 7), (1 << 7) - 1),
    Kind.PC16: Data(2, -(1 << 15), (1 << 15) - 1),
    Kind.PC32: Data(4, -(1 << 31), (1 << 31) - 1),
    Kind.PC64: Data(8, -(1 << 63), (1 << 63) - 1),
    Kind.GOT_PC32: Data(4, -(1 << 31), (1 << 31) - 1),
    Kind.TPOFF32: Data(4, -(1 << 31), (1 << 31) - 1),
    Kind.TPOFF64: Data(8, -(1 << 63), (1 << 63) - 1),
    Kind.GOT_TPOFF_PC32: Data(4, -(1 << 31), (1 << 31) - 1),
}

RELATIVE = frozenset(
    {
        Kind.PC8, Kind.PC16, Kind.PC32, Kind.PC64, Kind.GOT_PC32, Kind.GOT_TPOFF_PC32, Kind.CALL26, Kind.CONDBR19,
        Kind.TSTBR14, Kind.LD_PREL19, Kind.ADR_PREL21, Kind.MOVW_PREL,
        Kind.GOT_LD_PREL19, Kind.TLSIE_LD_PREL19,
    }
)  # fmt: skip
"""The place of the field (on x86-64 the end of the instruction) is subtracted."""

PAGED = frozenset({Kind.ADR_PREL_PG_HI21, Kind.GOT_ADR_PAGE, Kind.TLSIE_ADR_PAGE})
"""Distances between 4 KiB pages."""

THROUGH_GOT = frozenset({Kind.GOT_PC32, Kind.GOT_ADR_PAGE, Kind.GOT_LD64_LO12, Kind.GOT_LD_PREL19})
THROUGH_TLS_GOT = frozenset({Kind.GOT_TPOFF_PC32, Kind.TLSIE_ADR_PAGE, Kind.TLSIE_LD64_LO12, Kind.TLSIE_LD_PREL19})
THREAD_RELATIVE = frozenset(
    {
        Kind.TPOFF32, Kind.TPOFF64, Kind.TLSGD, Kind.TLSLD, Kind.TLSLE_MOVW, Kind.TLSLE_ADD_HI12, Kind.TLSLE_ADD_LO12,
        Kind.TLSLE_LDST_LO12,
    }
)  # fmt: skip


_SIGNED_MOVES = frozenset({Kind.MOVW_SABS, Kind.MOVW_PREL})


def apply(data: bytearray, start: int, fixup: Fixup, value: int) -> None:
    """Puts `value` (distances already taken, see `difference`) into the field of the item that starts at `start`.

    Raises:
        OutOfRange: it does not fit.
    """
    offset = start + fixup.offset
    field = _DATA.get(fixup.kind)
    if field is not None:
        if not field.low <= value <= field.high:
            raise OutOfRange(f"value {_shown(value)} does not fit in {8 * field.size} bits")
        data[offset : offset + field.size] = (value & ((1 << 8 * field.size) - 1)).to_bytes(field.size, "little")
        return
    word = int.from_bytes(data[offset : offset + 4], "little") | _WORD[fixup.kind](value, fixup)
    if fixup.kind in _SIGNED_MOVES and fixup.checked:
        word = word & ~(1 << 30) if value < 0 else word | 1 << 30
    data[offset : offset + 4] = word.to_bytes(4, "little")


def difference(kind: FixupKind, value: int, place: int, trailing: int) -> int:
    """What goes into the field for a target `value`, the field being at `place`."""
    if kind in RELATIVE:
        return value - place - trailing
    if kind in PAGED:
        return (value >> 12) - (place >> 12)
    return value


def _shown(value: int) -> str:
    return f"{value:#x}" if abs(value) > 9 else str(value)


def _branch(bits: int, shift: int, reach: str) -> Callable[[int, Fixup], int]:
    def insert(value: int, fixup: Fixup) -> int:
        if value & 3:
            raise OutOfRange(f"branch target is not a multiple of 4 bytes away (distance {_shown(value)})")
        if not -(1 << bits + 1) <= value < 1 << bits + 1:
            raise OutOfRange(f"branch target out of range: {_shown(value)} bytes away, the reach is {reach}")
        return (value >> 2 & (1 << bits) - 1) << shift

    return insert


def _literal(value: int, fixup: Fixup) -> int:
    if value & 3 or not -(1 << 20) <= value < 1 << 20:
        raise OutOfRange(f"literal out of range: {_shown(value)} bytes away, the reach is 1 MiB in steps of 4")
    return (value >> 2 & 0x7FFFF) << 5


def _address21(reach: str) -> Callable[[int, Fixup], int]:
    """adr and adrp: immlo in bits 29-30, immhi in bits 5-23."""

    def insert(value: int, fixup: Fixup) -> int:
        if not -(1 << 20) <= value < 1 << 20:
            raise OutOfRange(f"address out of range: the reach is {reach}")
        return (value & 3) << 29 | (value >> 2 & 0x7FFFF) << 5

    return insert


def _low12(value: int, fixup: Fixup) -> int:
    return (value & 0xFFF) << 10


def _scaled_low12(value: int, fixup: Fixup) -> int:
    low = value & 0xFFF
    if low & ((1 << fixup.shift) - 1):
        raise OutOfRange(f"address {_shown(value)} is not aligned to the access of {1 << fixup.shift} bytes")
    return low >> fixup.shift << 10


def _slot_low12(value: int, fixup: Fixup) -> int:
    return (value & 0xFFF) >> 3 << 10


def _move_wide(value: int, fixup: Fixup) -> int:
    if fixup.checked and not 0 <= value & MASK < 1 << fixup.shift + 16:
        raise OutOfRange(f"value {_shown(value)} does not fit in the {fixup.shift + 16} bits of this operator")
    return (value >> fixup.shift & 0xFFFF) << 5


def _move_wide_signed(value: int, fixup: Fixup) -> int:
    """A negative value turns movz (opc 10) into movn (opc 00) of its complement (IHI 0056, 5.7.5); `_nc` does not."""
    if not fixup.checked:
        return (value >> fixup.shift & 0xFFFF) << 5
    if not -(1 << fixup.shift + 16) <= value < 1 << fixup.shift + 16:
        raise OutOfRange(f"value {_shown(value)} does not fit in the {fixup.shift + 16} bits of this operator")
    return ((~value if value < 0 else value) >> fixup.shift & 0xFFFF) << 5


def _thread_high12(value: int, fixup: Fixup) -> int:
    if not 0 <= value < 1 << 24:
        raise OutOfRange(f"thread-local offset {_shown(value)} does not fit in 24 bits")
    return (value >> 12 & 0xFFF) << 10


def _scaled_immediate12(value: int, fixup: Fixup) -> int:
    if value & ((1 << fixup.shift) - 1) or not 0 <= value >> fixup.shift < 1 << 12:
        raise OutOfRange(f"offset {_shown(value)} is not a multiple of {1 << fixup.shift} below {4096 << fixup.shift}")
    return value >> fixup.shift << 10


def _immediate12(value: int, fixup: Fixup) -> int:
    if not 0 <= value < 1 << 12:
        raise OutOfRange(f"immediate {_shown(value)} does not fit in 12 bits")
    return value << 10


_WORD: dict[FixupKind, Callable[[int, Fixup], int]] = {
    Kind.CALL26: _branch(26, 0, "128 MiB"),
    Kind.CONDBR19: _branch(19, 5, "1 MiB"),
    Kind.TSTBR14: _branch(14, 5, "32 KiB"),
    Kind.LD_PREL19: _literal,
    Kind.GOT_LD_PREL19: _literal,
    Kind.TLSIE_LD_PREL19: _literal,
    Kind.ADR_PREL21: _address21("1 MiB"),
    Kind.ADR_PREL_PG_HI21: _address21("4 GiB"),
    Kind.GOT_ADR_PAGE: _address21("4 GiB"),
    Kind.TLSIE_ADR_PAGE: _address21("4 GiB"),
    Kind.ADD_ABS_LO12: _low12,
    Kind.LDST_ABS_LO12: _scaled_low12,
    Kind.GOT_LD64_LO12: _slot_low12,
    Kind.TLSIE_LD64_LO12: _slot_low12,
    Kind.MOVW_ABS: _move_wide,
    Kind.MOVW_SABS: _move_wide_signed,
    Kind.MOVW_PREL: _move_wide_signed,
    Kind.TLSLE_MOVW: _move_wide,
    Kind.LDST_IMM12: _scaled_immediate12,
    Kind.TLSLE_LDST_LO12: _scaled_low12,
    Kind.TLSLE_ADD_HI12: _thread_high12,
    Kind.TLSLE_ADD_LO12: _low12,
    Kind.IMM12: _immediate12,
}
