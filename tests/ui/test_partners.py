"""Adapters for one architecture each: choosing an architecture changes to the one that was made for it."""

import pytest

from playground.ui.compare.partners import partner

KNOWN = ("base", "small-aarch64", "small-x86_64", "lonely-aarch64", "both")


@pytest.mark.parametrize(
    ("model", "arch", "taken"),
    [
        ("small-aarch64", "x86_64", "small-x86_64"),
        ("small-x86_64", "aarch64", "small-aarch64"),
        ("small-aarch64", "aarch64", "small-aarch64"),
        ("lonely-aarch64", "x86_64", "lonely-aarch64"),
        ("both", "x86_64", "both"),
        ("base", "x86_64", "base"),
    ],
)
def test_the_partner_is_taken_where_there_is_one(model: str, arch: str, taken: str) -> None:
    assert partner(model, arch, KNOWN) == taken
