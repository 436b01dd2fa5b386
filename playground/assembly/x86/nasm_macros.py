"""NASM's macros: definitions, and their expansion in text (NASM manual, 4.1 and 4.3)."""

import re
from dataclasses import dataclass, field

from playground.assembly.x86.att import split_operands
from playground.assembly.x86.nasm_numbers import STRING

MAXIMUM_EXPANSIONS = 20_000
"""Single-line macro expansions in one line's rewriting; more is a macro that expands for ever."""
MAXIMUM_LINE = 100_000
"""Characters of one line after expansion."""

TOKEN = re.compile(rf"{STRING}|%\+|\$?[A-Za-z_.?@][\w.$@?~#]*|[0-9][\w.]*|\s+|.", re.S)
"""Text as the preprocessor sees it: strings, words, numbers, white space, single characters."""

PARAMETER = re.compile(rf"({STRING})|%\{{([-+]?[0-9]+|[-%$\w]+)\}}|%([-+]?[0-9]+)|%%([A-Za-z_]\w*)")

_INVERSE = {
    "e": "ne", "z": "nz", "b": "ae", "c": "nc", "a": "be", "l": "ge", "g": "le", "o": "no", "s": "ns", "p": "np",
    "nae": "nb", "nbe": "na", "nge": "nl", "nle": "ng", "pe": "po",
}  # fmt: skip
INVERSE = _INVERSE | {inverse: name for name, inverse in _INVERSE.items()}
"""``%-1``: the opposite condition (manual, 4.3.6)."""


