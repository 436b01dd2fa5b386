"""NASM's preprocessor (NASM manual, chapter 4): lines in, lines without ``%`` directives out. It reads no file."""

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

from playground.assembly import limits
from playground.assembly.expressions import Expression, Number
from playground.assembly.x86.folding import fold
from playground.assembly.x86.nasm_conditions import CONDITION_NAMES, Conditions
from playground.assembly.x86.nasm_contexts import Contexts
from playground.assembly.x86.nasm_macros import (
    Define,
    Definitions,
    MultiLine,
    PreprocessorError,
    arguments_of,
    fill_in,
    parse_header,
)
from playground.assembly.x86.nasm_numbers import STRING
from playground.assembly.x86.nasm_operands import parse_expression
from playground.assembly.x86.nasm_text import concatenation, string_length, string_of, substring, tokens_of
from playground.assembly.x86.operands import SyntaxProblem

Report = Callable[[int, str, str, str], None]
"""(line, message, token, hint)"""
Lack = Callable[[int, str, str], None]
"""(line, name, message)"""

_COMMENT = re.compile(rf"({STRING})|;.*", re.S)
_DIRECTIVE = re.compile(r"\s*%([a-zA-Z]+)\s*(.*)", re.S)
_DEFINE = re.compile(r"\s*([A-Za-z_.?@$][\w.$@?~#]*)(\([^()]*\))?\s*(.*)", re.S)
_CALL = re.compile(r"\s*(?:([A-Za-z_.?@$][\w.$@?~#]*\s*:)\s*)?([^\s:]+)\s*(.*)", re.S)
_OPENING = frozenset({"macro", "imacro", "rmacro", "irmacro"})
_REFUSED = {"include": "reads another file", "depend": "reads another file", "pathsearch": "searches for a file"}
_IGNORED = frozenset({"line", "pragma", "note", "warning", "clear"})
LACKING = frozenset({"arg", "local", "stacksize", "use", "aliases"})
"""Directives of the preprocessor that are valid and not supported here."""


def strip_comment(line: str) -> str:
    """`line` up to a ``;`` that stands in no string."""
    return _COMMENT.sub(lambda found: found[1] or "", line) if ";" in line else line


