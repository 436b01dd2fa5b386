"""Which architecture and syntax a text is taken for, and how that is said."""

import pytest

from playground.assembly.detect import detect
from playground.assembly.lexer import is_prose
from playground.assembly.line_kinds import LineKind, line_kind
from playground.assembly.program import Source
from playground.assembly.x86.instruction_parser import is_mnemonic

INSTRUCTIONS = (
    "mov rax, rdi", "mov eax, ebx", "call printf", "jmp again", "push rbp", "xor eax, eax", "rep movsb", "leave",
    "lock inc qword ptr [rdi]", "b loop", "bl printf", "cbz x0, done", "loop again", "cmp al, bl", "mov w0, wzr",
    "str xzr, [x0]", "ret", "syscall", "lea rsi, [rel msg]",
)  # fmt: skip
PROSE = (
    "and now we add", "move the value", "add the two numbers", "call the function", "set up stack frame",
    "return value in rax", "test if zero", "store result", "compare with zero", "save rbp", "sub rsp by 16",
    "mov value into rax", "Add the numbers and return the result.",
)  # fmt: skip

SAMPLES = {
    ("aarch64", "gas"): [
        "add x0, x1, x2\nret",
        "f:\n\tldr w0, [sp, 44]\n\tstr wzr, [sp]\n",
        "\t.arch armv8-a\n\t.text\n",
    ],
    ("x86_64", "gas"): [
        ".intel_syntax noprefix\n.att_syntax\nmovl $5, %eax",
        "f:\n\tmovl $1, %eax\n\t.intel_syntax noprefix\n\tmov ebx, eax\n\t.att_syntax prefix\n\tret\n",
        "\t.data\n\t.globl x\nx:\t.long 5\n\t.text\n\tmov x(%rip), %eax\n",
        "movl $5, %eax\nret",
        "f:\n\tpushq %rbp\n",
        "\tleaq .LC0(%rip), %rdi\n\tcall puts@PLT\n",
    ],
    ("x86_64", "intel"): [
        ".intel_syntax noprefix\nmov eax, 5",
        ".intel_syntax prefix\n" + "mov %eax, %ebx\n" * 500,
        '\t.data\nmsg:\t.asciz "x"\n\t.text\n\t.globl main\nmain:\n\tmov rax, rdi\n\tmov eax, ebx\n\tret\n',
        "\t.globl f\nf:\n\tmov eax, DWORD PTR [rdi]\n\tret\n",
    ],
    ("x86_64", "nasm"): [
        "section .text\nglobal _start\n_start:\n mov rax, 60\n syscall",
        "bits 64\nmov eax, [rel x]\nx: dd 5",
        "extern printf\nmain:\n\tmov rax, rdi ; the first\n\tcall printf\n\tret\n",
        "f:\n mov eax, edi ; one\n add eax, esi ; two\n ret\n",
    ],
}


@pytest.mark.parametrize(("expected", "text"), [(key, text) for key, texts in SAMPLES.items() for text in texts])
def test_detection(expected: tuple[str, str], text: str) -> None:
    found = detect(Source(text=text, arch="auto"))
    assert (found.arch, found.syntax) == expected
    assert "detected from" in found.sentence


def test_the_evidence_is_named_with_its_line() -> None:
    assert (
        detect(Source(text="# c\n\n\tmovl $5, %eax\n", arch="auto")).sentence
        == "x86-64, GAS AT&T (detected from %eax, line 3)"
    )


def test_what_is_given_is_kept() -> None:
    found = detect(Source(text="mov eax, 5", arch="x86_64", syntax="nasm"))
    assert (found.arch, found.syntax, found.sentence) == ("x86_64", "nasm", "")
    assert detect(Source(text="mov eax, 5", arch="aarch64")).arch == "aarch64"


def test_words_in_comments_and_strings_do_not_count() -> None:
    text = 'f:\n\tadd x0, x0, x1 // like addl %eax, %ebx\n\t.string "%rax %rbx %rcx"\n\tret\n'
    assert detect(Source(text=text, arch="auto")).arch == "aarch64"


def test_an_empty_text_is_assumed_to_be_something() -> None:
    assert "assumed" in detect(Source(text="\n", arch="auto")).sentence


def test_directives_of_gas_count_for_both_its_syntaxes() -> None:
    """Bare registers alone could be NASM's as well: the directives decide against it."""
    bare = "f:\n\tmov rax, rdi\n\tret\n"
    directives = "\t.text\n\t.globl f\n\t.p2align 4\n"
    assert detect(Source(text=directives + bare, arch="auto")).syntax == "intel"
    assert detect(Source(text=directives + "f:\n\tmov %rdi, %rax\n\tret\n", arch="auto")).syntax == "gas"
    assert detect(Source(text="global f\n" + bare, arch="auto")).syntax == "nasm"


@pytest.mark.parametrize("line", INSTRUCTIONS)
def test_instructions_are_no_prose(line: str) -> None:
    assert line_kind(f"    {line}") is LineKind.ASSEMBLY
    assert line_kind(line) is LineKind.ASSEMBLY


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_instruction(line: str) -> None:
    assert line_kind(line) is not LineKind.ASSEMBLY


def test_an_instruction_behind_a_semicolon_is_a_statement() -> None:
    """Two words side by side, and no digit or sign of an operand: an instruction all the same."""
    for line in ("mov rax, rdi", "mov eax, ebx", "call printf", "jmp again", "rep movsb", "lea rdi, msg", "push rbp"):
        assert not is_prose(line, is_mnemonic), line
    for line in ("the loop counter", "return value in rax", "add the two numbers", "move the value", "done"):
        assert is_prose(line, is_mnemonic), line
