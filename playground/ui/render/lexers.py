"""Which lexer colours which assembly, and one for AArch64, where Pygments reads ``#48`` as a comment."""

from pygments.lexer import Lexer, RegexLexer, inherit
from pygments.lexers.asm import GasLexer, NasmLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text, Whitespace

_OPTIONS = {"stripnl": False, "ensurenl": False}
_CHARACTER = r"'(?:\\.|[^\\\n])'?"


class Aarch64Lexer(RegexLexer):
    """GNU as for AArch64: ``//`` and line-initial ``#`` are comments, ``#48`` is an immediate."""

    name = "AArch64 GAS"
    tokens = {  # noqa: RUF012 - the form that Pygments prescribes
        "root": [
            (r"\s+", Whitespace),
            (r"//[^\n]*", Comment.Single),
            (r"/\*(?:[^*]|\*(?!/))*\*/", Comment.Multiline),
            (r"^#[^\n]*", Comment.Preproc),
            (r"[\w.$]+(?=[ \t]*:(?!\w*:))", Name.Label),
            (r"\.[A-Za-z][\w.]*", Keyword.Pseudo, "operands"),
            (r"[A-Za-z][\w.]*", Name.Function, "operands"),
            (r":|;|.", Punctuation),
        ],
        "operands": [
            (r"\n|;", Whitespace, "#pop"),
            (r"[ \t]+", Whitespace),
            (r"//[^\n]*", Comment.Single),
            (r'"(?:\\.|[^"\\\n])*"?', String),
            (
                r"(?i)\b(?:[wx](?:[12]?\d|30|zr)|[bhsdq](?:[12]?\d|3[01])|v(?:[12]?\d|3[01])(?:\.\w+)?|w?sp|lr|fp)\b",
                Name.Builtin,
            ),
            (r"#?-?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)", Number),
            (_CHARACTER, Number),
            (r":\w+:", Keyword),
            (r"[\w.$]+", Name),
            (r".", Text),
        ],
    }


class X86GasLexer(GasLexer):
    """GNU as for x86-64: ``//`` at the start of a line is a comment too, and ``'a'`` a number."""

    name = "x86-64 GAS"
    tokens = {  # noqa: RUF012 - the form that Pygments prescribes
        "root": [(r"\s*//[^\n]*", Comment.Single), inherit],
        "instruction-args": [(_CHARACTER, Number), (r"[-+*]", Operator), inherit],
    }


def lexer_of(arch: str, syntax: str) -> Lexer:
    """The lexer for an architecture and a syntax; ``auto`` and unknown ones read as GAS."""
    if syntax == "nasm":
        return NasmLexer(**_OPTIONS)
    return Aarch64Lexer(**_OPTIONS) if arch == "aarch64" else X86GasLexer(**_OPTIONS)
