"""Functions composed at random over mixed types, shown as C alone: what teaches to translate what was never seen.

Nobody would ask for them in English, so they have no request. A function is drawn like a sentence from a grammar: values
of eight integer types, casts, tests joined by && and ||, early returns, switches, loops of each kind, memory behind
pointers, helpers. Every loop ends, divisors are constants, shifts stay below the width (C17 6.5.7).
"""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.sentences import TYPES, Sentence, headed

WIDE = ("int", "int", "long", "unsigned", "unsigned long")
NAMES = ("a", "b", "c", "d", "x", "y", "z", "k", "m", "p", "q", "low", "high", "left", "right", "first", "second", "value",
         "limit", "base", "step", "old", "new_value", "width", "height", "rate", "key", "start", "code", "mark")  # fmt: skip
LOCALS = ("t", "r", "s", "u", "result", "total", "best", "acc", "state", "found", "sum")
FUNCTIONS = ("f", "g", "work", "compute", "update", "adjust", "convert", "measure", "check", "scan", "resolve", "combine",
             "apply", "next_value", "pick", "decide", "transform", "evaluate", "reduce", "advance")  # fmt: skip


def _function(
    sentence: Sentence,
    kind: str,
    result: str,
    parameters: list[str],
    body: list[str],
    *,
    before: str = "",
    loops: bool = False,
) -> CFunction:
    name = sentence.random.choice(FUNCTIONS)
    prototype = f"{result} {name}({', '.join(parameters)})"
    lines = "\n".join(f"    {line}" for line in body)
    structure = before if before.startswith("struct ") else ""
    return CFunction(
        name=name, prototype=f"{structure}{prototype}", source=f"{before}{prototype} {{\n{lines}\n}}\n", request="",
        family=f"composed/{kind}/{''.join(sentence.drawn)[:40]}", tags=("loop",) if loops else (),
    )  # fmt: skip


def _scalars(random: Random, count: int, types: tuple[str, ...] = TYPES) -> tuple[list[str], list[str]]:
    """Parameters and their names; half of the functions have one type for all."""
    names = random.sample(NAMES, count)
    one = random.choice(types) if random.random() < 0.5 else ""
    return [f"{one or random.choice(types)} {name}" for name in names], names


@family("composed-value", 8)
def value(random: Random) -> CFunction:
    """``return`` of an expression over mixed types, perhaps by way of a local variable."""
    parameters, names = _scalars(random, random.choice((1, 2, 2, 3, 3, 4)))
    sentence = Sentence(random=random, values=names, places=[])
    result = random.choice((*WIDE, random.choice(TYPES)))
    body: list[str] = []
    if random.random() < 0.4:
        local = random.choice(LOCALS)
        body.append(f"{random.choice(WIDE)} {local} = {sentence.bare(random.choice((1, 2)))};")
        sentence.values = [*names, local, local]
    body.append(f"return {sentence.bare(random.choice((1, 2, 2, 3)))};")
    return _function(sentence, "value", result, parameters, body)


@family("composed-steps", 12)
def steps(random: Random) -> CFunction:
    """Assignments, branches, early returns and switches over a few scalars."""
    parameters, names = _scalars(random, random.choice((1, 2, 2, 3, 3)))
    local, kind = random.choice(LOCALS), random.choice(WIDE)
    sentence = Sentence(random=random, values=[*names, local], places=[local, local, random.choice(names)])
    body = [f"{kind} {local} = {random.choice((*names, '0', '0', '1'))};"]
    body += [
        line for _ in range(random.choice((1, 2, 2, 3))) for line in sentence.statement(random.choice((1, 2)), kind)
    ]
    body.append(f"return {sentence.bare(random.choice((0, 0, 1, 2)))};")
    return _function(sentence, "steps", kind, parameters, body)


@family("composed-returns", 6)
def returns(random: Random) -> CFunction:
    """A ladder of tests, each with its own result."""
    parameters, names = _scalars(random, random.choice((1, 2, 3)))
    sentence = Sentence(random=random, values=names, places=[])
    body: list[str] = []
    for _ in range(random.choice((1, 2, 2, 3))):
        body += [f"if ({sentence.test(1)})", f"    return {sentence.bare(random.choice((0, 0, 1)))};"]
    body.append(f"return {sentence.bare(random.choice((0, 1)))};")
    return _function(sentence, "returns", random.choice(WIDE), parameters, body)


