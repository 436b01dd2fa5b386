"""Arrays to one value: reductions, counts, searches, tests over all elements."""

from dataclasses import dataclass
from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import (
    ARRAY_NAMES,
    ARRAY_TYPES,
    LENGTH_NAMES,
    accumulator_of,
    define,
    family,
    is_signed,
    plural,
    request_to_return,
)
from playground.data.generate.predicates import Mapping, Predicate, mapping, predicate


@dataclass(frozen=True, kw_only=True)
class Array:
    """The array parameter that a function is about, and how a person mentions it."""

    element: str
    name: str
    length: str
    length_type: str

    @property
    def parameters(self) -> str:
        return f"const {self.element} *{self.name}, {self.length_type} {self.length}"

    def described(self, random: Random) -> str:
        """``the array a of n ints``"""
        return random.choice(
            (
                f"the array {self.name} of {self.length} {plural(self.element)}",
                f"the {self.length} elements of {self.name}",
                f"the array {self.name} with {self.length} elements",
                f"an array {self.name} of {self.length} {plural(self.element)}",
                f"the array {self.name} of length {self.length}",
            )
        )

    def loop(self, body: str, *, start: str = "0", step: str = "i++") -> str:
        return f"    for ({self.length_type} i = {start}; i < {self.length}; {step}) {{\n{body}    }}\n"


def some_array(random: Random) -> Array:
    """An array of a type, under names, as people declare them."""
    name = random.choice(ARRAY_NAMES)
    length = random.choice([word for word in LENGTH_NAMES if word != name])
    return Array(
        element=random.choice(ARRAY_TYPES),
        name=name,
        length=length,
        length_type=random.choice(("int", "int", "int", "long", "unsigned long")),
    )


def filtered_words(random: Random, array: Array, held: Predicate | None) -> str:
    """``the elements of … that are even``"""
    where = array.described(random)
    if held is None:
        return f"all elements of {where.removeprefix(f'the {array.length} elements of ')}"
    noun = random.choice(("the elements", "the values", "those elements"))
    return f"{noun} of {where.removeprefix(f'the {array.length} elements of ')} {held.clause}"


REDUCTIONS = (
    ("sum", "0", "{t} += {v};", "the sum of"),
    ("product", "1", "{t} *= {v};", "the product of"),
    ("xor", "0", "{t} ^= {v};", "the exclusive or (xor) of"),
    ("or", "0", "{t} |= {v};", "the bitwise or of"),
    ("and", "-1", "{t} &= {v};", "the bitwise and of"),
)


@family("array-reduce", 10)
def reduce(random: Random) -> CFunction:
    """A reduction over a mapping of the elements that pass a predicate."""
    array = some_array(random)
    word, start, update, phrase = random.choice((REDUCTIONS[0], *REDUCTIONS))
    held = predicate(random, signed=is_signed(array.element)) if random.random() < 0.6 else None
    change = mapping(random, signed=is_signed(array.element)) if random.random() < 0.5 else None
    total = accumulator_of(array.element)
    item = f"{array.name}[i]"
    value = change.apply(item) if change else item
    statement = update.format(t="t", v=value)
    inner = f"        if ({held.test(item)})\n            {statement}\n" if held else f"        {statement}\n"
    body = f"    {total} t = {start};\n{array.loop(inner)}    return t;"
    what = f"{phrase} {filtered_words(random, array, held)}"
    if change:
        whole = filtered_words(random, array, held)
        what = (
            f"{phrase} {change.of('each')} over {whole}"
            if word != "sum"
            else f"the sum of {change.of('x')} over {whole}"
        )
        what = what.replace(" each", " each element", 1)
    name = random.choice((f"array_{word}", f"{word}_of", f"array_{word}", f"{word}_{array.name}", "reduce"))
    shape = f"reduce/{word}/{held.shape if held else '-'}/{change.shape if change else '-'}"
    return define(
        name=name, result=total, parameters=array.parameters, body=body,
        request=request_to_return(random, name, what), shape=shape, tag="arrays",
    )  # fmt: skip


