"""Programs as models, tutorials and people write them, through our assembler and through GNU as or nasm, and ld."""

from collections.abc import Callable
from pathlib import Path

import pytest
from peer import differences

from playground.assembly.detect import detect
from playground.assembly.program import Source

HERE = Path(__file__).parent
NASM_PROGRAMS = sorted((HERE / "x86" / "programs").glob("*.asm"))
ANSWERS = sorted((HERE / "answers").glob("*.s"))
"""``name.aarch64.s``, ``name.att.s``, ``name.intel.s``"""
LANGUAGES = {"aarch64": ("aarch64", "gas"), "att": ("x86_64", "gas"), "intel": ("x86_64", "intel")}


@pytest.mark.toolchain
@pytest.mark.parametrize("path", NASM_PROGRAMS, ids=lambda path: path.stem)
def test_nasm_programs_agree(path: Path, require_tool: Callable[[str, str], str], tmp_path: Path) -> None:
    require_tool("nasm", "nasm")
    require_tool("ld", "binutils")
    assert differences(path.read_text(), "x86_64", tmp_path, "nasm") == []


@pytest.mark.toolchain
@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.name)
def test_gas_programs_agree(path: Path, require_tool: Callable[[str, str], str], tmp_path: Path) -> None:
    arch, syntax = LANGUAGES[path.name.split(".")[-2]]
    require_tool("aarch64-linux-gnu-ld" if arch == "aarch64" else "ld", "binutils-aarch64-linux-gnu")
    assert differences(path.read_text(), arch, tmp_path, syntax) == []


@pytest.mark.parametrize("path", ANSWERS + NASM_PROGRAMS, ids=lambda path: path.name)
def test_their_language_is_detected(path: Path) -> None:
    expected = ("x86_64", "nasm") if path.suffix == ".asm" else LANGUAGES[path.name.split(".")[-2]]
    found = detect(Source(text=path.read_text(), arch="auto"))
    assert (found.arch, found.syntax) == expected, found.sentence
