"""The operand forms of common instructions, for messages (Arm ARM DDI 0487, C6.2 and C7.2, as GNU as spells them).

R is a register of 32 or 64 bits (w0 … w30, x0 … x30, wzr, xzr), the same width throughout one form; X and W insist on
one width. This table explains; it decides nothing.
"""

import re

from playground.assembly.words import word_set

_TABLE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("add sub", ("R, R, R {, lsl|lsr|asr #n}", "R|sp, R|sp, #0…4095 {, lsl #12}", "X|sp, X|sp, W, uxtw|sxtw {#0…4}")),
    ("adds subs", ("R, R, R {, lsl|lsr|asr #n}", "R, R|sp, #0…4095 {, lsl #12}", "X, X|sp, W, uxtw|sxtw {#0…4}")),
    ("cmp cmn", ("R, R {, lsl|lsr|asr #n}", "R|sp, #0…4095 {, lsl #12}", "X|sp, W, uxtw|sxtw {#0…4}")),
    ("and orr eor ands", ("R, R, R {, lsl|lsr|asr|ror #n}", "R, R, #bitmask")),
    ("bic bics orn eon", ("R, R, R {, lsl|lsr|asr|ror #n}",)),
    ("tst", ("R, R {, lsl|lsr|asr|ror #n}", "R, #bitmask")),
    ("mov", ("R, R", "X, sp", "sp, X", "R, #immediate")),
    ("movz movn movk", ("R, #0…65535 {, lsl #0|16|32|48}",)),
    ("mvn neg negs", ("R, R {, lsl|lsr|asr #n}",)),
    ("lsl lsr asr ror", ("R, R, #0…width-1", "R, R, R")),
    ("adc adcs sbc sbcs mul mneg udiv sdiv lslv lsrv asrv rorv", ("R, R, R",)),
    ("ngc ngcs rbit rev16 clz cls rev", ("R, R",)),
    ("madd msub", ("R, R, R, R",)),
    ("smull umull smnegl umnegl", ("X, W, W",)),
    ("smaddl umaddl smsubl umsubl", ("X, W, W, X",)),
    ("smulh umulh", ("X, X, X",)),
    ("sxtw", ("X, W",)),
    ("sxtb sxth", ("R, W",)),
    ("uxtb uxth", ("W, W",)),
    ("ubfx sbfx ubfiz sbfiz bfi bfxil", ("R, R, #lsb, #width",)),
    ("bfc", ("R, #lsb, #width",)),
    ("extr", ("R, R, R, #lsb",)),
    ("csel csinc csinv csneg", ("R, R, R, condition",)),
    ("cset csetm", ("R, condition",)),
    ("cinc cinv cneg", ("R, R, condition",)),
    ("ccmp ccmn", ("R, R, #flags, condition", "R, #0…31, #flags, condition")),
    ("ldr", ("R, [X|sp {, #offset}]", "R, [X|sp], #offset", "R, [X|sp, #offset]!", "R, [X|sp, X {, lsl #n}]",
             "R, [X|sp, W, uxtw|sxtw {#n}]", "R, label", "R, =value")),
    ("str", ("R, [X|sp {, #offset}]", "R, [X|sp], #offset", "R, [X|sp, #offset]!", "R, [X|sp, X {, lsl #n}]",
             "R, [X|sp, W, uxtw|sxtw {#n}]")),
    ("ldrb ldrh strb strh", ("W, [X|sp {, #offset}]", "W, [X|sp], #offset", "W, [X|sp, #offset]!", "W, [X|sp, X]")),
    ("ldrsb ldrsh", ("R, [X|sp {, #offset}]", "R, [X|sp], #offset", "R, [X|sp, #offset]!", "R, [X|sp, X]")),
    ("ldrsw", ("X, [X|sp {, #offset}]", "X, [X|sp], #offset", "X, [X|sp, #offset]!", "X, [X|sp, X {, lsl #2}]")),
    ("ldp stp", ("R, R, [X|sp {, #offset}]", "R, R, [X|sp], #offset", "R, R, [X|sp, #offset]!")),
    ("ldur stur", ("R, [X|sp {, #-256…255}]",)),
    ("ldxr ldaxr ldar stlr", ("R, [X|sp]",)),
    ("stxr stlxr", ("W, R, [X|sp]",)),
    ("ret", ("", "X")),
    ("br blr", ("X",)),
    ("svc hvc smc brk hlt", ("#0…65535",)),
    ("nop yield wfe wfi sev", ("",)),
    ("fadd fsub fmul fdiv fmax fmin fmaxnm fminnm fnmul", ("D, D, D", "S, S, S", "V.4s, V.4s, V.4s (or .2s, .2d)")),
    ("fneg fabs fsqrt frintz frintm frintp", ("D, D", "S, S", "V.4s, V.4s (or .2s, .2d)")),
    ("fmadd fmsub fnmadd fnmsub", ("D, D, D, D", "S, S, S, S")),
    ("fcmp fcmpe", ("D, D", "S, S", "D, #0.0", "S, #0.0")),
    ("fcsel", ("D, D, D, condition", "S, S, S, condition")),
    ("fmov", ("D, D", "S, S", "D, X", "X, D", "S, W", "W, S", "D|S, #constant")),
    ("fcvt", ("D, S", "S, D")),
    ("scvtf ucvtf", ("D|S, R", "D, D", "S, S")),
    ("fcvtzs fcvtzu", ("R, D|S", "D, D", "S, S")),
)  # fmt: skip

FORMS: dict[str, tuple[str, ...]] = {name: forms for names, forms in _TABLE for name in names.split()}

SAME_WIDTH = word_set(
    """
    and orr eor ands bic bics orn eon tst mov mvn neg negs lsl lsr asr ror adc adcs sbc sbcs mul mneg udiv sdiv
    ngc ngcs rbit rev16 clz cls rev madd msub csel csinc csinv csneg cinc cinv cneg ccmp ccmn extr ubfx sbfx ubfiz sbfiz
    bfi bfxil add sub adds subs cmp cmn ldp stp
    """
)
"""All their general registers have one width (add and cmp may extend a last w register by name)."""


_MODIFIER = re.compile(r"\s*\{, [^}]*\}|, uxtw\|sxtw \{[^}]*\}")
_ADDRESS = re.compile(r"\[[^\]]*\]")


def counts(mnemonic: str) -> set[int]:
    """The numbers of operands in the forms of `mnemonic`, shifts and extensions not counted; empty when not listed."""
    bare = [_ADDRESS.sub("[]", _MODIFIER.sub("", form)) for form in FORMS.get(mnemonic, ())]
    return {form.count(",") + 1 if form else 0 for form in bare}


def told(mnemonic: str) -> str:
    """A sentence that lists the forms; empty when they are not listed."""
    forms = FORMS.get(mnemonic)
    if not forms:
        return ""
    return f"{mnemonic} takes " + "; or ".join(f"`{form}`" if form else "nothing" for form in forms)
