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


_COUNTERPARTS = {
    "xor": "eor", "or": "orr", "not": "mvn", "call": "bl", "callq": "bl", "jmp": "b", "je": "b.eq", "jz": "b.eq or cbz",
    "jne": "b.ne", "jnz": "b.ne or cbnz", "jg": "b.gt", "jge": "b.ge", "jl": "b.lt", "jle": "b.le", "ja": "b.hi",
    "jae": "b.hs", "jb": "b.lo", "jbe": "b.ls", "lea": "adrp and add :lo12:, or adr", "inc": "add with #1",
    "dec": "sub with #1", "div": "udiv or sdiv", "idiv": "sdiv", "imul": "mul", "mod": "sdiv, then msub",
    "rem": "sdiv, then msub", "push": "str x0, [sp, #-16]!", "pop": "ldr x0, [sp], #16", "shl": "lsl", "shr": "lsr",
    "sal": "lsl", "sar": "asr", "movsx": "sxtw, sxth or sxtb", "movzx": "uxtb, uxth or ldrb", "movsxd": "sxtw",
    "sete": "cset with eq", "setne": "cset with ne", "cmove": "csel with eq", "syscall": "svc #0", "int": "svc #0",
    "swi": "svc #0", "leave": "ldp x29, x30, [sp], #16", "retq": "ret", "rsb": "sub or neg", "bx": "br", "blx": "blr",
    "ldm": "ldp", "ldmia": "ldp", "ldmfd": "ldp", "stm": "stp", "stmdb": "stp", "stmfd": "stp", "movw": "movz",
    "movt": "movk with lsl #16", "moveq": "csel with eq", "movne": "csel with ne", "vldr": "ldr", "vstr": "str",
    "vmov": "fmov", "vadd.f32": "fadd", "xchg": "three moves, or swp", "cqto": "nothing: sdiv needs no extension",
    "cltq": "sxtw", "cdqe": "sxtw", "li": "mov", "la": "adrp and add :lo12:, or adr", "mv": "mov", "j": "b",
    "addi": "add", "lw": "ldr", "sw": "str", "b.equal": "b.eq", "loop": "subs and b.ne", "test": "tst",
}  # fmt: skip
"""Other machines' instructions (and invented ones) -> what does it here."""


def counterpart(mnemonic: str) -> str:
    """What aarch64 has instead of another machine's instruction, as a sentence; empty when it is not listed."""
    name = mnemonic if mnemonic in _COUNTERPARTS else mnemonic[:-1] if mnemonic[-1:] in "lqbw" else ""
    meant = _COUNTERPARTS.get(name)
    return f"aarch64 has {meant}" if meant else ""


_NO_REGISTER = re.compile(r"[xw](?:3[1-9]|[4-9][0-9])|[dsqhbv](?:3[2-9]|[4-9][0-9])", re.IGNORECASE)
_ARM32_REGISTER = re.compile(r"r(?:[0-9]|1[0-5])", re.IGNORECASE)


def foreign_register(name: str) -> str:
    """What to do about a word that was meant for a register; empty when it looks like none."""
    bare = name.lstrip("%$")
    if _X86_REGISTER.fullmatch(bare) and not (_ARM32_REGISTER.fullmatch(bare) and name == bare):
        return f"{name} is a register of x86-64: choose that architecture, or write x0 to x30 and w0 to w30"
    if _ARM32_REGISTER.fullmatch(bare):
        return f"{name} is a register of 32-bit Arm: aarch64 has x0 to x30 (64 bits) and w0 to w30 (32 bits)"
    if _NO_REGISTER.fullmatch(bare):
        return "the registers are x0 to x30, w0 to w30, xzr, wzr, sp, and v0 to v31 (d, s, h, b, q)"
    return ""
