"""Chooses who encodes an instruction: one of our tables, or Keystone with a text that it reads rightly."""

from collections.abc import Callable
from dataclasses import replace

from playground.assembly.encoding import Encoded
from playground.assembly.expressions import Number
from playground.assembly.x86.bit_tests import DIGITS, encode_bit_test
from playground.assembly.x86.branches import BRANCHES, RETURNS, encode_branch, encode_return
from playground.assembly.x86.canonical import (
    check_high_bytes,
    check_operands,
    check_scalar,
    operation_size,
    resolve_suffix,
    with_count_in_cl,
)
from playground.assembly.x86.extensions import encode_extension
from playground.assembly.x86.families import FAMILIES, SIZE_SUFFIXES
from playground.assembly.x86.fixed import FIXED, PREFIXES
from playground.assembly.x86.interrupts import encode_interrupt, encode_nop
from playground.assembly.x86.keystone_text import Printed, print_instruction
from playground.assembly.x86.moves import encode_absolute, encode_move
from playground.assembly.x86.operands import Immediate, Instruction, Memory, Operand, Problem, SyntaxProblem
from playground.assembly.x86.ports import PORTS, encode_port
from playground.assembly.x86.prefixes import check_prefixes
from playground.assembly.x86.ranges import byte_field, normalised
from playground.assembly.x86.stack import encode_push
from playground.assembly.x86.strings import encode_string, encode_xlat, is_string
from playground.assembly.x86.tls import encode_lea
from playground.assembly.x86.x87 import SUFFIXED, X87, encode_x87, resolve_att

_OWN: dict[str, Callable[[Instruction], Encoded]] = {
    **dict.fromkeys(X87, encode_x87),
    **dict.fromkeys(BRANCHES, encode_branch),
    **dict.fromkeys(RETURNS, encode_return),
    "movabs": encode_absolute,
    "movsx": encode_extension,
    "movzx": encode_extension,
    "int": encode_interrupt,
    "xlat": encode_xlat,
    **dict.fromkeys(PORTS, encode_port),
}
"""Encoded here in every form."""

_OWN_FORMS: dict[str, Callable[[Instruction], Encoded | None]] = {
    "mov": encode_move,
    "push": encode_push,
    "pop": encode_push,
    "lea": encode_lea,
    "nop": encode_nop,
    **dict.fromkeys(DIGITS, encode_bit_test),
}
"""Encoded here in some forms; None leaves the rest to Keystone."""

_BYTE_IMMEDIATE = frozenset(
    ["rol", "ror", "rcl", "rcr", "shl", "sal", "shr", "sar", "shld", "shrd", "bt", "bts", "btr", "btc", "rorx"]
)
_NARROWING = frozenset({"vcvtpd2ps", "vcvtpd2dq", "vcvttpd2dq"})
_WORD_IMMEDIATE = frozenset({"enter", "enterq"})
_UNSUFFIXED = frozenset(name for name, family in FAMILIES.items() if family.suffixes == "b")
"""Printed without suffix: setCC."""


def select(instruction: Instruction, is_att: bool) -> Encoded | Printed:
    """The bytes of `instruction`, or the text that Keystone encodes rightly.

    Raises:
        SyntaxProblem: the instruction does not exist in this form.
        NotSupported: it does, but neither Keystone nor we can encode it.
    """
    name = instruction.mnemonic
    check_high_bytes(instruction)
    if not instruction.operands and (code := FIXED.get(name) or PREFIXES.get(name)):
        return _prefixed(instruction, Encoded(code))
    if is_string(instruction):
        return _prefixed(instruction, encode_string(instruction))
    if is_att and (name in X87 or name in SUFFIXED):
        instruction = resolve_att(instruction)
    instruction = resolve_suffix(_without_suffix(instruction))
    if instruction.prefixes:
        check_prefixes(instruction)
    own = _OWN.get(instruction.mnemonic)
    if own is not None:
        return _prefixed(instruction, own(instruction))
    return _selected(instruction)


def _without_suffix(instruction: Instruction) -> Instruction:
    return (
        replace(instruction, mnemonic="movabs")
        if instruction.mnemonic in ("movabsq", "movabsl", "movabsw", "movabsb")
        else instruction
    )


def _selected(instruction: Instruction) -> Encoded | Printed:
    family = FAMILIES.get(instruction.mnemonic)
    form = _OWN_FORMS.get(instruction.mnemonic)
    encoded = form(instruction) if form else None
    if encoded is not None:
        return _prefixed(instruction, encoded)
    if family is None:
        check_scalar(instruction)
        instruction = _with_vector_suffix(instruction)
        return _headed(
            instruction, print_instruction(instruction, "", 2 if instruction.mnemonic in _WORD_IMMEDIATE else 1)
        )
    check_operands(instruction, family)
    instruction = with_count_in_cl(instruction)
    size = operation_size(instruction, family)
    width = 1 if instruction.mnemonic in _BYTE_IMMEDIATE else min(size, 4)
    operands = tuple(_in_range(operand, instruction.mnemonic, size, width) for operand in instruction.operands)
    suffix = "" if instruction.mnemonic in _UNSUFFIXED else SIZE_SUFFIXES[size]
    return _headed(instruction, print_instruction(replace(instruction, operands=operands), suffix, width))


def _with_vector_suffix(instruction: Instruction) -> Instruction:
    """AT&T's x or y where the memory's size alone tells two instructions apart."""
    if instruction.mnemonic not in _NARROWING:
        return instruction
    source = instruction.operands[-1] if instruction.operands else None
    suffix = {16: "x", 32: "y"}.get((source.size or 0) if isinstance(source, Memory) else 0, "")
    return replace(instruction, mnemonic=instruction.mnemonic + suffix)


def _in_range(operand: Operand, mnemonic: str, size: int, width: int) -> Operand:
    """An immediate as the signed number of its field."""
    if not isinstance(operand, Immediate) or not isinstance(operand.value, Number):
        return operand
    value = operand.value.value
    if width == 1 and size != 1:
        return replace(operand, value=Number(byte_field(value, mnemonic)))
    if size == 8:
        value = value - (1 << 64) if (1 << 64) - (1 << 31) <= value < 1 << 64 else value
        if not -(1 << 31) <= value < 1 << 31:
            hint = "a 64-bit operation sign-extends 32 bits: load the number with movabs first"
            raise SyntaxProblem(Problem(f"immediate {value:#x} is out of range for {mnemonic!r}", hex(value), hint))
        return replace(operand, value=Number(value))
    return replace(operand, value=Number(normalised(value, size)))


def _prefixed(instruction: Instruction, encoded: Encoded) -> Encoded:
    head = b"".join(PREFIXES[name] for name in instruction.prefixes)
    return moved(head, encoded) if head else encoded


def moved(head: bytes, encoded: Encoded) -> Encoded:
    """`encoded` behind the prefix bytes `head`."""
    fixups = tuple(replace(fixup, offset=fixup.offset + len(head)) for fixup in encoded.fixups)
    return Encoded(head + encoded.data, fixups, moved(head, encoded.longer) if encoded.longer else None)


def _headed(instruction: Instruction, printed: Printed) -> Printed:
    head = b"".join(PREFIXES[name] for name in instruction.prefixes)
    return replace(printed, head=head + printed.head) if head else printed
