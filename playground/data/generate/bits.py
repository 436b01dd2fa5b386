"""Bit manipulation: counts, fields, rotations, reversals, masks."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import define, family, request_to_do, request_to_return

WORDS = (("unsigned int", 32), ("unsigned int", 32), ("unsigned long", 64))


@family("bits-single", 3)
def single(random: Random) -> CFunction:
    """One bit set, cleared, toggled, tested; at a constant or a parameter's position."""
    c_type, _ = random.choice(WORDS)
    x = random.choice("xnvw")
    by_parameter = random.random() < 0.5
    bit = "i" if by_parameter else str(random.randrange(0, 31))
    one = "1ul" if "long" in c_type else "1u"
    deed, body, word = random.choice(
        (
            (f"{x} with bit {bit} set", f"{x} | {one} << {bit}", "set_bit"),
            (f"{x} with bit {bit} cleared", f"{x} & ~({one} << {bit})", "clear_bit"),
            (f"{x} with bit {bit} toggled", f"{x} ^ {one} << {bit}", "toggle_bit"),
            (f"bit {bit} of {x}, 0 or 1", f"{x} >> {bit} & 1", "get_bit"),
        )
    )
    name = random.choice((word, "bit", "f"))
    return define(
        name=name, result=c_type,
        parameters=f"{c_type} {x}" + (", unsigned int i" if by_parameter else ""), body=f"    return {body};",
        request=request_to_return(random, name, deed), shape=f"bits/{word}/{'p' if by_parameter else 'k'}", tag="bits",
    )  # fmt: skip


@family("bits-rotate", 2)
def rotate(random: Random) -> CFunction:
    """Rotation by a constant or by a parameter."""
    c_type, width = random.choice(WORDS)
    x = random.choice("xvn")
    direction = random.choice(("left", "right"))
    first, second = ("<<", ">>") if direction == "left" else (">>", "<<")
    if random.random() < 0.6:
        k = random.randrange(1, width)
        body = f"    return {x} {first} {k} | {x} {second} {width - k};"
        parameters, by = f"{c_type} {x}", str(k)
    else:
        body = f"    k &= {width - 1};\n    return {x} {first} k | {x} {second} (-k & {width - 1});"
        parameters, by = f"{c_type} {x}, unsigned int k", "k"
    name = random.choice((f"rotate_{direction}", "rot" + direction[0], "rotate"))
    what = f"the {width}-bit value {x} rotated {direction} by {by} bits"
    return define(
        name=name, result=c_type, parameters=parameters, body=body, request=request_to_return(random, name, what),
        shape=f"bits/rotate-{direction}/{'p' if by == 'k' else 'k'}", tag="bits",
    )  # fmt: skip


COUNTS = (
    ("popcount", "    int c = 0;\n    while ({x}) {{\n        c += {x} & 1;\n        {x} >>= 1;\n    }}\n    return c;",
     "the number of set bits in {x}"),
    ("popcount", "    int c = 0;\n    for (; {x}; {x} &= {x} - 1)\n        c++;\n    return c;", "how many bits of {x} are 1"),
    ("parity", "    int p = 0;\n    while ({x}) {{\n        p ^= {x} & 1;\n        {x} >>= 1;\n    }}\n    return p;",
     "the parity of {x}: 1 if an odd number of its bits are set, else 0"),
    ("length", "    int c = 0;\n    while ({x}) {{\n        c++;\n        {x} >>= 1;\n    }}\n    return c;",
     "the number of bits needed to write {x} in binary (0 for 0)"),
    ("log2", "    int c = -1;\n    while ({x}) {{\n        c++;\n        {x} >>= 1;\n    }}\n    return c;",
     "the index of the highest set bit of {x}, or -1 if {x} is 0"),
    ("lowest", "    if (!{x})\n        return -1;\n    int i = 0;\n    while (!({x} >> i & 1))\n        i++;\n    return i;",
     "the index of the lowest set bit of {x}, or -1 if {x} is 0"),
    ("transitions", "    int c = 0;\n    while ({x}) {{\n        c += ({x} ^ {x} >> 1) & 1;\n        {x} >>= 1;\n    }}\n"
     "    return c;", "the number of places where neighbouring bits of {x} differ, leading zeros included once"),
    ("longest", "    int c = 0;\n    while ({x}) {{\n        {x} &= {x} << 1;\n        c++;\n    }}\n    return c;",
     "the length of the longest run of set bits in {x}"),
)  # fmt: skip


@family("bits-count", 3)
def count(random: Random) -> CFunction:
    """Population count and its relations, written as loops."""
    c_type, _ = random.choice(WORDS)
    x = random.choice("xnvw")
    shape, body, words = random.choice(COUNTS)
    name = random.choice((shape, "bits", "count_bits" if "count" in shape else "scan_bits"))
    return define(
        name=name, result="int", parameters=f"{c_type} {x}", body=body.format(x=x),
        request=request_to_return(random, name, words.format(x=x)), shape=f"bits/{shape}", tag="bits",
    )  # fmt: skip


