"""What models get wrong, and the advice it earns, in the dialect of the file."""

import pytest

from playground.assembly import assemble
from playground.assembly.aarch64.forms import FORMS as AARCH64_FORMS
from playground.assembly.aarch64.forms import counts
from playground.assembly.aarch64.mnemonics import is_mnemonic as is_aarch64_mnemonic
from playground.assembly.foreign_directives import GAS_TO_NASM, NASM_TO_GAS
from playground.assembly.program import Diagnostic, Source
from playground.assembly.x86.forms import FORMS as X86_FORMS
from playground.assembly.x86.forms import told
from playground.assembly.x86.instruction_parser import is_mnemonic as is_x86_mnemonic


def mistake(line: str, arch: str, syntax: str) -> Diagnostic:
    result = assemble(Source(text=f"\t{line}\n", arch=arch, syntax=syntax))
    assert result.image is None
    (found,) = result.diagnostics
    return found


@pytest.mark.parametrize(
    ("line", "token", "words"),
    [
        ("mov rax, 1", "rax", "register of x86-64"),
        ("add x0, rax, #1", "rax", "register of x86-64"),
        ("ldr x0, [r1]", "[r1]", "32-bit Arm"),
        ("mov x32, 1", "x32", "x0 to x30"),
        ("add x0, x1", "add", "takes 3 operands"),
        ("add x0, x1, w2", "w2", "w2, uxtw"),
        ("add w0, x1, w2", "x1", "write w1"),
        ("add x0, x1, #5000", "#5000", "0 and 4095"),
        ("and x0, x1, #5", "#5", "bitmask"),
        ("mul x0, x1, #3", "#3", "mov x9, #3"),
        ("mov x0, [x1]", "[x1]", "ldr x0, [x1]"),
        ("add x0, x1, [x2]", "[x2]", "ldr the value"),
        ("ldr x0, x1", "x1", "in brackets: [x1]"),
        ("str #5, [x0]", "#5", "mov the value"),
        ("ldr x0, [x1, #40000]", "[x1, #40000]", "multiple of 8 up to 32760"),
        ("ldr w0, [x1, w2]", "[x1, w2]", "uxtw or sxtw"),
        ("ldrb x0, [x1]", "x0", "write w0"),
        ("ldr x0, [w1]", "[w1]", "write x1"),
        ("stp x0, [sp, #-16]!", "stp", "second register"),
        ("stp x0, x1, [sp, #1024]", "[sp, #1024]", "-512 to 504"),
        ("lsl w0, w1, #32", "#32", "between 0 and 31"),
        ("csel x0, x1, x2", "csel", "condition"),
        ("cset x0, x1", "x1", "eq ne"),
        ("fmov d0, #0.3", "#0.3", "from memory"),
        ("fadd d0, d1, s2", "s2", "fcvt"),
        ("fadd x0, x1, x2", "x0", "scvtf"),
        ("add v0.4s, v1.4s, v2.2d", "v2.2d", "different shapes"),
        ("ld1 v0.4s, [x0]", "v0.4s", "{v0.4s}"),
        ("sxtw x0, x1", "x1", "write w1"),
        ("br label", "label", "b label"),
        ("bl x0", "x0", "blr"),
        ("jmp label", "jmp", "aarch64 has b"),
        ("xor x0, x1, x2", "xor", "eor"),
        ("call puts", "call", "bl"),
        ("push x0", "push", "str x0, [sp, #-16]!"),
        ("ldr x0, :lo12:msg", ":lo12:", "brackets of the load"),
        ("add x0, x0, msg@PAGEOFF", "@PAGEOFF", ":lo12:symbol"),
        ("mov w0, dword [x1]", "[", "sizes and addresses"),
        ("section .text", "section", ".section"),
        ('msg db "hi"', "msg", ".ascii"),
        ("mul x0, x1, sp", "sp", "another register"),
        ("ubfx x0, x1, #60, #8", "#60", "at most 64"),
    ],
)
def test_aarch64(line: str, token: str, words: str) -> None:
    found = mistake(line, "aarch64", "gas")
    assert found.token == token
    assert words in f"{found.message} {found.hint}"


@pytest.mark.parametrize(
    ("syntax", "line", "token", "words"),
    [
        ("gas", "mov eax, 1", "eax", "%eax"),
        ("gas", "mov %eax, [rbx]", "[", "displacement(%base,%index,scale)"),
        ("gas", "movl (%rax), (%rbx)", "mov", "through a register"),
        ("gas", "movl %rax, %rbx", "rbx", "movslq"),
        ("gas", "movl %eax, $5", "mov", "source first"),
        ("gas", "leal %eax, %ebx", "leal", "`mem, reg`"),
        ("gas", "shl %rbx, %rax", "shl", "`cl, reg|mem`"),
        ("gas", "addq $0x123456789, %rax", "0x123456789", "movabs"),
        ("gas", "push %eax", "push", "64-bit register"),
        ("gas", "mov x0, #1", "x0", "AArch64"),
        ("gas", "movl $msg(%rip), %eax", "(", "symbol(%rip)"),
        ("gas", "section .text", "section", ".section"),
        ("gas", "bl puts", "bl", "AArch64"),
        ("intel", "mov [rax], 5", "mov", "DWORD PTR"),
        ("intel", "mov [rax], [rbx]", "mov", "through a register"),
        ("intel", "mov dword [rax], 5", "[", "DWORD PTR [...]"),
        ("intel", "lea rdi, [rel msg]", "msg", "rip + symbol"),
        ("intel", "movl eax, 5", "movl", "write `mov`"),
        ("intel", "mov eax, $5", "$5", "without $"),
        ("intel", "mov 5, eax", "mov", "destination first"),
        ("intel", "imul eax, 5, 6", "imul", "`reg, reg|mem, imm`"),
        ("intel", 'msg db "hi", 0', "msg", ".asciz"),
        ("nasm", "mov [rax], 5", "mov", "dword"),
        ("nasm", "mov dword ptr [rax], 5", "ptr", "without PTR"),
        ("nasm", "mov rax, offset msg", "offset", "symbol alone"),
        ("nasm", "mov %eax, 5", "%", "without a percent sign"),
        ("nasm", ".globl main", ".globl", "global"),
        ("nasm", '.asciz "abc"', ".asciz", "db 'text', 0"),
        ("nasm", "mov rax, [rbx", "rbx", "not closed"),
        ("nasm", 'db "abc', '"', "closing quote"),
    ],
)
def test_x86(syntax: str, line: str, token: str, words: str) -> None:
    found = mistake(line, "x86_64", syntax)
    assert found.token == token
    assert words in f"{found.message} {found.hint}"


def test_the_tables_of_forms_name_instructions() -> None:
    assert [name for name in AARCH64_FORMS if not is_aarch64_mnemonic(name)] == []
    assert [name for name in X86_FORMS if not is_x86_mnemonic(name)] == []
    assert not [name for name in NASM_TO_GAS if is_x86_mnemonic(name) or is_aarch64_mnemonic(name)]
    assert all(name.startswith(".") for name in GAS_TO_NASM)


def test_forms_are_counted_without_their_optional_parts() -> None:
    assert counts("madd") == {4}
    assert counts("ret") == {0, 1}
    assert counts("ldr") == {2, 3}
    assert counts("add") == {3}


def test_the_order_of_forms_is_the_dialects() -> None:
    assert told("lea", is_att=False) == "lea takes `reg, mem`"
    assert told("leaq", is_att=True) == "leaq takes `mem, reg` (the source comes first)"
    assert told("frobnicate", is_att=True) == ""