class PreprocessorError(ValueError):
    """What is wrong with a line, for its author."""

    def __init__(self, message: str, token: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.token = token
        self.hint = hint


@dataclass(frozen=True)
class Define:
    """``%define name(parameters) body``"""

    name: str
    body: str
    parameters: tuple[str, ...] | None = None
    ignores_case: bool = False


@dataclass
class MultiLine:
    """``%macro name least-most``"""

    name: str
    least: int
    most: int
    greedy: bool
    defaults: list[str]
    body: list[tuple[str, int]] = field(default_factory=list)
    """Lines with their numbers in the file."""

    def accepts(self, count: int) -> bool:
        return self.least <= count and (count <= self.most or self.greedy)


def parse_header(text: str) -> MultiLine:
    """The head of a ``%macro``.

    Raises:
        PreprocessorError: no name or no parameter count.
    """
    found = re.fullmatch(r"([^\s]+)\s+([0-9]{1,4})(?:-([0-9]{1,4}|\*))?(\+)?(?:\.nolist)?(?:\s+(.*))?", text.strip())
    if found is None:
        hint = "write %macro NAME COUNT, for example %macro print 2"
        raise PreprocessorError("%macro needs a name and a number of parameters", text.strip()[:40], hint)
    name, least, most, plus, defaults = found.groups()
    highest = int(least) if most is None else 10_000 if most == "*" else int(most)
    given = [piece for piece, _ in split_operands(defaults)] if defaults else []
    return MultiLine(name, int(least), highest, plus is not None, given)


def arguments_of(macro: MultiLine, text: str) -> list[str]:
    """The call's arguments, braces taken off, the missing ones filled with their defaults."""
    pieces = [piece for piece, _ in split_operands(text)] if text.strip() else []
    if macro.greedy and len(pieces) > macro.most:
        offsets = split_operands(text)
        last = offsets[macro.most - 1][1] if macro.most else 0
        pieces = [*pieces[: max(macro.most - 1, 0)], text[last:].strip()] if macro.most else []
    arguments = [piece[1:-1] if piece.startswith("{") and piece.endswith("}") else piece for piece in pieces]
    missing = range(len(arguments) - macro.least, len(macro.defaults))
    return arguments + [macro.defaults[index] for index in missing if index >= 0 and len(arguments) < macro.most + 1]


def fill_in(line: str, arguments: list[str], serial: int) -> str:
    """`line` of a macro's body with %1, %0, %%label and %-1 replaced."""

    def replacement(found: re.Match[str]) -> str:
        if found[1]:
            return found[1]
        if found[4]:
            return f"..@{serial}.{found[4]}"
        name = found[2] or found[3]
        if found[2] and name.startswith("%"):
            return f"..@{serial}.{name[1:]}"
        return _argument(name, arguments, found.group())

    return PARAMETER.sub(replacement, line)


def _argument(name: str, arguments: list[str], text: str) -> str:
    sign, digits = (name[0], name[1:]) if name[0] in "+-" else ("", name)
    if not digits.isdigit():
        return text
    number = int(digits)
    if number == 0:
        return str(len(arguments))
    value = arguments[number - 1] if number <= len(arguments) else ""
    if sign == "-":
        condition = value.strip().lower()
        if condition not in INVERSE:
            raise PreprocessorError(f"macro parameter {number} is not a condition code: {value!r}", value)
        return INVERSE[condition]
    return value


class Definitions:
    """The single-line macros in force."""

    def __init__(self) -> None:
        self._exact: dict[str, list[Define]] = {}
        self._folded: dict[str, list[Define]] = {}

    def add(self, define: Define) -> None:
        """`define` replaces an earlier one of the same name and number of parameters."""
        table = self._folded if define.ignores_case else self._exact
        name = define.name.lower() if define.ignores_case else define.name
        count = _count(define)
        table[name] = [other for other in table.get(name, []) if _count(other) != count] + [define]

    def remove(self, name: str) -> None:
        self._exact.pop(name, None)
        self._folded.pop(name.lower(), None)

    def known(self, name: str) -> bool:
        return name in self._exact or name.lower() in self._folded

    def find(self, name: str) -> list[Define]:
        return self._exact.get(name) or self._folded.get(name.lower(), [])

    def expand(self, text: str) -> str:
        """`text` with every single-line macro expanded, strings left alone.

        Raises:
            PreprocessorError: the expansion does not end.
        """
        if not self._exact and not self._folded:
            return text
        self._budget = MAXIMUM_EXPANSIONS
        expanded = self._expanded(text, frozenset())
        return re.sub(r"\s*%\+\s*", "", expanded) if "%+" in expanded else expanded

    def _expanded(self, text: str, active: frozenset[str]) -> str:
        tokens = TOKEN.findall(text)
        result: list[str] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            position += 1
            candidates = self.find(token) if token[0].isalpha() or token[0] in "_.?@" else []
            if not candidates or token in active:
                result.append(token)
                continue
            position = self._expand_one(candidates, tokens, position, active | {token}, result, token)
            if sum(map(len, result[-1:])) > MAXIMUM_LINE:
                raise PreprocessorError(f"the macro {token!r} expands to more than {MAXIMUM_LINE} characters", token)
        return "".join(result)

    def _expand_one(
        self,
        candidates: list[Define],
        tokens: list[str],
        position: int,
        active: frozenset[str],
        result: list[str],
        token: str,
    ) -> int:
        self._budget -= 1
        if self._budget < 0 or len(active) > 60:
            raise PreprocessorError(f"the macro {token!r} expands without end", token)
        plain = next((define for define in candidates if define.parameters is None), None)
        arguments, end = _call(tokens, position)
        for define in candidates:
            if arguments is not None and define.parameters is not None and len(define.parameters) == len(arguments):
                values = dict(
                    zip(define.parameters, (self._expanded(a, active - {token}) for a in arguments), strict=True)
                )
                body = "".join(values.get(word, word) for word in TOKEN.findall(define.body))
                result.append(self._expanded(body, active))
                return end
        result.append(token if plain is None else self._expanded(plain.body, active))
        return position


def _count(define: Define) -> int:
    return -1 if define.parameters is None else len(define.parameters)


def _call(tokens: list[str], position: int) -> tuple[list[str] | None, int]:
    """The arguments in parentheses at `position`, and the position behind them."""
    start = position + 1 if position < len(tokens) and tokens[position].isspace() else position
    if start >= len(tokens) or tokens[start] != "(":
        return None, position
    arguments, depth = [""], 0
    for index in range(start + 1, len(tokens)):
        token = tokens[index]
        if token == ")" and depth == 0:
            stripped = [argument.strip() for argument in arguments]
            return ([] if stripped == [""] else stripped), index + 1
        depth += (token in "([{") - (token in ")]}") if len(token) == 1 else 0
        if token == "," and depth == 0:
            arguments.append("")
        else:
            arguments[-1] += token
    return None, position
