"""Structures behind pointers: members read, changed, compared, and folded over arrays."""

from dataclasses import dataclass
from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import LENGTH_NAMES, family, request_to_do, request_to_return
from playground.data.generate.predicates import predicate

KINDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "point": (("int", "x", "y"), ("long", "x", "y"), ("int", "x", "y", "z"), ("short", "x", "y")),
    "rect": (("int", "left", "top", "width", "height"), ("int", "width", "height"), ("short", "x", "y", "w", "h")),
    "account": (("long", "id", "balance"), ("int", "number", "balance", "limit")),
    "item": (("int", "id", "quantity", "price"), ("unsigned int", "count", "price")),
    "span": (("int", "start", "end"), ("long", "from", "to"), ("unsigned int", "start", "length")),
    "color": (("unsigned char", "red", "green", "blue"), ("unsigned char", "r", "g", "b", "a")),
    "date": (("int", "year", "month", "day"), ("unsigned short", "year", "month", "day")),
    "time": (("int", "hour", "minute", "second"), ("unsigned char", "hour", "minute", "second")),
    "pair": (("int", "first", "second"), ("long", "first", "second")),
    "student": (("int", "id", "age", "score"), ("short", "age", "grade")),
    "box": (("int", "width", "height", "depth"), ("unsigned int", "weight", "volume")),
    "range": (("int", "low", "high"), ("long", "min", "max")),
    "stats": (("int", "count", "sum", "largest"), ("long", "hits", "misses")),
}
"""Tag -> the usual members: their type, then their names. Some members get another type."""

OTHER_TYPES = ("int", "long", "short", "unsigned char", "unsigned int", "signed char")


@dataclass(frozen=True, kw_only=True)
class Structure:
    """A structure type and the members that a function may use."""

    tag: str
    members: tuple[tuple[str, str], ...]
    """(type, name)"""

    @property
    def definition(self) -> str:
        lines = "".join(f"    {kind} {name};\n" for kind, name in self.members)
        return f"struct {self.tag} {{\n{lines}}};\n"

    def some(self, random: Random, count: int) -> list[str]:
        return random.sample([name for _, name in self.members], count)

    @property
    def layout(self) -> str:
        """For the family: how many members, and whether their sizes differ."""
        return f"{len(self.members)}{'m' if len({kind for kind, _ in self.members}) > 1 else 'u'}"


def structure(random: Random) -> Structure:
    tag = random.choice(list(KINDS))
    kind, *names = random.choice(KINDS[tag])
    mixed = random.random() < 0.35
    members = [(random.choice(OTHER_TYPES) if mixed and random.random() < 0.5 else kind, name) for name in names]
    return Structure(tag=tag, members=tuple(members))


def _function(
    kind: Structure, *, name: str, result: str, parameters: str, body: str, request: str, shape: str
) -> CFunction:
    """The structure's definition belongs to the prototype: without it nobody could write the function."""
    prototype = f"{kind.definition}{result} {name}({parameters})"
    return CFunction(
        name=name, prototype=prototype, source=f"{prototype} {{\n{body}\n}}\n", request=request,
        family=f"structures/{shape}/{kind.layout}", tags=("structures",),
    )  # fmt: skip


COMBINATIONS = (
    ("{a} + {b}", "the sum of {a} and {b}", "+"), ("{a} - {b}", "{a} minus {b}", "-"),
    ("{a} * {b}", "the product of {a} and {b}", "*"), ("{a} < {b}", "1 if {a} is less than {b}, else 0", "<"),
    ("{a} > {b} ? {a} : {b}", "the larger one of {a} and {b}", "max"), ("{a} < {b} ? {a} : {b}", "the smaller one of {a} and {b}", "min"),
    ("{a}", "the member {a}", "get"), ("{a} * {k} + {b}", "{k} times {a} plus {b}", "*k+"),
    ("{a} == {b}", "whether {a} equals {b} (1 or 0)", "=="), ("{a} > {k}", "1 if {a} is above {k}, else 0", ">k"),
)  # fmt: skip


@family("structure-read", 4)
def read(random: Random) -> CFunction:
    """A result from the members of one structure."""
    kind, p = structure(random), random.choice("pqrsu")
    a, b = kind.some(random, 2)
    k = random.randrange(2, 100)
    c, words, shape = random.choice(COMBINATIONS)
    name = random.choice(("get", f"{kind.tag}_value", "compute", f"{kind.tag}_{a}", "evaluate"))
    value = c.format(a=f"{p}->{a}", b=f"{p}->{b}", k=k)
    what = f"{words.format(a=a, b=b, k=k)} of the {kind.tag} {p}"
    return _function(
        kind, name=name, result=random.choice(("int", "long")), parameters=f"const struct {kind.tag} *{p}",
        body=f"    return {value};", request=request_to_return(random, name, what), shape=f"read/{shape}",
    )  # fmt: skip


CHANGES = (
    ("{p}->{a} += {v};", "Add {v} to {a} of the {tag} {p}", "+="), ("{p}->{a} -= {v};", "Take {v} away from {a} of the {tag} {p}", "-="),
    ("{p}->{a} = {v};", "Set {a} of the {tag} {p} to {v}", "="), ("{p}->{a}++;", "Count up {a} of the {tag} {p} by one", "++"),
    ("{p}->{a} = {p}->{b};", "Copy {b} of the {tag} {p} to its {a}", "copy"), ("{p}->{a} *= {k};", "Multiply {a} of the {tag} {p} by {k}", "*="),
    ("{p}->{a} += {v};\n    {p}->{b} += {v};", "Add {v} to both {a} and {b} of the {tag} {p}", "both"),
    ("long t = {p}->{a};\n    {p}->{a} = {p}->{b};\n    {p}->{b} = t;", "Exchange {a} and {b} of the {tag} {p}", "swap"),
    ("if ({v} > 0)\n        {p}->{a} += {v};", "If {v} is positive, add it to {a} of the {tag} {p}; otherwise change nothing", "if+="),
    ("{p}->{a} = 0;\n    {p}->{b} = {v};", "Set {a} of the {tag} {p} to 0 and {b} to {v}", "reset"),
)  # fmt: skip


