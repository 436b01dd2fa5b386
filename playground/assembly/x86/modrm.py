"""ModRM, SIB, displacement and REX of one instruction (Intel SDM vol. 2, 2.1.3 to 2.1.5 and 2.2.1)."""

from dataclasses import dataclass

from playground.assembly.encoding import Encoded, Fixup, FixupKind
from playground.assembly.expressions import Expression, Number
from playground.assembly.x86.operands import Memory, Problem, SyntaxProblem
from playground.assembly.x86.registers import Register

SEGMENT_PREFIXES = {"es": 0x26, "cs": 0x2E, "ss": 0x36, "ds": 0x3E, "fs": 0x64, "gs": 0x65}
"""SDM vol. 2, 2.1.1, group 2."""


@dataclass(frozen=True, slots=True)
class Form:
    """One encodable form: what the SDM's opcode line says."""

    opcode: bytes
    reg: int
    """The ModRM.reg field: a register number or the opcode extension (/digit)."""
    prefix: bytes = b""
    """Mandatory or operand-size prefix, in front of REX."""
    wide: bool = False
    """REX.W"""
    needs_rex: bool = False
    immediate: bytes = b""
    fixup: tuple[FixupKind, Expression] | None = None
    """Put over the immediate's bytes."""


def encode_register(form: Form, register: Register) -> Encoded:
    """`form` with a register in ModRM.rm (mod = 11)."""
    rex = _rex(form, 0, register.number, form.needs_rex or register.needs_rex)
    head = form.prefix + rex + form.opcode + bytes([0xC0 | (form.reg & 7) << 3 | register.number & 7])
    return _finished(form, head, ())


def encode_memory(form: Form, memory: Memory) -> Encoded:
    """`form` with `memory` in ModRM.rm; a symbolic displacement becomes a Fixup."""
    check_address(memory)
    index = memory.index.number if memory.index else 0
    base = memory.base.number if memory.base and not memory.is_relative else 0
    rex = _rex(form, index, base, form.needs_rex)
    head = address_prefixes(memory) + form.prefix + rex + form.opcode
    tail, expression = _address_bytes(form.reg & 7, memory)
    fixups: tuple[Fixup, ...] = ()
    if expression is not None:
        offset = len(head) + len(tail) - 4
        kind = FixupKind.PC32 if memory.is_relative else FixupKind.ABS32_SIGNED
        fixups = (Fixup(offset, kind, expression, 4 + len(form.immediate) if memory.is_relative else 0),)
    return _finished(form, head + tail, fixups)


def address_prefixes(memory: Memory) -> bytes:
    """Segment override and address-size prefixes of a memory operand."""
    segment = b""
    if memory.segment is not None and memory.segment.name != default_segment(memory):
        segment = bytes([SEGMENT_PREFIXES[memory.segment.name]])
    narrow = any(register is not None and register.bits == 32 for register in (memory.base, memory.index))
    return segment + (b"\x67" if narrow else b"")


def default_segment(memory: Memory) -> str:
    """ss for rsp and rbp bases, else ds (SDM vol. 1, table 3-5)."""
    return "ss" if memory.base is not None and memory.base.kind == "gpr" and memory.base.number in (4, 5) else "ds"


def check_address(memory: Memory) -> None:
    """Rejects addresses that the processor has no encoding for, as GNU as does.

    Raises:
        SyntaxProblem: naming the register or number.
    """
    base, index = memory.base, memory.index
    for register in (base, index):
        if register is not None and (
            register.kind not in ("gpr", "ip", "none", "xmm", "ymm", "zmm") or register.bits < 32
        ):
            raise SyntaxProblem(
                Problem(f"{register.name!r} cannot address memory", register.name, "use a 64-bit register")
            )
    if index is not None and (index.kind == "ip" or (index.kind == "gpr" and index.number == 4)):
        raise SyntaxProblem(Problem(f"{index.name!r} cannot be an index register", index.name))
    if base is not None and base.kind in ("xmm", "ymm", "zmm", "none"):
        raise SyntaxProblem(Problem(f"{base.name!r} cannot be a base register", base.name))
    if base is not None and index is not None:
        if base.kind == "ip":
            raise SyntaxProblem(Problem(f"{base.name} takes no index register", index.name))
        if base.bits != index.bits and index.kind in ("gpr", "none"):
            message = f"base {base.name!r} and index {index.name!r} have different sizes"
            raise SyntaxProblem(Problem(message, index.name))
    if isinstance(memory.displacement, Number):
        signed32(memory.displacement.value, "displacement")


def signed32(value: int, what: str) -> int:
    """`value` as a sign-extended 32-bit field; 64-bit unsigned spellings of negative numbers are accepted."""
    signed = value - (1 << 64) if (1 << 64) - (1 << 31) <= value < 1 << 64 else value
    if not -(1 << 31) <= signed < 1 << 31:
        raise SyntaxProblem(Problem(f"{what} {value:#x} does not fit in 32 bits", f"{value:#x}"))
    return signed


def _rex(form: Form, index: int, base: int, forced: bool) -> bytes:
    bits = form.wide << 3 | (form.reg >> 3 & 1) << 2 | (index >> 3) << 1 | base >> 3
    return bytes([0x40 | bits]) if bits or forced else b""


_SCALE_BITS = {1: 0, 2: 1, 4: 2, 8: 3}


def _address_bytes(reg: int, memory: Memory) -> tuple[bytes, Expression | None]:
    """ModRM, SIB and displacement, with the expression that belongs into the last four bytes."""
    value = memory.displacement.value if isinstance(memory.displacement, Number) else 0
    symbolic = None if memory.displacement is None or isinstance(memory.displacement, Number) else memory.displacement
    value = signed32(value, "displacement")
    wide = value.to_bytes(4, "little", signed=True)
    if memory.is_relative:
        return bytes([reg << 3 | 5]) + wide, symbolic
    index = 4 if memory.index is None else memory.index.number & 7
    scale = _SCALE_BITS[memory.scale] << 6
    if memory.base is None:
        return bytes([reg << 3 | 4, scale | index << 3 | 5]) + wide, symbolic
    base = memory.base.number & 7
    mode, displacement = _mode(value, symbolic is not None, base, wide)
    if memory.index is None and base != 4:
        return bytes([mode << 6 | reg << 3 | base]) + displacement, symbolic
    return bytes([mode << 6 | reg << 3 | 4, scale | index << 3 | base]) + displacement, symbolic


def _mode(value: int, symbolic: bool, base: int, wide: bytes) -> tuple[int, bytes]:
    """ModRM.mod with its displacement bytes: none, 8 or 32 bits. rbp and r13 always take one."""
    if symbolic or not -128 <= value < 128:
        return 2, wide
    if value or base == 5:
        return 1, value.to_bytes(1, "little", signed=True)
    return 0, b""


def _finished(form: Form, head: bytes, fixups: tuple[Fixup, ...]) -> Encoded:
    if form.fixup is not None:
        kind, expression = form.fixup
        fixups = (*fixups, Fixup(len(head), kind, expression))
    return Encoded(head + form.immediate, fixups)
