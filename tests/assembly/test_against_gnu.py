"""Compilers' output through our assembler and through GNU as and ld: the same bytes at the same addresses.

The only listed exception is in `peer.SLOT`: slots of the global offset table, which ld orders otherwise.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from peer import code_lines, compiled, differences

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.c*"))
COMPILERS = {
    ("aarch64", "gcc"): ("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu", []),
    ("x86_64", "gcc"): ("gcc", "gcc", []),
    ("aarch64", "clang"): ("clang", "clang", ["--target=aarch64-linux-gnu", "-fno-addrsig"]),
    ("x86_64", "clang"): ("clang", "clang", ["-fno-addrsig"]),
}
FLAGS = {
    "aarch64": (["-O0"], ["-O2", "-fPIE", "-mbranch-protection=standard"]),
    "x86_64": (["-O0", "-fPIE"], ["-O2", "-fcf-protection"]),
}


@pytest.mark.toolchain
@pytest.mark.parametrize("source", CORPUS, ids=lambda path: path.name)
@pytest.mark.parametrize(("arch", "compiler"), COMPILERS)
def test_compiled_programs_agree_with_gnu(
    source: Path, arch: str, compiler: str, require_tool: Callable[[str, str], str], tmp_path: Path
) -> None:
    name, package, options = COMPILERS[arch, compiler]
    if source.suffix == ".cpp":
        name, package = name.replace("gcc", "g++").replace("clang", "clang++"), package.replace("gcc", "g++")
    command = [require_tool(name, package), *options, "-w"]
    require_tool("aarch64-linux-gnu-ld" if arch == "aarch64" else "ld", "binutils-aarch64-linux-gnu")
    for flags in FLAGS[arch]:
        text = compiled([*command, *flags], source, tmp_path / "out.s")
        assert text is not None, f"{source.name} does not compile with {command}"
        assert code_lines(text) > 50
        assert differences(text, arch, tmp_path) == [], flags


@pytest.mark.toolchain
@pytest.mark.parametrize(("arch", "compiler"), COMPILERS)
def test_thread_local_storage_of_shared_libraries(
    arch: str, compiler: str, require_tool: Callable[[str, str], str], tmp_path: Path
) -> None:
    """-fPIC asks for the general-dynamic model, which ld and we relax to the same bytes."""
    name, package, options = COMPILERS[arch, compiler]
    require_tool("aarch64-linux-gnu-ld" if arch == "aarch64" else "ld", "binutils-aarch64-linux-gnu")
    for flags in (["-O2", "-fPIC"], ["-O0", "-fPIC", "-fno-plt"]):
        command = [require_tool(name, package), *options, *flags, "-w"]
        text = compiled(command, Path(__file__).parent / "corpus" / "threads.c", tmp_path / "out.s")
        assert text is not None
        assert "tls" in text.lower()
        assert differences(text, arch, tmp_path) == [], flags


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ["aarch64", "x86_64"])
@pytest.mark.parametrize("name", ["directives", "macros", "layout"])
def test_hand_written_programs_agree_with_gnu(
    name: str, arch: str, require_tool: Callable[[str, str], str], tmp_path: Path
) -> None:
    require_tool("aarch64-linux-gnu-ld" if arch == "aarch64" else "ld", "binutils-aarch64-linux-gnu")
    text = (Path(__file__).parent / "corpus" / f"{name}.s").read_text()
    assert differences(text, arch, tmp_path) == []
