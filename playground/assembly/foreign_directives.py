"""Directives of the other assembler: what NASM's words are called in GNU as, and the other way round."""

NASM_TO_GAS = {
    "section": ".section", "segment": ".section", "global": ".globl",
    "extern": "nothing: an undefined symbol is external by itself", "db": ".byte, .ascii or .asciz", "dw": ".short",
    "dd": ".long", "dq": ".quad", "dt": ".tfloat", "resb": ".skip n", "resw": ".skip 2*n", "resd": ".skip 4*n",
    "resq": ".skip 8*n", "equ": ".equ name, value", "times": ".rept n … .endr", "bits": "nothing: it is 64-bit code",
    "default": "symbol(%rip) or [rip + symbol]", "align": ".balign", "%define": ".set or .macro", "%macro": ".macro",
    "%endmacro": ".endm", "struc": ".set for each offset",
}  # fmt: skip
GAS_TO_NASM = {
    ".globl": "global", ".global": "global", ".section": "section", ".text": "section .text", ".data": "section .data",
    ".bss": "section .bss", ".rodata": "section .rodata", ".extern": "extern", ".byte": "db", ".short": "dw",
    ".word": "dw", ".long": "dd", ".int": "dd", ".quad": "dq", ".ascii": "db 'text'", ".asciz": "db 'text', 0",
    ".string": "db 'text', 0", ".equ": "name equ value", ".set": "name equ value", ".skip": "resb or times n db 0",
    ".space": "resb or times n db 0", ".zero": "times n db 0", ".fill": "times n db value", ".align": "align",
    ".balign": "align", ".p2align": "align", ".rept": "%rep", ".endr": "%endrep", ".macro": "%macro",
    ".endm": "%endmacro", ".float": "dd", ".double": "dq", ".comm": "common", ".lcomm": "resb in section .bss",
    ".type": "global name:function", ".size": "nothing", ".file": "nothing", ".ident": "nothing",
    ".intel_syntax": "nothing: NASM is Intel order by itself",
}  # fmt: skip


def nasm_hint(name: str, operands: str) -> str:
    """What GNU as has for a line of NASM's; empty when it is none. ``name db …`` counts as well."""
    second = operands.split(None, 1)[0].lower() if operands.strip() else ""
    word = name if name in NASM_TO_GAS else second
    meant = NASM_TO_GAS.get(word)
    return f"`{word}` is NASM's: GNU as writes {meant}, or choose NASM as the syntax" if meant else ""


def gas_hint(name: str) -> str:
    """What NASM has for a directive of GNU as; empty when it is none."""
    meant = GAS_TO_NASM.get(name)
    if meant:
        return f"`{name}` is a directive of GNU as: NASM writes {meant}, or choose GAS as the syntax"
    return (
        "directives with a dot are GNU as's: choose GAS as the syntax, or write NASM's" if name[:5] == ".cfi_" else ""
    )
