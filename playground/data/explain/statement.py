"""One instruction line in parts, registers by their full names."""

import re
from dataclasses import dataclass

_A64 = re.compile(r"\b(?:([wx])(\d+)|([bhsdqv])(\d+)|sp|wsp)\b")
_X86_FAMILIES = (
    *(((f"r{n}x", f"e{n}x", f"{n}x", f"{n}l", f"{n}h")) for n in "abcd"),
    *(((f"r{n}", f"e{n}", n, f"{n}l")) for n in ("si", "di", "bp", "sp")),
    *(((f"r{n}", f"r{n}d", f"r{n}w", f"r{n}b")) for n in range(8, 16)),
)
_X86 = {name: family[0] for family in _X86_FAMILIES for name in family}
_X86_WORD = re.compile(r"\b(?:xmm\d+|[re]?[a-d]x|[a-d][lh]|[re]?[sd]i|[sd]il|[re]?[sb]p|[sb]pl|r\d+[dwb]?)\b")
_INSTRUCTION = re.compile(r"^ ([a-z][\w.]*)(?:\s+(.+))?$")


@dataclass(frozen=True, kw_only=True)
class Explained:
    """What one instruction does."""

    text: str = ""
    """Empty: nothing is said."""
    written: frozenset[str] = frozenset()
    """Registers that change, by their full names; more than change rather than fewer."""
    sets_flags: bool = False
    compared: tuple[str, str] | None = None
    """The operands of a comparison, as they are written; None for other instructions that set the flags."""

    def touches(self, operands: tuple[str, str]) -> bool:
        """Whether an operand's value may have changed; one in memory always may."""
        return any("[" in one or self.written & set(full_names(one)) for one in operands)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """``add w0,w1,w2`` in parts; of x86 in Intel's order, whatever it was written in."""

    mnemonic: str
    operands: tuple[str, ...]
    arch: str

    @property
    def read_text(self) -> str:
        """The operands that may be read, as one text: all but a plain destination."""
        reads_first = self.mnemonic.startswith(("st", "cmp", "cmn", "tst", "cb", "tb", "test", "ucomi", "comi", "fcmp"))
        keeps = reads_first or (self.arch == "x86_64" and not self.mnemonic.startswith(("mov", "lea", "set")))
        return " ".join(self.operands if keeps else self.operands[1:])

    def registers(self) -> list[tuple[str, str]]:
        """Every register as it is written, with its full name."""
        pattern, text = (_A64 if self.arch == "aarch64" else _X86_WORD), " ".join(self.operands)
        return [(found[0], full_name(found[0])) for found in pattern.finditer(text)]


def full_name(register: str) -> str:
    """``w3`` -> ``x3``, ``d0`` -> ``v0``, ``eax`` -> ``rax``."""
    if found := re.fullmatch(r"w(\d+)", register):
        return f"x{found[1]}"
    if found := re.fullmatch(r"[bhsdq](\d+)", register):
        return f"v{found[1]}"
    return _X86.get(register, register)


def full_names(operand: str) -> list[str]:
    """The registers of one operand."""
    return [full_name(word) for word in re.findall(r"[a-z][a-z0-9]*", operand)]


def parse_statement(line: str, arch: str, syntax: str) -> Statement | None:
    """A canonical instruction line; None for labels, directives and what does not look like an instruction."""
    found = _INSTRUCTION.match(line)
    if found is None:
        return None
    operands = _split(found[2] or "")
    if arch == "x86_64" and syntax == "gas":
        return Statement(mnemonic=found[1], operands=tuple(map(_intel, reversed(operands))), arch=arch)
    return Statement(mnemonic=found[1], operands=tuple(operands), arch=arch)


def _split(text: str) -> list[str]:
    """At commas outside brackets."""
    parts, depth, current = [], 0, ""
    for character in text:
        depth += (character in "[({") - (character in "])}")
        if character == "," and not depth:
            parts.append(current.strip())
            current = ""
        else:
            current += character
    return [*parts, current.strip()] if current.strip() else parts


def _intel(operand: str) -> str:
    """``8(%rdi,%rax,4)`` -> ``[rdi+rax*4+8]``, ``$3`` -> ``3``, ``%eax`` -> ``eax``."""
    found = re.fullmatch(r"([^(]*)\((%\w+)?(?:,(%\w+)(?:,(\d))?)?\)", operand)
    if found is None:
        return operand.lstrip("*").removeprefix("$").replace("%", "")
    displacement, base, index, scale = (part.replace("%", "") if part else "" for part in found.groups())
    scaled = f"{index}*{scale}" if scale and scale != "1" else index
    parts = "+".join(part for part in (base, scaled, displacement) if part)
    return f"[{parts.replace('+-', '-')}]"
