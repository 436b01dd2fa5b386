"""From a filled builder to a program image: imports, slots, layout, fixups, segments, tables."""

from collections.abc import Iterator

from playground.assembly import relocations
from playground.assembly.builder import NUMERIC, Builder
from playground.assembly.encoding import Encoded, Fixup, FixupKind
from playground.assembly.expressions import SymbolReference, UndefinedSymbol, evaluate, references
from playground.assembly.image_tables import constructors, destructors, line_table, segments, symbol_table
from playground.assembly.layout import (
    Layout,
    is_zero_filled,
    leb128_bytes,
    round_up,
    thread_local_sections,
)
from playground.assembly.padding import code_padding, pattern_padding
from playground.assembly.program import IMPORT_STRIDE, ProgramImage, ThreadLocalTemplate
from playground.assembly.resolver import GOT_MARK, GOT_TLS_MARK, LINKER_SYMBOLS, Resolver
from playground.assembly.sections import Alignment, Fill, Item, Leb128, Origin, Section
from playground.assembly.symbols import Common, Label, SymbolRecord
from playground.assembly.thread_sequences import SEQUENCES, relax

COMMON_SUBSECTION = 1 << 30
"""Commons lie behind everything else of .bss."""

THREAD_HEADER = {"aarch64": 16, "x86_64": 0}
"""Bytes between the thread pointer and the thread-local block (ELF TLS, variant I); variant II lies in front of it."""


def link(builder: Builder) -> ProgramImage | None:
    """The image of a finished builder; None when the builder holds diagnostics or gaps afterwards.

    When nothing but instructions is wrong, the layout is done all the same, for what it shows to be wrong besides.

    Raises:
        LimitReached: see Layout.
    """
    _allocate_commons(builder)
    linker = _Linker(builder)
    linker.prepare()
    if builder.gaps or len(builder.diagnostics) > builder.rejected:
        return None
    linker.layout.arrange()
    linker.place_imports()
    for section in builder.sections.values():
        if section.allocated:
            linker.write(section)
    if builder.diagnostics or builder.gaps:
        return None
    return linker.image()


def _allocate_commons(builder: Builder) -> None:
    commons = [record for record in builder.symbols.values() if isinstance(record.definition, Common)]
    if not commons:
        return
    builder.switch_section(".bss", subsection=COMMON_SUBSECTION)
    for record in commons:
        assert isinstance(record.definition, Common)
        common, record.definition = record.definition, None
        builder.align(common.alignment, record.line)
        record.definition = builder.place()
        record.kind = "object"
        builder.reserve(common.size, record.line)


