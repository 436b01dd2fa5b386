"""What every front end (GAS, NASM) fills: sections, symbols, instructions, data, and the file's diagnostics."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from playground.assembly import limits
from playground.assembly.encoding import (
    Encoded,
    Fixup,
    FixupKind,
    InstructionEncoder,
    InstructionStatement,
    LiteralLoad,
)
from playground.assembly.expressions import (
    MASK,
    Expression,
    Number,
    SymbolReference,
    UndefinedSymbol,
    evaluate,
    references,
    substitute,
)
from playground.assembly.literal_pools import LiteralPools
from playground.assembly.program import Diagnostic, Gap
from playground.assembly.sections import (
    Alignment,
    Fill,
    Item,
    Leb128,
    Origin,
    Payload,
    Section,
    Subsection,
    default_flags,
    make_section,
)
from playground.assembly.symbols import Common, Label, NumericLabels, SymbolRecord

PLACE = "."
SECTION_START = "$$"
ABSOLUTE_SECTION = "*ABS*"
"""GNU as's name for the section whose labels are plain numbers."""
REJECTED_BYTES = 4
"""What stands in for an instruction that is wrong, so that the rest can still be laid out and checked."""
NUMERIC = re.compile(r"[0-9]+[bf]")
_DATA_KINDS = {1: FixupKind.ABS8, 2: FixupKind.ABS16, 4: FixupKind.ABS32, 8: FixupKind.ABS64}


def numeric_name(reference: SymbolReference, order: int) -> SymbolReference:
    """A numeric label's reference that keeps the statement it was written in: ``1f`` as ``<order>:1f``."""
    if not NUMERIC.fullmatch(reference.name):
        return reference
    return SymbolReference(f"{order}:{reference.name}", reference.operator)


