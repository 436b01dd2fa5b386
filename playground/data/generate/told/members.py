"""Structures whose members are computed from others by formulas of the request."""

import re
from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.structures import Structure, structure
from playground.data.generate.told.asking import told
from playground.data.generate.told.terms import condition, formula, placed

PLACES = ("p", "q", "r", "s", "u")


def _kind(random: Random) -> Structure:
    """A structure, its members all of one type now and then, or real."""
    kind = structure(random)
    if random.random() < 0.3:
        number = random.choice(("double", "double", "float", "long"))
        return Structure(tag=kind.tag, members=tuple((number, name) for _, name in kind.members))
    return kind


def _is_real(kind: Structure) -> bool:
    return kind.members[0][0] in ("double", "float")


def _made(
    random: Random, kind: Structure, *, result: str, parameters: str, body: str, request: str, shape: str
) -> CFunction:
    name = random.choice(
        (
            f"{kind.tag}_update",
            f"{kind.tag}_step",
            f"combine_{kind.tag}s",
            f"{kind.tag}_value",
            f"make_{kind.tag}",
            f"{kind.tag}_mix",
            f"{kind.tag}_of",
        )
    )
    prototype = f"{kind.definition}{result} {name}({parameters})"
    return CFunction(name=name, prototype=prototype, source=f"{prototype} {{\n{body}\n}}\n", request=request, family=f"told/{shape}/{kind.layout}", tags=("structures", "told"))  # fmt: skip


def _several(kind: Structure) -> str:
    return kind.tag if kind.tag.endswith("s") else f"{kind.tag}s"


def _arrow(c: str) -> str:
    """Members behind pointers; the point inside a number stays."""
    return re.sub(r"(?<=[A-Za-z_])\.(?=[A-Za-z_])", "->", c)


@family("structure-told-members", 6)
def stored(random: Random) -> CFunction:
    """Each member of a result by its own formula from two operands."""
    kind = _kind(random)
    real = _is_real(kind)
    a, b, out = random.choice(
        (("a", "b", "result"), ("p", "q", "r"), ("a", "b", "out"), ("left", "right", "sum"), ("u", "v", "w"))
    )
    one = random.random() < 0.3
    names = [name for _, name in kind.members]
    reads = [f"{owner}.{name}" for owner in ([a] if one else [a, b]) for name in names]
    chosen = names if len(names) < 4 else random.sample(names, 3)
    rules = []
    for member in chosen:
        mine = [f"{a}.{member}"] + ([] if one else [f"{b}.{member}"])
        pool = mine if random.random() < 0.55 else reads
        rules.append(formula(random, pool, random.choice((1, 1, 2, 3)), real=real))
    result = f"const struct {kind.tag} *"
    body = "\n".join(f"    {out}->{member} = {_arrow(rule.c())};" for member, rule in zip(chosen, rules, strict=True))
    listed = [
        f"{random.choice(('{m} is {f}', '{m} becomes {f}', '{m} = {f}'))}".format(m=f"{out}.{member}", f=rule.c())
        for member, rule in zip(chosen, rules, strict=True)
    ]
    said = [
        f"the {member} {'is' if i == 0 else ''} {rule.c()}".replace("  ", " ")
        for i, (member, rule) in enumerate(zip(chosen, rules, strict=True))
    ]
    request = random.choice((
        told(random, f"{', '.join(listed[:-1])} and {listed[-1]}." if len(listed) > 1 else f"{listed[0]}."),
        f"Compute a {kind.tag} from {a if one else f'{a} and {b}'} and store it in {out}: {', '.join(said[:-1])}{' and ' if len(said) > 1 else ''}{said[-1]}.",
        f"Fill {out}: {'; '.join(listed)}.",
    ))  # fmt: skip
    operands = f"{result}{a}" if one else f"{result}{a}, {result}{b}"
    return _made(random, kind, result="void", parameters=f"{operands}, struct {kind.tag} *{out}", body=body, request=request, shape=f"members{len(chosen)}")  # fmt: skip


@family("structure-told-formula", 5)
def computed(random: Random) -> CFunction:
    """One value by a formula over the members of one or two structures, perhaps with a test."""
    kind = _kind(random)
    p, q = random.sample(PLACES, 2)
    two = random.random() < 0.35
    names = [f"{p}.{name}" for _, name in kind.members] + ([f"{q}.{name}" for _, name in kind.members] if two else [])
    real = _is_real(kind)
    parameters = f"const struct {kind.tag} *{p}" + (f", const struct {kind.tag} *{q}" if two else "")
    whose = f"{_several(kind)} {p} and {q}" if two else f"{kind.tag} {p}"
    rule = formula(random, names, random.choice((1, 2, 2, 3)), real=real)
    said = rule.c()
    if random.random() < 0.4:
        held = condition(random, names, whole=not real)
        if random.random() < 0.5:
            request = random.choice(
                (
                    f"Return 1 if {held.words}, otherwise 0, for the {whose}.",
                    f"Test of the {whose} whether {held.words}: 1 or 0.",
                )
            )
            return _made(random, kind, result="int", parameters=parameters, body=f"    return {_arrow(held.c)};", request=request, shape="member-test")  # fmt: skip
        other = formula(random, names, 1, real=real)
        body = f"    if ({_arrow(held.c)})\n        return {_arrow(rule.c())};\n    return {_arrow(other.c())};"
        request = f"For the {whose}: return {said} if {held.words}, otherwise {other.c()}."
    else:
        body = f"    return {_arrow(rule.c())};"
        request = random.choice(
            (
                f"Return {said} of the {whose}.",
                f"Compute {said} for the {whose}.",
                f"The result for the {whose} is {said}.",
            )
        )
    return _made(random, kind, result="double" if real else random.choice(("int", "long")), parameters=parameters, body=body, request=request, shape=f"member-formula{1 + two}")  # fmt: skip


