"""NASM's string functions: ``%strlen``, ``%strcat``, ``%substr``, ``%defstr``, ``%deftok`` (NASM manual, 4.1, 4.2)."""

import re

from playground.assembly.x86.nasm_macros import Define, Definitions, PreprocessorError
from playground.assembly.x86.nasm_numbers import STRING, nasm_number, string_bytes

_SUBSTRING = re.compile(rf"({STRING})\s*,?\s*(\S+?)\s*(?:,\s*(\S+))?\s*")


def _named(definitions: Definitions, directive: str, text: str) -> tuple[str, str]:
    name, _, body = text.partition(" ")
    body = definitions.expand(body).strip()
    if not name or not body:
        raise PreprocessorError(f"%{directive} needs a name and a text", "%" + directive)
    return name, body


def _quoted(data: bytes) -> str:
    """A literal that gives `data` whatever it holds."""
    return "`" + "".join(chr(b) if chr(b).isalnum() or b == 32 else f"\\x{b:02x}" for b in data if b < 128 or b) + "`"


def _literal(directive: str, text: str) -> bytes:
    if not re.fullmatch(STRING, text):
        raise PreprocessorError(f"%{directive} needs a name and a string", text[:40])
    return string_bytes(text)


def string_length(definitions: Definitions, text: str) -> None:
    """``%strlen name 'string'``"""
    name, body = _named(definitions, "strlen", text)
    definitions.add(Define(name, str(len(_literal("strlen", body)))))


def string_of(definitions: Definitions, text: str) -> None:
    """``%defstr name text``"""
    name, body = _named(definitions, "defstr", text)
    quote = '"' if "'" in body else "'"
    definitions.add(Define(name, quote + body + quote))


def tokens_of(definitions: Definitions, text: str) -> None:
    """``%deftok name 'text'``: the string's contents as program text."""
    name, body = _named(definitions, "deftok", text)
    definitions.add(Define(name, _literal("deftok", body).decode("utf-8", "replace")))


def concatenation(definitions: Definitions, text: str) -> None:
    """``%strcat name 'a', "b" …``"""
    name, body = _named(definitions, "strcat", text)
    pieces = re.findall(STRING, body)
    if re.sub(STRING, "", body).replace(",", "").strip():
        raise PreprocessorError("%strcat needs a name and strings", body[:40])
    definitions.add(Define(name, _quoted(b"".join(map(string_bytes, pieces)))))


def substring(definitions: Definitions, text: str) -> None:
    """``%substr name 'string' start[, count]``: counted from 1; a negative count keeps all but its last -count - 1."""
    name, body = _named(definitions, "substr", text)
    found = _SUBSTRING.fullmatch(body)
    start = nasm_number(found[2]) if found else None
    if found is None or start is None:
        raise PreprocessorError("%substr needs a name, a string and a number", body[:40])
    digits = found[3] or "1"
    count = nasm_number(digits.lstrip("-"))
    if count is None:
        raise PreprocessorError(f"the count {digits!r} of %substr is not a number", digits)
    data = string_bytes(found[1])
    end = len(data) + 1 - count if digits.startswith("-") else start - 1 + count
    definitions.add(Define(name, _quoted(data[max(start - 1, 0) : max(end, 0)] if start > 0 else b"")))
