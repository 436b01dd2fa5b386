"""Loops over the digits of a number, in any base."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import define, family, request_to_return
from playground.data.generate.predicates import predicate

FOLDS = (
    ("sum", "0", "t += d;", "the sum of the {base}digits of {x}"),
    ("product", "1", "t *= d;", "the product of the {base}digits of {x}"),
    ("count", "0", "t++;", "the number of {base}digits of {x} (0 for 0)"),
    ("largest", "0", "if (d > t)\n            t = d;", "the largest {base}digit of {x}"),
    ("squares", "0", "t += d * d;", "the sum of the squares of the {base}digits of {x}"),
    ("reverse", "0", "t = t * {k} + d;", "the number {x} with its {base}digits reversed"),
    ("alternating", "0", "t = d - t;", "the alternating sum of the {base}digits of {x}, the highest digit positive"),
)  # fmt: skip


def _loop(x: str, base: int, statement: str) -> str:
    return (
        f"    while ({x} > 0) {{\n        unsigned int d = {x} % {base};\n        {statement}\n"
        f"        {x} /= {base};\n    }}\n"
    )


def _base_words(base: int) -> str:
    return {10: "", 2: "binary ", 8: "octal ", 16: "hexadecimal "}.get(base, f"base-{base} ")


@family("digits-fold", 4)
def fold(random: Random) -> CFunction:
    """A fold over digits, perhaps over those that pass a predicate."""
    x = random.choice("nxmv")
    base = random.choice((10, 10, 10, 10, 8, 16, 3, 5, 7))
    shape, start, statement, words = random.choice(FOLDS)
    if shape == "alternating":
        statement = "t = s * (int)d + t;\n        s = -s;"
        words = "the alternating sum of the {base}digits of {x}, the lowest digit added first"
    body = _loop(x, base, statement.format(k=base))
    result = "int" if shape == "alternating" else "unsigned int"
    declared = f"    {result} t = {start};\n" + ("    int s = 1;\n" if shape == "alternating" else "")
    name = random.choice((f"digit_{shape}", shape, f"{shape}_digits"))
    return define(
        name=name, result=result, parameters=f"unsigned int {x}", body=f"{declared}{body}    return t;",
        request=request_to_return(random, name, words.format(base=_base_words(base), x=x)),
        shape=f"digits/{shape}/{'ten' if base == 10 else 'base'}", tag="loop",
    )  # fmt: skip


@family("digits-count", 3)
def count(random: Random) -> CFunction:
    """How many digits pass a predicate."""
    x = random.choice("nxmv")
    base = random.choice((10, 10, 10, 8, 16))
    if random.random() < 0.4:
        digit = str(random.randrange(0, base)) if random.random() < 0.6 else "k"
        condition, clause, shape = f"d == {digit}", f"that are equal to {digit}", "equal"
    else:
        digit = ""
        held = predicate(random, signed=False)
        while held.shape not in ("even", "odd", "multiple", "remainder", "zero", "nonzero"):
            held = predicate(random, signed=False)
        condition, clause, shape = held.test("d"), held.clause, held.shape
    body = _loop(x, base, f"if ({condition})\n            c++;")
    parameters = f"unsigned int {x}" + (", unsigned int k" if digit == "k" else "")
    name = random.choice(("count_digits", "digits", "count"))
    what = f"the number of {_base_words(base)}digits of {x} {clause}"
    return define(
        name=name, result="int", parameters=parameters, body=f"    int c = 0;\n{body}    return c;",
        request=request_to_return(random, name, what), shape=f"digits/count/{shape}", tag="loop",
    )  # fmt: skip


@family("digits-test", 2)
def test(random: Random) -> CFunction:
    """Palindromes, harshad numbers, repeated digits."""
    x = random.choice("nxm")
    base = random.choice((10, 10, 10, 2, 16))
    kind = random.choice(("palindrome", "harshad", "contains", "increasing"))
    digit = random.randrange(0, min(base, 10))
    bodies = {
        "palindrome": f"    unsigned int y = {x}, r = 0;\n{_loop('y', base, f'r = r * {base} + d;')}    return r == {x};",
        "harshad": f"    unsigned int y = {x}, t = 0;\n{_loop('y', base, 't += d;')}    return t != 0 && {x} % t == 0;",
        "contains": f"{_loop(x, base, f'if (d == {digit})' + chr(10) + '            return 1;')}    return 0;",
        "increasing": f"    unsigned int last = {base};\n"
        f"{_loop(x, base, 'if (d >= last)' + chr(10) + '            return 0;' + chr(10) + '        last = d;')}    return 1;",
    }
    words = {
        "palindrome": f"1 if the {_base_words(base)}digits of {x} read the same backwards, else 0",
        "harshad": f"1 if {x} is divisible by the sum of its {_base_words(base)}digits, else 0",
        "contains": f"1 if any {_base_words(base)}digit of {x} is {digit}, else 0",
        "increasing": f"1 if the {_base_words(base)}digits of {x} strictly increase from left to right, else 0",
    }
    name = random.choice((f"is_{kind}", kind, "check"))
    return define(
        name=name, result="int", parameters=f"unsigned int {x}", body=bodies[kind],
        request=request_to_return(random, name, words[kind]), shape=f"digits/{kind}", tag="loop",
    )  # fmt: skip