@family("structure-told-counter", 4)
def counter(random: Random) -> CFunction:
    """Members that count like the wheels of an odometer: each starts again and carries into the next."""
    names: tuple[str, ...]
    tag, names = random.choice((
        ("meter", ("units", "tens", "hundreds")), ("position", ("column", "row", "page")), ("timer", ("ticks", "beats", "bars")), ("address", ("seat", "row", "block")), ("odometer", ("low", "middle", "high")),
        ("cursor", ("x", "y", "z")), ("calendar", ("day", "week", "term")), ("game", ("points", "games", "sets")), ("shelf", ("book", "board", "case_number")),
    ))  # fmt: skip
    names = names[: random.choice((2, 3, 3))]
    kind = Structure(
        tag=tag,
        members=tuple((random.choice(("int", "int", "unsigned char", "short", "unsigned")), name) for name in names),
    )
    p, first = random.choice(("p", "c", tag)), random.choice((0, 0, 0, 1))
    tops = [random.choice((9, 59, 23, 7, 99, random.randrange(3, 60))) for _ in names]
    body, pad = "", "    "
    for index, (name, top) in enumerate(zip(names, tops, strict=True)):
        body += f"{pad}if (++{p}->{name} > {top}) {{\n{pad}    {p}->{name} = {first};\n"
        pad += "    "
        if index == len(names) - 1:
            body += "".join("    " * depth + "}\n" for depth in range(len(names), 0, -1))
    if random.random() < 0.5:  # the same with returns
        body = ""
        for index, (name, top) in enumerate(zip(names, tops, strict=True)):
            last = index == len(names) - 1
            body += f"    {p}->{name}++;\n    if ({p}->{name} {'>' if last else '<='} {top})\n" + (
                f"        {p}->{name} = {first};\n" if last else f"        return;\n    {p}->{name} = {first};\n"
            )
    ranges = ", ".join(f"{name} from {first} to {top}" for name, top in zip(names, tops, strict=True))
    request = random.choice((
        f"Move the {tag} {p} on by one ({ranges}): {names[0]} counts first; when one is past its end it starts again at {first} and the next one goes up.",
        f"Advance the {tag} by one step: {names[0]} goes up by 1, and whatever passes its largest value goes back to {first} and carries into the next. The ranges are {ranges}.",
    ))  # fmt: skip
    return _made(random, kind, result="void", parameters=f"struct {tag} *{p}", body=body.rstrip(), request=request, shape=f"counter{len(names)}")  # fmt: skip


@family("structure-told-array", 4)
def over_records(random: Random) -> CFunction:
    """A formula or a test of the members, over an array of structures."""
    kind = _kind(random)
    real = _is_real(kind)
    array, n = random.choice((("a", "n"), ("list", "len"), (f"{kind.tag}s", "n"), ("items", "len")))
    names = [name for _, name in kind.members]
    several = _several(kind)
    held = condition(random, names, whole=not real)
    rule = formula(random, names, random.choice((0, 1, 1, 2)), real=real)

    def on(c: str) -> str:
        return placed(c, **{name: f"{array}[i].{name}" for name in names})

    goal = random.choice(("count", "sum", "sum-if", "index", "change"))
    loop = f"    for (int i = 0; i < {n}; i++)\n"
    total = "double" if real else "long"
    constant = "const " if goal != "change" else ""
    match goal:
        case "count":
            body, result = (
                f"    int count = 0;\n{loop}        if ({on(held.c)})\n            count++;\n    return count;",
                "int",
            )
            request = f"Count the {several} in {array} for which {held.words}."
        case "sum":
            body, result = f"    {total} sum = 0;\n{loop}        sum += {on(rule.c())};\n    return sum;", total
            request = f"Add up {rule.c()} over the {n} {several} in {array}."
        case "sum-if":
            body, result = (
                f"    {total} sum = 0;\n{loop}        if ({on(held.c)})\n            sum += {on(rule.c())};\n    return sum;",
                total,
            )
            request = f"Add up {rule.c()} over those {several} in {array} for which {held.words}."
        case "index":
            body, result = f"{loop}        if ({on(held.c)})\n            return i;\n    return -1;", "int"
            request = f"Return the first index in {array} of a {kind.tag} for which {held.words}, or -1."
        case _:
            member = random.choice(names)
            body, result = f"{loop}        if ({on(held.c)})\n            {array}[i].{member} = {on(rule.c())};", "void"
            request = f"In every {kind.tag} of {array} for which {held.words}, set {member} to {rule.c()}."
    return _made(random, kind, result=result, parameters=f"{constant}struct {kind.tag} *{array}, int {n}", body=body, request=request, shape=f"record-array/{goal}")  # fmt: skip
