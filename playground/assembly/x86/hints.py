"""What to say about a mnemonic that x86-64 does not have."""

import re
from dataclasses import replace
from difflib import get_close_matches

from playground.assembly.encoding import InstructionStatement
from playground.assembly.foreign_directives import gas_hint, nasm_hint
from playground.assembly.x86.families import FAMILIES, known_mnemonics
from playground.assembly.x86.fixed import PREFIXES
from playground.assembly.x86.forms import told
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


GAS_ONLY = {
    "movabs": "mov", "callq": "call", "jmpq": "jmp", "leaveq": "leave", "cltq": "cdqe", "cqto": "cqo", "cltd": "cdq",
    "cwtl": "cwde", "cbtw": "cbw", "cwtd": "cwd", "lret": "retf", "movzb": "movzx", "movzw": "movzx",
    "movs": "movsb, movsw, movsd or movsq", "stos": "stosb, stosw, stosd or stosq", "lods": "lodsb … lodsq",
    "scas": "scasb … scasq", "cmps": "cmpsb … cmpsq", "fldt": "fld tword", "fstpt": "fstp tword",
    "fildll": "fild qword",
    "fistpll": "fistp qword", "movsl": "movsd", "stosl": "stosd", "lodsl": "lodsd",
}  # fmt: skip
"""Instructions that GNU as knows by a name that NASM does not have -> NASM's."""

NO_FORM = "no form of this instruction takes these operands"
"""Stands for the list of forms, where they are listed."""
_ORDER = {
    "gas": "AT&T writes the source first: mov source, destination",
    "intel": "Intel syntax writes the destination first: mov destination, source",
    "nasm": "NASM writes the destination first: mov destination, source",
}

_ABOUT_FORMS = re.compile(r"takes|has no|cannot be an immediate|type mismatch|cannot extend|needs an indirect")
_SYNTAX_HINTS = {
    "gas": re.compile(r"(?P<dollar>\$[A-Za-z_.][\w.]*\()|(?P<relative>\[\s*rel\b)"),
    "intel": re.compile(r"(?P<relative>\[\s*rel\b)|(?P<open>\[[^\]]*$)"),
    "nasm": re.compile(r"(?P<percent>%[a-z])|(?P<open>\[[^\]]*$)", re.IGNORECASE),
}
"""What other dialects write, and what is left open, in each dialect's operands."""
_WORD_HINTS = {
    "dollar": "$symbol is its address, symbol(%rip) the memory there: take one",
    "relative": "[rel symbol] is NASM's: GNU as writes symbol(%rip), or [rip + symbol] in Intel syntax",
    "open": "the bracket [ is not closed",
    "percent": "NASM writes registers without a percent sign",
}


def explained(problem: Problem, statement: InstructionStatement, syntax: str) -> Problem:
    """`problem` in the words of the statement it came from, with the best hint there is."""
    mnemonic = _mnemonic_of(statement)
    text = f"{statement.mnemonic} {statement.operands}".lower()
    if problem.token and problem.token.lower() not in text and f"{problem.token!r}" in problem.message:
        message = problem.message.replace(f"{problem.token!r}", f"{mnemonic!r}")
        problem = replace(problem, message=message, token=mnemonic)
    if problem.hint in ("", NO_FORM):
        problem = replace(problem, hint=_advice(problem, mnemonic, statement.operands, syntax) or problem.hint)
    return with_machine(problem, statement.operands)


def _mnemonic_of(statement: InstructionStatement) -> str:
    """The mnemonic behind prefixes."""
    words = [statement.mnemonic, *statement.operands.lower().split()]
    return next((word for word in words if word not in PREFIXES), statement.mnemonic)


def _advice(problem: Problem, mnemonic: str, operands: str, syntax: str) -> str:
    if "size mismatch" in problem.message:
        extending = "movzbl, movslq and their like" if syntax == "gas" else "movzx and movsx"
        return f"both operands have one size; {extending} extend a smaller one"
    if "has no dword form" in problem.message and mnemonic.startswith(("push", "pop")):
        return "64-bit code pushes and pops 8 bytes: use the 64-bit register"
    if (found := _SYNTAX_HINTS[syntax].search(operands)) is not None:
        return _WORD_HINTS[found.lastgroup or ""]
    if problem.hint != NO_FORM and not _ABOUT_FORMS.search(problem.message):
        return ""
    forms = told(mnemonic, syntax == "gas")
    if "cannot be an immediate" in problem.message:
        return f"{_ORDER[syntax]}; {forms}" if forms else _ORDER[syntax]
    return forms


def with_machine(problem: Problem, operands: str) -> Problem:
    """`problem` with a better hint where the operands are another machine's registers."""
    found = _AARCH64_REGISTER.search(operands)
    if found is None or "%" in operands or "AArch64" in problem.hint:
        return problem
    return replace(problem, hint=f"{found.group()} is a register of AArch64: choose that architecture, or write x86-64")


def foreign_mnemonic(name: str, operands: str, syntax: str) -> Problem:
    """The complaint in a file of the dialect `syntax` about `name`, with the best guess at what was meant."""
    for machine, names in OTHER_MACHINES.items():
        if name in names or (machine == "AArch64" and name.startswith("b.")):
            message = f"x86-64 has no `{name}`: this looks like {machine}"
            return Problem(message, name, f"choose {machine} as the architecture, or write x86-64 instructions")
    if syntax == "nasm" and name in GAS_ONLY:
        return Problem(f"NASM has no instruction `{name}`", name, f"NASM writes {GAS_ONLY[name]}")
    if syntax == "nasm" and (hint := gas_hint(name)):
        return Problem(f"NASM has no directive `{name}`", name, hint)
    if syntax != "nasm" and (hint := nasm_hint(name, operands)):
        return Problem(f"x86-64 has no instruction `{name[:40]}`", name[:40], hint)
    if name[-1:] in "bwlq" and name[:-1] in FAMILIES:
        hint = f"this is AT&T syntax's spelling: write `{name[:-1]}` here"
        return Problem(f"this syntax has no instruction `{name}`", name, hint)
    close = get_close_matches(name[:20], _names(), 1, 0.75)
    hint = f"did you mean `{close[0]}`?" if close else "see the Intel SDM, volume 2, for the instructions of x86-64"
    return Problem(f"x86-64 has no instruction `{name[:40]}`", name[:40], hint)


def _names() -> list[str]:
    return sorted({*FAMILIES, *(name for name in known_mnemonics() if not name.startswith("v"))})
