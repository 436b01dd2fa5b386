"""Instructions of the extensions that Keystone lacks: one row each, encoded here.

A row is ``opcode`` and where each operand goes: ``5:x`` a 64-bit register at bit 5, ``0:v4s`` a vector ``v0.4s`` at
bit 0, ``5:[x]`` an address without offset, ``12:#4`` a 4-bit number at bit 12. Sections are the Arm ARM's (DDI 0487).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from playground.assembly.aarch64.operands import Operand
from playground.assembly.words import word_set


@dataclass(frozen=True, slots=True)
class Row:
    """One encodable form of a mnemonic."""

    opcode: int
    fields: tuple[tuple[int, str], ...]
    """Bit position and operand shape, in the order of the operands."""


def _row(opcode: int, fields: str) -> Row:
    pairs = (field.split(":") for field in fields.split())
    return Row(opcode, tuple((int(bit), shape) for bit, shape in pairs))


_ATOMIC = {"add": 0, "clr": 1, "eor": 2, "set": 3, "smax": 4, "smin": 5, "umax": 6, "umin": 7}
_ORDERS = {"": 0, "a": 2, "l": 1, "al": 3}
"""Acquire is bit 1, release bit 0."""
_WIDTHS = (("b", 0, "w"), ("h", 1, "w"), ("", 2, "w"), ("", 3, "x"))
"""Suffix, size field, register."""


def _atomics() -> Iterator[tuple[str, Row]]:
    """FEAT_LSE: LDADD … SWP, CAS, CASP (C6.2.47, C6.2.48, C6.2.115, C6.2.348)."""
    for suffix, size, r in _WIDTHS:
        for order, bits in _ORDERS.items():
            base = 0x38200000 | size << 30 | bits << 22
            for name, operation in _ATOMIC.items():
                yield f"ld{name}{order}{suffix}", _row(base | operation << 12, f"16:{r} 0:{r} 5:[x]")
                if not bits & 2:
                    yield f"st{name}{order}{suffix}", _row(base | operation << 12 | 31, f"16:{r} 5:[x]")
            yield f"swp{order}{suffix}", _row(base | 0x8000, f"16:{r} 0:{r} 5:[x]")
            ordered = 0x7C00 | size << 30 | (bits & 2) << 21 | (bits & 1) << 15
            yield f"cas{order}{suffix}", _row(0x08A00000 | ordered, f"16:{r} 0:{r} 5:[x]")
            if size >= 2:
                pair = 0x08200000 | ordered & ~(1 << 31) if size == 2 else 0x48200000 | ordered & 0x3FFFFFFF
                yield f"casp{order}", _row(pair & ~(1 << 31), f"16:even-{r} 16:next-{r} 0:even-{r} 0:next-{r} 5:[x]")


def _ordered_loads() -> Iterator[tuple[str, Row]]:
    """FEAT_LRCPC, FEAT_LRCPC2, FEAT_LOR (C6.2.116 LDAPR to C6.2.122, C6.2.145 LDLAR, C6.2.307 STLLR)."""
    for suffix, size, r in _WIDTHS:
        yield f"ldapr{suffix}", _row(0x38BFC000 | size << 30, f"0:{r} 5:[x]")
        yield f"ldlar{suffix}", _row(0x08DF7C00 | size << 30, f"0:{r} 5:[x]")
        yield f"stllr{suffix}", _row(0x089F7C00 | size << 30, f"0:{r} 5:[x]")
        yield f"ldapur{suffix}", _row(0x19400000 | size << 30, f"0:{r} 5:[x,12]")
        yield f"stlur{suffix}", _row(0x19000000 | size << 30, f"0:{r} 5:[x,12]")
    for suffix, size in (("b", 0), ("h", 1), ("w", 2)):
        yield f"ldapurs{suffix}", _row(0x19800000 | size << 30, "0:x 5:[x,12]")
        if suffix != "w":
            yield f"ldapurs{suffix}", _row(0x19C00000 | size << 30, "0:w 5:[x,12]")


def _pointer_authentication() -> Iterator[tuple[str, Row]]:
    """FEAT_PAuth (C6.2.201 PACIA, C6.2.22 AUTIA, C6.2.35 BRAA, C6.2.379 XPACI, C6.2.130 LDRAA)."""
    for number, name in enumerate(("pacia", "pacib", "pacda", "pacdb", "autia", "autib", "autda", "autdb")):
        yield name, _row(0xDAC10000 | number << 10, "0:x 5:x|sp")
        yield f"{name[:-1]}z{name[-1]}", _row(0xDAC123E0 | number << 10, "0:x")
    yield "xpaci", _row(0xDAC143E0, "0:x")
    yield "xpacd", _row(0xDAC147E0, "0:x")
    yield "pacga", _row(0x9AC03000, "0:x 5:x 16:x|sp")
    for key, bit in (("a", 0), ("b", 1 << 10)):
        yield f"bra{key}", _row(0xD71F0800 | bit, "5:x 0:x|sp")
        yield f"blra{key}", _row(0xD73F0800 | bit, "5:x 0:x|sp")
        yield f"bra{key}z", _row(0xD61F081F | bit, "5:x")
        yield f"blra{key}z", _row(0xD63F081F | bit, "5:x")


def _cryptography() -> Iterator[tuple[str, Row]]:
    """FEAT_AES, FEAT_SHA1, FEAT_SHA256, FEAT_SHA512, FEAT_SHA3, FEAT_SM3, FEAT_SM4 (C7.2)."""
    for name, opcode in (("aese", 0x4E284800), ("aesd", 0x4E285800), ("aesmc", 0x4E286800), ("aesimc", 0x4E287800)):
        yield name, _row(opcode, "0:v16b 5:v16b")
    yield "sha1h", _row(0x5E280800, "0:s 5:s")
    yield "sha1su1", _row(0x5E281800, "0:v4s 5:v4s")
    yield "sha256su0", _row(0x5E282800, "0:v4s 5:v4s")
    for number, name in enumerate(("sha1c", "sha1p", "sha1m")):
        yield name, _row(0x5E000000 | number << 12, "0:q 5:s 16:v4s")
    yield "sha1su0", _row(0x5E003000, "0:v4s 5:v4s 16:v4s")
    yield "sha256h", _row(0x5E004000, "0:q 5:q 16:v4s")
    yield "sha256h2", _row(0x5E005000, "0:q 5:q 16:v4s")
    yield "sha256su1", _row(0x5E006000, "0:v4s 5:v4s 16:v4s")
    yield "pmull", _row(0x0EE0E000, "0:v1q 5:v1d 16:v1d")
    yield "pmull2", _row(0x4EE0E000, "0:v1q 5:v2d 16:v2d")
    yield "sha512h", _row(0xCE608000, "0:q 5:q 16:v2d")
    yield "sha512h2", _row(0xCE608400, "0:q 5:q 16:v2d")
    yield "sha512su0", _row(0xCEC08000, "0:v2d 5:v2d")
    yield "sha512su1", _row(0xCE608800, "0:v2d 5:v2d 16:v2d")
    yield "rax1", _row(0xCE608C00, "0:v2d 5:v2d 16:v2d")
    yield "xar", _row(0xCE800000, "0:v2d 5:v2d 16:v2d 10:#6")
    yield "eor3", _row(0xCE000000, "0:v16b 5:v16b 16:v16b 10:v16b")
    yield "bcax", _row(0xCE200000, "0:v16b 5:v16b 16:v16b 10:v16b")
    yield "sm3partw1", _row(0xCE60C000, "0:v4s 5:v4s 16:v4s")
    yield "sm3partw2", _row(0xCE60C400, "0:v4s 5:v4s 16:v4s")
    yield "sm3ss1", _row(0xCE400000, "0:v4s 5:v4s 16:v4s 10:v4s")
    for number, name in enumerate(("sm3tt1a", "sm3tt1b", "sm3tt2a", "sm3tt2b")):
        yield name, _row(0xCE408000 | number << 10, "0:v4s 5:v4s 16:s[12]")
    yield "sm4e", _row(0xCEC08400, "0:v4s 5:v4s")
    yield "sm4ekey", _row(0xCE60C800, "0:v4s 5:v4s 16:v4s")


def _vectors() -> Iterator[tuple[str, Row]]:
    """FEAT_DotProd, FEAT_RDM, FEAT_FCMA, FEAT_FHM, FEAT_FRINTTS (C7.2: SDOT, SQRDMLAH, FCMLA, FMLAL, FRINT32X)."""
    for name, sign in (("sdot", 0), ("udot", 1 << 29)):
        for quad, (wide, narrow) in enumerate((("2s", "8b"), ("4s", "16b"))):
            yield name, _row(0x0E809400 | sign | quad << 30, f"0:v{wide} 5:v{narrow} 16:v{narrow}")
            yield name, _row(0x0F80E000 | sign | quad << 30, f"0:v{wide} 5:v{narrow} 16:4b[hl]")
    for name, bit, element in (("sqrdmlah", 0, 0xD000), ("sqrdmlsh", 0x800, 0xF000)):
        for size, scalar, shapes, lane in ((1, "h", ("4h", "8h"), "16:h[hlm]"), (2, "s", ("2s", "4s"), "16:s[hl]")):
            yield name, _row(0x7E008400 | bit | size << 22, f"0:{scalar} 5:{scalar} 16:{scalar}")
            yield name, _row(0x7F000000 | element | size << 22, f"0:{scalar} 5:{scalar} {lane}")
            for quad, shape in enumerate(shapes):
                yield name, _row(0x2E008400 | bit | size << 22 | quad << 30, f"0:v{shape} 5:v{shape} 16:v{shape}")
                yield name, _row(0x2F000000 | element | size << 22 | quad << 30, f"0:v{shape} 5:v{shape} {lane}")
    for size, quad, shape in ((1, 0, "4h"), (1, 1, "8h"), (2, 0, "2s"), (2, 1, "4s"), (3, 1, "2d")):
        base = 0x2E000000 | size << 22 | quad << 30
        yield "fcadd", _row(base | 0xE400, f"0:v{shape} 5:v{shape} 16:v{shape} 12:odd90")
        yield "fcmla", _row(base | 0xC400, f"0:v{shape} 5:v{shape} 16:v{shape} 11:any90")
    yield "fcmla", _row(0x2F401000, "0:v4h 5:v4h 16:h[l] 13:any90")
    yield "fcmla", _row(0x6F401000, "0:v8h 5:v8h 16:h[hl] 13:any90")
    yield "fcmla", _row(0x6F801000, "0:v4s 5:v4s 16:s[h] 13:any90")
    for name, opcode, element in (
        ("fmlal", 0x0E20EC00, 0x0F800000),
        ("fmlsl", 0x0EA0EC00, 0x0F804000),
        ("fmlal2", 0x2E20CC00, 0x2F808000),
        ("fmlsl2", 0x2EA0CC00, 0x2F80C000),
    ):
        for quad, (wide, narrow) in enumerate((("2s", "2h"), ("4s", "4h"))):
            yield name, _row(opcode | quad << 30, f"0:v{wide} 5:v{narrow} 16:v{narrow}")
            yield name, _row(element | quad << 30, f"0:v{wide} 5:v{narrow} 16:h[hlm]")
    for number, name in enumerate(("frint32z", "frint32x", "frint64z", "frint64x")):
        for double, scalar in enumerate("sd"):
            yield name, _row(0x1E284000 | double << 22 | number << 15, f"0:{scalar} 5:{scalar}")
        vector = 0x0E21E800 | (number & 1) << 29 | (number >> 1) << 12
        for size, quad, shape in ((0, 0, "2s"), (0, 1, "4s"), (1, 1, "2d")):
            yield name, _row(vector | size << 22 | quad << 30, f"0:v{shape} 5:v{shape}")


def _others() -> Iterator[tuple[str, Row]]:
    """FEAT_JSCVT, FEAT_FlagM, UDF (C7.2.99, C6.2.237, C6.2.226, C6.2.366), and what FEAT_FP16 has without a twin."""
    yield "fjcvtzs", _row(0x1E7E0000, "0:w 5:d")
    yield "setf8", _row(0x3A00080D, "5:w")
    yield "setf16", _row(0x3A00480D, "5:w")
    yield "rmif", _row(0xBA000400, "5:x 15:#6 0:#4")
    yield "udf", _row(0, "0:#16")
    yield "fmov", _row(0x9EE70000, "0:h 5:x")
    yield "fmov", _row(0x9EE60000, "0:x 5:h")
    for name, opcode in (
        ("fmaxnmv", 0x0E30C800),
        ("fmaxv", 0x0E30F800),
        ("fminnmv", 0x0EB0C800),
        ("fminv", 0x0EB0F800),
    ):
        yield name, _row(opcode, "0:h 5:v4h")
        yield name, _row(opcode | 1 << 30, "0:h 5:v8h")


def _table() -> dict[str, tuple[Row, ...]]:
    rows: dict[str, tuple[Row, ...]] = {}
    for source in (_atomics, _ordered_loads, _pointer_authentication, _cryptography, _vectors, _others):
        for name, row in source():
            rows[name] = (*rows.get(name, ()), row)
    return rows


ROWS = _table()

_REGISTER = re.compile(r"(?P<general>[xw])(?P<number>[0-9]+)|(?P<zero>[xw])zr|(?P<stack>sp)")
_BASE = re.compile(r"\[(?:x([0-9]+)|(sp))(?:, #(-?0x[0-9a-f]+))?\]")
_LANE = re.compile(r"v([0-9]+)\.(4b|2h|[hs])\[(0x[0-9a-f]+)\]")


def encode(mnemonic: str, operands: list[Operand]) -> int | None:
    """The instruction word, None when no row has the mnemonic with such operands."""
    for row in ROWS.get(mnemonic, ()):
        if len(row.fields) == len(operands) and (word := _filled(row, operands)) is not None:
            return word
    return None


def _filled(row: Row, operands: list[Operand]) -> int | None:
    word = row.opcode
    for (bit, shape), operand in zip(row.fields, operands, strict=True):
        value = _field(bit, shape, operand, word)
        if value is None:
            return None
        word |= value
    return word


def _field(bit: int, shape: str, operand: Operand, word: int) -> int | None:
    """The operand's bits, None when it has not the shape."""
    text = operand.text
    if shape[0] in "xw":
        return _general(shape, text, bit)
    if shape.startswith(("even-", "next-")):
        return _pair(shape, text, bit, word)
    if shape[0] == "[":
        return _base(shape, text, bit)
    if shape[0] == "#":
        return (
            operand.value << bit if operand.kind == "immediate" and 0 <= operand.value < 1 << int(shape[1:]) else None
        )
    if shape.endswith("90"):
        return _rotation(shape, operand, bit)
    if "[" in shape:
        return _lane(shape, text)
    number = text[1:].removesuffix(f".{shape[1:]}") if shape[0] == "v" else text[1:]
    return int(number) << bit if text[0] == shape[0] and number.isdigit() else None


