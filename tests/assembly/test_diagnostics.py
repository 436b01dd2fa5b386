"""What is said about mistakes: every one of the file, with line, column, token and hint; gaps are no mistakes."""

import pytest

from playground.assembly import assemble
from playground.assembly.program import Assembly, Source
from playground.errors import InputError


def assembled(text: str, arch: str = "aarch64", syntax: str = "auto") -> Assembly:
    return assemble(Source(text=text, arch=arch, syntax=syntax))


def test_every_error_of_a_file_is_reported_in_order() -> None:
    result = assembled(
        'f:\n\tmovl $5, %eax\n\tldr x0, [x1, #-300]\n\t.incbin "/etc/passwd"\n\t.foo\n\tb 1f\nf:\tret\n'
        "\ttbz x0, #70, f\n\taddd x0, x1, x2\n\tmov x0, #0x12345678\n\tldr x0, [x1\n"
    )
    assert result.image is None
    assert [found.line for found in result.diagnostics] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert all(found.message and found.column >= 1 for found in result.diagnostics)


@pytest.mark.parametrize(
    ("line", "column", "token", "words"),
    [
        ("\tmovl $5, %eax", 2, "movl", "this looks like x86-64 AT&T"),
        ("\tmov eax, 5", 2, "mov", ""),
        ("\tpush {r4, lr}", 2, "push", "32-bit Arm"),
        ("\taddd x0, x1, x2", 2, "addd", "did you mean add"),
        ("\ttbz x0, #70, f", 10, "#70", "between 0 and 63"),
        ("\tmov x0, #0x12345678", 10, "#0x12345678", "ldr x0, =0x12345678"),
        ("\tmov w0, 0x100000000", 10, "0x100000000", "does not fit in 32 bits"),
        ('\t.byte "abc"', 8, '"abc"', ".ascii"),
        ("\t.globbl f", 2, ".globbl", "did you mean .globl"),
        ("\t.quad 1 +", 8, "1 +", "a value is missing"),
        ("\t.align 70", 9, "70", "2**70"),
        ('\t.section .text,"aq"', 17, '"aq"', "unknown section flag 'q'"),
        ("\tfmov d0, #0.0", 11, "#0.0", "fmov d0, xzr"),
        ("\tfmov d0, #32", 11, "#32", "from memory"),
        ("\tfmov d0, 4629700416936869888", 11, "4629700416936869888", "from memory"),
        ("\tfmov v0.2d, #-99999999999999999999", 14, "#-99999999999999999999", "from memory"),
    ],
)
def test_line_column_token_and_hint(line: str, column: int, token: str, words: str) -> None:
    result = assembled(f"f:\n{line}\n")
    assert result.image is None
    found = next(found for found in result.diagnostics if found.line == 2)
    assert words in f"{found.message} {found.hint}"
    if words:
        assert (found.column, found.token) == (column, token)


def test_what_gnu_as_knows_and_we_lack_is_a_gap() -> None:
    for line in (
        "addvl x0, x1, #3",
        "irg x0, x1",
        ".altmacro",
        "add x0, x0, :tlsldm_lo12_nc:x",
        "ld1w {z0.s}, p0/z, [x0]",
        "cpyfp [x0]!, [x1]!, x2!",
        "abs x0, x1",
        ".reloc 0, R_AARCH64_NONE, x",
    ):
        result = assembled(f"f:\n\t{line}\n\tret\n")
        assert result.image is None
        assert result.diagnostics == (), line
        assert [gap.line for gap in result.gaps] == [2], line
        assert result.gaps[0].message.startswith("not supported: ")


def test_a_mistake_beside_a_gap_is_still_reported() -> None:
    result = assembled("\taddvl x0, x1, #3\n\tfrobnicate x0\n")
    assert len(result.gaps) == 1
    assert [found.token for found in result.diagnostics] == ["frobnicate"]


def test_prose_behind_a_semicolon_is_a_comment_with_a_warning() -> None:
    result = assembled("f:\tmov x0, x1; move the source pointer\n\tadd x0, x0, 1; add x0, x0, 2\n\tret; if done\n")
    assert result.image is not None
    assert [len(entry.name) and entry.size for entry in result.image.segments] == [16]
    assert [warning.line for warning in result.image.warnings] == [1, 3]


def test_a_misspelt_statement_behind_a_semicolon_is_no_comment() -> None:
    result = assembled("f:\tmov x0, x1; movq x1, 2\n")
    assert [found.token for found in result.diagnostics] == ["movq"]


