"""The listing: address, bytes, source line."""

from collections.abc import Sequence

from playground.assembly.program import ProgramImage
from playground.tasks.verdict import ListingRow
from playground.ui.render.code import highlighted_lines
from playground.ui.render.text import element

SHOWN_ROWS = 2_000
SHOWN_BYTES = 12


def render_listing(rows: Sequence[ListingRow], arch: str, syntax: str) -> str:
    """A table of the first SHOWN_ROWS instructions and data items."""
    if not rows:
        return ""
    shown = rows[:SHOWN_ROWS]
    texts = highlighted_lines("\n".join(row.text.replace("\n", " ").replace("\r", " ") for row in shown), arch, syntax)
    body = "".join(_row(row, text) for row, text in zip(shown, texts, strict=True))
    left = len(rows) - len(shown)
    more = f'<tr><td colspan="4" class="ap-muted">… {left:,} more rows</td></tr>' if left else ""
    head = "".join(f'<th scope="col">{title}</th>' for title in ("Address", "Bytes", "Line", "Source"))
    table = f'<table class="ap-table ap-listing"><thead><tr>{head}</tr></thead><tbody>{body}{more}</tbody></table>'
    return element("div", table, classes="ap-scroll ap-tall", tabindex="0", role="region", aria_label="Listing")


def _row(row: ListingRow, text: str) -> str:
    cells = (f"{row.address:x}", _bytes(row.data), str(row.line), text)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _bytes(data: bytes) -> str:
    return data[:SHOWN_BYTES].hex(" ") + (" …" if len(data) > SHOWN_BYTES else "")


def listing_of(image: ProgramImage, source: str) -> tuple[ListingRow, ...]:
    """The listing rows of an assembled source, from its line table."""
    lines = source.replace("\r\n", "\n").split("\n")
    return tuple(
        ListingRow(
            address=entry.address,
            data=_data_at(image, entry.address, entry.length),
            line=entry.line,
            text=lines[entry.line - 1].strip() if 1 <= entry.line <= len(lines) else "",
        )
        for entry in image.lines
    )


def _data_at(image: ProgramImage, address: int, length: int) -> bytes:
    for segment in image.segments:
        start = address - segment.address
        if 0 <= start < len(segment.data):
            return segment.data[start : start + length]
    return b""
