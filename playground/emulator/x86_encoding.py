"""What an x86-64 instruction's first bytes say: prefixes, REX, opcode (Intel SDM volume 2, 2.1 and 2.2.1)."""

from dataclasses import dataclass

PREFIXES = frozenset(b"\x26\x2e\x36\x3e\x64\x65\x66\x67\xf0\xf2\xf3")
NUMBERED_REGISTERS = (
    "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
)  # fmt: skip
"""By encoding number."""


@dataclass(frozen=True)
class Opcode:
    """An instruction's bytes behind its prefixes."""

    first: int
    rest: bytes
    rex: int
    prefixes: bytes

    @property
    def modrm(self) -> int:
        """Of a two-byte opcode."""
        return self.rest[1] if len(self.rest) > 1 else 0

    @property
    def start(self) -> int:
        """Bytes before the opcode."""
        return len(self.prefixes) + (self.rex != 0)

    @property
    def mandatory(self) -> int:
        """The prefix that selects an SSE instruction: the last of f2 and f3, else 66, else 0."""
        repeats = [prefix for prefix in self.prefixes if prefix in (0xF2, 0xF3)]
        return repeats[-1] if repeats else 0x66 if 0x66 in self.prefixes else 0


def split(data: bytes) -> Opcode | None:
    """None when there is nothing but prefixes."""
    at = 0
    while at < len(data) and data[at] in PREFIXES:
        at += 1
    prefixes = data[:at]
    rex = 0
    if at < len(data) and data[at] & 0xF0 == 0x40:
        rex = data[at]
        at += 1
    return Opcode(data[at], data[at + 1 :], rex, prefixes) if at < len(data) else None
