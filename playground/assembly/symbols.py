"""The symbol table while a file is read: labels, assignments, commons, numeric labels."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from playground.assembly.expressions import Expression
from playground.assembly.sections import Subsection


@dataclass(frozen=True, slots=True)
class Label:
    """A place: before the item `index` of a subsection."""

    subsection: Subsection
    index: int


@dataclass(frozen=True, slots=True)
class Common:
    """``.comm``: storage that the linker allocates in .bss."""

    size: int
    alignment: int


@dataclass(slots=True)
class SymbolRecord:
    """All that the file says of one name."""

    name: str
    definition: Label | Expression | Common | None = None
    line: int = 0
    """Line of the definition, else of the first mention."""
    binding: str = "local"
    kind: str = "notype"
    size: Expression | None = None
    hidden: bool = False
    declared_local: bool = False
    """``.local`` was seen: a later ``.comm`` does not make it global."""

    @property
    def is_label(self) -> bool:
        return isinstance(self.definition, Label)


@dataclass
class NumericLabels:
    """``1:`` … and what ``1b`` and ``1f`` mean at each statement (as.info, "Symbol Names")."""

    places: dict[str, tuple[list[int], list[Label]]] = field(default_factory=dict)

    def define(self, digits: str, order: int, label: Label) -> None:
        orders, labels = self.places.setdefault(str(int(digits)), ([], []))
        orders.append(order)
        labels.append(label)

    def find(self, name: str, order: int) -> Label | None:
        """The label that `name` (``1b``, ``2f``) means for the statement `order`."""
        orders, labels = self.places.get(str(int(name[:-1])), ([], []))
        if name[-1] == "b":
            found = bisect_right(orders, order) - 1
            return labels[found] if found >= 0 else None
        found = bisect_left(orders, order + 1)
        return labels[found] if found < len(labels) else None
