"""X86Encoder: instruction statements of one dialect in, position-independent bytes out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from playground.assembly.encoding import ConstantLookup, Encoded, EncodeOutcome, InstructionStatement
from playground.assembly.expressions import Expression, Number
from playground.assembly.program import Diagnostic, Gap
from playground.assembly.x86.att import parse_att
from playground.assembly.x86.canonical import SIZE_HINT
from playground.assembly.x86.engine import KeystoneAnswer, encode_texts
from playground.assembly.x86.folding import fold, symbols_of
from playground.assembly.x86.hints import explained
from playground.assembly.x86.instruction_parser import OperandParser, parse_statement
from playground.assembly.x86.intel import parse_intel, parse_prefixed_intel
from playground.assembly.x86.keystone_text import Printed, finish
from playground.assembly.x86.nasm_operands import in_nasm_terms, parse_nasm
from playground.assembly.x86.operands import (
    Immediate,
    Instruction,
    Memory,
    Missing,
    NotSupported,
    Operand,
    Problem,
    SyntaxProblem,
    Target,
)
from playground.assembly.x86.relocations import relocate
from playground.assembly.x86.selection import select

CACHED_STATEMENTS = 200_000
"""Distinct statement texts kept per dialect; beyond it the cache starts afresh, so that no input grows it for ever."""

Outcome = Encoded | Problem | Missing
"""What a statement's text came to, before its line is known."""

DIALECTS: Mapping[str, OperandParser] = {
    "gas": parse_att,
    "intel": parse_intel,
    "intel prefix": parse_prefixed_intel,
    "nasm": parse_nasm,
}


SIZE_HINTS = {
    "gas": "give the size as a suffix of the mnemonic: b, w, l or q",
    "intel": "write DWORD PTR (or BYTE, WORD, QWORD PTR) in front of [",
    "intel prefix": "write DWORD PTR (or BYTE, WORD, QWORD PTR) in front of [, and % in front of registers",
    "nasm": "write dword (or byte, word, qword) in front of [",
}
"""What to do about a missing size, in the user's dialect."""


@dataclass(slots=True)
class _Entry:
    """What is known of one statement text."""

    symbols: frozenset[str]
    instruction: Instruction | None
    outcome: Outcome | None = None
    """The outcome when none of `symbols` is a constant; None until asked for."""


class X86Encoder:
    """Implements InstructionEncoder for one x86-64 dialect: ``gas``, ``intel``, ``intel prefix`` or ``nasm``."""

    def __init__(self, syntax: str) -> None:
        self.syntax = syntax
        self._parse = DIALECTS[syntax]
        self._entries: dict[tuple[str, str], _Entry] = {}

    def encode(self, statements: Sequence[InstructionStatement], constants: ConstantLookup) -> list[EncodeOutcome]:
        """One outcome per statement, in order; Keystone is asked once for all that is new."""
        if len(self._entries) > CACHED_STATEMENTS:
            self._entries.clear()
        outcomes: list[Outcome | None] = [None] * len(statements)
        waiting: list[tuple[int, Printed, _Entry | None]] = []
        for position, statement in enumerate(statements):
            self._begin(position, statement, constants, outcomes, waiting)
        answers = encode_texts([printed.text for _, printed, _ in waiting], [statements[i].line for i, _, _ in waiting])
        for position, printed, entry in waiting:
            outcome = _finished(printed, answers[printed.text])
            outcomes[position] = outcome
            if entry is not None:
                entry.outcome = outcome
        return [self._placed(outcome, statement) for outcome, statement in zip(outcomes, statements, strict=True)]

    def _begin(
        self,
        position: int,
        statement: InstructionStatement,
        constants: ConstantLookup,
        outcomes: list[Outcome | None],
        waiting: list[tuple[int, Printed, _Entry | None]],
    ) -> None:
        """Fills in the outcome of one statement, or queues its text for Keystone."""
        key = (statement.mnemonic, statement.operands)
        entry = self._entries.get(key) or self._enter(key)
        known = {name: value for name in entry.symbols if (value := constants.constant(name)) is not None}
        if not known and entry.outcome is not None:
            outcomes[position] = entry.outcome
            return
        assert entry.instruction is not None
        result = self._select(entry.instruction, known)
        if isinstance(result, Printed):
            waiting.append((position, result, None if known else entry))
            return
        outcomes[position] = result
        if not known:
            entry.outcome = result

    def _enter(self, key: tuple[str, str]) -> _Entry:
        try:
            instruction = parse_statement(*key, self._parse, self.syntax)
            entry = _Entry(_symbols(instruction), instruction)
        except SyntaxProblem as error:
            entry = _Entry(frozenset(), None, error.problem)
        except NotSupported as error:
            entry = _Entry(frozenset(), None, error.missing)
        except RecursionError:
            entry = _Entry(frozenset(), None, Problem("the expression is nested too deeply", offset=0))
        self._entries[key] = entry
        return entry

    def _select(self, instruction: Instruction, known: Mapping[str, int]) -> Outcome | Printed:
        try:
            folded = _folded(instruction, known.get)
            selected = select(in_nasm_terms(folded) if self.syntax == "nasm" else folded, self.syntax == "gas")
            return selected if isinstance(selected, Printed) else relocate(selected)
        except SyntaxProblem as error:
            return (
                replace(error.problem, hint=SIZE_HINTS[self.syntax])
                if error.problem.hint == SIZE_HINT
                else error.problem
            )
        except NotSupported as error:
            return error.missing
        except RecursionError:
            return Problem("the expression is nested too deeply", offset=0)

    def _placed(self, outcome: Outcome | None, statement: InstructionStatement) -> EncodeOutcome:
        """`outcome` with the statement's line and columns."""
        if isinstance(outcome, Encoded):
            return outcome
        if isinstance(outcome, Problem):
            outcome = explained(outcome, statement, self.syntax.partition(" ")[0])
            column = statement.column if outcome.offset is None else statement.operands_column + outcome.offset
            return Diagnostic(
                line=statement.line, column=column, message=outcome.message, token=outcome.token, hint=outcome.hint
            )
        assert outcome is not None
        return Gap(line=statement.line, name=outcome.name, message=outcome.message)


def _expression_of(operand: Operand) -> Expression | None:
    if isinstance(operand, Immediate | Target):
        return operand.value
    return operand.displacement if isinstance(operand, Memory) else None


def _symbols(instruction: Instruction) -> frozenset[str]:
    expressions = (_expression_of(operand) for operand in instruction.operands)
    return frozenset().union(*(symbols_of(expression) for expression in expressions if expression is not None))


def _folded(instruction: Instruction, constant: Callable[[str], int | None]) -> Instruction:
    return replace(instruction, operands=tuple(_folded_operand(operand, constant) for operand in instruction.operands))


def _folded_operand(operand: Operand, constant: Callable[[str], int | None]) -> Operand:
    if isinstance(operand, Immediate | Target):
        return replace(operand, value=fold(operand.value, constant))
    if isinstance(operand, Memory) and operand.displacement is not None:
        displacement = fold(operand.displacement, constant)
        if operand.bare and isinstance(displacement, Number):
            return Immediate(displacement)
        return replace(operand, displacement=displacement)
    return operand


def _finished(printed: Printed, answer: KeystoneAnswer) -> Outcome:
    if isinstance(answer, bytes):
        try:
            encoded = finish(printed, answer)
            encoded = encoded and relocate(encoded)
        except NotSupported as error:
            return error.missing
        name = printed.text.split(" ", 1)[0]
        return encoded or Missing(name, f"not supported: a symbol in this operand of {name}")
    return answer
