"""One statement of any GAS dialect into an Instruction: prefixes off, mnemonic known, operands parsed."""

from collections.abc import Callable
from dataclasses import replace

from playground.assembly.x86.att import parse_att
from playground.assembly.x86.branches import BRANCHES
from playground.assembly.x86.families import known_mnemonics
from playground.assembly.x86.fixed import FIXED, PREFIXES
from playground.assembly.x86.hints import GAS_ONLY, foreign_mnemonic
from playground.assembly.x86.operands import Instruction, Problem, SyntaxProblem
from playground.assembly.x86.x87 import SUFFIXED

OperandParser = Callable[[str, str, tuple[str, ...], bool], Instruction]
"""(mnemonic, operands text, prefixes, is a branch) -> Instruction."""

MAXIMUM_LENGTH = 4000
"""Characters of one statement; longer ones are no instruction."""


def parse_statement(mnemonic: str, operands: str, parse: OperandParser = parse_att, syntax: str = "gas") -> Instruction:
    """The instruction that a statement's text says. A statement of prefixes alone has the last one as its mnemonic.

    Raises:
        SyntaxProblem: no such mnemonic, or operands that do not parse; its offset counts from the operands' start.
    """
    if len(operands) > MAXIMUM_LENGTH:
        raise SyntaxProblem(Problem("the statement is too long for an instruction", mnemonic))
    name, rest, prefixes, offset = mnemonic, operands, [], 0
    while name in PREFIXES and rest:
        prefixes.append(name)
        name, remainder = _first_word(rest)
        offset += len(rest) - len(remainder)
        rest, name = remainder, name.lower()
    if name in PREFIXES:
        return Instruction(name, prefixes=tuple(prefixes))
    name, distance = _branch_hint(name)
    if not is_known(name, parse is parse_att) or (syntax == "nasm" and name in GAS_ONLY):
        raise SyntaxProblem(foreign_mnemonic(name, rest, syntax))
    try:
        instruction = parse(name, rest, tuple(prefixes), name in BRANCHES)
    except SyntaxProblem as error:
        where = error.problem.offset
        raise SyntaxProblem(replace(error.problem, offset=offset + (where or 0))) from None
    return replace(instruction, prefixes=(*distance, *instruction.prefixes)) if distance else instruction


def _first_word(text: str) -> tuple[str, str]:
    word, _, rest = text.partition(" ") if " " in text or "\t" not in text else text.partition("\t")
    word, tab, more = word.partition("\t")
    return word, (more + " " + rest if tab else rest).strip()


def _branch_hint(name: str) -> tuple[str, tuple[str, ...]]:
    """``jne,pt`` -> jne with the branch hint's prefix (SDM vol. 2, 2.1.1 group 2)."""
    stem, comma, hint = name.partition(",")
    if not comma or hint not in ("pt", "pn"):
        return name, ()
    return stem, ("ds" if hint == "pt" else "cs",)


def is_known(mnemonic: str, takes_suffix: bool) -> bool:
    """True for every mnemonic of x86-64; with `takes_suffix` also with an AT&T size suffix."""
    names = known_mnemonics()
    if mnemonic in names or mnemonic in BRANCHES or mnemonic in FIXED:
        return True
    return takes_suffix and (
        mnemonic in SUFFIXED or (mnemonic[-1:] in "bwlq" and mnemonic[:-1] in names and mnemonic[:-1] not in BRANCHES)
    )


def is_mnemonic(name: str) -> bool:
    """True when `name` starts an x86-64 instruction in some dialect: a mnemonic, suffixed or not, or a prefix."""
    return name in PREFIXES or is_known(name, takes_suffix=True)
