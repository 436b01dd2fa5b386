"""Whole programs: what they print, what they read, how they end. A program's `stdin` is what its proof run reads."""

from dataclasses import dataclass
from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family

WORDS = (
    "apple", "river", "stone", "blue", "green", "seven", "winter", "train", "music", "paper", "light", "cloud", "garden",
    "window", "copper", "tiger", "ocean", "silver", "north", "coffee", "pencil", "rocket", "island", "marble", "violin",
)  # fmt: skip
NAMES = (
    "Alice",
    "Bob",
    "Carol",
    "Dave",
    "Erin",
    "Frank",
    "Grace",
    "Heidi",
    "Ivan",
    "Judy",
    "Mallory",
    "Niaj",
    "Olivia",
)
OPENINGS = ("Hello", "Hi", "Welcome", "Good morning", "Goodbye", "Greetings", "Thank you", "Good night", "See you soon")
LABELS = ("result", "sum", "total", "answer", "value", "number", "count", "Result", "Total", "The result is", "Value:")
PROGRAM_ORDERS = (
    "{deed}.", "{deed}.", "Write a program that will {lower}.", "A program to {lower}.", "Please write a program to {lower}.",
    "Create an assembly program that will {lower}.", "I need a program to {lower}.", "{deed}",
)  # fmt: skip


def ordered(random: Random, deed: str) -> str:
    """`deed` is an imperative; the result asks for a program that does it."""
    return random.choice(PROGRAM_ORDERS).format(deed=deed, lower=deed[0].lower() + deed[1:])


def program(
    *, body: str, request: str, shape: str, headers: tuple[str, ...] = ("stdio",), stdin: str = ""
) -> CFunction:
    """`body` is the lines between the braces, indented by four."""
    includes = "".join(f"#include <{name}.h>\n" for name in headers)
    source = f"{includes}\nint main(void)\n{{\n{body}\n}}\n"
    return CFunction(
        name="main", prototype="int main(void)", source=source.lstrip("\n"), request=request, family=f"program/{shape}",
        tags=("program",), stdin=stdin,
    )  # fmt: skip


def phrase(random: Random) -> str:
    """A short text without quotes, backslashes or percent signs."""
    kind = random.randrange(4)
    if kind == 0:
        return f"{random.choice(OPENINGS)}, {random.choice(NAMES)}{random.choice('!.')}"
    words = random.sample(WORDS, random.randrange(1, 5))
    text = " ".join(words)
    return (text, text.capitalize(), f"{text.capitalize()}{random.choice('.!?')}", text.upper())[kind]


