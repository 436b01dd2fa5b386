"""The wall between the assembler's core and the two instruction encoders.

An encoder turns instruction statements into bytes *independently of where they will lie*: a symbol's place in the bytes
is left zero (or a sentinel) and described by a Fixup, which the core applies after layout. So a distinct instruction
text is encoded once per process and cached, and Keystone never sees a symbol.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from playground.assembly.expressions import Expression
from playground.assembly.program import Diagnostic, Gap


class FixupKind(Enum):
    """How a value is put into the bytes. Named after the ELF relocation that GNU as would emit for the same field.

    S symbol, A addend, P place (address of the field), GOT slot address, TP thread pointer offset.
    x86-64: psABI table 4.9. aarch64: ELF for the Arm 64-bit Architecture (IHI 0056), 5.7.
    """

    # data and x86-64 fields (little endian, `size` bytes)
    ABS8 = "abs8"
    ABS16 = "abs16"
    ABS32 = "abs32"
    """32 bits, signed or unsigned both accepted (data directives)."""
    ABS32_SIGNED = "abs32s"
    """Sign-extended by the processor: must fit in int32 (x86 disp32, imm32 of a 64-bit operation)."""
    ABS64 = "abs64"
    PC8 = "pc8"
    PC16 = "pc16"
    PC32 = "pc32"
    """S + A - P - `trailing`, where `trailing` counts the bytes from the field to the instruction's end."""
    PC64 = "pc64"
    GOT_PC32 = "gotpcrel"
    TPOFF32 = "tpoff32"
    TPOFF64 = "tpoff64"
    """A slot of the global offset table that holds a thread-local symbol's offset."""
    GOT_TPOFF_PC32 = "gottpoff"
    TLSGD = "tlsgd"
    """The lea of a padded call of __tls_get_addr; see `thread_sequences`."""
    TLSLD = "tlsld"
    # aarch64 instruction fields (within one little-endian 32-bit word)
    CALL26 = "call26"
    """b, bl"""
    CONDBR19 = "condbr19"
    """b.cond, cbz, cbnz"""
    TSTBR14 = "tstbr14"
    LD_PREL19 = "ld_prel19"
    """ldr literal"""
    ADR_PREL21 = "adr_prel21"
    ADR_PREL_PG_HI21 = "adr_prel_pg_hi21"
    ADD_ABS_LO12 = "add_abs_lo12"
    LDST_ABS_LO12 = "ldst_abs_lo12"
    """Scaled by the access size, `scale` = log2 of it."""
    GOT_ADR_PAGE = "adr_got_page"
    GOT_LD_PREL19 = "got_ld_prel19"
    """ldr literal from a slot (the tiny code model)."""
    TLSIE_LD_PREL19 = "tlsie_ld_gottprel_prel19"
    GOT_LD64_LO12 = "ld64_got_lo12"
    MOVW_ABS = "movw_abs"
    """16 bits from bit `shift`; `checked` unless the operator ends in _nc."""
    MOVW_SABS = "movw_sabs"
    """The same for a signed value: a negative one makes the instruction a movn."""
    MOVW_PREL = "movw_prel"
    """As MOVW_SABS, for the distance from the instruction."""
    TLSLE_MOVW = "tlsle_movw_tprel"
    """16 bits, from bit `shift`, of a thread-local symbol's offset from the thread pointer."""
    TLSLE_ADD_HI12 = "tlsle_add_tprel_hi12"
    TLSLE_ADD_LO12 = "tlsle_add_tprel_lo12"
    TLSLE_LDST_LO12 = "tlsle_ldst_tprel_lo12"
    """Scaled, as LDST_ABS_LO12."""
    TLSIE_ADR_PAGE = "tlsie_adr_gottprel_page21"
    TLSIE_LD64_LO12 = "tlsie_ld64_gottprel_lo12"
    IMM12 = "imm12"
    """An absolute expression in an add/sub immediate that was not yet known."""
    LDST_IMM12 = "ldst_imm12"
    """The same in a load's or store's unsigned offset, scaled by `scale`."""


@dataclass(frozen=True)
class Fixup:
    """One field to fill in once addresses are known."""

    offset: int
    """Bytes from the start of the instruction or data item."""
    kind: FixupKind
    expression: Expression
    trailing: int = 0
    """PC-relative x86 fields: bytes from the field's start to the end of the instruction."""
    shift: int = 0
    """MOVW_ABS: 0, 16, 32, 48. LDST_ABS_LO12: log2 of the access size."""
    checked: bool = True


@dataclass(frozen=True)
class Encoded:
    """One instruction's bytes."""

    data: bytes
    fixups: tuple[Fixup, ...] = ()
    longer: "Encoded | None" = None
    """The next wider form of a relaxable jump (x86 rel8 -> rel32); the core starts with the short one and grows to a
    fixed point, as GNU as does."""


@dataclass(frozen=True)
class LiteralLoad:
    """``ldr reg, =expression``: the core puts the value into a literal pool and fills `encoded`'s LD_PREL19 field."""

    encoded: Encoded
    expression: Expression
    size: int
    """Bytes of the pool entry: 4, 8 or 16."""


@dataclass(frozen=True)
class InstructionStatement:
    """One instruction as the core cut it out: comments gone, macros expanded, labels and directives taken off."""

    mnemonic: str
    """Lower case, with its suffixes; prefixes (``rep``, ``lock``) come in front in `operands` order as written."""
    operands: str
    """Everything behind the mnemonic, trimmed, as written."""
    line: int
    column: int
    """Column of the mnemonic in the source line."""
    operands_column: int
    address_symbol: str = ""
    """The name that stands for this statement's own address (what ``.`` and ``$`` mean): the core gives ``.`` itself,
    so that equal texts encode alike."""


EncodeOutcome = Encoded | LiteralLoad | Diagnostic | Gap


class InstructionEncoder(Protocol):
    """An architecture's instruction encoder. Never raises for bad input: that is a Diagnostic or a Gap."""

    def encode(self, statements: Sequence[InstructionStatement], constants: "ConstantLookup") -> list[EncodeOutcome]:
        """One outcome per statement, in order. Calls Keystone once per block and falls back to single statements."""
        ...


class ConstantLookup(Protocol):
    """What the core knows of ``.set`` / ``equ`` constants, macros' leftovers and register aliases when it encodes."""

    def constant(self, name: str) -> int | None:
        """The value of an absolute symbol that is already defined, else None (then the encoder leaves a Fixup)."""
        ...

    def is_local_label(self, name: str) -> bool:
        """True when the file defines `name` as a label (then it is no register or size keyword that was misspelt)."""
        ...
