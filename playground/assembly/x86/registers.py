"""The x86-64 register file by name (Intel SDM vol. 1, 3.4 and 10.2; encodings: vol. 2, tables 3-1 and B-2..B-6)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Register:
    """One register as an instruction names it."""

    name: str
    """Lower case, without ``%``; x87 registers are ``st(0)`` … ``st(7)``."""
    kind: str
    """gpr, ip, segment, xmm, ymm, zmm, mmx, x87, control, debug, mask, bound; none: riz and eiz."""
    bits: int
    number: int
    """The encoding's register number, the REX/VEX extension bit included."""
    needs_rex: bool = False
    """spl, bpl, sil, dil: only encodable with a REX prefix."""
    forbids_rex: bool = False
    """ah, ch, dh, bh: only encodable without one."""


_LEGACY = ("ax", "cx", "dx", "bx", "sp", "bp", "si", "di")
_EXTENDED = {64: "", 32: "d", 16: "w", 8: "b"}
_NUMBERED = (
    ("xmm", "xmm", 128, 32),
    ("ymm", "ymm", 256, 32),
    ("zmm", "zmm", 512, 32),
    ("mm", "mmx", 64, 8),
    ("cr", "control", 64, 16),
    ("dr", "debug", 64, 16),
    ("db", "debug", 64, 16),
    ("k", "mask", 64, 8),
    ("bnd", "bound", 128, 4),
)
"""Name stem, kind, width, count."""


def _general_registers() -> list[Register]:
    found = []
    for number, name in enumerate(_LEGACY):
        found += [Register("r" + name, "gpr", 64, number), Register("e" + name, "gpr", 32, number)]
        found.append(Register(name, "gpr", 16, number))
        if number < 4:
            found.append(Register(name[0] + "l", "gpr", 8, number))
            found.append(Register(name[0] + "h", "gpr", 8, number + 4, forbids_rex=True))
        else:
            found.append(Register(name + "l", "gpr", 8, number, needs_rex=True))
    for number in range(8, 16):
        found += [Register(f"r{number}{suffix}", "gpr", bits, number) for bits, suffix in _EXTENDED.items()]
    return found


def _all_registers() -> dict[str, Register]:
    found = _general_registers()
    found += [Register("rip", "ip", 64, 5), Register("eip", "ip", 32, 5)]
    found += [Register("riz", "none", 64, 4), Register("eiz", "none", 32, 4)]
    found += [Register(name, "segment", 16, number) for number, name in enumerate(("es", "cs", "ss", "ds", "fs", "gs"))]
    for stem, kind, bits, count in _NUMBERED:
        found += [Register(f"{stem}{number}", kind, bits, number) for number in range(count)]
    found += [Register(f"st({number})", "x87", 80, number) for number in range(8)]
    return {register.name: register for register in found}


REGISTERS = _all_registers()
"""Every register by its canonical name; ``riz`` / ``eiz`` stand for "no index" as GNU as spells it."""

SPELLINGS = REGISTERS | {"st": REGISTERS["st(0)"]} | {f"st{n}": REGISTERS[f"st({n})"] for n in range(8)}
"""Every accepted spelling; ``st1`` is NASM's. GNU dialects read ``st(1)``."""

BY_SIZE = {(r.bits, r.number): r for r in REGISTERS.values() if r.kind == "gpr" and not r.forbids_rex}
"""General register by (width in bits, number)."""
