"""Which architecture and syntax a text is taken for, and how that is said."""

import pytest

from playground.assembly.detect import detect
from playground.assembly.program import Source

SAMPLES = {
    ("aarch64", "gas"): [
        "add x0, x1, x2\nret",
        "f:\n\tldr w0, [sp, 44]\n\tstr wzr, [sp]\n",
        "\t.arch armv8-a\n\t.text\n",
    ],
    ("x86_64", "gas"): ["movl $5, %eax\nret", "f:\n\tpushq %rbp\n", "\tleaq .LC0(%rip), %rdi\n\tcall puts@PLT\n"],
    ("x86_64", "intel"): [".intel_syntax noprefix\nmov eax, 5", "\t.globl f\nf:\n\tmov eax, DWORD PTR [rdi]\n\tret\n"],
    ("x86_64", "nasm"): [
        "section .text\nglobal _start\n_start:\n mov rax, 60\n syscall",
        "bits 64\nmov eax, [rel x]\nx: dd 5",
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
