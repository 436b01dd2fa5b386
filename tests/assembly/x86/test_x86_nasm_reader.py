"""The NASM front end's own rules: what it refuses, and what it says."""

import pytest
from test_x86_nasm_agreement import build

from playground.assembly.image import link
from playground.assembly.limits import LimitReached


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('%include "/etc/passwd"', "%include reads another file"),
        ("incbin '/etc/hostname'", "incbin reads another file"),
        ("bits 16", "only 64-bit"),
        ("org 0x7c00", "flat binaries"),
        ("%error stop here", "stop here"),
        ("%if 1\nnop", "%if without %endif"),
        ("%endif", "%endif without %if"),
        ("%macro m 1\nnop", "%endmacro is missing"),
        ("%macro m 2\nnop\n%endmacro\nm 1", "not with this number of parameters"),
        ("%nonsense", "unknown preprocessor directive"),
        ("%define X X2\n%define X2 X\n%assign y X", "not known to the preprocessor"),
        ("times -1 nop", "negative"),
        ("align 3", "power of two"),
        ("dt 5", "floating-point"),
        ("a: nop\na: nop", "already defined"),
        ("struc s\n.x: resd 1", "struc without endstruc"),
        ("istruc s", "no struc 's'"),
        ("struc s\n.x: resd 1\nendstruc\nistruc s", "istruc without iend"),
        ("struc s\n.x: resd 1\n.y: resd 1\nendstruc\nistruc s\nat s.y, dd 1\nat s.x, dd 1\niend", "lies behind"),
        ("iend", "iend without istruc"),
        ("at x, db 1", "not a field"),
        ("%pop", "no context is open"),
        ("%push a\n%pop b", "the open context is 'a'"),
        ("jmp %$label", "no context is open for %$label"),
        ("%substr x 5", "needs a name, a string and a number"),
        ("%if undefined_name > 3\n%endif", "not known to the preprocessor"),
        ("mov eax, undefined_word here", "unexpected text"),
        ("section .text bogus", "unknown section attribute"),
        ("common x", "name and a size"),
    ],
)
def test_mistakes_are_diagnosed(text: str, message: str) -> None:
    builder = build(text)
    assert any(message in found.message for found in builder.diagnostics), builder.diagnostics


def test_diagnostics_name_their_lines_all_of_them() -> None:
    builder = build("nop\nmov eax, [rax*7]\nnop\nfoo eax, 1\nadd eax, rbx\n")
    assert [found.line for found in builder.diagnostics] == [2, 4, 5]


@pytest.mark.parametrize("text", ["%arg x:dword", "absolute 100", "do 1.5", "jmp far [rax]", "dd 1 <=> 2"])
def test_gaps_are_gaps(text: str) -> None:
    builder = build(text)
    assert builder.gaps
    assert not builder.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        "%macro m 0\nm2\n%endmacro\n%macro m2 0\nm\n%endmacro\nm",
        "times 1000000000 mov eax, ebx",
        "%rep 1000000000\nnop\n%endrep",
        "%rep 1000\n%rep 1000\nnop\n%endrep\n%endrep",
        "resb 1000000000000",
        "db 'x'\nalign 1 << 40",
    ],
)
def test_programs_without_bound_are_stopped(text: str) -> None:
    with pytest.raises(LimitReached) as found:
        build(text)
    assert found.value.message


def test_global_extern_and_common_reach_the_symbol_table() -> None:
    builder = build("global main:function\nextern puts\ncommon buffer 64:16\nmain: call puts\nmov rax, [buffer]\nret")
    image = link(builder)
    assert image is not None
    assert image.entry_symbol == "main"
    assert image.symbols["main"].kind == "function"
    assert set(image.imports) == {"puts"}
    assert image.symbols["buffer"].size == 64
    assert image.symbols["buffer"].address % 16 == 0


def test_default_rel_is_what_the_text_says() -> None:
    """48 8B 05 is rip-relative, 48 8B 04 25 absolute (SDM vol. 2, 2.2.1.6)."""
    text = "x: mov rax, [x]\ndefault rel\nmov rax, [x]\nmov rax, [abs x]\ndefault abs\nmov rax, [rel x]\n"
    builder = build(text)
    assert link(builder) is not None
    code = bytes(builder.sections[".text"].data)
    assert (code[0:4].hex(), code[8:11].hex(), code[15:19].hex(), code[23:26].hex()) == (
        "488b0425",
        "488b05",
        "488b0425",
        "488b05",
    )
