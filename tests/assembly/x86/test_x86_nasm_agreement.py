"""NASM: statements and whole programs against nasm itself."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from test_x86_edge_cases import extensions_and_conditions, listed, one_operand_and_shifts, two_operands
from x86_comparison import Difference, compare, unexplained
from x86_gnu import GnuCode, assemble_each, disassemble
from x86_nasm import assemble_each as nasm_each
from x86_nasm import sections

from playground.assembly.builder import Builder
from playground.assembly.image import link
from playground.assembly.x86 import X86Encoder
from playground.assembly.x86.nasm import read_nasm

pytestmark = pytest.mark.toolchain
PROGRAMS = Path(__file__).parent / "programs"

EXCEPTIONS = {
    "mov rax, strict dword 5": "nasm keeps the sign-extended form; the register gets the same value",
    "mov rax, dword 5": "the same",
    "lea rax, [nosplit rax*2]": "rax+rax is the same address, two bytes shorter",
    "int 3": "CC instead of CD 03",
    "o16 movsw": "nasm drops the prefix that movsw has already",
    "fsub st0,st0": "both subtract st0 from itself",
    "invpcid rcx,[rax]": "nasm adds a REX.W that changes nothing",
}
"""Statement -> why we part from nasm."""
GAPS = frozenset(
    [
        "vcvtpd2ps",
        "vmovdqu8",
        "gf2p8mulb",
        "ptwrite",
        "rdpid",
        "tpause",
        "ud1",
        "umonitor",
        "umwait",
        "movdiri",
        "movdir64b",
        "enqcmd",
        "cldemote",
    ]
)

SIZES = {"XMMWORD": "oword", "OWORD": "oword", "TBYTE": "tword", "YMMWORD": "yword", "ZMMWORD": "zword"}
_UNLIKE = re.compile(
    r"^(j|call|loop|[c-gs]s |notrack|bnd|xbegin|nop|lock xacq|xacq)|[re]ip|BCST|\bbad\b|data16|addr32|rex|;"
    r"|^(rep[nz]* |lock )?(movs|stos|cmps|scas|lods|ins|outs) |xlat|movabs|pushw|sysret|sysexit|leavew|ds nop"
)
"""objdump lines that are not NASM's spelling of anything, or whose bytes do not say which spelling was meant."""
_UNSIZED = re.compile(r"^(clflush|clflushopt|clwb|invlpg|prefetch\w*|cldemote) \w+ ")
"""NASM gives their memory no size."""


def is_explained(found: Difference) -> bool:
    if found.what == "gap":
        return found.text.split()[0] in GAPS
    if found.text.startswith("xchg"):
        return found.what == "differs"
    return found.text in EXCEPTIONS


def as_nasm(text: str) -> str:
    """objdump's Intel text as NASM writes it."""
    text = re.sub(r"\b([A-Z]+) PTR ", lambda found: SIZES.get(found[1], found[1].lower()) + " ", text)
    text = re.sub(r"\b([c-gs]s):\[([^\]]*)\]", r"[\1:\2]", text)
    text = re.sub(r"\b([efg]s):(0x[0-9a-f]+)", r"[\1:\2]", re.sub(r"\bds:(0x[0-9a-f]+)", r"[\1]", text))
    text = re.sub(r"\bst\b(?!\d)", "st0", re.sub(r"st\((\d)\)", r"st\1", text))
    return _UNSIZED.sub(r"\1 ", text).replace("rep ret", "ret").replace("repz ret", "ret")


def translated(folder: Path) -> list[str]:
    """The AT&T edge cases that GNU as accepts, disassembled and respelt."""
    texts = listed("att.txt") + two_operands() + one_operand_and_shifts() + extensions_and_conditions()
    codes = [code for code in assemble_each(texts, "gas", folder) if isinstance(code, GnuCode)]
    lines = disassemble([code.data for code in codes if len(code.data) < 16], folder)
    return sorted({as_nasm(line) for line in lines if line and not _UNLIKE.search(line)})


def test_hand_written_statements_agree_with_nasm(tmp_path: Path, require_tool: Callable[[str, str], str]) -> None:
    require_tool("nasm", "nasm")
    statements = listed("nasm.txt")
    assert not unexplained(compare(statements, "nasm", nasm_each(statements, tmp_path), tmp_path), is_explained)


def test_respelt_edge_cases_agree_with_nasm(tmp_path: Path, require_tool: Callable[[str, str], str]) -> None:
    require_tool("nasm", "nasm")
    statements = translated(tmp_path)
    assert len(statements) > 1500
    assert not unexplained(compare(statements, "nasm", nasm_each(statements, tmp_path), tmp_path), is_explained)


def build(text: str) -> Builder:
    """The program read and laid out."""
    builder = Builder("x86_64", "nasm", {"nasm": X86Encoder("nasm")})
    read_nasm(text, builder)
    builder.finish()
    return builder


@pytest.mark.parametrize("path", [PROGRAMS / "features.asm"], ids=lambda path: path.stem)
def test_programs_have_nasms_sections(path: Path, tmp_path: Path, require_tool: Callable[[str, str], str]) -> None:
    require_tool("nasm", "nasm")
    builder = build(path.read_text())
    assert link(builder) is not None, builder.diagnostics
    peer = sections(path, tmp_path)
    for name, (data, relocations) in peer.items():
        assert relocations == 0, "the program must not depend on addresses"
        section = builder.sections[name]
        assert (section.size, bytes(section.data).ljust(section.size, b"\0")) == (len(data), data), name
