"""Formulas, tests and cases over a few numbers."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.told.asking import WHOLE, made, parameters, result, told, typed
from playground.data.generate.told.terms import conditions, formula, some_number, some_real

THINGS = (
    "the fee",
    "the score",
    "the price",
    "the total",
    "the result",
    "the charge",
    "the value",
    "the number of points",
    "the cost",
)
UNITS = (
    "metres", "feet", "inches", "miles", "litres", "gallons", "grams", "ounces", "pounds", "degrees", "hours", "minutes", "pixels", "points",
    "dollars", "cents", "bytes", "blocks", "steps", "turns", "watts", "volts", "knots", "acres", "cups", "dozens", "sheets", "boxes",
)  # fmt: skip


@family("told-formula", 8)
def by_formula(random: Random) -> CFunction:
    """Whole numbers, one formula."""
    kind = random.choice(WHOLE)
    names = parameters(random, random.randrange(1, 4))
    rule = formula(random, names, random.randrange(1, 5))
    said = rule.told(random)
    thing = random.choice(THINGS)
    request = random.choice((
        result(random, said), result(random, said), told(random, f"{thing} is {said}."), result(random, f"{thing}, that is {said}"),
        told(random, f"add nothing and round nothing: {thing} is {said}."), result(random, f"{thing} by the formula {said}"),
    ))  # fmt: skip
    return made(random, result=kind, parameters=typed(kind, names), body=f"    return {rule.c()};", request=request, shape=f"formula{len(names)}")  # fmt: skip


@family("told-real-formula", 5)
def by_real_formula(random: Random) -> CFunction:
    """Numbers with fractions, one formula."""
    kind = random.choice(("double", "double", "float"))
    names = parameters(random, random.randrange(1, 5))
    rule = formula(random, names, random.randrange(1, 5), real=True)
    said = rule.told(random)
    request = random.choice((result(random, said), result(random, f"{said} as a {kind}"), told(random, f"{random.choice(THINGS)} is {said}.")))  # fmt: skip
    return made(random, result=kind, parameters=typed(kind, names), body=f"    return {rule.c()};", request=request, shape=f"real-formula{len(names)}")  # fmt: skip


@family("told-polynomial", 4)
def polynomial(random: Random) -> CFunction:
    """``4x^3 - x + 9`` as on paper, ``4 * x * x * x - x + 9`` in C."""
    kind = random.choice(("int", "long", "long", "double"))
    x = random.choice("xxxtnzy")
    terms = [
        (random.choice((-1, 1)) * random.randrange(1, 13), power) for power in range(random.randrange(1, 5), -1, -1)
    ]
    kept = [term for term in terms if term[1] == terms[0][1] or random.random() < 0.8]
    c, paper = "", ""
    for factor, power in kept:
        sign = ("-" if not c else " - ") if factor < 0 else ("" if not c else " + ")
        powers = [x] * power
        c += sign + " * ".join([str(abs(factor)), *powers] if abs(factor) > 1 or not power else powers)
        head = str(abs(factor)) if abs(factor) > 1 or not power else ""
        paper += sign + head + (x if power == 1 else f"{x}^{power}" if power else "")
    what = random.choice((paper, f"the polynomial {paper}", f"the value of {paper} at {x}", f"{paper} for a given {x}"))
    request = random.choice(
        (result(random, what), f"Evaluate {paper}.", f"Evaluate {paper} for {x}.", f"f({x}) = {paper}. Return f({x}).")
    )
    return made(random, result=kind, parameters=f"{kind} {x}", body=f"    return {c};", request=request, shape=f"polynomial{terms[0][1]}")  # fmt: skip


@family("told-conversion", 3)
def conversion(random: Random) -> CFunction:
    """From one unit to another by factors that the request gives."""
    source, target = random.sample(UNITS, 2)
    x = random.choice(("x", "n", "amount", "value", source[0], source))
    if random.random() < 0.4:
        kind, factor, offset = "double", some_real(random).text, some_real(random).text
        c, said = random.choice((
            (f"{x} * {factor}", f"one of them is {factor} {target}"), (f"{x} / {factor}", f"{factor} {source} make one of the {target}"),
            (f"{x} * {factor} + {offset}", f"multiply by {factor} and add {offset}"), (f"({x} - {offset}) / {factor}", f"subtract {offset}, then divide by {factor}"),
            (f"({x} + {offset}) * {factor}", f"add {offset}, then multiply by {factor}"),
        ))  # fmt: skip
        rounding = ""
    else:
        kind, a, b, k = (
            random.choice(("int", "long")),
            some_number(random),
            random.randrange(2, 30),
            random.randrange(1, 100),
        )
        c, said = random.choice((
            (f"{x} * {a}", f"each is {a} {target}"), (f"{x} / {a}", f"{a} {source} are one of the {target}"), (f"{x} * {a} / {b}", f"{x} * {a} / {b}"),
            (f"{x} * {a} / {b} + {k}", f"{x} * {a} / {b} + {k}"), (f"({x} - {k}) * {a} / {b}", f"take away {k}, multiply by {a}, divide by {b}"),
            (f"{x} * {a} + {k}", f"times {a}, plus {k}"), (f"({x} + {k}) / {b}", f"add {k}, then divide by {b}"),
        ))  # fmt: skip
        rounding = (
            random.choice(("", ", rounded towards zero", ", in whole numbers", ", with integer division"))
            if "/" in c
            else ""
        )
    request = random.choice((
        f"Convert {source} to {target}: {said}{rounding}.", f"Convert {x} {source} to {target}, {said}{rounding}.",
        f"How many {target} are {x} {source}? The rule: {said}{rounding}.", f"Turn {source} into {target} ({said}{rounding}).",
    ))  # fmt: skip
    return made(
        random, result=kind, parameters=f"{kind} {x}", body=f"    return {c};", request=request, shape="conversion"
    )


ANSWERS = (
    "Return {yes} if {c}, otherwise {no}.", "Return {yes} if {c}, else {no}.", "Give {yes} when {c} and {no} when not.", "{yes} if {c}, {no} if not.",
    "Is it true that {c}? Return {yes} for yes and {no} for no.", "Test whether {c}. The result is {yes} or {no}.", "Does it hold that {c}? Answer {yes} or {no}.",
    "Say whether {c}: {yes} for yes, {no} for no.", "The result is {yes} exactly when {c}, and {no} in every other case.",
)  # fmt: skip


@family("told-test", 7)
def test(random: Random) -> CFunction:
    """Yes or no by tests joined with and, or, not."""
    kind = random.choice(("int", "int", "long", "unsigned", "double"))
    names = parameters(random, random.randrange(1, 4))
    held = conditions(random, names, whole=kind != "double")
    yes, no = random.choice(((1, 0), (1, 0), (1, 0), (1, 0), (0, 1), (1, -1)))
    request = random.choice(ANSWERS).format(yes=yes, no=no, c=held.words)
    if (yes, no) == (1, 0):
        body = random.choice((f"    return {held.c};", f"    if ({held.c})\n        return 1;\n    return 0;"))
    else:
        body = f"    if ({held.c})\n        return {yes};\n    return {no};"
    return made(
        random, result="int", parameters=typed(kind, names), body=body, request=request, shape=f"test{len(names)}"
    )


@family("told-cases", 7)
def cases(random: Random) -> CFunction:
    """One formula where a test holds, others elsewhere."""
    real = random.random() < 0.25
    kind = "double" if real else random.choice(("int", "int", "long"))
    names = parameters(random, random.randrange(1, 4))
    count = random.choice((2, 2, 3, 3, 4))
    tests = [
        conditions(random, names, whole=not real) if count == 2 else conditions(random, names[:1], whole=not real)
        for _ in range(count - 1)
    ]
    values = [formula(random, names, random.choice((0, 1, 1, 2)), real=real) for _ in range(count)]
    said = [value.told(random) for value in values]
    body = "".join(
        f"    if ({held.c})\n        return {value.c()};\n" for held, value in zip(tests, values, strict=False)
    )
    pairs = list(zip(tests, said, strict=False))
    request = random.choice((
        told(random, "; ".join(f"{'otherwise ' if i else ''}if {held.words}, the result is {value}" for i, (held, value) in enumerate(pairs)) + f"; otherwise it is {said[-1]}."),
        told(random, ", ".join(f"{value} if {held.words}" for held, value in pairs) + f", otherwise {said[-1]}."),
        f"Return {', or else '.join(f'{value} when {held.words}' for held, value in pairs)}, and {said[-1]} in all other cases.",
        told(random, " ".join(f"{'Next, when' if i else 'When'} {held.words}, return {value}." for i, (held, value) in enumerate(pairs)) + f" In the end return {said[-1]}."),
    ))  # fmt: skip
    return made(random, result=kind, parameters=typed(kind, names), body=f"{body}    return {values[-1].c()};", request=request, shape=f"cases{count}")  # fmt: skip


OPERATIONS = (
    ("adds", "{a} + {b}"), ("subtracts", "{a} - {b}"), ("multiplies", "{a} * {b}"), ("gives the larger one", "{a} > {b} ? {a} : {b}"),
    ("gives the smaller one", "{a} < {b} ? {a} : {b}"), ("gives {a}", "{a}"), ("gives {b}", "{b}"), ("negates {a}", "-{a}"), ("squares {a}", "{a} * {a}"),
    ("is {a} and {b} bit by bit", "{a} & {b}"), ("is their exclusive or", "{a} ^ {b}"), ("doubles {b}", "{b} * 2"), ("subtracts the other way round ({b} - {a})", "{b} - {a}"),
    ("divides {a} by {b} (0 if {b} is 0)", "{b} == 0 ? 0 : {a} / {b}"), ("gives the remainder of {a} / {b} (0 if {b} is 0)", "{b} == 0 ? 0 : {a} % {b}"),
)  # fmt: skip
CODES = ("code", "op", "kind", "mode", "which", "choice", "command", "selector")


@family("told-operation", 4)
def operation(random: Random) -> CFunction:
    """A code chooses what is done with two numbers."""
    kind = random.choice(("int", "long"))
    a, b = random.choice((("a", "b"), ("x", "y"), ("left", "right"), ("m", "n")))
    code = random.choice(CODES)
    chosen = random.sample(OPERATIONS, random.randrange(2, 5))
    first = random.choice((0, 0, 1, 1, random.randrange(2, 50)))
    marks = (
        [f"'{letter}'" for letter in random.sample("+-*/<>^&asmdx", len(chosen))]
        if random.random() < 0.3
        else [str(first + i) for i in range(len(chosen))]
    )
    otherwise = random.choice(("0", "-1", a, b, str(some_number(random))))
    said = [(mark, words.format(a=a, b=b), c.format(a=a, b=b)) for mark, (words, c) in zip(marks, chosen, strict=True)]
    body = (
        "".join(f"    if ({code} == {mark})\n        return {c};\n" for mark, _, c in said) + f"    return {otherwise};"
        if random.random() < 0.6 else
        f"    switch ({code}) {{\n" + "".join(f"    case {mark}:\n        return {c};\n" for mark, _, c in said) + f"    }}\n    return {otherwise};"
    )  # fmt: skip
    listed = random.choice((", ", "; ")).join(f"{mark} {words}" for mark, words, _ in said)
    request = random.choice((
        f"{code} chooses what is done with {a} and {b}: {listed}, anything else gives {otherwise}.",
        f"Apply the operation {code} to {a} and {b}: {listed}. For any other {code} return {otherwise}.",
        f"Depending on {code}, work on {a} and {b}. {listed[0].upper()}{listed[1:]}. Otherwise the result is {otherwise}.",
    ))  # fmt: skip
    return made(random, result=kind, parameters=f"{'char' if marks[0][0] == chr(39) else 'int'} {code}, {kind} {a}, {kind} {b}", body=body, request=request, shape=f"operation{len(said)}")  # fmt: skip


@family("told-ladder", 3)
def ladder(random: Random) -> CFunction:
    """Bounds in order: what falls under each one."""
    kind = random.choice(("int", "int", "long"))
    x = random.choice(("x", "n", "points", "age", "weight", "temperature", "minutes", "speed"))
    bounds = sorted(random.sample(range(1, 200), random.randrange(2, 5)))
    values = [random.choice((i, i + 1, some_number(random), 10 * i)) for i in range(len(bounds) + 1)]
    body = (
        "".join(
            f"    if ({x} < {bound})\n        return {value};\n" for bound, value in zip(bounds, values, strict=False)
        )
        + f"    return {values[-1]};"
    )
    request = random.choice((
        told(random, ", ".join(f"{value} for {x} below {bound}" for bound, value in zip(bounds, values, strict=False)) + f", and {values[-1]} from {bounds[-1]} on."),
        f"Grade {x}: " + ", ".join(f"under {bound} gives {value}" for bound, value in zip(bounds, values, strict=False)) + f", the rest gives {values[-1]}.",
        told(random, f"{x} less than {bounds[0]} counts as {values[0]}, "
             + ", ".join(f"then less than {bound} as {value}" for bound, value in zip(bounds[1:], values[1:], strict=False))
             + f"; everything else is {values[-1]}."),
    ))  # fmt: skip
    return made(
        random, result="int", parameters=f"{kind} {x}", body=body, request=request, shape=f"ladder{len(bounds)}"
    )
