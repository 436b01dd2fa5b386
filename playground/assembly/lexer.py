"""GNU as source lines into statements: comments off, separators cut, labels and assignments recognised.

A line is read once per distinct text: compilers and people repeat themselves.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

CACHED_LINES = 50_000


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a line. Columns count from 1."""

    labels: tuple[tuple[str, int], ...]
    """Labels in front of it, with their columns."""
    name: str
    """Mnemonic or directive in lower case, ``=`` for an assignment, empty when there are labels only."""
    rest: str
    """Everything behind the name, trimmed; for an assignment the expression."""
    column: int
    rest_column: int
    target: str = ""
    """The symbol of an assignment."""
    prose: str = ""
    """Text behind a ``;`` that was taken for a comment although ``;`` separates statements here."""


@dataclass(frozen=True)
class CommentStyle:
    """How one architecture's GNU as marks comments (gas/config/tc-*.c: comment_chars, line_comment_chars)."""

    anywhere: re.Pattern[str]
    """Matches a string (to step over it), a separator, the start of a comment, or a ``foreign`` mark of other dialects,
    which is taken for a comment with a warning."""
    at_line_start: str


_STRING = r'"(?:\\.|[^"\\])*"?|\'(?:\\.|[^\\\s])\'?'

STYLES = {
    "aarch64": CommentStyle(re.compile(rf"(?P<string>{_STRING})|(?P<comment>//)|(?P<separator>;)"), "#"),
    "x86_64": CommentStyle(
        re.compile(rf"(?P<string>{_STRING})|(?P<comment>\#)|(?P<foreign>//)|(?P<separator>;)"), "#/"
    ),
}

_LABEL = re.compile(r"""\s*([A-Za-z_.$][\w.$]*|[0-9]+|"[^"]+")\s*:(?![:=])""")
_NAME = re.compile(r"\s*([^\s\"#%(\[{,]+)\s*")
_ASSIGNMENT = re.compile(r"""\s*([A-Za-z_.$][\w.$]*|"[^"]+")\s*={1,2}(?!=)\s*""")
_INTERESTING = re.compile(r"[\"'#/;=]")
_SIMPLE = re.compile(r"([ \t]*)([A-Za-z.][\w.]*)(?:([ \t]+)(\S.*?))?[ \t]*$")
_SIMPLE_LABEL = re.compile(r"([A-Za-z_.$][\w.$]*):$")
_BLOCK_COMMENT = re.compile(rf"{_STRING}|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)


def strip_block_comments(text: str) -> str:
    """`text` with ``/* … */`` blanked out; line breaks and columns stay."""
    if "/*" not in text:
        return text

    def blank(found: re.Match[str]) -> str:
        token = found.group()
        return re.sub(r"[^\n]", " ", token) if token.startswith("/*") else token

    return _BLOCK_COMMENT.sub(blank, text)


class Lexer:
    """Cuts lines for one architecture; `is_mnemonic` tells instructions from prose behind a ``;``."""

    def __init__(self, arch: str, is_mnemonic: Callable[[str], bool]) -> None:
        self.style = STYLES[arch]
        self.is_mnemonic = is_mnemonic
        self._memory: dict[str, tuple[Statement, ...]] = {}

    def statements(self, line: str) -> tuple[Statement, ...]:
        """The statements of one line, without a trailing newline."""
        known = self._memory.get(line)
        if known is None:
            if len(self._memory) >= CACHED_LINES:
                self._memory.clear()
            known = self._memory[line] = tuple(self._cut(line))
        return known

    def _cut(self, line: str) -> list[Statement]:
        if not _INTERESTING.search(line):
            if found := _SIMPLE_LABEL.match(line):
                return [Statement(((found[1], 1),), "", "", 1, 1)]
            if ":" not in line and (found := _SIMPLE.match(line)):
                start = len(found[1]) + 1
                return [
                    Statement((), found[2].lower(), found[4] or "", start, found.start(4) + 1 if found[4] else start)
                ]
        start = len(line) - len(line.lstrip())
        if start == len(line) or line[start] in self.style.at_line_start:
            return []
        found_statements = []
        for piece, offset, mark in self._pieces(line):
            if mark == "//" or (mark and is_prose(piece, self.is_mnemonic)):
                found_statements.append(Statement((), "", "", offset + 1, offset + 1, prose=line[offset:].strip()))
                break
            statement = parse_statement(piece, offset)
            if statement is not None:
                found_statements.append(statement)
        return found_statements

    def _pieces(self, line: str) -> list[tuple[str, int, str]]:
        """(text, offset, the mark that stood in front) of each statement; comments dropped."""
        pieces, start, mark = [], 0, ""
        for found in self.style.anywhere.finditer(line):
            kind = found.lastgroup
            if kind == "string":
                continue
            pieces.append((line[start : found.start()], start, mark))
            start, mark = found.end(), found.group()
            if kind == "comment":
                return pieces
            if kind == "foreign":
                break
        pieces.append((line[start:], start, mark))
        return pieces


def parse_statement(text: str, offset: int) -> Statement | None:
    """The statement in `text`, which starts at column `offset` (from 0) of its line; None when there is none."""
    labels, position = [], 0
    while found := _LABEL.match(text, position):
        labels.append((found[1].strip('"'), offset + found.start(1) + 1))
        position = found.end()
    if not text[position:].strip():
        return Statement(tuple(labels), "", "", offset + 1, offset + 1) if labels else None
    if "=" in text and (found := _ASSIGNMENT.match(text, position)):
        column, rest = offset + found.start(1) + 1, text[found.end() :].rstrip()
        return Statement(tuple(labels), "=", rest, column, offset + found.end() + 1, found[1].strip('"'))
    found = _NAME.match(text, position)
    if found is None:
        first = len(text) - len(text[position:].lstrip())
        return Statement(tuple(labels), text[first:].split()[0].lower(), "", offset + first + 1, offset + first + 1)
    rest = text[found.end() :].rstrip()
    return Statement(tuple(labels), found[1].lower(), rest, offset + found.start(1) + 1, offset + found.end() + 1)


_ADJACENT_WORDS = re.compile(r"(?<![\w%$#.\[])[A-Za-z']{2,}[.]?\s+[A-Za-z']{1,}(?![\w\[(])")
_OPERAND_WORDS = re.compile(
    r"\b(?:(?:byte|word|dword|qword|xmmword|ymmword|tbyte|oword)\s+(?:ptr\b)?|ptr\b|offset\b|flat\b|short\b|near\b"
    r"|(?:lsl|lsr|asr|ror|msl|[us]xt[bhwx])\b)",
    re.IGNORECASE,
)


def is_prose(text: str, is_mnemonic: Callable[[str], bool]) -> bool:
    """True when the text behind a ``;`` cannot be a statement, so that it was meant as a comment.

    It is prose when it is neither a label, a directive nor an assignment, and either two plain words stand side by
    side in it, or it starts with no instruction's name and shows no operand (a digit, ``%``, ``$``, ``#``, ``[``).
    """
    stripped = text.strip()
    if not stripped or _LABEL.match(stripped + " ") or _ASSIGNMENT.match(stripped):
        return False
    if stripped[0] == ".":
        return False
    first, _, rest = stripped.partition(" ")
    if _ADJACENT_WORDS.search(_OPERAND_WORDS.sub(" ", rest)):
        return True
    if is_mnemonic(first.lower()):
        return False
    return not re.search(r"[0-9%$#\[]", rest) or not first[0].isalpha()
