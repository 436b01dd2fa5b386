"""Whole programs that read nothing: fixed lines, series, tables, shapes, an exit status."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.whole_programs.form import LABELS, WORDS, chosen, ordered, phrase, program


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
