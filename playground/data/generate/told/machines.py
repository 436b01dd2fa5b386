"""Strings read by small machines whose rules the request gives: states, depths, two strings side by side, numbers as text."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.told.asking import made
from playground.data.generate.told.text import LETTERS, tested, with_place


@family("told-state", 4)
def state(random: Random) -> CFunction:
    """A state that characters move."""
    s, name = random.choice(("s", "text", "str")), random.choice(("state", "mode", "q"))
    count = random.choice((2, 3))
    marks = random.sample("abcxyz01+-.,#", count)
    moves = [
        (at, marks[at], (at + 1) % count if random.random() < 0.7 else random.randrange(count)) for at in range(count)
    ]
    fall = random.random() < 0.5
    lines = ""
    for index, (at, mark, to) in enumerate(moves):
        lines += (
            f"        {'else ' if index else ''}if ({name} == {at} && {s}[i] == '{mark}')\n            {name} = {to};\n"
        )
    if fall:
        lines += f"        else\n            {name} = 0;\n"
    body = f"    int {name} = 0;\n    for (int i = 0; {s}[i]; i++) {{\n{lines}    }}\n    return {name};"
    told = "; ".join(f"in state {at} the character '{mark}' leads to {to}" for at, mark, to in moves)
    rest = "every other character leads back to 0" if fall else "other characters change nothing"
    request = random.choice((
        f"Run a machine over {s}. It begins in state 0; {told}; {rest}. Return the last state.", f"{name} is 0 at first. For each character of {s}: {told}; {rest}. Return {name}.",
    ))  # fmt: skip
    return made(
        random, result="int", parameters=f"const char *{s}", body=body, request=request, shape=f"state/{count}/{fall}"
    )


@family("told-depth", 3)
def depth(random: Random) -> CFunction:
    """A level that goes up and down with two characters."""
    s = random.choice(("s", "text", "str", "p"))
    up, down = random.choice(
        (("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("+", "-"), ("u", "d"), ("a", "b"), ("1", "0"))
    )
    goal = random.choice(("last", "highest", "balanced", "lowest"))
    loop = f"    for (int i = 0; {s}[i]; i++) {{\n        if ({s}[i] == '{up}')\n            level++;\n        if ({s}[i] == '{down}')\n            level--;\n"
    match goal:
        case "last":
            body, asked = f"    int level = 0;\n{loop}    }}\n    return level;", "Return the level at the end."
        case "highest" | "lowest":
            sign = ">" if goal == "highest" else "<"
            body, asked = (
                f"    int level = 0, best = 0;\n{loop}        if (level {sign} best)\n            best = level;\n    }}\n    return best;",
                f"Return the {goal} level on the way, 0 at the beginning included.",
            )
        case _:
            body = f"    int level = 0;\n{loop}        if (level < 0)\n            return 0;\n    }}\n    return level == 0;"
            asked = "Return 1 if the level is never below 0 and is 0 at the end, otherwise 0."
    request = f"A level begins at 0; in {s} each '{up}' raises it by 1 and each '{down}' lowers it by 1. {asked}"
    return made(random, result="int", parameters=f"const char *{s}", body=body, request=request, shape=f"depth/{goal}")


@family("told-two-strings", 4)
def two_strings(random: Random) -> CFunction:
    """Two strings side by side, or one in the other."""
    a, b = random.choice((("a", "b"), ("s", "t"), ("left", "right"), ("text", "set")))
    together = f"    for (int i = 0; {a}[i] && {b}[i]; i++)\n"
    nested = f"    for (int i = 0; {a}[i]; i++)\n        for (int j = 0; {b}[j]; j++)\n"
    body, request, shape = random.choice((
        (f"    int count = 0;\n{together}        if ({a}[i] == {b}[i])\n            count++;\n    return count;", f"Count the places at which {a} and {b} have the same character; stop where the shorter one ends.", "same"),
        (f"    int count = 0;\n{together}        if ({a}[i] > {b}[i])\n            count++;\n    return count;", f"Count the places at which the character of {a} has a larger code than that of {b}, as far as both reach.", "larger"),
        (f"    int i = 0;\n    while ({a}[i] && {a}[i] == {b}[i])\n        i++;\n    return i;", f"How many characters at the beginning do {a} and {b} share?", "shared"),
        (f"    int count = 0;\n{nested}            if ({a}[i] == {b}[j])\n                count++;\n    return count;", f"Count the pairs of a character of {a} and an equal character of {b}.", "pairs"),
        (f"    int count = 0;\n    for (int i = 0; {a}[i]; i++) {{\n        int j = 0;\n        while ({b}[j] && {b}[j] != {a}[i])\n            j++;\n        if ({b}[j])\n            count++;\n    }}\n    return count;", f"Count the characters of {a} that occur in {b}.", "members"),
        (f"    for (int i = 0; {a}[i]; i++) {{\n        int j = 0;\n        while ({b}[j] && {b}[j] != {a}[i])\n            j++;\n        if (!{b}[j])\n            return i;\n    }}\n    return -1;", f"Return the index of the first character of {a} that does not occur in {b}, or -1 if all do.", "outside"),
        (f"    int sum = 0;\n{together}        sum += {a}[i] - {b}[i];\n    return sum;", f"Add up the differences of the codes of {a} and {b}, place by place, as far as both reach.", "differences"),
        (f"    for (int i = 0; {a}[i] || {b}[i]; i++)\n        if ({a}[i] != {b}[i])\n            return i;\n    return -1;", f"Return the first place at which {a} and {b} differ (an end differs from any character), or -1 if they are equal.", "differ"),
    ))  # fmt: skip
    return made(random, result="int", parameters=f"const char *{a}, const char *{b}", body=body, request=request, shape=f"two-strings/{shape}")  # fmt: skip


@family("told-words", 3)
def words(random: Random) -> CFunction:
    """Runs of characters that pass: words."""
    s = random.choice(("s", "text", "line", "str"))
    test, said = tested(random)
    c = with_place(test, f"{s}[i]")
    goal = random.choice(("count", "longest", "first"))
    if goal == "count":
        body = f"    int count = 0, inside = 0;\n    for (int i = 0; {s}[i]; i++) {{\n        int now = {c};\n        if (now && !inside)\n            count++;\n        inside = now;\n    }}\n    return count;"
        request = (
            f"Count the words of {s}, where a word is a run of characters that are each {said}, as long as can be."
        )
    elif goal == "longest":
        body = f"    int best = 0, run = 0;\n    for (int i = 0; {s}[i]; i++) {{\n        run = ({c}) ? run + 1 : 0;\n        if (run > best)\n            best = run;\n    }}\n    return best;"
        request = f"Return the length of the longest run of characters in {s} that are each {said}."
    else:
        body = f"    int i = 0;\n    while ({s}[i] && ({c}))\n        i++;\n    return i;"
        request = f"How many characters at the beginning of {s} are each {said}?"
    return made(random, result="int", parameters=f"const char *{s}", body=body, request=request, shape=f"words/{goal}")


@family("told-spelled", 4)
def spelled(random: Random) -> CFunction:
    """A number written as text by a rule, or read from it."""
    base = random.choice((2, 3, 5, 7, 8, 10, 10))
    system = {2: "binary", 8: "octal", 10: "decimal"}.get(base, f"base {base}")
    out, zero = random.choice(("out", "dst", "buf", "s")), random.choice("0000aA")
    first = f"'{zero}'"
    note = "" if zero == "0" else f" The digit 0 is written as {first}, 1 as the character after it, and so on."
    goal = random.choice(("backwards", "fixed", "read", "read"))
    if goal == "backwards":
        body = f"    int n = 0;\n    do {{\n        {out}[n++] = {first} + x % {base};\n        x /= {base};\n    }} while (x);\n    {out}[n] = '\\0';\n    return n;"
        request = f"Write x in {system} to {out} with the lowest digit first, end it with a zero byte and return the number of digits.{note}"
        return made(
            random,
            result="int",
            parameters=f"unsigned x, char *{out}",
            body=body,
            request=request,
            shape=f"spelled/back{base}",
        )
    if goal == "fixed":
        width = random.randrange(3, 9)
        body = f"    for (int i = {width - 1}; i >= 0; i--) {{\n        {out}[i] = {first} + x % {base};\n        x /= {base};\n    }}\n    {out}[{width}] = '\\0';"
        request = f"Write the last {width} digits of x in {system} to {out}, the highest first, with zeros in front where needed, and a zero byte behind them.{note}"
        return made(
            random,
            result="void",
            parameters=f"unsigned x, char *{out}",
            body=body,
            request=request,
            shape=f"spelled/fixed{base}",
        )
    top = chr(ord("0") + base - 1)
    start, minus = ("    int i = 0;\n", "") if random.random() < 0.6 else ("    int i = 0, negative = 0;\n    if (s[0] == '-') {\n        negative = 1;\n        i = 1;\n    }\n", " A '-' in front makes it negative.")  # fmt: skip
    body = f"    long x = 0;\n{start}    while (s[i] >= '0' && s[i] <= '{top}') {{\n        x = x * {base} + (s[i] - '0');\n        i++;\n    }}\n    return {'negative ? -x : x' if minus else 'x'};"
    request = f"Read a number in {system} from the beginning of s, as far as there are digits 0 to {top}, and return it; without a digit it is 0.{minus}"
    return made(
        random,
        result="long",
        parameters="const char *s",
        body=body,
        request=request,
        shape=f"spelled/read{base}/{bool(minus)}",
    )


@family("told-squeezed", 3)
def squeezed(random: Random) -> CFunction:
    """Characters dropped or doubled by what stands beside them."""
    s, c = random.choice(("s", "text", "p")), random.choice(LETTERS + " -_.")
    rule, said = random.choice((
        (f"i == 0 || {s}[i] != {s}[i - 1]", "each character that equals the one right before it goes away"), (f"{s}[i] != '{c}' || {s}[i + 1] != '{c}'", f"of several '{c}' in a row only the last stays"),
        ("i % 2 == 0", "every second character goes away, beginning with the second"), (f"{s}[i] != '{c}' || i == 0", f"each '{c}' goes away, but not one at the very beginning"), (f"{s}[i + 1] != '{c}'", f"each character right before a '{c}' goes away"),
    ))  # fmt: skip
    before = "i == 0 || " in rule and "i - 1" in rule
    if before:  # what stands before may be overwritten by then
        body = f"    int n = 0;\n    char last = '\\0';\n    for (int i = 0; {s}[i]; i++) {{\n        char now = {s}[i];\n        if (now != last)\n            {s}[n++] = now;\n        last = now;\n    }}\n    {s}[n] = '\\0';\n    return n;"
    else:
        body = f"    int n = 0;\n    for (int i = 0; {s}[i]; i++)\n        if ({rule})\n            {s}[n++] = {s}[i];\n    {s}[n] = '\\0';\n    return n;"
    request = random.choice(
        (
            f"Shorten the string {s} in place: {said}. Return the new length.",
            f"In {s}, {said}; the rest moves up. The result is the length that is left.",
        )
    )
    return made(random, result="int", parameters=f"char *{s}", body=body, request=request, shape="squeezed")
