"""Whole programs that print what a rule of the request gives."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.told.terms import condition, formula
from playground.data.generate.whole_programs.form import numbers, program

ENDS = (
    ("\\n", "one a line"),
    ("\\n", "each on a line of its own"),
    (" ", "with a space behind each and a newline at the end"),
)


def _printed(random: Random) -> tuple[str, str, str]:
    """How a number ends, what the request says of it, and what follows the last."""
    end, said = random.choice(ENDS)
    return end, said, "" if end == "\\n" else '    printf("\\n");\n'


@family("program-told-range", 4)
def values(random: Random) -> CFunction:
    """A formula or a test over a range of numbers."""
    low, count = random.randrange(-3, 12), random.randrange(4, 20)
    high, step = low + count, random.choice((1, 1, 1, 2, 3))
    end, said, after = _printed(random)
    rule = formula(random, ["i"], random.choice((0, 1, 1, 2)))
    held = condition(random, ["i"]) if random.random() < 0.4 else None
    inside = f"        if ({held.c})\n            " if held else "        "
    down = random.random() < 0.2
    head = (
        f"for (int i = {high}; i >= {low}; i -= {step})" if down else f"for (int i = {low}; i <= {high}; i += {step})"
    )
    head = head.replace("i -= 1", "i--").replace("i += 1", "i++")
    body = f'    {head}\n{inside}printf("%d{end}", {rule.c()});\n{after}    return 0;'
    span = f"from {high} down to {low}" if down else f"from {low} to {high}"
    stride = f" in steps of {step}" if step > 1 else ""
    clause = f", but only where {held.words}" if held else ""
    what = rule.c() if rule.operator else "i"
    request = random.choice(
        (
            f"Print {what} for each i {span}{stride}{clause}, {said}.",
            f"For i {span}{stride}{clause}: print {what}. The numbers stand {said}.",
        )
    )
    return program(body=body, request=request, shape=f"told-range/{bool(held)}")


@family("program-told-sequence", 4)
def sequence(random: Random) -> CFunction:
    """Terms of a recurrence."""
    first, second, k, j = random.randrange(6), random.randrange(1, 9), random.randrange(2, 5), random.randrange(1, 9)
    count = random.randrange(5, 13)
    end, said, after = _printed(random)
    if random.random() < 0.5:
        code, words = random.choice(((f"x * {k} + {j}", f"{k} times the one before plus {j}"), (f"x + {j}", f"{j} more than the one before"), (f"x * {k} - {j}", f"{k} times the one before minus {j}"), (f"x * x % {k * 37 + j} + 1", f"the square of the one before modulo {k * 37 + j}, plus 1")))  # fmt: skip
        body = f'    int x = {second};\n    for (int i = 0; i < {count}; i++) {{\n        printf("%d{end}", x);\n        x = {code};\n    }}\n{after}    return 0;'
        request = f"Print the first {count} terms, {said}, of the sequence that begins with {second} and in which each term is {words}."
        return program(body=body, request=request, shape="told-sequence/one")
    code, words = random.choice(((f"a + {k} * b", f"the one two places before plus {k} times the one before"), (f"b - a + {j}", f"the one before minus the one before that, plus {j}"), ("a + b + 1", "the sum of the two before it plus 1"), (f"{k} * a + b", f"{k} times the one two places before plus the one before")))  # fmt: skip
    body = (
        f'    int a = {first}, b = {second};\n    for (int i = 0; i < {count}; i++) {{\n        printf("%d{end}", a);\n'
        f"        int next = {code};\n        a = b;\n        b = next;\n    }}\n{after}    return 0;"
    )
    request = f"Print {count} terms of the sequence that starts with {first} and {second}, {said}; every further term is {words}."
    return program(body=body, request=request, shape="told-sequence/two")


@family("program-told-read", 4)
def read(random: Random) -> CFunction:
    """Every number that is read changes a value; it is printed, or is the exit status."""
    start, k = random.choice((0, 0, 1, random.randrange(2, 30))), random.randrange(2, 12)
    held = condition(random, ["x"]) if random.random() < 0.5 else None
    code, words = random.choice((("t += x;", "add x to t"), (f"t = t * {k} + x;", f"set t = t * {k} + x"), ("t -= x;", "take x from t"), ("t++;", "add 1 to t"), (f"t += x * {k};", f"add {k} times x to t"), ("t = x - t;", "set t = x - t"), (f"t += x / {k};", f"add x / {k} to t")))  # fmt: skip
    step = f"if ({held.c})\n            {code}" if held else code
    rule = f"if {held.words}, {words}" if held else words
    status = random.random() < 0.2
    last = "    return t & 255;" if status else '    printf("%d\\n", t);\n    return 0;'
    goal = "end with the lowest eight bits of t as the exit status" if status else "print t and a newline"
    body = f'    int x, t = {start};\n    while (scanf("%d", &x) == 1)\n        {step}\n{last}'
    request = random.choice((
        f"t is {start}. Read whole numbers until the input ends; for each number x, {rule}. Finally {goal}.",
        f"Read numbers x to the end of the input. Begin with t = {start} and for every x {rule}; then {goal}.",
    ))  # fmt: skip
    return program(
        body=body,
        request=request,
        shape=f"told-read/{bool(held)}/{status}",
        stdin=numbers(random, random.randrange(3, 10)),
    )
