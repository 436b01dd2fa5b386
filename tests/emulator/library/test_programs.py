"""Whole C and C++ programs at several optimisation levels: the same output and status as natively."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.assembly import assemble
from playground.assembly.program import Source
from playground.emulator.process import run_program

PROGRAMS = Path(__file__).parent / "programs"
LISTINGS = Path(__file__).parents[1] / "programs"
STDIN = b"12 3.5\nlast line\nmore words here 77\n"
TOOLS = {
    "x86_64": (("gcc", "gcc"), ("g++", "g++"), ()),
    "aarch64": (
        ("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu"),
        ("aarch64-linux-gnu-g++", "g++-aarch64-linux-gnu"),
        ("qemu-aarch64", "qemu-user"),
    ),
}


def _tools(arch: str, is_cxx: bool, require_tool: Callable[[str, str], str]) -> tuple[str, list[str]]:
    c, cxx, runner = TOOLS[arch]
    return require_tool(*(cxx if is_cxx else c)), [require_tool(*runner)] if runner else []


@pytest.mark.toolchain
@pytest.mark.parametrize("level", ["-O0", "-O2"])
@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
@pytest.mark.parametrize("name", sorted(path.name for path in PROGRAMS.iterdir()))
def test_runs_as_natively(
    name: str, arch: str, level: str, tmp_path: Path, require_tool: Callable[[str, str], str]
) -> None:
    source = PROGRAMS / name
    compiler, runner = _tools(arch, source.suffix == ".cpp", require_tool)
    listing = subprocess.run(
        [compiler, level, "-w", "-S", "-o", "-", source], check=True, capture_output=True, text=True
    ).stdout
    binary = tmp_path / "program"
    subprocess.run([compiler, level, "-w", "-static", source, "-o", binary, "-lm"], check=True)
    native = subprocess.run([*runner, binary], input=STDIN, capture_output=True)
    image = assemble(Source(text=listing, arch=arch, syntax="gas")).image
    assert image is not None
    ours = run_program(image, stdin=STDIN, arguments=(str(binary),))
    assert (ours.stdout, ours.stderr, ours.exit_status) == (native.stdout, native.stderr, native.returncode), (
        ours.reason
    )


@pytest.mark.toolchain
@pytest.mark.parametrize("name", ["sum_of_two_numbers", "greeting_and_sum"])
def test_listings_of_gxx_13_print_what_they_print_natively(
    name: str, tmp_path: Path, require_tool: Callable[[str, str], str]
) -> None:
    listing = LISTINGS / f"{name}.s"
    # g++ 13's library initialises the streams by itself; an older one needs a file that includes <iostream>
    initialiser = tmp_path / "streams.cpp"
    initialiser.write_text("#include <iostream>\n")
    binary = tmp_path / "program"
    subprocess.run([require_tool("g++", "g++"), listing, initialiser, "-o", binary], check=True)
    native = subprocess.run([binary], capture_output=True)
    image = assemble(Source(text=listing.read_text(), arch="auto")).image
    assert image is not None
    ours = run_program(image)
    assert native.stdout
    assert (ours.stdout, ours.exit_status) == (native.stdout, native.returncode)
