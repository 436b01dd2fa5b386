"""push and pop (Intel SDM vol. 2, PUSH, POP): 64 bits unless the text asks for 16, never 32."""

from playground.assembly.encoding import Encoded, Fixup, FixupKind
from playground.assembly.expressions import Number
from playground.assembly.x86.operands import Immediate, Instruction, Problem, RegisterOperand, SyntaxProblem
from playground.assembly.x86.ranges import normalised

_SEGMENTS = {
    ("push", "fs"): b"\x0f\xa0",
    ("push", "gs"): b"\x0f\xa8",
    ("pop", "fs"): b"\x0f\xa1",
    ("pop", "gs"): b"\x0f\xa9",
}


def encode_push(instruction: Instruction) -> Encoded | None:
    """Immediates and segment registers; general registers and memory are left to Keystone."""
    if len(instruction.operands) != 1:
        return None
    (operand,) = instruction.operands
    head = b"\x66" if instruction.size == 2 else b""
    if isinstance(operand, RegisterOperand) and operand.register.kind == "segment":
        code = _SEGMENTS.get((instruction.mnemonic, operand.register.name))
        if code is None:
            raise SyntaxProblem(
                Problem(f"64-bit code cannot {instruction.mnemonic} {operand.register.name!r}", operand.register.name)
            )
        return Encoded(head + code)
    if isinstance(operand, Immediate) and instruction.mnemonic == "push":
        return _push_immediate(operand, instruction.size or operand.size or 8, head)
    return None


def _push_immediate(operand: Immediate, size: int, head: bytes) -> Encoded:
    if size not in (1, 2, 4, 8):
        raise SyntaxProblem(Problem("'push' takes 16-bit or 64-bit operands"))
    width = 2 if head else 4
    if not isinstance(operand.value, Number):
        kind = FixupKind.ABS16 if head else FixupKind.ABS32_SIGNED
        return Encoded(head + b"\x68" + bytes(width), (Fixup(len(head) + 1, kind, operand.value),))
    value = operand.value.value
    value = normalised(value, 2) if head else value - (1 << 64) if (1 << 64) - (1 << 31) <= value < 1 << 64 else value
    if -128 <= value < 128:
        return Encoded(head + b"\x6a" + value.to_bytes(1, "little", signed=True))
    if not -(1 << 31) <= value < 1 << 31:
        hint = "push sign-extends 32 bits: load the number into a register first"
        raise SyntaxProblem(Problem(f"immediate {value:#x} is out of range for 'push'", hex(value), hint))
    return Encoded(head + b"\x68" + value.to_bytes(width, "little", signed=True))
