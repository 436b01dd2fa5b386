"""Values that nothing else has, put into registers so that a broken calling convention shows.

Before a call of ours every general register holds a mark, and those that a function must restore are compared behind
it. Behind each library routine the registers that it may overwrite hold marks too, since a compiled C library leaves
something else there nearly every time: psABI AMD64 3.2.1 and figure 3.4 (rax, rcx, rdx, rsi, rdi, r8 to r11, every
xmm register, the status flags), AAPCS64 6.1.1 (x0 to x18, the flags) and 6.1.2 (v0 to v7, v16 to v31). What
AAPCS64 also allows, the upper halves of v8 to v15 and x30, is left as it was.
"""

from collections.abc import Mapping
from functools import cache

from playground.isa import AARCH64, Architecture

KEPT_MARK, SCRATCH_MARK = 0x5AFE_0000_0000_0000, 0x0BAD_0000_0000_0000
"""In the upper half of registers before a call: those to restore, and those whose value nobody may rely on."""
SPOILED = 0x0BAD_CA11_0BAD_CA00
"""A spoiled general register holds this and its index in the architecture's table; so does its lower half."""
SPOILED_LANES = 0x7FF8_0BAD_7FC0_0BAD
"""Both halves of a spoiled vector register: a quiet NaN as double and as float."""
NEAR_MARK = 1 << 20
"""How far an address that was computed from a mark may lie from it."""
ADDRESS_BITS = (1 << 52) - 1
"""Of an address, what the x86 engine keeps."""
STATUS_FLAGS = {"rflags": 0xAD7, "nzcv": 0xF000_0000}
"""Every status flag set; the direction flag, which must be clear, stays so."""


@cache
def marks_before_call(arch: Architecture) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """What every general register holds before a call, and what those to restore must hold after it."""
    marks, kept = {}, {}
    for index, name in enumerate(arch.general_registers):
        if name == arch.stack_pointer:
            continue
        sort = KEPT_MARK if name in arch.call.callee_saved else SCRATCH_MARK
        marks[name] = sort | index << 32 | 0x1111_1111 * (index % 15 + 1)
        if name in arch.call.callee_saved:
            kept[name] = marks[name]
    for index, name in enumerate(arch.call.callee_saved_low_halves):
        kept[name] = KEPT_MARK | index << 32 | 0xF000
    return marks, kept


@cache
def marks_behind_library_call(arch: Architecture) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """General registers and flags, and vector registers, as a library routine leaves them (its result apart)."""
    row = arch.call
    kept = {*row.callee_saved, arch.stack_pointer, row.link_register}
    general = {name: SPOILED + index for index, name in enumerate(arch.general_registers) if name not in kept}
    vectors = [name for name in arch.vector_registers if name not in row.callee_saved_low_halves]
    flags = {arch.flags_register: STATUS_FLAGS[arch.flags_register]}
    return {**general, **flags}, dict.fromkeys(vectors, SPOILED_LANES << 64 | SPOILED_LANES)


def describe_mark(arch: Architecture, address: int) -> str:
    """What an address near a mark of `marks_behind_library_call` tells; empty for any other address."""
    if abs((address & ADDRESS_BITS) - (SPOILED & ADDRESS_BITS)) > NEAR_MARK:
        return ""
    names = "x0 to x18" if arch is AARCH64 else "rax, rcx, rdx, rsi, rdi and r8 to r11"
    return f"what a library call left in a register that it may overwrite ({names})"
