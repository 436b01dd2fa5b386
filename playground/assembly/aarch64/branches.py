"""Instructions whose operand is a place: branches, adr, adrp, ldr literal. Encoded here (Arm ARM C6.2)."""

from collections.abc import Callable

from playground.assembly.aarch64.fields import general
from playground.assembly.aarch64.operands import Operand, Relocated
from playground.assembly.aarch64.problems import NotSupported, Rejected
from playground.assembly.encoding import Encoded, Fixup, FixupKind, LiteralLoad
from playground.assembly.expressions import Expression, Number
from playground.assembly.words import word_set

CONDITIONS = {
    name: number
    for number, names in enumerate(
        ["eq", "ne", "cs hs", "cc lo", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al", "nv"]
    )
    for name in names.split()
}
"""Condition codes (Arm ARM C1.2.4); hs and lo are other names of cs and cc."""


def word(value: int, *fixups: Fixup) -> Encoded:
    """One instruction word."""
    return Encoded(value.to_bytes(4, "little"), fixups)


def target(operand: Operand, operators: tuple[str, ...] = ()) -> Relocated:
    """The place that an operand names, with one of the relocation operators allowed for it.

    Raises:
        Rejected: a register or another operator.
    """
    if operand.symbol is not None and operand.kind == "symbol":
        if operand.symbol.operator and operand.symbol.operator not in operators:
            raise_operator(operand.symbol.operator, operand)
        return operand.symbol
    if operand.kind == "immediate":
        return Relocated("", Number(operand.value))
    hint = "a branch to an address in a register is br, a call blr" if operand.kind == "register" else ""
    raise Rejected(f"expected a label, got {operand.source!r}", operand.source, hint, operand.offset)


DYNAMIC_THREAD = frozenset({"tlsdesc", "tlsgd"})
"""Operators of the general-dynamic models of thread-local storage."""

LACKING_OPERATORS = word_set(
    """
    tlsldm tlsldm_lo12_nc dtprel_lo12 dtprel_hi12 dtprel_lo12_nc dtprel_g0 dtprel_g0_nc dtprel_g1 dtprel_g1_nc
    dtprel_g2 gottprel_g0_nc gottprel_g1 gotpage_lo14 gotpage_lo15 tlsdesc_off_g1 tlsdesc_off_g0_nc tlsgd_g1
    tlsgd_g0_nc gotoff_g0_nc gotoff_g1 gotoff_lo15
    """
)
"""Relocation operators of GNU as that are valid and not supported here."""


def raise_operator(operator: str, operand: Operand) -> None:
    """A relocation operator that does not fit here.

    Raises:
        NotSupported, Rejected: always one of the two.
    """
    if operator in LACKING_OPERATORS or operator in DYNAMIC_THREAD:
        raise NotSupported(f":{operator}:", f"not supported: the relocation operator :{operator}:")
    hint = f"adrp takes the symbol alone; :{operator}: goes into the add, or the brackets of the load, behind it"
    raise Rejected(f"the relocation operator :{operator}: does not fit here", f":{operator}:", hint, operand.offset)


def _branch(opcode: int) -> Callable[[list[Operand]], Encoded]:
    def encode(operands: list[Operand]) -> Encoded:
        expect(operands, 1)
        return word(opcode, Fixup(0, FixupKind.CALL26, target(operands[0]).expression))

    return encode


def _conditional(condition: int) -> Callable[[list[Operand]], Encoded]:
    def encode(operands: list[Operand]) -> Encoded:
        expect(operands, 1)
        return word(0x54000000 | condition, Fixup(0, FixupKind.CONDBR19, target(operands[0]).expression))

    return encode


def _compare(opcode: int) -> Callable[[list[Operand]], Encoded]:
    """cbz and cbnz"""

    def encode(operands: list[Operand]) -> Encoded:
        expect(operands, 2)
        number, wide = general(operands[0])
        return word(opcode | wide << 31 | number, Fixup(0, FixupKind.CONDBR19, target(operands[1]).expression))

    return encode


def _test(opcode: int) -> Callable[[list[Operand]], Encoded]:
    """tbz and tbnz: the bit number is b5:b40."""

    def encode(operands: list[Operand]) -> Encoded:
        expect(operands, 3)
        number, wide = general(operands[0])
        bit = operands[1]
        if bit.kind != "immediate" or not 0 <= bit.value < (64 if wide else 32):
            message = f"bit number {bit.source} is not between 0 and {63 if wide else 31}"
            raise Rejected(message, bit.source, offset=bit.offset)
        value = opcode | bit.value >> 5 << 31 | (bit.value & 31) << 19 | number
        return word(value, Fixup(0, FixupKind.TSTBR14, target(operands[2]).expression))

    return encode


def _address(operands: list[Operand]) -> Encoded:
    """adr"""
    expect(operands, 2)
    number, _ = _wide(operands[0])
    return word(0x10000000 | number, Fixup(0, FixupKind.ADR_PREL21, target(operands[1]).expression))


PAGE_KINDS = {
    "": FixupKind.ADR_PREL_PG_HI21,
    "pg_hi21": FixupKind.ADR_PREL_PG_HI21,
    "pg_hi21_nc": FixupKind.ADR_PREL_PG_HI21,
    "got": FixupKind.GOT_ADR_PAGE,
    "gottprel": FixupKind.TLSIE_ADR_PAGE,
}


def _page_address(operands: list[Operand]) -> Encoded:
    """adrp; of a thread-local descriptor the first half of its offset instead, see `low_parts`."""
    expect(operands, 2)
    number, _ = _wide(operands[0])
    place = target(operands[1], (*PAGE_KINDS, *DYNAMIC_THREAD))
    if place.operator in DYNAMIC_THREAD:
        return word(0xD2A00000 | number, Fixup(0, FixupKind.TLSLE_MOVW, place.expression, shift=16))
    return word(0x90000000 | number, Fixup(0, PAGE_KINDS[place.operator], place.expression))


def _wide(operand: Operand) -> tuple[int, int]:
    number, wide = general(operand)
    if not wide:
        raise Rejected(f"expected a 64-bit register, got {operand.source!r}", operand.source, offset=operand.offset)
    return number, wide


def expect(operands: list[Operand], count: int) -> None:
    """Rejects another number of operands."""
    if len(operands) != count:
        raise Rejected(f"expected {count} operand{'s' if count > 1 else ''}, got {len(operands)}")


PLACES: dict[str, Callable[[list[Operand]], Encoded]] = {
    "b": _branch(0x14000000),
    "bl": _branch(0x94000000),
    "cbz": _compare(0x34000000),
    "cbnz": _compare(0x35000000),
    "tbz": _test(0x36000000),
    "tbnz": _test(0x37000000),
    "adr": _address,
    "adrp": _page_address,
    **{f"b.{name}": _conditional(number) for name, number in CONDITIONS.items()},
    **{f"b{name}": _conditional(number) for name, number in CONDITIONS.items() if name not in ("al", "nv")},
}
"""By mnemonic. ``beq`` and its like are GNU's other spellings; ``bal`` is none (GNU as rejects it)."""

_LITERAL = {("ldr", "w"): 0x18000000, ("ldr", "x"): 0x58000000, ("ldrsw", "x"): 0x98000000}
_LITERAL_VECTOR = {"s": 0x1C000000, "d": 0x5C000000, "q": 0x9C000000}
_LITERAL_SIZES = {"w": 4, "x": 8, "s": 4, "d": 8, "q": 16}


LITERAL_KINDS = {
    "": FixupKind.LD_PREL19,
    "got": FixupKind.GOT_LD_PREL19,
    "gottprel": FixupKind.TLSIE_LD_PREL19,
}


def load_literal(mnemonic: str, register: Operand, place: Expression, operator: str = "") -> Encoded:
    """``ldr register, place`` (Arm ARM C6.2.132, C7.2.177), or from the slot that a relocation operator names.

    Raises:
        Rejected: no such register.
    """
    letter = register.text[0]
    opcode = _LITERAL_VECTOR.get(letter) if mnemonic == "ldr" and register.text not in ("sp", "wsp") else None
    number = int(register.text[1:]) if opcode is not None else 0
    if opcode is None:
        number, wide = general(register)
        opcode = _LITERAL.get((mnemonic, "x" if wide else "w"))
    if opcode is None:
        raise Rejected(
            f"{mnemonic} cannot load a literal into {register.source!r}", register.source, offset=register.offset
        )
    return word(opcode | number, Fixup(0, LITERAL_KINDS[operator], place))


def pooled_literal(mnemonic: str, register: Operand, value: Expression) -> LiteralLoad:
    """``ldr register, =value``: GNU as always uses the literal pool."""
    size = 4 if mnemonic == "ldrsw" else _LITERAL_SIZES.get("x" if register.text == "xzr" else register.text[0], 8)
    return LiteralLoad(load_literal(mnemonic, register, value), value, size)
