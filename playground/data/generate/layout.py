"""C bodies written on one line, laid out over several."""

import re


def laid_out(body: str, *, broken: bool, level: int = 1) -> str:
    """A body from one line to several; `broken` puts what a bare if, for or while governs onto a line of its own."""
    lines: list[str] = []
    depth, line = 0, ""
    opened: list[bool] = []  # of each open brace: does it belong to a do?
    for index, letter in enumerate(body):
        line += letter
        depth += (letter == "(") - (letter == ")")
        if depth or letter not in ";{}":
            continue
        level -= letter == "}"
        if letter == "{":
            opened.append(line.strip().endswith("do {"))
        goes_on = "else|while" if letter == "}" and opened.pop() else "else"
        if letter == "}" and re.match(rf"\s*(?:{goes_on})\b", body[index + 1 :]):
            continue
        lines += _governed(line.strip(), level, broken)
        level += letter == "{"
        line = ""
    return "\n".join(lines)


def _governed(line: str, level: int, broken: bool) -> list[str]:
    pad = "    " * level
    if broken and line.startswith("else ") and not line.startswith("else if") and line.endswith(";"):
        return [pad + "else", *_governed(line[5:], level + 1, broken)]
    if not broken or line.endswith("{") or not re.match(r"(else if|if|for|while) \(", line):
        return [pad + line]
    depth = 0
    for index, letter in enumerate(line):
        depth += (letter == "(") - (letter == ")")
        if letter == ")" and not depth:
            return [pad + line[: index + 1], *_governed(line[index + 1 :].strip(), level + 1, broken)]
    return [pad + line]
