"""The operand forms of common instructions, for messages (Intel SDM vol. 2, each entry), destination first.

This table explains; it decides nothing.
"""

from playground.assembly.x86.families import CONDITIONS

_CMOV = " ".join("cmov" + condition for condition in CONDITIONS)
_SET = " ".join("set" + condition for condition in CONDITIONS)
_JCC = " ".join("j" + condition for condition in CONDITIONS)

_TABLE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("add or adc sbb and sub xor cmp mov", ("reg, reg|mem|imm", "mem, reg|imm")),
    ("test", ("reg|mem, reg|imm",)),
    ("lea", ("reg, mem",)),
    ("xchg", ("reg, reg|mem", "mem, reg")),
    ("cmpxchg xadd", ("reg|mem, reg",)),
    ("inc dec neg not mul div idiv", ("reg|mem",)),
    ("imul", ("reg|mem", "reg, reg|mem", "reg, reg|mem, imm")),
    ("rol ror rcl rcr shl sal shr sar", ("reg|mem, imm8", "reg|mem, cl", "reg|mem")),
    ("shld shrd", ("reg|mem, reg, imm8", "reg|mem, reg, cl")),
    ("bt bts btr btc", ("reg|mem, reg|imm8",)),
    (f"bsf bsr lzcnt tzcnt popcnt {_CMOV}", ("reg, reg|mem",)),
    ("movzx movsx", ("reg, smaller reg|mem",)),
    ("movsxd", ("reg64, reg32|mem32",)),
    ("movabs", ("reg64, imm64", "al|ax|eax|rax, mem", "mem, al|ax|eax|rax")),
    ("push", ("reg64|mem64|imm32",)),
    ("pop", ("reg64|mem64",)),
    (_SET, ("reg8|mem8",)),
    ("bswap", ("reg32|reg64",)),
    ("jmp call", ("label", "reg64|mem64")),
    (f"{_JCC} loop loope loopne jrcxz jecxz", ("label",)),
    ("ret", ("", "imm16")),
    ("int", ("imm8",)),
    ("enter", ("imm16, imm8",)),
    ("syscall cpuid leave cqo cdq cdqe cwde rdtsc nop hlt ud2 pause mfence lfence sfence", ("",)),
    ("addss subss mulss divss sqrtss minss maxss ucomiss comiss cvtss2sd", ("xmm, xmm|mem32",)),
    ("addsd subsd mulsd divsd sqrtsd minsd maxsd ucomisd comisd cvtsd2ss", ("xmm, xmm|mem64",)),
    ("movss", ("xmm, xmm|mem32", "mem32, xmm")),
    ("movsd", ("xmm, xmm|mem64", "mem64, xmm", "")),
    ("movaps movapd movups movupd movdqa movdqu", ("xmm, xmm|mem128", "mem128, xmm")),
    ("movd", ("xmm, reg32|mem32", "reg32|mem32, xmm")),
    ("movq", ("xmm, reg64|mem64|xmm", "reg64|mem64, xmm")),
    ("cvtsi2sd cvtsi2ss", ("xmm, reg32|reg64|mem",)),
    ("cvtsd2si cvttsd2si cvtss2si cvttss2si", ("reg32|reg64, xmm|mem",)),
    ("addps addpd subps subpd mulps mulpd divps divpd andps andpd orps orpd xorps xorpd", ("xmm, xmm|mem128",)),
    ("pxor por pand pandn paddb paddw paddd paddq psubb psubw psubd psubq pmulld pmuludq", ("xmm, xmm|mem128",)),
    ("pcmpeqb pcmpeqd pcmpgtd unpcklps unpcklpd punpckldq haddps haddpd", ("xmm, xmm|mem128",)),
    ("pshufd shufps shufpd", ("xmm, xmm|mem128, imm8",)),
    ("pshufb", ("xmm, xmm|mem128",)),
)  # fmt: skip

FORMS: dict[str, tuple[str, ...]] = {name: forms for names, forms in _TABLE for name in names.split()}


def told(mnemonic: str, is_att: bool) -> str:
    """A sentence that lists the forms in the dialect's order; empty when they are not listed."""
    name = mnemonic
    if is_att and name not in FORMS and name[-1:] in "bwlq":
        name = name[:-1]
    forms = [_ordered(form, is_att) for form in FORMS.get(name, ())]
    if not forms:
        return ""
    order = " (the source comes first)" if is_att and any("," in form for form in forms) else ""
    return f"{mnemonic} takes " + "; or ".join(f"`{form}`" if form else "nothing" for form in forms) + order


def _ordered(form: str, is_att: bool) -> str:
    return ", ".join(reversed(form.split(", "))) if is_att else form
