"""Which lexer colours which assembly, and one for AArch64, where Pygments reads ``#48`` as a comment."""

from pygments.lexer import Lexer, RegexLexer
from pygments.lexers.asm import GasLexer, NasmLexer
from pygments.token import Comment, Keyword, Name, Number, Punctuation, String, Text, Whitespace

_OPTIONS = {"stripnl": False, "ensurenl": False}


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
            (r":\w+:", Keyword),
            (r"[\w.$]+", Name),
            (r".", Text),
        ],
    }


def lexer_of(arch: str, syntax: str) -> Lexer:
    """The lexer for an architecture and a syntax; ``auto`` and unknown ones read as GAS."""
    if syntax == "nasm":
        return NasmLexer(**_OPTIONS)
    return Aarch64Lexer(**_OPTIONS) if arch == "aarch64" else GasLexer(**_OPTIONS)
