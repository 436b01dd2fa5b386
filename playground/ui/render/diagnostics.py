"""Errors of the assembler, each with its line, column, and the source line with a caret."""

from collections.abc import Sequence

from playground.assembly.program import Diagnostic
from playground.ui.render.text import element, escape, visible

SHOWN = 20


def render_diagnostics(diagnostics: Sequence[Diagnostic], source: str) -> str:
    """The first SHOWN errors of a source, in line order."""
    if not diagnostics:
        return ""
    lines = source.replace("\r\n", "\n").split("\n")
    items = "".join(_item(diagnostic, lines) for diagnostic in diagnostics[:SHOWN])
    left = len(diagnostics) - SHOWN
    more = element("li", f"… and {left:,} more", classes="ap-muted") if left > 0 else ""
    return element("ol", items + more, classes="ap-diagnostics", aria_label="Errors")


def _item(diagnostic: Diagnostic, lines: Sequence[str]) -> str:
    place = f'<span class="ap-place">{diagnostic.line}:{diagnostic.column}</span>'
    message = f"<span>{escape(diagnostic.message)}</span>"
    hint = element("div", escape(diagnostic.hint), classes="ap-hint") if diagnostic.hint else ""
    return element("li", place + message + _excerpt(diagnostic, lines) + hint)


def _excerpt(diagnostic: Diagnostic, lines: Sequence[str]) -> str:
    """The source line with a caret below its column; nothing when the line does not exist."""
    if not 1 <= diagnostic.line <= len(lines):
        return ""
    text = lines[diagnostic.line - 1]
    before = visible(text[: max(diagnostic.column - 1, 0)])
    pad = "".join("\t" if character == "\t" else " " for character in before)
    caret = "^" + "~" * max(len(visible(diagnostic.token)) - 1, 0)
    return f'<pre class="ap-excerpt">{escape(text)}\n{pad}<span class="ap-caret">{escape(caret)}</span></pre>'
