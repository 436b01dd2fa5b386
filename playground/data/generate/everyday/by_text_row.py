r"""Everyday work on text, memory, floating point and structures: short bodies, each asked for in several ways.

A row is (names, result and parameters, body, wordings). Its slots are `string.Template`'s; ``IS(x)`` and ``NOT(x)`` stand
for the test of a class of characters. Bodies are written without indentation, which `_laid_out` adds.
"""

import re
from random import Random
from string import Template

from playground.data.function import CFunction
from playground.data.generate.everyday.text_rows import (
    FLOATS,
    MATRICES,
    MOVES,
    PAIRS,
    STRUCTURES,
    TAILS,
    UNITS,
    WALKS,
    Row,
)
from playground.data.generate.family import family
from playground.data.inputs import WORDS
from playground.tasks.task import Case

Slots = dict[str, str]

LETTERS = "eghjmoquvwyzGHQXZ"
"""No parameter of the rows is called by one of them, so that a request cannot be misread."""
DIGITS, LOWER, UPPER = "0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CLASSES = (
    ("digit", "a digit", "digits", "{c} >= '0' && {c} <= '9'", DIGITS),
    ("lowercase letter", "a lowercase letter", "lowercase letters", "{c} >= 'a' && {c} <= 'z'", LOWER),
    ("capital letter", "a capital letter", "capital letters", "{c} >= 'A' && {c} <= 'Z'", UPPER),
    ("letter", "a letter", "letters", "({c} >= 'a' && {c} <= 'z') || ({c} >= 'A' && {c} <= 'Z')", LOWER + UPPER),
    ("lowercase vowel", "a lowercase vowel", "lowercase vowels", "{c} == 'a' || {c} == 'e' || {c} == 'i' || {c} == 'o' || {c} == 'u'", "aeiou"),
    ("bracket", "a round bracket", "round brackets", "{c} == '(' || {c} == ')'", "()"),
    ("binary digit", "a binary digit", "binary digits", "{c} == '0' || {c} == '1'", "01"),
    ("octal digit", "an octal digit", "octal digits", "{c} >= '0' && {c} <= '7'", "01234567"),
    ("space or tab", "a space or tab", "spaces and tabs", "{c} == ' ' || {c} == '\\t'", " \t"),
)  # fmt: skip
SYMBOLS = {" ": "space", "-": "hyphen", ",": "comma", ".": "dot", ":": "colon", "/": "slash", "_": "underscore", "*": "star", "#": "hash sign", ";": "semicolon", "=": "equals sign"}  # fmt: skip
HEADERS = {
    "#include <string.h>": "strlen|strcmp|strncmp|strchr|strrchr|memcpy|memmove|memset|memcmp", "#include <stdlib.h>": "abs",
    "int toupper(int c);": "toupper", "int tolower(int c);": "tolower", "int atoi(const char *text);": "atoi",
}  # fmt: skip


def character_class(random: Random) -> tuple[str, str, str, str, str]:
    """(singular, with its article, plural, test of {c}, members) of a class of characters, often of one alone."""
    if random.random() < 0.6:
        return random.choice(CLASSES)
    if random.random() < 0.5:
        c, word = random.choice(list(SYMBOLS.items()))
        return word, f"{'an' if word[0] in 'aeiou' else 'a'} {word}", "commas" if c == "," else f"{word}s".replace("hashs", "hash signs").replace("slashs", "slashes"), f"{{c}} == '{c}'", c  # fmt: skip
    c = random.choice(LETTERS)
    return f"'{c}'", f"the character '{c}'", f"'{c}' characters", f"{{c}} == '{c}'", c


def with_headers(source: str) -> str:
    """`source` behind the declarations of the library functions that it calls."""
    called = [line for line, word in HEADERS.items() if re.search(rf"\b(?:{word})\(", source)]
    return "".join(f"{line}\n" for line in called) + "\n" * bool(called) + source


def tested(body: str, test: str) -> str:
    """``IS(x)`` and ``NOT(x)`` written out."""
    single = "&&" not in test and "||" not in test
    no = test.replace("==", "!=") if single else f"!({test})"

    def put(pattern: str, text: str) -> str:
        return re.sub(pattern, lambda found: text.replace("{c}", found[1]), body)

    body = put(r"(?<=\()IS\(([^()]*)\)(?=\))", test)
    body = put(r"\bIS\(([^()]*)\)", test if single else f"({test})")
    return put(r"\bNOT\(([^()]*)\)", no)


def _laid_out(body: str) -> str:
    """The lines indented, by braces and behind statements that govern the next line."""
    lines, depth, extra = [], 1, 0
    for line in body.split("\n"):
        depth -= line.startswith("}")
        lines.append("    " * (depth + extra) + line)
        governs = line.startswith(("for ", "while ", "if ", "else")) and not line.endswith(("{", ";"))
        depth += line.endswith("{")
        extra = extra + 1 if governs else 0
    return "\n".join(lines)


