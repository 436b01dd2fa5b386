"""x86-64: every dialect's text into one operand model, and that into bytes."""

from playground.assembly.x86.encoder import X86Encoder
from playground.assembly.x86.instruction_parser import is_mnemonic

__all__ = ["X86Encoder", "is_mnemonic"]
