"""A reply while it is written and after: the assembly in it is coloured, the words around it are plain."""

import re

from playground.ui.render.code import block_of_lines, highlighted_lines
from playground.ui.render.text import element, escape, visible

_FENCE = re.compile(r"^\s*(```|~~~)")
_CODE = re.compile(r"^(\s+\S|[\w.$]+:|\.\w)")
"""Outside of fences: an indented line, a label, or a directive."""


def render_reply(text: str, arch: str, syntax: str) -> str:
    """The whole reply, line by line and numbered."""
    lines = visible(text).split("\n")
    coloured = highlighted_lines("\n".join(lines), arch, syntax)
    shown = [
        code if is_code else _words(line) for line, code, is_code in zip(lines, coloured, _code(lines), strict=True)
    ]
    return block_of_lines(shown, numbered=True, label="Reply")


def _words(line: str) -> str:
    return element("span", escape(line), classes="ap-words") if line else ""


def _code(lines: list[str]) -> list[bool]:
    """Whether each line is code. With fences, what they hold is; without, what looks like it."""
    fenced = any(_FENCE.match(line) for line in lines)
    inside = False
    found = []
    for line in lines:
        fence = bool(_FENCE.match(line))
        inside ^= fence
        found.append(not fence and (inside if fenced else bool(_CODE.match(line))))
    return found