@family("array-count", 5)
def count(random: Random) -> CFunction:
    """How many elements pass a predicate, of a constant or of a parameter."""
    array = some_array(random)
    other = random.choice((None, None, "k"))
    held = predicate(random, other, signed=is_signed(array.element))
    inner = f"        if ({held.test(f'{array.name}[i]')})\n            c++;\n"
    body = f"    int c = 0;\n{array.loop(inner)}    return c;"
    parameters = array.parameters + (f", {array.element} k" if other else "")
    what = (
        f"the number of {random.choice(('elements', 'values', 'entries'))} {held.clause} in {array.described(random)}"
    )
    name = random.choice(("count", "count_if", "how_many", "tally"))
    request = request_to_return(random, name, what)
    if random.random() < 0.4:
        request = f"Count the elements {held.clause} in {array.described(random)}."
    return define(
        name=name, result="int", parameters=parameters, body=body, request=request, shape=f"count/{held.shape}",
        tag="arrays",
    )  # fmt: skip


@family("array-search", 5)
def search(random: Random) -> CFunction:
    """The index (or value) of the first or last element that passes, else a default."""
    array = some_array(random)
    other = random.choice((None, "key", "key"))
    held = predicate(random, other, signed=is_signed(array.element))
    if other and random.random() < 0.6:
        held = Predicate(c="{x} == key", clause="equal to key", shape="==p")
    last = random.random() < 0.35
    item = f"{array.name}[i]"
    if last:
        body = f"    int r = -1;\n{array.loop(f'        if ({held.test(item)})' + chr(10) + '            r = (int)i;' + chr(10))}    return r;"
    else:
        body = f"{array.loop(f'        if ({held.test(item)})' + chr(10) + '            return (int)i;' + chr(10))}    return -1;"
    end = "last" if last else "first"
    what = f"the index of the {end} element {held.clause} in {array.described(random)}, or -1 if there is none"
    name = random.choice(("find", "index_of", f"find_{end}", "locate", "search"))
    return define(
        name=name, result="int", parameters=array.parameters + (f", {array.element} key" if other else ""), body=body,
        request=request_to_return(random, name, what), shape=f"search/{end}/{held.shape}", tag="arrays",
    )  # fmt: skip


@family("array-quantifier", 4)
def quantifier(random: Random) -> CFunction:
    """Whether all, any or none of the elements pass."""
    array = some_array(random)
    held = predicate(random, signed=is_signed(array.element))
    word = random.choice(("all", "any", "none"))
    on_hit = {"all": (f"!({held.test(f'{array.name}[i]')})", 0, 1), "any": (held.test(f"{array.name}[i]"), 1, 0),
              "none": (held.test(f"{array.name}[i]"), 0, 1)}[word]  # fmt: skip
    inner = f"        if ({on_hit[0]})\n            return {on_hit[1]};\n"
    body = f"{array.loop(inner)}    return {on_hit[2]};"
    subject = {"all": "every element", "any": "any element", "none": "no element"}[word]
    clause = held.about("x").removeprefix("x ")
    what = f"1 if {subject} of {array.described(random).removeprefix(f'the {array.length} elements of ')} {clause}, otherwise 0"
    name = random.choice((f"{word}_of", f"{word}_match", f"check_{word}"))
    return define(
        name=name, result="int", parameters=array.parameters, body=body,
        request=request_to_return(random, name, what), shape=f"quantifier/{word}/{held.shape}", tag="arrays",
    )  # fmt: skip