@dataclass
class Preprocessor:
    """One file's preprocessor state; `lines` yields what remains."""

    report: Report
    lack: Lack
    constant: Callable[[str], int | None] = lambda name: None
    """The value of a symbol that is known already (``equ``)."""
    definitions: Definitions = field(default_factory=Definitions)
    macros: dict[str, list[MultiLine]] = field(default_factory=dict)
    contexts: Contexts = field(default_factory=Contexts)
    conditions: Conditions = field(init=False)
    serial: int = 0
    produced: int = 0
    leaving: bool = False
    """``%exitrep`` or ``%exitmacro`` was met."""
    arguments: list[str] = field(default_factory=list)
    """Of the macro that is being expanded; ``%rotate`` turns them, so its lines are filled in one by one."""
    expansion: int = 0
    """Serial number of that expansion, 0 outside."""

    def __post_init__(self) -> None:
        self.conditions = Conditions(self)
        for name, body in (
            ("__BITS__", "64"),
            ("__?BITS?__", "64"),
            ("__OUTPUT_FORMAT__", "elf64"),
            ("__?OUTPUT_FORMAT?__", "elf64"),
        ):
            self.definitions.add(Define(name, body))

    def lines(self, text: str) -> Iterator[tuple[str, int]]:
        """The program's lines with their numbers in the file.

        Raises:
            LimitReached: macros or repetitions make too many lines.
        """
        yield from self._process(_joined(text), 0)
        if self.conditions.depth:
            self.report(text.count("\n") + 1, "%if without %endif", "%if", "")

    def _process(self, source: list[tuple[str, int]], depth: int) -> Iterator[tuple[str, int]]:
        if depth > limits.MACRO_DEPTH:
            raise limits.LimitReached(f"macros nested deeper than {limits.MACRO_DEPTH}", source[0][1] if source else 0)
        position = 0
        while position < len(source) and not self.leaving:
            line, number = source[position]
            position += 1
            self.produced += 1
            if self.produced > limits.STATEMENTS:
                raise limits.LimitReached(f"more than {limits.STATEMENTS} lines after macro expansion", number)
            try:
                line = self._filled_in(line) if "%" in line else line
                found = _DIRECTIVE.match(line) if "%" in line else None
                if found is not None:
                    position = yield from self._directive(found[1].lower(), found[2].strip(), source, position, depth)
                elif self.conditions.active:
                    yield from self._line(line, number, depth)
            except PreprocessorError as error:
                self.report(number, error.message, error.token, error.hint)
            except SyntaxProblem as problem:
                self.report(number, problem.problem.message, problem.problem.token, problem.problem.hint)

    def _filled_in(self, line: str) -> str:
        """`line` with the parameters of the macro around it and the open contexts' names."""
        line = fill_in(line, self.arguments, self.expansion) if self.expansion else line
        return self.contexts.fill_in(line) if "%$" in line and self.conditions.active else line

    # Ordinary lines

    def _line(self, line: str, number: int, depth: int) -> Iterator[tuple[str, int]]:
        if "__" in line:
            line = re.sub(r"__\??LINE\??__", str(number), line)
        line = self.definitions.expand(line)
        called = _CALL.match(line) if self.macros else None
        candidates = self.macros_named(called[2]) if called else []
        if not called or not candidates:
            yield line, number
            return
        macro, arguments = self._chosen(candidates, called[3])
        if called[1]:
            yield called[1], number
        yield from self._expand(macro, arguments, number, depth)

    def macros_named(self, name: str) -> list[MultiLine]:
        return self.macros.get(name) or self.macros.get("\0" + name.lower(), [])

    def _chosen(self, candidates: list[MultiLine], text: str) -> tuple[MultiLine, list[str]]:
        for macro in candidates:
            arguments = arguments_of(macro, text)
            count = len(arguments_of(MultiLine("", 0, 10_000, False, []), text))
            if macro.accepts(count):
                return macro, arguments
        macro = candidates[0]
        message = f"the macro {macro.name!r} exists, but not with this number of parameters"
        raise PreprocessorError(message, macro.name)

    def _expand(self, macro: MultiLine, arguments: list[str], number: int, depth: int) -> Iterator[tuple[str, int]]:
        outer, open_before = (self.arguments, self.expansion), self.conditions.depth
        self.serial += 1
        self.arguments, self.expansion = list(arguments), self.serial
        yield from self._process([(line, number) for line, _ in macro.body], depth + 1)
        (self.arguments, self.expansion), self.leaving = outer, False
        self.conditions.unwind(open_before)

    # Directives

    def _directive(
        self, name: str, text: str, source: list[tuple[str, int]], position: int, depth: int
    ) -> Generator[tuple[str, int], None, int]:
        number = source[position - 1][1]
        if name.startswith(("if", "elif")) or name in ("else", "endif"):
            self.conditions.handle(name, text)
        elif name in _OPENING:
            position = self._define_macro(name, text, source, position)
        elif name == "rep":
            position = yield from self._repeat(text, source, position, depth)
        elif not self.conditions.active:
            pass
        elif name in ("exitrep", "exitmacro"):
            self.leaving = True
        elif name in _REFUSED:
            raise PreprocessorError(f"%{name} {_REFUSED[name]}: not allowed here", "%" + name, "paste the text instead")
        elif name in LACKING:
            self.lack(number, "%" + name, f"not supported: %{name}")
        elif name in _HANDLERS:
            _HANDLERS[name](self, text)
        elif name not in _IGNORED:
            raise PreprocessorError(f"unknown preprocessor directive %{name}", "%" + name)
        return position

    def define(self, text: str, *, expands: bool, ignores_case: bool) -> None:
        """``%define`` and its relatives."""
        found = _DEFINE.fullmatch(text)
        if found is None:
            raise PreprocessorError("%define needs a name", text[:40])
        name, parameters, body = found.groups()
        names = tuple(p.strip().lstrip("=") for p in parameters[1:-1].split(",") if p.strip()) if parameters else None
        body = self.definitions.expand(body) if expands else body
        self.definitions.add(Define(name, body.strip(), names, ignores_case))

    def assign(self, text: str, *, ignores_case: bool) -> None:
        """``%assign``: the value is computed now."""
        name, _, expression = text.partition(" ")
        value = self.evaluate(expression)
        self.definitions.add(Define(name, str(value), None, ignores_case))

    def evaluate(self, text: str) -> int:
        """A constant expression's value.

        Raises:
            PreprocessorError: it depends on what is not known here.
        """
        value: Expression = fold(parse_expression(self.definitions.expand(text)), self.constant)
        if not isinstance(value, Number):
            raise PreprocessorError(
                f"the value of {text.strip()[:60]!r} is not known to the preprocessor", text.strip()[:60]
            )
        return value.value

    def undefine(self, text: str) -> None:
        self.definitions.remove(text.split()[0] if text.split() else "")

    def remove_macro(self, text: str) -> None:
        name = text.split()[0] if text.split() else ""
        self.macros.pop(name, None)
        self.macros.pop("\0" + name.lower(), None)

    def rotate(self, text: str) -> None:
        """``%rotate n``: shifts the macro's arguments to the left."""
        if self.arguments:
            count = self.evaluate(text) % len(self.arguments)
            self.arguments = self.arguments[count:] + self.arguments[:count]

    def fail(self, text: str) -> None:
        raise PreprocessorError(f"%error: {text.strip()[:200]}", "%error")

    def _define_macro(self, name: str, text: str, source: list[tuple[str, int]], position: int) -> int:
        body, position = _block(source, position, _OPENING, "endmacro")
        if self.conditions.active:
            macro = parse_header(text)
            macro.body = body
            key = macro.name if name == "macro" else "\0" + macro.name.lower()
            same = [
                other for other in self.macros.get(key, []) if (other.least, other.most) != (macro.least, macro.most)
            ]
            self.macros[key] = [*same, macro]
        return position

    def _repeat(
        self, text: str, source: list[tuple[str, int]], position: int, depth: int
    ) -> Generator[tuple[str, int], None, int]:
        body, position = _block(source, position, frozenset({"rep"}), "endrep")
        if self.conditions.active:
            count = self.evaluate(text)
            open_before = self.conditions.depth
            for _ in range(min(count, limits.STATEMENTS)):
                yield from self._process(body, depth + 1)
                self.produced += 1
                if self.leaving:
                    break
            self.leaving = False
            self.conditions.unwind(open_before)
            if count > limits.STATEMENTS:
                raise limits.LimitReached(f"%rep {count} is beyond the limit of {limits.STATEMENTS}", source[0][1])
        return position


