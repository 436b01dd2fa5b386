"""Short jumps that do not reach become long ones, in the order and with the look-ahead of GNU as (gas/write.c).

The order matters where alignment lies between a jump and its target: padding shrinks when code in front of it grows,
so that a jump which seems too far may reach in the end. relax_frag carries a *stretch* along: how far the present place
has moved in this pass; a target that is still ahead moves alike, unless alignment in between may take that up.
"""

from bisect import bisect_left
from dataclasses import dataclass, field

from playground.assembly.builder import Builder
from playground.assembly.encoding import Encoded
from playground.assembly.expressions import UndefinedSymbol, references
from playground.assembly.resolver import Resolver
from playground.assembly.sections import Alignment, Item, Origin, Section, Subsection, padding
from playground.assembly.symbols import Label


@dataclass(slots=True)
class _Variable:
    """An item whose size is not settled: a short jump, alignment, or ``.org``."""

    item: Item
    subsection: Subsection
    index: int
    position: int
    """Among all items of the section."""
    target: Label | None = None
    addend: int = 0


@dataclass
class SectionRelaxation:
    """The jumps of one section."""

    section: Section
    variables: list[_Variable] = field(default_factory=list)
    bases: dict[Subsection, int] = field(default_factory=dict)
    """Position of each subsection's first item."""
    edges: list[int] = field(default_factory=list)
    """Positions of alignments and origins: movement may end there."""

    def grow(self) -> bool:
        """One pass over the jumps; True when one became long."""
        stretch, grown = 0, False
        positions: list[int] = []
        stretches: list[int] = []
        for variable in self.variables:
            payload, offsets = variable.item.payload, variable.subsection.offsets
            here = offsets[variable.index] + stretch
            if type(payload) is Encoded and payload.longer is not None:
                if not self._reaches(variable, payload, here, stretch, positions, stretches):
                    variable.item.payload = payload.longer
                    stretch += len(payload.longer.data) - len(payload.data)
                    grown = True
            elif isinstance(payload, Alignment):
                stretch += padding(payload, here) - (offsets[variable.index + 1] - offsets[variable.index])
            positions.append(variable.position)
            stretches.append(stretch)
        return grown

    def _reaches(
        self, jump: _Variable, payload: Encoded, here: int, stretch: int, positions: list[int], stretches: list[int]
    ) -> bool:
        if jump.target is None:
            return True
        target = jump.target.subsection.offsets[jump.target.index] + jump.addend
        place = self.bases[jump.target.subsection] + jump.target.index
        if place > jump.position:
            same_region = bisect_left(self.edges, place) == bisect_left(self.edges, jump.position)
            if stretch < 0 or same_region:
                target += stretch
            elif target < here:
                return True
        elif before := bisect_left(positions, place):
            target += stretches[before - 1]
        return -128 <= target - here - len(payload.data) <= 127


class Relaxation:
    """All short jumps of a program. Making it turns those into long ones that must be, whatever the distance."""

    def __init__(self, builder: Builder, resolver: Resolver) -> None:
        self._builder = builder
        self._resolver = resolver
        self._sections = [found for section in builder.sections.values() if (found := self._collect(section)).variables]

    def grow(self) -> bool:
        """One pass; True when a jump became long."""
        grown = [section.grow() for section in self._sections]
        return any(grown)

    def _collect(self, section: Section) -> SectionRelaxation:
        found = SectionRelaxation(section)
        position, has_jumps = 0, False
        for subsection in section.ordered():
            found.bases[subsection] = position
            for index, item in enumerate(subsection.items):
                payload = item.payload
                if type(payload) is Encoded:
                    if payload.longer is not None:
                        has_jumps |= self._note_jump(found, payload, _Variable(item, subsection, index, position))
                elif isinstance(payload, Alignment | Origin):
                    found.variables.append(_Variable(item, subsection, index, position))
                    found.edges.append(position)
                position += 1
        return found if has_jumps else SectionRelaxation(section)

    def _note_jump(self, found: SectionRelaxation, payload: Encoded, variable: _Variable) -> bool:
        """Local symbols of the same section may be near: others are the linker's, so GNU as makes the jump long."""
        target = self._target(payload, variable, found.section)
        if target is None:
            variable.item.payload = payload.longer or payload
            return False
        variable.target, variable.addend = target
        found.variables.append(variable)
        return True

    def _target(self, payload: Encoded, variable: _Variable, section: Section) -> tuple[Label, int] | None:
        """The label jumped to and the number added to it; None when it is not certain that it is near."""
        expression = payload.fixups[0].expression
        names = [reference.name for reference in references(expression)]
        if len(names) != 1:
            return None
        (name,) = names
        record = self._builder.symbols.get(name)
        if record is not None and record.binding != "local":
            return None
        here = Label(variable.subsection, variable.index)
        try:
            label = here if name == "." else self._resolver.label_of(name, variable.item.order)
            addend = self._resolver.offset_from(expression)
        except UndefinedSymbol:
            return None
        if label is None or addend is None or label.subsection.section is not section:
            return None
        return label, addend
