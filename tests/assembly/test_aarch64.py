"""aarch64 instructions against GNU as: every mnemonic with many operand shapes, and immediates at their limits."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from aarch64_shapes import IMMEDIATE_FORMS, SHAPES, values

from playground.assembly.aarch64 import Aarch64Encoder
from playground.assembly.aarch64.branches import PLACES
from playground.assembly.aarch64.mnemonics import mnemonics
from playground.assembly.encoding import Encoded, EncodeOutcome, InstructionStatement
from playground.assembly.program import Diagnostic, Gap

LABELS = frozenset(PLACES) | {"ldr", "ldrsw"}
"""With a register where a label belongs GNU as takes it for a symbol's name; we call it a mistake."""

UNENCODED = frozenset({"ldraa", "ldrab"})
"""Reported as gaps."""

TRUNCATED = 1 << 31
"""Numbers beyond which GNU as itself drops bits in silence (`add w1, w2, #0x8000000000000000`); we refuse them."""


class NoConstants:
    def constant(self, name: str) -> int | None:
        return None

    def is_local_label(self, name: str) -> bool:
        return False


def encoded(lines: list[str]) -> list[EncodeOutcome]:
    parts = [line.partition(" ") for line in lines]
    statements = [InstructionStatement(name, rest, i, 1, 1, ".") for i, (name, _, rest) in enumerate(parts, 1)]
    return Aarch64Encoder().encode(statements, NoConstants())


class Gnu:
    """GNU as on many single lines: those it takes, with their bytes, and those it refuses."""

    def __init__(self, require_tool: Callable[[str, str], str], folder: Path, extensions: str = "") -> None:
        self._as = require_tool("aarch64-linux-gnu-as", "binutils-aarch64-linux-gnu")
        self._copy = require_tool("aarch64-linux-gnu-objcopy", "binutils-aarch64-linux-gnu")
        self._folder = folder
        self._march = f"-march=armv8.5-a+crypto+sha3+sm4+fp16fml{extensions}"

    def sort(self, lines: list[str]) -> tuple[dict[str, bytes], list[str]]:
        source, output, raw = (self._folder / name for name in ("i.s", "i.o", "i.bin"))
        source.write_text("".join(f"{line}\n" for line in lines))
        done = subprocess.run([self._as, self._march, source, "-o", output], capture_output=True, text=True)
        refused = {int(number) for number in re.findall(r"i\.s:(\d+): Error", done.stderr)}
        taken = [line for number, line in enumerate(lines, 1) if number not in refused]
        source.write_text("".join(f"{line}\n" for line in taken))
        subprocess.run([self._as, self._march, source, "-o", output], check=True, capture_output=True)
        subprocess.run([self._copy, "-O", "binary", "-j", ".text", output, raw], check=True)
        data = raw.read_bytes()
        assert len(data) == 4 * len(taken)
        found = {line: data[4 * i : 4 * i + 4] for i, line in enumerate(taken)}
        return found, [line for number, line in enumerate(lines, 1) if number in refused]


@pytest.mark.toolchain
def test_every_mnemonic_agrees_with_gnu_as(require_tool: Callable[[str, str], str], tmp_path: Path) -> None:
    names = sorted(mnemonics() - LABELS - UNENCODED)
    taken, _ = Gnu(require_tool, tmp_path).sort([f"{name} {shape}".rstrip() for name in names for shape in SHAPES])
    assert len(taken) > 2000
    wrong = [
        (line, outcome)
        for (line, data), outcome in zip(taken.items(), encoded(list(taken)), strict=True)
        if not isinstance(outcome, Encoded) or outcome.data != data
    ]
    assert wrong == []


@pytest.mark.toolchain
def test_immediates_agree_with_gnu_as(require_tool: Callable[[str, str], str], tmp_path: Path) -> None:
    """What GNU as takes we encode alike; what it refuses we refuse: nothing is cut off in silence."""
    random = Random(7)
    lines = dict.fromkeys(form.format(**values(random)) for form in IMMEDIATE_FORMS for _ in range(40))
    taken, refused = Gnu(require_tool, tmp_path).sort(list(lines))
    assert len(taken) > 1000
    for (line, data), outcome in zip(taken.items(), encoded(list(taken)), strict=True):
        if isinstance(outcome, Encoded):
            assert outcome.data == data, line
        else:
            numbers = [int(text, 0) for text in re.findall(r"-?(?:0x[0-9a-f]+|\b[0-9]+)", line)]
            assert max(map(abs, numbers)) >= TRUNCATED or "#-" in line, (line, outcome)
    accepted = [line for line, outcome in zip(refused, encoded(refused), strict=True) if isinstance(outcome, Encoded)]
    assert [line for line in accepted if not line.startswith("ldxr")] == []


@pytest.mark.toolchain
def test_the_list_of_mnemonics_is_gnus(require_tool: Callable[[str, str], str], tmp_path: Path) -> None:
    """GNU as knows each of them (with any operands), so that an unknown one is our gap and not an invention."""
    everything = (
        "+sve2+sme+memtag+bf16+i8mm+ls64+rng+tme+profile+predres+ssbs+sb+sve2-sm4+sve2-aes+sve2-sha3+sve2-bitperm"
    )
    assembler = require_tool("aarch64-linux-gnu-as", "binutils-aarch64-linux-gnu")
    source = tmp_path / "m.s"
    source.write_text("".join(f"{name} foo!bar\n" for name in sorted(mnemonics())))
    done = subprocess.run(
        [assembler, f"-march=armv8.8-a{everything}+cssc", source, "-o", tmp_path / "m.o"],
        capture_output=True,
        text=True,
    )
    if "unknown architectural extension" in done.stderr:
        pytest.skip("install with: apt-get install binutils-aarch64-linux-gnu (2.40 or later)")
    assert re.findall(r"unknown mnemonic `([\w.]+)", done.stderr) == []


def test_register_names_and_numbers_are_normalised() -> None:
    same = [
        "add x29, x30, #0xff",
        "add fp, lr, 255",
        "ADD X29, X30, #255",
        "add x29,x30,#0b11111111",
        "add fp, x30, 0377",
    ]
    lowered = [line[:3].lower() + line[3:] for line in same]
    data = {outcome.data for outcome in encoded(lowered) if isinstance(outcome, Encoded)}
    assert len(data) == 1


def test_gaps_and_mistakes_are_told_apart() -> None:
    outcomes = encoded(["addvl x0, x1, #3", "st2g x0, [x1]", "movq x0, x1", "add x0, q1"])
    assert [type(outcome) for outcome in outcomes] == [Gap, Gap, Diagnostic, Diagnostic]


@pytest.mark.parametrize("name", ["ubfx", "sbfx", "ubfiz", "sbfiz", "bfi", "bfxil", "bfc"])
def test_a_bit_field_without_its_width_is_a_mistake(name: str) -> None:
    """Keystone calls the mnemonic unknown then."""
    operands = "x0" if name == "bfc" else "x0, x1"
    whole, half = encoded([f"{name} {operands}, #3, #4", f"{name} {operands}, #3"])
    assert isinstance(whole, Encoded)
    assert isinstance(half, Diagnostic)
    assert half.message.startswith(f"{name} takes ")
