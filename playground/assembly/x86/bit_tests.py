"""bt, bts, btr and btc with an immediate (Intel SDM vol. 2, BT: 0F BA /4 ib and on): Keystone refuses 128 to 255."""

from playground.assembly.encoding import Encoded
from playground.assembly.expressions import Number
from playground.assembly.x86.canonical import operation_size
from playground.assembly.x86.families import FAMILIES
from playground.assembly.x86.modrm import Form, encode_memory, encode_register
from playground.assembly.x86.operands import Immediate, Instruction, Memory, RegisterOperand
from playground.assembly.x86.ranges import byte_field

DIGITS = {"bt": 4, "bts": 5, "btr": 6, "btc": 7}


def encode_bit_test(instruction: Instruction) -> Encoded | None:
    """The immediate forms; None for a bit number in a register."""
    if len(instruction.operands) != 2:
        return None
    destination, source = instruction.operands
    if not isinstance(source, Immediate) or not isinstance(source.value, Number):
        return None
    size = operation_size(instruction, FAMILIES[instruction.mnemonic])
    number = bytes([byte_field(source.value.value, instruction.mnemonic)])
    prefix = b"\x66" if size == 2 else b""
    form = Form(b"\x0f\xba", DIGITS[instruction.mnemonic], prefix, wide=size == 8, immediate=number)
    if isinstance(destination, Memory):
        return encode_memory(form, destination)
    return encode_register(form, destination.register) if isinstance(destination, RegisterOperand) else None
