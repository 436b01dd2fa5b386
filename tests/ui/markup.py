"""Reads rendered HTML as a browser would: its elements and its text."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """Every element in document order with its attributes."""
    return _read(html).elements


def shown_text(html: str) -> str:
    """The text between tags."""
    return _read(html).text
