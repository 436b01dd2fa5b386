"""String instructions written with operands (Intel SDM vol. 2, MOVS, CMPS, STOS …; vol. 1, 7.3.9)."""

from playground.assembly.encoding import Encoded
from playground.assembly.x86.fixed import FIXED, STRING_INSTRUCTIONS
from playground.assembly.x86.modrm import SEGMENT_PREFIXES, address_prefixes
from playground.assembly.x86.operands import Instruction, Memory, Operand, Problem, RegisterOperand, SyntaxProblem

_SUFFIXES = {"b": 1, "w": 2, "l": 4, "d": 4, "q": 8}
_HEADS = {1: b"", 2: b"\x66", 4: b"", 8: b"\x48"}


def is_string(instruction: Instruction) -> bool:
    """True for a string instruction with operands; movsd and cmpsd with a vector register are SSE's, movsb … with a
    general register as the destination are sign extensions.

    Raises:
        SyntaxProblem: operands that are not rsi, rdi, the accumulator or dx.
    """
    name = instruction.mnemonic
    if not instruction.operands or not (
        name in STRING_INSTRUCTIONS or (name in FIXED and name[:-1] in STRING_INSTRUCTIONS)
    ):
        return False
    if all(_is_string_operand(operand) for operand in instruction.operands):
        return any(isinstance(operand, Memory) for operand in instruction.operands)
    if all(isinstance(operand, Memory) for operand in instruction.operands):
        hint = "its operands are always [rsi] and [rdi]: leave them out"
        raise SyntaxProblem(Problem(f"{name!r} takes no other addresses than rsi and rdi", name, hint))
    return False


def _is_string_operand(operand: Operand) -> bool:
    if isinstance(operand, Memory):
        registers = (6, 7) if operand.index is None and not operand.displacement else ()
        base = operand.base
        return base is not None and ((base.kind == "gpr" and base.number in registers) or _is_port(operand))
    return isinstance(operand, RegisterOperand) and (
        (operand.register.kind == "gpr" and operand.register.number == 0) or operand.register.name == "dx"
    )


def _is_port(memory: Memory) -> bool:
    """``(%dx)``: AT&T's way to write the port."""
    return memory.base is not None and memory.base.name == "dx"


def encode_xlat(instruction: Instruction) -> Encoded:
    """D7 (SDM XLAT): its memory operand, always [rbx], says no more than the segment."""
    operand = instruction.operands[0] if len(instruction.operands) == 1 else None
    if not isinstance(operand, Memory) or operand.base is None or operand.base.number != 3 or operand.index is not None:
        raise SyntaxProblem(Problem("'xlat' reads [rbx] only", "xlat"))
    return Encoded(address_prefixes(operand) + b"\xd7")


def encode_string(instruction: Instruction) -> Encoded:
    """The instruction with the source's segment override, its size from the suffix, the accumulator or the memory."""
    name = instruction.mnemonic
    stem = name if name in STRING_INSTRUCTIONS else name[:-1]
    size = None if name == stem else _SUFFIXES[name[-1]]
    head = b""
    for operand in instruction.operands:
        if isinstance(operand, Memory):
            size = size or operand.size
            head += (
                b"" if _is_port(operand) else _overrides(operand).replace(b"\x67", b"" if b"\x67" in head else b"\x67")
            )
        elif isinstance(operand, RegisterOperand) and operand.register.name != "dx":
            size = size or operand.register.bits // 8
    if size is None and not instruction.strict_size:
        size = 4
    if size not in _HEADS:
        raise SyntaxProblem(Problem(f"no size given for {name!r}", name, f"write {stem}b, {stem}w, {stem}d or {stem}q"))
    opcode = STRING_INSTRUCTIONS[stem][size != 1]
    return Encoded(head + _HEADS[size] + opcode)


def _overrides(memory: Memory) -> bytes:
    """The address-size prefix, and the segment of an rsi operand; rdi's is always es."""
    assert memory.base is not None
    narrow = b"\x67" if memory.base.bits == 32 else b""
    if memory.segment is None or memory.segment.name == "ds" or memory.base.number == 7:
        if memory.base.number == 7 and memory.segment is not None and memory.segment.name not in ("es",):
            raise SyntaxProblem(Problem("the destination of a string instruction is in es", memory.segment.name))
        return narrow
    return bytes([SEGMENT_PREFIXES[memory.segment.name]]) + narrow
