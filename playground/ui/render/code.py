"""Assembly and C as highlighted HTML, line by line."""

from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers.c_cpp import CLexer
from pygments.token import STANDARD_TYPES

from playground.ui.render.lexers import lexer_of
from playground.ui.render.text import element, escape, visible

HIGHLIGHT_COLUMNS = 300
"""Longer lines are shown plain: the lexers take quadratic time on hostile ones."""

HIGHLIGHT_C_CHARACTERS = 8_000
"""Longer C is shown plain, for the same reason."""

Piece = tuple[str, str]
"""Pygments' short name of a token's kind (empty for plain text), and the text."""

SHOWN_LINES = 3_000
"""What one view shows at most; the rest is counted."""


def highlighted_lines(text: str, arch: str = "", syntax: str = "gas") -> list[str]:
    """One piece of HTML per source line, each complete in itself. As many as ``text.split("\\n")``.

    Each line is coloured by itself, so that a growing reply costs its new lines only; a comment over several lines is
    coloured on its first one alone.
    """
    return [_highlighted(line, arch, syntax) for line in visible(text).split("\n")]


@lru_cache(maxsize=8192)
def _highlighted(line: str, arch: str, syntax: str) -> str:
    return "".join(_span(css_class, text) for css_class, text in line_pieces(line, arch, syntax))


@lru_cache(maxsize=8192)
def line_pieces(line: str, arch: str, syntax: str) -> tuple[Piece, ...]:
    """One line, already `visible`, cut where its colour changes; the texts join to the line."""
    if len(line) > HIGHLIGHT_COLUMNS:
        return (("", line),)
    tokens = lexer_of(arch, syntax).get_tokens(f"{line}\n")  # Pygments ends a comment where a line ends
    pieces = [(STANDARD_TYPES.get(kind, ""), text.removesuffix("\n")) for kind, text in tokens]
    return tuple(piece for piece in pieces if piece[1])


def _lines(text: str, lexer: Lexer) -> list[str]:
    lines = [""]
    for kind, value in lexer.get_tokens(text):
        first, *others = value.split("\n")
        lines[-1] += _span(STANDARD_TYPES.get(kind, ""), first)
        lines.extend(_span(STANDARD_TYPES.get(kind, ""), piece) for piece in others)
    return lines


def _span(css_class: str, text: str) -> str:
    if not text:
        return ""
    name = css_name(css_class)
    return f'<span class="{name}">{escape(text)}</span>' if name else escape(text)


def css_name(kind: str) -> str:
    """The class that colours a piece; empty where nothing does."""
    return f"tok-{kind}" if kind not in ("", "w") else ""


def code_block(
    text: str, arch: str = "", syntax: str = "gas", *, numbered: bool = True, label: str = "Assembly"
) -> str:
    """A scrollable block of assembly, numbered from 1."""
    return block_of_lines(highlighted_lines(text, arch, syntax), numbered=numbered, label=label)


def c_block(text: str, *, numbered: bool = False) -> str:
    """A block of C source."""
    text = visible(text)
    if len(text) > HIGHLIGHT_C_CHARACTERS:
        lines = [escape(line) for line in text.split("\n")]
    else:
        lines = _lines(text, CLexer(stripnl=False, ensurenl=False))
    return block_of_lines(lines, numbered=numbered, label="C source")


def block_of_lines(lines: list[str], *, numbered: bool, label: str) -> str:
    """A scrollable block of lines that are HTML already; the first SHOWN_LINES are shown."""
    shown = lines[:SHOWN_LINES]
    rows = "".join(f'<span class="ap-line">{line or " "}</span>' for line in shown)
    left = len(lines) - len(shown)
    more = f'<span class="ap-line ap-muted">… {left:,} more lines</span>' if left else ""
    classes = "ap-code ap-numbered" if numbered else "ap-code"
    code = element("code", rows + more)
    return element("pre", code, classes=classes, tabindex="0", role="region", aria_label=label)
