"""Number forms, and text from nowhere: always an outcome, never an exception."""

import random
import string
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_x86_edge_cases import listed
from test_x86_nasm_agreement import build
from x86_comparison import NoConstants, encode, statement

from playground.assembly.encoding import Encoded
from playground.assembly.limits import LimitReached
from playground.assembly.program import Diagnostic, Gap
from playground.assembly.x86 import X86Encoder
from playground.assembly.x86.nasm_numbers import float_bytes, nasm_number

ENCODERS = {name: X86Encoder(name) for name in ("gas", "intel", "nasm")}


@given(st.integers(0, (1 << 64) - 1))
def test_nasm_reads_every_form_of_a_number(value: int) -> None:
    spellings = [
        f"{value}", f"{value}d", f"0d{value}", f"0x{value:x}", f"0{value:X}h", f"0h{value:x}", f"$0{value:x}",
        f"{value:o}o", f"{value:o}q", f"0o{value:o}", f"0q{value:o}", f"{value:b}b", f"0b{value:b}", f"{value:b}y",
        f"0y{value:b}", f"{value:_}", f"0x{value:_x}",
    ]  # fmt: skip
    assert {spelling: nasm_number(spelling) for spelling in spellings} == dict.fromkeys(spellings, value)


@given(st.integers(0, (1 << 31) - 1))
def test_gnu_dialects_read_every_form_of_a_number(value: int) -> None:
    expected = b"\xb8" + value.to_bytes(4, "little")
    for spelling in (f"{value}", f"0x{value:x}", f"0X{value:X}", f"0{value:o}", f"0b{value:b}"):
        for syntax, text in (("gas", f"movl ${spelling}, %eax"), ("intel", f"mov eax, {spelling}")):
            outcome = ENCODERS[syntax].encode([statement(text)], NoConstants())[0]
            assert outcome == Encoded(expected), text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_nasm_floats_are_the_processors(value: float) -> None:
    assert float_bytes(repr(value), 8) == struct.pack("<d", value)
    assert float_bytes(value.hex().replace("0x0.0p", "0x0p"), 8) == struct.pack("<d", value)


@given(st.integers(-(1 << 31), (1 << 31) - 1), st.sampled_from(["rax", "rbp", "rsp", "r12", "r13"]))
def test_displacements_are_the_same_in_every_dialect(value: int, base: str) -> None:
    texts = {
        "gas": f"leaq {value}(%{base}), %rcx",
        "intel": f"lea rcx, [{base}{value:+d}]",
        "nasm": f"lea rcx, [{base}{value:+d}]",
    }
    outcomes = {ENCODERS[syntax].encode([statement(text)], NoConstants())[0] for syntax, text in texts.items()}
    assert len(outcomes) == 1
    assert isinstance(outcomes.pop(), Encoded)


def corpus(syntax: str) -> list[str]:
    return listed({"gas": "att.txt", "intel": "intel.txt", "nasm": "nasm.txt"}[syntax])


ALPHABET = string.ascii_letters + string.digits + " ,.%$()[]{}*+-/:;#@&|^~!<>='\"`\\?_\t\0é€"


def mutated(texts: list[str], generator: random.Random) -> str:
    """A statement with a few characters changed, dropped, doubled or taken from another statement."""
    text = list(generator.choice(texts))
    for _ in range(generator.randint(1, 4)):
        position = generator.randrange(len(text) + 1)
        match generator.randrange(4):
            case 0:
                text.insert(position, generator.choice(ALPHABET))
            case 1:
                del text[position : position + generator.randint(1, 3)]
            case 2:
                text[position:position] = text[position : position + 8]
            case _:
                other = generator.choice(texts)
                text[position:] = other[generator.randrange(len(other)) :]
    return "".join(text)


@pytest.mark.parametrize("syntax", ENCODERS)
def test_mutated_statements_always_have_an_outcome(syntax: str) -> None:
    generator = random.Random(20240501)
    texts = corpus(syntax)
    statements = [statement(mutated(texts, generator), line) for line in range(1, 4001)]
    outcomes = ENCODERS[syntax].encode(statements, NoConstants())
    assert all(isinstance(outcome, Encoded | Diagnostic | Gap) for outcome in outcomes)
    for outcome in outcomes:
        if isinstance(outcome, Encoded):
            assert 0 < len(outcome.data) <= 20
            assert all(fixup.offset < len(outcome.data) for fixup in outcome.fixups)
        if isinstance(outcome, Diagnostic):
            assert outcome.column >= 1
            assert outcome.message


@settings(max_examples=300)
@given(st.sampled_from(sorted(ENCODERS)), st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_an_outcome(syntax: str, mnemonic: str, operands: str) -> None:
    outcome = ENCODERS[syntax].encode([statement(f"{mnemonic} {operands}")], NoConstants())[0]
    assert isinstance(outcome, Encoded | Diagnostic | Gap)


@pytest.mark.parametrize(
    "text",
    [
        "mov $" + "(" * 3000 + "1, %eax",
        "mov $" + "1+" * 1900 + "1, %eax",
        "mov $" + "-" * 3000 + "1, %eax",
        "mov " + "," * 3000,
        "mov $0x" + "f" * 3900 + ", %eax",
        "lock " * 700 + "incl (%rax)",
        "mov $" + "9" * 3900 + ", %eax",
    ],
)
def test_long_statements_end(text: str) -> None:
    for syntax in ENCODERS:
        assert isinstance(encode(text, syntax), Diagnostic | Gap | Encoded)


NASM_PIECES = (
    "%macro m 1-*\n", "%endmacro\n", "m 1, 2\n", "%rep 3\n", "%endrep\n", "%define X X+1\n", "%define Y(a) Y(a)a\n",
    "dd X\n", "dd Y(2)\n", "%if 1\n", "%else\n", "%endif\n", "times 5 db 1\n", "times -1 db 0\n",
    "times 100000000 db 0\n", "a: jmp a\n", ".b: dq a\n", "section .data\n", "section .text\n", "struc s\n",
    "endstruc\n", "db 'x\n", "resb 1 << 60\n", "align 3\n", "%include 'x'\n", "incbin '/etc/hostname'\n", "m m m\n",
    "%assign i i+1\n", "%rotate 1\n", "len equ $-a\n", "mov eax, len\n", "%exitrep\n", "x equ x\n",
    "db 1000000000 dup (0)\n", "global a\n", "%1 %2 %%x\n", "mov rax, [rel a]\n", "default rel\n", "%error no\n",
    "\\\n", "%push\n", "common c 8\n", "dq 1.5e99999\n", "%strlen l 'abc'\n", "bits 16\n", "m:\n", "%elif X\n",
    "%undef X\n", "dd 1 ? 2 : 3\n",
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(NASM_PIECES), max_size=25))
def test_any_nasm_program_ends(pieces: list[str]) -> None:
    try:
        builder = build("".join(pieces))
    except LimitReached:
        return
    joined = "".join(pieces)
    if "%include" in joined and "%if" not in joined and "%macro" not in joined and "%rep" not in joined:
        assert builder.diagnostics
