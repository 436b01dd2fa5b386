"""C types as a prototype names them: LP64 sizes (System V psABI AMD64 3.1.2, AAPCS64 5.1; the two agree)."""

from dataclasses import dataclass

POINTER_BYTES = 8


@dataclass(frozen=True, kw_only=True)
class Field:
    """One member of a structure: `offset` in bytes from its start."""

    name: str
    type: "CType"
    offset: int


@dataclass(frozen=True, kw_only=True)
class CType:
    """An LP64 C type.

    Plain ``char`` is given as signed, as on x86-64; the AAPCS64 makes it unsigned, so compare characters modulo 256.
    """

    kind: str
    """``integer``, ``float``, ``pointer`` or ``void``."""
    size: int
    """Bytes; 0 for void."""
    signed: bool = False
    spelling: str = ""
    """As a person writes it: ``unsigned long``, ``const char *``."""
    pointee: "CType | None" = None
    """What a pointer points at. ``void`` and structures are pointed at as bytes (an integer type of size 1)."""
    fields: tuple[Field, ...] = ()
    """Of a pointee that is a structure: its members, in order."""
    structure_bytes: int = 0
    """Of a pointee that is a structure: its size with padding; 0 for any other type."""
    is_boolean: bool = False
    """``_Bool``: converting to it gives 0 or 1."""

    @property
    def is_string(self) -> bool:
        """True for ``char *``: its text arguments are NUL-terminated strings."""
        return self.pointee is not None and self.pointee.spelling == "char"

    @property
    def range(self) -> tuple[int, int]:
        """Lowest and highest value of an integer type."""
        bits = 8 * self.size
        if self.is_boolean:
            return 0, 1
        return (-(1 << bits - 1), (1 << bits - 1) - 1) if self.signed else (0, (1 << bits) - 1)

    def wrap(self, value: int) -> int:
        """`value` converted to this integer type, modulo 2**bits (C11 6.3.1.3, as gcc does for signed types)."""
        if self.is_boolean:
            return int(value != 0)
        bits = 8 * self.size
        value &= (1 << bits) - 1
        return value - (1 << bits) if self.signed and value >> (bits - 1) else value


def integer(spelling: str, size: int, *, signed: bool) -> CType:
    """An integer type of `size` bytes."""
    return CType(kind="integer", size=size, signed=signed, spelling=spelling)


VOID = CType(kind="void", size=0, spelling="void")
FLOAT = CType(kind="float", size=4, signed=True, spelling="float")
DOUBLE = CType(kind="float", size=8, signed=True, spelling="double")
BOOL = CType(kind="integer", size=1, signed=False, spelling="bool", is_boolean=True)

_CHAR = integer("char", 1, signed=True)
_INTEGER_WORDS: dict[tuple[str, ...], CType] = {
    ("char",): _CHAR,
    ("char", "signed"): integer("signed char", 1, signed=True),
    ("char", "unsigned"): integer("unsigned char", 1, signed=False),
    ("short",): integer("short", 2, signed=True),
    ("short", "unsigned"): integer("unsigned short", 2, signed=False),
    (): integer("int", 4, signed=True),
    ("unsigned",): integer("unsigned int", 4, signed=False),
    ("long",): integer("long", 8, signed=True),
    ("long", "unsigned"): integer("unsigned long", 8, signed=False),
    ("long", "long"): integer("long long", 8, signed=True),
    ("long", "long", "unsigned"): integer("unsigned long long", 8, signed=False),
}
"""Keyed by the sorted type words, ``int`` and (but for char) ``signed`` left out: C11 6.7.2."""

BASE_WORDS = frozenset(
    {"void", "char", "short", "int", "long", "signed", "unsigned", "float", "double", "_Bool", "bool", "__signed__"}
)


def type_of_words(words: tuple[str, ...]) -> CType | None:
    """The type that a multiset of keywords names in any order (``long unsigned int``); None when there is none."""
    named = sorted("signed" if word == "__signed__" else word for word in words)
    single: dict[tuple[str, ...], CType] = {
        ("void",): VOID,
        ("float",): FLOAT,
        ("double",): DOUBLE,
        ("_Bool",): BOOL,
        ("bool",): BOOL,
    }
    if tuple(named) in single:
        return single[tuple(named)]
    if not set(named) <= {"char", "short", "int", "long", "signed", "unsigned"} or not named:
        return None
    if max(named.count(word) for word in ("char", "short", "int", "signed", "unsigned")) > 1:
        return None
    if {"signed", "unsigned"} <= set(named) or {"char", "int"} <= set(named):
        return None
    dropped = {"int"} if "char" in named else {"int", "signed"}
    return _INTEGER_WORDS.get(tuple(word for word in named if word not in dropped))


def _standard_names() -> dict[str, CType]:
    """<stdint.h>, <stddef.h>, <sys/types.h>, <uchar.h> on LP64 Linux (glibc's bits/typesizes.h)."""
    sizes = {"8": 1, "16": 2, "32": 4, "64": 8, "ptr": 8, "max": 8}
    names = {f"{sign}int{width}_t": (size, sign == "") for width, size in sizes.items() for sign in ("", "u")}
    for width in ("8", "16", "32", "64"):
        for sign in ("", "u"):
            names[f"{sign}int_least{width}_t"] = (sizes[width], sign == "")
            names[f"{sign}int_fast{width}_t"] = (1 if width == "8" else 8, sign == "")
            names[f"u_int{width}_t"] = (sizes[width], False)
    names |= {"size_t": (8, False), "ssize_t": (8, True), "ptrdiff_t": (8, True), "off_t": (8, True)}
    names |= {"time_t": (8, True), "char16_t": (2, False), "char32_t": (4, False), "wchar_t": (4, True)}
    names |= {"uchar": (1, False), "ushort": (2, False), "uint": (4, False), "ulong": (8, False)}
    return {name: integer(name, size, signed=signed) for name, (size, signed) in names.items()}


STANDARD_NAMES = _standard_names()


def pointer_to(pointee: CType, *, const: bool = False) -> CType:
    """The pointer type; a pointee ``void`` is seen as bytes."""
    spelling = f"{'const ' if const else ''}{pointee.spelling} *".replace("* *", "**")
    target = integer("void", 1, signed=False) if pointee.kind == "void" else pointee
    return CType(kind="pointer", size=POINTER_BYTES, spelling=spelling, pointee=target)
