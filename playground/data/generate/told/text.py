"""Passes over strings whose steps the request gives."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.told.asking import made
from playground.data.generate.told.terms import some_number

LETTERS = "aeioxyznrstlmkdgpq"


def tested(random: Random) -> tuple[str, str]:
    """A test on the character c, in C and as what c is."""
    low, high = sorted(random.sample("abcdefghijklmnopqrstuvwxyz", 2))
    x, y, z = random.sample(LETTERS, 3)
    k = random.randrange(2, 9)
    mark = random.choice(".,;:!?-_/#+*@ %&=")
    return random.choice((
        (f"c >= '{low}' && c <= '{high}'", f"a letter from {low} to {high}"), (f"c == '{x}' || c == '{y}'", f"{x} or {y}"), (f"c == '{x}'", f"'{x}'"), (f"c != '{x}'", f"not '{x}'"),
        ("c >= '0' && c <= '9'", "a digit"), ("c >= 'A' && c <= 'Z'", "a capital letter"), ("c >= 'a' && c <= 'z'", "a small letter"), (f"c == '{mark}'", f"the character '{mark}'"),
        (f"c == '{x}' || c == '{y}' || c == '{z}'", f"one of {x}, {y}, {z}"), (f"c % {k} == 0", f"a character whose code is divisible by {k}"), (f"c > '{low}'", f"above '{low}' in code"),
        (f"c != ' ' && c != '{mark}'", f"neither a space nor '{mark}'"), (f"(c >= 'a' && c <= 'z') || c == '{mark}'", f"a small letter or '{mark}'"), (f"c < {k * 16}", f"a character with a code below {k * 16}"),
    ))  # fmt: skip


def with_place(test: str, place: str) -> str:
    """A test on c as a test on what stands at a place."""
    return " ".join(place if word == "c" else word.replace("(c", f"({place}") for word in test.split(" "))


def _loop(random: Random, s: str) -> tuple[str, str]:
    """The head of a loop over s, and the character in it."""
    return random.choice(
        (
            (f"    for (int i = 0; {s}[i]; i++)", f"{s}[i]"),
            (f"    for (; *{s}; {s}++)", f"*{s}"),
            (f"    for (int i = 0; {s}[i] != '\\0'; i++)", f"{s}[i]"),
        )
    )


@family("told-text-count", 5)
def counted(random: Random) -> CFunction:
    """Characters that pass: how many, whether any or all, where."""
    s = random.choice(("s", "s", "text", "str", "word", "line"))
    test, said = tested(random)
    head, place = _loop(random, s)
    goal = random.choice(("count", "count", "all", "any", "first", "last"))
    c = with_place(test, place)
    asked: tuple[str, ...]
    match goal:
        case "count":
            body = f"    int count = 0;\n{head}\n        if ({c})\n            count++;\n    return count;"
            asked = (
                "Count the characters c of {s} for which c is {w}.",
                "How many characters of {s} are each {w}?",
                "Return how often a character in {s} is {w}.",
            )
        case "all":
            body = f"{head}\n        if (!({c}))\n            return 0;\n    return 1;"
            asked = (
                "Return 1 if every character of {s} is {w}, otherwise 0.",
                "Is each character in {s} {w}? Return 1 for yes, 0 for no; the empty string gives 1.",
            )
        case "any":
            body = f"{head}\n        if ({c})\n            return 1;\n    return 0;"
            asked = (
                "Return 1 if some character of {s} is {w}, otherwise 0.",
                "Is any character in {s} {w}? 1 for yes, 0 for no.",
            )
        case "first":
            body = f"    for (int i = 0; {s}[i]; i++)\n        if ({with_place(test, f'{s}[i]')})\n            return i;\n    return -1;"
            asked = (
                "Return the index of the first character of {s} that is {w}, or -1.",
                "At which position does {s} first have a character that is {w}? -1 if it has none.",
            )
        case _:
            body = f"    int last = -1;\n    for (int i = 0; {s}[i]; i++)\n        if ({with_place(test, f'{s}[i]')})\n            last = i;\n    return last;"
            asked = (
                "Return the index of the last character of {s} that is {w}, or -1.",
                "Where is the last character in {s} that is {w}? Return its position, -1 if there is none.",
            )
    return made(random, result="int", parameters=f"const char *{s}", body=body, request=random.choice(asked).format(s=s, w=said), shape=f"text/{goal}")  # fmt: skip


@family("told-text-fold", 4)
def folded(random: Random) -> CFunction:
    """A value that every character changes, or only some."""
    s, h = random.choice(("s", "text", "str", "key", "name")), random.choice(("h", "hash", "sum", "r"))
    head, place = _loop(random, s)
    kind = random.choice(("unsigned", "unsigned", "unsigned long"))
    start, k, m = (
        random.choice((0, 1, 5, some_number(random), random.randrange(100, 20000))),
        random.choice((2, 3, 31, 33, 37, 65599, random.randrange(3, 300))),
        random.randrange(7, 2000),
    )
    code, said = random.choice((
        ("{h} = {h} * {k} + {c};", "set {h} = {h} * {k} + c"), ("{h} = ({h} ^ {c}) * {k};", "set {h} = ({h} xor c) * {k}"), ("{h} = {h} * {k} ^ {c};", "set {h} = {h} * {k} xor c"), ("{h} += {c} * {k};", "add {k} times c to {h}"),
        ("{h} = ({h} + {c}) % {m};", "set {h} = ({h} + c) mod {m}"), ("{h} = ({h} * {k} + {c}) % {m};", "set {h} = ({h} * {k} + c) mod {m}"), ("{h} += {c};", "add its code to {h}"), ("{h} = ({h} << 3) + {c};", "shift {h} left by 3 and add c"),
        ("{h} = {h} * 10 + ({c} - '0');", "set {h} = {h} * 10 + (c - '0')"),
    ))  # fmt: skip
    step, words = code.format(h=h, k=k, m=m, c=place), said.format(h=h, k=k, m=m)
    only = ""
    if random.random() < 0.35:
        test, what = tested(random)
        step = f"if ({with_place(test, place)})\n            {step}"
        only = f", but only if c is {what}"
    body = f"    {kind} {h} = {start};\n{head}\n        {step}\n    return {h};"
    request = random.choice((
        f"Start with {h} = {start} and for every character c of {s} {words}{only}. Return {h}.", f"Compute a hash of {s}: {h} is {start} first; for each byte c {words}{only}.",
        f"{h} begins at {start}. For each character c in {s}, {words}{only}. The result is {h}.",
    ))  # fmt: skip
    return made(
        random, result=kind, parameters=f"const char *{s}", body=body, request=request, shape=f"text-fold/{bool(only)}"
    )


@family("told-text-change", 4)
def changed(random: Random) -> CFunction:
    """Characters replaced or left out, in place."""
    s = random.choice(("s", "text", "str", "line", "p"))
    test, said = tested(random)
    new = random.choice(LETTERS + "_-*#.?")
    if random.random() < 0.6:
        head, place = _loop(random, s)
        value, words = random.choice(
            (
                (f"'{new}'", f"'{new}'"),
                (f"{place} + 1", "the character after it"),
                (f"{place} ^ 32", "itself xor 32"),
                (f"{place} - 1", "the character before it"),
            )
        )
        body = f"{head}\n        if ({with_place(test, place)})\n            {place} = {value};"
        request = random.choice(
            (
                f"Replace each character of {s} that is {said} by {words}.",
                f"In {s}, whenever a character is {said}, put {words} in its place.",
            )
        )
        return made(
            random, result="void", parameters=f"char *{s}", body=body, request=request, shape="text-change/replace"
        )
    keep = random.random() < 0.5
    c = with_place(test, f"{s}[i]")
    body = f"    int n = 0;\n    for (int i = 0; {s}[i]; i++)\n        if ({c if keep else f'!({c})'})\n            {s}[n++] = {s}[i];\n    {s}[n] = '\\0';\n    return n;"
    request = random.choice((
        f"Keep of {s} only the characters that are each {said}, in place, and return how many there are." if keep else f"Remove from {s} each character that is {said}, in place, and return the new length.",
        f"Shorten {s} to its characters that are {said}; the result is the new length." if keep else f"Take out of {s} every character that is {said}. Return how long {s} is afterwards.",
    ))  # fmt: skip
    return made(
        random,
        result="int",
        parameters=f"char *{s}",
        body=body,
        request=request,
        shape=f"text-change/{'keep' if keep else 'drop'}",
    )


@family("told-text-copy", 3)
def copied(random: Random) -> CFunction:
    """From one string to another: all, some, twice, shifted."""
    dst, src = random.choice((("dst", "src"), ("out", "s"), ("to", "from"), ("result", "text")))
    test, said = tested(random)
    k = random.randrange(1, 6)
    new = random.choice(LETTERS + "_-*#.?")
    c = with_place(test, f"{src}[i]")
    rule, line = random.choice((
        (f"Copy {src} to {dst}, but leave out each character that is {said}", f"if (!({c}))\n            {dst}[n++] = {src}[i];"),
        (f"Copy to {dst} only those characters of {src} that are each {said}", f"if ({c})\n            {dst}[n++] = {src}[i];"),
        (f"Copy {src} to {dst} and put '{new}' for each character that is {said}", f"{dst}[n++] = {c.join('()') if '|' in c or '&' in c else c} ? '{new}' : {src}[i];"),
        (f"Copy {src} to {dst} with '{new}' behind each character", f"{dst}[n++] = {src}[i];\n        {dst}[n++] = '{new}';"),
        (f"Copy {src} to {dst}, every character twice", f"{dst}[n++] = {src}[i];\n        {dst}[n++] = {src}[i];"),
        (f"Copy {src} to {dst} with {k} added to the code of each character", f"{dst}[n++] = {src}[i] + {k};"),
    ))  # fmt: skip
    head = f"    for (int i = 0; {src}[i]; i++)" + (" {" if line.count("[n++]") == 2 else "")
    tail = "    }\n" if head.endswith("{") else ""
    body = f"    int n = 0;\n{head}\n        {line}\n{tail}    {dst}[n] = '\\0';\n    return n;"
    end = random.choice((". End it with a zero and return its length.", "; a zero ends it. Return how many characters were written before the zero.", ", terminated by a zero. The result is the length of " + dst + "."))  # fmt: skip
    return made(
        random,
        result="int",
        parameters=f"char *{dst}, const char *{src}",
        body=body,
        request=rule + end,
        shape="text-copy",
    )
