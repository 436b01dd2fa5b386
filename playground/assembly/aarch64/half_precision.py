"""FEAT_FP16: half-precision forms, derived from the single-precision encoding of the same instruction.

Keystone knows the latter only. The rules follow the encoding tables of the Arm ARM, C4.1.69 (scalar floating point:
ftype 11) and C4.1.66 (Advanced SIMD three same, two-register miscellaneous, by element: their FP16 rows).
"""

import re

_REGISTER = re.compile(r"\bh([0-9]+)\b")
_SHAPES = ((".8h", ".4s"), (".4h", ".2s"))


def single_form(text: str) -> str | None:
    """The canonical statement with its halves made singles; None when it has no half-precision operand."""
    changed = _REGISTER.sub(r"s\1", text)
    for half, single in _SHAPES:
        changed = changed.replace(half, single)
    changed = re.sub(r"\.h\[0x[0-9a-f]+\]", ".s[0x0]", changed)
    return changed if changed != text else None


def half_word(word: int, index: int) -> int | None:
    """The half-precision word for a single-precision one; `index` is the lane of a by-element form."""
    if word >> 24 & 0x5F in (0x1E, 0x1F):
        return word | 0b11 << 22
    if word >> 24 & 0x1F not in (0x0E, 0x0F, 0x1E, 0x1F):
        return None
    if word >> 24 & 1:
        return _by_element(word, index)
    if word >> 17 & 0x1F == 0b10000 and word >> 10 & 3 == 2:
        return word | 1 << 22 | 0b11100 << 17
    if word >> 21 & 1 and word >> 10 & 1:
        return (word | 1 << 22) & ~(1 << 21) & ~(0b11 << 14)
    return None


def _by_element(word: int, index: int) -> int | None:
    """The groups with bit 24 set: modified immediate, shift by immediate, by element."""
    if word >> 10 & 1 and word >> 19 & 0x1F == 0:
        return word | 1 << 11
    if word >> 10 & 1:
        return _immediate_shift(word)
    if word >> 16 & 15 != word >> 16 & 31:
        return None
    cleared = word & ~(0b11 << 22) & ~(1 << 21 | 1 << 20 | 1 << 11)
    return cleared | (index >> 2 & 1) << 11 | (index >> 1 & 1) << 21 | (index & 1) << 20


def _immediate_shift(word: int) -> int | None:
    """Conversions with fractional bits: immh 01xx (64 - fbits) becomes 001x (32 - fbits)."""
    fraction = 64 - (word >> 16 & 0x7F)
    return word & ~(0x7F << 16) | 32 - fraction << 16 if fraction <= 16 else None
