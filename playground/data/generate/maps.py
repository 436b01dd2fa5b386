"""Arrays to arrays: element-wise maps, in place or into another array, with filters and two sources."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.arrays import some_array
from playground.data.generate.family import define, family, is_signed, plural, request_to_do
from playground.data.generate.predicates import mapping, predicate

ELEMENTS = ("int", "int", "int", "long", "short", "unsigned char", "unsigned int")


@family("map-in-place", 7)
def in_place(random: Random) -> CFunction:
    """Each element (that passes a predicate) replaced by a mapping of it."""
    array = some_array(random)
    other = random.choice((None, None, "k"))
    change = mapping(random, other, signed=is_signed(array.element))
    held = predicate(random, signed=is_signed(array.element)) if random.random() < 0.5 else None
    item = f"{array.name}[i]"
    statement = f"{item} = {change.apply(item)};"
    inner = f"        if ({held.test(item)})\n            {statement}\n" if held else f"        {statement}\n"
    which = f"each element {held.clause}" if held else random.choice(("each element", "every element"))
    where = array.described(random).removeprefix(f"the {array.length} elements of ")
    deed = random.choice(
        (
            f"Replace {which} of {where} by {change.of('it')}",
            f"In {where}, replace {which} by {change.of('itself')}",
            f"Set {which} x of {where} to {change.of('x')}, in place",
        )
    )
    name = random.choice(("update", "transform", "apply", "modify", "map"))
    return define(
        name=name, result="void",
        parameters=f"{array.element} *{array.name}, {array.length_type} {array.length}"
        + (f", {array.element} k" if other else ""),
        body=array.loop(inner), request=request_to_do(random, name, deed),
        shape=f"map/{held.shape if held else '-'}/{change.shape}", tag="arrays",
    )  # fmt: skip


@family("map-to-destination", 6)
def to_destination(random: Random) -> CFunction:
    """dst[i] = f(src[i])."""
    element = random.choice(ELEMENTS)
    target = random.choice((element, element, "int", "long"))
    source_name, target_name = random.choice((("src", "dst"), ("a", "b"), ("in", "out"), ("x", "y")))
    length = random.choice(("n", "n", "len", "size"))
    change = mapping(random, signed=is_signed(element))
    loop = f"    for (int i = 0; i < {length}; i++)\n        {target_name}[i] = {change.apply(f'{source_name}[i]')};"
    of = change.of(f"{source_name}[i]")
    deed = random.choice(
        (
            f"Store {change.of('each element')} of {source_name} in {target_name}; both have {length} elements",
            f"For each i below {length}, set {target_name}[i] to {of}",
            f"Fill {target_name} with {change.of('the corresponding element')} of {source_name} ({length} elements)",
        )
    )
    name = random.choice(("convert", "transform", "apply", "map", "store"))
    return define(
        name=name, result="void",
        parameters=f"const {element} *{source_name}, {target} *{target_name}, int {length}", body=loop,
        request=request_to_do(random, name, deed), shape=f"map-to/{change.shape}", tag="arrays",
    )  # fmt: skip


COMBINATIONS = (
    ("{x} + {y}", "the sum", "add"), ("{x} - {y}", "the difference", "subtract"), ("{x} * {y}", "the product", "multiply"),
    ("{x} & {y}", "the bitwise and", "and"), ("{x} | {y}", "the bitwise or", "or"), ("{x} ^ {y}", "the exclusive or", "xor"),
    ("{x} > {y} ? {x} : {y}", "the larger", "max"), ("{x} < {y} ? {x} : {y}", "the smaller", "min"),
    ("({x} + {y}) / 2", "the average", "average"), ("{x} > {y} ? {x} - {y} : {y} - {x}", "the absolute difference", "distance"),
    ("2 * {x} + {y}", "twice the first plus the second", "2x+y"), ("{x} * {x} + {y} * {y}", "the sum of the squares", "squares"),
)  # fmt: skip


@family("map-combine", 7)
def combine(random: Random) -> CFunction:
    """dst[i] = f(a[i], b[i]), the seeds' example among them with other names."""
    pattern, words, shape = random.choice(COMBINATIONS)
    element = random.choice(ELEMENTS)
    a, b, dst = random.choice(
        (("a", "b", "c"), ("src1", "src2", "dst"), ("x", "y", "z"), ("p", "q", "out"), ("left", "right", "result"))
    )
    length = random.choice(("n", "n", "size", "len", "count"))
    integer = random.choice(("int", "int", "long", "unsigned long"))
    value = pattern.format(x=f"{a}[i]", y=f"{b}[i]")
    const = random.choice(("const ", ""))
    order = random.random() < 0.75
    parameters = (f"{const}{element} *{a}", f"{const}{element} *{b}", f"{element} *{dst}")
    listed = parameters if order else (parameters[2], parameters[0], parameters[1])
    deed = random.choice(
        (
            f"Store {words} of each pair of elements of {a} and {b} in {dst}; the arrays have {length} elements",
            f"For each index, put {words} of the elements of {a} and {b} into {dst} ({length} {plural(element)})",
            f"Set {dst}[i] to {words} of {a}[i] and {b}[i] for all i below {length}",
        )
    )
    if shape == "add" and random.random() < 0.5:
        deed = (
            f"Add the arrays {a} and {b} element by element and store the result in {dst}; all have {length} elements"
        )
    name = random.choice((f"{shape}_arrays", f"array_{shape}", "combine", f"vector_{shape}", "zip"))
    name = "combine" if not name.isidentifier() else name
    return define(
        name=name, result="void", parameters=", ".join((*listed, f"{integer} {length}")),
        body=f"    for ({integer} i = 0; i < {length}; i++)\n        {dst}[i] = {value};",
        request=request_to_do(random, name, deed), shape=f"combine/{shape}", tag="arrays",
    )  # fmt: skip


