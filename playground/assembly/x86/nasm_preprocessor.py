"""NASM's preprocessor (NASM manual, chapter 4): lines in, lines without ``%`` directives out. It reads no file."""

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

from playground.assembly import limits
from playground.assembly.expressions import Expression, Number
from playground.assembly.x86.folding import fold
from playground.assembly.x86.nasm_macros import (
    Define,
    Definitions,
    MultiLine,
    PreprocessorError,
    arguments_of,
    fill_in,
    parse_header,
)
from playground.assembly.x86.nasm_numbers import STRING, nasm_number, string_bytes
from playground.assembly.x86.nasm_operands import parse_expression
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
_MISSING = frozenset(
    {"push", "pop", "repl", "arg", "local", "stacksize", "use", "deftok", "substr", "strcat", "tok", "aliases"}
)


def strip_comment(line: str) -> str:
    """`line` up to a ``;`` that stands in no string."""
    return _COMMENT.sub(lambda found: found[1] or "", line) if ";" in line else line


@dataclass
class _Conditional:
    taken: bool
    """A branch was taken already."""
    active: bool
    outer: bool


@dataclass
class Preprocessor:
    """One file's preprocessor state; `lines` yields what remains."""

    report: Report
    lack: Lack
    definitions: Definitions = field(default_factory=Definitions)
    macros: dict[str, list[MultiLine]] = field(default_factory=dict)
    conditionals: list[_Conditional] = field(default_factory=list)
    serial: int = 0
    produced: int = 0
    leaving: bool = False
    """``%exitrep`` or ``%exitmacro`` was met."""
    arguments: list[str] = field(default_factory=list)
    """Of the macro that is being expanded; ``%rotate`` turns them, so its lines are filled in one by one."""
    expansion: int = 0
    """Serial number of that expansion, 0 outside."""

    def __post_init__(self) -> None:
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
        if self.conditionals:
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
                line = fill_in(line, self.arguments, self.expansion) if self.expansion and "%" in line else line
                found = _DIRECTIVE.match(line) if "%" in line else None
                if found is not None:
                    position = yield from self._directive(found[1].lower(), found[2].strip(), source, position, depth)
                elif self._active():
                    yield from self._line(line, number, depth)
            except PreprocessorError as error:
                self.report(number, error.message, error.token, error.hint)
            except SyntaxProblem as problem:
                self.report(number, problem.problem.message, problem.problem.token, problem.problem.hint)

    def _active(self) -> bool:
        return not self.conditionals or self.conditionals[-1].active

    # Ordinary lines

    def _line(self, line: str, number: int, depth: int) -> Iterator[tuple[str, int]]:
        if "__" in line:
            line = re.sub(r"__\??LINE\??__", str(number), line)
        line = self.definitions.expand(line)
        called = _CALL.match(line) if self.macros else None
        candidates = self._macros_named(called[2]) if called else []
        if not called or not candidates:
            yield line, number
            return
        macro, arguments = self._chosen(candidates, called[3])
        if called[1]:
            yield called[1], number
        yield from self._expand(macro, arguments, number, depth)

    def _macros_named(self, name: str) -> list[MultiLine]:
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
        outer, open_before = (self.arguments, self.expansion), len(self.conditionals)
        self.serial += 1
        self.arguments, self.expansion = list(arguments), self.serial
        yield from self._process([(line, number) for line, _ in macro.body], depth + 1)
        (self.arguments, self.expansion), self.leaving = outer, False
        del self.conditionals[open_before:]

    # Directives

    def _directive(
        self, name: str, text: str, source: list[tuple[str, int]], position: int, depth: int
    ) -> Generator[tuple[str, int], None, int]:
        number = source[position - 1][1]
        if name.startswith(("if", "elif")) or name in ("else", "endif"):
            self._conditional(name, text)
        elif name in _OPENING:
            position = self._define_macro(name, text, source, position)
        elif name == "rep":
            position = yield from self._repeat(text, source, position, depth)
        elif not self._active():
            pass
        elif name in ("exitrep", "exitmacro"):
            self.leaving = True
        elif name in _REFUSED:
            raise PreprocessorError(f"%{name} {_REFUSED[name]}: not allowed here", "%" + name, "paste the text instead")
        elif name in _MISSING:
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
        value: Expression = fold(parse_expression(self.definitions.expand(text)), lambda name: None)
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

    def string_length(self, text: str) -> None:
        """``%strlen name 'string'``"""
        name, _, literal = text.partition(" ")
        literal = self.definitions.expand(literal).strip()
        if not re.fullmatch(STRING, literal):
            raise PreprocessorError("%strlen needs a name and a string", text[:40])
        self.definitions.add(Define(name, str(len(string_bytes(literal)))))

    def string_of(self, text: str) -> None:
        """``%defstr name text``"""
        name, _, body = text.partition(" ")
        quote = '"' if "'" in body else "'"
        self.definitions.add(Define(name, quote + self.definitions.expand(body).strip() + quote))

    def rotate(self, text: str) -> None:
        """``%rotate n``: shifts the macro's arguments to the left."""
        if self.arguments:
            count = self.evaluate(text) % len(self.arguments)
            self.arguments = self.arguments[count:] + self.arguments[:count]

    def fail(self, text: str) -> None:
        raise PreprocessorError(f"%error: {text.strip()[:200]}", "%error")

    def _conditional(self, name: str, text: str) -> None:
        if name.startswith("if"):
            outer = self._active()
            truth = outer and self._holds(name[2:], text)
            self.conditionals.append(_Conditional(truth, truth, outer))
            return
        if not self.conditionals:
            raise PreprocessorError(f"%{name} without %if", "%" + name)
        state = self.conditionals[-1]
        if name == "endif":
            self.conditionals.pop()
        elif state.taken or not state.outer:
            state.active = False
        else:
            state.active = state.taken = name == "else" or self._holds(name[4:], text)

    def _holds(self, kind: str, text: str) -> bool:
        negated = kind.startswith("n") and kind not in ("num",)
        kind = kind[1:] if negated else kind
        test = _TESTS.get(kind)
        if test is None:
            raise PreprocessorError(f"unknown condition %if{kind}", "%if" + kind)
        return test(self, text) != negated

    def _define_macro(self, name: str, text: str, source: list[tuple[str, int]], position: int) -> int:
        body, position = _block(source, position, _OPENING, "endmacro")
        if self._active():
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
        if self._active():
            count = self.evaluate(text)
            open_before = len(self.conditionals)
            for _ in range(min(count, limits.STATEMENTS)):
                yield from self._process(body, depth + 1)
                self.produced += 1
                if self.leaving:
                    break
            self.leaving = False
            del self.conditionals[open_before:]
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


