"""String literals and comma lists of GNU as (as.info, "Strings"), and floating-point constants."""

import re
import struct
from fractions import Fraction

ESCAPES = {"b": 8, "f": 12, "n": 10, "r": 13, "t": 9, '"': 34, "\\": 92}

_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]*)|(.))", re.DOTALL)


class StringError(ValueError):
    """The text is no string literal; `offset` is where it goes wrong."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def split_commas(text: str) -> list[tuple[str, int]]:
    """The pieces between the commas outside quotes and parentheses, trimmed, with their offsets."""
    if not text:
        return []
    if "," not in text:
        return [(text.strip(), len(text) - len(text.lstrip()))]
    if '"' not in text and "(" not in text and "'" not in text:
        pieces, position = [], 0
        for piece in text.split(","):
            pieces.append((piece.strip(), position + len(piece) - len(piece.lstrip())))
            position += len(piece) + 1
        return pieces
    return _split_carefully(text)


def _split_carefully(text: str) -> list[tuple[str, int]]:
    pieces, depth, start, position = [], 0, 0, 0
    while position < len(text):
        character = text[position]
        if character == '"':
            position = _string_end(text, position)
            continue
        if character == "'" and position + 1 < len(text):
            position += 3 if text[position + 1] == "\\" else 2
            position += text[position : position + 1] == "'"
            continue
        depth += (character == "(") - (character == ")")
        if character == "," and depth <= 0:
            pieces.append((start, position))
            start = position + 1
        position += 1
    pieces.append((start, len(text)))
    return [(text[a:b].strip(), a + len(text[a:b]) - len(text[a:b].lstrip())) for a, b in pieces]


def _string_end(text: str, position: int) -> int:
    """The offset behind the string that starts at `position` (the end of the text when it is not closed)."""
    position += 1
    while position < len(text) and text[position] != '"':
        position += 2 if text[position] == "\\" else 1
    return min(position + 1, len(text))


def string_bytes(text: str) -> bytes:
    """The bytes of one or more adjacent quoted strings; text is stored as UTF-8.

    Raises:
        StringError: no string, or one that is not closed.
    """
    result, position = bytearray(), 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        if text[position] != '"':
            raise StringError(f"expected a string in double quotes, got {text[position:][:20]!r}", position)
        end = _string_end(text, position)
        if end - position < 2 or text[end - 1] != '"' or _ends_escaped(text[position:end]):
            raise StringError("the string is not closed", position)
        result += unescape(text[position + 1 : end - 1])
        position = end
    if not text.strip():
        raise StringError("expected a string in double quotes")
    return bytes(result)


def _ends_escaped(literal: str) -> bool:
    body = literal[1:-1]
    return (len(body) - len(body.rstrip("\\"))) % 2 == 1


def unescape(text: str) -> bytes:
    """The bytes that the inside of a string literal means."""
    if "\\" not in text:
        return text.encode("utf-8", "surrogatepass")
    result, position = bytearray(), 0
    for found in _ESCAPE.finditer(text):
        result += text[position : found.start()].encode("utf-8", "surrogatepass")
        position = found.end()
        result += _escaped(found)
    return bytes(result + text[position:].encode("utf-8", "surrogatepass"))


def _escaped(found: re.Match[str]) -> bytes:
    octal, hexadecimal, other = found.groups()
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    if hexadecimal is not None:
        return bytes([int(hexadecimal or "0", 16) & 0xFF])
    return bytes([ESCAPES[other]]) if other in ESCAPES else other.encode("utf-8", "surrogatepass")


_FLOAT = re.compile(r"([-+]?(?:0[a-wyzA-WYZ][-+]?)?)((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,5})?)")
_SPECIAL = re.compile(r"([-+]?)(?:0[a-zA-Z])?(inf(?:inity)?|[qs]?nan)", re.IGNORECASE)


def float_bytes(text: str, size: int) -> bytes | None:
    """The IEEE 754 encoding of a GNU as flonum in 2, 4 or 8 bytes, correctly rounded; None when it is none."""
    text = text.strip()
    if special := _SPECIAL.fullmatch(text):
        minus = "-" if special[1] == "-" else ""
        return struct.pack(_FORMATS[size], float(minus + ("nan" if special[2].lower().endswith("nan") else "inf")))
    found = _FLOAT.fullmatch(text)
    if found is None or len(text) > 400:
        return None
    sign = -1 if found[1].count("-") == 1 else 1
    return _rounded(sign * float(found[2]), sign * Fraction(found[2]), size)


_FORMATS = {2: "<e", 4: "<f", 8: "<d"}


def _rounded(value: float, exact: Fraction, size: int) -> bytes:
    """`exact` in the format, correctly rounded (GNU as itself is not always); `value` is its nearest double."""
    try:
        packed = struct.pack(_FORMATS[size], value)
    except OverflowError:
        return struct.pack(_FORMATS[size], float("-inf" if value < 0 else "inf"))
    if size == 8 or value in (float("inf"), float("-inf")):
        return packed
    bits = int.from_bytes(packed, "little")
    near = [candidate for candidate in (bits - 1, bits, bits + 1) if candidate >= 0]
    best = min(near, key=lambda candidate: (_distance(candidate, exact, size), candidate & 1))
    return best.to_bytes(size, "little")


def _distance(bits: int, exact: Fraction, size: int) -> Fraction:
    if bits >> 8 * size:
        return Fraction(1 << 2000)
    (value,) = struct.unpack(_FORMATS[size], bits.to_bytes(size, "little"))
    finite = value == value and value not in (float("inf"), float("-inf"))
    return abs(Fraction(value) - exact) if finite else Fraction(1 << 2000)
