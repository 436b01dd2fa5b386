"""Jumps, calls, returns: encoded here because their targets are symbols and their length is relaxed by the layout."""

from playground.assembly.encoding import Encoded, Fixup, FixupKind
from playground.assembly.expressions import Expression, Number
from playground.assembly.x86.families import CONDITIONS
from playground.assembly.x86.modrm import Form, encode_memory, encode_register
from playground.assembly.x86.operands import (
    Immediate,
    Instruction,
    Memory,
    Problem,
    RegisterOperand,
    SyntaxProblem,
    Target,
)
from playground.assembly.x86.ranges import immediate_bytes

_CONDITION_CODES = {
    name: code
    for code, names in enumerate(
        ("o", "no", "b c nae", "ae nb nc", "e z", "ne nz", "be na", "a nbe",
         "s", "ns", "p pe", "np po", "l nge", "ge nl", "le ng", "g nle")
    )
    for name in names.split()
}  # fmt: skip
"""Condition -> its four-bit code (SDM vol. 1, appendix B.1)."""

CONDITIONAL = {f"j{name}": _CONDITION_CODES[name] for name in CONDITIONS}
"""Jcc: 70+cc rel8, 0F 80+cc rel32."""

SHORT_ONLY = {
    "loop": b"\xe2", "loope": b"\xe1", "loopz": b"\xe1", "loopne": b"\xe0", "loopnz": b"\xe0",  # LOOP/LOOPcc
    "jrcxz": b"\xe3", "jecxz": b"\x67\xe3",  # Jcc
}  # fmt: skip
"""Branches that have a rel8 form alone."""

INDIRECT = {"jmp": 4, "call": 2, "ljmp": 5, "lcall": 3}
"""FF /digit (SDM JMP, CALL)."""

BRANCHES = frozenset(
    {*CONDITIONAL, *SHORT_ONLY, *INDIRECT, "jmpq", "callq", "xbegin", "ljmpq", "lcallq", "ljmpl", "lcalll"}
)
"""Mnemonics whose bare operand is a Target."""

RETURNS = {"ret": b"\xc2", "retq": b"\xc2", "retn": b"\xc2", "lret": b"\xca", "retf": b"\xca", "lretq": b"\x48\xca"}
"""Returns that pop: opcode iw (SDM RET)."""


def relative(opcode: bytes, expression: Expression, size: int) -> Encoded:
    """`opcode` followed by a displacement of `size` bytes to `expression`."""
    kind = FixupKind.PC8 if size == 1 else FixupKind.PC32
    return Encoded(opcode + bytes(size), (Fixup(len(opcode), kind, expression, size),))


def encode_branch(instruction: Instruction) -> Encoded:
    """A jump or call of any form.

    Raises:
        SyntaxProblem: an operand that the instruction does not take.
    """
    name = instruction.mnemonic
    name = name[:-1] if name[:-1] in INDIRECT else name
    if len(instruction.operands) != 1:
        raise SyntaxProblem(Problem(f"{name!r} takes one operand, a target"))
    (operand,) = instruction.operands
    if isinstance(operand, Target):
        return _direct(name, operand)
    if name not in INDIRECT:
        raise SyntaxProblem(
            Problem(f"{name!r} jumps to a label only", name, "load the address and use an indirect jmp")
        )
    return _indirect(name, operand)


def _direct(name: str, target: Target) -> Encoded:
    if name in SHORT_ONLY:
        return relative(SHORT_ONLY[name], target.value, 1)
    if name == "call":
        return relative(b"\xe8", target.value, 4)
    if name == "xbegin":
        return relative(b"\xc7\xf8", target.value, 4)
    if name not in CONDITIONAL and name != "jmp":
        raise SyntaxProblem(Problem(f"{name!r} needs an indirect operand", name))
    code = CONDITIONAL.get(name)
    short = relative(b"\xeb" if code is None else bytes([0x70 | code]), target.value, 1)
    near = relative(b"\xe9" if code is None else bytes([0x0F, 0x80 | code]), target.value, 4)
    if target.distance == "near":
        return near
    return short if target.distance == "short" else Encoded(short.data, short.fixups, near)


def _indirect(name: str, operand: RegisterOperand | Memory | Immediate | Target) -> Encoded:
    form = Form(b"\xff", INDIRECT[name])
    if isinstance(operand, RegisterOperand) and name in ("jmp", "call"):
        register = operand.register
        if register.kind != "gpr" or register.bits not in (64, 16):
            hint = "in 64-bit code the target of an indirect jump is a 64-bit register or memory"
            raise SyntaxProblem(Problem(f"{name!r} cannot go through {register.name!r}", register.name, hint))
        return encode_register(_sized(form, register.bits // 8), register)
    if isinstance(operand, Memory):
        if operand.size not in (None, 8, 2) and name in ("jmp", "call"):
            raise SyntaxProblem(Problem(f"{name!r} reads its target from 8 bytes of memory, not {operand.size}"))
        return encode_memory(_sized(form, operand.size or 8), operand)
    raise SyntaxProblem(Problem(f"operand type mismatch for {name!r}"))


def _sized(form: Form, size: int) -> Form:
    return Form(form.opcode, form.reg, b"\x66") if size == 2 else form


def encode_return(instruction: Instruction) -> Encoded:
    """``ret imm16``."""
    operand = instruction.operands[0] if len(instruction.operands) == 1 else None
    if not isinstance(operand, Immediate):
        raise SyntaxProblem(Problem(f"{instruction.mnemonic!r} takes nothing or a number of bytes to pop"))
    if isinstance(operand.value, Number) and not -0x8000 <= operand.value.value <= 0xFFFF:
        raise SyntaxProblem(
            Problem(f"{operand.value.value} is out of range for 'ret'", hint="it pops 0 to 65535 bytes")
        )
    opcode = RETURNS[instruction.mnemonic]
    data, fixup = immediate_bytes(operand.value, 2)
    return Encoded(opcode + data, () if fixup is None else (Fixup(len(opcode), fixup, operand.value),))
