"""Names to addresses: labels, assignments, imports, slots of the global offset table, the linker's own symbols."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playground.assembly.builder import NUMERIC, Builder
from playground.assembly.expressions import Expression, SymbolReference, UndefinedSymbol, evaluate, signed
from playground.assembly.program import IMAGE_BASE
from playground.assembly.symbols import Common, Label, SymbolRecord

GOT_MARK = "\x04"
"""In front of a symbol's name: its slot in the global offset table."""
GOT_TLS_MARK = "\x05"
"""In front of a thread-local symbol's name: the slot that holds its offset from the thread pointer."""

MAXIMUM_DEPTH = 60
"""Assignments that refer to assignments."""


def _section_edge(name: str, *, end: bool) -> Callable[["Resolver"], int]:
    def edge(resolver: "Resolver") -> int:
        section = resolver.builder.sections.get(name)
        return 0 if section is None else section.address + (section.size if end else 0)

    return edge


LINKER_SYMBOLS: dict[str, Callable[["Resolver"], int]] = {
    "_GLOBAL_OFFSET_TABLE_": _section_edge(".got", end=False),
    "__dso_handle": lambda resolver: IMAGE_BASE,
    "__executable_start": lambda resolver: IMAGE_BASE,
    "__ehdr_start": lambda resolver: IMAGE_BASE,
    "etext": _section_edge(".text", end=True),
    "_etext": _section_edge(".text", end=True),
    "edata": _section_edge(".data", end=True),
    "_edata": _section_edge(".data", end=True),
    "__bss_start": _section_edge(".bss", end=False),
    "end": _section_edge(".bss", end=True),
    "_end": _section_edge(".bss", end=True),
    "__init_array_start": _section_edge(".init_array", end=False),
    "__init_array_end": _section_edge(".init_array", end=True),
    "__fini_array_start": _section_edge(".fini_array", end=False),
    "__fini_array_end": _section_edge(".fini_array", end=True),
}
"""Symbols that the linker (ld, default script) or crtbegin.o provides when the program refers to them."""


@dataclass
class Resolver:
    """Values of names for one state of the layout; `moved` forgets them when addresses changed."""

    builder: Builder
    imports: dict[str, int] = field(default_factory=dict)
    """Undefined symbols and their addresses."""
    _memory: dict[str, int] = field(default_factory=dict)
    _depth: int = 0

    def moved(self) -> None:
        """Addresses have changed."""
        self._memory.clear()

    def value(self, expression: Expression, order: int, place: int) -> int:
        """The expression as the statement `order` at address `place` means it.

        Raises:
            UndefinedSymbol: a name without a value, a numeric label that is not there, a circular definition.
        """
        if isinstance(expression, SymbolReference) and (known := self._memory.get(expression.name)) is not None:
            return known
        return evaluate(expression, lambda name: self.named(name, order, place))

    def named(self, name: str, order: int, place: int) -> int:
        """The value of one name."""
        known = self._memory.get(name)
        if known is not None:
            return known
        if name == ".":
            return place
        label = self.local_label(name, order)
        if label is not None:
            return address_of(label)
        value = self._memory[name] = self._symbol(name)
        return value

    def local_label(self, name: str, order: int) -> Label | None:
        """The place of a numeric reference (``1b``, or ``<order>:1b``); None for other names.

        Raises:
            UndefinedSymbol: there is no such label.
        """
        digits = name
        if ":" in name:
            prefix, _, digits = name.partition(":")
            order = int(prefix) if prefix.isdigit() else order
        if not NUMERIC.fullmatch(digits):
            return None
        label = self.builder.numeric.find(digits, order)
        if label is None:
            raise UndefinedSymbol(digits)
        return label

    def _symbol(self, name: str) -> int:
        record = self.builder.symbols.get(name)
        definition = record.definition if record else None
        if isinstance(definition, Label):
            return address_of(definition)
        if definition is None or isinstance(definition, Common):
            return self._undefined(name, record)
        if self._depth > MAXIMUM_DEPTH:
            raise UndefinedSymbol(name)
        self._depth += 1
        try:
            return evaluate(definition, lambda inner: self.named(inner, 0, 0))
        finally:
            self._depth -= 1

    def _undefined(self, name: str, record: SymbolRecord | None) -> int:
        if name in self.imports:
            return self.imports[name]
        if record is not None and record.binding == "weak":
            return 0
        if name in LINKER_SYMBOLS:
            return signed(LINKER_SYMBOLS[name](self))
        raise UndefinedSymbol(name)

    def offset_from(self, expression: Expression) -> int | None:
        """The number that `expression` adds to its only symbol, None when it does something else with it."""
        if isinstance(expression, SymbolReference):
            return 0
        first, second = evaluate(expression, lambda _: 0), evaluate(expression, lambda _: 1 << 40)
        return first if second - first == 1 << 40 else None

    def slot(self, name: str, *, thread_local: bool = False) -> int:
        """The address of the symbol's slot in the global offset table."""
        return self.named((GOT_TLS_MARK if thread_local else GOT_MARK) + name, 0, 0)

    def label_of(self, name: str, order: int) -> Label | None:
        """The label that a name stands for, through plain assignments; None when it is none of this file's."""
        label = self.local_label(name, order)
        seen = 0
        while label is None:
            record = self.builder.symbols.get(name)
            definition = record.definition if record else None
            if isinstance(definition, Label):
                return definition
            if not isinstance(definition, SymbolReference) or seen > MAXIMUM_DEPTH:
                return None
            name, seen = definition.name, seen + 1
        return label


def address_of(label: Label) -> int:
    """Where a label lies in the present layout."""
    return label.subsection.section.address + label.subsection.offsets[label.index]
