"""The listing: address, bytes and source line of everything that was assembled."""

from playground.assembly.program import ProgramImage, Segment
from playground.tasks.verdict import ListingRow

MOST_ROWS = 2000
MOST_BYTES = 16
"""Of one row; a longer data item is cut."""


def listing_rows(image: ProgramImage, text: str) -> tuple[ListingRow, ...]:
    """One row per instruction or data item, in address order, at most MOST_ROWS of them."""
    source = text.splitlines()
    rows = []
    for entry in image.lines[:MOST_ROWS]:
        line = source[entry.line - 1].strip() if 0 < entry.line <= len(source) else ""
        data = bytes_at(image.segments, entry.address, min(entry.length, MOST_BYTES))
        rows.append(ListingRow(address=entry.address, data=data, line=entry.line, text=line))
    return tuple(rows)


def bytes_at(segments: tuple[Segment, ...], address: int, length: int) -> bytes:
    """The image's bytes there; empty where there are none (.bss)."""
    for segment in segments:
        if segment.address <= address < segment.address + len(segment.data):
            start = address - segment.address
            return segment.data[start : start + length]
    return b""


def code_bytes(image: ProgramImage) -> int:
    """Bytes of instructions, padding and data left out."""
    return sum(entry.length for entry in image.lines if entry.is_code)
