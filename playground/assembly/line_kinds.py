"""What a line of a model's reply looks like: assembly, prose, another language's code, or nothing that tells."""

import re
from collections.abc import Sequence
from enum import Enum

from playground.assembly.aarch64.mnemonics import is_mnemonic
from playground.assembly.lexer import is_prose
from playground.assembly.x86.families import known_mnemonics


class LineKind(Enum):
    """How a line is taken when assembly is looked for."""

    ASSEMBLY = "assembly"
    NEUTRAL = "neutral"
    """Blank, a comment, or something unknown: stays with the assembly around it, so that its mistakes are shown."""
    OTHER = "other"
    """Prose or another language: assembly ends here."""


_LABEL = re.compile(r"\s*[\w.$@?]+:(?!:)")
_DIRECTIVE = re.compile(r"\s*\.[a-z][\w.]*(?:\s|$)", re.IGNORECASE)
_NASM = re.compile(
    r"\s*(?:section|segment|global|extern|bits|default)\s+[\w.$]+(?:\s*[,;].*|\s*)$"
    r"|\s*(?:[\w.$]+:?\s+)?(?:d[bwdqt]|res[bwdq]|equ|times)\s+\S|\s*%(?:define|macro|endmacro|if\w*|endif|else|assign|rep)\b",
    re.IGNORECASE,
)
_ASSIGNMENT = re.compile(r"\s*[\w.$]+\s*=\s*[^=;]+$")
_COMMENT = re.compile(r"\s*(?:;|//|/\*|\*|@|#(?!\s*(?:include|define|if|endif|pragma)\b)|$)")
_WHOLLY_COMMENT = re.compile(r"\s*(?://|;)")
"""Whatever stands behind it, be it C or a sentence."""
_HASH = re.compile(r"\s*#{1,6}\s+\S")
_WORD = re.compile(r"\s*(?:(?:lock|rep|repn?[ez]|notrack)\s+)?([A-Za-z][\w.]*)\s*(.*)")
_OPERANDS = r"(?:[^\s,]+|\[[^\]]*\])"
_SHAPE = re.compile(rf"\s*[a-z][\w.]{{1,12}}\s+{_OPERANDS}(?:\s*,\s*{_OPERANDS})+\s*(?:[;#/].*)?$", re.IGNORECASE)
"""A word and operands between commas: an instruction, be it a mistaken one."""
_OPERAND = re.compile(r"[%$#\[0-9]")
_CODE = re.compile(
    r"\s*#\s*(?:include|define|if|endif|pragma)\b|.*[{}]\s*$|.*\)\s*;\s*$|\s*(?:int|char|long|float|double|void|return|using|for"
    r"|while|if|else|auto|unsigned|std::\w+|const|static|def|import|print)\b.*[;({:]\s*$|\s*\w[\w\[\]]*\s*[-+*/]?=[^=].*;\s*$"
    r"|.*(?:<<|>>).*;\s*$"
)
_PROSE = re.compile(r"\s*(?:[-*>]+\s+|\d+[.)]\s+|#{1,6}\s+)?[A-Z`*'\"]?[a-z'’]*(?:[ ,]+[\w'’`*-]+){3,}.*[.:!?)]?\s*$")
_MARKUP = re.compile(r"\s*(?:#{1,6}\s+\S|\*\*.*\*\*|---+\s*$|[-*]\s+\w+\s+\w+|\d+\.\s+\w+)")


def line_kind(line: str) -> LineKind:
    """The kind of one line."""
    if _WHOLLY_COMMENT.match(line):
        return LineKind.NEUTRAL
    if _MARKUP.match(line):
        return LineKind.OTHER
    if _DIRECTIVE.match(line) or _NASM.match(line):
        return LineKind.ASSEMBLY
    if _is_instruction(line) or (_LABEL.match(line) and not _is_sentence_head(line)):
        return LineKind.ASSEMBLY
    if _CODE.match(line):
        return LineKind.OTHER
    if _COMMENT.match(line):
        return LineKind.NEUTRAL
    if _ASSIGNMENT.match(line) or (_SHAPE.match(line) and _OPERAND.search(line)):
        return LineKind.ASSEMBLY
    return LineKind.OTHER if _PROSE.match(line.strip()) else LineKind.NEUTRAL


def line_kinds(lines: Sequence[str]) -> list[LineKind]:
    """The kinds of lines that follow each other: ``# ...`` right above assembly is a comment, and else a heading."""
    kinds = [line_kind(line) for line in lines]
    for index in range(len(lines) - 2, -1, -1):
        if kinds[index] is LineKind.OTHER and _HASH.match(lines[index]) and _leads_to_assembly(lines, kinds, index + 1):
            kinds[index] = LineKind.NEUTRAL
    return kinds


def _leads_to_assembly(lines: Sequence[str], kinds: Sequence[LineKind], index: int) -> bool:
    is_comment = kinds[index] is LineKind.NEUTRAL and bool(_COMMENT.match(lines[index])) and bool(lines[index].strip())
    return kinds[index] is LineKind.ASSEMBLY or is_comment


def _is_sentence_head(line: str) -> bool:
    """``Example: adding two numbers`` is no label, ``loop: add x0, x0, 1`` is one; nor is C's ``default:``."""
    rest = line.partition(":")[2].strip()
    if line.strip() in (
        "default:",
        "public:",
        "private:",
        "protected:",
        "Output:",
        "Example:",
        "Explanation:",
        "Note:",
    ):
        return True
    return bool(rest) and not (
        _is_instruction(rest) or _DIRECTIVE.match(rest) or _NASM.match(rest) or _COMMENT.match(rest)
    )


def _is_instruction(line: str) -> bool:
    found = _WORD.match(line)
    if found is None or not is_any_mnemonic(found[1].lower()):
        return False
    rest = re.split(r"//|;|\s#\s|/\*", found[2])[0].strip()
    if found[1].lower() == "int" and not re.fullmatch(r"\$?(?:0x)?[0-9a-fA-F]+h?", rest):
        return False
    if (rest.endswith((".", "?", "!", "{")) and not rest.endswith("!")) or "==" in rest:
        return False
    return not is_prose(f"{found[1]} {rest}", lambda name: True)


def is_any_mnemonic(name: str) -> bool:
    """True when either architecture has an instruction `name`, AT&T suffixes included."""
    known = known_mnemonics()
    return is_mnemonic(name) or name in known or (len(name) > 2 and name[-1] in "bwlq" and name[:-1] in known)
