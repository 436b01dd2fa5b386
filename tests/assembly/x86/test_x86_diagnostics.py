"""What a person is told: the message names the token, the column points at it, the hint speaks the dialect."""

import pytest
from x86_comparison import NoConstants, encode, statement

from playground.assembly.encoding import Encoded, FixupKind
from playground.assembly.expressions import SymbolReference
from playground.assembly.program import Diagnostic, Gap
from playground.assembly.x86 import X86Encoder, is_mnemonic


@pytest.mark.parametrize(
    ("syntax", "text", "token", "message", "hint"),
    [
        ("gas", "ldr x0, [x1]", "ldr", "looks like AArch64", "AArch64"),
        ("intel", "ldr x0, [x1]", "ldr", "looks like AArch64", "AArch64"),
        ("gas", "str w0, [sp, 44]", "[", "", "register of AArch64"),
        ("nasm", "mov x0, x1", "mov", "immediate", "register of AArch64"),
        ("gas", "adds %eax, %ebx", "adds", "no instruction", ""),
        ("gas", "movbeb (%rax), %al", "movbeb", "no suffix", ""),
        ("gas", "mov eax, %ebx", "eax", "lacks its '%'", "%eax"),
        ("gas", "movq %raxx, %rbx", "%raxx", "bad register name", "no such register"),
        ("gas", "movl [rax], %eax", "[", "", "displacement(%base,%index,scale)"),
        ("gas", "moov $1, %eax", "moov", "no instruction", "`mov`"),
        ("intel", "addl eax, 5", "addl", "no instruction", "`add`"),
        ("intel", "add [rax], 5", "add", "no size", "DWORD PTR"),
        ("intel", "mov eax, dword [rax]", "[", "PTR", "DWORD PTR"),
        ("nasm", "add [rax], 5", "add", "no size", "dword"),
        ("nasm", "mov eax, dword ptr [rax]", "ptr", "unexpected", "without PTR"),
        ("nasm", "lea rax, [rip+foo]", "rip", "unexpected", "[rel symbol]"),
        ("gas", "movl (%rax), (%rbx)", "mov", "too many memory references", "register"),
        ("gas", "addq $0x80000000, %rax", "0x80000000", "out of range", "movabs"),
        ("gas", "movl (%rax,%rbx,3), %ecx", "3", "scale", "1, 2, 4 or 8"),
        ("gas", "movl (%rax,%rsp), %ecx", "rsp", "index", ""),
        ("gas", "addl %rax, %ebx", "ebx", "size mismatch", ""),
        ("gas", "movb %ah, %r8b", "ah", "REX", "low byte"),
        ("intel", "pushf eax", "pushf", "does not take", ""),
        ("intel", "stosd eax, ebx", "stosd", "does not take", ""),
        ("gas", "lock movl $1, (%rax)", "mov", "lockable", "read-modify-write"),
    ],
)
def test_mistakes_are_named(syntax: str, text: str, token: str, message: str, hint: str) -> None:
    found = encode(text, syntax)
    assert isinstance(found, Diagnostic)
    assert found.token == token
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("text", "column"), [("mov %eax, %ebz", 11), ("movq 8(%rax, %rdi, 8), 5)", 25), ("foo %eax", 1)]
)
def test_columns_point_at_the_operand(text: str, column: int) -> None:
    found = encode(text)
    assert isinstance(found, Diagnostic)
    assert found.column == column


@pytest.mark.parametrize(
    "text", ["rdpid %rax", "gf2p8mulb %xmm0, %xmm1", "vmovdqu8 64(%rax), %zmm1", "movl $x@got, %eax"]
)
def test_what_we_lack_is_a_gap(text: str) -> None:
    found = encode(text)
    assert isinstance(found, Gap)
    assert found.message.startswith("not supported: ")


def test_a_high_byte_beside_rex_never_reaches_keystone() -> None:
    """Keystone ends its process on it: "Cannot encode high byte register in REX-prefixed instruction"."""
    for text in ("movb %ah, (%r8)", "addb %bh, %sil", "crc32b %ah, %rax", "xchg %ch, %r15b", "movsbq %ah, %rax"):
        assert isinstance(encode(text), Diagnostic), text


class Constants(NoConstants):
    def constant(self, name: str) -> int | None:
        return {"SIZE": 16, "BIG": 1 << 40}.get(name)


@pytest.mark.parametrize(
    ("syntax", "text", "data"),
    [
        ("gas", "addq $SIZE, %rax", "4883c010"),
        ("gas", "movl SIZE+4(%rsp), %eax", "8b442414"),
        ("gas", "movq $BIG, %rcx", "48b90000000000010000"),
        ("intel", "mov eax, SIZE", "b810000000"),
        ("intel", "mov eax, [rsp+SIZE*2]", "8b442420"),
        ("intel", "mov eax, DWORD PTR SIZE[rsp]", "8b442410"),
        ("nasm", "mov rax, SIZE", "b810000000"),
        ("nasm", "mov eax, [rsp+SIZE]", "8b442410"),
    ],
)
def test_constants_are_numbers(syntax: str, text: str, data: str) -> None:
    """Instruction bytes: Intel SDM vol. 2, ADD, MOV."""
    encoder = X86Encoder(syntax)
    as_label = encoder.encode([statement(text)], NoConstants())[0]
    assert isinstance(as_label, Encoded)
    assert as_label.fixups
    as_number = encoder.encode([statement(text)], Constants())[0]
    assert as_number == Encoded(bytes.fromhex(data))
    assert encoder.encode([statement(text)], NoConstants())[0] == as_label, (
        "a constant of one file is a label of the next"
    )


def test_jumps_start_short_and_know_their_longer_form() -> None:
    found = encode("jne .L3")
    assert isinstance(found, Encoded)
    assert found.longer is not None
    assert found.data == b"\x75\x00"
    assert found.fixups[0].kind is FixupKind.PC8
    assert found.longer.data == b"\x0f\x85\x00\x00\x00\x00"
    assert found.longer.fixups[0].expression == SymbolReference(".L3")


def test_prefixes_move_the_fixups() -> None:
    plain, prefixed = encode("movl foo(%rip), %eax"), encode("fs movl foo(%rip), %eax")
    assert isinstance(plain, Encoded)
    assert isinstance(prefixed, Encoded)
    assert prefixed.data == b"\x64" + plain.data
    assert prefixed.fixups[0].offset == plain.fixups[0].offset + 1


def test_is_mnemonic_knows_every_dialect() -> None:
    names = "mov movl movq addl cltq cqto rep lock movsxd jne callq retn stosd vaddpd endbr64 fildll cmovne setb"
    assert all(is_mnemonic(name) for name in names.split())
    assert not any(is_mnemonic(name) for name in ["the", "this", "loads", "ldr", "hello", "addd", "x"])