ORDERS = ("{w}", "{w}", "{w}", "{w}", "{w}", "{w}", "Write a function {f}. {w}", "Implement the function {f}: {w}", "The function {f}: {w}", "{w} Call the function {f}.")  # fmt: skip


def _function(
    random: Random, row: Row, slots: Slots, *, kind: str, tag: str, definition: str = "", test: str = ""
) -> CFunction:
    """One function of a row."""
    names, head, body, wordings = row
    name = random.choice(names.split())
    result, parameters = (part.strip() for part in Template(head).substitute(slots).split("|"))
    text = _laid_out(Template(tested(body, test)).substitute(slots))
    prototype = f"{definition}{result}{'' if result.endswith('*') else ' '}{name}({parameters})"
    asked = re.sub(
        r"(?<=\.\d)f\b|(?<=\.\d\d)f\b|(?<=\.\d{3})f\b", "", Template(random.choice(wordings)).substitute(slots)
    )
    counted = re.search(r"\b(?:int|long) [nkwm]\b", parameters)
    return CFunction(
        name=name, prototype=prototype, source=with_headers(f"{prototype} {{\n{text}\n}}\n"),
        request=random.choice(ORDERS).format(w=asked, f=name), family=f"{kind}/{names.split()[0]}", tags=(tag, "loop") if counted else (tag,),
    )  # fmt: skip


def _slots(random: Random) -> tuple[Slots, str, str]:
    """Values for all slots, the test of a class of characters, and the members of that class."""
    single, one, many, test, members = character_class(random)
    q, p = random.sample([*LETTERS, *SYMBOLS], 2)
    a, b = random.choice((("a", "b"), ("a", "b"), ("s", "t"), ("left", "right"), ("one", "two")))
    base, k, w = random.randrange(2, 10), random.randrange(2, 8), random.sample(("unsigned char", "short", "int", "unsigned short", "long"), 3)  # fmt: skip
    kind, other, first, last = random.choice((("lowercase", "capital", "a", "z"), ("capital", "lowercase", "A", "Z")))
    op, opword = random.choice((("<", "less than"), (">", "greater than")))
    eq, same, elements = random.choice((("==", "the same character", "equal elements"), ("!=", "different characters", "different elements")))  # fmt: skip
    gt, gtword = random.choice(((">", "greater than"), (">=", "at least")))
    lt, ltword = random.choice((("<", "less than"), ("<=", "at most")))
    t, into = random.choice(("double", "double", "float")), random.choice(UNITS)
    f = "f" if t == "float" else ""
    pm, pmword = random.choice((("+", "add"), ("^", "xor in")))
    what, whatwords = random.choice((("i", "the index of"), ("(unsigned char)$s[i]", "the unsigned code of")))
    d, ask, said = random.choice((
        (" == 0", f"Do {a} and {b} have equally many {many}? Return 1 or 0.", "Return 1 if the two numbers are equal, otherwise 0."),
        (" > 0", f"Does the string {a} have more {many} than {b}? Return 1 or 0.", "Return 1 if the first number is larger, otherwise 0."),
        ("", f"Return the number of {many} in {a} minus that in {b}.", "Return the first number minus the second."),
    ))  # fmt: skip
    outer, outword = random.choice((("abs", "the absolute value of "), ("", "")))
    asg, asgword = random.choice((("+=", "add to each"), ("-=", "subtract from each"), ("^=", "xor into each")))
    cmp, cmpword = random.choice((("==", "equal to"), (">", "greater than"), ("<", "less than"), (">=", "at least")))
    found = random.choice((("", "somewhere"), (" == 0", "nowhere")))
    m1, m2 = random.sample(("rank", "age", "weight", "year", "price", "level", "size", "room", "grade"), 2)
    down = random.random() < 0.5
    s = random.choice(("s", "s", "s", "str", "text", "p"))
    slots = {
        "s": s, "a": a, "b": b, "q": q, "p": p, "single": single, "one": one, "many": many, "base": str(base), "top": str(base - 1),
        "k": str(k), "r": str(random.randrange(k)), "x": str(random.choice((0, 1, 1, 3, 5, 7, 9, 11, 13))), "w": str(random.randrange(3, 19)),
        "u": random.choice(("unsigned int", "unsigned long")), "h": str(random.choice((0, 1, 7, 17, 1000, 4711, 52711))), "m": str(random.choice((31, 37, 131, 251, 509, 1009, 8191, 65521))),
        "case": kind, "other": other, "A": first, "Z": last, "F": "f" if first == "a" else "F", "op": op, "opword": opword, "eq": eq, "eqword": same, "eqelem": elements,
        "gt": gt, "gtword": gtword, "lt": lt, "ltword": ltword, "t": t, "f": f, "from": into[0], "into": into[1], "factor": into[2],
        "pm": pm, "pmword": pmword, "pm2": random.choice("+-"), "what": what.replace("$s", s), "whatwords": whatwords,
        "iszero": d, "dask": ask, "dret": said, "outer": outer, "outword": outword, "to": random.choice(("toupper", "tolower")),
        "asg": asg, "asgword": asgword, "cmp": cmp, "cmpword": cmpword, "isnull": found[0], "nullword": found[1], "m1": m1, "m2": m2,
        "gts": "<" if down else ">", "lts": ">" if down else "<", "updown": "descending" if down else "ascending",
        "e": random.choice(("int", "int", "long", "short", "unsigned char", "unsigned int", "signed char", "unsigned short")), "n": random.choice(("n", "n", "len", "size", "count")),
        "v": random.choice(("v", "data", "values", "arr", "xs")), "pi": random.choice(("3.14159", "3.141592653589793", "3.1416")), "den": random.choice(("i", "i * i", "i * (i + 1)", "2 * i - 1", "i * i + 1")),
        "c": f"{random.choice((0.5, 1.5, 2.0, 0.25, 10.0, 0.125, 100.0, 12.0, 3.75))}{f}", "d": f"{random.choice((1.25, 2.0, 0.75, 1.8, 4.0, 1.05))}{f}", "g": f"{random.choice((5.0, 32.0, 20.5, 0.75, 273.15))}{f}",
        "rate": str(random.randrange(2, 60)), "i": random.choice(("int", "int", "long", "short")), "w1": w[0], "w2": w[1], "w3": w[2], "w0": random.choice(("char", "short", "int")),
        "m3": str(random.choice((8, 12, 20, 24, 30, 60, 64, 100))), "m4": str(random.choice((7, 10, 12, 16, 24, 60, 90))), "z": str(random.randrange(2, 31)), "x2": str(random.choice((0, -1))),
    }  # fmt: skip
    return slots, test, members


