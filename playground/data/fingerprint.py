"""When are two functions the same? Fingerprints of C and of assembly, blind to names."""

import hashlib
import re

from playground.data.units import defined_names

_COMMENT = re.compile(r"(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')|/\*.*?\*/|//[^\n]*", re.DOTALL)
_TOKEN = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*|0[xX][0-9a-fA-F]+|\d+\.?\d*|\S")
_TYPE_WORDS = ("int", "long", "short", "char", "unsigned", "signed", "float", "double", "void", "struct")
_STATEMENT_WORDS = (
    "return",
    "if",
    "else",
    "for",
    "while",
    "do",
    "switch",
    "case",
    "break",
    "continue",
    "default",
    "goto",
)
_WORDS = frozenset((*_TYPE_WORDS, *_STATEMENT_WORDS, "sizeof"))
_COMMENT_LINE = re.compile(r"^(?://|#).*\n", re.MULTILINE)
_LABEL = re.compile(r"^([A-Za-z_][\w.$]*):", re.MULTILINE)


def c_fingerprint(source: str) -> str:
    """Equal for two C sources that differ in layout, comments, const and the names of functions and variables alone.

    Texts between quotes count as they stand: they are what a program prints.
    """
    names: dict[str, str] = {}
    tokens = []
    for token in _TOKEN.findall(_COMMENT.sub(lambda match: match[1] or " ", source)):
        if token in ("const", "static", "inline"):
            continue
        if re.match(r"[A-Za-z_]", token) and token not in _WORDS:
            token = names.setdefault(token, f"v{len(names)}")
        tokens.append(token)
    return hashlib.sha256(" ".join(tokens).encode()).hexdigest()


def assembly_fingerprint(canonical_assembly: str) -> str:
    """Equal for two canonical listings that differ in the names of their functions and in lines of comment alone."""
    text = _COMMENT_LINE.sub("", canonical_assembly)
    for index, name in enumerate(dict.fromkeys(_LABEL.findall(text))):
        text = re.sub(rf"(?<![\w.$]){re.escape(name)}(?![\w$])", f"f{index}", text)
    return hashlib.sha256(text.encode()).hexdigest()


def main_function(source: str) -> str:
    """The last function that a source defines: the one that a task asks for."""
    names = defined_names(source)
    return names[-1] if names else ""