@family("composed-numbers", 8)
def numbers(random: Random) -> CFunction:
    """A loop over numbers: counted, halved, or until a test holds."""
    n, local, kind = random.choice(("n", "n", "count", "x", "number")), random.choice(LOCALS), random.choice(WIDE)
    sentence = Sentence(random=random, values=[n, local], places=[local])
    n_kind = kind
    if random.random() < 0.55:
        first, compare = random.choice(("0", "1", "1", "2")), random.choice(("<", "<="))
        head = f"for ({random.choice((kind, 'int'))} i = {first}; i {compare} {n}; i++)"
        sentence.values = [n, local, "i", "i"]
        last: list[str] = []
    else:
        n_kind = random.choice(("unsigned", "unsigned long"))
        head = random.choice((f"while ({n})", f"while ({n} > 0)", f"while ({n} != 0)"))
        last = [
            random.choice(
                (f"{n} /= {random.randrange(2, 17)};", f"{n} >>= {random.randrange(1, 5)};", f"{n} &= {n} - 1;")
            )
        ]
    inside = sentence.block(random.choice((0, 1, 1)), kind)
    body = [f"{kind} {local} = {random.choice(('0', '0', '0', '1'))};", *headed(head, [*inside, *last])]
    body.append(f"return {local};")
    return _function(sentence, "numbers", kind, [f"{n_kind} {n}"], body, loops=True)


@family("composed-array", 10)
def array(random: Random) -> CFunction:
    """One or two arrays walked by index or by pointer, read, searched or changed."""
    element = random.choice(TYPES)
    names = random.choice((["a"], ["data"], ["values"], ["a", "b"], ["src", "dst"], ["x", "y"]))
    length, local, kind = random.choice(("n", "n", "count", "size", "len")), random.choice(LOCALS), random.choice(WIDE)
    stores = random.random() < 0.4
    elements = [f"{name}[i]" for name in names]
    sentence = Sentence(
        random=random,
        values=[*elements, *elements, "i", local],
        places=[local, *([elements[-1]] * 2 if stores else [])],
    )
    parameters = [
        f"{'' if stores and name == names[-1] else 'const '}{element} *{name}" for name in names
    ] + [f"int {length}"]  # fmt: skip
    if random.random() < 0.35:
        extra = random.choice(("k", "limit", "key"))
        parameters.append(f"{random.choice((element, kind))} {extra}")
        sentence.values.append(extra)
    head = random.choice(
        (f"for (int i = 0; i < {length}; i++)",) * 4
        + (f"for (int i = {length} - 1; i >= 0; i--)", f"for (int i = 0; i < {length}; i += 2)")
    )
    inside = sentence.block(random.choice((0, 1, 1, 2)), kind)
    start = random.choice(("0", "0", "0", "1", "-1"))
    body = [f"{kind} {local} = {start};", *headed(head, inside), f"return {local};"]
    return _function(sentence, "array", kind, parameters, body)


@family("composed-string", 6)
def string(random: Random) -> CFunction:
    """A string walked to its end, by index or by pointer."""
    s, local = random.choice(("s", "text", "p")), random.choice(("n", "count", "h", "sum", "last"))
    by_index, writes = random.random() < 0.5, random.random() < 0.3
    here = f"{s}[i]" if by_index else f"*{s}"
    head = f"for (int i = 0; {here}; i++)" if by_index else random.choice((f"for (; {here}; {s}++)", f"while ({here})"))
    letter = random.choice(("'a'", "'z'", "' '", "'0'", "'9'", "'A'", "'x'", "'.'"))
    kind = random.choice(("int", "int", "unsigned", "unsigned long"))
    current = f"(unsigned char){here}"
    sentence = Sentence(random=random, values=[current, local, *(["i"] if by_index else [])], places=[local])
    test = random.choice((
        f"{here} == {letter}", f"{here} != {letter}", f"{here} >= 'a' && {here} <= '{random.choice('fmz')}'",
        f"{here} == {letter} || {here} == ','", f"{here} >= '0' && {here} <= '9'", f"{here} < {letter}",
    ))  # fmt: skip
    deed = f"{here} = {letter if '.' not in letter else chr(39) + '-' + chr(39)};" if writes else sentence.assignment()
    inside = headed(f"if ({test})", [deed]) if random.random() < 0.7 else [sentence.assignment()]
    if writes and random.random() < 0.6:
        inside += [f"{local}++;"] if len(inside) == 1 else []
    step = [f"{s}++;"] if head.startswith("while") else []
    body = [
        f"{kind} {local} = {random.choice((0, 0, 0, 1, 7, 5381))};",
        *headed(head, [*inside, *step]),
        f"return {local};",
    ]
    return _function(sentence, "string", kind, [f"{'' if writes else 'const '}char *{s}"], body)


