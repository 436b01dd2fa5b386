"""Hand-written and combined statements of each dialect against GNU as: verdict, bytes, relocations."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from x86_comparison import Difference, compare, unexplained
from x86_gnu import assemble_each

pytestmark = pytest.mark.toolchain
LISTS = Path(__file__).parent / "edge_cases"

GAPS = frozenset(
    [
        "rdpid",
        "umwait",
        "ud1",
        "movdiri",
        "ptwrite",
        "gf2p8mulb",
        "tpause",
        "movdir64b",
        "enqcmd",
        "umonitor",
        "cldemote",
        "lar",
        "lsl",
        "vmovdqu8",
    ]
)
"""Valid, unscored: no compiler prints them for ordinary code and Unicorn runs none that computes."""

EXCEPTIONS = {
    "movsl (%rax),(%rdi)": "GNU as warns that (%rax) is ignored and reads (%rsi): a mistake worth telling",
    "mov (,2),%ecx": "GNU as warns and reads address 0",
    "in $300,%al": "GNU as shortens the port to 44",
    "data16 cs nopw 0x0(%rax,%rax,1)": "GNU as counts the operand size of nopw as a second data16; harmless",
    "xchg %rax,%rax": "GNU as leaves REX.W out of the one-byte nop; both do nothing",
    "mov eax, dword [rax]": "GNU as reads dword as the number 4 and loads from rax + 4: a mistake worth telling",
    "mov eax, dword ptr": "GNU as loads the number 4: a mistake worth telling",
    "call dword ptr [rax]": "GNU as makes a far call of it: no compiler's code means that",
    "mov eax, $5": "GNU as takes $5 for a symbol, which no linker finds: AT&T's spelling of a number",
    "jmp short lab": "GNU as takes the long form for an undefined label in spite of short",
    "vfmadd213sd xmm0, xmm1, qword ptr [rax]": "Keystone takes the EVEX form of the same instruction",
}
"""Statement -> why we part from GNU as."""

REGISTERS = {1: ("al", "bh", "sil", "r9b"), 2: ("ax", "r9w"), 4: ("ecx", "r10d"), 8: ("rdx", "r11")}
SUFFIXES = {1: "b", 2: "w", 4: "l", 8: "q"}
MEMORY = (
    "(%rax)", "8(%rbp)", "-300(%rsp,%r9,4)", "foo(%rip)", "foo+8", "%fs:0x28", "0x1234(,%rcx,8)", "(%r13)", "(%r12)",
    "%gs:(%rdx)", "4(%eip)", "(%ecx,%edx,2)", "0x12345678", "foo(,%rax,4)", "%ds:(%rbp)", "-0x10",
)  # fmt: skip
NUMBERS = (
    0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, 65535, 65536, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, -0x80000000,
    0xFFFFFFFFFFFFFFFF, 0x123456789,
)  # fmt: skip


def two_operands() -> list[str]:
    """Arithmetic and moves with every register size, address form and boundary number."""
    found = []
    for name, size in itertools.product(
        ["add", "or", "adc", "sbb", "and", "sub", "xor", "cmp", "test", "mov", "xchg", "cmpxchg", "xadd"], SUFFIXES
    ):
        first, *_, last = REGISTERS[size]
        found += [f"{name} %{register},%{first}" for register in REGISTERS[size]]
        found += [f"{name} {memory},%{first}" for memory in MEMORY]
        found += [f"{name}{SUFFIXES[size]} %{'cl' if size == 1 else last},{memory}" for memory in MEMORY[:4]]
        if name not in ("xchg", "cmpxchg", "xadd"):
            for number in NUMBERS:
                found += [f"{name} ${number},%{last}", f"{name} ${hex(number)},%{first}"]
                found.append(f"{name}{SUFFIXES[size]} ${number},(%rbx)")
            found += [f"{name} $foo,%{last}", f"{name}{SUFFIXES[size]} $foo+1,bar(%rip)", f"{name} $foo,%{first}"]
    return found


def one_operand_and_shifts() -> list[str]:
    found = []
    for size, registers in REGISTERS.items():
        suffix = SUFFIXES[size]
        for name, register in itertools.product(["not", "neg", "mul", "inc", "dec", "div", "idiv", "imul"], registers):
            found += [f"{name} %{register}", f"{name}{suffix} %{register}", f"{name}{suffix} {MEMORY[size]}"]
        for name, register in itertools.product(["rol", "ror", "rcl", "rcr", "shl", "sal", "shr", "sar"], registers):
            found += [f"{name} {count}%{register}" for count in ("", "$1,", "$5,", "%cl,", "$255,", "$-1,", "%ecx,")]
            found += [f"{name}{suffix} $3,{MEMORY[size]}", f"{name}{suffix} %cl,(%r12)", f"{name}{suffix} (%r13)"]
    return found


def wide_operands() -> list[str]:
    """Instructions without a byte form."""
    found = []
    for size in (2, 4, 8):
        first, last, suffix = REGISTERS[size][0], REGISTERS[size][1], SUFFIXES[size]
        for name in ("shld", "shrd"):
            found += [f"{name} {count}%{first},%{last}" for count in ("$3,", "%cl,", "")]
        for name in ("bt", "bts", "btr", "btc"):
            found += [f"{name} $3,%{first}", f"{name} %{first},%{last}", f"{name}{suffix} $200,(%rax)"]
        for name in ["bsf", "bsr", "lzcnt", "tzcnt", "popcnt", "cmovne", "cmovnae"]:
            found += [f"{name} 8(%rcx,%rax,2),%{first}", f"{name}{suffix} %{last},%{first}", f"{name} foo,%{last}"]
        found += [f"imul {number}%{first},%{last}" for number in ("$5,", "$500,", "$0xffff,", "$foo,", "")]
        found += [f"movbe (%rdx),%{first}", f"movbe %{first},(%rdx)", f"lea{suffix} 4(%rcx),%{last}"]
    return found


def extensions_and_conditions() -> list[str]:
    sizes = {suffix: size for size, suffix in SUFFIXES.items()}
    found = []
    for stem, pair in itertools.product(("movs", "movz"), ("bw", "bl", "bq", "wl", "wq", "lq")):
        target = REGISTERS[sizes[pair[1]]][0]
        found += [f"{stem}{pair} %{register},%{target}" for register in REGISTERS[sizes[pair[0]]]]
        found += [f"{stem}{pair} {memory},%{target}" for memory in MEMORY[:6]]
    for code in [
        "o",
        "no",
        "b",
        "c",
        "nae",
        "ae",
        "nb",
        "nc",
        "e",
        "z",
        "ne",
        "nz",
        "be",
        "na",
        "a",
        "nbe",
        "s",
        "ns",
        "p",
        "pe",
        "np",
        "po",
        "l",
        "nge",
        "ge",
        "nl",
        "le",
        "ng",
        "g",
        "nle",
    ]:
        found += [f"j{code} foo", f"set{code} %bl", f"set{code} (%r12)", f"cmov{code} %eax,%ebx", f"set{code} %sil"]
    return found


def listed(name: str) -> list[str]:
    lines = (line.strip() for line in (LISTS / name).read_text().splitlines())
    return [line for line in lines if line and line[0] not in "#;"]


def is_explained(found: Difference) -> bool:
    if found.what == "gap":
        return found.text.split()[0] in GAPS
    return found.text in EXCEPTIONS


CASES = {
    "two operands": ("gas", two_operands),
    "one operand and shifts": ("gas", one_operand_and_shifts),
    "wide operands": ("gas", wide_operands),
    "extensions and conditions": ("gas", extensions_and_conditions),
    "att.txt": ("gas", lambda: listed("att.txt")),
    "intel.txt": ("intel", lambda: listed("intel.txt")),
}


@pytest.mark.parametrize("case", CASES)
def test_edge_cases_agree_with_gnu_as(case: str, tmp_path: Path, require_tool: Callable[[str, str], str]) -> None:
    require_tool("as", "binutils")
    syntax, make = CASES[case]
    statements = list(dict.fromkeys(make()))
    peer = assemble_each(statements, syntax, tmp_path)
    assert not unexplained(compare(statements, syntax, peer, tmp_path), is_explained)