class _Linker:
    """One link: the builder, its resolver and layout."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.resolver = Resolver(builder)
        self.layout = Layout(builder, self.resolver)
        self.import_base = 0
        self._sequences: list[tuple[Item, int, FixupKind, int]] = []
        """Of the section being written: where a thread-local sequence has its field, and the offset it makes."""

    # Before the layout: which names are imported, which need a slot

    def prepare(self) -> None:
        """Finds imports and slots; reports numeric labels that are not there."""
        imports: dict[str, None] = {}
        for item, fixup in list(self._loaded_fixups()):
            thread = fixup.kind in relocations.THROUGH_TLS_GOT
            slotted = thread or fixup.kind in relocations.THROUGH_GOT
            for reference in references(fixup.expression):
                if slotted:
                    self._make_slot(reference.name, item, thread)
                self._note_import(reference.name, item, imports)
        for record in list(self.builder.symbols.values()):
            if record.definition is not None and not isinstance(record.definition, Label | Common):
                for reference in references(record.definition):
                    self._note_import(reference.name, Item(Encoded(b""), record.line, 0), imports)
        self.resolver.imports = dict.fromkeys(imports, 0)

    def _loaded_fixups(self) -> Iterator[tuple[Item, Fixup]]:
        for section in self.builder.sections.values():
            if section.allocated:
                for subsection in section.subsections.values():
                    for item in subsection.items:
                        if type(item.payload) is Encoded:
                            for fixup in item.payload.fixups:
                                yield item, fixup

    def _note_import(self, name: str, item: Item, imports: dict[str, None]) -> None:
        if name in imports or name == ".":
            return
        record = self.builder.symbols.get(name)
        if record is not None and (record.definition is not None or record.binding == "weak"):
            return
        try:
            if self.resolver.local_label(name, item.order) is not None:
                return
        except UndefinedSymbol as error:
            where = "in front of" if error.name.endswith("b") else "behind"
            self.builder.report(item.line, 1, f"there is no label '{error.name[:-1]}:' {where} this line", error.name)
            return
        if self.builder.syntax == "nasm" and (record is None or record.binding == "local"):
            hint = f"write `extern {name}` when it lies in a library"
            self.builder.report(item.line, 1, f"symbol {name!r} is not defined", name, hint)
        elif name not in LINKER_SYMBOLS:
            imports[name] = None

    def _make_slot(self, name: str, item: Item, thread: bool) -> None:
        marked = (GOT_TLS_MARK if thread else GOT_MARK) + name
        if marked in self.builder.symbols:
            return
        kind = FixupKind.TPOFF64 if thread else FixupKind.ABS64
        expression = SymbolReference(f"{item.order}:{name}" if NUMERIC.fullmatch(name) else name)
        self.builder.switch_section(".got", "aw", "progbits")
        self.builder.align(8, 0)
        self.builder.symbols[marked] = SymbolRecord(marked, self.builder.place())
        self.builder.emit_data(bytes(8), 0, [Fixup(0, kind, expression)])

    # After the layout

    def place_imports(self) -> None:
        """Import slots lie behind the image, IMPORT_STRIDE apart."""
        self.import_base = round_up(self.layout.end, IMPORT_STRIDE)
        names = self.resolver.imports
        self.resolver.imports = {name: self.import_base + i * IMPORT_STRIDE for i, name in enumerate(names)}
        self.resolver.moved()

    def write(self, section: Section) -> None:
        """Fills `section.data`."""
        if is_zero_filled(section) or (section.thread_local and section.zero_filled):
            self._require_zeros(section)
            return
        data = bytearray(section.size)
        for subsection in section.ordered():
            offsets = subsection.offsets
            for item, offset, following in zip(subsection.items, offsets, offsets[1:], strict=False):
                payload = item.payload
                if type(payload) is not Encoded:
                    content = self._content(item, section, offset, following - offset)
                    data[offset : offset + len(content)] = content
                    continue
                data[offset : offset + len(payload.data)] = payload.data
                if payload.fixups:
                    self._fix(data, item, payload, section, offset)
        for item, place, kind, value in self._sequences:
            if not relax(data, place, kind, value):
                operator = f"@{kind.value.upper()}"
                self.builder.lack(item.line, operator, f"not supported: {operator} outside a call of __tls_get_addr")
        self._sequences.clear()
        section.data = data

    def _require_zeros(self, section: Section) -> None:
        for subsection in section.subsections.values():
            for item in subsection.items:
                if type(item.payload) is Encoded and (item.payload.fixups or any(item.payload.data)):
                    message = f"section {section.name} holds no data: only zeros can be reserved in it"
                    self.builder.report(item.line, 1, message, section.name, "put initial values into .data")

    def _content(self, item: Item, section: Section, offset: int, size: int) -> bytes:
        payload = item.payload
        place = section.address + offset
        if isinstance(payload, Alignment):
            if payload.fill is None and section.executable:
                return code_padding(self.builder.arch, size)
            return pattern_padding(payload.fill or b"\0", size)
        if isinstance(payload, Fill):
            return payload.unit * (size // len(payload.unit)) if any(payload.unit) else b""
        if isinstance(payload, Origin):
            return pattern_padding(payload.fill, size)
        assert isinstance(payload, Leb128)
        try:
            value = self.resolver.value(payload.value, item.order, place)
        except UndefinedSymbol as error:
            self.builder.report(item.line, 1, f"symbol {error.name!r} has no value in a LEB128 number", error.name)
            return b""
        return leb128_bytes(value, payload.is_signed, size)

    def _fix(self, data: bytearray, item: Item, encoded: Encoded, section: Section, offset: int) -> None:
        for fixup in encoded.fixups:
            try:
                value = self._target(fixup, item, section.address + offset)
                if fixup.kind in SEQUENCES:
                    self._sequences.append((item, offset + fixup.offset, fixup.kind, value))
                    continue
                place = section.address + offset + fixup.offset
                relocations.apply(data, offset, fixup, relocations.difference(fixup.kind, value, place, fixup.trailing))
            except relocations.OutOfRange as error:
                if self.builder.rejected and fixup.kind is FixupKind.PC8:
                    continue  # the instruction that is wrong may lie in between, its length is a guess
                names = [*dict.fromkeys(_readable(ref.name) for ref in references(fixup.expression))]
                shown = f"{error} (`{', '.join(names)}`)" if names else str(error)
                self.builder.report(item.line, 1, shown, names[0] if names else "")
            except UndefinedSymbol as error:
                self.builder.report(item.line, 1, f"symbol {error.name!r} is defined by itself", _readable(error.name))

    def _target(self, fixup: Fixup, item: Item, place: int) -> int:
        kind = fixup.kind
        if kind in relocations.THROUGH_GOT or kind in relocations.THROUGH_TLS_GOT:
            thread = kind in relocations.THROUGH_TLS_GOT
            return evaluate(fixup.expression, lambda name: self.resolver.slot(name, thread_local=thread))
        value = self.resolver.value(fixup.expression, item.order, place)
        return value + self._thread_offset() if kind in relocations.THREAD_RELATIVE else value

    def _thread_offset(self) -> int:
        """Offset of the thread-local block from the thread pointer (ELF TLS, section 3.4)."""
        template = self._thread_local()
        if template is None:
            return 0
        header = THREAD_HEADER[self.builder.arch]
        return round_up(header, template.alignment) if header else -round_up(template.size, template.alignment)

    def _thread_local(self) -> ThreadLocalTemplate | None:
        sections = thread_local_sections(self.builder)
        if not sections:
            return None
        data = bytearray()
        for section in sections:
            if not section.zero_filled:
                data += bytes(section.address - len(data)) + section.data
        end = max(section.address + section.size for section in sections)
        return ThreadLocalTemplate(data=bytes(data), size=end, alignment=max(s.alignment for s in sections))

    # The result

    def image(self) -> ProgramImage:
        symbols = {symbol.name: symbol for symbol in symbol_table(self.builder, self.resolver)}
        entry = next((name for name in ("_start", "main") if name in symbols and symbols[name].section), None)
        return ProgramImage(
            arch=self.builder.arch,
            syntax=self.builder.first_syntax,
            segments=tuple(segments(self.builder)),
            symbols=symbols,
            entry=symbols[entry].address if entry else None,
            entry_symbol=entry,
            lines=tuple(sorted(line_table(self.builder), key=lambda entry: entry.address)),
            imports=self.resolver.imports,
            import_base=self.import_base,
            import_size=len(self.resolver.imports) * IMPORT_STRIDE,
            init_array=tuple(constructors(self.builder)),
            fini_array=tuple(destructors(self.builder)),
            thread_local=self._thread_local(),
            warnings=tuple(self.builder.warnings),
            unwind=tuple(self.builder.unwind),
        )


def _readable(name: str) -> str:
    """A name as the user wrote it: without the marks of ours."""
    return name.rpartition(":")[2].lstrip("\x01\x02\x03\x04\x05")
