"""Where everything lies: sizes to a fixed point, sections to segments, addresses of sections."""

from dataclasses import dataclass

from playground.assembly import limits
from playground.assembly.builder import Builder
from playground.assembly.encoding import Encoded
from playground.assembly.expressions import Expression, UndefinedSymbol
from playground.assembly.program import IMAGE_BASE
from playground.assembly.relaxation import Relaxation
from playground.assembly.resolver import Resolver
from playground.assembly.sections import Alignment, Fill, Item, Leb128, Origin, Section, padding

PAGE = 0x1000


@dataclass(frozen=True)
class SegmentPlan:
    """Which sections make one segment."""

    name: str
    writable: bool
    executable: bool
    zero_filled: bool


PLANS = (
    SegmentPlan("text", False, True, False),
    SegmentPlan("rodata", False, False, False),
    SegmentPlan("text+data", True, True, False),
    SegmentPlan("data", True, False, False),
    SegmentPlan("bss", True, False, True),
)
"""In memory order."""


def sections_of(builder: Builder, plan: SegmentPlan) -> list[Section]:
    """The segment's sections in the order of their first mention; thread-local ones are templates, not among them."""
    return [
        section
        for section in builder.sections.values()
        if section.allocated
        and not section.thread_local
        and (section.writable, section.executable) == (plan.writable, plan.executable)
        and is_zero_filled(section) == plan.zero_filled
    ]


def is_zero_filled(section: Section) -> bool:
    """True for .bss and its like: no bytes are kept. Odd ones (zero-filled but read-only or executable) are data."""
    return section.zero_filled and section.writable and not section.executable


def thread_local_sections(builder: Builder) -> list[Section]:
    """.tdata and its like, then .tbss (System V gABI, PT_TLS)."""
    found = [section for section in builder.sections.values() if section.thread_local]
    return sorted(found, key=lambda section: section.zero_filled)


def round_up(value: int, boundary: int) -> int:
    return -(-value // boundary) * boundary


class Layout:
    """Finds the fixed point: short jumps that do not reach grow, everything else follows."""

    def __init__(self, builder: Builder, resolver: Resolver) -> None:
        self.builder = builder
        self.resolver = resolver
        self.end = IMAGE_BASE
        """The first page behind the image."""
        self._leb_sizes: dict[int, int] = {}

    def arrange(self) -> None:
        """Gives every item its offset, every section its size and address.

        Raises:
            LimitReached: sizes that do not settle, or too much memory.
        """
        relaxation = Relaxation(self.builder, self.resolver)
        for _ in range(limits.LAYOUT_PASSES):
            moved = [self._measure(section) for section in self.builder.sections.values()]
            self._place()
            self.resolver.moved()
            if not relaxation.grow() and not any(moved):
                return
        raise limits.LimitReached("the sizes of this file's items depend on each other without end")

    def _place(self) -> None:
        address = IMAGE_BASE
        for plan in PLANS:
            for section in sections_of(self.builder, plan):
                section.address = round_up(address, section.alignment)
                address = section.address + section.size
            address = round_up(address, PAGE)
        self.end = address
        offset = 0
        for section in thread_local_sections(self.builder):
            section.address = round_up(offset, section.alignment)
            offset = section.address + section.size

    def _measure(self, section: Section) -> bool:
        """Gives the items their offsets; True when any of them moved."""
        offset, moved = 0, False
        for subsection in section.ordered():
            offsets = []
            for item in subsection.items:
                offsets.append(offset)
                payload = item.payload
                offset += len(payload.data) if type(payload) is Encoded else self._size(item, section, offset)
            offsets.append(offset)
            moved |= offsets != subsection.offsets
            subsection.offsets = offsets
        section.size = offset
        if offset > limits.SECTION_BYTES:
            raise limits.LimitReached(f"section {section.name} passes the limit of {limits.SECTION_BYTES >> 20} MiB")
        return moved

    def _size(self, item: Item, section: Section, offset: int) -> int:
        payload = item.payload
        place = section.address + offset
        if isinstance(payload, Alignment):
            return padding(payload, offset)
        if isinstance(payload, Fill):
            return max(0, self._value(payload.count, item, place)) * len(payload.unit)
        if isinstance(payload, Leb128):
            size = len(leb128_bytes(self._value(payload.value, item, place), payload.is_signed))
            size = self._leb_sizes[id(item)] = max(size, self._leb_sizes.get(id(item), 1))
            return size
        if isinstance(payload, Origin):
            return max(
                0, origin_offset(payload, self._value(payload.target, item, place), section, self.builder) - offset
            )
        return 0

    def _value(self, expression: Expression | int, item: Item, place: int) -> int:
        if isinstance(expression, int):
            return expression
        try:
            return self.resolver.value(expression, item.order, place)
        except (UndefinedSymbol, IndexError):
            return 0


def origin_offset(origin: Origin, value: int, section: Section, builder: Builder) -> int:
    """``.org``'s target as an offset in the section: an absolute value is one, a label has an address."""
    absolute = builder.value_now(origin.target)
    return value if absolute is not None else value - section.address


def leb128_bytes(value: int, is_signed: bool, size: int = 1) -> bytes:
    """The encoding in at least `size` bytes (DWARF 5, 7.6)."""
    if not is_signed:
        value &= (1 << 64) - 1
    result = bytearray()
    while True:
        byte, value = value & 0x7F, value >> 7
        done = (value == 0 and (not is_signed or not byte & 0x40)) or (is_signed and value == -1 and bool(byte & 0x40))
        if done and len(result) + 1 >= size:
            return bytes([*result, byte])
        result.append(byte | 0x80)
