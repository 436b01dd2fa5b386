"""in and out (Intel SDM vol. 2, IN, OUT): E4..E7 ib with a port number, EC..EF through dx."""

from playground.assembly.encoding import Encoded
from playground.assembly.expressions import Number
from playground.assembly.x86.operands import (
    Immediate,
    Instruction,
    Memory,
    Operand,
    Problem,
    RegisterOperand,
    SyntaxProblem,
)
from playground.assembly.x86.ranges import byte_field

_SUFFIXES = {"inb": 1, "inw": 2, "inl": 4, "outb": 1, "outw": 2, "outl": 4, "in": None, "out": None}

PORTS = frozenset(_SUFFIXES)


def encode_port(instruction: Instruction) -> Encoded:
    """A port read or write; AT&T may leave the accumulator out (``inb %dx``) and write dx in parentheses."""
    name, operands = instruction.mnemonic, list(instruction.operands)
    is_out = name.startswith("out")
    size = _SUFFIXES[name]
    accumulators = [operand for operand in operands if _accumulator(operand)]
    ports = [operand for operand in operands if not _accumulator(operand)]
    ordered = operands[:1] == (ports if is_out else accumulators)[:1] or len(operands) == 1
    if len(ports) != 1 or len(operands) > 2 or not ordered or (not accumulators and size is None):
        raise SyntaxProblem(
            Problem(f"operand type mismatch for {name!r}", name, "it moves al, ax or eax from or to a port")
        )
    for operand in accumulators:
        assert isinstance(operand, RegisterOperand)
        if size not in (None, operand.register.bits // 8) or operand.register.bits == 64:
            raise SyntaxProblem(
                Problem(f"operand size mismatch for {name!r}: {operand.register.name}", operand.register.name)
            )
        size = operand.register.bits // 8
    opcode = 0xE4 | is_out << 1 | (size != 1)
    head = b"\x66" if size == 2 else b""
    if _is_dx(ports[0]):
        return Encoded(head + bytes([opcode | 8]))
    value = ports[0].value if isinstance(ports[0], Immediate) else None
    if not isinstance(value, Number):
        raise SyntaxProblem(Problem(f"the port of {name!r} is dx or a number from 0 to 255", name))
    return Encoded(head + bytes([opcode, byte_field(value.value, name)]))


def _accumulator(operand: Operand) -> bool:
    return isinstance(operand, RegisterOperand) and operand.register.name in ("al", "ax", "eax", "rax")


def _is_dx(operand: Operand) -> bool:
    if isinstance(operand, Memory):
        return (
            operand.base is not None
            and operand.base.name == "dx"
            and operand.index is None
            and not operand.displacement
        )
    return isinstance(operand, RegisterOperand) and operand.register.name == "dx"
