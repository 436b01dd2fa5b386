"""Operand shapes and immediate forms that the aarch64 tests combine with mnemonics."""

from collections.abc import Iterator
from random import Random

_GENERAL = (
    "{c}1", "{c}1, {c}2", "{c}1, {c}2, {c}3", "{c}1, {c}2, {c}3, {c}4", "{c}1, {c}2, #5", "{c}1, #5",
    "{c}1, {c}2, #5, #6", "{c}1, {c}2, {c}3, #5", "{c}1, {c}2, {c}3, eq", "{c}1, {c}2, ne", "{c}1, eq",
    "{c}1, #3, #4, ne", "{c}1, {c}2, #4, ne", "{c}1, {c}2, {c}3, lsl #3", "{c}1, {c}2, w3, uxtb #1",
    "{c}1, {c}2, #5, lsl #12", "{c}1, #5, lsl #16", "{c}1, {c}2, lsr #3", "{c}1, [x2]", "{c}1, [x2, #16]",
    "{c}1, [x2, #-16]", "{c}1, [x2, #-16]!", "{c}1, [x2], #16", "{c}1, [x2, x3]", "{c}1, [x2, x3, lsl #3]",
    "{c}1, [x2, w3, sxtw]", "{c}1, {c}2, [x3]", "{c}1, {c}2, [x3, #16]", "{c}1, {c}2, [x3, #-16]!",
    "{c}1, {c}2, [x3], #16", "w1, {c}2, [x3]", "w1, {c}2, {c}3, [x4]", "{c}2, {c}3, {c}4, {c}5, [x6]",
    "{c}1, [x2, #3]", "{c}1, w2", "{c}1, w2, w3", "w1, w2, {c}3",
)  # fmt: skip
"""`c` is w or x."""

_SCALAR = (
    "{c}1, {c}2", "{c}1, {c}2, {c}3", "{c}1, {c}2, {c}3, {c}4", "{c}1, {c}2, #3", "{c}1, #1.5", "{c}1, {c}2, #0.0",
    "{c}1, {c}2, #0", "{c}1, #0.0", "{c}1, {c}2, {c}3, eq", "{c}1, {c}2, #4, eq", "{c}1, [x2]", "{c}1, [x2, #16]",
    "{c}1, [x2, #-16]", "{c}1, [x2, #-16]!", "{c}1, [x2], #16", "{c}1, [x2, x3]", "{c}1, [x2, w3, uxtw]",
    "{c}1, {c}3, [x2]", "{c}1, {c}3, [x2, #32]", "{c}1, {c}3, [x2], #32", "{c}1, w2", "{c}1, x2", "w1, {c}2",
    "x1, {c}2", "{c}1, w2, #5", "x1, {c}2, #5", "{c}1, v2.{c}[1]", "{c}1, {c}2, v3.{c}[1]", "v1.{c}[1], w2",
    "v1.{c}[1], x2", "w1, v2.{c}[1]", "x1, v2.{c}[1]", "v1.{c}[1], v2.{c}[0]", "{{v1.{c}}}[1], [x2]",
    "{{v1.{c}, v2.{c}}}[1], [x2]",
)  # fmt: skip
"""`c` is b, h, s, d or q."""

_VECTOR = (
    "v1.{v}, v2.{v}", "v1.{v}, v2.{v}, v3.{v}", "v1.{v}, v2.{v}, #3", "v1.{v}, v2.{v}, v3.{v}, #5", "v1.{v}, #5",
    "v1.{v}, #5, lsl #8", "v1.{v}, #5, msl #8", "v1.{v}, #1.5", "v1.{v}, v2.{v}, #0", "v1.{v}, v2.{v}, #0.0",
    "v1.{v}, w2", "v1.{v}, x2", "v1.{v}, v2.{v}, v3.{v}, #90", "v1.{v}, v2.{v}, v3.{v}, v4.{v}", "{{v1.{v}}}, [x5]",
    "{{v1.{v}, v2.{v}}}, [x5], x6", "{{v1.{v}, v2.{v}, v3.{v}}}, [x5]",
    "{{v1.{v}, v2.{v}, v3.{v}, v4.{v}}}, [x5], x6", "v9.{v}, {{v1.16b}}, v7.{v}",
    "v9.{v}, {{v1.16b, v2.16b, v3.16b}}, v7.{v}", "v1.{v}, v2.{v}, v3.h[1]", "v1.{v}, v2.{v}, v3.s[1]",
    "v1.{v}, v2.{v}, v3.d[1]", "v1.{v}, v2.s[1]", "v1.{v}, v2.{v}, v3.h[1], #90",
)  # fmt: skip
_MIXED = (
    "v1.{v}, v2.{u}", "v1.{v}, v2.{u}, v3.{u}", "v1.{v}, v2.{v}, v3.{u}", "v1.{v}, v2.{u}, #3", "v1.{v}, v2.{u}, #8",
    "v1.{v}, v2.{u}, v3.{v}", "v1.{v}, v2.{u}, v3.h[1]", "v1.{v}, v2.{u}, v3.4b[1]",
)  # fmt: skip
_ARRANGEMENTS = ("8b", "16b", "4h", "8h", "2s", "4s", "1d", "2d", "1q")

