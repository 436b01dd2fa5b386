"""int n and the multi-byte nop (Intel SDM vol. 2, INT n/INTO/INT3, NOP)."""

from playground.assembly.encoding import Encoded
from playground.assembly.expressions import Number
from playground.assembly.x86.modrm import Form, encode_memory, encode_register
from playground.assembly.x86.operands import Immediate, Instruction, Memory, Problem, RegisterOperand, SyntaxProblem
from playground.assembly.x86.ranges import byte_field


def encode_interrupt(instruction: Instruction) -> Encoded:
    """CD ib; ``int 3`` is the one-byte CC, as GNU as has it."""
    operand = instruction.operands[0] if len(instruction.operands) == 1 else None
    if not isinstance(operand, Immediate) or not isinstance(operand.value, Number):
        raise SyntaxProblem(Problem("'int' takes an interrupt number, 0 to 255"))
    number = byte_field(operand.value.value, "int")
    return Encoded(b"\xcc" if number == 3 else bytes([0xCD, number]))


def encode_nop(instruction: Instruction) -> Encoded | None:
    """0F 1F /0: Keystone prints 0F 18 for it. None without operands."""
    if len(instruction.operands) != 1:
        return None
    (operand,) = instruction.operands
    if isinstance(operand, Memory):
        return encode_memory(_form(instruction.size or operand.size or 4), operand)
    if isinstance(operand, RegisterOperand) and operand.register.kind == "gpr" and operand.register.bits > 8:
        return encode_register(_form(operand.register.bits // 8), operand.register)
    raise SyntaxProblem(Problem("operand type mismatch for 'nop'", "nop"))


def _form(size: int) -> Form:
    return Form(b"\x0f\x1f", 0, b"\x66" if size == 2 else b"", wide=size == 8)
