"""Small deeds as people ask for them every day: pointers to single values, casts, shifts, decisions, number loops.

A row of a table is one deed: types, names, signature, body, requests. ``$`` marks a slot: a parameter's name, the type,
a constant (`_slots`). A request that ends with a full stop or a question mark stands as it is; one that begins with a
capital is an order (``Store b in *p``), any other names the result (``the larger of a and b``). Bodies stand on one
line and are laid out by `layout`.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from string import Template

from playground.data.function import CFunction
from playground.data.generate.everyday.rows import CASTS, DECISIONS, NUMBER_LOOPS, POINTERS, SHIFTS, Row
from playground.data.generate.family import define, family, request_to_do, request_to_return
from playground.data.generate.layout import laid_out

TYPES = {
    "signed": ("int", "int", "long", "short", "signed char"),
    "word": ("int", "int", "long"),
    "unsigned": ("unsigned int", "unsigned long"),
    "any": ("int", "int", "long", "short", "signed char", "unsigned char", "unsigned int", "unsigned long"),
    "natural": ("unsigned char", "unsigned short", "unsigned int", "unsigned long"),
    "narrow": ("int", "unsigned int", "short", "signed char", "unsigned char"),
    "scalar": ("int", "long", "unsigned int", "unsigned long"),
    "int": ("int",), "long": ("long",), "uint": ("unsigned int",), "ulong": ("unsigned long",),
    "element": ("int", "int", "int", "long", "short", "unsigned char", "unsigned int", "signed char", "unsigned short"),
    "byte": ("unsigned char",), "ushort": ("unsigned short",), "short": ("short",), "cell": ("int", "int", "long", "short"),
    "wide": ("long", "unsigned long"), "letter": ("int", "unsigned char"),
}  # fmt: skip
BITS = {"char": 8, "short": 16, "int": 32, "long": 64}
OPERATORS = (
    ("+", "sum"),
    ("-", "difference"),
    ("*", "product"),
    ("^", "exclusive or"),
    ("|", "bitwise or"),
    ("&", "bitwise and"),
)


def _slots(random: Random, c_type: str, names: tuple[str, str, str]) -> dict[str, object]:
    """A value for every slot that a row may name."""
    bits = BITS[c_type.split()[-1]]
    width, narrow = random.choice(((8, "char"), (16, "short")))
    operator, operation = random.choice(OPERATORS)
    rising = random.random() < 0.5
    low, high = random.randrange(-60, 30), random.randrange(40, 300)
    v1, v2, v3, v4 = random.sample(range(2, 60), 4)
    s1, s2, s3 = sorted(random.sample(range(12), 3))
    left = random.random() < 0.5
    change, changed = random.choice((("| {}", "set"), ("& ~{}", "clear"), ("^ {}", "flip")))
    base = random.choice((3, 4, 5, 6, 7, 8, 9, 12, 16))
    half = random.randrange(2, 60)
    wide = {"int": "long", "unsigned int": "unsigned long"}.get(c_type, "int")
    return {
        "a": names[0], "b": names[1], "c": names[2], "t": c_type, "W": bits, "W1": bits - 1, "wide": wide, "wider": BITS[wide.split()[-1]],
        "one": "1ul" if bits == 64 else "1u", "max": (1 << bits) - 1, "maxc": f"{(1 << bits) - 1}u{'l' * (bits == 64)}",
        "N": width, "sN": "short" if width == 16 else f"signed {narrow}", "uN": f"unsigned {narrow}",
        "Nlo": -(1 << width - 1), "Nhi": (1 << width - 1) - 1, "Nmax": (1 << width) - 1, "what": "byte" if width == 8 else "half-word",
        "op": operator, "opname": operation, "grow": (grow := random.choice((("+", "sum"), ("*", "product"))))[0], "grown": grow[1],
        "gt": ">" if rising else "<", "ge": ">=" if rising else "<=", "le": "<=" if rising else ">=",
        "greater": "greater" if rising else "less", "small": "smaller" if rising else "larger", "large": "larger" if rising else "smaller",
        "largest": "largest" if rising else "smallest", "order": "ascending" if rising else "descending",
        "most": "at most" if rising else "at least", "lo": low, "hi": high, "lim": high if rising else low,
        "v1": v1, "v2": -v2 if random.random() < 0.3 else v2, "v3": random.choice((0, v3)), "v4": random.choice((0, -1, v4)),
        "s1": s1, "s2": s2, "s3": s3, "h1": 100 * v1, "h2": 100 * (v1 + v3), "p1": v4, "p2": v4 + v2, "hp": (v3 * v4),
        "sh": "<<" if left else ">>", "hs": ">>" if left else "<<", "way": "left" if left else "right",
        "bitop": change.format(f"({'1ul' if bits == 64 else '1u'} << (n & {bits - 1}))"), "fieldop": change.format("mask"),
        "change": changed.capitalize(), "changed": changed, "k": random.randrange(2, 13), "m": random.randrange(13, 100), "big": (big := random.choice((100, 120, 144, 200, 250, 400, 360))), "big1": big - 1,
        "d": random.randrange(0, 10), "base": base, "k1": random.randrange(2, 10), "half": half, "twice": 2 * half, "odd": 2 * random.randrange(1, 5) + 1, "plus": 2 * random.randrange(0, 8) + 1,
        "A": random.choice((5, 17, 31, 69069, 22695477, 1103515245, 134775813)), "C": random.choice((1, 7, 12345, 1013, 99991)),
        "M": random.choice((97, 101, 256, 1000, 1009, 4096, 10007)), "f0": random.randrange(0, 6), "f1": random.randrange(1, 8),
    }  # fmt: skip


VERDICTS = (
    "Return {words}.", "Give {words}.", "Return {words}", "Write a function that returns {words}.", "The result is {words}.",
    "I need a function {name} that returns {words}.", "The function {name} returns {words}.",
)  # fmt: skip


def _sentence(random: Random, name: str, words: str) -> str:
    if words[-1] in ".?":
        return words
    if words[0].isupper():
        return request_to_do(random, name, words)
    if " if " in words[:9] or " when " in words[:9]:
        return random.choice(VERDICTS).format(name=name, words=words)
    return request_to_return(random, name, words)


NAMES = (("a", "b", "c"), ("x", "y", "z"), ("p", "q", "r"), ("u", "v", "w"))
POINTER_NAMES = (*NAMES, ("first", "second", "third"))


Slots = dict[str, object]
HELPER = " ## "
"""Stands in a body between the helper function in front of the asked one, and the asked one's own body."""


