"""The GNU as front end: reads lines, expands macros, hands directives and instructions to the builder."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playground.assembly import limits
from playground.assembly.builder import Builder
from playground.assembly.conditionals import CONDITIONAL_NAMES, Conditionals
from playground.assembly.directive import DirectiveError, Handler
from playground.assembly.directives import DIRECTIVES, explain_unknown
from playground.assembly.encoding import InstructionStatement
from playground.assembly.expression_parser import ExpressionError, parse_expression
from playground.assembly.expressions import Expression
from playground.assembly.lexer import Lexer, Statement, strip_block_comments
from playground.assembly.macros import REPETITIONS, Macro, MacroError, parse_macro, repeated
from playground.assembly.sections import Subsection
from playground.assembly.strings import StringError
from playground.assembly.symbols import SymbolRecord

PROSE_WARNING = "text behind {mark!r} was taken for a comment: GNU as would read it as a statement"


@dataclass
class Frame:
    """Lines that are being read: the file, or the expansion of a macro or repetition."""

    lines: list[str]
    numbers: list[int] | None
    """Their line numbers in the file; None: counted from 1."""
    position: int = 0
    is_macro: bool = False
    conditionals: int = 0
    """Open conditionals when the frame began."""

    def number(self, position: int) -> int:
        return position + 1 if self.numbers is None else self.numbers[position]


@dataclass
class GasReader:
    """Reads one file into a builder. Its state is what GNU as keeps between lines."""

    builder: Builder
    lexer: Lexer
    line: int = 0
    macros: dict[str, Macro] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    """Register names of ``.req``."""
    section_stack: list[tuple[Subsection, Subsection | None]] = field(default_factory=list)
    previous: Subsection | None = None
    frames: list[Frame] = field(default_factory=list)
    ended: bool = False
    drops_call: bool = False
    """``.tlsdesccall`` was read: the ``blr`` behind it becomes a no-operation, as ld makes it."""
    expansions: int = 0
    lines_read: int = 0
    conditionals: Conditionals = field(init=False)

    def __post_init__(self) -> None:
        self.conditionals = Conditionals(self)

    def read(self, text: str) -> None:
        """Reads the whole text; whatever is wrong with it is reported to the builder.

        Raises:
            LimitReached: the text asks for more than a file may.
        """
        lines = strip_block_comments(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.frames.append(Frame(lines, None))
        try:
            self._read_frames()
        except limits.LimitReached as error:
            error.line = error.line or self.line
            raise
        self.conditionals.finish()

    def _read_frames(self) -> None:
        while self.frames and not self.ended:
            frame = self.frames[-1]
            if frame.position >= len(frame.lines):
                self.frames.pop()
                continue
            position = frame.position
            frame.position += 1
            self.line = frame.number(position)
            self.lines_read += 1
            if self.lines_read > limits.LINES:
                raise limits.LimitReached(
                    f"more than {limits.LINES} lines after macro expansion and repetition", self.line
                )
            self._read_line(frame.lines[position])

    def _read_line(self, text: str) -> None:
        for statement in self.lexer.statements(text):
            if self.conditionals.active or statement.name in CONDITIONAL_NAMES or statement.name in _BLOCKS:
                self._read_statement(statement)

    def _read_statement(self, statement: Statement) -> None:
        builder, line = self.builder, self.line
        if self.conditionals.active:
            builder.next_statement()
            for name, column in statement.labels:
                builder.define_label(name, line, column)
        name = statement.name
        if not name:
            if statement.prose:
                message = PROSE_WARNING.format(mark="//" if statement.prose.startswith("/") else ";")
                builder.warn(line, statement.column, message, statement.prose[:40])
        elif name[0] == "." or name == "=":
            self._directive(statement)
        elif name in self.macros:
            self._expand(self.macros[name], statement)
        elif statement.rest[:4].lower() == ".req":
            self.aliases[name] = statement.rest[4:].strip()
        else:
            operands = self._without_aliases(statement.rest) if self.aliases else statement.rest
            if self.drops_call and name == "blr":
                name, operands = "nop", ""
            self.drops_call = False
            builder.emit_instruction(
                InstructionStatement(name, operands, line, statement.column, statement.rest_column, ".")
            )

    def _without_aliases(self, operands: str) -> str:
        return re.sub(
            r"[A-Za-z_][\w.]*", lambda found: self.aliases.get(found.group().lower(), found.group()), operands
        )

    def _directive(self, statement: Statement) -> None:
        name = statement.name
        try:
            if name in CONDITIONAL_NAMES:
                self.conditionals.handle(statement)
            elif name in _BLOCKS:
                _BLOCKS[name](self, statement)
            elif name in self.macros:
                self._expand(self.macros[name], statement)
            elif handler := DIRECTIVES.get(name):
                self._bounded(handler, statement)
            else:
                explain_unknown(self, statement)
        except DirectiveError as error:
            self.builder.report(self.line, statement.rest_column + error.offset, error.message, error.token, error.hint)
        except (ExpressionError, StringError) as error:
            token = error.token if isinstance(error, ExpressionError) else statement.rest[:20]
            self.builder.report(self.line, statement.rest_column + error.offset, error.message, token)
        except MacroError as error:
            self.builder.report(self.line, statement.column, str(error), name)

    def _bounded(self, handler: Handler, statement: Statement) -> None:
        """One directive; when it asks for too much, that is its own mistake and the rest of the file is still read."""
        try:
            handler(self, statement)
        except limits.LimitReached as error:
            raise DirectiveError(
                error.message, statement.rest, "the playground bounds what one file may ask for"
            ) from None

    # What directives ask of the reader

    def expression(self, text: str) -> Expression:
        """The expression in a directive's operand."""
        return parse_expression(text)

    def absolute(self, text: str, what: str) -> int:
        """The value of an expression that must not depend on the layout.

        Raises:
            DirectiveError: it does.
        """
        expression = parse_expression(text)
        value = self.builder.value_now(expression)
        if value is None:
            self.builder.encode_pending()
            value = self.builder.value_now(expression)
        if value is None:
            raise DirectiveError(f"{what} must be a number that is known at this point, got {text!r}", text)
        return value

    def record(self, name: str) -> SymbolRecord:
        return self.builder.record(name, self.line)

    # Macros and repetitions

    def push(self, lines: list[str], numbers: list[int], *, is_macro: bool = False) -> None:
        """Continue with an expansion."""
        if len(self.frames) > limits.MACRO_DEPTH:
            message = f"macros nested deeper than {limits.MACRO_DEPTH}: does one call itself without end?"
            raise limits.LimitReached(message, self.line)
        self.frames.append(Frame(lines, numbers, 0, is_macro, self.conditionals.depth))

    def body(self, opening: frozenset[str], closing: str) -> tuple[list[str], list[int]]:
        """The lines up to the matching `closing`, which is stepped over."""
        frame, depth, start = self.frames[-1], 1, self.line
        lines: list[str] = []
        numbers: list[int] = []
        while frame.position < len(frame.lines):
            text, number = frame.lines[frame.position], frame.number(frame.position)
            frame.position += 1
            word = _first_word(text)
            depth += (word in opening) - (word == closing)
            if depth == 0:
                return lines, numbers
            lines.append(text)
            numbers.append(number)
        raise MacroError(f"there is no {closing} for the block that starts in line {start}")

    def _expand(self, macro: Macro, statement: Statement) -> None:
        self.expansions += 1
        try:
            lines = macro.expand(statement.rest, self.expansions)
        except MacroError as error:
            self.builder.report(self.line, statement.rest_column, str(error), macro.name)
            return
        self.push(lines, macro.numbers, is_macro=True)

    def define_macro(self, statement: Statement) -> None:
        lines, numbers = self.body(frozenset({".macro"}), ".endm")
        if self.conditionals.active:
            macro = parse_macro(statement.rest, lines, numbers)
            if macro.name in self.macros:
                raise MacroError(f"macro {macro.name!r} is already defined")
            self.macros[macro.name] = macro

    def repeat(self, statement: Statement) -> None:
        lines, numbers = self.body(REPETITIONS, ".endr")
        if self.conditionals.active:
            count = self.absolute(statement.rest, "the count of .rept") if statement.name in (".rept", ".rep") else 0
            expanded = repeated(statement.name, statement.rest, count, lines)
            self.push([line for copy in expanded for line in copy], numbers * len(expanded))

    def leave_macro(self, statement: Statement) -> None:
        if not self.conditionals.active:
            return
        while self.frames:
            frame = self.frames.pop()
            if frame.is_macro:
                self.conditionals.unwind(frame.conditionals)
                return
        self.ended = True
        raise DirectiveError(".exitm outside a macro", ".exitm")


def _first_word(text: str) -> str:
    """The directive at the start of a line, behind labels."""
    found = re.match(r"(?:\s*[\w.$]+:)*\s*(\.[\w]+)", text)
    word = found[1].lower() if found else ""
    return ".endm" if word == ".endmacro" else word


_BLOCKS: dict[str, Callable[[GasReader, Statement], None]] = {
    ".macro": GasReader.define_macro,
    ".rept": GasReader.repeat,
    ".rep": GasReader.repeat,
    ".irp": GasReader.repeat,
    ".irpc": GasReader.repeat,
    ".exitm": GasReader.leave_macro,
}
BLOCK_DIRECTIVES = frozenset(_BLOCKS) | {".endm", ".endr"}
