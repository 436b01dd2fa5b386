"""The C types that are covered, LP64 (System V psABI AMD64 3.1.2, AAPCS64 5.1; the two agree)."""

from dataclasses import dataclass


class Unsupported(Exception):
    """The source uses something that is not covered; the message names it."""


@dataclass(frozen=True)
class Integer:
    """An integer type of `size` bytes."""

    size: int
    signed: bool
    is_boolean: bool = False


@dataclass(frozen=True)
class Real:
    """``float`` (4) or ``double`` (8)."""

    size: int


@dataclass(frozen=True)
class Void:
    """``void``."""

    size: int = 1


@dataclass(frozen=True)
class Pointer:
    """A pointer to `to`."""

    to: "Type"
    size: int = 8


@dataclass(frozen=True)
class Array:
    """`count` elements of `of`; a count of 0 is taken from the initialiser."""

    of: "Type"
    count: int

    @property
    def size(self) -> int:
        return self.of.size * self.count


@dataclass(frozen=True)
class Field:
    """A member, `offset` bytes from the structure's start."""

    name: str
    type: "Type"
    offset: int


@dataclass(frozen=True)
class Structure:
    """A structure with its members laid out."""

    name: str
    fields: tuple[Field, ...]
    size: int
    align: int


Type = Integer | Real | Void | Pointer | Array | Structure

BOOL = Integer(1, False, is_boolean=True)
CHAR, INT, UNSIGNED, LONG, UNSIGNED_LONG = (
    Integer(1, True), Integer(4, True), Integer(4, False), Integer(8, True), Integer(8, False),
)  # fmt: skip
FLOAT, DOUBLE, VOID = Real(4), Real(8), Void()


def align_of(type_: Type) -> int:
    """The alignment in bytes."""
    if isinstance(type_, Structure):
        return type_.align
    return align_of(type_.of) if isinstance(type_, Array) else type_.size


def round_up(value: int, to: int) -> int:
    """The least multiple of `to` that is not below `value`."""
    return -(-value // to) * to


def laid_out(name: str, members: list[tuple[str, Type]]) -> Structure:
    """A structure whose members each stand at the next offset that suits them."""
    fields: list[Field] = []
    offset, largest = 0, 1
    for member, type_ in members:
        align = align_of(type_)
        offset, largest = round_up(offset, align), max(largest, align)
        fields.append(Field(member, type_, offset))
        offset += type_.size
    return Structure(name, tuple(fields), round_up(offset, largest), largest)


def promoted(type_: Type) -> Type:
    """The integer promotions (C11 6.3.1.1)."""
    return INT if isinstance(type_, Integer) and type_.size < INT.size else type_


def common(left: Type, right: Type) -> Type:
    """The usual arithmetic conversions (C11 6.3.1.8)."""
    if isinstance(left, Real) or isinstance(right, Real):
        return Real(max(type_.size for type_ in (left, right) if isinstance(type_, Real)))
    left, right = promoted(left), promoted(right)
    if not isinstance(left, Integer) or not isinstance(right, Integer):
        raise Unsupported(f"arithmetic on {left} and {right}")
    if left.size != right.size:
        return left if left.size > right.size else right
    return Integer(left.size, left.signed and right.signed)


def decayed(type_: Type) -> Type:
    """An array as the pointer to its first element."""
    return Pointer(type_.of) if isinstance(type_, Array) else type_
