"""String literals, escapes, comma lists, floating-point constants: against GNU as, and properties."""

import struct
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.assembly.strings import StringError, float_bytes, split_commas, string_bytes

ESCAPED = {7: "\\7", 8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def spelled(data: bytes) -> str:
    """`data` as a literal: named escapes, printable characters, and octal with three digits."""
    return '"' + "".join(ESCAPED.get(b) or (chr(b) if 32 <= b < 127 else f"\\{b:03o}") for b in data) + '"'


@given(st.binary(max_size=60))
def test_any_bytes_survive_a_literal(data: bytes) -> None:
    if 7 in data:
        data = data.replace(b"\7", b"")
    assert string_bytes(spelled(data)) == data


@given(st.lists(st.binary(max_size=12).filter(lambda data: 7 not in data), min_size=1, max_size=5))
def test_commas_inside_literals_do_not_split(pieces: list[bytes]) -> None:
    literals = [spelled(piece) for piece in pieces]
    assert [piece for piece, _ in split_commas(" , ".join(literals))] == literals


@given(st.text(max_size=30))
def test_no_text_raises_anything_but_a_string_error(text: str) -> None:
    with suppress(StringError):
        assert isinstance(string_bytes(text), bytes)


@pytest.mark.parametrize("text", ['"abc', "abc", "", '"a" b', '"\\"'])
def test_what_is_no_literal_is_said(text: str) -> None:
    with pytest.raises(StringError):
        string_bytes(text)


CASES = [
    '"\\x41\\x4a"',
    '"\\x1234"',
    '"\\0\\00\\000\\0001"',
    '"\\e\\q"',
    '"a" "b"',
    '"caf\\303\\251 é"',
    '"\\400\\777"',
    '"\\\\n"',
]


@pytest.mark.toolchain
def test_escapes_agree_with_gnu_as(require_tool: Callable[[str, str], str], tmp_path: Path) -> None:
    for text in CASES:
        assert string_bytes(text) == through_gnu(require_tool, tmp_path, f".ascii {text}"), text


@pytest.mark.toolchain
def test_floats_agree_with_gnu_as(require_tool: Callable[[str, str], str], tmp_path: Path) -> None:
    texts = [
        "1.5",
        "-0.0",
        "3.14159265358979",
        "1e300",
        "1e-310",
        "0.1",
        "5e-46",
        "2.5e-1",
    ]
    for size, directive in ((4, ".float"), (8, ".double")):
        for text in texts if size == 8 else [t for t in texts if t not in ("1e300", "1e-310")]:
            assert float_bytes(text, size) == through_gnu(require_tool, tmp_path, f"{directive} {text}"), text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_doubles_survive_their_decimal_form(number: float) -> None:
    assert float_bytes(repr(number), 8) == struct.pack("<d", number)


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "--1", "1e", "0x10"])
def test_what_is_no_float(text: str) -> None:
    assert float_bytes(text, 8) is None


def through_gnu(require_tool: Callable[[str, str], str], folder: Path, line: str) -> bytes:
    """The bytes that GNU as makes of one data directive."""
    source, output, raw = folder / "s.s", folder / "s.o", folder / "s.bin"
    source.write_text(f"{line}\n")
    subprocess.run([require_tool("as", "binutils"), source, "-o", output], check=True, capture_output=True)
    subprocess.run([require_tool("objcopy", "binutils"), "-O", "binary", "-j", ".text", output, raw], check=True)
    return raw.read_bytes()