_OTHERS = (
    "", "#5", "#0x1000", "[x1]", "x1, sp", "sp, sp, #16", "x1, sp, x2", "sp, x1", "q1, q2, v3.4s", "q1, s2, v3.4s",
    "q1, q2, v3.2d", "v1.16b, v2.16b, v3.16b, v4.16b", "v1.d[1], x2", "x1, v1.d[1]", "d1, v2.2d", "s1, v2.4s",
    "h1, v2.8h", "h1, v2.4h", "b1, v2.16b", "v1.4s, v2.4s, v3.s[2]", "ish", "sy", "pldl1keep, [x1, #16]",
    "pldl1keep, [x1, #-16]", "pldl1keep, [x1, x2]", "x1, nzcv", "nzcv, x1", "x1, fpcr", "fpcr, x1", "x1, tpidr_el0",
    "x1, s3_3_c14_c0_2", "daifset, #2", "zva, x1", "c", "j", "jc", "#5, #3, x1", "w2, w3, w4, w5, [x6]",
    "x1, x2, x3, uxtx", "sp, x2, w3, sxtw #2", "x1, w3, sxtw #2", "x1, x2, x3, ror #7", "w1, #-1", "x1, #0xffff0000",
    "x1, #0xff00ff00ff00ff00", "v1.2d, #0xff00ff00ff00ff00", "v1.16b, #255", "v1.4s, #1, lsl #24", "x1, x2, #0, #5",
)  # fmt: skip


def _shapes() -> Iterator[str]:
    yield from _OTHERS
    for shape in _GENERAL:
        yield from (shape.format(c=c) for c in "wx")
    for shape in _SCALAR:
        yield from (shape.format(c=c) for c in "bhsdq")
    for shape in _VECTOR:
        yield from (shape.format(v=v) for v in _ARRANGEMENTS)
    for shape in _MIXED:
        yield from (shape.format(v=v, u=u) for v in _ARRANGEMENTS for u in _ARRANGEMENTS if u != v)
    for first in "bhsd":
        yield from (f"{first}1, {second}2" for second in "bhsd")
        yield from (f"{first}1, {second}2, #3" for second in "bhsd")
        yield from (f"{first}1, {second}2, {second}3" for second in "bhsd")


SHAPES = tuple(dict.fromkeys(_shapes()))