class Builder:
    """Collects one program. Nothing here raises for what the text says: it is reported; only LimitReached stops."""

    def __init__(self, arch: str, syntax: str, encoders: Mapping[str, InstructionEncoder]) -> None:
        """`encoders` by syntax name; `syntax` is the one in force at the start."""
        self.arch = arch
        self.syntax = self.first_syntax = syntax
        self.encoders = encoders
        self.sections: dict[str, Section] = {}
        self.symbols: dict[str, SymbolRecord] = {}
        self.numeric = NumericLabels()
        self.pools = LiteralPools()
        self.diagnostics: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []
        self.gaps: list[Gap] = []
        self.unwind: list[str] = []
        self.order = 0
        """Number of the statement being read; the front end advances it with `next_statement`."""
        self.reserved = 0
        self.rejected = 0
        """Instructions that their encoder found wrong."""
        self._constants: dict[str, int] = {}
        self._pending: list[tuple[Item, Subsection]] = []
        self._anonymous = 0
        self._absolute_starts: dict[int, int] = {}
        self.switch_section(".text")
        for name in (".data", ".bss"):
            self._section(name, None, None)

    # Reporting

    def report(self, line: int, column: int, message: str, token: str = "", hint: str = "") -> None:
        """An error: the file has no image. One is kept per place, `limits.DIAGNOSTICS` in all."""
        if len(self.diagnostics) < limits.DIAGNOSTICS:
            self.diagnostics.append(Diagnostic(line=line, column=column, message=message, token=token, hint=hint))

    def warn(self, line: int, column: int, message: str, token: str = "", hint: str = "") -> None:
        """Something that GNU as would read otherwise, or that deserves a look."""
        if len(self.warnings) < limits.DIAGNOSTICS:
            self.warnings.append(Diagnostic(line=line, column=column, message=message, token=token, hint=hint))

    def lack(self, line: int, name: str, message: str) -> None:
        """A gap of ours: the file stays unscored."""
        if len(self.gaps) < limits.DIAGNOSTICS:
            self.gaps.append(Gap(line=line, name=name, message=message))

    # Places

    def next_statement(self) -> None:
        """Call before each statement: orders numeric labels, bounds the work.

        Raises:
            LimitReached: too many statements.
        """
        self.order += 1
        if self.order > limits.STATEMENTS:
            raise limits.LimitReached(f"more than {limits.STATEMENTS} statements after macro expansion and repetition")

    def switch_section(self, name: str, flags: str | None = None, kind: str | None = None, subsection: int = 0) -> None:
        """Continue in the section `name`. `flags` (GNU letters) and `kind` matter at its first mention only."""
        self.current = self._section(name, flags, kind).subsection(subsection)
        self._items = self.current.items

    def switch_subsection(self, number: int) -> None:
        self.current = self.current.section.subsection(number)
        self._items = self.current.items

    def resume(self, subsection: Subsection) -> None:
        """Continue in a subsection where it was left."""
        self.current = subsection
        self._items = subsection.items

    def _section(self, name: str, flags: str | None, kind: str | None) -> Section:
        found = self.sections.get(name)
        if found is None:
            known = default_flags(name) or ("", "progbits")
            found = make_section(name, known[0] if flags is None else flags, kind or known[1])
            self.sections[name] = found
        return found

    def place(self) -> Label:
        """The current place."""
        return Label(self.current, len(self._items))

    def here(self) -> SymbolReference:
        """A reference to the current place that stays good when the place moves on."""
        self._anonymous += 1
        name = f"\x01{self._anonymous}"
        self.symbols[name] = SymbolRecord(name, self.place())
        return SymbolReference(name)

    # Symbols

    def record(self, name: str, line: int = 0) -> SymbolRecord:
        """The record of `name`, made when this is its first mention."""
        found = self.symbols.get(name)
        if found is None:
            found = self.symbols[name] = SymbolRecord(name, line=line)
        return found

    def define_label(self, name: str, line: int, column: int = 1) -> None:
        """`name` is the current place; a numeric name may be defined many times."""
        if name.isdigit():
            self.numeric.define(name, self.order, self.place())
            return
        record = self.record(name)
        if record.definition is not None:
            self.report(line, column, f"symbol {name!r} is already defined in line {record.line}", name)
            return
        record.definition, record.line = self._absolute_place() or self.place(), line
        if self.current.section.thread_local:
            record.kind = "tls"

    def enter_absolute(self, start: int) -> None:
        """``.struct``: labels from here on are numbers that count from `start`; nothing is laid down."""
        section = self._section(ABSOLUTE_SECTION, "", "nobits")
        self.switch_section(ABSOLUTE_SECTION, subsection=len(section.subsections))
        self._absolute_starts[self.current.number] = start

    def _absolute_place(self) -> Number | None:
        if self.current.section.name != ABSOLUTE_SECTION:
            return None
        _, offset = self.current.place(len(self._items))
        return Number(self._absolute_starts[self.current.number] + offset)

    def set_symbol(self, name: str, expression: Expression, line: int, column: int = 1, *, once: bool = False) -> None:
        """``.set`` (or with `once` ``.equiv``, ``equ``): `name` stands for the expression as it is here and now."""
        record = self.record(name)
        if record.definition is not None:
            if once or not self._is_assignment(record):
                self.report(line, column, f"symbol {name!r} is already defined in line {record.line}", name)
                return
            self.encode_pending()
        value = self.value_now(expression)
        record.definition = Number(value) if value is not None else self.bound(expression)
        record.line = line
        self._constants.pop(name, None)
        if value is not None:
            self._constants[name] = value

    def _is_assignment(self, record: SymbolRecord) -> bool:
        return not isinstance(record.definition, Label | Common)

    def bound(self, expression: Expression) -> Expression:
        """The expression with ``.`` and numeric labels replaced by what they mean here."""
        return substitute(expression, self._bind)

    def _bind(self, reference: SymbolReference) -> Expression:
        if reference.name == PLACE:
            return self.here()
        if reference.name == SECTION_START:
            return self._reference_to(Label(self.current.section.subsection(0), 0))
        if NUMERIC.fullmatch(reference.name):
            return self._bind_numeric(reference)
        record = self.symbols.get(reference.name)
        if record is not None and isinstance(record.definition, Number) and not reference.operator:
            return record.definition
        return reference

    def _bind_numeric(self, reference: SymbolReference) -> Expression:
        """A backward label is known; a forward one gets a name that `numeric_reference` reads back."""
        if reference.name.endswith("b") and (label := self.numeric.find(reference.name, self.order)):
            return self._reference_to(label)
        return numeric_name(reference, self.order)

    def _reference_to(self, label: Label) -> SymbolReference:
        reference = self.here()
        self.symbols[reference.name].definition = label
        return reference

    # Constants before the layout

    def constant(self, name: str) -> int | None:
        """The value of a symbol that is certainly absolute already (implements ConstantLookup)."""
        known = self._constants.get(name)
        if known is not None or name not in self.symbols:
            return known
        record = self.symbols[name]
        if record.definition is None or isinstance(record.definition, Label | Common):
            return None
        value = self.value_now(record.definition)
        if value is not None:
            self._constants[name] = value
        return value

    def is_local_label(self, name: str) -> bool:
        """True when the file defines `name` as a label (implements ConstantLookup)."""
        record = self.symbols.get(name)
        return record is not None and record.is_label

    def value_now(self, expression: Expression) -> int | None:
        """The value, when it does not depend on where anything will lie; else None.

        Every run of fixed distances gets an arbitrary base; the value is certain when it is the same for two choices.
        """
        if isinstance(expression, Number):
            return expression.value
        try:
            first, second = (
                self._value_from(expression, 0x9E3779B97F4A7C15),
                self._value_from(expression, 0xC2B2AE3D27D4EB4F),
            )
        except UndefinedSymbol:
            return None
        return first if first == second else None

    def _value_from(self, expression: Expression, seed: int) -> int:
        """The value when `seed` chooses the bases."""
        memory = dict[str, int]()
        return evaluate(expression, lambda name: self._value_at(name, seed, memory, 0))

    def _value_at(self, name: str, seed: int, memory: dict[str, int], depth: int) -> int:
        known = self._constants.get(name, memory.get(name))
        if known is not None:
            return known
        definition = self._definition_of(name)
        if definition is None or isinstance(definition, Common) or depth > 50:
            raise UndefinedSymbol(name)
        if isinstance(definition, Label):
            run, offset = definition.subsection.place(definition.index)
            return (hash((id(definition.subsection), run)) * seed & MASK) + offset
        memory[name] = evaluate(definition, lambda inner: self._value_at(inner, seed, memory, depth + 1))
        return memory[name]

    def _definition_of(self, name: str) -> Label | Expression | Common | None:
        if name == PLACE:
            return self.place()
        if NUMERIC.fullmatch(name):
            return self.numeric.find(name, self.order)
        if name == SECTION_START:
            return Label(self.current.section.subsection(0), 0)
        record = self.symbols.get(name)
        return record.definition if record else None

    # Content

    def emit(self, payload: Payload, line: int, *, is_code: bool = False) -> None:
        self._items.append(Item(payload, line, self.order, is_code))

    def emit_data(self, data: bytes, line: int, fixups: Sequence[Fixup] = ()) -> None:
        """Bytes as they stand, with fields to fill in later."""
        self._reserve(len(data), line)
        self.emit(Encoded(data, tuple(fixups)), line)

    def emit_value(self, expression: Expression, size: int, line: int, column: int = 1) -> None:
        """An integer of `size` bytes (1, 2, 4, 8 or 16), little endian; truncated with a warning as GNU as does."""
        value = self.value_now(expression)
        if value is None:
            kind = _DATA_KINDS.get(size)
            if kind is None:
                self.report(line, column, f"a value of {size} bytes cannot depend on a symbol's address")
                return
            item = Encoded(bytes(size), (Fixup(0, kind, expression),))
            item = self._with_section_start(item, self.current.section) if self.syntax == "nasm" else item
            self.emit_data(item.data, line, item.fixups)
            return
        if not -(1 << 8 * size - 1) <= value < 1 << 8 * size and not (size == 8 and value <= MASK):
            self.warn(line, column, f"value {value:#x} truncated to {value & ((1 << 8 * size) - 1):#x}")
        self.emit_data((value & ((1 << 8 * size) - 1)).to_bytes(size, "little"), line)

    def emit_instruction(self, statement: InstructionStatement) -> None:
        """Queues one instruction; all are encoded together."""
        item = Item(statement, statement.line, self.order, True, self.syntax)
        self._items.append(item)
        self._pending.append((item, self.current))

    def emit_encoded(self, encoded: Encoded, line: int) -> None:
        """Instruction bytes that need no encoder (``.inst``)."""
        self._reserve(len(encoded.data), line)
        self.emit(encoded, line, is_code=True)

    def align(self, boundary: int, line: int, fill: bytes | None = None, maximum: int | None = None) -> None:
        """Pad to a multiple of `boundary` (a power of two)."""
        if boundary > limits.ALIGNMENT:
            raise limits.LimitReached(f"alignment {boundary} is beyond the limit of {limits.ALIGNMENT}", line)
        if boundary > 1:
            self.emit(Alignment(boundary, fill, maximum), line)
            self.current.section.alignment = max(self.current.section.alignment, boundary)

    def reserve(self, count: Expression | int, line: int, unit: bytes = b"\0") -> None:
        """`count` copies of `unit` (``.zero``, ``.fill``, ``resb``)."""
        number = count if isinstance(count, int) else self.value_now(count)
        if number is not None:
            self._reserve(max(number, 0) * len(unit), line)
        self.emit(Fill(count if number is None else max(number, 0), unit), line)

    def origin(self, target: Expression, line: int, fill: bytes = b"\0") -> None:
        self.emit(Origin(self.bound(target), fill), line)

    def leb128(self, value: Expression, is_signed: bool, line: int) -> None:
        self.emit(Leb128(self.bound(value), is_signed), line)

    def _reserve(self, size: int, line: int) -> None:
        self.reserved += size
        if self.reserved > limits.SECTION_BYTES:
            raise limits.LimitReached(f"the program asks for more than {limits.SECTION_BYTES >> 20} MiB of data", line)

    def place_literals(self) -> None:
        """``.ltorg``: the literals of this subsection so far are laid down here."""
        self.encode_pending()
        for literal in self.pools.take(self.current):
            self.align(literal.size, literal.line)
            self.symbols[literal.name].definition = self.place()
            self.emit_value(literal.expression, literal.size, literal.line)

    # Encoding

    def encode_pending(self) -> None:
        """Gives all queued instructions to their encoders, in one call each."""
        pending, self._pending = self._pending, []
        for syntax in dict.fromkeys(item.syntax for item, _ in pending):
            chosen = [(item, subsection) for item, subsection in pending if item.syntax == syntax]
            statements = [item.payload for item, _ in chosen if isinstance(item.payload, InstructionStatement)]
            outcomes = self.encoders[syntax].encode(statements, self)
            for (item, subsection), outcome in zip(chosen, outcomes, strict=True):
                item.payload = outcome if isinstance(outcome, Encoded) else self._settle(item, subsection, outcome)
                if syntax == "nasm" and item.payload.fixups:
                    item.payload = self._with_section_start(item.payload, subsection.section)

    def _with_section_start(self, encoded: Encoded, section: Section) -> Encoded:
        """`encoded` with NASM's ``$$`` bound to the section it stands in."""
        if all(found.name != SECTION_START for fixup in encoded.fixups for found in references(fixup.expression)):
            return encoded
        start = self._reference_to(Label(section.subsection(0), 0))
        bound = [
            replace(
                fixup,
                expression=substitute(fixup.expression, lambda found: start if found.name == SECTION_START else found),
            )
            for fixup in encoded.fixups
        ]
        return replace(encoded, fixups=tuple(bound))

    def _settle(self, item: Item, subsection: Subsection, outcome: LiteralLoad | Diagnostic | Gap) -> Encoded:
        """What stands in an item's place when its encoder gave no plain bytes."""
        if isinstance(outcome, LiteralLoad):
            expression = substitute(outcome.expression, lambda found: numeric_name(found, item.order))
            literal = self.pools.add(subsection, expression, outcome.size, item.line)
            self.record(literal.name)
            return replace(outcome.encoded, fixups=(Fixup(0, FixupKind.LD_PREL19, SymbolReference(literal.name)),))
        if isinstance(outcome, Gap):
            self.lack(outcome.line, outcome.name, outcome.message)
            return Encoded(b"")
        self.rejected += 1
        if len(self.diagnostics) < limits.DIAGNOSTICS:
            self.diagnostics.append(outcome)
        return Encoded(bytes(REJECTED_BYTES))

    def finish(self) -> None:
        """Call at the end of the file: encodes what is queued and lays down the remaining literals."""
        self.encode_pending()
        for subsection in self.pools.waiting():
            self.resume(subsection)
            self.place_literals()