@family("composed-pointers", 6)
def pointers(random: Random) -> CFunction:
    """Single values behind pointers, read and changed."""
    names = random.sample(("p", "q", "a", "b", "x", "y", "out", "slot"), random.choice((1, 2, 2, 3)))
    kind = random.choice(TYPES)
    targets = [f"*{name}" for name in names]
    extra = random.choice(("", "n", "delta", "value"))
    sentence = Sentence(random=random, values=[*targets, *([extra] if extra else [])], places=targets)
    parameters = [f"{kind} *{name}" for name in names] + ([f"{random.choice((kind, 'int'))} {extra}"] if extra else [])
    body: list[str] = []
    if random.random() < 0.5:
        body.append(f"{kind} t = {sentence.bare(random.choice((0, 1)))};")
        sentence.values.append("t")
    body += [line for _ in range(random.choice((1, 2, 2))) for line in sentence.statement(random.choice((0, 1)), "")]
    result = random.choice(("void", "void", kind))
    if result != "void":
        body.append(f"return {sentence.bare(random.choice((0, 1)))};")
        body = [line.replace("return;", "return 0;") for line in body]
    return _function(sentence, "pointers", result, parameters, body)


MEMBERS = ("x", "y", "z", "width", "height", "count", "limit", "low", "high", "start", "end", "total", "flags", "level")


@family("composed-structure", 6)
def structure(random: Random) -> CFunction:
    """Members of mixed widths, read and changed behind one or two pointers."""
    tag = random.choice(("node", "record", "entry", "cell", "state", "shape", "unit", "frame"))
    one = random.choice(TYPES) if random.random() < 0.5 else ""
    members = [(one or random.choice(TYPES), name) for name in random.sample(MEMBERS, random.randrange(2, 5))]
    names = random.choice((["p"], ["q"], ["it"], ["a", "b"]))
    stores = random.random() < 0.5
    reached = [f"{pointer}->{name}" for pointer in names for _, name in members]
    local, kind = random.choice(LOCALS), random.choice(WIDE)
    sentence = Sentence(
        random=random, values=[*reached, local], places=[local, *(random.sample(reached, 2) if stores else [])]
    )
    parameters = [f"{'' if stores else 'const '}struct {tag} *{name}" for name in names]
    if random.random() < 0.4:
        parameters.append(f"{random.choice(WIDE)} v")
        sentence.values += ["v", "v"]
    body = [f"{kind} {local} = {random.choice((random.choice(reached), '0'))};"]
    body += [line for _ in range(random.choice((1, 1, 2))) for line in sentence.statement(random.choice((0, 1)), kind)]
    body.append(f"return {sentence.bare(random.choice((0, 0, 1)))};")
    definition = "".join(f"    {kind_of} {name};\n" for kind_of, name in members)
    return _function(sentence, "structure", kind, parameters, body, before=f"struct {tag} {{\n{definition}}};\n")


@family("composed-helpers", 6)
def helpers(random: Random) -> CFunction:
    """A helper of one or two arguments that is called in an expression, a branch or a loop."""
    kind = random.choice(WIDE)
    inner = random.choice(("helper", "piece", "part", "single", "value_of"))
    own = random.sample(("v", "w"), random.choice((1, 1, 2)))
    within = Sentence(random=random, values=own, places=[])
    lines = [f"if ({within.test(0)})", f"    return {within.bare(1)};"] if random.random() < 0.4 else []
    lines.append(f"return {within.bare(random.choice((1, 2)))};")
    inside = "\n".join(f"    {line}" for line in lines)
    helper = f"static {kind} {inner}({', '.join(f'{kind} {name}' for name in own)}) {{\n{inside}\n}}\n\n"
    parameters, names = _scalars(random, random.choice((1, 2, 2)), (kind,))

    def call(sentence: Sentence) -> str:
        return f"{inner}({', '.join(sentence.bare(random.choice((0, 0, 1))) for _ in own)})"

    sentence = Sentence(random=random, values=names, places=["t"])
    shape = random.choice(("sum", "branch", "loop"))
    if shape == "sum":
        body = [
            f"return {call(sentence)} {random.choice('+-*^')} {call(sentence) if random.random() < 0.5 else names[-1]};"
        ]
    elif shape == "branch":
        body = [
            f"{kind} t = {call(sentence)};",
            f"if (t {random.choice(('<', '>', '=='))} {random.choice(names)})",
            f"    return {call(sentence)};",
            "return t;",
        ]
    else:
        sentence.values = [*names, "i", "i"]
        body = [
            f"{kind} t = 0;",
            f"for (int i = 0; i < {random.randrange(3, 12)}; i++)",
            f"    t += {call(sentence)};",
            "return t;",
        ]
    sentence.drawn = [shape, *within.drawn, *sentence.drawn]
    return _function(sentence, "helpers", kind, parameters, body, before=helper)
