"""Nested passes whose rule the request gives: pairs of elements, matrices, tables of counts."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.told.arrays import ARRAYS, LENGTHS
from playground.data.generate.told.asking import made
from playground.data.generate.told.terms import compared, condition, divides, formula, placed

KINDS = ("int", "int", "long", "short", "unsigned char")


@family("told-pairs", 4)
def pairs(random: Random) -> CFunction:
    """Every pair of places i < j: how many pass, or whether any does."""
    kind, array, n = random.choice(KINDS), random.choice(ARRAYS), random.choice(LENGTHS)
    x, y = f"{array}[i]", f"{array}[j]"
    k = random.randrange(2, 30)
    test, said = random.choice((
        (f"{x} + {y} == {k}", f"the two elements add up to {k}"), (f"{x} > {y}", "the first element is larger than the second"), (f"{x} == {y}", "the two elements are equal"),
        (f"{x} - {y} == {k}", f"the first element is {k} more than the second"), (f"({x} + {y}) % {k} == 0", f"their sum is divisible by {k}"), (f"{x} == -{y}", "one element is the negative of the other"),
        (f"{x} * {y} > {k}", f"their product is above {k}"), (f"{x} % {k} == {y} % {k}", f"both leave the same remainder when divided by {k}"), (f"{x} < {y}", "the first element is smaller than the second"),
    ))  # fmt: skip
    loops = f"    for (int i = 0; i < {n}; i++)\n        for (int j = i + 1; j < {n}; j++)\n"
    if random.random() < 0.6:
        body = f"    int count = 0;\n{loops}            if ({test})\n                count++;\n    return count;"
        request = random.choice((
            f"Count the pairs of places i < j in {array} for which {said}.", f"How many pairs of elements of {array}, the first before the second, are there such that {said}?",
        ))  # fmt: skip
    else:
        body = f"{loops}            if ({test})\n                return 1;\n    return 0;"
        request = f"Return 1 if {array} has two elements, the first before the second, such that {said}; otherwise 0."
    return made(random, result="int", parameters=f"const {kind} *{array}, int {n}", body=body, request=request, shape=f"pairs/{kind}")  # fmt: skip


PARTS = (
    ("i == j", "on the diagonal from the top left to the bottom right"), ("i + j == n - 1", "on the diagonal from the top right to the bottom left"), ("i < j", "above the main diagonal"),
    ("i > j", "below the main diagonal"), ("i == 0 || j == 0", "in the first row or the first column"), ("(i + j) % 2 == 0", "at places where row plus column is even"), ("i != j", "off the main diagonal"),
    ("i == 0 || j == 0 || i == n - 1 || j == n - 1", "on the border"), ("i % 2 == 0", "in rows with an even index"), ("j % 2 == 1", "in columns with an odd index"),
)  # fmt: skip


@family("told-square", 4)
def square(random: Random) -> CFunction:
    """Part of an n by n matrix: summed, counted or changed."""
    kind, m = random.choice(("int", "long", "double")), random.choice(("m", "a", "matrix", "grid"))
    part, said = random.choice(PARTS)
    e = f"{m}[i * n + j]"
    loops = "    for (int i = 0; i < n; i++)\n        for (int j = 0; j < n; j++)\n"
    goal = random.choice(("sum", "count", "change", "fill"))
    rows = random.choice(("stored row after row", "in rows", "by rows"))
    if goal == "sum":
        total = kind if kind == "double" else "long"
        body = f"    {total} sum = 0;\n{loops}            if ({part})\n                sum += {e};\n    return sum;"
        return _matrix(random, result=total, parameters=f"const {kind} *{m}, int n", body=body, request=f"Add up the elements {said} of the n by n matrix {m}, {rows}.", shape="sum")  # fmt: skip
    if goal == "count":
        held = condition(random, ["e"], whole=kind != "double")
        test = placed(held.c, e=e)
        body = f"    int count = 0;\n{loops}            if (({part}) && ({test}))\n                count++;\n    return count;"
        return _matrix(random, result="int", parameters=f"const {kind} *{m}, int n", body=body, request=f"Of the n by n matrix {m}, {rows}: count the elements e {said} for which {held.words}.", shape="count")  # fmt: skip
    if goal == "change":
        k = random.randrange(2, 20)
        step, words = random.choice((("= 0", "Set to 0 the elements"), (f"+= {k}", f"Add {k} to the elements"), (f"*= {k}", f"Multiply by {k} the elements"), (f"= {e} * {e}", "Square the elements")))  # fmt: skip
        body = f"{loops}            if ({part})\n                {e} {step};"
        return _matrix(random, result="void", parameters=f"{kind} *{m}, int n", body=body, request=f"{words} {said} of the n by n matrix {m}, {rows}.", shape="change")  # fmt: skip
    rule = formula(random, ["i", "j"], random.choice((1, 1, 2)))
    other = random.choice(("0", "1", "-1"))
    body = (
        f"{loops}            {e} = {part} ? {rule.c()} : {other};"
        if "||" not in part
        else f"{loops}            {e} = ({part}) ? {rule.c()} : {other};"
    )
    return _matrix(random, result="void", parameters=f"{kind} *{m}, int n", body=body, request=f"Fill the n by n matrix {m}, {rows}: the elements {said} become {rule.c()} (row i, column j, counted from 0), all others {other}.", shape="fill")  # fmt: skip


def _matrix(random: Random, *, result: str, parameters: str, body: str, request: str, shape: str) -> CFunction:
    return made(
        random, result=result, parameters=parameters, body=body, request=request, shape=shape, kind="matrix/told"
    )


@family("told-table", 3)
def table(random: Random) -> CFunction:
    """Counts or sums by remainder, by range, by value."""
    kind, array, n = random.choice(("int", "unsigned", "unsigned char")), random.choice(ARRAYS), random.choice(LENGTHS)
    k, out = random.randrange(2, 5), random.choice(("out", "table", "counts", "bins"))
    step, said = random.choice((
        (f"{out}[{array}[i] % {k}]++", f"add 1 to {out}[e mod {k}]"), (f"{out}[{array}[i] % {k}] += {array}[i]", f"add e to {out}[e mod {k}]"), (f"{out}[i % {k}] += {array}[i]", f"add e to {out}[i mod {k}], where i is the place of e"),
        (f"{out}[{array}[i] & 1]++", f"add 1 to {out}[0] if e is even and to {out}[1] if it is odd"),
    ))  # fmt: skip
    size = k if "mod" in said else 2
    step = step.replace(f"{array}[i] %", f"(unsigned){array}[i] %") if kind == "int" else step
    said = said.replace("e mod", "(unsigned)e mod") if kind == "int" else said
    guard = f"    if ({n} < {size})\n        return;\n"
    body = f"{guard}    for (int i = 0; i < {size}; i++)\n        {out}[i] = 0;\n    for (int i = 0; i < {n}; i++)\n        {step};"
    request = f"Set the first {size} elements of {out} to 0; then for each element e of {array} {said}. Do nothing if {n} is below {size}."
    return made(random, result="void", parameters=f"const {kind} *{array}, int {n}, int *{out}", body=body, request=request, shape="table")  # fmt: skip


@family("told-filter", 4)
def filtered(random: Random) -> CFunction:
    """What passes goes to another array, in order, perhaps changed."""
    kind, array, n = random.choice(KINDS), random.choice(ARRAYS), random.choice(LENGTHS)
    out = random.choice(("out", "dst", "result", "kept"))
    held = condition(random, ["e"])
    e = f"{array}[i]"

    def on(c: str) -> str:
        return placed(c, e=e)

    rule = formula(random, ["e"], 1) if random.random() < 0.4 else None
    value = on(rule.c()) if rule else e
    stored = f"store {rule.told(random)}" if rule else "store e"
    body = f"    int count = 0;\n    for (int i = 0; i < {n}; i++)\n        if ({on(held.c)})\n            {out}[count++] = {value};\n    return count;"
    request = random.choice((
        f"For each element e of {array} for which {held.words}, {stored} in {out}, one after the other. Return how many there are.",
        f"Go through {array}: where {held.words}, {stored} at the next place of {out}. The result is the number of places used.",
    ))  # fmt: skip
    return made(random, result="int", parameters=f"const {kind} *{array}, {kind} *{out}, int {n}", body=body, request=request, shape=f"filter/{bool(rule)}")  # fmt: skip


@family("told-runs", 4)
def runs(random: Random) -> CFunction:
    """Neighbours that pass together: the longest run, how many runs, the length of the first."""
    kind, array, n = random.choice(("int", "long", "short")), random.choice(ARRAYS), random.choice(LENGTHS)
    held = condition(random, ["e"])
    e = f"{array}[i]"
    test = placed(held.c, e=e)
    goal = random.choice(("longest", "number", "leading"))
    if goal == "longest":
        body = (
            f"    int best = 0, run = 0;\n    for (int i = 0; i < {n}; i++) {{\n        if ({test})\n            run++;\n        else\n"
            f"            run = 0;\n        if (run > best)\n            best = run;\n    }}\n    return best;"
        )
        request = random.choice((f"Return the length of the longest run of neighbouring elements e of {array} for which {held.words}.", f"How many elements of {array} in a row, at most, are such that {held.words} (e is the element)?"))  # fmt: skip
    elif goal == "number":
        body = (
            f"    int count = 0, inside = 0;\n    for (int i = 0; i < {n}; i++) {{\n        if ({test}) {{\n            if (!inside)\n"
            f"                count++;\n            inside = 1;\n        }} else\n            inside = 0;\n    }}\n    return count;"
        )
        request = f"Count the runs in {array}: a run is made of neighbouring elements e for which {held.words}, and is as long as can be."
    else:
        body = f"    int i = 0;\n    while (i < {n} && {_in_parentheses(test)})\n        i++;\n    return i;"
        request = f"How many elements e at the beginning of {array} are such that {held.words}? Stop at the first that is not."
    return made(
        random,
        result="int",
        parameters=f"const {kind} *{array}, int {n}",
        body=body,
        request=request,
        shape=f"runs/{goal}",
    )


def _in_parentheses(test: str) -> str:
    return f"({test})" if "||" in test else test


@family("told-moved", 3)
def moved(random: Random) -> CFunction:
    """Elements change places by a rule."""
    kind, array, n = random.choice(KINDS), random.choice(ARRAYS), random.choice(LENGTHS)
    swap = "{{\n            {k} t = {a}[i];\n            {a}[i] = {a}[{o}];\n            {a}[{o}] = t;\n        }}"
    held = random.choice((compared(random, "x", "y"), divides(random, "x", random.randrange(2, 6))))
    test = placed(held.c, x=f"{array}[i]", y=f"{array}[i + 1]")
    step = random.choice((1, 1, 2))
    head, said, other, guard = random.choice((
        (f"for (int i = 0; i + 1 < {n}; i += {step})", f"Go through {array} once{' in steps of 2' if step == 2 else ''} and exchange an element x with its right neighbour y if {held.words}.", "i + 1", True),
        (f"for (int i = 0; i < {n} / 2; i++)", f"Turn {array} round: the first element changes places with the last, and so on.", f"{n} - 1 - i", False),
        (f"for (int i = 0; i + 1 < {n}; i += 2)", f"Exchange the elements of {array} in pairs: the first with the second, the third with the fourth, and so on; a last one without a partner stays.", "i + 1", False),
        (f"for (int i = 0; i < {n} / 2; i++)", f"Exchange the halves of {array}: element i changes places with element i + {n} / 2; with an odd {n} the last one stays.", f"i + {n} / 2", False),
        (f"for (int i = 0; i + 1 < {n}; i++)", f"Carry the first element of {array} to the end by exchanging neighbours from left to right.", "i + 1", False),
        (f"for (int i = {n} - 2; i >= 0; i--)", f"Carry the last element of {array} to the beginning by exchanging neighbours from right to left.", "i + 1", False),
    ))  # fmt: skip
    exchanged = swap.format(k=kind, a=array, o=other)
    head = head.replace("i += 1)", "i++)")
    if guard:
        body = f"    {head}\n        if ({test}) {exchanged}"
    else:
        body = f"    {head} {exchanged}".replace("\n            ", "\n        ").replace("\n        }", "\n    }")
    return made(random, result="void", parameters=f"{kind} *{array}, int {n}", body=body, request=said, shape=f"moved/{said.split()[0]}/{guard}")  # fmt: skip
