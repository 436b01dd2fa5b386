"""Aarch64Encoder: instruction statements in, position-independent bytes out."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from playground.assembly.aarch64 import extensions
from playground.assembly.aarch64.advice import advice
from playground.assembly.aarch64.branches import LITERAL_KINDS, PLACES, load_literal, pooled_literal, target, word
from playground.assembly.aarch64.fields import general
from playground.assembly.aarch64.half_precision import half_word, single_form
from playground.assembly.aarch64.hints import encode_plain
from playground.assembly.aarch64.low_parts import ADD_IMMEDIATE, relocate
from playground.assembly.aarch64.mnemonics import counterpart, foreign_hint, is_mnemonic, mnemonics
from playground.assembly.aarch64.moves import move_immediate, move_wide
from playground.assembly.aarch64.operands import ConstantOf, Operand, expression_of, parse, split
from playground.assembly.aarch64.problems import Missing, NotSupported, Problem, Rejected
from playground.assembly.aarch64.ranges import checked
from playground.assembly.encoding import ConstantLookup, Encoded, EncodeOutcome, InstructionStatement, LiteralLoad
from playground.assembly.foreign_directives import nasm_hint
from playground.assembly.keystone_engine import KeystoneRejection, engine
from playground.assembly.keystone_engine import Outcome as KeystoneAnswer
from playground.assembly.program import Diagnostic, Gap
from playground.assembly.words import word_set

CACHED_STATEMENTS = 200_000

Outcome = Encoded | LiteralLoad | Problem | Missing

NAMED = word_set(
    """
    csel csinc csinv csneg cset csetm cinc cinv cneg ccmp ccmn fcsel fccmp fccmpe mrs msr dmb dsb isb prfm prfum
    dc ic at tlbi sys sysl hint bti psb tsb clrex rprfm
    """
)
"""Mnemonics whose operands may be names: conditions, barriers, system registers, prefetch operations."""

_LANE = re.compile(r"\.h\[(0x[0-9a-f]+)\]")
_OFFSET = re.compile(r", #(-?0x[0-9a-f]+)\]")
LITERALS = frozenset({"ldr", "ldrsw"})
_EXTENSIONS = frozenset({"sxtb", "sxth", "sxtw", "uxtb", "uxth", "uxtw"})
_BIT_FIELDS = word_set("ubfx sbfx ubfiz sbfiz bfi bfxil bfc")
"""Keystone knows these beside their own operands only: with others it calls the mnemonic unknown."""
_FLOAT_COMPARE = frozenset({"fcmp", "fcmpe", "fcmeq", "fcmgt", "fcmge", "fcmlt", "fcmle"})


@dataclass(slots=True)
class Canonical:
    """A statement for Keystone, and what to do with its bytes."""

    text: str
    mnemonic: str
    written: str
    """The mnemonic as written, for messages."""
    operands: list[Operand]
    symbolic: Operand | None = None


@dataclass(slots=True)
class _Names:
    """Answers constant look-ups and remembers which names were asked for."""

    lookup: ConstantLookup
    asked: set[str] = field(default_factory=set)
    found: bool = False

    def constant(self, name: str) -> int | None:
        self.asked.add(name)
        value = self.lookup.constant(name)
        self.found |= value is not None
        return value


class Aarch64Encoder:
    """Implements InstructionEncoder for aarch64 GNU as text."""

    def __init__(self) -> None:
        self._memory: dict[tuple[str, str], tuple[Outcome, frozenset[str]]] = {}

    def encode(self, statements: Sequence[InstructionStatement], constants: ConstantLookup) -> list[EncodeOutcome]:
        """One outcome per statement, in order; Keystone is asked once for all that is new."""
        if len(self._memory) > CACHED_STATEMENTS:
            self._memory.clear()
        outcomes: list[Outcome | None] = [None] * len(statements)
        waiting: list[tuple[int, Canonical, frozenset[str] | None]] = []
        for index, statement in enumerate(statements):
            outcomes[index] = self._remembered(statement, constants)
            if outcomes[index] is None:
                outcomes[index] = self._begin(index, statement, constants, waiting)
        if waiting:
            self._ask(statements, waiting, outcomes)
        return [_placed(outcome, statement) for outcome, statement in zip(outcomes, statements, strict=True)]

    def _remembered(self, statement: InstructionStatement, constants: ConstantLookup) -> Outcome | None:
        """The outcome of an equal text, unless one of its symbols has become a constant."""
        known = self._memory.get((statement.mnemonic, statement.operands))
        if known is None:
            return None
        outcome, names = known
        if names and any(constants.constant(name) is not None for name in names):
            return None
        return outcome

    def _begin(
        self,
        index: int,
        statement: InstructionStatement,
        constants: ConstantLookup,
        waiting: list[tuple[int, Canonical, frozenset[str] | None]],
    ) -> Outcome | None:
        """The outcome, or None with the statement's canonical text put among `waiting`."""
        names = _Names(constants)
        outcome = translate(statement.mnemonic, statement.operands, names.constant)
        remembered = None if names.found else frozenset(names.asked)
        if isinstance(outcome, Canonical):
            waiting.append((index, outcome, remembered))
            return None
        if remembered is not None:
            self._memory[statement.mnemonic, statement.operands] = outcome, remembered
        return outcome

    def _ask(
        self,
        statements: Sequence[InstructionStatement],
        waiting: list[tuple[int, Canonical, frozenset[str] | None]],
        outcomes: list[Outcome | None],
    ) -> None:
        texts = [canonical.text for _, canonical, _ in waiting]
        answers = engine("aarch64").encode_block(texts, [statements[index].line for index, _, _ in waiting])
        answers = with_half_precision(texts, answers)
        for (index, canonical, names), answer in zip(waiting, answers, strict=True):
            outcome = outcomes[index] = _finished(canonical, answer)
            if names is not None:
                self._memory[statements[index].mnemonic, statements[index].operands] = outcome, names


