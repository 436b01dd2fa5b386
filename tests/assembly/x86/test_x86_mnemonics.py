"""The list of mnemonics against GNU as: what it knows is known, so that a gap of ours is told from a mistake."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.assembly.x86.branches import BRANCHES
from playground.assembly.x86.families import FAMILIES, known_mnemonics
from playground.assembly.x86.fixed import FIXED
from playground.assembly.x86.hints import OTHER_MACHINES
from playground.assembly.x86.x87 import X87


def unknown_to_gnu(names: list[str], folder: Path, header: str = "") -> set[str]:
    path = folder / "names.s"
    path.write_text(header + "\n".join(names) + "\n")
    object_file = folder / "names.o"  # never /dev/null: after an error GNU as unlinks its output, for root even that
    run = subprocess.run(["as", "--64", "-o", object_file, path], capture_output=True, text=True)
    lines = {int(line) for line in re.findall(r":(\d+): Error: no such instruction", run.stderr)}
    offset = header.count("\n") + 1
    return {names[line - offset] for line in lines}


@pytest.mark.toolchain
def test_every_listed_mnemonic_is_real(tmp_path: Path, require_tool: Callable[[str, str], str]) -> None:
    require_tool("as", "binutils")
    assert not unknown_to_gnu(sorted(known_mnemonics()), tmp_path)


@pytest.mark.toolchain
def test_no_other_machines_mnemonic_is_ours(tmp_path: Path, require_tool: Callable[[str, str], str]) -> None:
    require_tool("as", "binutils")
    for names in OTHER_MACHINES.values():
        assert names - unknown_to_gnu(sorted(names), tmp_path) <= {"jal"}, "GNU as takes jal for ja with a suffix"


def test_what_we_encode_is_listed() -> None:
    dialect_only = {
        "leaveq",
        "leavew",
        "retq",
        "retn",
        "retf",
        "retfq",
        "iretl",
        "iretd",
        "stosd",
        "lodsd",
        "scasd",
        "insd",
    }
    ours = {*FAMILIES, *X87, *BRANCHES, *FIXED}
    unlisted = {name for name in ours if name not in known_mnemonics() and name[:-1] not in known_mnemonics()}
    assert unlisted <= dialect_only | {"fcompi", "fucompi"}
