"""movsx, movzx and movsxd (Intel SDM vol. 2, MOVSX/MOVSXD, MOVZX)."""

from playground.assembly.encoding import Encoded
from playground.assembly.x86.modrm import Form, encode_memory, encode_register
from playground.assembly.x86.operands import Instruction, Memory, Problem, RegisterOperand, SyntaxProblem

_OPCODES = {
    ("movsx", 1): b"\x0f\xbe",
    ("movsx", 2): b"\x0f\xbf",
    ("movsx", 4): b"\x63",
    ("movzx", 1): b"\x0f\xb6",
    ("movzx", 2): b"\x0f\xb7",
}
"""(mnemonic, bytes of the source) -> opcode /r."""


def encode_extension(instruction: Instruction) -> Encoded:
    """A sign or zero extension whose sizes `resolve_suffix` has checked."""
    destination, source = instruction.operands
    if not isinstance(destination, RegisterOperand):
        raise SyntaxProblem(Problem(f"the destination of {instruction.mnemonic!r} is a general register"))
    size = (
        source.size
        if isinstance(source, Memory)
        else source.register.bits // 8
        if isinstance(source, RegisterOperand)
        else None
    )
    opcode = _OPCODES.get((instruction.mnemonic, size or 0))
    if opcode is None:
        raise SyntaxProblem(Problem(f"operand type mismatch for {instruction.mnemonic!r}", instruction.mnemonic))
    register = destination.register
    form = Form(opcode, register.number, b"\x66" if register.bits == 16 else b"", wide=register.bits == 64)
    if isinstance(source, Memory):
        return encode_memory(form, source)
    assert isinstance(source, RegisterOperand)
    if source.register.kind != "gpr" or (source.register.forbids_rex and (form.wide or register.number > 7)):
        raise SyntaxProblem(
            Problem(f"{source.register.name!r} cannot be extended to {register.name!r}", source.register.name)
        )
    return encode_register(form, source.register)