def with_half_precision(texts: list[str], answers: list[KeystoneAnswer]) -> list[KeystoneAnswer]:
    """The answers, with those for half-precision statements derived from their single-precision forms."""
    forms = {i: single_form(texts[i]) for i, answer in enumerate(answers) if not isinstance(answer, bytes)}
    refused = {i: form for i, form in forms.items() if form is not None}
    if refused:
        singles = engine("aarch64").encode_block(list(refused.values()))
        answers = list(answers)
        for i, single in zip(refused, singles, strict=True):
            lane = _LANE.search(texts[i])
            if isinstance(single, bytes):
                word = half_word(int.from_bytes(single, "little"), int(lane[1], 16) if lane else 0)
                answers[i] = answers[i] if word is None else word.to_bytes(4, "little")
    return answers


def translate(mnemonic: str, text: str, constant: ConstantOf) -> Outcome | Canonical:
    """What becomes of one statement: our own encoding, a text for Keystone, or why it is wrong."""
    try:
        return _translate(mnemonic, text, constant)
    except Rejected as error:
        why = extensions.lacking(mnemonic) if is_mnemonic(mnemonic) else ""
        return Missing(mnemonic, f"not supported: {mnemonic} ({why})") if why else error.problem
    except NotSupported as error:
        return error.missing


def _translate(mnemonic: str, text: str, constant: ConstantOf) -> Outcome | Canonical:
    plain = encode_plain(mnemonic, text)
    if plain is not None:
        return Encoded(plain.to_bytes(4, "little"))
    if mnemonic in LITERALS and "=" in text and (load := _literal_pool(mnemonic, text, constant)):
        return load
    if not is_mnemonic(mnemonic):
        raise Rejected(*_unknown(mnemonic, text))
    named = mnemonic in NAMED
    operands = [parse(piece, offset, constant, names_allowed=named) for piece, offset in split(text)]
    own = PLACES.get(mnemonic)
    if own is not None:
        return own(operands)
    special = _special(mnemonic, operands)
    if special is not None:
        return special
    extension = extensions.encode(mnemonic, operands)
    if extension is not None:
        return Encoded(extension.to_bytes(4, "little"))
    return _canonical(mnemonic, operands)


def _literal_pool(mnemonic: str, text: str, constant: ConstantOf) -> LiteralLoad | None:
    pieces = split(text)
    if len(pieces) != 2 or not pieces[1][0].startswith("="):
        return None
    (register, offset), (value, at) = pieces
    return pooled_literal(mnemonic, parse(register, offset, constant), expression_of(value[1:], at + 1))


def _special(mnemonic: str, operands: list[Operand]) -> Encoded | None:
    """mov immediates, and loads from a label."""
    if mnemonic in ("movz", "movn", "movk"):
        return move_wide(mnemonic, operands)
    if mnemonic == "mov" and len(operands) == 2 and operands[0].text[0] in "xws" and operands[1].kind == "immediate":
        return move_immediate(operands)
    if mnemonic == "mov" and len(operands) == 2 and operands[1].symbol is not None and operands[1].symbol.operator:
        return move_wide("movz", operands)
    if mnemonic in _EXTENSIONS and len(operands) == 2 and operands[1].text[0] == "x":
        narrow, offset = operands[1], operands[1].offset
        raise Rejected(
            f"{mnemonic} extends a 32-bit register, got {narrow.source}",
            narrow.source,
            f"write w{narrow.text[1:]}",
            offset,
        )
    if mnemonic == "uxtw" and len(operands) == 2:
        return _move_low_half(operands)
    if mnemonic in LITERALS and len(operands) == 2 and operands[1].kind in ("symbol", "immediate"):
        place = target(operands[1], tuple(LITERAL_KINDS))
        return load_literal(mnemonic, operands[0], place.expression, place.operator)
    return None