def _any(random: Random, rows: tuple[Row, ...], kind: str, tag: str) -> CFunction:
    slots, test, _ = _slots(random)
    return _function(random, random.choice(rows), slots, kind=kind, tag=tag, test=test)


@family("text-walk", 8)
def text_walk(random: Random) -> CFunction:
    """One string walked; in some, a pointer into it is the result."""
    if random.random() < 0.85:
        return _any(random, WALKS, "text/walk", "strings")
    (row, tail), (slots, test, members) = random.choice(TAILS), _slots(random)
    if "IS(" not in row[2] and "NOT(" not in row[2]:
        members = slots["q"]
    if row[0].startswith("skip_over") and members == " ":
        return _any(random, WALKS, "text/walk", "strings")
    one = _function(random, row, slots, kind="text/tail", tag="strings", test=test)
    texts = [*WORDS, *(f"{members[0]}{word}{members[-1]}b" for word in WORDS[:6])]
    cases = []
    for text in texts:
        n = random.randrange(0, 9)
        args = (text, n) if "int n" in row[1] else (text,)
        cases.append(Case(args=args, returns=tail(text, members, n)))
    return CFunction(
        name=one.name, prototype=one.prototype, source=one.source, request=one.request, family=one.family, tags=one.tags,
        cases=tuple(cases[3:15]),
    )  # fmt: skip


@family("text-pair", 5)
def text_pair(random: Random) -> CFunction:
    """Two strings walked together, also with the C library."""
    return _any(random, PAIRS, "text/pair", "strings")


@family("memory-move", 8)
def memory_move(random: Random) -> CFunction:
    """Arrays moved, merged, compared; small matrices."""
    if random.random() < 0.15:
        return _any(random, MATRICES, "matrix/memory", "arrays")
    return _any(random, MOVES, "memory", "arrays")


@family("float-everyday", 6)
def float_everyday(random: Random) -> CFunction:
    """Formulas with constants, comparisons, series and arrays."""
    return _any(random, FLOATS, "float-everyday", "floating point")


@family("structure-everyday", 4)
def structure_everyday(random: Random) -> CFunction:
    """Structures with members of several widths, updated and compared."""
    definition, row = random.choice(STRUCTURES)
    slots, test, _ = _slots(random)
    slots = {**slots, "p": random.choice(("p", "q", "s", "self", "it"))}
    return _function(
        random, row, slots, kind="structure-everyday", tag="structures", definition=Template(definition).substitute(slots), test=test,
    )  # fmt: skip
