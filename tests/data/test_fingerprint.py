"""Fingerprints are blind to names and layout, and to nothing else."""

import pytest

from playground.data.fingerprint import assembly_fingerprint, c_fingerprint

C = "int f(const int *a, int n) { int t = 0; for (int i = 0; i < n; i++) t += a[i]; return t; }"


@pytest.mark.parametrize(
    "same",
    [
        "int sum(int *values, int count) {\n  int total = 0; // go\n"
        "  for (int k = 0; k < count; k++)\n total += values[k];\n  return total;\n}",
        C.replace("  ", " "),
        "/* hello */ " + C,
    ],
)
def test_names_and_layout_do_not_matter(same: str) -> None:
    assert c_fingerprint(same) == c_fingerprint(C)


@pytest.mark.parametrize(
    "other",
    [C.replace("+=", "-="), C.replace("i = 0", "i = 1"), C.replace("int t", "long t"), C.replace("a[i]", "a[n]")],
)
def test_everything_else_does(other: str) -> None:
    assert c_fingerprint(other) != c_fingerprint(C)


def test_assembly_is_the_same_under_another_name() -> None:
    one = "sum:\n mov w0,1\n bl helper\n ret\nhelper:\n ret\n"
    assert assembly_fingerprint(one) == assembly_fingerprint(one.replace("sum", "total").replace("helper", "h"))
    assert assembly_fingerprint(one) != assembly_fingerprint(one.replace("w0,1", "w0,2"))