def _joined(text: str) -> list[tuple[str, int]]:
    """The lines without comments, those that end in a backslash joined to the next."""
    result: list[tuple[str, int]] = []
    pending = ""
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        line = strip_comment(pending + line)
        if line.endswith("\\") and len(line) < limits.SOURCE_BYTES:
            pending = line[:-1]
            result.append(("", number))
            continue
        pending = ""
        result.append((line, number))
    if pending:
        result.append((pending, len(result)))
    return result


def _block(
    source: list[tuple[str, int]], position: int, opening: frozenset[str], closing: str
) -> tuple[list[tuple[str, int]], int]:
    """The lines up to the directive that closes the block, and the position behind it."""
    depth, start = 1, position
    while position < len(source):
        found = _DIRECTIVE.match(source[position][0])
        name = found[1].lower() if found else ""
        depth += (name in opening) - (name == closing)
        position += 1
        if depth == 0:
            return source[start : position - 1], position
    raise PreprocessorError(f"%{closing} is missing", "%" + closing)


_HANDLERS: dict[str, Callable[[Preprocessor, str], None]] = {
    "define": lambda p, text: p.define(text, expands=False, ignores_case=False),
    "idefine": lambda p, text: p.define(text, expands=False, ignores_case=True),
    "xdefine": lambda p, text: p.define(text, expands=True, ignores_case=False),
    "ixdefine": lambda p, text: p.define(text, expands=True, ignores_case=True),
    "assign": lambda p, text: p.assign(text, ignores_case=False),
    "iassign": lambda p, text: p.assign(text, ignores_case=True),
    "undef": Preprocessor.undefine,
    "unmacro": Preprocessor.remove_macro,
    "unimacro": Preprocessor.remove_macro,
    "strlen": lambda p, text: string_length(p.definitions, text),
    "defstr": lambda p, text: string_of(p.definitions, text),
    "deftok": lambda p, text: tokens_of(p.definitions, text),
    "strcat": lambda p, text: concatenation(p.definitions, text),
    "substr": lambda p, text: substring(p.definitions, text),
    "push": lambda p, text: p.contexts.push(text),
    "pop": lambda p, text: p.contexts.pop(text),
    "repl": lambda p, text: p.contexts.rename(text),
    "rotate": Preprocessor.rotate,
    "error": Preprocessor.fail,
    "fatal": Preprocessor.fail,
}
_BLOCKS = ("rep", "endrep", "endmacro", "exitrep", "exitmacro")
DIRECTIVE_NAMES = tuple(sorted({*_HANDLERS, *_OPENING, *_IGNORED, *_BLOCKS, *CONDITION_NAMES}))
"""What is supported, for the table of dialects."""
