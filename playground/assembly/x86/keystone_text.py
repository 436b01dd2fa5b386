"""Prints a checked instruction for Keystone: AT&T, hexadecimal numbers, no symbols.

A symbol is printed as a sentinel number of the field's full width, found again in the bytes and described by a Fixup.
"""

from dataclasses import dataclass

from playground.assembly.encoding import Encoded, Fixup, FixupKind
from playground.assembly.expressions import Expression, Number
from playground.assembly.x86.modrm import address_prefixes, check_address, signed32
from playground.assembly.x86.operands import (
    Immediate,
    Instruction,
    Memory,
    Problem,
    RegisterOperand,
    SyntaxProblem,
)
from playground.assembly.x86.ranges import IMMEDIATE_FIXUPS, byte_field
from playground.assembly.x86.registers import Register

DISPLACEMENT_SENTINEL = 0x5AC3A55A
"""Positive, wider than 8 bits, and not what code contains by chance."""
IMMEDIATE_SENTINELS = {1: 0x5B, 2: 0x5BB4, 4: 0x5BB46BD4}
"""Field width in bytes -> number; no shorter form exists for it but the first."""

_SAME_ORDER = frozenset({"enter"})


@dataclass(frozen=True, slots=True)
class Printed:
    """What Keystone gets, and what is to be put into the bytes it gives."""

    text: str
    head: bytes = b""
    """Prefixes that we put in front of Keystone's bytes."""
    displacement: Expression | None = None
    relative: bool = False
    immediate: Expression | None = None
    immediate_size: int = 0


def print_instruction(instruction: Instruction, suffix: str, immediate_size: int) -> Printed:
    """The AT&T statement for `instruction`; immediates are fields of `immediate_size` bytes.

    Raises:
        SyntaxProblem: an immediate or displacement out of range, an address that does not exist.
    """
    displacement, immediate, relative, head = None, None, False, b""
    texts = []
    for operand in instruction.operands:
        if isinstance(operand, Memory):
            check_address(operand)
            if (
                operand.index is not None
                and operand.index.kind in ("xmm", "ymm", "zmm")
                and "gather" not in instruction.mnemonic
                and "scatter" not in instruction.mnemonic
            ):
                raise SyntaxProblem(
                    Problem(f"{instruction.mnemonic!r} takes no vector of addresses", operand.index.name)
                )
            relative = operand.is_relative
            displacement = symbolic(operand.displacement) or displacement
            head += address_prefixes(operand)
            texts.append(_memory(operand))
        elif isinstance(operand, Immediate):
            immediate = symbolic(operand.value) or immediate
            texts.append("$" + _immediate(operand.value, immediate_size, instruction.mnemonic))
        elif isinstance(operand, RegisterOperand) and operand.register.kind != "ip":
            texts.append(f"%{operand.register.name}{operand.decoration}")
        else:
            raise SyntaxProblem(Problem(f"operand type mismatch for {instruction.mnemonic!r}", instruction.mnemonic))
    if instruction.mnemonic not in _SAME_ORDER:
        texts.reverse()
    text = f"{instruction.mnemonic}{suffix} {', '.join(texts)}".rstrip()
    return Printed(text, head, displacement, relative, immediate, immediate_size)


def symbolic(value: Expression | None) -> Expression | None:
    """`value` unless it is a plain number."""
    return None if value is None or isinstance(value, Number) else value


def _immediate(value: Expression, size: int, mnemonic: str) -> str:
    if not isinstance(value, Number):
        return hex(IMMEDIATE_SENTINELS[size])
    if size == 1:
        return hex(byte_field(value.value, mnemonic))
    return hex(value.value)


def _memory(memory: Memory) -> str:
    value = memory.displacement
    number = (
        DISPLACEMENT_SENTINEL
        if symbolic(value)
        else signed32(value.value if isinstance(value, Number) else 0, "displacement")
    )
    if memory.is_absolute:
        # Keystone takes a bare address for a rip-relative one; "no index" forces the SIB form 04 25.
        return f"{number:#x}(,%riz,1){memory.decoration}"
    base = f"%{_wide(memory.base)}" if memory.base else ""
    index = f",%{_wide(memory.index)},{memory.scale}" if memory.index else ""
    return f"{number:#x}({base}{index}){memory.decoration}" if number else f"({base}{index}){memory.decoration}"


def _wide(register: Register) -> str:
    """The 64-bit name of an address register: the address-size prefix is ours to print."""
    name = register.name
    if name.startswith("e"):
        return "r" + name[1:]
    return name[:-1] if name.startswith("r") and name.endswith("d") else name


def finish(printed: Printed, data: bytes) -> Encoded | None:
    """Keystone's bytes with our prefixes and the fixups in place; None when a sentinel is not where it must be."""
    fixups = []
    immediate_start = len(data) - printed.immediate_size
    if printed.immediate is not None:
        sentinel = IMMEDIATE_SENTINELS[printed.immediate_size].to_bytes(printed.immediate_size, "little")
        if data[immediate_start:] != sentinel:
            return None
        data = data[:immediate_start] + bytes(printed.immediate_size)
    if printed.displacement is not None:
        start = data.find(DISPLACEMENT_SENTINEL.to_bytes(4, "little"))
        if start < 0:
            return None
        data = data[:start] + bytes(4) + data[start + 4 :]
        kind = FixupKind.PC32 if printed.relative else FixupKind.ABS32_SIGNED
        trailing = len(data) - start if printed.relative else 0
        fixups.append(Fixup(len(printed.head) + start, kind, printed.displacement, trailing))
    if printed.immediate is not None:
        kind = _immediate_kind(printed, data)
        fixups.append(Fixup(len(printed.head) + immediate_start, kind, printed.immediate))
    return Encoded(printed.head + data, tuple(fixups))


def _immediate_kind(printed: Printed, data: bytes) -> FixupKind:
    """Signed where the processor sign-extends 32 bits to 64: with the q suffix."""
    name = printed.text.split(" ", 1)[0]
    if printed.immediate_size == 4 and name.endswith("q"):
        return FixupKind.ABS32_SIGNED
    return IMMEDIATE_FIXUPS[printed.immediate_size]