def _general(shape: str, text: str, bit: int) -> int | None:
    found = _REGISTER.fullmatch(text)
    if found is None or (found["stack"] and not shape.endswith("|sp")) or (found["zero"] and shape.endswith("|sp")):
        return None
    if not found["stack"] and text[0] != shape[0]:
        return None
    return (int(found["number"]) if found["number"] else 31) << bit


def _pair(shape: str, text: str, bit: int, word: int) -> int | None:
    """CASP's register pairs: an even register, then the one behind it, which has no field."""
    value = _general(shape[5:], text, 0)
    if value is None:
        return None
    if shape.startswith("even-"):
        return value << bit if value % 2 == 0 else None
    return 0 if value == (word >> bit & 31) + 1 else None


def _base(shape: str, text: str, bit: int) -> int | None:
    found = _BASE.fullmatch(text)
    offset = int(found[3] or "0", 16) if found else 0
    if found is None or (shape == "[x]" and offset) or not -256 <= offset < 256:
        return None
    return (31 if found[2] else int(found[1])) << bit | (offset & 0x1FF) << 12


def _rotation(shape: str, operand: Operand, bit: int) -> int | None:
    quarter, rest = divmod(operand.value, 90)
    if operand.kind != "immediate" or rest or not 0 <= quarter <= 3:
        return None
    if shape == "odd90":
        return {1: 0, 3: 1 << bit}.get(quarter)
    return quarter << bit


