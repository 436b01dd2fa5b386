"""nasm as the peer: what it makes of single statements, and of whole programs."""

import re
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path

from x86_gnu import GnuCode, cut

HEADER = "bits 64\nextern foo\nextern bar\n"


def assemble_each(statements: Sequence[str], folder: Path) -> list[GnuCode | str]:
    """nasm's bytes and relocations of each statement, or its error message."""
    errors: dict[int, str] = {}
    path, output = folder / "each.asm", folder / "each.o"
    for _ in range(6):
        lines = ["" if index in errors else f"ZZ{index}: {text}" for index, text in enumerate(statements)]
        path.write_text(HEADER + "\n".join(lines) + f"\nZZ{len(statements)}:\n")
        command = ["nasm", "-f", "elf64", "-w-all", "-o", output, path]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode == 0:
            return cut(output.read_bytes(), len(statements), errors)
        found = re.findall(r"each\.asm:(\d+): error: (.*)", run.stderr)
        assert found, run.stderr
        errors |= {int(line) - HEADER.count("\n") - 1: message for line, message in found}
    raise AssertionError(f"nasm still complains: {run.stderr[:2000]}")


def sections(program: Path, folder: Path) -> dict[str, tuple[bytes, int]]:
    """Each section's bytes in nasm's object file, and the number of its relocations."""
    output = folder / "program.o"
    subprocess.run(["nasm", "-f", "elf64", "-w-all", "-o", output, program], check=True)
    elf = output.read_bytes()
    table, count, names_index = struct.unpack_from("<Q", elf, 40)[0], *struct.unpack_from("<HH", elf, 60)
    headers = [struct.unpack_from("<IIQQQQIIQQ", elf, table + 64 * index) for index in range(count)]
    names = elf[headers[names_index][4] :]
    named = {names[h[0] : names.index(b"\0", h[0])].decode(): h for h in headers}
    found = {}
    for name, header in named.items():
        if header[1] in (1, 8) and header[2] & 2:
            relocations = named[".rela" + name][5] // 24 if ".rela" + name in named else 0
            data = elf[header[4] : header[4] + header[5]] if header[1] == 1 else bytes(header[5])
            found[name] = (data, relocations)
    return found
