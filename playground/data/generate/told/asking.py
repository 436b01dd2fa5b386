"""How people begin and end a request, and the names that they give."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import define

RESULTS = (
    "Compute {}.", "Return {}.", "Calculate {}.", "Give {}.", "What is {}?", "Work out {}.", "Find {}.", "A function that returns {}.",
    "Write a function that returns {}.", "I want {}.", "Please compute {}.", "Return the value of {}.", "The result is {}.",
)  # fmt: skip
TOLD = (
    "{}",
    "{}",
    "{}",
    "Write a function for this: {}",
    "Here is the rule. {}",
    "Do the following. {}",
    "Please do this: {}",
)
NAMES = (
    "score", "total", "fee", "result_of_rule", "evaluate", "value", "cost", "price", "measure", "points", "apply_rule", "quantity",
    "answer", "outcome", "amount", "rate", "step", "decide", "grade", "level", "rank", "charge", "weight", "figure", "index_of",
)  # fmt: skip
PARAMETERS = (
    *(["a", "b", "c", "d"], ["x", "y", "z", "w"], ["n", "m", "k", "p"]) * 3, ["width", "height", "depth", "length"], ["hours", "minutes", "seconds", "days"],
    ["price", "count", "discount", "tax"], ["base", "bonus", "limit", "share"], ["u", "v", "s", "t"], ["age", "weight", "size", "income"],
    ["first", "second", "third", "fourth"], ["low", "high", "middle", "step"], ["x1", "y1", "x2", "y2"], ["distance", "time", "speed", "load"],
)  # fmt: skip
PLAIN_WORDS = ("if", "when", "the", "add", "for")
WHOLE = ("int", "int", "int", "long", "long", "unsigned", "unsigned long")


def result(random: Random, what: str) -> str:
    """A request for a value."""
    return random.choice(RESULTS).format(what)


def told(random: Random, rule: str) -> str:
    """A request that is a rule in whole sentences; a name or a formula at its beginning keeps its letters."""
    plain = rule.split()[0] in PLAIN_WORDS
    return random.choice(TOLD).format(rule[0].upper() + rule[1:] if plain else rule)


def parameters(random: Random, count: int) -> list[str]:
    return list(random.choice(PARAMETERS)[:count])


def typed(kind: str, names: list[str]) -> str:
    return ", ".join(f"{kind} {text}" for text in names)


def made(
    random: Random,
    *,
    result: str,
    parameters: str,
    body: str,
    request: str,
    shape: str,
    helper: str = "",
    loop: bool = False,
    kind: str = "told",
) -> CFunction:
    """A function from one of `NAMES`; `helper` stands before it; `loop`: its numbers bound loops; `kind`: of family."""
    function = define(
        name=random.choice(NAMES), result=result, parameters=parameters, body=body, request=request, shape=f"{kind}/{shape}", tag="loop" if loop else "told",
    )  # fmt: skip
    if not helper:
        return function
    return CFunction(
        name=function.name, prototype=function.prototype, source=f"{helper}\n{function.source}", request=request,
        family=function.family, tags=function.tags,
    )  # fmt: skip
