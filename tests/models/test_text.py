"""Tokens to text: whole characters, nothing of a stop string."""

from typing import Any

import pytest

from playground.models.text import ReplyText


class ByteTokenizer:
    """One token per byte: every multi-byte character comes in pieces."""

    def decode(self, tokens: list[int], **_: Any) -> str:
        return bytes(tokens).decode(errors="replace")


def _stream(data: bytes, *stops: str) -> tuple[list[str], ReplyText]:
    reply = ReplyText(ByteTokenizer(), stops)
    pieces = []
    for byte in data:
        reply.push(byte)
        pieces.append(reply.take())
        if reply.stopped:
            break
    reply.finish()
    pieces.append(reply.take(all_of_it=True))
    return pieces, reply


def test_characters_come_whole() -> None:
    pieces, reply = _stream("né漢😀!".encode())
    assert [piece for piece in pieces if piece] == ["n", "é", "漢", "😀", "!"]
    assert reply.text == "né漢😀!"


def test_half_a_character_at_the_end_is_marked() -> None:
    pieces, reply = _stream("a漢".encode()[:-1])
    assert "".join(pieces) == reply.text == "a\ufffd"


def test_bytes_that_are_no_character_do_not_hold_the_text_for_ever() -> None:
    _, reply = _stream(b"\xff" * 8 + b"ok")
    assert reply.text.endswith("ok")


@pytest.mark.parametrize(
    ("text", "stops", "expected", "stopped"),
    [
        ("mov w0, 1\n```\nmore", ("```",), "mov w0, 1\n", True),
        ("a``b```", ("```",), "a``b", True),
        ("``", ("```",), "``", False),
        ("abcd", ("cd", "bc"), "a", True),
        ("stop", ("stop",), "", True),
        ("aaab", ("aab",), "a", True),
        ("né漢", ("漢",), "né", True),
    ],
)
def test_stop_strings(text: str, stops: tuple[str, ...], expected: str, stopped: bool) -> None:
    pieces, reply = _stream(text.encode(), *stops)
    assert "".join(pieces) == reply.text == expected
    assert reply.stopped is stopped


def test_nothing_of_a_stop_string_is_shown_before_it_is_complete() -> None:
    pieces, _ = _stream(b"x<end", "<end>")
    assert pieces[:5] == ["x", "", "", "", ""]
    assert pieces[5] == "<end"
