"""Program images made by the native toolchain, so that the emulator is tested without our assembler.

The object file is linked at fixed addresses with every undefined symbol defined as the address of its import slot.
"""

import struct
import subprocess
from pathlib import Path

from playground.assembly.program import IMPORT_STRIDE, LineEntry, ProgramImage, Segment, Symbol, ThreadLocalTemplate

TOOLS = {"x86_64": "", "aarch64": "aarch64-linux-gnu-"}
IMPORT_BASE = 0x20000000
PAGE = 4096
PT_LOAD, PT_TLS = 1, 7
KINDS = {0: "notype", 1: "object", 2: "function", 6: "tls"}


def tool(arch: str, name: str) -> str:
    """The name of a toolchain program for the architecture."""
    return TOOLS[arch] + name


def run_tool(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stderr}"
    return done.stdout


def image_of_assembly(text: str, arch: str, folder: Path, *, entry: str | None = None) -> ProgramImage:
    """Assemble with GNU as and link."""
    source = folder / "program.s"
    source.write_text(text + "\n")
    run_tool(tool(arch, "as"), "-g", "-o", str(folder / "program.o"), str(source))
    return link(folder, arch, entry)


def image_of_c(text: str, arch: str, folder: Path, *flags: str, entry: str | None = "main") -> ProgramImage:
    """Compile with gcc and link."""
    source = folder / "program.c"
    source.write_text(text)
    common = ("-fno-pic", "-fno-pie", "-fno-asynchronous-unwind-tables", "-g", "-w")
    run_tool(tool(arch, "gcc"), *common, *flags, "-c", "-o", str(folder / "program.o"), str(source))
    return link(folder, arch, entry)


def link(folder: Path, arch: str, entry: str | None) -> ProgramImage:
    """program.o -> ProgramImage with import slots."""
    listing = run_tool(tool(arch, "nm"), "-u", str(folder / "program.o"))
    undefined = [line.split()[-1] for line in listing.splitlines() if line.split()]
    slots = {name: IMPORT_BASE + IMPORT_STRIDE * index for index, name in enumerate(undefined)}
    definitions = [f"--defsym={name}={address:#x}" for name, address in slots.items()]
    linked = str(folder / "program.elf")
    command = ("-static", "-Ttext-segment=0x400000", "-z", "max-page-size=4096", "-z", "noseparate-code", "-e", "0")
    run_tool(tool(arch, "ld"), *command, *definitions, "-o", linked, str(folder / "program.o"))
    return _read(Path(linked), arch, entry, slots)


def _read(path: Path, arch: str, entry: str | None, slots: dict[str, int]) -> ProgramImage:
    data = path.read_bytes()
    segments, thread_local = _segments(data)
    symbols = _symbols(path, arch)
    constructors = _pointers(data, path, arch, ".init_array")
    wanted = entry if entry in symbols else None
    return ProgramImage(
        arch=arch,
        syntax="gas",
        segments=segments,
        symbols=symbols,
        entry=symbols[wanted].address if wanted else None,
        entry_symbol=wanted,
        lines=_lines(path, arch),
        imports=slots,
        import_base=IMPORT_BASE,
        import_size=max(PAGE, IMPORT_STRIDE * len(slots)),
        init_array=constructors,
        fini_array=_pointers(data, path, arch, ".fini_array"),
        thread_local=thread_local,
    )


def _segments(data: bytes) -> tuple[tuple[Segment, ...], ThreadLocalTemplate | None]:
    (offset,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    segments, template = [], None
    for index in range(count):
        at = offset + size * index
        kind, flags, start, address, _, stored, total, align = struct.unpack_from("<IIQQQQQQ", data, at)
        content = data[start : start + stored]
        if kind == PT_TLS:
            template = ThreadLocalTemplate(data=content, size=total, alignment=max(align, 1))
        if kind == PT_LOAD and total:
            shift = address % PAGE
            segments.append(
                Segment(
                    name=("read-only data", "data", "text", "text")[bool(flags & 2) | bool(flags & 1) << 1],
                    address=address - shift,
                    data=bytes(shift) + content,
                    size=total + shift,
                    writable=bool(flags & 2),
                    executable=bool(flags & 1),
                )
            )
    return tuple(segments), template


def _symbols(path: Path, arch: str) -> dict[str, Symbol]:
    found = {}
    for line in run_tool(tool(arch, "readelf"), "-sW", str(path)).splitlines():
        words = line.split()
        if len(words) >= 8 and words[0].endswith(":") and words[6] not in ("UND", "ABS", "Ndx"):
            kind = {"FUNC": "function", "OBJECT": "object", "TLS": "tls"}.get(words[3], "notype")
            name = words[7]
            found[name] = Symbol(name=name, address=int(words[1], 16), size=int(words[2], 0), kind=kind)
    return found


def _lines(path: Path, arch: str) -> tuple[LineEntry, ...]:
    """One entry an instruction as objdump sees them; line numbers from the debug information, 0 without."""
    entries, line_number = [], 0
    text = run_tool(tool(arch, "objdump"), "-dl", "--insn-width=16", "--section=.text", str(path))
    for line in text.splitlines():
        if "program." in line and ":" in line and not line.startswith(" "):
            tail = line.split(":")[-1].split()[0]
            line_number = int(tail) if tail.isdigit() else line_number
        words = line.split("\t")
        if line.startswith(" ") and len(words) >= 2 and words[0].strip().endswith(":"):
            address = int(words[0].strip()[:-1], 16)
            length = 4 if arch == "aarch64" else len(words[1].split())
            entries.append(LineEntry(address=address, length=length, line=line_number, is_code=True))
    return tuple(entries)


def _pointers(data: bytes, path: Path, arch: str, section: str) -> tuple[int, ...]:
    for line in run_tool(tool(arch, "readelf"), "-SW", str(path)).splitlines():
        words = line.replace("[", " ").replace("]", " ").split()
        if len(words) > 5 and words[1] == section:
            offset, size = int(words[4], 16), int(words[5], 16)
            return struct.unpack_from(f"<{size // 8}Q", data, offset)
    return ()
