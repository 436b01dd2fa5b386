"""What a program image lists, read off a builder that is laid out: segments, symbols, lines, constructors."""

from collections.abc import Iterable, Iterator

from playground.assembly.builder import Builder
from playground.assembly.expressions import UndefinedSymbol
from playground.assembly.layout import PLANS, sections_of
from playground.assembly.program import LineEntry, Segment, Symbol
from playground.assembly.resolver import Resolver
from playground.assembly.sections import Alignment
from playground.assembly.symbols import SymbolRecord

_CONSTRUCTORS = ((".preinit_array", False), (".init_array", False), (".ctors", True))
_DESTRUCTORS = ((".fini_array", False), (".dtors", False))
"""Section, and whether its entries run from the last to the first."""


def segments(builder: Builder) -> Iterator[Segment]:
    """One segment for each set of permissions that the program uses."""
    for plan in PLANS:
        sections = [section for section in sections_of(builder, plan) if section.size]
        if not sections:
            continue
        start = sections[0].address & -4096
        end = sections[-1].address + sections[-1].size
        data = bytearray()
        for section in sections if not plan.zero_filled else ():
            data += bytes(section.address - start - len(data)) + section.data
        yield Segment(
            name=plan.name, address=start, data=bytes(data), size=end - start,
            writable=plan.writable, executable=plan.executable,
        )  # fmt: skip


def symbol_table(builder: Builder, resolver: Resolver) -> Iterator[Symbol]:
    """Every symbol that the file defines."""
    for record in builder.symbols.values():
        if record.definition is None or record.name[0] < " ":
            continue
        try:
            yield _symbol(record, resolver)
        except UndefinedSymbol:
            builder.warn(record.line, 1, f"symbol {record.name!r} is defined by itself", record.name)


def _symbol(record: SymbolRecord, resolver: Resolver) -> Symbol:
    label = resolver.label_of(record.name, 0)
    return Symbol(
        name=record.name,
        address=resolver.named(record.name, 0, 0) & (1 << 64) - 1,
        size=0 if record.size is None else resolver.value(record.size, 0, 0),
        kind=record.kind,
        binding=record.binding,
        section=label.subsection.section.name if label else "",
        line=record.line,
    )


def line_table(builder: Builder) -> Iterator[LineEntry]:
    """Every instruction and data item of the loaded sections."""
    for section in builder.sections.values():
        if not section.allocated or section.thread_local:
            continue
        base = section.address
        for subsection in section.subsections.values():
            offsets = subsection.offsets
            for index, item in enumerate(subsection.items):
                size = offsets[index + 1] - offsets[index]
                if size and item.line and type(item.payload) is not Alignment:
                    yield LineEntry(address=base + offsets[index], length=size, line=item.line, is_code=item.is_code)


def constructors(builder: Builder) -> Iterator[int]:
    """Addresses of constructors, in the order in which they run."""
    yield from _pointers(builder, _CONSTRUCTORS)


def destructors(builder: Builder) -> Iterator[int]:
    """Addresses of destructors, in the order of their sections."""
    yield from _pointers(builder, _DESTRUCTORS)


def _pointers(builder: Builder, stems: Iterable[tuple[str, bool]]) -> Iterator[int]:
    for stem, reverse in stems:
        names = [name for name in builder.sections if name == stem or name.startswith(stem + ".")]
        for name in sorted(names, key=_priority):
            data = builder.sections[name].data
            found = [int.from_bytes(data[i : i + 8], "little") for i in range(0, len(data) - 7, 8)]
            yield from reversed(found) if reverse else found


def _priority(name: str) -> int:
    """The run order of ``.init_array.00101``: lower first, the bare name last; ``.ctors.N`` counts from 65535 down."""
    stem, _, number = name[1:].partition(".")
    if not number.isdigit():
        return 1 << 16
    return 65535 - int(number) if stem in ("ctors", "dtors") else int(number)
