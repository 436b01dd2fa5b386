"""Whole programs that read: numbers, characters, a word. `stdin` is what their proof run reads."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.whole_programs.form import (
    LABELS,
    NAMES,
    OPENINGS,
    WORDS,
    chosen,
    numbers,
    ordered,
    phrase,
    program,
)

READ_FOLDS = (
    ("0", "t += x;", "their sum", "sum"), ("0", "t++;", "how many there were", "count"),
    ("0", "if ({p})\n            t++;", "how many of them {w}", "count-if"), ("0", "if ({p})\n            t += x;", "the sum of those that {w}", "sum-if"),
    ("0", "t = x;", "the last one", "last"), ("-1000000", "if (x > t)\n            t = x;", "the largest one", "max"),
    ("1000000", "if (x < t)\n            t = x;", "the smallest one", "min"), ("0", "t += x * x;", "the sum of their squares", "squares"),
)  # fmt: skip


@family("program-read-numbers", 5)
def read_numbers(random: Random) -> CFunction:
    """Whole numbers from the standard input, one result."""
    start, c, what, name = random.choice(READ_FOLDS)
    held = chosen(random, 1, 100)
    clause = held.of_several()
    label = random.choice(("", "", *LABELS))
    shown = f'"{label} " and then {what}' if label else what
    deed = f"Read whole numbers from the standard input until its end and print {shown}, and a newline"
    body = (
        f'    int x, t = {start};\n    while (scanf("%d", &x) == 1)\n        {c.replace("{p}", held.test("x"))}\n'
        f'    printf("{label + " " if label else ""}%d\\n", t);\n    return 0;'
    )
    return program(
        body=body, request=ordered(random, deed.replace("{w}", clause)), shape=f"read-numbers/{name}",
        stdin=numbers(random, random.randrange(3, 12)),
    )  # fmt: skip


READ_ONE = (
    ("2 * n", "its double", "double"), ("n * n", "its square", "square"), ("n + {k}", "the number plus {k}", "plus"),
    ("n - {k}", "the number minus {k}", "minus"), ("{k} * n", "{k} times the number", "times"), ("n / {k}", "the number divided by {k}", "divided"),
    ("n % {k}", "the remainder of its division by {k}", "remainder"), ("n < 0 ? -n : n", "its absolute value", "absolute"), ("-n", "its negative", "negative"),
)  # fmt: skip


@family("program-read-one", 4)
def read_one(random: Random) -> CFunction:
    """One number in, one out."""
    c, what, name = random.choice(READ_ONE)
    k, label = random.randrange(2, 50), random.choice(("", "", *LABELS))
    form, spelled = random.choice(
        (("%d", ""), ("%d", ""), ("%x", " in hexadecimal"), ("%5d", ", at least five characters wide"))
    )
    shown = f'"{label} " and then ' if label else ""
    deed = f"Read a whole number and print {shown}{what.format(k=k)}{spelled}, and a newline"
    body = f'    int n;\n    scanf("%d", &n);\n    printf("{label + " " if label else ""}{form}\\n", {c.format(k=k)});\n    return 0;'
    return program(body=body, request=ordered(random, deed), shape=f"read-one/{name}", stdin=numbers(random, 1))


CHARACTERS = (
    ("c >= 'a' && c <= 'z'", "small letters"), ("c >= 'A' && c <= 'Z'", "capital letters"), ("c >= '0' && c <= '9'", "digits"),
    ("c == ' '", "spaces"), ("c == '{x}'", "characters '{x}'"), ("c != ' ' && c != '\\n'", "characters that are neither spaces nor newlines"),
)  # fmt: skip


def _text(random: Random) -> str:
    parts = (phrase(random), str(random.randrange(5000)), phrase(random), phrase(random).upper())
    return (
        "".join(f"{part}{random.choice((' ', chr(10)))}" for part in random.sample(parts, random.randrange(2, 5)))
        + "\n"
    )


@family("program-read-characters", 5)
def read_characters(random: Random) -> CFunction:
    """The standard input character by character: counted, left out, or replaced."""
    test, what = random.choice(CHARACTERS)
    x, y = random.sample("aeioustrn", 2)
    test, what = test.replace("{x}", x), what.replace("{x}", x)
    kind = random.choice(("count", "drop", "keep", "replace"))
    deed, inner, end = {
        "count": (f"Count the {what} of the standard input and print the number and a newline", f"if ({test})\n            t++;", '    printf("%d\\n", t);\n'),
        "drop": (f"Copy the standard input to the standard output without the {what}", f"if (!({test}))\n            putchar(c);", ""),
        "keep": (f"Copy only the {what} of the standard input to the standard output", f"if ({test})\n            putchar(c);", ""),
        "replace": (f"Copy the standard input to the standard output with '{y}' in the place of all {what}", f"putchar(({test}) ? '{y}' : c);", ""),
    }[kind]  # fmt: skip
    start = ", t = 0" if kind == "count" else ""
    body = f"    int c{start};\n    while ((c = getchar()) != EOF)\n        {inner}\n{end}    return 0;"
    return program(body=body, request=ordered(random, deed), shape=f"read-characters/{kind}", stdin=_text(random))


@family("program-read-word", 2)
def read_word(random: Random) -> CFunction:
    """A word in, a sentence out."""
    before, after = f"{random.choice(OPENINGS)}, ", random.choice(("!", ".", "?", f", {random.choice(WORDS)}!"))
    longest = random.choice((15, 20, 30, 31, 63))
    deed = f'Read a word of at most {longest} letters and print "{before}WORD{after}" with it in the place of WORD, and a newline'
    body = f'    char word[{longest + 1}];\n    scanf("%{longest}s", word);\n    printf("{before}%s{after}\\n", word);\n    return 0;'
    return program(body=body, request=ordered(random, deed), shape="read-word", stdin=f"{random.choice(NAMES)}\n")
