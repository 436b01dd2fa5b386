"""What to say about a mnemonic that x86-64 does not have."""

import re
from dataclasses import replace
from difflib import get_close_matches

from playground.assembly.x86.families import FAMILIES, known_mnemonics
from playground.assembly.x86.operands import Problem

_NAMES = {
    "AArch64": """
        ldr ldrb ldrh ldrsw ldrsb ldrsh ldur ldp   strh stur stp adr adrp b bl br blr cbz cbnz tbz tbnz madd msub
        mneg sdiv udiv smull umull smulh umulh  lsr asr orr eor bic mvn movz movk movn csel cset csetm csinc cinc
        cneg ccmp sxtw uxtw sxtb uxtb sxth uxth ubfx sbfx ubfiz sbfiz bfi svc    tst cmn fmov scvtf ucvtf
        fcvtzs fcvtzu""",
    "RISC-V": "addi addiw lw sw ld sd lui auipc beq bne blt bge jal jalr mv li la ecall",
    "MIPS": "addiu addu subu jr",
}
OTHER_MACHINES = {machine: frozenset(names.split()) for machine, names in _NAMES.items()}
"""Mnemonics by which other machines' code is recognised, none of them x86-64's."""


_AARCH64_REGISTER = re.compile(r"(?<![\w%.$])(?:[wx](?:[12]?[0-9]|30)|[wx]zr)(?![\w(:])", re.IGNORECASE)


def with_machine(problem: Problem, operands: str) -> Problem:
    """`problem` with a better hint where the operands are another machine's registers."""
    found = _AARCH64_REGISTER.search(operands)
    if found is None or "%" in operands or "AArch64" in problem.hint:
        return problem
    return replace(problem, hint=f"{found.group()} is a register of AArch64: choose that architecture, or write x86-64")


def foreign_mnemonic(name: str, operands: str) -> Problem:
    """The complaint about `name`, with the best guess at what was meant."""
    for machine, names in OTHER_MACHINES.items():
        if name in names or (machine == "AArch64" and name.startswith("b.")):
            message = f"x86-64 has no `{name}`: this looks like {machine}"
            return Problem(message, name, f"choose {machine} as the architecture, or write x86-64 instructions")
    if name[-1:] in "bwlq" and name[:-1] in FAMILIES:
        hint = f"this is AT&T syntax's spelling: write `{name[:-1]}` here"
        return Problem(f"this syntax has no instruction `{name}`", name, hint)
    close = get_close_matches(name[:20], _names(), 1, 0.75)
    hint = f"did you mean `{close[0]}`?" if close else "see the Intel SDM, volume 2, for the instructions of x86-64"
    return Problem(f"x86-64 has no instruction `{name[:40]}`", name[:40], hint)


def _names() -> list[str]:
    return sorted({*FAMILIES, *(name for name in known_mnemonics() if not name.startswith("v"))})
