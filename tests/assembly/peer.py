"""The peer: the same program through GNU as and ld, laid out where ours lies, compared section by section."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from playground.assembly.assembler import encoders, lexer
from playground.assembly.builder import Builder
from playground.assembly.gas import GasReader
from playground.assembly.image import link
from playground.assembly.layout import is_zero_filled
from playground.assembly.program import ProgramImage
from playground.assembly.x86.nasm import read_nasm
from playground.isa import architecture

SLOT = re.compile("got|gottp|_GLOBAL_OFFSET_TABLE_", re.IGNORECASE)
"""References through the global offset table differ: ld orders its slots otherwise."""


@dataclass(frozen=True)
class Ours:
    """A program as our assembler laid it out."""

    image: ProgramImage
    sections: dict[str, tuple[int, bytes, int]]
    """Allocated section: address, bytes, size."""


class Refused(AssertionError):
    """Our assembler did not take a program that GNU as takes."""


def assembled(text: str, arch: str, syntax: str = "gas") -> Ours:
    """`text` through our assembler, with its sections. Mergeable sections are made plain: ld would merge them."""
    builder = Builder(arch, syntax, encoders(arch))
    if syntax == "nasm":
        read_nasm(text, builder)
    else:
        GasReader(builder, lexer(arch)).read(plain(text))
    builder.finish()
    image = link(builder)
    if image is None:
        raise Refused("\n".join(map(str, [*builder.diagnostics[:5], *builder.gaps[:5]])))
    loaded = [s for s in builder.sections.values() if s.allocated and s.size and not s.thread_local]
    return Ours(image, {s.name: (s.address, b"" if is_zero_filled(s) else bytes(s.data), s.size) for s in loaded})


def plain(text: str) -> str:
    """`text` with its mergeable sections turned into ordinary ones."""
    return re.sub(r'"aMS?(G?)",([@%])progbits,[0-9]+', r'"a\1",\2progbits', text)


def tool(arch: str, name: str) -> str:
    """The path of a binutils program for `arch`."""
    triplet = architecture(arch).gnu_triplet
    return shutil.which(f"{triplet}-{name}") or shutil.which(name) or name


def linker_script(ours: Ours) -> str:
    """Puts each of our sections where we put it; imports become absolute symbols."""
    lines = [f"{name} = {address:#x};" for name, address in ours.image.imports.items()]
    lines.append("__dso_handle = 0x400000;")
    lines.append("SECTIONS {")
    for name, (address, _, _) in sorted(ours.sections.items(), key=lambda entry: entry[1][0]):
        keep = f"*({name})" + (" *(COMMON)" if name == ".bss" else "")
        lines.append(
            f'  "{name}" {address:#x} : {{ {keep} }}' if name != ".got" else f"  .got {address:#x} : {{ *(.got) }}"
        )
    lines += [
        "  .tdata 0x10000000 : { *(.tdata .tdata.*) }",
        "  .tbss : { *(.tbss .tbss.*) }",
        "  .dropped 0x20000000 : { *(.eh_frame) }",
        "}",
    ]
    return "\n".join(lines)


def assembled_by_peer(text: str, arch: str, syntax: str, source: Path, made: Path) -> None:
    """The object file that GNU as, or nasm, makes of `text`."""
    if syntax == "nasm":
        source.write_text(text)
        command: list[str | Path] = ["nasm", "-f", "elf64", "-w-all", source, "-o", made]
    else:
        source.write_text((".intel_syntax noprefix\n" if syntax == "intel" else "") + plain(text))
        march = ["-march=armv8.5-a+crypto+fp16"] if arch == "aarch64" else []
        command = [tool(arch, "as"), *march, source, "-o", made]
    subprocess.run(command, check=True, capture_output=True)


def linked(text: str, arch: str, ours: Ours, folder: Path, syntax: str = "gas") -> dict[str, bytes]:
    """The sections of the same program through GNU as (or nasm) and ld."""
    source, made, script, output = (folder / name for name in ("peer.s", "peer.o", "peer.ld", "peer.elf"))
    assembled_by_peer(text, arch, syntax, source, made)
    script.write_text(linker_script(ours))
    command = [tool(arch, "ld"), "--no-relax", "-e", "0", "-z", "max-page-size=4096", "-T", script, made, "-o", output]
    subprocess.run([*command, "--noinhibit-exec", "--no-warn-rwx-segments"], check=True, capture_output=True)
    found = {}
    for name in ours.sections:
        dumped = folder / "peer.bin"
        dumped.unlink(missing_ok=True)
        subprocess.run(
            [tool(arch, "objcopy"), "-O", "binary", "-j", name, output, dumped], check=True, capture_output=True
        )
        found[name] = dumped.read_bytes() if dumped.exists() else b""
    return found


def differences(text: str, arch: str, folder: Path, syntax: str = "gas") -> list[str]:
    """One line for each place at which our bytes are not the peer's."""
    ours = assembled(text, arch, syntax)
    theirs = linked(text, arch, ours, folder, syntax)
    found = []
    for name, (address, data, _) in ours.sections.items():
        if name in (".got", ".note.gnu.property", ".eh_frame") or not data:
            continue
        other = theirs[name]
        if data == other:
            continue
        entries = [e for e in ours.image.lines if address <= e.address < address + len(data)]
        lines = text.splitlines()
        entries = [e for e in entries if not SLOT.search(lines[e.line - 1])]
        wrong = [
            e for e in entries if data[e.address - address :][: e.length] != other[e.address - address :][: e.length]
        ]
        if len(data) == len(other) and not wrong:
            continue
        found.append(f"{name}: {len(data)} bytes against {len(other)}, {len(wrong)} items differ")
        for entry in wrong[:5]:
            at = entry.address - address
            found.append(
                f"  line {entry.line}: {lines[entry.line - 1].strip()!r}: {data[at : at + entry.length].hex()} "
                f"against {other[at : at + entry.length].hex()}"
            )
    return found


def compiled(compiler: list[str], source: Path, output: Path) -> str | None:
    """What a compiler prints for a source file; None when it does not compile there."""
    done = subprocess.run([*compiler, "-S", source, "-o", output], capture_output=True, text=True)
    return output.read_text() if done.returncode == 0 else None


def code_lines(text: str) -> int:
    """How many lines look like instructions (for the figures in reports)."""
    return len(re.findall(r"^\t[a-z]", text, re.MULTILINE))