def _move_low_half(operands: list[Operand]) -> Encoded:
    """``uxtw x0, w1`` is ``mov w0, w1`` to GNU as: writing a w register clears the upper half."""
    (to, _), (source, wide) = general(operands[0]), general(operands[1])
    if wide:
        raise Rejected(
            f"expected a 32-bit register, got {operands[1].source!r}", operands[1].source, "", operands[1].offset
        )
    return word(0x2A0003E0 | source << 16 | to)


def _canonical(mnemonic: str, operands: list[Operand]) -> Canonical:
    written = mnemonic
    if any(operand.kind == "scalable" for operand in operands):
        raise NotSupported(mnemonic, f"not supported: the scalable vector extension ({mnemonic})")
    symbolic = [operand for operand in operands if operand.symbol is not None]
    mnemonic, texts = checked(mnemonic, operands)
    if symbolic and symbolic[0].kind == "symbol" and mnemonic not in ADD_IMMEDIATE:
        relocate(mnemonic, symbolic[0], bytes(4))
    if not operands:
        return Canonical(mnemonic, mnemonic, written, operands)
    if mnemonic in _FLOAT_COMPARE and texts[-1] == "#0x0":
        texts[-1] = "#0.0"
    elif mnemonic == "fmov" and operands[-1].kind == "immediate":
        texts[-1] = f"#{float(operands[-1].value)}"
    if mnemonic == "prfm" and (found := _OFFSET.search(texts[-1])) and int(found[1], 16) not in range(0, 32768, 8):
        mnemonic = "prfum"
    if mnemonic == "mov" and operands[-1].kind == "modifier":
        mnemonic = "orr"
        texts.insert(1, "xzr" if texts[0].startswith("x") else "wzr")
    text = f"{mnemonic} {', '.join(texts)}".rstrip()
    return Canonical(text, mnemonic, written, operands, symbolic[0] if symbolic else None)


def _unknown(mnemonic: str, text: str) -> tuple[str, str, str]:
    """Message, token and hint for a mnemonic that aarch64 does not have."""
    looks, instead = foreign_hint(mnemonic, text), counterpart(mnemonic)
    hint = instead or nasm_hint(mnemonic, text) or looks
    if not hint:
        near = difflib.get_close_matches(mnemonic, mnemonics(), 1, 0.75)
        hint = f"did you mean {near[0]}?" if near else "see the Arm ARM, C6.2, for the instructions of aarch64"
    return f"aarch64 has no {mnemonic!r}" + (f": {looks}" if looks else ""), mnemonic, hint


def _finished(canonical: Canonical, answer: bytes | KeystoneRejection) -> Outcome:
    if isinstance(answer, KeystoneRejection):
        if answer.unknown_mnemonic and canonical.mnemonic not in _BIT_FIELDS:
            return Missing(canonical.mnemonic, f"not supported: the instruction {canonical.mnemonic}")
        return _rejected(canonical, answer)
    if canonical.symbolic is None:
        return Encoded(answer)
    try:
        return relocate(canonical.mnemonic, canonical.symbolic, answer)
    except Rejected as error:
        return error.problem
    except NotSupported as error:
        return error.missing


def _rejected(canonical: Canonical, answer: KeystoneRejection) -> Problem | Missing:
    operands = canonical.operands
    lacking = extensions.lacking(canonical.mnemonic, operands[0].source if operands else "")
    if lacking:
        return Missing(canonical.mnemonic, f"not supported: {canonical.mnemonic} ({lacking})")
    return advice(canonical.written, canonical.operands, answer.message)


def _placed(outcome: Outcome | None, statement: InstructionStatement) -> EncodeOutcome:
    if isinstance(outcome, Encoded | LiteralLoad):
        return outcome
    if isinstance(outcome, Missing):
        return Gap(line=statement.line, name=outcome.name, message=outcome.message)
    assert isinstance(outcome, Problem)
    column = statement.column if outcome.offset is None else statement.operands_column + outcome.offset
    return Diagnostic(
        line=statement.line, column=column, message=outcome.message, token=outcome.token, hint=outcome.hint
    )
