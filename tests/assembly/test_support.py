"""The table of what is supported says what the assembler does."""

import pytest

from playground.assembly import assemble
from playground.assembly.program import Source
from playground.assembly.support import AARCH64_ROWS, GAS_ROWS, support_table


def test_every_group_has_its_row() -> None:
    table = support_table()
    for title, names in {**GAS_ROWS, **AARCH64_ROWS}.items():
        row = next(line for line in table.splitlines() if line.split("|")[1].strip().endswith(f" {title}"))
        assert all(f"`{name}`" in row for name in names)


@pytest.mark.parametrize("name", sorted(GAS_ROWS["not supported (unscored)"]))
def test_lacking_directives_are_gaps(name: str) -> None:
    result = assemble(Source(text=f"\t{name} 1\n", arch="aarch64"))
    assert (result.diagnostics, [gap.name for gap in result.gaps]) == ((), [name])


@pytest.mark.parametrize("name", sorted(GAS_ROWS["read and ignored"] | GAS_ROWS["kept for an unwinder"]))
def test_ignored_directives_change_nothing(name: str) -> None:
    image = assemble(Source(text=f"\t{name} 1\n\tret\n", arch="aarch64")).image
    assert image is not None
    assert image.segments[0].data == bytes.fromhex("c0035fd6")


@pytest.mark.parametrize("name", sorted(AARCH64_ROWS["encoded here: hints, pointer authentication"]))
def test_hints_and_their_like_assemble(name: str) -> None:
    assert assemble(Source(text=f"\t{name}\n", arch="aarch64")).image is not None