@family("bits-field", 3)
def field(random: Random) -> CFunction:
    """A field of bits taken out or put in."""
    c_type, width = random.choice(WORDS)
    x = random.choice("xwv")
    low = random.randrange(0, 24)
    size = random.randrange(1, 8)
    mask = (1 << size) - 1
    suffix = "ul" if width == 64 else "u"
    if random.random() < 0.5:
        body = f"    return {x} >> {low} & {mask};"
        what, parameters, shape = f"bits {low} to {low + size - 1} of {x}, as a number", f"{c_type} {x}", "extract"
    else:
        body = f"    return ({x} & ~({mask}{suffix} << {low})) | ({c_type})(v & {mask}) << {low};"
        what = f"{x} with bits {low} to {low + size - 1} replaced by the low {size} bits of v"
        x_type, shape = c_type, "insert"
        parameters = f"{x_type} {x}, {c_type} v"
    if x == "v" and shape == "insert":
        return field(random)
    name = random.choice((f"{shape}_field", shape, "field"))
    return define(
        name=name, result=c_type, parameters=parameters, body=body, request=request_to_return(random, name, what),
        shape=f"bits/{shape}", tag="bits",
    )  # fmt: skip


TRICKS = (
    ("swap-bytes32", "unsigned int", "{x} >> 24 | ({x} >> 8 & 0xff00) | ({x} << 8 & 0xff0000) | {x} << 24",
     "the 32-bit value {x} with its four bytes in reverse order"),
    ("swap-bytes16", "unsigned short", "(unsigned short)({x} >> 8 | {x} << 8)", "the 16-bit value {x} with its bytes swapped"),
    ("swap-nibbles", "unsigned char", "(unsigned char)({x} >> 4 | {x} << 4)", "the byte {x} with its two nibbles swapped"),
    ("lowest-set", "unsigned int", "{x} & -{x}", "{x} with all but its lowest set bit cleared"),
    ("clear-lowest", "unsigned int", "{x} & ({x} - 1)", "{x} with its lowest set bit cleared"),
    ("is-power", "unsigned int", "{x} != 0 && ({x} & ({x} - 1)) == 0", "1 if {x} is a power of two, else 0"),
    ("gray", "unsigned int", "{x} ^ {x} >> 1", "the Gray code of {x}"),
    ("swap-halves", "unsigned int", "{x} >> 16 | {x} << 16", "{x} with its upper and lower 16 bits swapped"),
    ("swap-pairs", "unsigned int", "({x} & 0x55555555) << 1 | ({x} >> 1 & 0x55555555)",
     "{x} with each pair of neighbouring bits swapped"),
    ("low-byte", "unsigned int", "{x} & 0xff", "the lowest byte of {x}"),
    ("high-byte", "unsigned int", "{x} >> 24", "the highest byte of the 32-bit value {x}"),
    ("sign-extend", "int", "(int)(signed char){x}", "the low byte of {x}, sign-extended"),
    ("high-word", "unsigned long", "{x} >> 32", "the upper 32 bits of {x}"),
    ("alignment", "unsigned long", "({x} + {m}) & ~{m}ul", "{x} rounded up to a multiple of {k}"),
    ("align-down", "unsigned long", "{x} & ~{m}ul", "{x} rounded down to a multiple of {k}"),
    ("aligned", "unsigned long", "({x} & {m}) == 0", "1 if {x} is a multiple of {k}, else 0"),
)  # fmt: skip


@family("bits-trick", 3)
def trick(random: Random) -> CFunction:
    """One-liners that have a name."""
    shape, c_type, body, words = random.choice(TRICKS)
    x = random.choice("xnvw")
    k = 1 << random.randrange(2, 13)
    slots = {"x": x, "k": k, "m": k - 1}
    name = random.choice((shape.replace("-", "_"), "f", "bits"))
    return define(
        name=name, result=c_type, parameters=f"{c_type} {x}", body=f"    return {body.format(**slots)};",
        request=request_to_return(random, name, words.format(**slots)), shape=f"bits/{shape}", tag="bits",
    )  # fmt: skip


@family("bits-build", 2)
def build(random: Random) -> CFunction:
    """Values packed from parts, and bits reversed."""
    if random.random() < 0.5:
        width = random.choice((8, 16, 32))
        body = (
            f"    unsigned int r = 0;\n    for (int i = 0; i < {width}; i++) {{\n"
            "        r = r << 1 | (x & 1);\n        x >>= 1;\n    }\n    return r;"
        )
        return define(
            name="reverse_bits", result="unsigned int", parameters="unsigned int x", body=body,
            request=request_to_do(random, "reverse_bits", f"Reverse the order of the low {width} bits of x"),
            shape=f"bits/reverse{width}", tag="bits",
        )  # fmt: skip
    names = random.choice((("a", "b", "c", "d"), ("b3", "b2", "b1", "b0"), ("p", "q", "r", "s")))
    parts = " | ".join(
        f"(unsigned int){name} << {24 - 8 * index}" if index < 3 else name for index, name in enumerate(names)
    )
    what = f"the 32-bit value whose bytes are, from the highest, {names[0]}, {names[1]}, {names[2]} and {names[3]}"
    return define(
        name="pack", result="unsigned int", parameters=", ".join(f"unsigned char {name}" for name in names),
        body=f"    return {parts};", request=request_to_return(random, "pack", what), shape="bits/pack", tag="bits",
    )  # fmt: skip
