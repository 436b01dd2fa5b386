"""Programs that the native compiler translates give natively and here the same output and exit status."""

import re
from pathlib import Path

import pytest

from tests.emulator.images import image
from tests.emulator.toolchain import PACKAGES, Outcome, TooSlow, compile_to_assembly, outcome_of, run_here, run_natively

PROGRAMS = Path(__file__).parent / "programs"
SOURCES = sorted((*PROGRAMS.glob("*.c"), *PROGRAMS.glob("*.cpp")))
LEVELS = ("-O0", "-O1", "-O2", "-O3", "-Os")
STDIN = b"12 30\nthe cat and the hat and THE bat\n"
ARCHES = ("x86_64", "aarch64")

pytestmark = pytest.mark.toolchain


def both(source: Path, arch: str, level: str, folder: Path) -> tuple[Outcome, Outcome]:
    copy = folder / source.name
    copy.write_text(source.read_text())
    text = compile_to_assembly(copy, arch, level)
    native = run_natively(copy.with_suffix(".s"), arch, stdin=STDIN, cxx=source.suffix == ".cpp")
    return native, outcome_of(run_here(text, arch, stdin=STDIN))


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_same_as_natively(source: Path, level: str, arch: str, tmp_path: Path, require_tool) -> None:
    for package in PACKAGES[arch]:
        require_tool(*package)
    native, here = both(source, arch, level, tmp_path)
    assert native.stdout
    assert here == native


CHANGES = {
    "x86_64": (
        (r"\taddl\t", "\tsubl\t"),
        (r"\tjle\t", "\tjge\t"),
        (r"\timull\t", "\taddl\t"),
        (r"\tsarl\t", "\tshrl\t"),
    ),
    "aarch64": (
        (r"\tadd\tw", "\tsub\tw"),
        (r"\tble\t", "\tbge\t"),
        (r"\tmul\tw", "\tadd\tw"),
        (r"\tasr\tw", "\tlsr\tw"),
    ),
}


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("name", ["integers.c", "heap.c"])
def test_a_changed_instruction_changes_both_alike(name: str, arch: str, tmp_path: Path, require_tool) -> None:
    """The negative control: a runner that ignored the instruction would still show the unchanged result."""
    for package in PACKAGES[arch]:
        require_tool(*package)
    copy = tmp_path / name
    copy.write_text((PROGRAMS / name).read_text())
    text = compile_to_assembly(copy, arch, "-O0")
    original = run_natively(copy.with_suffix(".s"), arch, stdin=STDIN)
    different = 0
    for pattern, replacement in CHANGES[arch]:
        for match in list(re.finditer(pattern, text))[:3]:
            changed = text[: match.start()] + replacement + text[match.end() :]
            path = tmp_path / "changed.s"
            path.write_text(changed)
            try:
                native = run_natively(path, arch, stdin=STDIN, seconds=3)
            except TooSlow:
                continue
            if native == original or native.status < 0:
                continue
            different += 1
            assert outcome_of(run_here(changed, arch, stdin=STDIN)) == native
    assert different >= 2


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize(
    ("statement", "signal"),
    [
        ("*(volatile int *)0 = 1;", 11), ("volatile int z = 0; __asm__ volatile(\"\" ::: \"memory\"); abort();", 6),
        ("((void (*)(void))0x10)();", 11), ("main();", 11),
    ],
)  # fmt: skip
def test_deaths_are_the_same(statement: str, signal: int, arch: str, tmp_path: Path, require_tool) -> None:
    for package in PACKAGES[arch]:
        require_tool(*package)
    source = tmp_path / "death.c"
    source.write_text(
        f"#include <stdlib.h>\nint main(void) {{ volatile char room[64]; room[1] = 2; {statement} return room[1]; }}"
    )
    text = compile_to_assembly(source, arch, "-O0")
    native = run_natively(source.with_suffix(".s"), arch)
    assert native.status == -signal
    assert outcome_of(run_here(text, arch)) == native


def test_division_by_zero_dies_as_natively(tmp_path: Path, require_tool) -> None:
    require_tool("gcc", "gcc")
    text = ".globl main\nmain:\n\txorl %ecx, %ecx\n\tmovl $1, %eax\n\tcltd\n\tidivl %ecx\n\tret\n"
    path = tmp_path / "divide.s"
    path.write_text(text)
    native = run_natively(path, "x86_64")
    assert native.status == -8
    assert outcome_of(run_here(text, "x86_64")) == native
    assert image(text, "x86_64").entry_symbol == "main"