def _identical(preprocessor: Preprocessor, text: str, fold_case: bool) -> bool:
    expanded = preprocessor.definitions.expand(text)
    left, _, right = expanded.partition(",")
    sides = [re.sub(r"\s+", " ", side).strip() for side in (left, right)]
    return sides[0].lower() == sides[1].lower() if fold_case else sides[0] == sides[1]


_TESTS: dict[str, Callable[[Preprocessor, str], bool]] = {
    "": lambda p, text: bool(p.evaluate(text)),
    "def": lambda p, text: p.definitions.known(text.strip()),
    "macro": lambda p, text: bool(text.split() and p._macros_named(text.split()[0])),
    "idn": lambda p, text: _identical(p, text, False),
    "idni": lambda p, text: _identical(p, text, True),
    "num": lambda p, text: nasm_number(p.definitions.expand(text).strip().lstrip("+-")) is not None,
    "id": lambda p, text: bool(re.fullmatch(r"[A-Za-z_.?@$][\w.$@?~#]*", p.definitions.expand(text).strip())),
    "str": lambda p, text: bool(re.fullmatch(STRING, p.definitions.expand(text).strip())),
    "empty": lambda p, text: not p.definitions.expand(text).strip(),
    "token": lambda p, text: len(p.definitions.expand(text).split()) == 1,
    "env": lambda p, text: False,
}

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
    "strlen": Preprocessor.string_length,
    "defstr": Preprocessor.string_of,
    "rotate": Preprocessor.rotate,
    "error": Preprocessor.fail,
    "fatal": Preprocessor.fail,
}
DIRECTIVE_NAMES = tuple(
    sorted(
        {
            *_HANDLERS,
            *_OPENING,
            *_IGNORED,
            "rep",
            "endrep",
            "endmacro",
            "exitrep",
            "exitmacro",
            "if",
            "elif",
            "else",
            "endif",
        }
    )
)
"""What is supported, for the table of dialects."""
