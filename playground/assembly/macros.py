"""``.macro``, ``.rept``, ``.irp``, ``.irpc`` (as.info, "Macro", "Rept", "Irp", "Irpc")."""

import re
from dataclasses import dataclass

from playground.assembly import limits

REPETITIONS = frozenset({".rept", ".rep", ".irp", ".irpc"})
_PARAMETER = re.compile(r"\s*,?\s*([A-Za-z_.$][\w.$]*)(?::(req|vararg))?(?:\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^\s,]+))?")
_USE = re.compile(r"\\(?:(@)|(\(\))|([A-Za-z_.$][\w$]*))")


class MacroError(ValueError):
    """A macro's definition, call or block is wrong."""


@dataclass(frozen=True)
class Parameter:
    name: str
    default: str = ""
    required: bool = False
    takes_rest: bool = False


@dataclass(frozen=True)
class Macro:
    """A definition: its body as written, with the lines' numbers."""

    name: str
    parameters: tuple[Parameter, ...]
    body: list[str]
    numbers: list[int]

    def expand(self, text: str, count: int) -> list[str]:
        """The body with the call's arguments; `count` is what ``\\@`` gives.

        Raises:
            MacroError: too many arguments, or a required one is missing.
        """
        values = self._bind(text)
        lines = [substitute(line, values, count) for line in self.body]
        if any(len(line) > limits.LINE_CHARACTERS for line in lines):
            raise limits.LimitReached(
                f"macro {self.name!r} makes a line longer than {limits.LINE_CHARACTERS} characters"
            )
        return lines

    def _bind(self, text: str) -> dict[str, str]:
        rest_parameter = bool(self.parameters) and self.parameters[-1].takes_rest
        arguments = split_arguments(text, len(self.parameters) if rest_parameter else None)
        values: dict[str, str] = {}
        names = {parameter.name for parameter in self.parameters}
        position = 0
        for argument in arguments:
            name, equals, value = argument.partition("=")
            if equals and name.strip() in names:
                values[name.strip()] = unquoted(value.strip())
                continue
            if position >= len(self.parameters):
                raise MacroError(f"macro {self.name!r} takes {len(self.parameters)} arguments, got {len(arguments)}")
            parameter = self.parameters[position]
            if argument:
                values[parameter.name] = argument if parameter.takes_rest else unquoted(argument)
            position += 1
        for parameter in self.parameters:
            if parameter.required and parameter.name not in values:
                raise MacroError(f"macro {self.name!r} needs a value for its parameter {parameter.name!r}")
            values.setdefault(parameter.name, parameter.default)
        return values


def parse_macro(text: str, body: list[str], numbers: list[int]) -> Macro:
    """The macro that ``.macro`` with the operands `text` defines.

    Raises:
        MacroError: no name, or parameters that do not parse.
    """
    head = re.match(r"\s*([A-Za-z_.$][\w.$]*)[\s,]*(?:\((.*)\)\s*$)?", text)
    if head is None:
        raise MacroError(f".macro needs a name, got {text!r}")
    rest = head[2] if head[2] is not None else text[head.end() :]
    parameters, position = [], 0
    while rest[position:].strip(" \t,"):
        found = _PARAMETER.match(rest, position)
        if found is None:
            raise MacroError(f"parameter {rest[position:].strip()!r} of macro {head[1]!r} does not parse")
        name, qualifier, default = found.groups()
        parameters.append(Parameter(name, unquoted(default or ""), qualifier == "req", qualifier == "vararg"))
        position = found.end()
    return Macro(head[1].lower(), tuple(parameters), body, numbers)


def substitute(line: str, values: dict[str, str], count: int) -> str:
    """The line with ``\\parameter``, ``\\@`` and ``\\()`` replaced."""
    if "\\" not in line:
        return line

    def value(found: re.Match[str]) -> str:
        if found[1]:
            return str(count)
        if found[2]:
            return ""
        name = found[3]
        for end in range(len(name), 0, -1):
            if name[:end] in values and (end == len(name) or name[end] in ".$"):
                return values[name[:end]] + name[end:]
        return found.group()

    return _USE.sub(value, line)


def split_arguments(text: str, most: int | None) -> list[str]:
    """A call's arguments, between commas or white space; the last of `most` keeps everything that is left."""
    arguments: list[str] = []
    current, depth, quoted = "", 0, False
    for position, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        depth += not quoted and character in "([{"
        depth -= not quoted and character in ")]}"
        outside = not quoted and depth <= 0
        if outside and most is not None and len(arguments) == most - 1:
            return [*arguments, (current + text[position:]).strip()]
        ends = outside and (character == "," or (character.isspace() and _separates(text, position, current)))
        if ends:
            arguments.append(current.strip())
            current = ""
        else:
            current += character
    return [*arguments, current.strip()] if current.strip() or arguments else []


def _separates(text: str, position: int, current: str) -> bool:
    """White space ends an argument unless an operator or a comma stands on either side of it."""
    following = text[position:].lstrip()
    if not current.strip() or not following:
        return False
    return following[0] not in ",+-*/&|^=<>" and current.rstrip()[-1] not in "+-*/&|^=<>"


def unquoted(text: str) -> str:
    return text[1:-1].replace('\\"', '"') if len(text) > 1 and text[0] == text[-1] == '"' else text


def repeated(name: str, text: str, count: int, body: list[str]) -> list[list[str]]:
    """The copies of a repetition's body.

    Raises:
        MacroError: ``.irp`` without a symbol, or more lines than a file may have.
    """
    if name in (".rept", ".rep"):
        _check(count, body)
        return [body] * max(count, 0)
    found = re.match(r"\s*([A-Za-z_.$][\w.$]*)\s*,?\s*(.*)", text, re.DOTALL)
    if found is None:
        raise MacroError(f"{name} needs a symbol and values")
    values = list(unquoted(found[2].strip())) if name == ".irpc" else split_arguments(found[2], None)
    _check(len(values), body)
    return [[substitute(line, {found[1]: unquoted(value)}, 0) for line in body] for value in values or [""]]


def _check(count: int, body: list[str]) -> None:
    if count * max(len(body), 1) > limits.STATEMENTS:
        raise MacroError(
            f"{count} repetitions of {len(body)} lines are beyond the limit of {limits.STATEMENTS} statements"
        )
