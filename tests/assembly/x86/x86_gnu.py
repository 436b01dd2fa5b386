"""GNU as as the peer: what it makes of single statements, taken from a relocatable ELF file."""

import re
import struct
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HEADERS = {"gas": "", "intel": ".intel_syntax noprefix\n"}


@dataclass(frozen=True)
class Relocation:
    offset: int
    """From the statement's start."""
    kind: int
    """R_X86_64_* (psABI AMD64, table 4.9)."""
    symbol: str
    addend: int


@dataclass(frozen=True)
class GnuCode:
    data: bytes
    relocations: tuple[Relocation, ...]


def assemble_each(statements: Sequence[str], syntax: str, folder: Path) -> list[GnuCode | str]:
    """GNU as's bytes and relocations of each statement, or its error message."""
    errors: dict[int, str] = {}
    path, output = folder / "each.s", folder / "each.o"
    for _ in range(6):
        _write(path, statements, syntax, errors)
        run = subprocess.run(["as", "--64", "-o", output, path], capture_output=True, text=True)
        if run.returncode == 0:
            return cut(output.read_bytes(), len(statements), errors)
        found = re.findall(r"each\.s:(\d+): Error: (.*)", run.stderr)
        assert found, run.stderr
        header = HEADERS[syntax].count("\n")
        errors |= {int(line) - header - 1: message for line, message in found}
    raise AssertionError(f"GNU as still complains: {run.stderr[:2000]}")


def _write(path: Path, statements: Sequence[str], syntax: str, errors: dict[int, str]) -> None:
    lines = ["" if index in errors else f"ZZ{index}: {text}" for index, text in enumerate(statements)]
    path.write_text(HEADERS[syntax] + "\n".join(lines) + f"\nZZ{len(statements)}:\n")


def cut(elf: bytes, count: int, errors: dict[int, str]) -> list[GnuCode | str]:
    code, symbols, relocations = read_object(elf)
    starts = [symbols[f"ZZ{index}"] for index in range(count) if index not in errors] + [symbols[f"ZZ{count}"]]
    result: list[GnuCode | str] = []
    position = 0
    cursor = 0
    for index in range(count):
        if index in errors:
            result.append(errors[index])
            continue
        start, end = starts[position], starts[position + 1]
        position += 1
        mine = []
        while cursor < len(relocations) and relocations[cursor].offset < end:
            found = relocations[cursor]
            mine.append(Relocation(found.offset - start, found.kind, found.symbol, found.addend))
            cursor += 1
        result.append(GnuCode(code[start:end], tuple(mine)))
    return result


def read_object(elf: bytes) -> tuple[bytes, dict[str, int], list[Relocation]]:
    """.text, its symbols' values, and its relocations in address order (ELF-64 object file format, 1.5)."""
    table, count, names_index = struct.unpack_from("<Q", elf, 40)[0], *struct.unpack_from("<HH", elf, 60)
    headers = [struct.unpack_from("<IIQQQQIIQQ", elf, table + 64 * index) for index in range(count)]
    strings = elf[headers[names_index][4] :]
    sections = {strings[h[0] : strings.index(b"\0", h[0])].decode(): h for h in headers}
    symbol_header = sections[".symtab"]
    text_names = elf[headers[symbol_header[6]][4] :]
    names, values = [], {}
    for offset in range(symbol_header[4], symbol_header[4] + symbol_header[5], 24):
        name, _, _, _, value, _ = struct.unpack_from("<IBBHQQ", elf, offset)
        names.append(text_names[name : text_names.index(b"\0", name)].decode())
        values[names[-1]] = value
    text = sections[".text"]
    relocations = []
    rela = sections.get(".rela.text")
    for offset in range(rela[4], rela[4] + rela[5], 24) if rela else ():
        where, info, addend = struct.unpack_from("<QQq", elf, offset)
        relocations.append(Relocation(where, info & 0xFFFFFFFF, names[info >> 32], addend))
    relocations.sort(key=lambda found: found.offset)
    return elf[text[4] : text[4] + text[5]], values, relocations


def disassemble(codes: Sequence[bytes], folder: Path) -> list[str]:
    """objdump's text (Intel) of each code, one string each; several instructions are joined by `` ; ``."""
    padded = b"".join(code.ljust(32, b"\x90") for code in codes)
    path = folder / "raw.bin"
    path.write_bytes(padded)
    command = ["objdump", "-D", "-b", "binary", "-m", "i386:x86-64", "-M", "intel", "--no-show-raw-insn", path]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    texts: list[list[str]] = [[] for _ in codes]
    for address, text in re.findall(r"^\s*([0-9a-f]+):\t(.*)$", listing, re.MULTILINE):
        index, offset = divmod(int(address, 16), 32)
        if offset < len(codes[index]):
            texts[index].append(re.sub(r"\s+", " ", re.sub(r"# 0x.*", "", text)).strip())
    return [" ; ".join(text) for text in texts]
