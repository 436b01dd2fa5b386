"""Moves that Keystone rejects or encodes wrongly: 64-bit immediates, moffs, segment, control and debug registers."""

from playground.assembly.encoding import Encoded, Fixup, FixupKind
from playground.assembly.expressions import Expression, Number
from playground.assembly.x86.modrm import SEGMENT_PREFIXES, Form, encode_memory, encode_register
from playground.assembly.x86.operands import (
    Immediate,
    Instruction,
    Memory,
    Operand,
    Problem,
    RegisterOperand,
    SyntaxProblem,
)
from playground.assembly.x86.ranges import immediate_bytes
from playground.assembly.x86.registers import Register

_SPECIAL = {
    ("control", True): b"\x0f\x22",
    ("control", False): b"\x0f\x20",
    ("debug", True): b"\x0f\x23",
    ("debug", False): b"\x0f\x21",
}
"""(register kind, is the destination) -> opcode /r (SDM vol. 2, MOV control registers, MOV debug registers)."""

_SIZE_PREFIX = {2: b"\x66"}


def move_immediate64(register: Register, value: Expression) -> Encoded:
    """REX.W B8+rd io (SDM MOV)."""
    data, kind = immediate_bytes(value, 8)
    head = bytes([0x48 | register.number >> 3, 0xB8 | register.number & 7])
    return Encoded(head + data, () if kind is None else (Fixup(2, kind, value),))


def fits_signed32(value: Expression) -> bool:
    """True when a 64-bit move can sign-extend 32 bits of it; symbols can (R_X86_64_32S)."""
    if not isinstance(value, Number):
        return True
    return -(1 << 31) <= value.value < 1 << 31 or (1 << 64) - (1 << 31) <= value.value < 1 << 64


def encode_move(instruction: Instruction) -> Encoded | None:
    """The forms of ``mov`` that are ours; None leaves the instruction to Keystone."""
    if len(instruction.operands) != 2:
        return None
    destination, source = instruction.operands
    special = _special_register(destination, source)
    if special is not None:
        return special
    if isinstance(destination, RegisterOperand) and isinstance(source, Immediate):
        wide = destination.register.kind == "gpr" and destination.register.bits == 64 and instruction.size in (None, 8)
        if wide and (source.size == 8 or not fits_signed32(source.value)):
            return move_immediate64(destination.register, source.value)
    memory = source if isinstance(source, Memory) else destination
    if isinstance(memory, Memory) and memory.is_absolute and not fits_signed32(memory.displacement or Number(0)):
        return encode_absolute(instruction)
    return None


def encode_absolute(instruction: Instruction) -> Encoded:
    """``movabs``: a 64-bit immediate (B8+rd io), or the accumulator and a 64-bit address (A0..A3, SDM MOV)."""
    if len(instruction.operands) != 2:
        raise SyntaxProblem(Problem("'movabs' takes two operands"))
    destination, source = instruction.operands
    if isinstance(destination, RegisterOperand) and isinstance(source, Immediate):
        if destination.register.kind == "gpr" and destination.register.bits == 64:
            return move_immediate64(destination.register, source.value)
        raise SyntaxProblem(Problem("'movabs' loads 64-bit registers only", destination.register.name))
    store = isinstance(destination, Memory)
    memory, register = (destination, source) if store else (source, destination)
    if not isinstance(memory, Memory) or not isinstance(register, RegisterOperand):
        raise SyntaxProblem(Problem("operand type mismatch for 'movabs'"))
    return _accumulator(register.register, memory, store)


def _accumulator(register: Register, memory: Memory, store: bool) -> Encoded:
    if register.kind != "gpr" or register.number != 0 or not memory.is_absolute or memory.displacement is None:
        hint = "a 64-bit address reaches al, ax, eax and rax only"
        raise SyntaxProblem(Problem("operand type mismatch for 'movabs'", register.name, hint))
    opcode = 0xA0 | store << 1 | (register.bits != 8)
    segment = bytes([SEGMENT_PREFIXES[memory.segment.name]]) if memory.segment and memory.segment.name != "ds" else b""
    head = segment + {16: b"\x66", 64: b"\x48"}.get(register.bits, b"") + bytes([opcode])
    data, kind = immediate_bytes(memory.displacement, 8)
    return Encoded(head + data, () if kind is None else (Fixup(len(head), FixupKind.ABS64, memory.displacement),))


def _special_register(destination: Operand, source: Operand) -> Encoded | None:
    for register, other, loads in ((destination, source, True), (source, destination, False)):
        if isinstance(register, RegisterOperand) and register.register.kind in ("segment", "control", "debug"):
            return _move_special(register.register, other, loads)
    return None


def _move_special(special: Register, other: Operand, loads: bool) -> Encoded:
    """MOV Sreg (8E /r, 8C /r), MOV CRn, MOV DRn."""
    if special.kind == "segment":
        opcode = b"\x8e" if loads else b"\x8c"
        if isinstance(other, Memory):
            return encode_memory(Form(opcode, special.number), other)
        if isinstance(other, RegisterOperand) and other.register.kind == "gpr" and other.register.bits > 8:
            size = other.register.bits // 8
            prefix = b"" if loads else _SIZE_PREFIX.get(size, b"")
            return encode_register(Form(opcode, special.number, prefix), other.register)
    elif isinstance(other, RegisterOperand) and other.register.kind == "gpr" and other.register.bits == 64:
        return encode_register(Form(_SPECIAL[special.kind, loads], special.number), other.register)
    raise SyntaxProblem(
        Problem(f"operand type mismatch: {special.name!r} moves to and from general registers", special.name)
    )