def test_branches_out_of_range_are_reported() -> None:
    far = assembled("\ttbz x0, #3, far\n\tcbz x0, far\n\t.space 40000\nfar:\tret\n")
    assert [(found.line, "32 KiB" in found.message) for found in far.diagnostics] == [(1, True)]
    assert assembled("\tb far+2\nfar:\tret\n").diagnostics[0].message.startswith("branch target is not a multiple of 4")


def test_unknown_choices_are_input_errors() -> None:
    with pytest.raises(InputError, match="'mips'"):
        assembled("nop", arch="mips")
    with pytest.raises(InputError, match="'masm'"):
        assembled("nop", syntax="masm")
    with pytest.raises(InputError, match="no nasm syntax"):
        assembled("nop", arch="aarch64", syntax="nasm")


def test_definitions_that_go_in_circles() -> None:
    assert assembled("\t.set a, b\n\t.set b, a\n\t.quad a\n").image is None


@pytest.mark.parametrize(
    ("arch", "syntax", "text", "line", "column", "token"),
    [
        ("x86_64", "nasm", "  section .text bogus\n", 1, 17, "bogus"),
        ("x86_64", "nasm", "nop\n   align 3\n", 2, 10, "3"),
        ("x86_64", "nasm", "  %foo 3\n", 1, 3, "%foo"),
        ("x86_64", "nasm", "%assign a Nope + 1\n", 1, 11, "Nope + 1"),
        ("x86_64", "nasm", "%macro m 1\n mov eax, %1 junk\n%endmacro\n  m 5\n", 4, 3, "junk"),
        ("x86_64", "nasm", "%define A 1 2\n  mov eax, A\n", 2, 3, "2"),
        ("x86_64", "nasm", "  db 1, a b\n", 1, 11, "b"),
        ("x86_64", "gas", "\tjecxz far\n\t.fill 300\nfar:\n", 1, 8, "far"),
        ("x86_64", "gas", "\tjmp 1f\n", 1, 6, "1f"),
        ("x86_64", "gas", "\t.byte 1, far\nfar:\n", 1, 11, "far"),
        ("aarch64", "gas", "\ttbz x0, #1, far\n\t.space 40000\nfar:\n", 1, 14, "far"),
        ("aarch64", "gas", "\tldr x0, [x1, #:lo12:b]\n\t.data\n\t.byte 1\nb:\t.byte 1\n", 1, 22, "b"),
        ("aarch64", "gas", "\t.macro m a\n\tmov \\a, #0x12345\n\t.endm\n  m x1\n", 2, 10, "#0x12345"),
        ("aarch64", "gas", "\tb 0x100000000000\n", 1, 2, "b"),
    ],
)
def test_the_column_is_that_of_the_token_in_the_source(
    arch: str, syntax: str, text: str, line: int, column: int, token: str
) -> None:
    """Also behind the preprocessor, in directives and after layout; what a NASM macro made stands at its call."""
    (found,) = assembled(text, arch, syntax).diagnostics
    assert (found.line, found.column, found.token) == (line, column, token)


def test_mistakes_that_layout_shows_stand_beside_those_of_instructions() -> None:
    result = assembled("\tfrob x0\n\ttbz x0, #1, far\n\t.space 40000\nfar:\tret\n")
    assert [(found.line, found.token) for found in result.diagnostics] == [(1, "frob"), (2, "far")]


def test_a_limit_hides_no_mistake_in_front_of_it() -> None:
    flood = "\t.macro a\n\t.rept 1000\n\tnop\n\t.endr\n\t.endm\n\t.rept 1000\n\ta\n\t.endr\n"
    result = assembled("\tfrob x0\n\tmov x0, #0x12345\n" + flood)
    assert [(found.line, found.token) for found in result.diagnostics] == [(1, "frob"), (2, "#0x12345"), (5, "nop")]
    assert "more than 200000 statements" in result.diagnostics[2].message


def test_nasm_wants_its_externals_declared() -> None:
    result = assembled("  call puts\n  jmp missing\nglobal main\nmain: ret\n", "x86_64", "nasm")
    assert [(found.line, found.column, found.token) for found in result.diagnostics] == [
        (1, 8, "puts"),
        (2, 7, "missing"),
    ]
    assert "extern puts" in result.diagnostics[0].hint
    assert assembled("extern puts\n  call puts\n", "x86_64", "nasm").image is not None


def test_a_thread_local_lea_outside_its_sequence_is_a_gap() -> None:
    text = '\tleaq v@tlsgd(%rip), %rdi\n\tret\n\t.section .tbss,"awT",@nobits\nv:\t.zero 4\n'
    result = assembled(text, "x86_64", "gas")
    assert result.image is None
    assert ([gap.name for gap in result.gaps], result.diagnostics) == (["@TLSGD"], ())