FILLS = (
    ("{k}", "the value {k}", "constant"), ("i", "its index", "index"), ("i * i", "the square of its index", "index-squared"),
    ("i + {k}", "its index plus {k}", "index+k"), ("i * {k}", "its index times {k}", "index*k"),
    ("{k} - i", "{k} minus its index", "k-index"), ("i % {k}", "its index modulo {k}", "index%k"),
    ("i & 1", "0 at even and 1 at odd indices", "parity"), ("1 << (i % 31)", "two to the power of (index modulo 31)", "power"),
    ("{n} - 1 - i", "the indices in descending order", "descending"), ("i ^ {k}", "its index xor {k}", "index^k"),
)  # fmt: skip


@family("map-fill", 3)
def fill(random: Random) -> CFunction:
    """Elements made from their indices."""
    pattern, words, shape = random.choice(FILLS)
    array = some_array(random)
    k = str(random.randrange(2, 100)) if "%" in shape else random.choice(("k", str(random.randrange(2, 100))))
    value = pattern.format(k=k, n=array.length)
    with_k = k == "k" and "{k}" in pattern
    where = array.described(random).removeprefix(f"the {array.length} elements of ")
    deed = f"Set each element of {where} to {words.format(k=k)}"
    if shape == "constant":
        deed = random.choice((deed, f"Fill {where} with {k}"))
    name = random.choice(("fill", "init", "make", "generate"))
    return define(
        name=name, result="void",
        parameters=f"{array.element} *{array.name}, int {array.length}" + (f", {array.element} k" if with_k else ""),
        body=f"    for (int i = 0; i < {array.length}; i++)\n        {array.name}[i] = {value};",
        request=request_to_do(random, name, deed), shape=f"fill/{shape}", tag="arrays",
    )  # fmt: skip


@family("map-filter", 4)
def keep(random: Random) -> CFunction:
    """Elements that pass are copied (or moved to the front); their number is returned."""
    array = some_array(random)
    held = predicate(random, random.choice((None, None, "k")), signed=is_signed(array.element))
    with_k = " k" in f" {held.clause}" and held.clause.endswith(" k")
    in_same = random.random() < 0.4
    target = array.name if in_same else random.choice(("dst", "out", "kept"))
    item = f"{array.name}[i]"
    inner = f"        if ({held.test(item)})\n            {target}[m++] = {item};\n"
    body = f"    int m = 0;\n{array.loop(inner)}    return m;"
    first = (
        f"{array.element} *{array.name}"
        if in_same
        else f"const {array.element} *{array.name}, {array.element} *{target}"
    )
    where = array.described(random)
    deed = (
        f"Keep only the elements {held.clause} of {where}, moved to the front in order, and return how many there are"
        if in_same
        else f"Copy the elements {held.clause} of {where} to {target}, in order, and return how many were copied"
    )
    name = random.choice(("filter", "keep", "select", "copy_if"))
    return define(
        name=name, result="int",
        parameters=f"{first}, {array.length_type} {array.length}" + (f", {array.element} k" if with_k else ""), body=body,
        request=request_to_do(random, name, deed), shape=f"filter/{held.shape}", tag="arrays",
    )  # fmt: skip


SCANS = (
    ("{a}[i] += {a}[i - 1];", "Replace each element of {w} by the sum of all elements up to it (prefix sums)", "prefix-sum"),
    ("if ({a}[i] < {a}[i - 1])\n            {a}[i] = {a}[i - 1];",
     "Replace each element of {w} by the largest element up to it (running maximum)", "running-max"),
    ("if ({a}[i] > {a}[i - 1])\n            {a}[i] = {a}[i - 1];",
     "Replace each element of {w} by the smallest element up to it (running minimum)", "running-min"),
    ("{a}[i] ^= {a}[i - 1];", "Replace each element of {w} by the exclusive or of all elements up to it", "prefix-xor"),
)  # fmt: skip


@family("map-scan", 2)
def scan(random: Random) -> CFunction:
    """Prefix sums and running extremes."""
    statement, words, shape = random.choice(SCANS)
    array = some_array(random)
    where = array.described(random).removeprefix(f"the {array.length} elements of ")
    name = random.choice((shape.replace("-", "_"), "scan", "accumulate"))
    return define(
        name=name, result="void", parameters=f"{array.element} *{array.name}, int {array.length}",
        body=f"    for (int i = 1; i < {array.length}; i++) {{\n        {statement.format(a=array.name)}\n    }}",
        request=request_to_do(random, name, words.format(w=where)), shape=f"scan/{shape}", tag="arrays",
    )  # fmt: skip
