"""Addresses in terms of the source: line, line-table entry, symbol with offset."""

from bisect import bisect_right
from operator import attrgetter

from playground.assembly.program import LineEntry, ProgramImage, Symbol

_address = attrgetter("address")


def entry_at(image: ProgramImage, address: int) -> LineEntry | None:
    """The line-table entry whose bytes hold `address`."""
    index = bisect_right(image.lines, address, key=_address) - 1
    if index < 0:
        return None
    entry = image.lines[index]
    return entry if address < entry.address + entry.length else None


def line_of(image: ProgramImage, address: int) -> int:
    """The source line of `address`, 0 when there is none."""
    entry = entry_at(image, address)
    return entry.line if entry else 0


def symbol_of(image: ProgramImage, address: int) -> Symbol | None:
    """The nearest symbol at or before `address` in its segment; local labels (``.L``) only when nothing else is."""
    segment = next((s for s in image.segments if s.address <= address < s.address + s.size), None)
    if segment is None:
        return None
    before = [s for s in image.symbols.values() if segment.address <= s.address <= address and s.kind != "tls"]
    return max(before, key=lambda s: (not s.name.startswith(".L"), s.address, s.kind == "function"), default=None)


def describe_code(image: ProgramImage, address: int) -> str:
    """``main+12``; empty when unknown."""
    symbol = symbol_of(image, address)
    if symbol is None:
        return next((name for name, slot in image.imports.items() if slot == address), "")
    offset = address - symbol.address
    return f"{symbol.name}+{offset}" if offset else symbol.name
