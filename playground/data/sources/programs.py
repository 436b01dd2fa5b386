"""Whole C programs that use nothing but the standard functions: safe enough to run here, and the emulator has them."""

import re

from playground.data.function import CFunction
from playground.data.sources.comments import request_from_comment
from playground.data.sources.extracting import shape_of
from playground.data.sources.standard_names import CALLABLE_IN_PROGRAMS, PROGRAM_HEADERS

_INCLUDE = re.compile(r"^\s*#\s*include\s*(\S+)", re.MULTILINE)
_COMMENT_OR_TEXT = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
_CALLED = re.compile(r"\b([A-Za-z_]\w*)\s*\(")
_KEYWORDS = frozenset(
    ("if", "while", "for", "switch", "return", "sizeof", "else", "do", "case", "void", "int", "char", "long", "short")
)
_FORBIDDEN = re.compile(
    r"\b(?:asm|__asm__|__attribute__|system|exec\w*|fork|volatile)\b|\bstd::|\busing\b|\btemplate\b"
)


def program_of(text: str, *, origin: str, licence: str = "") -> CFunction | str:
    """The program, or why it is left out."""
    bare = _COMMENT_OR_TEXT.sub(" ", text)
    headers = [name.strip("<>") for name in _INCLUDE.findall(text)]
    foreign = [name for name in headers if name not in PROGRAM_HEADERS]
    if foreign or re.search(r"^\s*#\s*include\s*[^<\s]", text, re.MULTILINE):
        return "the program includes more than the standard headers"
    if _FORBIDDEN.search(bare):
        return "the program uses more than plain C"
    called = set(_CALLED.findall(bare))
    defined = {name for name in called if re.search(rf"\b{name}\s*\([^;{{]*\)\s*\{{", bare)}
    if unknown := called - defined - _KEYWORDS - CALLABLE_IN_PROGRAMS:
        return f"the program calls {sorted(unknown)[0]}"
    first = re.match(r"\s*((?:/\*.*?\*/|(?://[^\n]*\n\s*)+))", text, re.DOTALL)
    return CFunction(
        name="main", prototype="int main(void)", source=text.strip() + "\n",
        request=request_from_comment(first[1]) if first else "", family=f"program-file/{shape_of(bare)}",
        tags=("program-file",), origin=origin, licence=licence,
    )  # fmt: skip
