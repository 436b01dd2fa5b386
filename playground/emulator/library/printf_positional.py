"""Arguments by number in a printf format (``%2$d``)."""

from collections.abc import Iterator

from playground.emulator.library.binary_float import Float
from playground.emulator.library.printf_format import (
    FLOAT_LETTERS,
    ArgumentSource,
    Conversion,
    FormatOverflow,
    Piece,
    Star,
)


class Positional:
    """Arguments by number: fetched in order by the type that their conversion gives them."""

    def __init__(self, pieces: tuple[Piece, ...], source: ArgumentSource) -> None:
        self._source = source
        self.long_double_format = source.long_double_format
        kinds: dict[int, str] = {}
        for piece in pieces:
            if isinstance(piece, Conversion):
                kinds.update(dict(_positions(piece)))
        highest = max(kinds, default=0)
        if highest > 4096:
            raise FormatOverflow
        self._values: dict[int, int | Float] = {}
        for number in range(1, highest + 1):
            self._values[number] = _fetch(kinds.get(number, "integer"), source)
        self._queue: Iterator[int] = iter(())

    def select(self, piece: Conversion) -> None:
        """Point the next fetches at the numbers of `piece`, in the order: width, precision, value."""
        self._queue = iter([number for number, _ in _positions(piece)])

    def _next(self) -> int | Float:
        return self._values.get(next(self._queue, 0), 0)

    def integer(self) -> int:
        value = self._next()
        return value if isinstance(value, int) else 0

    def double(self) -> Float:
        value = self._next()
        assert isinstance(value, Float)
        return value

    long_double = double

    def string(self, address: int, limit: int | None) -> bytes:
        return self._source.string(address, limit)

    def wide_string(self, address: int, limit: int | None) -> bytes:
        return self._source.wide_string(address, limit)

    def store(self, address: int, size: int, value: int) -> None:
        self._source.store(address, size, value)

    def error_message(self) -> bytes:
        return self._source.error_message()

    def error_name(self) -> bytes:
        return self._source.error_name()


def _positions(piece: Conversion) -> list[tuple[int, str]]:
    """Argument numbers that a conversion uses, in fetching order, with the kind of each."""
    numbers: list[tuple[int, str]] = []
    for field in (piece.width, piece.precision):
        if isinstance(field, Star) and field.position:
            numbers.append((field.position, "integer"))
    if piece.position:
        kind = "integer"
        if piece.letter in FLOAT_LETTERS:
            kind = "long double" if piece.length in ("L", "ll", "q") else "double"
        numbers.append((piece.position, kind))
    return numbers


def _fetch(kind: str, source: ArgumentSource) -> int | Float:
    if kind == "double":
        return source.double()
    return source.long_double() if kind == "long double" else source.integer()
