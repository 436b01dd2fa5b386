"""Functions compiled together come apart again, and the canonical spelling means the same to GNU as."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.assembly import assemble
from playground.assembly.program import Source
from playground.data.canonical import canonical
from playground.data.compilers import find_compiler
from playground.data.function import CFunction
from playground.data.generate import generate
from playground.data.units import defined_names, split_unit, unit_source
from playground.isa import architecture

COMMENTS = {"aarch64": "aarch64-linux-gnu-", "x86_64": ""}


def function(name: str, prototype: str, source: str) -> CFunction:
    return CFunction(name=name, prototype=prototype, source=source, request="Do it.", family="test")


def test_defined_names_see_functions_and_not_statements() -> None:
    source = (
        "static int g(int x) {\n  if (x) {\n    return 1;\n  }\n  while (x) { x--; }\n  return 0;\n}\n"
        "int f(int x) {\n  return g(x);\n}\n"
    )
    assert defined_names(source) == ["g", "f"]


def disassembly(text: str, arch: str, folder: Path) -> list[str]:
    """Mnemonics and operands by GNU objdump, addresses and symbol annotations removed.

    A jump of AArch64 to a ``ret`` counts as that ``ret``: canonical text returns at once.
    """
    prefix = COMMENTS[arch]
    (folder / "t.s").write_text(text)
    subprocess.run([f"{prefix}as", "-o", str(folder / "t.o"), str(folder / "t.s")], check=True, capture_output=True)
    dump = subprocess.run(
        [f"{prefix}objdump", "-d", "--no-show-raw-insn", str(folder / "t.o")],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    lines = re.findall(r"^\s+([0-9a-f]+):\t(.*)$", dump, re.MULTILINE)
    listing = {address: re.sub(r"<.*?>", "", text).strip() for address, text in lines}
    jumps = {f"b\t{address}": "ret" for address, text in listing.items() if text == "ret"}
    return [jumps.get(text, text) for text in listing.values() if not text.startswith("nop")]


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ["aarch64", "x86_64"])
@pytest.mark.parametrize("level", ["O0", "Os", "literal"])
def test_canonical_text_assembles_to_the_compilers_instructions(
    arch: str, level: str, tmp_path: Path, require_tool: Callable[[str, str], str]
) -> None:
    triplet = architecture(arch).gnu_triplet
    require_tool("aarch64-linux-gnu-gcc" if arch == "aarch64" else "gcc", f"gcc-{triplet.split('-')[0]}-linux-gnu")
    functions = list(generate(60, seed=3))
    text = find_compiler(arch, "gcc").compile(unit_source(functions), level)
    parts = split_unit(text, functions)
    assert all(parts)
    for part, wanted in zip(parts, functions, strict=True):
        spelled = canonical(part or "", arch)
        assert f"{wanted.name}:" in spelled
        assert disassembly(spelled, arch, tmp_path) == disassembly(part or "", arch, tmp_path), wanted.source


def test_constants_travel_with_their_function(require_tool: Callable[[str, str], str]) -> None:
    require_tool("gcc", "gcc")
    functions = [
        function("f", "double f(double x)", "double f(double x) {\n    return x * 2.5;\n}\n"),
        function("g", "double g(double x)", "double g(double x) {\n    return x * 2.5 + 7.25;\n}\n"),
    ]
    text = find_compiler("x86_64", "gcc").compile(unit_source(functions), "Os")
    for part in split_unit(text, functions):
        assert part is not None
        referred = set(re.findall(r"\.LC\d+(?=\()", part))
        assert referred
        assert referred == set(re.findall(r"^(\.LC\d+):", part, re.MULTILINE))


def test_a_float_that_shares_a_double_s_words_gets_its_own(require_tool: Callable[[str, str], str]) -> None:
    require_tool("gcc", "gcc")
    functions = [
        function("f", "double f(double x)", "double f(double x) {\n    return x * 1.5;\n}\n"),
        function("g", "float g(float x)", "float g(float x) {\n    return x + 1.9375f;\n}\n"),
    ]  # as a float 1.9375 is 0x3ff80000: the upper word of the double 1.5
    text = find_compiler("x86_64", "gcc").compile(unit_source(functions), "Os")
    assert ".set" in text
    part = split_unit(text, functions)[1]
    assert part is not None
    assert re.findall(r"\.long\s+(\d+)", part) == [str(0x3FF80000)]


def test_static_data_travels_with_its_function(require_tool: Callable[[str, str], str]) -> None:
    require_tool("gcc", "gcc")
    source = "int f(int i) {\n    static const int table[] = {5, 7, 11};\n    return table[i & 1] + 1;\n}\n"
    functions = [function("f", "int f(int i)", source), function("g", "int g(int i)", source.replace("f(", "g(", 1))]
    text = find_compiler("x86_64", "gcc").compile(unit_source(functions), "O0")
    for part in split_unit(text, functions):
        assert part is not None
        image = assemble(Source(text=canonical(part, "x86_64"), arch="x86_64")).image
        assert image is not None
        assert len(re.findall(r"^table\.\d+:$", part, re.MULTILINE)) == 1


def test_canonical_spelling() -> None:
    text = (
        "\t.globl\tf\n\t.type\tf, %function\nf:\n.LFB0:\n\tcmp\tw0, #3 // c\n\tble\t.L7\n\tmov\tw0, #-1\n"
        ".L7:\n\tret\n\t.size\tf, .-f\n"
    )
    assert canonical(text, "aarch64") == "f:\n cmp w0,3\n ble .L1\n mov w0,-1\n.L1:\n ret\n"


def test_a_jump_to_a_return_returns() -> None:
    text = "f:\n\tcbz\tw0, .L3\n\tmov\tw0, 1\n\tb\t.L2\n.L3:\n\tmov\tw0, 2\n.L2:\n\tret\n"
    assert canonical(text, "aarch64") == "f:\n cbz w0,.L1\n mov w0,1\n ret\n.L1:\n mov w0,2\n ret\n"


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ["aarch64", "x86_64"])
def test_clang_s_functions_come_apart_and_assemble(arch: str) -> None:
    pytest.importorskip("ziglang", reason="pip install ziglang")
    functions = list(generate(40, seed=3))
    text = find_compiler(arch, "clang").compile(unit_source(functions), "Os")
    for part, wanted in zip(split_unit(text, functions), functions, strict=True):
        assert part is not None
        image = assemble(Source(text=canonical(part, arch), arch=arch)).image
        assert image is not None
        assert wanted.name in image.symbols


def test_defined_names_see_no_attribute_behind_an_empty_line() -> None:
    source = "#include <stdlib.h>\n\n__attribute__((noinline)) static int gap(int x) {\n    return abs(x);\n}\n"
    assert defined_names(source) == ["gap"]
