"""Sections as they are filled: subsections, items, and what is known of sizes before the layout."""

from dataclasses import dataclass, field

from playground.assembly.encoding import Encoded, InstructionStatement
from playground.assembly.expressions import Expression


@dataclass(slots=True)
class Alignment:
    """Padding up to a multiple of `boundary`, unless it would take more than `maximum` bytes."""

    boundary: int
    fill: bytes | None = None
    """The repeated pattern; None: zeros, in code the architecture's no-operations."""
    maximum: int | None = None


@dataclass(slots=True)
class Fill:
    """`count` copies of `unit`; the count may depend on labels until the layout is known."""

    count: Expression | int
    unit: bytes


@dataclass(slots=True)
class Origin:
    """``.org``: advance to an offset in the section (`target` is that offset, or a label plus one)."""

    target: Expression
    fill: bytes = b"\0"


@dataclass(slots=True)
class Leb128:
    """A variable-length integer (DWARF 5, 7.6)."""

    value: Expression
    is_signed: bool


Payload = Encoded | InstructionStatement | Alignment | Fill | Origin | Leb128


@dataclass(slots=True)
class Item:
    """One thing emitted at one place. An instruction's statement is replaced by its bytes when it is encoded."""

    payload: Payload
    line: int
    order: int
    """Position among all statements of the file: what ``1b`` and ``1f`` are measured by."""
    is_code: bool = False
    syntax: str = ""
    """The encoder that an instruction is meant for."""


@dataclass(eq=False, slots=True)
class Subsection:
    """One numbered part of a section; the parts are joined in the order of their numbers."""

    section: "Section"
    number: int
    items: list[Item] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    """Per item, and one more for the end: offset from the start of the section, once laid out."""
    measured: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])
    """Per item seen by `place`: (run, offset). Within one run, distances are certain before the layout."""

    def place(self, index: int) -> tuple[int, int]:
        """Where the item `index` lies: a run number, and the offset within that run."""
        while len(self.measured) <= index:
            run, offset = self.measured[-1]
            size = known_size(
                self.items[len(self.measured) - 1].payload, offset if run == 0 and not self.number else None
            )
            if size is None:
                if isinstance(self.items[len(self.measured) - 1].payload, InstructionStatement):
                    return (-1 - index, 0)
                self.measured.append((run + 1, 0))
            else:
                self.measured.append((run, offset + size))
        return self.measured[index]


def known_size(payload: Payload, offset: int | None) -> int | None:
    """Bytes that `payload` takes, when that is certain already; `offset` is its place in the section, if known."""
    if isinstance(payload, Encoded):
        return len(payload.data) if payload.longer is None else None
    if isinstance(payload, Fill) and isinstance(payload.count, int):
        return payload.count * len(payload.unit)
    if isinstance(payload, Alignment) and offset is not None:
        return padding(payload, offset)
    return None


def padding(alignment: Alignment, offset: int) -> int:
    """Bytes from `offset` to the boundary; 0 when that passes the maximum (as.info, ".balign")."""
    size = -offset % alignment.boundary
    return 0 if alignment.maximum is not None and size > alignment.maximum else size


@dataclass(eq=False, slots=True)
class Section:
    """One named section with the ELF attributes that matter here (gABI, section header flags)."""

    name: str
    allocated: bool
    writable: bool
    executable: bool
    zero_filled: bool
    thread_local: bool
    alignment: int = 1
    subsections: dict[int, Subsection] = field(default_factory=dict)
    address: int = 0
    size: int = 0
    data: bytearray = field(default_factory=bytearray)

    def subsection(self, number: int) -> Subsection:
        found = self.subsections.get(number)
        if found is None:
            found = self.subsections[number] = Subsection(self, number)
        return found

    def ordered(self) -> list[Subsection]:
        return [self.subsections[number] for number in sorted(self.subsections)]


_DEFAULTS = (
    (".text", "ax"),
    (".init_array", "aw"),
    (".fini_array", "aw"),
    (".preinit_array", "aw"),
    (".ctors", "aw"),
    (".dtors", "aw"),
    (".init", "ax"),
    (".fini", "ax"),
    (".plt", "ax"),
    (".data", "aw"),
    (".rodata", "a"),
    (".bss", "aw"),
    (".tdata", "awT"),
    (".tbss", "awT"),
    (".gcc_except_table", "a"),
    (".eh_frame", "a"),
)
"""Section name, or its start up to a dot, and its flags (gABI, "Special Sections"; bfd/elf.c)."""


def default_flags(name: str) -> tuple[str, str] | None:
    """GNU's flags and type for a well-known section name, None for any other name."""
    for stem, flags in _DEFAULTS:
        if name == stem or name.startswith(stem + "."):
            return flags, "nobits" if stem in (".bss", ".tbss") else "progbits"
    return None


def make_section(name: str, flags: str, kind: str) -> Section:
    """A section with GNU flag letters (as.info, ".section") and type (``progbits``, ``nobits``, …)."""
    return Section(
        name=name,
        allocated="a" in flags,
        writable="w" in flags,
        executable="x" in flags,
        zero_filled=kind == "nobits",
        thread_local="T" in flags,
    )
