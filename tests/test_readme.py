"""The README says what the code says."""

import re
from pathlib import Path

from playground.assembly.support import support_table

README = Path(__file__).resolve().parent.parent / "README.md"
MARKS = ("<!-- support table: begin -->\n", "<!-- support table: end -->\n")


def test_the_support_table_is_the_codes_own() -> None:
    """Write it anew with ``PYTHONPATH=. python tests/test_readme.py``."""
    text = README.read_text()
    begin, end = (text.index(mark) for mark in MARKS)
    assert text[begin + len(MARKS[0]) : end].strip() == support_table().strip()


def test_the_first_screen_has_the_two_commands() -> None:
    first_screen = README.read_text().split("---\n", 2)[2][:1500]
    assert "make run" in first_screen
    assert "make test" in first_screen


def test_the_front_matter_is_a_spaces() -> None:
    matter = README.read_text().split("---\n")[1]
    pinned = re.search(r"^gradio\S*==(\S+)$", (README.parent / "requirements.txt").read_text(), re.MULTILINE)
    assert pinned
    assert f"sdk_version: {pinned[1]}" in matter
    for key in ("sdk: gradio", "app_file: app.py", "python_version:", "short_description:", "license:", "tags:"):
        assert key in matter
    description = re.search(r"^short_description: (.*)$", matter, re.MULTILINE)
    assert description
    assert len(description[1]) <= 60, "the hub cuts off after 60 characters"


def rewrite() -> None:
    """Put the code's table between the README's marks."""
    text = README.read_text()
    begin, end = (text.index(mark) for mark in MARKS)
    README.write_text(text[: begin + len(MARKS[0])] + "\n" + support_table() + "\n" + text[end:])


if __name__ == "__main__":
    rewrite()
