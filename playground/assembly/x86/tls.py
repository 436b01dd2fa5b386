"""General- and local-dynamic thread-local storage (U. Drepper, "ELF Handling For Thread-Local Storage", 4.4.6).

In a static image there is one module, so the address of a symbol's tls_index is replaced by the symbol's offset from
the thread pointer: ``leaq x@tlsgd(%rip), %rdi`` becomes ``movq $x@tpoff, %rdi``, of the same seven bytes. The library's
``__tls_get_addr`` then returns the thread pointer plus its argument, and the compiler's padded sequence stays as it is.
"""

from playground.assembly.encoding import Encoded, Fixup, FixupKind
from playground.assembly.x86.operands import Instruction, Memory, RegisterOperand
from playground.assembly.x86.relocations import operator_of, without_operators


def encode_lea(instruction: Instruction) -> Encoded | None:
    """REX.W C7 /0 id for @TLSGD and @TLSLD; None for every other ``lea``."""
    if len(instruction.operands) != 2:
        return None
    destination, source = instruction.operands
    if not isinstance(destination, RegisterOperand) or not isinstance(source, Memory) or source.displacement is None:
        return None
    operator = operator_of(source.displacement)
    if operator not in ("tlsgd", "tlsld") or not source.is_relative or destination.register.bits != 64:
        return None
    number = destination.register.number
    head = bytes([0x48 | number >> 3, 0xC7, 0xC0 | number & 7])
    if operator == "tlsld":
        return Encoded(head + bytes(4))
    return Encoded(head + bytes(4), (Fixup(3, FixupKind.TPOFF32, without_operators(source.displacement)),))
