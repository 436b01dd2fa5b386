"""Searches through numbers by a rule of the request: divisors, the next number that passes, bits one by one."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.told.asking import made
from playground.data.generate.told.terms import condition, conditions, formula


@family("told-divisors", 4)
def divisors(random: Random) -> CFunction:
    """Divisors of n by a rule: how many, their sum, the best."""
    kind = random.choice(("int", "unsigned", "long"))
    held = condition(random, ["d"]) if random.random() < 0.6 else None
    low, high, span = random.choice(
        (
            ("1", "d <= n", "divisors d of n"),
            ("1", "d < n", "proper divisors d of n (without n itself)"),
            ("2", "d < n", "divisors d of n other than 1 and n"),
        )
    )
    test = f"n % d == 0 && {f'({held.c})' if held and held.is_both else held.c}" if held else "n % d == 0"
    clause = f" for which {held.words}" if held else ""
    goal = random.choice(("count", "sum", "largest", "smallest"))
    loop = f"    for ({kind} d = {low}; {high}; d++)\n        if ({test})\n"
    match goal:
        case "count":
            body, request, result = (
                f"    int count = 0;\n{loop}            count++;\n    return count;",
                f"Count the {span}{clause}.",
                "int",
            )
        case "sum":
            body, request, result = (
                f"    {kind} sum = 0;\n{loop}            sum += d;\n    return sum;",
                f"Add up the {span}{clause}.",
                kind,
            )
        case "largest":
            body, request, result = (
                f"    {kind} best = 0;\n{loop}            best = d;\n    return best;",
                f"Return the largest of the {span}{clause}, or 0 if there is none.",
                kind,
            )
        case _:
            body, request, result = (
                f"{loop}            return d;\n    return 0;",
                f"Return the smallest of the {span}{clause}, or 0 if there is none.",
                kind,
            )
    return made(
        random, result=result, parameters=f"{kind} n", body=body, request=request, shape=f"divisors/{goal}", loop=True
    )


@family("told-next", 3)
def next_number(random: Random) -> CFunction:
    """The first number from n on, or below it, that passes."""
    kind = random.choice(("int", "unsigned", "long"))
    held = conditions(random, ["x"])
    far = random.choice((50, 100, 200, 1000))
    start, said = random.choice((("n", "from n on"), ("n + 1", "after n")))
    body = (
        f"    for ({kind} x = {start}; x < n + {far}; x++)\n        if ({held.c})\n            return x;\n    return 0;"
    )
    request = f"Return the first number x {said} such that {held.words}. Look only below n + {far}, and return 0 if there is none."
    return made(random, result=kind, parameters=f"{kind} n", body=body, request=request, shape="next", loop=True)


@family("told-bits", 4)
def bits(random: Random) -> CFunction:
    """Every bit, or every group of bits, changes a value."""
    kind = random.choice(("unsigned", "unsigned", "unsigned long"))
    width = random.choice((1, 1, 1, 2, 4, 8))
    mask = (1 << width) - 1
    group, called = ("b", "bit b") if width == 1 else ("g", f"group g of {width} bits")
    r, k = random.choice(("r", "sum", "result", "h")), random.randrange(2, 40)
    step, said = random.choice((
        (f"{r} += {group}", f"add {group} to {r}"), (f"{r} = {r} * {k} + {group}", f"set {r} = {r} * {k} + {group}"), (f"{r} ^= {group} * {k}", f"set {r} = {r} xor {group} * {k}"),
        (f"{r} = {r} << {width} | {group}", f"shift {r} left by {width} and put {group} in"), (f"{r} += {group} * {k}", f"add {group} * {k} to {r}"),
    ))  # fmt: skip
    held = condition(random, [group]) if width > 2 and random.random() < 0.5 else None
    line = f"        if ({held.c})\n            {step};\n" if held else f"        {step};\n"
    rule = f"if {held.words}, {said}" if held else said
    start = random.choice((0, 0, 0, 1, k))
    body = f"    {kind} {r} = {start};\n    while (x) {{\n        {kind} {group} = x & {mask};\n{line}        x >>= {width};\n    }}\n    return {r};"
    request = random.choice((
        f"{r} is {start}. Take each {called} of x, from the lowest up to the highest that is not 0: {rule}. Return {r}.",
        f"Start with {r} = {start}. As long as x is not 0, take its lowest {f'{width} bits' if width > 1 else 'bit'} as {group}, {rule}, and shift x right by {width}. Return {r}.",
    ))  # fmt: skip
    return made(random, result=kind, parameters=f"{kind} x", body=body, request=request, shape=f"bits/{width}")


@family("told-double-loop", 3)
def double_loop(random: Random) -> CFunction:
    """Pairs of numbers up to n."""
    i, j = random.choice((("i", "j"), ("x", "y"), ("a", "b")))
    held = conditions(random, [i, j])
    start, said = random.choice((("1", f"1 <= {j} <= n"), (i, f"{i} <= {j} <= n"), (f"{i} + 1", f"{i} < {j} <= n")))
    rule = formula(random, [i, j], random.choice((0, 1, 1)))
    loops = f"    for (int {i} = 1; {i} <= n; {i}++)\n        for (int {j} = {start}; {j} <= n; {j}++)\n            if ({held.c})\n"
    if random.random() < 0.5:
        body = f"    int count = 0;\n{loops}                count++;\n    return count;"
        request = f"Count the pairs of whole numbers {i} and {j} with 1 <= {i} <= n and {said} for which {held.words}."
        return made(
            random, result="int", parameters="int n", body=body, request=request, shape="double-loop/count", loop=True
        )
    body = f"    long sum = 0;\n{loops}                sum += {rule.c()};\n    return sum;"
    request = (
        f"Add up {rule.told(random, 'code')} over all {i} and {j} with 1 <= {i} <= n and {said} for which {held.words}."
    )
    return made(
        random, result="long", parameters="int n", body=body, request=request, shape="double-loop/sum", loop=True
    )