IMMEDIATE_FORMS = (
    "add {r}1, {r}2, {i}",
    "sub {r}1, {r}2, {i}",
    "adds {r}1, {r}2, {i}",
    "cmp {r}1, {i}",
    "cmn {r}1, {i}",
    "add {r}1, {r}2, {i}, lsl #12",
    "and {r}1, {r}2, {i}",
    "orr {r}1, {r}2, {i}",
    "eor {r}1, {r}2, {i}",
    "ands {r}1, {r}2, {i}",
    "tst {r}1, {i}",
    "bic {r}1, {r}2, {i}",
    "orn {r}1, {r}2, {i}",
    "eon {r}1,{r}2,{i}",
    "mov {r}1, {i}",
    "movz {r}1, {i}",
    "movn {r}1, {i}",
    "movk {r}1, {i}",
    "movz {r}1, {s}, lsl {i}",
    "lsl {r}1, {r}2, {s}",
    "lsr {r}1, {r}2, {s}",
    "asr {r}1, {r}2, {s}",
    "ror {r}1, {r}2, {s}",
    "ubfx {r}1, {r}2, {s}, {t}",
    "sbfx {r}1, {r}2, {s}, {t}",
    "bfi {r}1, {r}2, {s}, {t}",
    "bfxil {r}1, {r}2, {s}, {t}",
    "ubfiz {r}1, {r}2, {s}, {t}",
    "ubfm {r}1, {r}2, {s}, {t}",
    "extr {r}1, {r}2, {r}3, {s}",
    "ccmp {r}1, {s}, {t}, ne",
    "ccmp {r}1, {r}2, {s}, eq",
    "ldr {r}1, [x2, {i}]",
    "ldr {r}1, [x2, {m}]",
    "str {r}1, [x2, {m}]!",
    "ldr {r}1, [x2], {m}",
    "ldrb w1, [x2, {m}]",
    "ldrh w1, [x2, {m}]",
    "ldrsw x1, [x2, {m}]",
    "ldrsb {r}1, [x2, {m}]",
    "ldur {r}1, [x2, {m}]",
    "stur {r}1, [x2, {m}]",
    "ldp {r}1, {r}3, [x2, {m}]",
    "stp {r}1, {r}3, [x2, {m}]!",
    "ldp {r}1, {r}3, [x2], {m}",
    "ldpsw x1, x3, [x2, {m}]",
    "ldr q1, [x2, {m}]",
    "ldr d1, [x2, {m}]",
    "ldr s1, [x2, {m}]",
    "ldr h1, [x2, {m}]",
    "ldr b1, [x2, {m}]",
    "ldp q1, q2, [x2, {m}]",
    "ldp d1, d2, [x2, {m}]",
    "add {r}1, {r}2, {r}3, lsl {s}",
    "add {r}1, {r}2, {r}3, asr {s}",
    "orr {r}1, {r}2, {r}3, ror {s}",
    "add x1, x2, w3, sxtw {s}",
    "ldr {r}1, [x2, x3, lsl {s}]",
    "ldr {r}1, [x2, w3, uxtw {s}]",
    "svc {i}",
    "brk {i}",
    "hlt {i}",
    "hint {i}",
    "shl v1.4s, v2.4s, {s}",
    "sshr v1.4s, v2.4s, {s}",
    "ushr v1.2d, v2.2d, {s}",
    "shl v1.8h, v2.8h, {s}",
    "sshll v1.8h, v2.8b, {s}",
    "shrn v1.8b, v2.8h, {s}",
    "sqshl d1, d2, {s}",
    "ushr d1, d2, {s}",
    "movi v1.4s, {i}",
    "movi v1.16b, {i}",
    "movi v1.8h, {i}, lsl #8",
    "movi v1.2d, {i}",
    "movi d1, {i}",
    "mvni v1.4s, {i}",
    "bic v1.4s, {i}",
    "orr v1.8h, {i}",
    "ext v1.16b, v2.16b, v3.16b, {s}",
    "dup v1.4s, v2.s[{s}]",
    "mov v1.b[{s}], w2",
    "umov w1, v2.h[{s}]",
    "fcvtzs {r}1, d2, {s}",
    "scvtf d1, {r}2, {s}",
    "fmla v1.4s, v2.4s, v3.s[{s}]",
    "ld1 {{v1.s}}[{s}], [x2]",
    "msr daifset, {s}",
    "dmb {s}",
    "prfm {s}, [x1]",
    "prfm pldl1keep, [x1, {m}]",
    "sys {s}, c7, c5, {t}, x1",
    "clrex {s}",
    "ldtr {r}1, [x2, {m}]",
    "ldnp {r}1, {r}3, [x2, {m}]",
    "fccmp d1, d2, {s}, ne",
    "st1 {{v1.d}}[{s}], [x2]",
    "ldxr {r}1, [x2, {m}]",
    "uqshrn b1, h2, {s}",
    "sli v1.2s, v2.2s, {s}",
    "fcvtzu v1.4s, v2.4s, {s}",
    "sub sp, sp, {i}",
    "add sp, sp, {i}",
    "udf {i}",
    "ldapur {r}1, [x2, {m}]",
    "xar v1.2d, v2.2d, v3.2d, {s}",
    "lsl v1.4s, v2.4s, {s}",
)
"""`r` w or x; `i` any number, `s` and `t` small ones, `m` an address offset."""

_EDGES = (
    0,
    1,
    -1,
    255,
    256,
    4095,
    4096,
    0xFFF000,
    65535,
    65536,
    0xFFFFFFFF,
    1 << 32,
    -(1 << 31),
    0x7FFFFFFF,
    -4095,
    -4096,
)
_SMALL = (0, 1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 31, 32, 33, 63, 64, 65, -1, 128)
_OFFSETS = (
    0,
    1,
    2,
    4,
    8,
    16,
    -1,
    -8,
    -16,
    -256,
    -257,
    255,
    256,
    504,
    512,
    1008,
    1024,
    4095,
    4096,
    8190,
    16380,
    32760,
    65520,
    -1024,
)


def _bitmask(random: Random) -> int:
    """A rotated run of ones, repeated: what logical immediates are made of."""
    size = random.choice([2, 4, 8, 16, 32, 64])
    ones, turn = (1 << random.randrange(1, size)) - 1, random.randrange(size)
    element = (ones << turn | ones >> size - turn) & ((1 << size) - 1)
    return sum(element << place for place in range(0, 64, size))


def _number(random: Random) -> int:
    kind = random.randrange(4)
    if kind == 0:
        return random.choice(_EDGES)
    if kind == 1:
        return _bitmask(random) & random.choice([0xFFFFFFFF, (1 << 64) - 1])
    return random.getrandbits(12) if kind == 2 else random.getrandbits(16) << random.choice([0, 16, 32, 48])


def values(random: Random) -> dict[str, str]:
    """Random values for the fields of a form, each in a random spelling."""

    def spelled(number: int) -> str:
        return random.choice(["", "#"]) + random.choice([str(number), hex(number)])

    return {
        "r": random.choice("wx"),
        "i": spelled(_number(random)),
        "s": spelled(random.choice(_SMALL)),
        "t": spelled(random.choice(_SMALL)),
        "m": spelled(random.choice(_OFFSETS)),
    }
