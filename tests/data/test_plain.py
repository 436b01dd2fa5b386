"""Plain text in the compilers' spelling: what gcc prints, in any order of blocks, and still the same function."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from playground.assembly import assemble
from playground.assembly.program import Source
from playground.data.canonical import canonical
from playground.data.compilers import find_compiler
from playground.data.generate import generate
from playground.data.plain import plain_text, reordered
from playground.data.units import split_unit, unit_source
from playground.emulator import call_function
from playground.emulator.prototype import parse_prototype
from playground.emulator.result import CallResult

LOOP = """\
f:
 mov w1,0
 b .L1
.L2:
 add w1,w1,w0
 sub w0,w0,1
.L1:
 cbnz w0,.L2
 mov w0,w1
 ret
"""


def called(text: str, arch: str, prototype: str, arguments: tuple[int, ...]) -> CallResult:
    image = assemble(Source(text=text, arch=arch)).image
    assert image is not None, text
    return call_function(image, parse_prototype(prototype), arguments)


def test_blocks_stand_in_any_order_and_the_sum_is_the_same() -> None:
    seen = set()
    for seed in range(12):
        lines = reordered(LOOP.splitlines(), "aarch64", Random(seed))
        assert lines[:3] == ["f:", " mov w1,0", " b .L1"]
        seen.add(tuple(lines))
        for number in (0, 1, 10):
            assert called("\n".join(lines), "aarch64", "int f(int n)", (number,)).value == number * (number + 1) // 2
    assert len(seen) == 2, "two blocks behind the first have two orders"


def test_a_block_that_ran_on_jumps_where_it_went() -> None:
    lines = reordered(LOOP.splitlines(), "aarch64", Random(0))
    body = lines.index(" sub w0,w0,1")
    assert lines[body + 1] == " b .L1"


def test_gcc_spells_a_function_so(require_tool: Callable[[str, str], str]) -> None:
    """In gcc's own order and with its labels, the text is what gcc printed, but for directives."""
    require_tool("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu")
    compiler = find_compiler("aarch64", "gcc")
    functions = list(generate(60, seed=12, families=("map-combine", "array-reduce", "condition-choice")))
    printed = compiler.compile(unit_source(functions), "O0")
    for part in split_unit(printed, functions):
        assert part is not None
        own = [line for line in part.splitlines() if not line.lstrip().startswith((".", "//")) or line.startswith(".L")]
        own = [line for line in own if not re.match(r"\.L(FB|FE)\d+:", line)]
        texts = {plain_text(canonical(part, "aarch64"), "aarch64", Random(seed)) for seed in range(16)}
        bare = [[line for line in text.splitlines() if ".cfi" not in line and ".LFB" not in line] for text in texts]
        assert with_own_labels(own) in [with_own_labels(lines) for lines in bare]


def with_own_labels(lines: list[str]) -> list[str]:
    """Local labels numbered as they come."""
    text = "\n".join(lines).rstrip()
    numbers: dict[str, str] = {}
    return re.sub(r"\.L\d+", lambda found: numbers.setdefault(found[0], f".L{len(numbers)}"), text).split("\n")


@pytest.mark.parametrize(
    ("arch", "tool", "package"),
    [("aarch64", "aarch64-linux-gnu-as", "binutils-aarch64-linux-gnu"), ("x86_64", "x86_64-linux-gnu-as", "binutils")],
)
def test_gnu_as_accepts_the_texts(
    arch: str, tool: str, package: str, require_tool: Callable[[str, str], str], tmp_path: Path
) -> None:
    gnu = require_tool(tool, package)
    functions = [one for one in generate(60, seed=9) if not one.is_program]
    compiler = find_compiler(arch)
    answers = split_unit(compiler.compile(unit_source(functions), "O0"), functions)
    for number, answer in enumerate(answers):
        assert answer is not None
        text = plain_text(canonical(answer, arch), arch, Random(number))
        command = [gnu, "-o", str(tmp_path / "out.o"), "-"]
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (text, done.stderr)
