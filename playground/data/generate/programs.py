"""Functions made of random structured code (see statements), over scalars or over an array."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import ARRAY_NAMES, LENGTH_NAMES, define, family, is_signed, scalar_names
from playground.data.generate.statements import Scope, block, choice, loop

NAMES = ("run", "process", "f", "g", "work", "calculate", "update", "score", "step", "fold", "mix", "evaluate")
STATE_NAMES = ("t", "r", "s", "acc", "result", "sum", "total")


def _draw_name(random: Random, taken: list[str]) -> str:
    return random.choice([name for name in STATE_NAMES if name not in taken])


def _request(random: Random, opening: str, steps: tuple[str, ...], closing: str) -> str:
    """Sentences, one a statement, as someone explains an algorithm."""
    sentences = [part[0].upper() + part[1:] + "." for part in (opening, *steps, closing) if part]
    return " ".join(sentences)


@family("program-scalars", 10)
def over_scalars(random: Random) -> CFunction:
    """Locals, choices and loops up to a constant."""
    c_type = random.choice(("int", "int", "int", "long", "unsigned int", "unsigned long"))
    names = scalar_names(random, random.randrange(1, 4))
    state = _draw_name(random, names)
    start = random.choice((*names, "0", "0", "1"))
    scope = Scope(
        random=random, readable=[*names, state], writable=[state, state, *names[:1]],
        signed=is_signed(c_type),
    )  # fmt: skip
    steps = [random.choice((choice, choice, loop))(scope, random.choice((1, 1, 2)))]
    if random.random() < 0.5:
        steps.insert(random.randrange(2), block(scope, 1, 1))
    lines = [f"{c_type} {state} = {start};", *(line for step in steps for line in step.c), f"return {state};"]
    return define(
        name=random.choice(NAMES), result=c_type, parameters=", ".join(f"{c_type} {name}" for name in names),
        body="\n".join(f"    {line}" for line in lines),
        request=_request(random, f"start with {state} = {start}", tuple(step.words for step in steps), f"return {state}"),
        shape=f"program/{';'.join(step.shape for step in steps)}", tag="program",
    )  # fmt: skip


@family("program-array", 14)
def over_array(random: Random) -> CFunction:
    """A loop over an array with one or two statements in it, and a result or changed elements."""
    element = random.choice(("int", "int", "int", "long", "unsigned int", "short", "unsigned char", "signed char"))
    array, length = random.choice(ARRAY_NAMES), random.choice(LENGTH_NAMES)
    result = "long" if element == "long" else random.choice(("int", "int", "int", "long"))
    state = _draw_name(random, [array, length])
    extra = random.choice(("", "", "k", "x"))
    start = random.choice(("0", "0", "0", "1", "-1", extra or "0"))
    stores = random.random() < 0.35
    scope = Scope(
        random=random, readable=[state, *([extra] if extra else [])], writable=[state],
        array=array, length=length, element_signed=is_signed(element), may_store=stores,
    )  # fmt: skip
    step = loop(scope, random.choice((1, 1, 2)))
    steps = [step] if random.random() < 0.75 else [step, block(scope, 0, 1)]
    lines = [f"{result} {state} = {start};", *(line for step in steps for line in step.c), f"return {state};"]
    parameters = f"{'' if stores else 'const '}{element} *{array}, int {length}"
    return define(
        name=random.choice(NAMES), result=result, parameters=parameters + (f", {result} {extra}" if extra else ""),
        body="\n".join(f"    {line}" for line in lines),
        request=_request(random, f"start with {state} = {start}", tuple(step.words for step in steps), f"return {state}"),
        shape=f"program-array/{';'.join(step.shape for step in steps)}", tag="program",
    )  # fmt: skip
