"""Mutated programs and random text, a bounded number: always an image, diagnostics or gaps; never an exception."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.assembly import assemble, extract
from playground.assembly.aarch64.mnemonics import mnemonics as aarch64_mnemonics
from playground.assembly.program import Source
from playground.assembly.x86.families import known_mnemonics

CORPUS = [path.read_text() for path in sorted((Path(__file__).parent / "corpus").glob("*.s"))]
AARCH64 = "f:\n\tstp x29, x30, [sp, -32]!\n\tldr w0, [x1, w2, uxtw #2]\n\tadd v0.4s, v1.4s, v2.4s\n\tldr x0, =f+4\n"
X86 = "f:\n\tpushq %rbp\n\tmovl $5, -4(%rbp,%rcx,4)\n\tleaq f(%rip), %rax\n\tjne f\n\tcall puts@PLT\n\tret\n"
INTEL = "f:\n\tmov eax, DWORD PTR [rdi+rcx*4]\n\tlea rax, f[rip]\n\tmov rax, [rsi+8]\n\tje f\n\tret\n"
NASM = "section .data\nx: db 'abc', 10\nlen equ $ - x\nsection .text\nf:\n\tmov rdx, len\n\tlea rsi, [rel x]\n\tret\n"
SEEDS = [
    ("aarch64", "gas", AARCH64), ("x86_64", "gas", X86), ("x86_64", "intel", INTEL), ("x86_64", "nasm", NASM),
    *(("aarch64", "gas", text) for text in CORPUS), *(("x86_64", "gas", text) for text in CORPUS),
]  # fmt: skip
SCRAPS = [
    *"\\\"'()[]{}%$#,:;=.@\0\n",
    "0x", "-", "1b", "9f", "é", "\t.macro m\n", ".endm\n", ".if\n", ".rept 9\n", "=x", ":lo12:", "/*",
    "*/", "9" * 30,
]  # fmt: skip


ODD_OPERANDS = [
    "", ",", "#", "%", "[", "{", "x0", "x0, x1, x2, x3, x4", "v0.4s, [x0]", "s0, #1.5", "sp, =x",
    "eax", "eax, eax, eax, eax, eax", "%ah, %r8", "(%rax)", "[rax], xmm0", "$5, $x", "5, 5", "%st(1), %cr0",
    "x0, x1, xá, vs",
]  # fmt: skip


def mutated(text: str, random: Random) -> str:
    for _ in range(random.randrange(1, 6)):
        place = random.randrange(len(text) + 1)
        kind = random.randrange(4)
        if kind == 0:
            text = text[:place] + random.choice(SCRAPS) + text[place:]
        elif kind == 1:
            text = text[:place] + text[place + random.randrange(1, 8) :]
        elif kind == 2:
            lines = text.split("\n")
            random.shuffle(lines)
            text = "\n".join(lines)
        else:
            text = text[:place] + chr(random.randrange(1, 256)) + text[place + 1 :]
    return text


@pytest.mark.parametrize(("arch", "syntax", "seed"), SEEDS, ids=range(len(SEEDS)))
def test_mutated_programs(arch: str, syntax: str, seed: str) -> None:
    random = Random(f"{arch}{syntax}{len(seed)}")
    for _ in range(60):
        text = mutated(seed, random)
        result = assemble(Source(text=text, arch=arch, syntax=syntax))
        assert (result.image is not None) != bool(result.diagnostics or result.gaps), text


@pytest.mark.parametrize(("arch", "names"), [("aarch64", aarch64_mnemonics()), ("x86_64", known_mnemonics())])
@pytest.mark.parametrize(
    "operands", ["", ",", "#", "%", "[", "x0", "eax, eax, eax, eax, eax", "x0, [x1", "$", "5", "{"]
)
def test_every_mnemonic_with_odd_operands(arch: str, names: frozenset[str], operands: str) -> None:
    for syntax in ("gas",) if arch == "aarch64" else ("gas", "intel", "nasm"):
        text = "".join(f" {name} {operands}\n" for name in sorted(names))
        result = assemble(Source(text=text, arch=arch, syntax=syntax))
        assert (result.image is not None) != bool(result.diagnostics or result.gaps)


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=120),
    st.sampled_from([("aarch64", "gas"), ("x86_64", "gas"), ("x86_64", "intel"), ("x86_64", "nasm")]),
)
def test_random_text(text: str, language: tuple[str, str]) -> None:
    result = assemble(Source(text=text, arch=language[0], syntax=language[1]))
    assert (result.image is not None) != bool(result.diagnostics or result.gaps)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="`~asm \n.:,#%$[]x0123mov;ret", max_size=200))
def test_random_replies(text: str) -> None:
    result = extract(text)
    assert result is None or result.text.strip()
