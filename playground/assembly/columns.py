"""Where a diagnostic's token stands in the source line.

Lines are rewritten on the way (macros, the preprocessor, layout), so that a column may be lost or count in a text that
the user never saw. The source line itself is the last word.
"""

import re
from dataclasses import replace

from playground.assembly.program import Diagnostic

_WORD = re.compile(r"[^\s,\[\](){}]+")


def located(diagnostic: Diagnostic, lines: list[str]) -> Diagnostic:
    """`diagnostic` with the column of its token in its line of the source, and the token as it is spelt there.

    A token that is not in the line (a macro's expansion brought it) leaves the line's first word, where it comes from;
    a diagnostic without a token gets the word at its column or in front of it.
    """
    if not 1 <= diagnostic.line <= len(lines):
        return diagnostic
    line, token = lines[diagnostic.line - 1], diagnostic.token
    at = diagnostic.column - 1
    if token and line[at : at + len(token)].lower() == token.lower():
        return replace(diagnostic, token=line[at : at + len(token)])
    found = _find(line, token, at) if token else None
    if found is not None:
        return replace(diagnostic, column=found + 1, token=line[found : found + len(token)])
    words = list(_WORD.finditer(line))
    if not words:
        return replace(diagnostic, column=1)
    word = words[0] if token else max((w for w in words if w.start() <= at), key=lambda w: w.start(), default=words[0])
    return replace(diagnostic, column=word.start() + 1, token=token or word.group())


def _find(line: str, token: str, at: int) -> int | None:
    """The offset of `token` as a whole word at or behind `at`, else anywhere; None when it is not in the line."""
    before = r"(?<![\w.$@])" if token[0].isalnum() or token[0] in "_." else ""
    after = r"(?![\w$@])" if token[-1].isalnum() or token[-1] == "_" else ""
    pattern = re.compile(before + re.escape(token) + after, re.IGNORECASE)
    found = pattern.search(line, max(at, 0)) or pattern.search(line)
    return found.start() if found else None
