"""The one door to Keystone: what goes in, what comes out, what it leaves behind."""

import pytest

from playground.assembly import breadcrumb
from playground.assembly.keystone_engine import (
    BLOCK_STATEMENTS,
    LONGEST_STATEMENT,
    Engine,
    EngineDefect,
    KeystoneRejection,
    engine,
)


@pytest.mark.parametrize("arch", ["aarch64", "x86_64"])
def test_every_new_engine_reads_hexadecimal_numbers(arch: str) -> None:
    statement = "movz w0, #0x1234" if arch == "aarch64" else "movl $0x1234, %eax"
    for _ in range(20):
        (data,) = Engine(arch).encode_block([statement])
        assert isinstance(data, bytes)
        assert data == (b"\x80\x46\x82\x52" if arch == "aarch64" else b"\xb8\x34\x12\x00\x00")


def test_a_block_is_cut_into_its_instructions() -> None:
    statements = [f"movl ${i:#x}, %eax" for i in range(3 * BLOCK_STATEMENTS)]
    answers = Engine("x86_64").encode_block(statements)
    assert answers == [b"\xb8" + i.to_bytes(4, "little") for i in range(3 * BLOCK_STATEMENTS)]


def test_an_error_is_located_and_its_neighbours_survive() -> None:
    answers = engine("x86_64").encode_block(
        ["ret", "frobnicate %eax", "nop", "movl %eax, %xmm0", "lock addl $0x1, (%rax)"]
    )
    assert [type(answer) for answer in answers] == [bytes, KeystoneRejection, bytes, KeystoneRejection, bytes]
    assert answers[1] == KeystoneRejection("unknown mnemonic", unknown_mnemonic=True)
    assert answers[4] == b"\xf0\x83\x00\x01"


def test_the_marker_itself_as_a_statement() -> None:
    marker = "movabsq $0x6b72614d64614f6e, %r15"
    answers = Engine("x86_64").encode_block(["nop", "ret"])
    assert answers == [b"\x90", b"\xc3"]
    assert marker not in Engine("x86_64").encode_block([marker])


@pytest.mark.parametrize(
    "text",
    [
        "nop\nnop",
        "nop; nop",
        ".incbin '/etc/hostname'",
        "movl $12, %eax",
        'mov "x"',
        "nop # c\n",
        "label:\\",
        "é",
        "",
        "a" * 300,
    ],
)
def test_nothing_but_canonical_statements_reaches_keystone(text: str) -> None:
    with pytest.raises(EngineDefect):
        engine("x86_64").encode_block([text])


def test_the_statements_under_way_can_be_read_from_outside() -> None:
    buffer = bytearray(breadcrumb.BYTES)
    breadcrumb.attach(buffer)
    try:
        assert breadcrumb.read(buffer) is None
        breadcrumb.leave("x86_64", [17], ["movl $0x1, %eax"])
        crumb = breadcrumb.read(buffer)
        assert crumb is not None
        assert (crumb.arch, crumb.place) == ("x86_64", (17, "movl $0x1, %eax"))
        breadcrumb.leave("aarch64", [4, 9], ["nop", "ret"])
        crumb = breadcrumb.read(buffer)
        assert crumb is not None
        assert crumb.place == (4, "nop … ret (to line 9)")
        assert (crumb.lines, crumb.statements) == ((4, 9), ("nop", "ret"))
        Engine("aarch64").encode_block(["nop"], [9])
        assert breadcrumb.read(buffer) is None
    finally:
        breadcrumb.attach(None)


def test_the_largest_block_has_room_in_a_breadcrumb() -> None:
    buffer = bytearray(breadcrumb.BYTES)
    breadcrumb.attach(buffer)
    try:
        breadcrumb.leave("x86_64", [0xFFFFFFFF] * BLOCK_STATEMENTS, ["x" * LONGEST_STATEMENT] * BLOCK_STATEMENTS)
        crumb = breadcrumb.read(buffer)
        assert crumb is not None
        assert (len(crumb.statements), len(crumb.statements[-1])) == (BLOCK_STATEMENTS, LONGEST_STATEMENT)
    finally:
        breadcrumb.attach(None)


def test_a_torn_breadcrumb_is_no_breadcrumb() -> None:
    assert breadcrumb.read(bytearray(b"\xff" * breadcrumb.BYTES)) is None
    assert breadcrumb.read(bytearray(b"\x02\0\0\0\x03\0\0\0").ljust(breadcrumb.BYTES, b"\0")) is None


def test_a_breadcrumb_needs_room() -> None:
    with pytest.raises(ValueError, match="needs 65536 bytes"):
        breadcrumb.attach(bytearray(4))