def numbers(random: Random, count: int, low: int = -99, high: int = 999) -> str:
    """`count` whole numbers, some lines of them, as a person types them."""
    return "".join(f"{random.randint(low, high)}{random.choice((' ', chr(10)))}" for _ in range(count - 1)) + (
        f"{random.randint(low, high)}\n"
    )


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A test that holds for some of the numbers from `first` to `last`, and not for others."""

    c: str
    """``{x}`` stands for the number."""
    words: str
    """Behind a name: ``is even``."""
    shape: str

    def test(self, value: str) -> str:
        return self.c.replace("{x}", value)

    def of_several(self) -> str:
        """``are even``"""
        return self.words.replace("is ", "are ", 1).replace("leaves", "leave").replace("ends", "end")


def chosen(random: Random, first: int, last: int) -> Chosen:
    k, middle = random.randrange(2, 8), random.randrange(first + 1, last)
    digit = middle % 10
    return random.choice(
        (
            Chosen(c="{x} % 2 == 0", words="is even", shape="even"),
            Chosen(c="{x} % 2 != 0", words="is odd", shape="odd"),
            Chosen(
                c=f"{{x}} % {k} == 0",
                words=random.choice((f"is divisible by {k}", f"is a multiple of {k}")),
                shape="multiple",
            ),
            Chosen(c=f"{{x}} % {k} != 0", words=f"is not divisible by {k}", shape="not-multiple"),
            Chosen(
                c=f"{{x}} > {middle}",
                words=random.choice((f"is greater than {middle}", f"is above {middle}")),
                shape="greater",
            ),
            Chosen(
                c=f"{{x}} < {middle}",
                words=random.choice((f"is less than {middle}", f"is below {middle}")),
                shape="less",
            ),
            Chosen(c=f"{{x}} == {middle}", words=f"is {middle}", shape="equal"),
            Chosen(c=f"{{x}} % {k} == 1", words=f"leaves 1 when divided by {k}", shape="remainder"),
            Chosen(c=f"{{x}} % 10 == {digit}", words=f"ends in {digit}", shape="last-digit"),
        )
    )


@family("program-print", 6)
def printing(random: Random) -> CFunction:
    """One to three fixed lines."""
    lines = [phrase(random) for _ in range(random.choice((1, 1, 1, 2, 3)))]
    quoted = " and then ".join(f'"{line}"' for line in lines)
    each = "and a newline" if len(lines) == 1 else "each on a line of its own"
    deed = f"{random.choice(('Print', 'Print', 'Display', 'Output', 'Write'))} {quoted} {each}"
    status = random.choice((0, 0, 0, random.randrange(1, 100)))
    ending = f", and end with exit status {status}" if status else ""
    body = [f'    puts("{line}");' for line in lines] + [f"    return {status};"]
    return program(body="\n".join(body), request=ordered(random, deed + ending), shape=f"print/{len(lines)}")


@family("program-status", 3)
def status(random: Random) -> CFunction:
    """An exit status, given or computed."""
    a, b = random.randrange(2, 60), random.randrange(2, 60)
    form = random.randrange(4)
    if form == 0:
        deed, c = f"End with exit status {a} and print nothing", str(a)
    elif form == 1:
        deed, c = f"Add {a} and {b} and return the sum as the exit status", f"{a} + {b}"
    elif form == 2:
        deed, c = (
            f"Subtract {min(a, b)} from {max(a, b)} and end with the difference as exit status",
            f"{max(a, b)} - {min(a, b)}",
        )
    else:
        a, b = a % 15 + 1, b % 15 + 1
        deed, c = f"Multiply {a} by {b}; the product is the exit status of the program", f"{a} * {b}"
    return program(body=f"    return {c};", request=ordered(random, deed), shape=f"status/{form}", headers=())


@family("program-calculation", 4)
def calculation(random: Random) -> CFunction:
    """Two given numbers, and their result in a sentence."""
    operator, word, deed = random.choice(
        (("+", "sum", "Add {a} and {b}"), ("-", "difference", "Subtract {b} from {a}"), ("*", "product", "Multiply {a} by {b}"))
    )  # fmt: skip
    a, b = random.randrange(1, 500), random.randrange(1, 200)
    result = {"+": a + b, "-": a - b, "*": a * b}[operator]
    form, c = random.choice(
        (
            (
                f"The {word} of {a} and {b} is {result}",
                f'printf("The {word} of %d and %d is %d\\n", a, b, a {operator} b)',
            ),
            (f"{a} {operator} {b} = {result}", f'printf("%d {operator} %d = %d\\n", a, b, a {operator} b)'),
            (f"{word}: {result}", f'printf("{word}: %d\\n", a {operator} b)'),
            (f"{result}", f'printf("%d\\n", a {operator} b)'),
        )
    )
    request = ordered(random, f'{deed.format(a=a, b=b)} and print "{form}" and a newline')
    return program(
        body=f"    int a = {a}, b = {b};\n    {c};\n    return 0;", request=request, shape=f"calculation/{operator}"
    )


SERIES = (
    ("i", "the numbers", "i"), ("i * i", "the squares of the numbers", "square"),
    ("i * i * i", "the cubes of the numbers", "cube"), ("{k} * i", "{k} times the numbers", "times"),
    ("i + {k}", "the numbers plus {k}, for the numbers", "plus"), ("1 << i", "the powers of two with the exponents", "power"),
    ("i * (i + 1) / 2", "the triangular numbers number", "triangle"), ("{k} - i", "{k} minus the numbers", "minus"),
)  # fmt: skip


@family("program-series", 6)
def series(random: Random) -> CFunction:
    """A loop that prints a number each turn."""
    c, words, shape = random.choice(SERIES)
    k, first = random.randrange(2, 60), random.randrange(0, 6)
    last, step = first + random.randrange(3, 20), random.choice((1, 1, 1, 2, 3))
    value, what = c.format(k=k), words.format(k=k)
    upward = random.random() < 0.75
    order = f"from {first} to {last}" if upward else f"from {last} down to {first}"
    order += "" if step == 1 else f" in steps of {step}"
    head = (
        f"for (int i = {first}; i <= {last}; i += {step})"
        if upward
        else f"for (int i = {last}; i >= {first}; i -= {step})"
    )
    if step == 1:
        head = head.replace("i += 1", "i++").replace("i -= 1", "i--")
    one_line = random.random() < 0.25
    separated = (
        ", separated by spaces, and a newline"
        if one_line
        else random.choice((", one a line", ", each on its own line"))
    )
    ending = phrase(random) if random.random() < 0.25 and not one_line else ""
    deed = f"Print {what} {order}{separated}" + (f', and then "{ending}" and a newline' if ending else "")
    body = [f"    {head}", f'        printf("%d{" " if one_line else chr(92) + "n"}", {value});']
    body += ["    putchar('\\n');"] * one_line + [f'    puts("{ending}");'] * bool(ending) + ["    return 0;"]
    return program(body="\n".join(body), request=ordered(random, deed), shape=f"series/{shape}/{upward:d}{one_line:d}")


@family("program-table", 3)
def table(random: Random) -> CFunction:
    """A row of a multiplication or addition table."""
    operator, word = random.choice((("*", "multiplication"), ("+", "addition"), ("-", "subtraction")))
    sign = random.choice(("x", "*")) if operator == "*" else operator
    k, last = random.randrange(2, 40), random.choice((5, 8, 9, 10, 12, 15))
    first = random.choice((0, 1, 1, 1))
    lead = random.random() < 0.5
    left, right = (f"{k}", "%d") if lead else ("%d", f"{k}")
    c = f"{k} {operator} i" if lead else f"i {operator} {k}"
    one, other = (k, 3) if lead else (3, k)
    shown = {"*": one * other, "+": one + other, "-": one - other}[operator]
    example = f"{k} {sign} 3 = {shown}" if lead else f"3 {sign} {k} = {shown}"
    deed = f'Print the {word} table of {k} from {first} to {last}, each line in the form "{example}"'
    body = f'    for (int i = {first}; i <= {last}; i++)\n        printf("{left} {sign} {right} = %d\\n", i, {c});\n    return 0;'
    return program(body=body, request=ordered(random, deed), shape=f"table/{operator}/{lead:d}")


@family("program-choice", 5)
def choice(random: Random) -> CFunction:
    """Numbers, with words in the place of some."""
    word, last = random.choice(WORDS).capitalize(), random.randrange(8, 30)
    held = chosen(random, 1, last)
    other = random.choice(("", random.choice(WORDS).capitalize()))
    otherwise = f'and "{other}" for all others' if other else "and the others as numbers"
    c_other = f'puts("{other}")' if other else 'printf("%d\\n", i)'
    deed = f'For each number i from 1 to {last}, print on a line of its own "{word}" if i {held.words}, {otherwise}'
    body = f'    for (int i = 1; i <= {last}; i++)\n        if ({held.test("i")})\n            puts("{word}");\n        else\n            {c_other};\n    return 0;'
    return program(body=body, request=ordered(random, deed), shape=f"choice/{held.shape}/{bool(other):d}")


@family("program-shape", 3)
def shape(random: Random) -> CFunction:
    """Rows of one character."""
    mark, rows = random.choice("#@+o=%xX-$"), random.randrange(2, 9)
    kind, columns = random.choice(("square", "growing", "shrinking")), random.randrange(2, 14)
    length = {"square": str(columns), "growing": "i", "shrinking": f"{rows + 1} - i"}[kind]
    what = {
        "square": f"{rows} lines of {columns} characters '{mark}' each",
        "growing": f"{rows} lines: one '{mark}' in the first, one more in each line",
        "shrinking": f"{rows} lines: {rows} times '{mark}' in the first, one less in each line",
    }[kind]
    body = (
        f"    for (int i = 1; i <= {rows}; i++) {{\n        for (int j = 0; j < {length}; j++)\n"
        f"            putchar('{mark}');\n        putchar('\\n');\n    }}\n    return 0;"
    )
    return program(body=body, request=ordered(random, f"Print {what}"), shape=f"shape/{kind}")


@family("program-accumulate", 4)
def accumulate(random: Random) -> CFunction:
    """One number over a range, printed at the end."""
    first, last = random.randrange(1, 8), random.randrange(10, 120)
    start, c, what, shape_name = random.choice(
        (
            ("0", "t += i;", "the sum of the numbers", "sum"), ("0", "t += i * i;", "the sum of the squares of the numbers", "squares"),
            ("0", "t ^= i;", "the exclusive or of the numbers", "xor"), ("0", "t += i % 10;", "the sum of the last digits of the numbers", "digits"),
        )
    )  # fmt: skip
    if random.random() < 0.5:
        held = chosen(random, first, last)
        c, what, shape_name = (
            f"if ({held.test('i')})\n            {c}",
            f"{what} i of which each {held.words},",
            f"{shape_name}/{held.shape}",
        )
    label = random.choice(LABELS)
    deed = f'Compute {what} from {first} to {last} and print it behind "{label} ", and a newline'
    body = f'    int t = {start};\n    for (int i = {first}; i <= {last}; i++)\n        {c}\n    printf("{label} %d\\n", t);\n    return 0;'
    return program(body=body, request=ordered(random, deed), shape=f"accumulate/{shape_name}")


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


@family("program-write-call", 3)
def write_call(random: Random) -> CFunction:
    """Bytes given to write() itself, and _exit()."""
    text = phrase(random)
    target, where = random.choice(((1, "standard output"), (1, "standard output"), (2, "standard error")))
    ending = random.choice((0, 0, random.randrange(1, 60)))
    end = f", then leave with _exit and status {ending}" if ending else ""
    deed = f'Write "{text}" and a newline to the {where} with the write call{end}'
    body = f'    write({target}, "{text}\\n", {len(text) + 1});\n' + (
        f"    _exit({ending});" if ending else "    return 0;"
    )
    return program(body=body, request=ordered(random, deed), shape="write-call", headers=("unistd",))
