"""General- and local-dynamic thread-local storage (U. Drepper, "ELF Handling For Thread-Local Storage", 4.4.6).

``leaq x@tlsgd(%rip), %rdi`` and its like start a sequence that `playground.assembly.thread_sequences` relaxes.
"""

from playground.assembly.encoding import Encoded, Fixup, FixupKind
from playground.assembly.x86.operands import Instruction, Memory, RegisterOperand
from playground.assembly.x86.relocations import operator_of, without_operators

_KINDS = {"tlsgd": FixupKind.TLSGD, "tlsld": FixupKind.TLSLD}


def encode_lea(instruction: Instruction) -> Encoded | None:
    """REX.W 8D /r with a rip-relative operand for @TLSGD and @TLSLD; None for every other ``lea``."""
    if len(instruction.operands) != 2:
        return None
    destination, source = instruction.operands
    if not isinstance(destination, RegisterOperand) or not isinstance(source, Memory) or source.displacement is None:
        return None
    kind = _KINDS.get(operator_of(source.displacement))
    if kind is None or not source.is_relative or destination.register.bits != 64:
        return None
    number = destination.register.number
    head = bytes([0x48 | number >> 3 << 2, 0x8D, 0x05 | (number & 7) << 3])
    return Encoded(head + bytes(4), (Fixup(3, kind, without_operators(source.displacement), trailing=4),))
