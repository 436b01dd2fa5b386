"""Families over arrays: element by element, reductions, searches."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from playground.training.datasets.functions import SIGNED_TYPES, TYPES, WIDE_TYPES, Function, loop, pointer


@dataclass(frozen=True, kw_only=True)
class Operation:
    """A binary operation: its name as a function, the C of it, the English for two arrays and for an amount."""

    name: str
    c: str
    arrays: str
    amount: str


OPERATIONS = (
    Operation(
        name="add", c="{a} + {b}", arrays="Add the elements of {x} and {y}", amount="Add {k} to every element of {x}"
    ),
    Operation(
        name="sub",
        c="{a} - {b}",
        arrays="Subtract each element of {y} from that of {x}",
        amount="Subtract {k} from every element of {x}",
    ),
    Operation(
        name="mul",
        c="{a} * {b}",
        arrays="Multiply {x} by {y} element by element",
        amount="Multiply every element of {x} by {k}",
    ),
    Operation(
        name="and",
        c="{a} & {b}",
        arrays="Take the bitwise and of {x} and {y}, element by element",
        amount="Take the bitwise and of {k} and every element of {x}",
    ),
    Operation(
        name="or",
        c="{a} | {b}",
        arrays="Take the bitwise or of {x} and {y}, element by element",
        amount="Take the bitwise or of {k} and every element of {x}",
    ),
    Operation(
        name="xor",
        c="{a} ^ {b}",
        arrays="Take the exclusive or of {x} and {y}, element by element",
        amount="Take the exclusive or of {k} and every element of {x}",
    ),
    Operation(
        name="max",
        c="{a} > {b} ? {a} : {b}",
        arrays="Take the larger of each pair of elements of {x} and {y}",
        amount="Raise every element of {x} to at least {k}",
    ),
    Operation(
        name="min",
        c="{a} < {b} ? {a} : {b}",
        arrays="Take the smaller of each pair of elements of {x} and {y}",
        amount="Lower every element of {x} to at most {k}",
    ),
)

PAIR_NAMES = (
    ("a", "b", "out", "n"),
    ("x", "y", "z", "n"),
    ("src1", "src2", "dst", "size"),
    ("first", "second", "result", "count"),
    ("left", "right", "dst", "length"),
    ("p", "q", "r", "len"),
)
ONE_NAMES = (("src", "dst", "n"), ("a", "out", "size"), ("values", "result", "count"), ("p", "q", "len"))
ARRAY_NAMES = (("a", "n"), ("values", "count"), ("arr", "size"), ("data", "len"))


def element_by_element(chance: random.Random) -> Iterator[Function]:
    """dst[i] = a[i] op b[i]"""
    for operation, element, names in product(OPERATIONS, TYPES, PAIR_NAMES):
        a, b, out, n = names
        expression = operation.c.format(a=f"{a}[i]", b=f"{b}[i]")
        asked = operation.arrays.format(x=a, y=b)
        kind = TYPES[element]
        requests = (
            f"{asked} and store the results in {out}. The arrays hold {n} {kind}.",
            f"{asked}, {n} {kind} each, and write the result to {out}.",
            f"{operation.arrays.format(x='one array', y='another')}; store the results in a third array of {kind}.",
            f"{operation.arrays.format(x='the first array', y='the second array')} and put the result in {out}.",
            f"For each index i below {n}, store {expression} in {out}[i].",
        )
        things = chance.choice(("arrays", "vectors", "elements", "pairs", "buffers", "lists"))
        name = chance.choice(("{0}_{1}", "{1}_{0}", "{0}_both_{1}", "{0}_the_{1}")).format(operation.name, things)
        parameters = [pointer(element, item, chance) for item in (a, b, out)]
        yield Function(
            request=chance.choice(requests),
            prototype=f"void {name}({', '.join(parameters)}, int {n})",
            body=loop(n, f"{out}[i] = {expression};"),
            name=name,
        )


def by_an_amount(chance: random.Random) -> Iterator[Function]:
    """dst[i] = a[i] op k, k a parameter or a constant"""
    for operation, element, names in product(OPERATIONS, WIDE_TYPES, ONE_NAMES):
        a, out, n = names
        constant = chance.random() < 0.5
        k = str(chance.randint(1, 20)) if constant else "k"
        name = (
            f"{operation.name}_{k}" if constant else chance.choice((f"{operation.name}_value", f"{operation.name}_all"))
        )
        asked = operation.amount.format(x=a, k=k)
        parameters = [pointer(element, item, chance) for item in (a, out)] + [f"int {n}"]
        yield Function(
            request=f"{asked} ({n} {TYPES[element]}) and store the results in {out}.",
            prototype=f"void {name}({', '.join(parameters + ([] if constant else [f'{element} k']))})",
            body=loop(n, f"{out}[i] = {operation.c.format(a=f'{a}[i]', b=k)};"),
            name=name,
        )


def in_place(chance: random.Random) -> Iterator[Function]:
    """a[i] = a[i] op b[i]"""
    for operation, element, names in product(OPERATIONS[:6], WIDE_TYPES, (("a", "b", "n"), ("dst", "src", "count"))):
        a, b, n = names
        name = chance.choice((f"{operation.name}_into", f"{operation.name}_to", f"accumulate_{operation.name}"))
        asked = operation.arrays.format(x=a, y=b)
        yield Function(
            request=f"{asked} and store the results back in {a}. Each holds {n} {TYPES[element]}.",
            prototype=f"void {name}({pointer(element, a, chance)}, {pointer(element, b, chance)}, int {n})",
            body=loop(n, f"{a}[i] = {operation.c.format(a=f'{a}[i]', b=f'{b}[i]')};"),
            name=name,
        )


REDUCTIONS = (
    ("sum", "the sum of the {n} {kind} in {a}", "0", "s += {a}[i];"),
    ("product", "the product of the {n} {kind} in {a}", "1", "s *= {a}[i];"),
    ("xor_all", "the exclusive or of all {n} {kind} in {a}", "0", "s ^= {a}[i];"),
    ("or_all", "the bitwise or of all {n} {kind} in {a}", "0", "s |= {a}[i];"),
    ("sum_squares", "the sum of the squares of the {n} {kind} in {a}", "0", "s += {a}[i] * {a}[i];"),
    ("maximum", "the largest of the {n} {kind} in {a}", "{a}[0]", "if ({a}[i] > s) s = {a}[i];"),
    ("minimum", "the smallest of the {n} {kind} in {a}", "{a}[0]", "if ({a}[i] < s) s = {a}[i];"),
)
"""Name, English, start value, step."""


def reduction(chance: random.Random) -> Iterator[Function]:
    """One value from an array"""
    for (base, english, start, step), element, (a, n) in product(REDUCTIONS, WIDE_TYPES, ARRAY_NAMES):
        name = chance.choice((base, f"array_{base}", f"{base}_of"))
        asked = english.format(n=n, a=a, kind=TYPES[element])
        yield Function(
            request=f"{chance.choice(('Return', 'Compute'))} {asked}.",
            prototype=f"{element} {name}({pointer(element, a, chance)}, int {n})",
            body=f"{element} s = {start.format(a=a)}; {loop(n, step.format(a=a))} return s;",
            name=name,
        )


CONDITIONS = (
    ("positive", "are positive", "{v} > 0"),
    ("negative", "are negative", "{v} < 0"),
    ("zero", "are zero", "{v} == 0"),
    ("even", "are even", "({v} & 1) == 0"),
    ("odd", "are odd", "({v} & 1) != 0"),
    ("equal", "equal k", "{v} == k"),
    ("above", "are greater than k", "{v} > k"),
    ("below", "are less than k", "{v} < k"),
)
"""Name, English, C."""


def counting(chance: random.Random) -> Iterator[Function]:
    """How many elements satisfy a condition"""
    for (base, english, c), element, (a, n) in product(CONDITIONS, SIGNED_TYPES, ARRAY_NAMES[:3]):
        name = f"count_{base}"
        more = f", {element} k" if "k" in english.split() else ""
        yield Function(
            request=f"Count how many of the {n} {TYPES[element]} in {a} {english}.",
            prototype=f"int {name}({pointer(element, a, chance)}, int {n}{more})",
            body="int c = 0; " + loop(n, f"if ({c.format(v=f'{a}[i]')}) c++;") + " return c;",
            name=name,
        )


def searching(chance: random.Random) -> Iterator[Function]:
    """The index of the first element that satisfies a condition"""
    for (base, english, c), element, (a, n) in product(CONDITIONS, SIGNED_TYPES, ARRAY_NAMES[:2]):
        name = chance.choice((f"find_{base}", f"index_of_{base}"))
        words = english.replace("are", "is").replace("equal k", "equals k")
        more = f", {element} k" if "k" in english.split() else ""
        yield Function(
            request=f"Return the index of the first of the {n} {TYPES[element]} in {a} that {words}, or -1.",
            prototype=f"int {name}({pointer(element, a, chance)}, int {n}{more})",
            body=loop(n, f"if ({c.format(v=f'{a}[i]')}) return i;") + " return -1;",
            name=name,
        )


UNARY = (
    ("copy", "Copy the {n} {kind} of {a} to {out}", "{v}"),
    ("negate", "Store the negatives of the {n} {kind} of {a} in {out}", "-{v}"),
    ("invert", "Store the bitwise complements of the {n} {kind} of {a} in {out}", "~{v}"),
    ("square", "Store the squares of the {n} {kind} of {a} in {out}", "{v} * {v}"),
    ("double", "Store twice each of the {n} {kind} of {a} in {out}", "{v} * 2"),
    ("absolute", "Store the absolute values of the {n} {kind} of {a} in {out}", "{v} < 0 ? -{v} : {v}"),
)


def one_to_one(chance: random.Random) -> Iterator[Function]:
    """dst[i] = f(a[i])"""
    for (base, english, c), element, (a, out, n) in product(UNARY, SIGNED_TYPES, ONE_NAMES[:3]):
        name = chance.choice((f"{base}_array", f"{base}_all", f"{base}_elements"))
        yield Function(
            request=english.format(n=n, kind=TYPES[element], a=a, out=out) + ".",
            prototype=f"void {name}({pointer(element, a, chance)}, {pointer(element, out, chance)}, int {n})",
            body=loop(n, f"{out}[i] = {c.format(v=f'{a}[i]')};"),
            name=name,
        )


def filling(chance: random.Random) -> Iterator[Function]:
    """Write an array"""
    rows = (
        ("fill", "Set all {n} {kind} of {a} to v", ", {type} v", "{a}[i] = v;"),
        ("clear", "Set all {n} {kind} of {a} to zero", "", "{a}[i] = 0;"),
        ("iota", "Fill {a} with the numbers 0, 1, 2 and so on, {n} {kind} in all", "", "{a}[i] = i;"),
        ("squares", "Fill {a} with the first {n} squares 0, 1, 4 and so on ({kind})", "", "{a}[i] = i * i;"),
    )
    for (base, english, more, step), element, (a, n) in product(rows, WIDE_TYPES, ARRAY_NAMES[:3]):
        name = chance.choice((base, f"{base}_array"))
        yield Function(
            request=english.format(n=n, a=a, kind=TYPES[element]) + ".",
            prototype=f"void {name}({pointer(element, a, chance)}, int {n}{more.format(type=element)})",
            body=loop(n, step.format(a=a)),
            name=name,
        )


def two_arrays_to_one(chance: random.Random) -> Iterator[Function]:
    """One value from two arrays"""
    rows = (
        ("dot", "the dot product of {a} and {b}", "s += {a}[i] * {b}[i];"),
        ("sum_both", "the sum of all elements of {a} and {b}", "s += {a}[i] + {b}[i];"),
        ("difference", "the sum of the differences {a}[i] - {b}[i]", "s += {a}[i] - {b}[i];"),
        ("matches", "how many elements of {a} equal those of {b} at the same index", "if ({a}[i] == {b}[i]) s++;"),
    )
    for (base, english, step), element, names in product(rows, SIGNED_TYPES, PAIR_NAMES[:4]):
        a, b, _, n = names
        yield Function(
            request=f"Return {english.format(a=a, b=b)}; each holds {n} {TYPES[element]}.",
            prototype=f"{element} {base}({pointer(element, a, chance)}, {pointer(element, b, chance)}, int {n})",
            body=f"{element} s = 0; {loop(n, step.format(a=a, b=b))} return s;",
            name=base,
        )
