"""Canonical assembly with a comment behind the lines that can be explained.

Nothing is guessed: an operation is spelled as the manual defines it, a condition names the operands only where the
comparison that set the flags stands in the same block, and a parameter's name is used for a register only while the
register still holds it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.data.explain import aarch64, x86
from playground.data.explain.statement import Explained, Statement, parse_statement
from playground.emulator.prototype import parse_prototype
from playground.isa import architecture

MARKS = {"aarch64": "//", "x86_64": "#"}
_LABEL = re.compile(r"^([\w.$]+):")


def commented(assembly: str, arch: str, syntax: str, prototype: str) -> str:
    """`assembly` (canonical, of one function) with its comments; a line that nothing is known of stays as it is."""
    lines = assembly.rstrip("\n").split("\n")
    loops = _loop_labels(lines)
    names = _Names(
        function=parse_prototype(prototype).name,
        entry=_parameter_registers(prototype, arch),
        written=_written_registers(lines, arch, syntax),
    )
    shown = []
    for line in lines:
        comment = names.at_label(line, loops) if _LABEL.match(line) else _explained(line, arch, syntax, names)
        shown.append(f"{line} {MARKS[arch]} {comment}" if comment else line)
    return "\n".join(shown) + "\n"


def _explained(line: str, arch: str, syntax: str, names: "_Names") -> str:
    statement = parse_statement(line, arch, syntax)
    if statement is None:
        return ""
    explained = (aarch64 if arch == "aarch64" else x86).explain(statement, names.compared)
    known = names.mentioned(statement)
    names.after(explained)
    if explained.text and known:
        return f"{explained.text} ({known})"
    return explained.text


def _loop_labels(lines: list[str]) -> set[str]:
    """Labels that something below them refers to: where loops begin again."""
    seen: set[str] = set()
    loops: set[str] = set()
    for line in lines:
        if found := _LABEL.match(line):
            seen.add(found[1])
        elif " .quad" not in line and " .word" not in line:
            loops |= seen & set(re.findall(r"\.L\d+", line))
    return loops


def _parameter_registers(prototype: str, arch: str) -> dict[str, str]:
    """Register (its full name) -> the parameter that it holds on entry (psABI 3.2.3, AAPCS64 6.8.2)."""
    row, parsed = architecture(arch).call, parse_prototype(prototype)
    integers = [one.name for one in parsed.parameters if one.type.kind != "float"]
    floats = [one.name for one in parsed.parameters if one.type.kind == "float"]
    pairs = [*zip(row.integer_arguments, integers, strict=False), *zip(row.float_arguments, floats, strict=False)]
    return dict(pairs)


def _written_registers(lines: list[str], arch: str, syntax: str) -> set[str]:
    room = aarch64 if arch == "aarch64" else x86
    statements = [statement for line in lines if (statement := parse_statement(line, arch, syntax))]
    return {register for statement in statements for register in room.explain(statement, None).written}


@dataclass
class _Names:
    """Which registers still hold a parameter, and what was compared last, at one line."""

    function: str
    entry: Mapping[str, str]
    """Register -> parameter, where the function begins."""
    written: set[str]
    """Registers that the function writes anywhere: behind a label nothing is known of them."""
    gone: set[str] = field(default_factory=set)
    compared: tuple[str, str] | None = None

    def at_label(self, line: str, loops: set[str]) -> str:
        found = _LABEL.match(line)
        if found and found[1].startswith(".L"):
            self.gone |= self.written
            self.compared = None
            return "loop" if found[1] in loops else ""
        is_asked_for = found is not None and found[1] == self.function
        self.gone = set() if is_asked_for else set(self.entry)
        self.compared = None
        if not is_asked_for:
            return ""
        return ", ".join(f"{register} = {name}" for register, name in self.entry.items())

    def mentioned(self, statement: Statement) -> str:
        """``w1 is n``: the parameters among the registers that a statement reads."""
        found = {
            register: self.entry[full]
            for register, full in statement.registers()
            if full in self.entry and full not in self.gone and register in statement.read_text
        }
        return ", ".join(f"{register} is {name}" for register, name in found.items())

    def after(self, explained: Explained) -> None:
        self.gone |= explained.written
        if explained.sets_flags:
            self.compared = explained.compared
        elif self.compared and explained.written:
            self.compared = None if explained.touches(self.compared) else self.compared