def draw_row(
    random: Random, rows: tuple[Row, ...], *, shape: str, tag: str, more: Callable[[Random, str], Slots] | None = None
) -> CFunction:
    """One function of `rows`; `more` adds slots that depend on the drawn type."""
    types, names, signature, body, requests = random.choice(rows)
    kind, _, loop = types.partition(" ")
    slots = _slots(random, random.choice(TYPES[kind]), random.choice(POINTER_NAMES if "*$a" in signature else NAMES))
    if kind == "letter":
        slots["c"] = random.choice(("c", "ch", "letter", "symbol"))
    if more:
        slots |= more(random, str(slots["t"]))
    result, parameters = Template(signature).substitute(slots).split(": ")
    broken = random.random() < 0.6
    name = random.choice(names.split())
    helper, _, own = Template(body).substitute(slots, self=name).rpartition(HELPER)
    request = _sentence(random, name, Template(random.choice(requests)).substitute(slots))
    function = define(
        name=name, result=result, parameters=parameters, body=laid_out(own, broken=broken), request=request,
        shape=f"{shape}/{names.split()[0]}", tag="loop" if loop else tag,
    )  # fmt: skip
    if not helper:
        return function
    return replace(function, source=f"{laid_out(helper, broken=broken, level=0)}\n\n{function.source}")


def _draw(random: Random, topic: str, rows: tuple[Row, ...], tag: str) -> CFunction:
    return draw_row(random, rows, shape=f"everyday/{topic}", tag=tag)


@family("everyday-pointer", 3)
def pointer(random: Random) -> CFunction:
    """Through pointers to single values."""
    return _draw(random, "pointer", POINTERS, "pointers")


@family("everyday-cast", 3)
def cast(random: Random) -> CFunction:
    """Narrowing, widening, and what fits."""
    return _draw(random, "cast", CASTS, "conversions")


@family("everyday-shift", 4)
def shift(random: Random) -> CFunction:
    """Shifts and fields by variable amounts."""
    return _draw(random, "shift", SHIFTS, "bits")


@family("everyday-decide", 5)
def decide(random: Random) -> CFunction:
    """Decisions on one to three numbers."""
    return _draw(random, "decide", DECISIONS, "conditions")


@family("everyday-number-loop", 5)
def number_loop(random: Random) -> CFunction:
    """Loops on one or two numbers."""
    return _draw(random, "number-loop", NUMBER_LOOPS, "loop")
