"""Keystone, the instruction encoder, behind one small door: canonical statements in, bytes or a rejection out.

Keystone 0.9.2 encodes single instructions well and programs badly (docs/decisions.md lists what was measured), so:
no text but our own canonical statements reaches it, with every number in hexadecimal (its lexer's radix is not
initialised), one statement a line, no directive, symbol or comment; each engine is checked with a sentinel before its
first use; the number of statements and bytes that come back is checked on every call.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import keystone

from playground.assembly import breadcrumb
from playground.isa import architecture

BLOCK_STATEMENTS = 256
"""Statements given in one call: a call costs about 33 us, a statement inside a block 2.7 us."""

LONGEST_STATEMENT = 200
"""Characters of a canonical statement."""

CACHE_STATEMENTS = 200_000
"""Distinct statements remembered per engine before the memory is emptied."""

_CANONICAL = re.compile(r"[A-Za-z][\x20-\x21\x24-\x3a\x3d\x41-\x5b\x5d-\x7e#]*")
"""Printable ASCII without separators of statements, quotes or backslashes; no directive, label or comment."""

_DECIMAL = re.compile(r"(?<![\w.])[0-9]{2,}(?![\w.])")
"""A number that the radix could change: two decimal digits or more, outside a register, shape or float."""

_MARKER = ("movabsq $0x6b72614d64614f6e, %r15", b"\x49\xbf\x6e\x4f\x61\x64\x4d\x61\x72\x6b")
"""Stands between x86-64 statements, so that a block's bytes can be cut into its instructions."""

_PREFIX = re.compile(r"(?:(?:lock|rep|repe|repz|repne|repnz|data16|rex64)\s+)+(?=[a-z])")
"""Keystone counts every x86-64 prefix as a statement of its own."""

_SENTINELS = {
    "aarch64": ("movz w0, #0x1234\nadd x1, x2, #0x10", b"\x80\x46\x82\x52\x41\x40\x00\x91"),
    "x86_64": ("movl $0x1234, %eax\naddq $0x10, %rcx", b"\xb8\x34\x12\x00\x00\x48\x83\xc1\x10"),
}

_MESSAGES = {
    keystone.KS_ERR_ASM_MNEMONICFAIL: "unknown mnemonic",
    keystone.KS_ERR_ASM_INVALIDOPERAND: "invalid operand for this instruction",
    keystone.KS_ERR_ASM_MISSINGFEATURE: "the instruction needs a processor feature that the engine lacks",
    keystone.KS_ERR_ASM_FIXUP_INVALID: "value out of range for this instruction",
}


@dataclass(frozen=True, slots=True)
class KeystoneRejection:
    """Keystone has no encoding for the statement."""

    message: str
    unknown_mnemonic: bool = False
    """True when the mnemonic itself is unknown to Keystone; else its operands are at fault."""


Outcome = bytes | KeystoneRejection


class EngineDefect(RuntimeError):
    """Keystone does not answer its sentinel as it should, or was given text that is not canonical: our defect."""


class Engine:
    """One architecture's Keystone, with a memory of every statement it has encoded."""

    def __init__(self, arch: str) -> None:
        self.arch = arch
        self._keystone = _open(arch)
        self._memory: dict[str, Outcome] = {}

    def encode_block(self, statements: Sequence[str], lines: Sequence[int] = ()) -> list[Outcome]:
        """The bytes of each statement, or why there are none, in order.

        The statements are canonical text (hexadecimal numbers, on x86-64 AT&T operands) that encodes the same at every
        address: branches and pc-relative literals are the caller's to encode. `lines` are the statements' source
        lines, for the breadcrumb.

        Raises:
            EngineDefect: a statement is not canonical.
        """
        memory = self._memory
        missing = [index for index, text in enumerate(statements) if text not in memory]
        if missing:
            self._learn({statements[i]: lines[i] if lines else 0 for i in missing})
        return [self._memory[text] for text in statements]

    def _learn(self, wanted: dict[str, int]) -> None:
        if len(self._memory) + len(wanted) > CACHE_STATEMENTS:
            self._memory = {}
        texts = list(wanted)
        for text in texts:
            _require_canonical(text)
        for start in range(0, len(texts), BLOCK_STATEMENTS):
            block = texts[start : start + BLOCK_STATEMENTS]
            self._memory.update(zip(block, self._encode(block, [wanted[text] for text in block]), strict=True))

    def _encode(self, block: list[str], lines: list[int]) -> list[Outcome]:
        """One call for the whole block; when it is refused, its halves, down to the statements at fault."""
        breadcrumb.leave(self.arch, lines, block)
        outcome = self._call(block)
        breadcrumb.clear()
        if isinstance(outcome, list):
            return [*outcome]
        if len(block) == 1:
            return [outcome]
        middle = len(block) // 2
        return self._encode(block[:middle], lines[:middle]) + self._encode(block[middle:], lines[middle:])

    def _call(self, block: list[str]) -> list[bytes] | KeystoneRejection:
        fixed = architecture(self.arch).fixed_instruction_bytes
        text = ("\n" if fixed else f"\n{_MARKER[0]}\n").join(block)
        try:
            data, count = self._keystone.asm(text, as_bytes=True)
        except keystone.KsError as error:
            return _rejection(error)
        expected = len(block) if fixed else 2 * len(block) - 1 + sum(map(_prefixes, block))
        if not data or count != expected:
            return KeystoneRejection("the engine gave no bytes for it")
        pieces = [data[i : i + fixed] for i in range(0, len(data), fixed)] if fixed else data.split(_MARKER[1])
        if len(pieces) != len(block) or not all(pieces):
            return KeystoneRejection("the engine gave no bytes for it")
        return pieces


def _open(arch: str) -> keystone.Ks:
    """A Keystone engine whose radix was made certain and whose answers were checked."""
    name, mode = architecture(arch).keystone
    opened = keystone.Ks(getattr(keystone, name), getattr(keystone, mode))
    if name == "KS_ARCH_X86":
        opened.syntax = keystone.KS_OPT_SYNTAX_ATT
    statement, expected = _SENTINELS[arch]
    if opened.asm(statement, as_bytes=True) != (expected, 2):
        raise EngineDefect(f"Keystone for {arch} misreads hexadecimal numbers: its sentinel came back wrong")
    return opened


def _require_canonical(text: str) -> None:
    if not _CANONICAL.fullmatch(text) or len(text) > LONGEST_STATEMENT:
        raise EngineDefect(f"not a canonical statement: {text!r}")
    if _DECIMAL.search(text):
        raise EngineDefect(f"a decimal number in a canonical statement: {text!r}")


def _prefixes(statement: str) -> int:
    found = _PREFIX.match(statement)
    return len(found.group().split()) if found else 0


def _rejection(error: keystone.KsError) -> KeystoneRejection:
    message = _MESSAGES.get(error.errno, _MESSAGES[keystone.KS_ERR_ASM_INVALIDOPERAND])
    return KeystoneRejection(message, error.errno == keystone.KS_ERR_ASM_MNEMONICFAIL)


@cache
def engine(arch: str) -> Engine:
    """This process's engine for `arch` (``aarch64`` or ``x86_64``)."""
    return Engine(arch)