@family("array-extreme", 5)
def array_extreme(random: Random) -> CFunction:
    """The largest or smallest value or its index, over all elements or of a mapping; 0 or -1 for an empty array."""
    array = some_array(random)
    least = random.random() < 0.5
    sign, word = ("<", "smallest") if least else (">", "largest")
    item = f"{array.name}[i]"
    change = mapping(random, signed=is_signed(array.element)) if random.random() < 0.3 else None
    if random.random() < 0.4:
        inner = f"        if ({item} {sign} {array.name}[m])\n            m = (int)i;\n"
        guard = f"    if ({array.length} == 0)\n        return -1;\n"
        body = f"{guard}    int m = 0;\n{array.loop(inner, start='1')}    return m;"
        what = f"the index of the {word} element of {array.described(random)} (the first one of equals), or -1 if it is empty"
        result, shape = "int", f"extreme-index/{word}"
    else:
        result = accumulator_of(array.element)
        value = change.apply(item) if change else item
        first = change.apply(f"{array.name}[0]") if change else f"{array.name}[0]"
        guard = f"    if ({array.length} == 0)\n        return 0;\n"
        inner = f"        {result} w = {value};\n        if (w {sign} m)\n            m = w;\n"
        body = f"{guard}    {result} m = {first};\n{array.loop(inner, start='1')}    return m;"
        of = change.of("an element") if change else "element"
        what = f"the {word} {'value of ' + of if change else of} in {array.described(random)}, or 0 if it is empty"
        shape = f"extreme-value/{word}/{change.shape if change else '-'}"
    name = random.choice(("min_of" if least else "max_of", "extreme", f"{word}", f"find_{word}"))
    return define(
        name=name, result=result, parameters=array.parameters, body=body,
        request=request_to_return(random, name, what), shape=shape, tag="arrays",
    )  # fmt: skip


NEIGHBOURS = (
    ("{a}[i] > {a}[i - 1]", "elements that are greater than the one before", "rises"),
    ("{a}[i] < {a}[i - 1]", "elements that are smaller than the one before", "falls"),
    ("{a}[i] == {a}[i - 1]", "elements that equal the one before", "repeats"),
    ("{a}[i] != {a}[i - 1]", "elements that differ from the one before", "changes"),
    ("({a}[i] < 0) != ({a}[i - 1] < 0)", "sign changes between neighbours", "sign-changes"),
    ("{a}[i] == {a}[i - 1] + 1", "elements that are one more than the one before", "successors"),
    ("{a}[i] == 2 * {a}[i - 1]", "elements that are twice the one before", "doubles"),
)


@family("array-neighbours", 4)
def neighbours(random: Random) -> CFunction:
    """Counts of, and tests on, neighbouring elements."""
    array = some_array(random)
    condition, words, shape = random.choice(NEIGHBOURS)
    held = condition.format(a=array.name)
    if random.random() < 0.5:
        inner = f"        if ({held})\n            c++;\n"
        body = f"    int c = 0;\n{array.loop(inner, start='1')}    return c;"
        what = f"the number of {words} in {array.described(random)}"
        kind = "count"
    else:
        inner = f"        if (!({held}))\n            return 0;\n"
        body = f"{array.loop(inner, start='1')}    return 1;"
        subject = words.replace("elements that are", "each element is").replace("elements that", "each element")
        subject = subject.replace("each element equal ", "each element equals ").replace("differ ", "differs ")
        if shape == "sign-changes":
            subject = "each two neighbours differ in sign"
        what = f"1 if in {array.described(random)} {subject}, for all but the first, otherwise 0"
        kind = "all"
    name = random.choice(("neighbours", "adjacent", shape.replace("-", "_"), "scan"))
    return define(
        name=name, result="int", parameters=array.parameters, body=body,
        request=request_to_return(random, name, what), shape=f"neighbours/{kind}/{shape}", tag="arrays",
    )  # fmt: skip