_LANE_BITS = {"h": 11, "l": 21, "m": 20}


def _lane(shape: str, text: str) -> int | None:
    """``v3.s[1]``: the register at bit 16, the index in the bits H, L, M (the first is the highest) or at bit 12."""
    found = _LANE.fullmatch(text)
    element, _, bits = shape.rstrip("]").partition("[")
    if found is None or found[2] != element:
        return None
    number, index = int(found[1]), int(found[3], 16)
    if bits.isdigit():
        return number << 16 | index << int(bits) if index < 4 else None
    if index >= 1 << len(bits) or ("m" in bits and number > 15):
        return None
    spread = sum((index >> len(bits) - 1 - i & 1) << _LANE_BITS[letter] for i, letter in enumerate(bits))
    return number << 16 | spread


def lacking(mnemonic: str, first: str = "") -> str:
    """Why a mnemonic that its operands do not suit may still be valid: extensions that are not encoded at all.

    `first` is the first operand as written: the vector instructions of FEAT_CSSC have forms with general registers.
    """
    scalar = mnemonic in _SCALAR_FORMS and first[:1].lower() in ("w", "x")
    return "an extension that is not encoded" if mnemonic in UNSUPPORTED or scalar else ""


_SCALAR_FORMS = frozenset({"abs", "cnt", "smax", "smin", "umax", "umin"})


UNSUPPORTED = word_set(
    """
    addg subg irg gmi ldg stg st2g stzg stz2g stgp subp subps cmpp ldgm stgm stzgm bfcvt bfcvtn bfcvtn2 bfdot
    bfmlalb bfmlalt bfmmla smmla ummla usmmla usdot sudot ld64b st64b st64bv st64bv0 wfet wfit tstart tcommit
    tcancel ttest cfp cpp dvp sysp mrrs msrr ctz
    cpyfp cpyfm cpyfe cpyp cpym cpye setp setm sete setgp setgm setge cpyfprn cpyfmrn cpyfern cpyfpwn cpyfmwn cpyfewn
    """
)
"""FEAT_MTE, FEAT_BF16, FEAT_I8MM, FEAT_LS64, FEAT_WFxT, FEAT_TME, FEAT_SPECRES, FEAT_CSSC, FEAT_MOPS: not in the
emulated processor."""
