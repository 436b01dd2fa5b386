"""The names of aarch64's instructions: what tells our gap from the writer's mistake."""

import re
from functools import cache
from importlib import resources

from playground.assembly.words import word_set


@cache
def mnemonics() -> frozenset[str]:
    """Every mnemonic of the instruction set (mnemonics.txt names its source)."""
    text = resources.files(__package__).joinpath("mnemonics.txt").read_text()
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())


def is_mnemonic(name: str) -> bool:
    """True when aarch64 has an instruction `name` (in lower case)."""
    return name in mnemonics()


_X86_REGISTER = re.compile(
    r"\b(?:[re]?[abcd]x|[re]?[sd]i|[re][sb]p|[abcd][lh]|r(?:8|9|1[0-5])[dwb]?|xmm[0-9]+)\b", re.IGNORECASE
)
_ARM32 = word_set(
    """
    push pop ldmia ldmfd stmdb stmfd ldm stm bx blx moveq movne movgt movlt movge movle addeq addne subs.n rsb movw
    movt it ite swi vpush vpop vldr vstr vadd.f32 vmov pld teq mlal
    """
)
_X86 = word_set(
    """
    movl movq movb movw movabs movabsq leaq leal lea addl addq subl subq imul imull imulq idiv idivl cmpl cmpq testl
    testq jmp je jne jg jge jl jle ja jae jb jbe jz jnz call callq leave syscall int pushq popq xor xorl xorq shl
    shr sal sar cltq cqto cltd movsx movzx movss movsd movslq endbr64 inc dec loop retq sete setne cmove
    """
)


def foreign_hint(mnemonic: str, operands: str) -> str:
    """Which other instruction set a line looks like; empty when it looks like none."""
    if "%" in operands and _X86_REGISTER.search(operands):
        return "this looks like x86-64 AT&T"
    if mnemonic in _X86:
        att = mnemonic[-1] in "lqbw" and mnemonic not in ("call", "imul", "shl", "jl", "movb")
        return "this looks like x86-64 AT&T" if att else "this looks like x86-64"
    if mnemonic in _ARM32 or re.search(r"\b(?:r[0-9]|r1[0-5])\b", operands):
        return "this looks like 32-bit Arm, which has other instructions and registers"
    return "this looks like x86-64" if _X86_REGISTER.search(operands) else ""
