"""The NASM front end: preprocessed lines to labels, data and instructions in a Builder (NASM manual, chapter 3)."""

import re
from dataclasses import replace

from playground.assembly import limits
from playground.assembly.builder import Builder
from playground.assembly.encoding import InstructionStatement
from playground.assembly.expressions import Expression, SymbolReference, substitute
from playground.assembly.x86.fixed import PREFIXES
from playground.assembly.x86.instruction_parser import is_mnemonic
from playground.assembly.x86.nasm_data import DATA, RESERVE, emit_data, emit_reserve
from playground.assembly.x86.nasm_directives import DIRECTIVES, DirectiveProblem, Instance
from playground.assembly.x86.nasm_numbers import STRING
from playground.assembly.x86.nasm_operands import RELATIVE_MARK, parse_expression
from playground.assembly.x86.nasm_preprocessor import Preprocessor
from playground.assembly.x86.operands import NotSupported, SyntaxProblem

_LABEL = re.compile(r"\s*(\$?[A-Za-z_.?@][\w.$@?~#]*)\s*(:?)\s*", re.S)
_WORD = re.compile(r"\s*(\[?)\s*([^\s\[\],:;\"']+)\s*", re.S)
_LOCAL = re.compile(rf"({STRING})|(?<![\w.$@?~#])(\.(?!\.)[A-Za-z_?@][\w.$@?~#]*)")
MAXIMUM_TIMES = 1_000_000
"""Repetitions of one ``times``; each still counts against the file's limits."""