PAIRS = (
    ("sum", "t += {x} * {y};", "the dot product (sum of products) of the arrays {a} and {b}", "dot"),
    ("sum", "t += {x} > {y} ? {x} - {y} : {y} - {x};", "the sum of the absolute differences of the elements of {a} and {b}", "sad"),
    ("sum", "t += ({x} - {y}) * ({x} - {y});", "the sum of the squared differences of the elements of {a} and {b}", "ssd"),
    ("count", "t += {x} == {y};", "the number of positions at which the arrays {a} and {b} are equal", "equal"),
    ("count", "t += {x} != {y};", "the number of positions at which the arrays {a} and {b} differ", "differ"),
    ("count", "t += {x} > {y};", "the number of positions at which {a} is greater than {b}", "greater"),
    ("sum", "t += {x} > {y} ? {x} : {y};", "the sum of the larger one of each pair of elements of {a} and {b}", "max"),
    ("sum", "t += {x} ^ {y};", "the sum of the exclusive ors of the elements of {a} and {b}", "xor"),
)  # fmt: skip


@family("array-pair-reduce", 4)
def pair_reduce(random: Random) -> CFunction:
    """Two arrays of one length to one value."""
    kind, statement, words, shape = random.choice(PAIRS)
    element = random.choice(("int", "int", "long", "short", "signed char"))
    a, b = random.choice((("a", "b"), ("x", "y"), ("p", "q"), ("u", "v"), ("src1", "src2")))
    length = random.choice(("n", "len", "size"))
    total = accumulator_of(element) if kind == "sum" else "int"
    loop = f"    for (int i = 0; i < {length}; i++)\n        {statement.format(x=f'{a}[i]', y=f'{b}[i]')}\n"
    what = words.format(a=a, b=b) + random.choice((f", each of {length} {plural(element)}", f" of length {length}"))
    name = random.choice((f"{shape}_{kind}", shape, "pairwise"))
    return define(
        name=name, result=total, parameters=f"const {element} *{a}, const {element} *{b}, int {length}",
        body=f"    {total} t = 0;\n{loop}    return t;", request=request_to_return(random, name, what),
        shape=f"pair/{shape}", tag="arrays",
    )  # fmt: skip


@family("array-strided", 3)
def strided(random: Random) -> CFunction:
    """A reduction over every k-th element, a prefix, or backwards with alternating signs."""
    array = some_array(random)
    total = accumulator_of(array.element)
    item = f"{array.name}[i]"
    stride = random.randrange(2, 6)
    choice = random.choice(("every", "alternating", "weighted", "first-half", "until"))
    if choice == "every":
        start = random.randrange(0, 2)
        loop = array.loop(f"        t += {item};\n", start=str(start), step=f"i += {stride}")
        what = (
            f"the sum of every {ordinal_word(stride)} element of {array.described(random)}, starting at index {start}"
        )
    elif choice == "alternating":
        loop = array.loop(f"        t += i % 2 == 0 ? {item} : -{item};\n")
        what = (
            f"the alternating sum of {array.described(random)}: elements at even indices added, at odd ones subtracted"
        )
    elif choice == "weighted":
        k = random.choice(("i", "(i + 1)"))
        loop = array.loop(f"        t += ({total}){item} * ({total}){k};\n")
        what = f"the sum of each element of {array.described(random)} times its index{' plus one' if '1' in k else ''}"
    elif choice == "first-half":
        half = array.loop(f"        t += {item};\n").replace(f"i < {array.length}", f"i < {array.length} / 2")
        loop, what = half, f"the sum of the first half (rounded down) of {array.described(random)}"
    else:
        held = predicate(random, signed=is_signed(array.element))
        loop = array.loop(f"        if ({held.test(item)})\n            break;\n        t += {item};\n")
        what = f"the sum of the elements of {array.described(random)} before the first one {held.clause}"
        choice = f"until/{held.shape}"
    name = random.choice(("partial_sum", "sum", "accumulate", "strided"))
    return define(
        name=name, result=total, parameters=array.parameters, body=f"    {total} t = 0;\n{loop}    return t;",
        request=request_to_return(random, name, what), shape=f"strided/{choice}", tag="arrays",
    )  # fmt: skip


def ordinal_word(number: int) -> str:
    return {2: "second", 3: "third", 4: "fourth", 5: "fifth"}[number]


__all__ = ["Array", "Mapping", "some_array"]
