"""Loops over numbers whose steps the request gives."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.told.asking import made, result, told
from playground.data.generate.told.terms import condition, formula, some_number, some_real

REPEATED = (
    "Starting from {x}, apply {x} = {said} {n} times and return the last {x}.", "Replace {x} by {said}, and do that {n} times. Return what {x} is then.",
    "{n} times over, {x} becomes {said}. Return {x}.", "Apply the step {x} = {said} to {x}, {n} times in a row, and give the result.",
    "Let {x} become {said} in each of {n} rounds and return it.", "Iterate {x} -> {said} {n} times.",
)  # fmt: skip


@family("told-iteration", 5)
def iteration(random: Random) -> CFunction:
    """One number through the same formula n times."""
    kind = random.choice(("unsigned", "unsigned long", "long", "int", "double"))
    x, n = random.choice(
        (("x", "n"), ("seed", "n"), ("s", "k"), ("value", "times"), ("start", "rounds"), ("h", "n"), ("v", "count"))
    )
    rule = formula(random, [x], random.choice((1, 2, 2)), real=kind == "double")
    modulus = random.choice((0, 0, some_number(random))) if kind.startswith("unsigned") else 0
    c, said = rule.c(), rule.told(random)
    if modulus:
        c, said = f"({c}) % {modulus}", f"({rule.c()}) mod {modulus}"
    if kind == "int":  # so that nothing overflows
        c, said = f"({c}) % {modulus or 1000}", f"({rule.c()}) % {modulus or 1000}"
    loop = random.choice((
        f"    for (int i = 0; i < {n}; i++)\n        {x} = {c};\n", f"    while ({n}-- > 0)\n        {x} = {c};\n",
    ))  # fmt: skip
    request = random.choice(REPEATED).format(x=x, said=said, n=n)
    return made(
        random,
        result=kind,
        parameters=f"{kind} {x}, int {n}",
        body=f"{loop}    return {x};",
        request=request,
        shape=f"iteration/{kind}", loop=True,
    )  # fmt: skip


PAIRS = (
    ("{t} = {a} + {b}; {a} = {b}; {b} = {t};", "{a} becomes {b} and {b} becomes their sum", "sum"),
    ("{t} = {a} + {k} * {b}; {a} = {b}; {b} = {t};", "{a} becomes {b}, and {b} becomes the old {a} plus {k} times {b}", "ksum"),
    ("{a} = {a} + {b}; {b} = {b} + {k};", "{a} grows by {b}, then {b} grows by {k}", "grow"),
    ("{t} = {a}; {a} = {b}; {b} = {t} + {k};", "{a} and {b} change places, then {b} grows by {k}", "swap"),
    ("{a} = {a} + 1; {b} = {b} + {a};", "{a} grows by 1, then {b} grows by {a}", "count"),
    ("{a} = {a} + {k}; {b} = {b} - {a};", "{k} is added to {a}, then {a} is taken from {b}", "sub"),
)  # fmt: skip


@family("told-pair", 3)
def pair(random: Random) -> CFunction:
    """Two numbers that change together n times."""
    kind = random.choice(("unsigned long", "unsigned", "long"))
    a, b = random.choice((("a", "b"), ("x", "y"), ("p", "q"), ("u", "v")))
    code, said, shape = random.choice(PAIRS)
    k, start, second = random.randrange(2, 10), random.randrange(4), random.randrange(1, 9)
    returned = random.choice((a, b))
    steps = code.format(a=a, b=b, t="t", k=k).split("; ")
    lines = "".join(f"        {kind + ' ' if step.startswith('t =') else ''}{step.rstrip(';')};\n" for step in steps)
    body = f"    {kind} {a} = {start}, {b} = {second};\n    for (int i = 0; i < n; i++) {{\n{lines}    }}\n    return {returned};"
    words = said.format(a=a, b=b, k=k)
    request = random.choice((
        f"Start with {a} = {start} and {b} = {second}. In each of n rounds {words}. Return {returned}.",
        f"Let {a} be {start} and {b} be {second}; n times, {words}; the result is {returned}.",
        f"Two numbers begin as {a} = {start} and {b} = {second}. {words[0].upper()}{words[1:]}, n times in all. Return {returned} at the end.",
    ))  # fmt: skip
    return made(random, result=kind, parameters="int n", body=body, request=request, shape=f"pair/{shape}", loop=True)


SHRINKS = (
    ("n /= {k}", "divide it by {k}"),
    ("n = n / {k}", "n becomes n / {k}"),
    ("n = (n - 1) / {k}", "take 1 away and divide by {k}"),
)
UNTIL = (
    ("n > {low}", "as long as n is above {low}", "until n is {low} or less"),
    ("n >= {low}", "while n is at least {low}", "until n is below {low}"),
)


@family("told-while", 5)
def shrinking(random: Random) -> CFunction:
    """A number gets smaller until it is small enough: how many steps, or what is left, or a sum on the way."""
    kind = random.choice(("int", "unsigned", "long", "unsigned long"))
    k, low = random.randrange(2, 12), random.randrange(1, 40)
    code, words = random.choice(SHRINKS)
    head, while_words, until_words = random.choice(UNTIL)
    step, said = code.format(k=k), words.format(k=k)
    if random.random() < 0.45:
        held = condition(random, ["n"])
        other, other_words = random.choice(SHRINKS)
        j = random.randrange(2, 12)
        step = f"if ({held.c})\n            {step};\n        else\n            {other.format(k=j)}"
        said = f"if {held.words}, {said}, otherwise {other_words.format(k=j)}"
    head = head.format(low=low)
    goal = random.choice(("steps", "steps", "rest", "sum"))
    counted = {"steps": "        steps++;\n", "rest": "", "sum": ""}[goal]
    before = {"steps": "    int steps = 0;\n", "rest": "", "sum": f"    {kind} sum = 0;\n"}[goal]
    returned = "n" if goal == "rest" else goal
    visit = "        sum += n;\n" if goal == "sum" else ""
    body = f"{before}    while ({head}) {{\n{visit}        {step};\n{counted}    }}\n    return {returned};"
    if goal == "rest" and "\n" not in step:
        body = f"    while ({head})\n        {step};\n    return n;"
    asked = {
        "steps": "Count the steps",
        "rest": "Return the n that is left",
        "sum": "Return the sum of the values that n has before each step",
    }[goal]
    phrase = random.choice((while_words, until_words)).format(low=low)
    request = random.choice((
        f"{phrase[0].upper()}{phrase[1:]}, do this: {said}. {asked}.", f"{asked}: {phrase}, {said}.",
        f"Take n. {phrase[0].upper()}{phrase[1:]}, {said}. {asked}.",
    ))  # fmt: skip
    return made(
        random,
        result="int" if goal == "steps" else kind,
        parameters=f"{kind} n",
        body=body,
        request=request,
        shape=f"while/{goal}",
    )


@family("told-growing", 2)
def growing(random: Random) -> CFunction:
    """A number grows until it passes a limit: how often, or the first that passes."""
    kind = random.choice(("long", "unsigned long"))
    start, k, j = random.randrange(1, 10), random.randrange(2, 6), random.randrange(1, 9)
    step, said = random.choice(((f"x *= {k}", f"is multiplied by {k}"), (f"x += {k}", f"grows by {k}"), (f"x = {k} * x + {j}", f"becomes {k} * x + {j}"), (f"x += x + {j}", f"grows by itself plus {j}")))  # fmt: skip
    bounded = "limit > 100000" if "x +=" in step else "limit > 1000000000000"
    guard = f"    if ({bounded})\n        return 0;\n"
    note = f" Return 0 for a limit above {bounded.split()[-1]}."
    if random.random() < 0.5:
        body = f"{guard}    {kind} x = {start};\n    int count = 0;\n    while (x < limit) {{\n        {step};\n        count++;\n    }}\n    return count;"
        asked = f"How often must x change until it is not below limit? x begins at {start} and {said} each time."
    else:
        body = f"{guard}    {kind} x = {start};\n    while (x <= limit)\n        {step};\n    return x;"
        asked = f"x begins at {start} and {said} again and again. Return the first x that is larger than limit."
    return made(random, result=kind, parameters=f"{kind} limit", body=body, request=asked + note, shape="growing")


@family("told-growth", 2)
def growth(random: Random) -> CFunction:
    """An amount through years of interest, decay, payments."""
    amount, years = random.choice(
        (("amount", "years"), ("capital", "months"), ("balance", "n"), ("stock", "weeks"), ("population", "years"))
    )
    real, k = some_real(random).text, random.randrange(1, 90)
    step, said = random.choice((
        ("{x} += {x} * rate / 100", "rate percent of {x} are added to it"), ("{x} -= {x} * rate / 100", "{x} loses rate percent of itself"),
        ("{x} = {x} * rate", "{x} is multiplied by rate"), ("{x} = {x} * rate + {k}.0", "{x} is multiplied by rate and {k} is added"),
        ("{x} = {x} / 2.0 + rate", "{x} is halved and rate is added"), ("{x} += rate - {real}", "rate is added and {real} taken away"),
    ))  # fmt: skip
    code, words = step.format(x=amount, k=k, real=real), said.format(x=amount, k=k, real=real)
    body = f"    for (int i = 0; i < {years}; i++)\n        {code};\n    return {amount};"
    unit = {"years": "Every year", "months": "Each month", "weeks": "Every week"}.get(years, "In each of n rounds")
    length = "" if years == "n" else f" Return what is there after {years} of them."
    request = f"{unit} {words}.{length or ' Return what is there in the end.'}"
    return made(
        random,
        result="double",
        parameters=f"double {amount}, double rate, int {years}",
        body=body,
        request=request,
        shape="growth",
        loop=True,
    )


@family("told-sum", 6)
def sum_of_terms(random: Random) -> CFunction:
    """The sum of a formula over i from one bound to another, perhaps only where a test holds."""
    kind = random.choice(("int", "long", "long", "unsigned long", "double"))
    real = kind == "double"
    i = random.choice("iiikj")
    low = random.choice((1, 1, 1, 0, 2, random.randrange(3, 10)))
    term = formula(random, [i], random.choice((0, 1, 1, 2)), real=False)
    c, said = term.c(), term.told(random)
    if real:
        top, under = random.choice(
            (
                (1, i),
                (1, f"({i} * {i})"),
                (random.randrange(2, 9), i),
                (1, f"({i} + {random.randrange(1, 9)})"),
                (1, f"(2 * {i} + 1)"),
            )
        )
        c, said, low = f"{top}.0 / {under}", f"{top} / {under}", max(1, low)
    held = condition(random, [i]) if random.random() < 0.35 and not real else None
    filtered = f"        if ({held.c})\n            sum += {c};\n" if held else f"        sum += {c};\n"
    reach, until = random.choice((("<=", "to n"), ("<=", "up to n, n included"), ("<", "up to but not including n")))
    body = f"    {kind} sum = 0;\n    for (int {i} = {low}; {i} {reach} n; {i}++)\n{filtered}    return sum;"
    clause = f" for which {held.words}" if held else ""
    request = random.choice((
        result(random, f"the sum of {said} over all {i} from {low} {until}{clause}"), f"Add up {said} for every {i} from {low} {until}{clause}.",
        told(random, f"{i} runs from {low} {until}; sum {said}" + (f", but only where {held.words}." if held else ".")),
    ))  # fmt: skip
    return made(
        random, result=kind, parameters="int n", body=body, request=request, shape=f"sum/{kind}/{bool(held)}", loop=True
    )


@family("told-terms", 3)
def series(random: Random) -> CFunction:
    """A series of which each term comes from the one before."""
    k = random.randrange(2, 9)
    update, said = random.choice((
        ("term = term * x / {i}", "times x divided by {i}"), ("term = term * x", "times x"), ("term = -term * x", "times -x"),
        (f"term = term * x / {k}.0", f"times x divided by {k}"), ("term = -term * x / {i}", "times -x divided by {i}"), (f"term = term / {k}.0", f"divided by {k}"),
        ("term = term * x * x / {i}", "times x squared divided by {i}"),
    ))  # fmt: skip
    first, said_first = random.choice((("1.0", "1"), ("x", "x"), (f"{k}.0", str(k))))
    code, words = update.format(i="i"), said.format(i="i")
    body = f"    double term = {first}, sum = 0.0;\n    for (int i = 1; i <= n; i++) {{\n        sum += term;\n        {code};\n    }}\n    return sum;"
    request = random.choice((
        f"Add the first n terms of a series: the first term is {said_first}, and the one after term number i is term i {words}.",
        f"Sum n terms. The first is {said_first}; every next one is the term before it (number i, counted from 1) {words}.",
    ))  # fmt: skip
    return made(
        random, result="double", parameters="double x, int n", body=body, request=request, shape="terms", loop=True
    )


RECURSIONS = (
    ("{k} * f(n - 1) + {j}", "{k} * f(n - 1) + {j}"), ("f(n - 1) + n", "f(n - 1) + n"), ("f(n - 1) + n * n", "f(n - 1) + n^2"), ("n * f(n - 1) + {j}", "n * f(n - 1) + {j}"),
    ("f(n - 1) + {k} * f(n - 2)", "f(n - 1) + {k} f(n - 2)"), ("f(n / 2) + {j}", "f(n / 2) + {j}"), ("f(n - 2) + {j}", "f(n - 2) + {j}"), ("f(n - 1) - {k} * n", "f(n - 1) - {k}n"),
    ("{k} * f(n / 2) + n", "{k} f(n / 2) + n"), ("f(n / {k}) + n % {k}", "f(n / {k}) + n mod {k}"),
)  # fmt: skip


@family("told-recursion", 4)
def recursion(random: Random) -> CFunction:
    """f(n) by its recurrence."""
    kind = random.choice(("unsigned long", "unsigned long", "unsigned"))
    rule, said = random.choice(RECURSIONS)
    k, j, first = random.randrange(2, 6), random.randrange(1, 20), random.randrange(5)
    code, words = rule.format(k=k, j=j), said.format(k=k, j=j)
    base = 2 if "n - 2" in rule else 1
    at_most = 30 if "f(n - 1) + {k} * f(n - 2)" in rule else 0
    name = random.choice(("f", "g", "recurse", "term", "sequence", "value_at"))
    guard = f"    if (n < {base})\n        return {first};\n" + (
        f"    if (n > {at_most})\n        return {first};\n" if at_most else ""
    )
    extra = f" and for n above {at_most}" if at_most else ""
    given = random.choice(
        (
            f"f(n) is {first} for n below {base}{extra}, otherwise {words}",
            f"f(n) = {words}, with f(n) = {first} for every n under {base}{extra}",
        )
    )
    request = random.choice((f"{given}. Compute f(n) recursively.", f"Compute f(n) by recursion, where {given}.", f"Write the recursive function f: {given}."))  # fmt: skip
    code, request = (
        code.replace("f(", f"{name}("),
        request.replace("f(", f"{name}(").replace("function f:", f"function {name}:"),
    )
    source = f"{kind} {name}({kind} n)"
    return CFunction(name=name, prototype=source, source=f"{source} {{\n{guard}    return {code};\n}}\n", request=request, family=f"told/recursion/{words.count('f')}", tags=("recursion",))  # fmt: skip