class NasmReader:
    """Reads one file. Its state is what NASM keeps between lines."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.relative = False
        """``default rel``"""
        self.parent = ""
        """The last label that is not local."""
        self.structure: str | None = None
        """Name of the ``struc`` being defined."""
        self.structure_offset = 0
        self.instance: Instance | None = None
        """The ``istruc`` being filled in."""
        self.line = 0
        self.here = SymbolReference(".")

    def read(self, text: str) -> None:
        """Reads the whole text; whatever is wrong with it is reported to the builder.

        Raises:
            LimitReached: the text asks for more than a file may.
        """
        preprocessor = Preprocessor(self._report, self.builder.lack, self._constant)
        for line, number in preprocessor.lines(text):
            if not line.strip():
                continue
            self.line = number
            self.builder.next_statement()
            try:
                self._statement(line)
            except SyntaxProblem as error:
                problem = error.problem
                self._report(number, problem.message, problem.token, problem.hint)
            except DirectiveProblem as error:
                self._report(number, error.message, error.token, error.hint)
            except NotSupported as error:
                self.builder.lack(number, error.missing.name, error.missing.message)
            except RecursionError:
                self._report(number, "the expression is nested too deeply", "", "")
        if self.structure is not None:
            self._report(self.line, "struc without endstruc", "struc", "")
        if self.instance is not None:
            self._report(self.line, "istruc without iend", "istruc", "")

    def _constant(self, name: str) -> int | None:
        return self.builder.constant(self.qualified(name))

    def _report(self, line: int, message: str, token: str, hint: str) -> None:
        """The column is found where all diagnostics get theirs: by the token, in the line as it was written."""
        self.builder.report(line, 1, message, token, hint)

    # Statements

    def _statement(self, line: str) -> None:
        found = _WORD.match(line)
        word = found[2].lower() if found else ""
        rest = line[found.end() :] if found else ""
        if word in DIRECTIVES and not rest.startswith(":") and not self._is_definition(rest):
            bracketed = bool(found and found[1])
            DIRECTIVES[word](self, rest.rstrip().removesuffix("]").strip() if bracketed else rest.strip())
            return
        label = _LABEL.match(line)
        if label is not None and (label[2] or not self._begins_statement(word)):
            remainder = line[label.end() :]
            if not label[2] and remainder.strip() and not self._begins_statement(_first(remainder)):
                self._instruction(line)
                return
            self._labelled(label[1].removeprefix("$"), remainder, line, label.end())
            return
        self.content(line)

    def _is_definition(self, rest: str) -> bool:
        """True for ``name equ …``, ``name db …`` where the name happens to be a directive's."""
        return _first(rest) in DATA or _first(rest) in RESERVE or _first(rest) == "equ"

    def _begins_statement(self, word: str) -> bool:
        return (
            word in DATA
            or word in RESERVE
            or word in ("equ", "times", "incbin")
            or is_mnemonic(word)
            or word in DIRECTIVES
        )

    def _labelled(self, name: str, remainder: str, line: str, start: int) -> None:
        full = self.qualified(name)
        if _first(remainder) == "equ":
            expression = self.expression(remainder.strip()[3:])
            self.builder.set_symbol(full, expression, self.line, once=True)
            return
        if self.structure is not None:
            self.builder.set_symbol(full, parse_expression(str(self.structure_offset)), self.line, once=True)
        else:
            self.builder.define_label(full, self.line, 1)
        if not name.startswith("."):
            self.parent = name
        if remainder.strip():
            self.content(" " * start + remainder)

    def qualified(self, name: str) -> str:
        """A local label's full name: ``.loop`` behind ``main`` is ``main.loop`` (manual, 3.9)."""
        if name.startswith(".") and not name.startswith(".."):
            return self.parent + name
        return name

    def content(self, line: str) -> None:
        """One statement without a label."""
        word, rest = _split(line)
        if word == "times":
            self._times(rest)
        elif word in DATA:
            emit_data(self, word, rest)
        elif word in RESERVE:
            emit_reserve(self, word, rest)
        elif word == "incbin":
            raise DirectiveProblem("incbin reads another file: not allowed here", "incbin", "write the bytes with db")
        elif word in DIRECTIVES:
            DIRECTIVES[word](self, rest.strip())
        else:
            self._instruction(line)

    def _times(self, text: str) -> None:
        """``times count statement`` (manual, 3.2.5)."""
        count_text, body = _times_parts(text)
        count = self.expression(count_text)
        value = self.builder.value_now(count)
        word, rest = _split(body)
        if value is None or value > 64:
            single = self._single_byte(word, rest)
            if single is not None:
                self.builder.reserve(count if value is None else value, self.line, single)
                return
        if value is None:
            raise DirectiveProblem("the count of times must be known when the line is read", count_text.strip())
        if value < 0:
            raise DirectiveProblem(
                f"times {value} is negative: the place is already behind the wanted one", count_text.strip()
            )
        if value > MAXIMUM_TIMES:
            raise limits.LimitReached(f"times {value} is beyond the limit of {MAXIMUM_TIMES}", self.line)
        for _ in range(value):
            self.builder.next_statement()
            self.content(body)

    def _single_byte(self, word: str, rest: str) -> bytes | None:
        """The unit that ``times n db value`` repeats, when it is a plain one."""
        if word == "nop" and not rest.strip():
            return b"\x90"
        if word in RESERVE and rest.strip() == "1":
            return bytes(RESERVE[word])
        if word not in DATA or "," in rest or not re.fullmatch(r"\s*-?[\w$]+\s*", rest):
            return None
        value = self.builder.value_now(self.expression(rest)) if "$" not in rest else None
        return None if value is None else (value % (1 << 8 * DATA[word])).to_bytes(DATA[word], "little")

    def _instruction(self, line: str) -> None:
        word, rest = _split(line)
        column = len(line) - len(line.lstrip()) + 1
        operands = self.localized(rest).strip()
        mark = RELATIVE_MARK if self.relative and "[" in operands else ""
        if mark and word in PREFIXES:
            operands = self._marked_behind(operands)
            mark = ""
        start = column + len(word) + 1 - len(mark)
        self.builder.emit_instruction(
            InstructionStatement(word, mark + operands, self.line, column, max(start, 1), ".")
        )

    def _marked_behind(self, operands: str) -> str:
        """The mark behind the mnemonic where prefixes come in front of it."""
        name, _, rest = operands.partition(" ")
        if name.lower() not in PREFIXES:
            return f"{name} {RELATIVE_MARK}{rest.strip()}"
        return f"{name} {self._marked_behind(rest.strip())}" if rest else operands

    # What the directives use

    def localized(self, text: str) -> str:
        """`text` with local labels in full."""
        if "." not in text:
            return text
        return _LOCAL.sub(lambda found: found[1] or self.parent + found[2], text)

    def expression(self, text: str) -> Expression:
        """The expression that `text` spells.

        Raises:
            SyntaxProblem: it is none.
        """
        return parse_expression(self.localized(text).strip())

    def fix_here(self, text: str) -> None:
        """Remembers where the statement `text` starts, if it asks for it: ``$`` means the same in all of its items."""
        if "$" in text:
            self.here = self.builder.here()

    def at_here(self, expression: Expression) -> Expression:
        """`expression` with ``$`` as `fix_here` remembered it."""
        here = self.here
        return substitute(
            expression, lambda found: replace(here, operator=found.operator) if found.name == "." else found
        )

    def symbol(self, text: str) -> str:
        """A symbol's name as a directive gives it.

        Raises:
            DirectiveProblem: it is none.
        """
        found = _LABEL.fullmatch(text)
        if found is None or found[2]:
            raise DirectiveProblem(f"expected a symbol, got {text.strip()[:40]!r}", text.strip()[:40])
        return found[1].removeprefix("$")


def _first(text: str) -> str:
    return text.split(None, 1)[0].lower() if text.strip() else ""


def _split(line: str) -> tuple[str, str]:
    parts = line.strip().split(None, 1)
    return parts[0].lower() if parts else "", parts[1] if len(parts) > 1 else ""


def _times_parts(text: str) -> tuple[str, str]:
    """The count and the statement of ``times``: the statement starts at the first word that can start one."""
    depth = 0
    for found in re.finditer(rf"{STRING}|[()]|[A-Za-z_.?$@][\w.$@?~#]*", text):
        token = found.group()
        depth += (token == "(") - (token == ")")
        word = token.lower()
        if depth == 0 and found.start() and (word in DATA or word in RESERVE or word == "times" or is_mnemonic(word)):
            return text[: found.start()], text[found.start() :]
    raise DirectiveProblem("times needs a count and a statement", text.strip()[:40], "for example: times 64 db 0")


def read_nasm(text: str, builder: Builder) -> None:
    """Reads a NASM program into `builder`, whose syntax is ``nasm``.

    Raises:
        LimitReached: the text asks for more than a file may.
    """
    NasmReader(builder).read(text)
