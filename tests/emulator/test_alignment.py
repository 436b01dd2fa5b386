# ruff: noqa: E501  one assembly body a line
"""SSE operands that must be aligned fault as natively, the others do not; and checking them changes nothing else."""

from pathlib import Path

import pytest

from playground.emulator.aligned_accesses import aligned_operand
from playground.emulator.engine import CHECKED_TIMES
from tests.emulator.images import run_main
from tests.emulator.toolchain import outcome_of, run_here, run_natively

STRICT = """
    movaps movapd movdqa addps addpd subps mulpd divps andps andnps orps xorps pxor por pand pandn paddb paddw paddd paddq
    psubd pmullw pmaddwd pcmpeqd pcmpgtb punpcklbw punpckhdq punpcklqdq packsswb packuswb unpcklps unpckhpd sqrtps rcpps
    rsqrtps minps maxpd cvtdq2ps cvtps2dq cvttps2dq cvtpd2ps cvtpd2dq haddps addsubpd psllq psrad psadbw pavgb pshufb pabsd
    phaddd pmulld pminsd pmaxud ptest blendvps movshdup movsldup packusdw movntdqa
""".split()  # noqa: SIM905
STRICT_WITH_IMMEDIATE = ["pshufd", "pshuflw", "pshufhw", "shufps", "cmpps", "palignr", "roundps", "pblendw", "dpps"]
STRICT_STORES = ["movaps", "movapd", "movdqa", "movntps", "movntdq", "movntpd"]
TOLERANT = """
    movups movupd movdqu lddqu movss movsd addss addsd mulsd sqrtsd cvtps2pd cvtdq2pd cvtss2sd movq movhps movlpd movddup
    pmovzxbw pmovsxwd comisd ucomiss
""".split()  # noqa: SIM905


def _program(statement: str, offset: int) -> str:
    lines = (
        ".globl main", "main:", "sub $72, %rsp", "mov %rsp, %rcx", "and $-16, %rcx", f"add ${offset}, %rcx",
        "mov $2, %esi", "pxor %xmm0, %xmm0", "pxor %xmm1, %xmm1", statement, "xor %eax, %eax", "add $72, %rsp", "ret",
        '.section .note.GNU-stack,"",@progbits', "",
    )  # fmt: skip
    return "\n".join(lines)


STATEMENTS = [f"{name} (%rcx), %xmm1" for name in (*STRICT, *TOLERANT)]
STATEMENTS += [f"{name} $1, (%rcx), %xmm1" for name in STRICT_WITH_IMMEDIATE]
STATEMENTS += [f"{name} %xmm1, (%rcx)" for name in (*STRICT_STORES, "movups", "movdqu", "movsd", "movlps")]
STATEMENTS += ["movaps 16(%rcx,%rsi,8), %xmm9", "movaps -16(%rcx), %xmm1", "movdqa %xmm12, 16(%rcx)"]


def _is_strict(statement: str) -> bool:
    words = statement.split()
    return words[0] in (*STRICT, *STRICT_WITH_IMMEDIATE, *STRICT_STORES)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_misaligned_operands_fault_and_aligned_ones_do_not(statement: str) -> None:
    result = outcome_of(run_here(_program(statement, 8), "x86_64"))
    assert result.status == (-11 if _is_strict(statement) else 0)
    assert outcome_of(run_here(_program(statement, 0), "x86_64")).status == 0


@pytest.mark.toolchain
@pytest.mark.parametrize("statement", STATEMENTS[::4])
def test_as_natively(statement: str, tmp_path: Path, require_tool) -> None:
    require_tool("gcc", "gcc")
    for offset in (0, 8):
        path = tmp_path / f"program{offset}.s"
        path.write_text(_program(statement, offset))
        native = run_natively(path, "x86_64")
        assert outcome_of(run_here(path.read_text(), "x86_64")) == native


def test_the_fault_says_what_is_wrong() -> None:
    fault = run_main("lea -24(%rsp), %rcx; movaps %xmm0, 8(%rcx); nop", "x86_64").fault
    assert (fault.kind, fault.signal, fault.line, fault.address % 16) == ("misaligned", "SIGSEGV", 4, 8)
    assert "not a multiple of 16" in fault.description


def test_fixed_addresses() -> None:
    data = ".data; .balign 16; a: .skip 8; b: .skip 32"
    assert run_main("movaps a(%rip), %xmm0; xor %eax, %eax; ret", "x86_64", data=data).exit_status == 0
    assert run_main("movaps b(%rip), %xmm0; ret", "x86_64", data=data).fault.kind == "misaligned"
    assert run_main("movaps b, %xmm0; ret", "x86_64", data=data).fault.kind == "misaligned"


def test_instructions_stay_counted_when_a_place_is_no_longer_asked() -> None:
    """Two runs, since the second finds the hooks of the first."""
    turns = CHECKED_TIMES * 2 + 7
    body = f"mov ${turns}, %ecx; sub $24, %rsp; 1: movaps %xmm0, (%rsp); movaps (%rsp), %xmm1; dec %ecx; jnz 1b; add $24, %rsp; xor %eax, %eax; ret"
    for _ in range(2):
        result = run_main(body, "x86_64")
        assert (result.exit_status, result.instructions) == (0, 4 * turns + 5)


def test_the_operand_of_each_addressing_mode() -> None:
    """Encodings by hand (SDM volume 2, table 2-2): base, index, displacement, rip, no base."""
    shown = {
        "0f2808": ("rax", "", 0), "0f28480c": ("rax", "", 12), "0f288c2400010000": ("rsp", "", 256),
        "440f284dF0": ("rbp", "", -16), "430f280c88": ("r8", "r9", 0), "0f280c2500104000": ("", "", 0x401000),
        "0f280d10000000": ("", "", 0x5000 + 7 + 16), "640f2808": ("rax", "", 0), "410f280c24": ("r12", "", 0),
    }  # fmt: skip
    for encoded, expected in shown.items():
        operand = aligned_operand(bytes.fromhex(encoded), 0x5000)
        assert operand is not None, encoded
        assert (operand.base, operand.index, operand.displacement) == expected
    assert aligned_operand(bytes.fromhex("0f28c1"), 0) is None
    assert aligned_operand(bytes.fromhex("0f1008"), 0) is None
