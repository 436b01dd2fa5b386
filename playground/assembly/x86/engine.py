"""Keystone's answers to our canonical texts, in this room's terms."""

from collections.abc import Sequence

from playground.assembly.keystone_engine import KeystoneRejection, engine
from playground.assembly.words import word_set
from playground.assembly.x86.hints import NO_FORM
from playground.assembly.x86.operands import Missing, Problem

KeystoneAnswer = bytes | Problem | Missing

_ALONE = word_set("movsb movsw stosd lodsd scasd pushf popf sysret endbr64")
"""Keystone knows these without operands; with some that they do not take it calls the mnemonic unknown."""


def encode_texts(texts: Sequence[str], lines: Sequence[int]) -> dict[str, KeystoneAnswer]:
    """Each text's bytes; a Missing when Keystone lacks the mnemonic, a Problem when it refuses the operands.

    `lines` are the source lines, one a text, for the breadcrumb.
    """
    if not texts:
        return {}
    return {
        text: _answer(text, outcome)
        for text, outcome in zip(texts, engine("x86_64").encode_block(texts, lines), strict=True)
    }


def _answer(text: str, outcome: bytes | KeystoneRejection) -> KeystoneAnswer:
    if isinstance(outcome, bytes):
        return outcome
    name, _, operands = text.partition(" ")
    if operands and name in _ALONE:
        return Problem(f"{name!r} does not take these operands", name)
    if outcome.unknown_mnemonic or name.startswith(("v", "k")):
        # Keystone knows an early AVX-512: what it refuses there may well exist.
        return Missing(name, f"not supported: the instruction {name}")
    return Problem(f"operand type mismatch for {name!r}", name, NO_FORM)