@family("structure-change", 4)
def change(random: Random) -> CFunction:
    """Members changed in place."""
    kind, p, v = structure(random), random.choice("pqrsu"), random.choice(("v", "n", "value", "amount", "d"))
    a, b = kind.some(random, 2)
    c, words, shape = random.choice(CHANGES)
    fields = {"p": p, "v": v, "a": a, "b": b, "k": random.randrange(2, 12), "tag": kind.tag}
    name = random.choice(("update", f"{kind.tag}_update", f"change_{a}", "adjust", f"{kind.tag}_set"))
    second = f", {random.choice(('int', 'int', 'long'))} {v}" if "{v}" in c else ""
    return _function(
        kind, name=name, result="void", parameters=f"struct {kind.tag} *{p}{second}", body=f"    {c.format(**fields)}",
        request=request_to_do(random, name, words.format(**fields)), shape=f"change/{shape}",
    )  # fmt: skip


COMPARISONS = (
    ("{p}->{a} == {q}->{a} && {p}->{b} == {q}->{b}", "1 if {p} and {q} have the same {a} and {b}, else 0", "same"),
    ("{p}->{a} < {q}->{a}", "1 if {a} of {p} is less than {a} of {q}, else 0", "less"),
    ("{p}->{a} - {q}->{a}", "{a} of {p} minus {a} of {q}", "minus"), ("{p}->{a} * {q}->{b}", "{a} of {p} times {b} of {q}", "times"),
    ("({p}->{a} - {q}->{a}) * ({p}->{b} - {q}->{b})", "the product of the differences of their {a} and of their {b}, {p} minus {q}", "differences"),
    ("{p}->{a} > {q}->{a} ? {p}->{b} : {q}->{b}", "{b} of the one of {p} and {q} with the larger {a} ({q} when they are equal)", "choose"),
    ("{p}->{a} + {q}->{a}", "the sum of the {a} of {p} and of {q}", "sum"),
)  # fmt: skip


@family("structure-two", 3)
def two(random: Random) -> CFunction:
    """Two structures of one type."""
    kind = structure(random)
    p, q = random.choice((("p", "q"), ("a", "b"), ("s", "u"), ("left", "right")))
    if {p, q} & {name for _, name in kind.members}:
        p, q = "p", "q"
    a, b = kind.some(random, 2)
    c, words, shape = random.choice(COMPARISONS)
    name = random.choice(("compare", f"{kind.tag}_compare", "relate", f"two_{kind.tag}s", "measure"))
    return _function(
        kind, name=name, result=random.choice(("int", "long")),
        parameters=f"const struct {kind.tag} *{p}, const struct {kind.tag} *{q}", body=f"    return {c.format(p=p, q=q, a=a, b=b)};",
        request=request_to_return(random, name, words.format(p=p, q=q, a=a, b=b)), shape=f"two/{shape}",
    )  # fmt: skip


FOLDS = (
    ("long t = 0;", "t += {x}.{a};", "t", "the sum of {a}", "sum"), ("int t = 0;", "if ({h})\n            t++;", "t", "the number of {s} whose {a} {w}", "count"),
    ("long t = 0;", "t += {x}.{a} * {x}.{b};", "t", "the sum of {a} times {b}", "products"),
    ("long t = 0;", "if ({h})\n            t += {x}.{b};", "t", "the sum of {b} of those whose {a} {w},", "sum-if"),
    ("int t = -1;", "if (t < 0 || {x}.{a} > {v}[t].{a})\n            t = i;", "t", "the index of the one with the largest {a} (the first of equals, -1 if there are none)", "largest"),
    ("int t = -1;", "if (t < 0 || {x}.{a} < {v}[t].{a})\n            t = i;", "t", "the index of the one with the smallest {a} (the first of equals, -1 if there are none)", "smallest"),
)  # fmt: skip


@family("structure-array", 4)
def array(random: Random) -> CFunction:
    """A fold over an array of structures."""
    kind, v, n = structure(random), random.choice(("v", "list", "items", "all")), random.choice(LENGTH_NAMES)
    a, b = kind.some(random, 2)
    start, step, result, words, shape = random.choice(FOLDS)
    held = predicate(random)
    clause = held.about("it").removeprefix("it ")
    fields = {"x": f"{v}[i]", "v": v, "a": a, "b": b, "h": held.test(f"{v}[i].{a}"), "w": clause, "s": f"{kind.tag}s"}
    name = random.choice(("total", f"{kind.tag}s_total", "fold", f"find_{kind.tag}", "summarize"))
    what = f"{words.format(**fields)} over the {n} {kind.tag}s in {v}"
    body = f"    {start}\n    for (int i = 0; i < {n}; i++)\n        {step.format(**fields)}\n    return {result};"
    return _function(
        kind, name=name, result=start.split()[0], parameters=f"const struct {kind.tag} *{v}, int {n}", body=body,
        request=request_to_return(random, name, what), shape=f"array/{shape}",
    )  # fmt: skip
