"""Comments say what the manuals say, change no byte, and name a parameter only while a register holds it."""

from collections.abc import Callable

import pytest

from playground.assembly import assemble
from playground.assembly.program import Source
from playground.data.compilers import find_compiler
from playground.data.explain import commented
from playground.data.generate import generate
from playground.data.prepare import Target, compiled
from playground.data.units import unit_source


def comments(text: str, arch: str, syntax: str = "gas", prototype: str = "int f(int a, int b)") -> list[str]:
    mark = "//" if arch == "aarch64" else "#"
    shown = commented(text, arch, syntax, prototype).splitlines()
    return [line.partition(f" {mark} ")[2] for line in shown]


@pytest.mark.parametrize(
    ("line", "comment"),
    [  # Arm ARM, C6.2 and C7.2
        (" add w8,w9,w10,lsl 2", "w8 = w9 + (w10 << 2)"),
        (" msub x8,x9,x10,x11", "x8 = x11 - x9 * x10"),
        (" udiv w8,w9,w10", "w8 = w9 / w10, unsigned"),
        (" ldrb w8,[x9,x10]", "w8 = a byte at [x9 + x10]"),
        (" str w8,[x9],4", "[x9] = w8, then x9 += 4"),
        (" ldr x8,[sp,16]!", "x8 = [sp + 16], and sp becomes that address"),
        (" tbnz w8,3,.L1", "if bit 3 of w8 is 1 go to .L1"),
        (" cbz x9,.L1", "if x9 == 0 go to .L1"),
        (" frobnicate w8", ""),
    ],
)
def test_aarch64_lines(line: str, comment: str) -> None:
    assert comments(line, "aarch64") == [comment]


@pytest.mark.parametrize(
    ("line", "comment"),
    [  # Intel SDM, volume 2
        (" lea eax,[rcx+r8*4-1]", "eax = rcx + r8 * 4 - 1"),
        (" imul eax,ecx,7", "eax = ecx * 7"),
        (" sar eax,3", "eax >>= 3, signed"),
        (" div r9d", "eax = edx:eax / r9d, edx = the remainder, unsigned"),
        (" idiv r9", "rax = rdx:rax / r9, rdx = the remainder, signed"),
        (" xor eax,eax", "eax = 0"),
        (" mov DWORD PTR [rcx+r8*4],eax", "[rcx+r8*4] = eax"),
        (" movzx eax,BYTE PTR [r8]", "eax = [r8] widened with zeros"),
    ],
)
def test_intel_lines(line: str, comment: str) -> None:
    assert comments(line, "x86_64", "intel") == [comment]


def test_at_and_t_operands_are_read_in_their_order() -> None:
    assert comments(" subl %ecx,%eax\n movl %eax,8(%r8,%r9,4)", "x86_64") == ["eax -= ecx", "[r8+r9*4+8] = eax"]


def test_a_condition_names_operands_only_behind_their_comparison() -> None:
    assert comments(" cmp w8,w9\n blt .L1", "aarch64")[1] == "if (w8 < w9, signed) go to .L1"
    assert comments(" cmp w8,w9\n mov w9,1\n blt .L1", "aarch64")[2] == ""
    assert comments(" cmp w8,w9\n.L2:\n blt .L1", "aarch64")[2] == ""
    assert comments(" adds w8,w9,w10\n blt .L1", "aarch64")[1] == ""
    assert comments(" comisd xmm0,xmm1\n jb .L1", "x86_64", "intel")[1] == ""
    assert comments(" cmp ecx,r8d\n ucomisd xmm0,xmm1\n jb .L1", "x86_64", "intel")[2] == ""


def test_parameters_are_named_until_their_register_is_overwritten() -> None:
    said = comments("f:\n add w8,w0,w1\n mov w0,5\n add w9,w0,w1\n.L1:\n add w10,w1,w0\n b .L1\n", "aarch64")
    assert said[0] == "x0 = a, x1 = b"
    assert said[1].endswith("(w0 is a, w1 is b)")
    assert said[3].endswith("(w1 is b)")
    assert said[4] == "loop"
    assert said[5].endswith("(w1 is b)")


def test_a_call_overwrites_what_the_abi_lets_it() -> None:
    assert comments("f:\n bl g\n mov w19,w0", "aarch64")[2] == "w19 = w0"
    assert comments("f:\n call g\n mov ebx,edi", "x86_64", "intel")[2] == "ebx = edi"


def test_helpers_have_no_parameters_named() -> None:
    assert comments("helper:\n mov w8,w0\n ret\nf:\n ret", "aarch64")[:2] == ["", "w8 = w0"]


@pytest.mark.toolchain
@pytest.mark.parametrize(("arch", "syntax"), [("aarch64", "gas"), ("x86_64", "gas"), ("x86_64", "intel")])
def test_comments_change_no_byte_and_explain_most_lines(
    arch: str, syntax: str, require_tool: Callable[[str, str], str]
) -> None:
    require_tool("aarch64-linux-gnu-gcc" if arch == "aarch64" else "gcc", "gcc")
    functions = tuple(generate(60, seed=3))
    target = Target(compiler=find_compiler(arch, "gcc"), level="Os", syntax=syntax)
    instructions = explained = 0
    for function, text in zip(functions, compiled(unit_source(functions), target, functions), strict=True):
        assert text is not None
        shown = commented(text, arch, syntax, function.prototype)
        plain, marked = (assemble(Source(text=one, arch=arch, syntax=syntax)).image for one in (text, shown))
        assert plain is not None
        assert marked is not None
        assert [one.data for one in marked.segments] == [one.data for one in plain.segments]
        lines = [line for line in shown.splitlines() if line.startswith(" ") and not line.startswith(" .")]
        instructions += len(lines)
        explained += sum(("//" if arch == "aarch64" else "#") in line for line in lines)
    assert explained > 0.9 * instructions
