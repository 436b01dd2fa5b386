"""The values that the assembler takes and gives: Source in; ProgramImage, Diagnostics and gaps out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

IMAGE_BASE = 0x400000
"""Address of the first segment: below 2 GiB, so that non-PIC code (``mov $symbol, %edi``) works."""

IMPORT_STRIDE = 4096
"""Bytes between two import slots: a page each, so that what nobody defines can be told by its fault."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Assembly text as a person, a compiler or a model wrote it; trusted by nobody."""

    text: str
    arch: str
    """``aarch64``, ``x86_64`` or ``auto``."""
    syntax: str = "auto"
    """``gas``, ``intel``, ``nasm`` or ``auto``."""


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """One thing that is wrong with the source, for a person to read. Lines and columns count from 1."""

    line: int
    column: int
    message: str
    """One sentence that names the offending token."""
    token: str = ""
    hint: str = ""
    """What to do about it, in the user's dialect; may be empty."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something valid that *we* do not support: makes an answer unscored, never wrong."""

    line: int
    name: str
    """The mnemonic, directive, relocation or library symbol that is missing."""
    message: str
    """``not supported: …``"""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A contiguous piece of guest memory with one set of permissions, page-aligned at its start."""

    name: str
    address: int
    data: bytes
    size: int
    """Bytes in memory; beyond ``len(data)`` it is zero-filled (.bss)."""
    writable: bool
    executable: bool


@dataclass(frozen=True, kw_only=True)
class Symbol:
    name: str
    address: int
    size: int = 0
    kind: str = "notype"
    """``function``, ``object``, ``notype`` or ``tls``."""
    binding: str = "local"
    """``local``, ``global`` or ``weak``."""
    section: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class LineEntry:
    """One instruction or data item in the line table, in address order."""

    address: int
    length: int
    line: int
    """Source line, from 1."""
    is_code: bool


@dataclass(frozen=True, kw_only=True)
class ThreadLocalTemplate:
    """The initial thread-local storage (.tdata + .tbss); variant I on aarch64, II on x86-64 (ELF TLS, Drepper)."""

    data: bytes
    size: int
    alignment: int


@dataclass(frozen=True, kw_only=True)
class ProgramImage:
    """An assembled and laid out program: what the emulator loads. Everything is resolved but the imports."""

    arch: str
    syntax: str
    """The syntax that was given or detected."""
    segments: tuple[Segment, ...]
    symbols: Mapping[str, Symbol]
    entry: int | None
    """Address of ``_start``, else of ``main``, else None (a function file)."""
    entry_symbol: str | None
    lines: tuple[LineEntry, ...]
    imports: Mapping[str, int]
    """Undefined symbols -> address of their slot. A call to a library function lands on its slot; a reference to a
    library data object (``stdout``) points at it. Slots are IMPORT_STRIDE apart and lie in no segment: the emulator
    maps the area ``import_base``..``import_base + import_size``."""
    import_base: int = 0
    import_size: int = 0
    init_array: tuple[int, ...] = ()
    """Addresses of constructors, in the order in which they run (.preinit_array, .init_array by priority, .ctors)."""
    fini_array: tuple[int, ...] = ()
    thread_local: ThreadLocalTemplate | None = None
    warnings: tuple[Diagnostic, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """Gaps that do not stop the assembly (none of them in executed bytes)."""
    unwind: tuple[str, ...] = field(default=(), repr=False)
    """The .cfi_* directives as written, kept for a later unwinder."""


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """What came of assembling a Source: an image, or diagnostics, or gaps (unscored)."""

    arch: str
    syntax: str
    detected: str
    """What was detected, for a person (``x86-64, GAS AT&T (detected from %rax, line 4)``); empty when all was given."""
    image: ProgramImage | None
    diagnostics: tuple[Diagnostic, ...] = ()
    """Every error of the file, in line order. Empty when there is an image."""
    gaps: tuple[Gap, ...] = ()
    """What we lack. When `image` is None and `diagnostics` is empty, the answer is unscored for these."""
