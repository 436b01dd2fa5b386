"""Passes over an array whose steps the request gives."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.told.asking import made, result, told
from playground.data.generate.told.terms import (
    Condition,
    compared,
    condition,
    conditions,
    divides,
    formula,
    placed,
    some_number,
)

ELEMENTS = ("int", "int", "long", "unsigned char", "short", "unsigned", "double", "unsigned short", "signed char")
LENGTHS = ("n", "n", "n", "len", "size", "length")
ARRAYS = ("a", "a", "v", "data", "values", "list", "numbers", "items", "samples", "p", "bytes", "xs")


def _array(random: Random, *, real: bool = True) -> tuple[str, str, str, str]:
    """Element type, array, its length, and how the request calls them."""
    kind = random.choice(ELEMENTS)
    if kind == "double" and not real:
        kind = "int"
    array, length = random.choice(ARRAYS), random.choice(LENGTHS)
    called = random.choice(
        (
            "the {n} elements of {a}",
            "the {n} {k}s in {a}",
            "{a}, which has {n} elements",
            "the array {a} of {n} elements",
            "{a}",
        )
    )
    return kind, array, length, called.format(n=length, a=array, k=kind)


def _sum_type(kind: str) -> str:
    return kind if kind in ("double", "long", "unsigned") else "long"


@family("told-fold", 7)
def fold(random: Random) -> CFunction:
    """One number that every element changes."""
    kind, array, length, called = _array(random, real=False)
    h, e = random.choice(("h", "s", "sum", "hash", "acc", "r")), f"{array}[i]"
    wide = random.choice(("unsigned", "unsigned", "unsigned long"))
    start, k, j = (
        random.choice((0, 0, 1, 7, some_number(random), random.randrange(1000, 100000))),
        some_number(random),
        random.randrange(2, 32),
    )
    modulus = random.choice((2, 10, 16, 97, 101, 251, 255, 256, 1000, 65521, random.randrange(50, 5000)))
    c, said = random.choice((
        (f"{h} * {k} + {e}", f"{h} * {k} + e"), (f"({h} + {e}) * {k}", f"({h} + e) * {k}"), (f"{h} * {k} ^ {e}", f"{h} * {k} xor e"), (f"({h} ^ {e}) * {k}", f"({h} xor e) * {k}"),
        (f"({h} + {e}) % {modulus}", f"({h} + e) mod {modulus}"), (f"({h} * {k} + {e}) % {modulus}", f"({h} * {k} + e) mod {modulus}"), (f"({h} << {j % 7 + 1}) + {e}", f"({h} << {j % 7 + 1}) + e"),
        (f"({h} << {j % 5 + 1} | {h} >> {27 - j % 5}) + {e}", f"({h} << {j % 5 + 1} | {h} >> {27 - j % 5}) + e"), (f"{h} + {e} * {k}", f"{h} + {k} times e"), (f"{h} + {e} * (i + 1)", f"{h} + e times its position counted from 1"),
        (f"{h} + {e} * {e}", f"{h} + e squared"), (f"{h} ^ {e} + {k}", f"{h} xor (e + {k})"),
    ))  # fmt: skip
    body = f"    {wide} {h} = {start};\n    for (int i = 0; i < {length}; i++)\n        {h} = {c};\n    return {h};"
    request = random.choice((
        f"Start with {h} = {start} and for every element e of {array} set {h} = {said}. Return {h}.", f"Hash {called}: begin with {h} = {start}; each element e makes it {said}.",
        f"Go through {called}. {h} is {start} at first, and every element e turns it into {said}. The result is {h}.", f"For each e in {called}: {h} = {said}. {h} starts at {start} and is returned.",
    ))  # fmt: skip
    return made(random, result=wide, parameters=f"const {kind} *{array}, int {length}", body=body, request=request, shape=f"fold/{kind}")  # fmt: skip


DOUBLES = (
    ("{a} = ({a} + {e}) % {m}; {b} = ({b} + {a}) % {m};", "the first adds the element, the second adds the first, both modulo {m}"),
    ("{a} += {e}; {b} += {a};", "the first adds the element, then the second adds the first"),
    ("{a} += {e}; {b} ^= {e};", "the first adds the element, the second takes its exclusive or"),
    ("{a} += {e}; {b} += {e} * {e};", "the first adds the element and the second its square"),
    ("{a} = {a} * {k} + {e}; {b} += {a};", "the first becomes {k} times itself plus the element, and the second adds the first"),
)  # fmt: skip
RETURNED = (("{b} * {k} + {a}", "second * {k} + first"), ("{a} + {b}", "their sum"), ("{b} - {a}", "the second minus the first"), ("{a} ^ {b}", "the exclusive or of both"), ("{b} << 16 | {a}", "the second shifted left by 16, or the first"))  # fmt: skip


@family("told-two-sums", 4)
def two_sums(random: Random) -> CFunction:
    """Checksums of two running values."""
    kind, array, length, called = _array(random, real=False)
    a, b = random.choice((("a", "b"), ("s1", "s2"), ("first", "second"), ("low", "high"), ("x", "y")))
    a, b = (a, b) if array not in (a, b) else ("s1", "s2")
    steps, said = random.choice(DOUBLES)
    out, out_said = random.choice(RETURNED)
    fill = {
        "a": a,
        "b": b,
        "e": f"{array}[i]",
        "m": random.choice((255, 251, 65521, 256, 1000, 97)),
        "k": random.choice((256, 1000, 65536, 10, 31)),
    }
    start = random.choice((0, 0, 1, random.randrange(2, 90)))
    lines = "".join(f"        {step.rstrip(';')};\n" for step in steps.format(**fill).split("; "))
    body = f"    unsigned {a} = {start}, {b} = 0;\n    for (int i = 0; i < {length}; i++) {{\n{lines}    }}\n    return {out.format(**fill)};"
    request = random.choice((
        f"Compute a checksum of {called}: two sums that start at {start} and 0; for every element {said.format(**fill)}. Return {out_said.format(**fill)}.",
        f"Keep two values, {start} and 0 at first. For each element of {array}, {said.format(**fill)}. The result is {out_said.format(**fill)}.",
    ))  # fmt: skip
    return made(random, result="unsigned", parameters=f"const {kind} *{array}, int {length}", body=body, request=request, shape=f"two-sums/{kind}")  # fmt: skip


def _element_condition(random: Random, kind: str, element: str) -> Condition:
    """One or more tests on ``e``, in C on the element."""
    held = conditions(random, ["e"], whole=kind != "double")
    c = placed(held.c, e=element)
    return Condition(c=c, words=held.words, is_both=held.is_both)


@family("told-count", 5)
def counted(random: Random) -> CFunction:
    """How many elements pass, their sum, whether all or any do."""
    kind, array, length, called = _array(random)
    held = _element_condition(random, kind, f"{array}[i]")
    goal = random.choice(("count", "sum", "all", "any", "none", "first", "last"))
    loop = f"    for (int i = 0; i < {length}; i++)\n"
    words = held.words
    asked: tuple[str, ...]
    match goal:
        case "count" | "sum":
            total, what = ("int", "count") if goal == "count" else (_sum_type(kind), "sum")
            body = f"    {total} {what} = 0;\n{loop}        if ({held.c})\n            {what} {'++' if goal == 'count' else f'+= {array}[i]'};\n    return {what};".replace(
                " ++", "++"
            )
            asked = {"count": ("Count the elements e of {a} for which {w}.", "How many elements e of {c} are there such that {w}?", "For how many e in {a} does it hold that {w}?"),
                     "sum": ("Add up those elements e of {a} for which {w}.", "Sum every e in {c}, but only where {w}.", "Return the sum of the elements e with this property: {w}.")}[goal]  # fmt: skip
            returned = total
        case "all" | "any" | "none":
            stops, hit = (f"!({held.c})", 0) if goal == "all" else (held.c, 1 if goal == "any" else 0)
            body = f"{loop}        if ({stops})\n            return {hit};\n    return {1 - hit};"
            asked = {"all": ("Return 1 if for every element e of {a} {w}, otherwise 0.", "Does it hold for all e in {c} that {w}? Return 1 or 0."),
                     "any": ("Return 1 if there is an element e in {a} such that {w}, otherwise 0.", "Is there any e in {c} for which {w}? 1 for yes, 0 for no."),
                     "none": ("Return 0 as soon as for an element e of {a} {w}, and 1 if there is none.", "Return 1 if {c} holds no e for which {w}, else 0.")}[goal]  # fmt: skip
            returned = "int"
        case _:
            backwards = f"    for (int i = {length} - 1; i >= 0; i--)\n"
            body = (
                f"{loop if goal == 'first' else backwards}        if ({held.c})\n            return i;\n    return -1;"
            )
            asked = (f"Return the index of the {goal} element e of {{a}} for which {{w}}, or -1 if there is none.", f"At which index is the {goal} e in {{c}} such that {{w}}? -1 when there is none.", f"Find the {goal} e with this property in {{a}} and return its index (-1: not found): {{w}}.")  # fmt: skip
            returned = "int"
    request = random.choice(asked).format(a=array, c=called, w=words)
    return made(random, result=returned, parameters=f"const {kind} *{array}, int {length}", body=body, request=request, shape=f"{goal}/{kind}")  # fmt: skip


NEIGHBOURS = (
    ("{x} > {y}", "an element is larger than the one before it"), ("{x} < {y}", "an element is smaller than the one before it"), ("{x} == {y}", "an element equals the one right before it"),
    ("{x} != {y}", "an element differs from its predecessor"), ("{x} == {y} + {k}", "an element is {k} more than the one before it"), ("{x} >= {k} * {y}", "an element is at least {k} times the one before it"),
    ("{x} - {y} > {k}", "the step up from the element before is more than {k}"), ("{y} - {x} >= {k}", "an element is at least {k} below its predecessor"), ("({x} < 0) != ({y} < 0)", "the sign changes from one element to the next"),
    ("{x} % 2 != {y} % 2", "one of two neighbours is even and the other odd"), ("{x} + {y} == {k}", "two neighbours add up to {k}"), ("{x} <= {y}", "an element is not larger than the one before"),
    ("{x} >= {y}", "an element is not smaller than the one before"), ("{x} == -{y}", "an element is the negative of its predecessor"),
)  # fmt: skip


@family("told-neighbours", 5)
def neighbours(random: Random) -> CFunction:
    """Each element beside the one before it, directly or through a helper function."""
    kind = random.choice(("int", "int", "long", "short", "signed char"))
    array, length = random.choice(ARRAYS), random.choice(LENGTHS)
    test, words = random.choice(NEIGHBOURS)
    k = random.randrange(2, 20)
    x, y = f"{array}[i]", f"{array}[i - 1]"
    c, said = test.format(x=x, y=y, k=k), words.format(k=k)
    helper = ""
    note = ""
    if random.random() < 0.35:
        name = random.choice(("holds", "fits", "matches", "pair_test", "is_hit", "counts"))
        helper = f"__attribute__((noinline)) static int {name}({kind} before, {kind} now) {{\n    return {test.format(x='now', y='before', k=k)};\n}}\n"
        c = f"{name}({y}, {x})"
        note = random.choice(
            (
                " Compare through a helper function.",
                " Test each pair in a function of its own.",
                " Decide in a separate function.",
            )
        )
    loop = f"    for (int i = 1; i < {length}; i++)\n"
    goal = random.choice(("count", "count", "never", "somewhere", "first"))
    if goal == "count":
        body = f"    int count = 0;\n{loop}        if ({c})\n            count++;\n    return count;"
        request = random.choice(
            (f"Count the positions in {array} at which {said}.", f"How often is it so in {array} that {said}?")
        )
    elif goal == "first":
        body = f"{loop}        if ({c})\n            return i;\n    return -1;"
        request = f"Return the first index of {array} (from 1 on) at which {said}, or -1 if there is none."
    else:
        hit = int(goal == "somewhere")
        body = f"{loop}        if ({c})\n            return {hit};\n    return {1 - hit};"
        request = (
            f"Return 1 if somewhere in {array} {said}, otherwise 0." if hit else
            random.choice((f"Return 0 if anywhere in {array} {said}, and 1 if that is nowhere so.", f"Return 1 if it is never so in {array} that {said}, else 0."))
        )  # fmt: skip
    return made(random, result="int", parameters=f"const {kind} *{array}, int {length}", body=body, request=request + note, shape=f"neighbours/{goal}/{bool(helper)}", helper=helper)  # fmt: skip


@family("told-change", 6)
def changed(random: Random) -> CFunction:
    """Every element by a formula, or by a case."""
    kind, array, length, _ = _array(random)
    real = kind == "double"
    e = f"{array}[i]"
    one = formula(random, ["e"], random.choice((1, 1, 2)), real=real)
    held = condition(random, ["e"], whole=not real) if random.random() < 0.5 else None
    other = formula(random, ["e"], 1, real=real) if held and random.random() < 0.5 else None

    def on(c: str) -> str:
        return placed(c, e=e)

    said = one.told(random)
    if not held:
        body = f"        {e} = {on(one.c())};"
        request = random.choice(
            (
                f"Replace each element e of {array} by {said}.",
                f"Every element e of {array} becomes {said}.",
                f"Set each e in {array} to {said}, in place.",
            )
        )
    else:
        body = f"        if ({on(held.c)})\n            {e} = {on(one.c())};"
        rest = " The others stay."
        if other:
            body += f"\n        else\n            {e} = {on(other.c())};"
            rest = f" Otherwise it becomes {other.told(random)}."
        request = random.choice(
            (
                f"For each element e of {array}: if {held.words}, e becomes {said}.{rest}",
                f"Where {held.words}, replace the element e of {array} by {said}.{rest}",
            )
        )
    return made(random, result="void", parameters=f"{kind} *{array}, int {length}", body=f"    for (int i = 0; i < {length}; i++)\n{body}", request=request, shape=f"change/{kind}/{bool(held)}/{bool(other)}")  # fmt: skip


RUNNING = (
    ("+=", "the sum of itself and the element before it, which is already changed"), ("-=", "itself minus the element before it, already changed"),
    ("^=", "its exclusive or with the (already changed) element before it"), ("+= 2 *", "itself plus twice the element before, as it is by then"),
    ("=max", "the larger one of itself and the element before it"), ("=min", "the smaller one of itself and the element before it"), ("*=", "its product with the element before it, which is already changed"),
)  # fmt: skip


@family("told-running", 3)
def running(random: Random) -> CFunction:
    """Elements that take in what stands before them, or behind them."""
    kind = random.choice(("int", "long", "unsigned", "unsigned long"))
    array, length = random.choice(ARRAYS), random.choice(LENGTHS)
    operator, said = random.choice(RUNNING)
    backwards = random.random() < 0.35
    other = f"{array}[i + 1]" if backwards else f"{array}[i - 1]"
    loop = (
        f"    for (int i = {length} - 2; i >= 0; i--)\n" if backwards else f"    for (int i = 1; i < {length}; i++)\n"
    )
    sign = {"=max": ">", "=min": "<"}.get(operator)
    body = (
        f"{loop}        if ({other} {sign} {array}[i])\n            {array}[i] = {other};"
        if sign
        else f"{loop}        {array}[i] {operator} {other};"
    )
    if backwards:
        said = said.replace("before", "after")
    order = (
        " Go from the end to the beginning."
        if backwards
        else random.choice((" Go from left to right.", " Begin with the second element.", ""))
    )
    request = f"Make each element of {array} {said}.{order}"
    return made(random, result="void", parameters=f"{kind} *{array}, int {length}", body=body, request=request, shape=f"running/{operator}/{backwards}")  # fmt: skip


@family("told-two-arrays", 4)
def two_arrays(random: Random) -> CFunction:
    """Elements of two arrays, one formula: summed, counted or stored."""
    kind, a, length, _ = _array(random)
    kind = random.choice((kind, "float", "double"))
    real = kind in ("double", "float")
    a, b = random.choice((("a", "b"), ("x", "y"), ("u", "v"), ("p", "q"), ("left", "right"), ("prices", "amounts")))
    goal = random.choice(("sum", "count", "store"))
    if goal == "count":
        held = (
            compared(random, "x", "y")
            if random.random() < 0.6 or real
            else divides(random, "(x + y)", random.randrange(2, 10))
        )
        c = (
            held.c.replace("x", f"{a}[i]").replace("y", f"{b}[i]")
            if "x" not in (a, b)
            else held.c.replace("x", "x[i]").replace("y", "y[i]")
        )
        body = f"    int count = 0;\n    for (int i = 0; i < {length}; i++)\n        if ({c})\n            count++;\n    return count;"
        request = (
            f"Compare {a} and {b} place by place: count the places where, with x from {a} and y from {b}, {held.words}."
        )
        return made(random, result="int", parameters=f"const {kind} *{a}, const {kind} *{b}, int {length}", body=body, request=request, shape=f"two-arrays/{kind}/count")  # fmt: skip
    rule = formula(random, [f"{a}[i]", f"{b}[i]"], random.choice((1, 1, 2)), real=real)
    said = rule.c()
    if goal == "sum":
        total = kind if real else "long"
        body = (
            f"    {total} sum = 0;\n    for (int i = 0; i < {length}; i++)\n        sum += {rule.c()};\n    return sum;"
        )
        request = random.choice(
            (
                result(random, f"the sum of {said} over all i below {length}"),
                f"Add up {said} for every i from 0 to {length} - 1.",
            )
        )
        return made(random, result=total, parameters=f"const {kind} *{a}, const {kind} *{b}, int {length}", body=body, request=request, shape=f"two-arrays/{kind}/sum")  # fmt: skip
    out = random.choice(("out", "result", "dst", "r"))
    body = f"    for (int i = 0; i < {length}; i++)\n        {out}[i] = {rule.c()};"
    request = random.choice(
        (
            f"For every i below {length} store {said} in {out}[i].",
            told(random, f"{out}[i] becomes {said} for each of the {length} indices i."),
            f"Fill {out} with {said}, {length} elements.",
        )
    )
    return made(random, result="void", parameters=f"const {kind} *{a}, const {kind} *{b}, {kind} *{out}, int {length}", body=body, request=request, shape=f"two-arrays/{kind}/store")  # fmt: skip


BEST = (
    ("e * e", "whose square is {m}"), ("e % {k}", "whose remainder by {k} is {m}"), ("e < 0 ? -e : e", "that is {m} without its sign"), ("e / {k}", "for which e / {k} is {m}"),
    ("e ^ {k}", "for which e xor {k} is {m}"), ("e > {k} ? e - {k} : {k} - e", "whose distance from {k} is {m}"), ("e & {k}", "for which e & {k} is {m}"),
)  # fmt: skip


@family("told-best", 3)
def best(random: Random) -> CFunction:
    """The element, or its index, for which something is largest or smallest."""
    kind = random.choice(("int", "long", "short", "unsigned char"))
    array, length = random.choice(ARRAYS), random.choice(LENGTHS)
    measure, said = random.choice(BEST)
    largest, k = random.random() < 0.5, random.randrange(2, 60)
    words = said.format(k=k, m="largest" if largest else "smallest")

    def of(element: str) -> str:
        return placed(measure.format(k=k), e=element)

    index = random.random() < 0.5
    ties = random.random() < 0.5
    sign = (">" if largest else "<") + ("" if ties else "=")
    body = (
        f"    int best = 0;\n    long most = {of(f'{array}[0]')};\n    for (int i = 1; i < {length}; i++) {{\n        long now = {of(f'{array}[i]')};\n"
        f"        if (now {sign} most) {{\n            most = now;\n            best = i;\n        }}\n    }}\n    return {'best' if index else f'{array}[best]'};"
    )
    which = "first" if ties else "last"
    request = f"Return the {'index of the ' if index else ''}element e of {array} {words}; of several, the {which} one. {length} is at least 1."
    guard = f"    if ({length} < 1)\n        return 0;\n"
    request = (
        request
        if random.random() < 0.5
        else request.replace(f"{length} is at least 1.", f"Return 0 when {length} is below 1.")
    )
    return made(random, result="int" if index else kind, parameters=f"const {kind} *{array}, int {length}", body=guard + body, request=request, shape=f"best/{kind}/{index}")  # fmt: skip
