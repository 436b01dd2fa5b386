"""Nothing that a text asks for is unbounded: each of these ends soon, with a sentence."""

import time

import pytest

from playground.assembly import assemble
from playground.assembly.program import Source

GREEDY = {
    "rept": ".rept 100000000\nnop\n.endr",
    "nested rept": ".rept 500000\n.rept 500000\n\n.endr\n.endr",
    "fill": ".fill 2000000000",
    "fill eight": ".fill 100000000, 8, 1",
    "space": ".space 0x7fffffffffff",
    "many spaces": ".rept 1000\n.space 10000000\n.endr",
    "org": ".org 0x7fffffffff",
    "align": ".p2align 40",
    "huge align": ".balign 0x40000000",
    "recursive macro": ".macro m\nm\n.endm\nm",
    "doubling macro": ".macro m\nm\nm\n.endm\nm",
    "growing macro": ".macro m a\nm \\a\\a\n.endm\nm 1234567890",
    "macro flood": ".macro a\n.rept 1000\nnop\n.endr\n.endm\n.macro b\n.rept 1000\na\n.endr\n.endm\nb",
    "comm": ".comm x, 0x7fffffffffff",
    "skip by label": "a: .skip b-a\nnop\nb:",
    "leb": "a: .uleb128 b-a\n.skip 100\nb:\n.rept 100000000\n.endr",
    "parentheses": ".quad " + "(" * 100000 + "1",
    "nops": ".nops 1000000000",
    "long line": '.ascii "' + "a" * 9_000_000,
    "irp": ".irp x," + ",".join("1" * 1 for _ in range(100000)) + "\n" + "nop\n" * 10 + ".endr",
    "equations": "".join(f".set a{i}, a{i + 1}+a{i + 1}\n" for i in range(300)) + ".quad a0",
}


@pytest.mark.parametrize("name", GREEDY)
@pytest.mark.parametrize("arch", ["aarch64", "x86_64"])
def test_greedy_programs_end_soon(name: str, arch: str) -> None:
    start = time.monotonic()
    result = assemble(Source(text=GREEDY[name] + "\n", arch=arch, syntax="gas"))
    assert time.monotonic() - start < 20
    assert result.image is not None or result.diagnostics
    size = sum(len(segment.data) for segment in result.image.segments) if result.image else 0
    assert size < 100_000_000


def test_files_are_never_read() -> None:
    for line in ('.include "/etc/hostname"', '.incbin "/etc/hostname"'):
        (found,) = assemble(Source(text=line + "\n", arch="aarch64")).diagnostics
        assert found.token == line.split()[0]
        assert "refused" in found.message
