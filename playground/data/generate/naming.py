"""Other names for functions and their parameters, so that a model learns to copy a name instead of recalling one.

A family has a handful of names. A model tuned on them wrote ``differ:`` where ``difference`` was asked for, and took
``mask`` for a bit test: what it had seen of a name outweighed the request and the C.
"""

import re
from dataclasses import replace
from random import Random

from playground.data.function import CFunction
from playground.data.inputs import LENGTH_NAME

FUNCTION_SHARE = 0.6
EXERCISE_SHARE = 0.25
"""Of exercises, whose names say what is asked for, as a person's do."""
OWN_LINE_SHARE = 0.4
"""How many functions have their opening brace on a line of its own, as in K&R and the kernel's style."""
PARAMETER_SHARE = 0.35

VERBS = (
    "add", "adjust", "apply", "balance", "build", "change", "check", "choose", "clear", "collect", "combine", "compare",
    "compute", "convert", "copy", "count", "decide", "derive", "drop", "encode", "estimate", "exchange", "extract", "fill",
    "find", "fix", "fold", "gather", "get", "group", "hash", "join", "keep", "limit", "list", "locate", "make", "mark",
    "measure", "merge", "mix", "move", "narrow", "normalise", "pack", "pick", "place", "prepare", "print", "put", "raise",
    "rank", "read", "reduce", "replace", "resolve", "rotate", "round", "scale", "scan", "select", "set", "shift", "shrink",
    "skip", "solve", "sort", "split", "spread", "stretch", "subtract", "swap", "take", "tally", "test", "transform", "trim",
    "turn", "update", "use", "verify", "weigh", "widen", "wrap", "write",
)  # fmt: skip
NOUNS = (
    "amount", "angle", "answer", "area", "average", "balance", "band", "base", "bits", "block", "border", "bound", "box",
    "buffer", "bytes", "cell", "chain", "channel", "code", "colour", "column", "cost", "counter", "cycle", "delta", "depth",
    "difference", "digits", "distance", "edge", "element", "energy", "entry", "error", "factor", "field", "figure", "flag",
    "frame", "gain", "gap", "grade", "grid", "group", "half", "head", "height", "index", "interval", "item", "key", "label",
    "layer", "level", "limit", "line", "load", "mark", "mask", "mean", "memory", "middle", "node", "number", "offset", "order",
    "page", "pair", "part", "path", "peak", "period", "pixel", "place", "point", "power", "price", "product", "queue", "quota",
    "range", "rate", "ratio", "record", "region", "rest", "root", "row", "sample", "score", "segment", "sequence", "series",
    "shape", "share", "sign", "signal", "size", "slice", "slope", "slot", "span", "speed", "state", "stock", "sum", "table",
    "tail", "term", "text", "time", "token", "total", "track", "unit", "value", "vector", "volume", "weight", "width", "word",
)  # fmt: skip
JOINERS = ("of", "in", "by", "to", "from", "with", "and", "below", "until")

PARAMETERS = (
    "alpha", "beta", "gamma", "delta", "left", "right", "low", "high", "lower", "upper", "first", "second", "begin", "finish",
    "width", "height", "depth", "mask", "flags", "shift", "factor", "offset", "scale", "rate", "weight", "amount", "price",
    "level", "limit", "base", "power", "degree", "year", "day", "month", "hours", "minutes", "age", "speed", "time", "cost",
    "items", "input", "output", "table", "list", "block", "bytes", "samples", "points", "cells", "source", "target", "from",
    "to", "x1", "x2", "y1", "y2", "arg", "val", "word", "bits", "seed", "salt", "tag", "id", "code", "rank", "e", "g",
    "h", "l", "dx", "dy", "qty", "pos", "idx", "lhs", "rhs", "in", "out", "lo", "hi", "ratio", "share", "total_in", "max_n",
)  # fmt: skip

_RENAMED = re.compile(r"[b-zB-Z]\d?|arr|nums|xs|src|dst|len")
"""Names that are no English words: the request can only mean the parameter by them. ``a`` is an article too."""
_OPENING = re.compile(r"^(\S.*\)) \{$", re.MULTILINE)
_LAST_WORD = re.compile(r"(\w+)\s*(?:\[\w*\])?\s*$")


def with_other_names(random: Random, function: CFunction) -> CFunction:
    """`function` under names that its family did not choose; programs and structures keep theirs.

    So do lengths of arrays: inputs are drawn by them.
    """
    if function.is_program or "struct " in function.source:
        return function
    exercise = function.family.startswith("exercise")
    if random.random() < (EXERCISE_SHARE if exercise else FUNCTION_SHARE):
        function = _with_function_name(function, function_name(random))
    for name in _parameters(function.prototype):
        length = LENGTH_NAME.match(name) and "*" in function.prototype
        if _RENAMED.fullmatch(name) and not length and random.random() < PARAMETER_SHARE:
            function = _with_parameter_name(function, name, random.choice(PARAMETERS))
    return function


def with_other_layout(random: Random, function: CFunction) -> CFunction:
    """`function` with its opening brace where other people put it."""
    if random.random() >= OWN_LINE_SHARE:
        return function
    return replace(function, source=_OPENING.sub(r"\1\n{", function.source))


def with_sentence(function: CFunction) -> CFunction:
    """A request that begins with a name or a formula gets a word in front: sentences begin with a capital."""
    if not function.request or function.request[0].isupper():
        return function
    return replace(function, request=f"Wanted: {function.request}")


def function_name(random: Random) -> str:
    """A name as people make them: of one to four words, in one of the usual spellings."""
    words = random.choice((
        lambda: [random.choice(VERBS + NOUNS)],
        lambda: [random.choice(VERBS), random.choice(NOUNS)],
        lambda: [random.choice(VERBS), random.choice(NOUNS)],
        lambda: [random.choice(NOUNS), random.choice(NOUNS)],
        lambda: [random.choice(NOUNS), random.choice(JOINERS), random.choice(NOUNS)],
        lambda: [random.choice(VERBS), random.choice(NOUNS), random.choice(JOINERS), random.choice(NOUNS)],
        lambda: [random.choice(("is", "has", "is_not", "max", "min", "nth", "my", "do")), random.choice(NOUNS)],
    ))()  # fmt: skip
    if random.random() < 0.1:
        words.append(str(random.choice((2, 3, 4, 8, 16, 32, 64))))
    if random.random() < 0.12:
        return words[0] + "".join(word.capitalize() for word in words[1:])
    return "_".join(words)


def _parameters(prototype: str) -> list[str]:
    """Names in the list between the parentheses, in order."""
    listed = prototype[prototype.index("(") + 1 : prototype.rindex(")")].split(",")
    return [found[1] for part in listed if (found := _LAST_WORD.search(part)) and found[1] != "void"]


def _with_function_name(function: CFunction, name: str) -> CFunction:
    if _stands_in(name, function.source):
        return function
    call = re.compile(rf"\b{function.name}\b(?=\s*\()")
    asked = re.compile(rf"(?<=function ){function.name}\b")
    return replace(
        function,
        name=name,
        prototype=call.sub(name, function.prototype),
        source=call.sub(name, function.source),
        request=call.sub(name, asked.sub(name, function.request)),
    )


def _with_parameter_name(function: CFunction, old: str, new: str) -> CFunction:
    if _stands_in(new, function.source) or _stands_in(new, function.request):
        return function
    word = re.compile(rf"(?<!')\b{old}\b(?!')")  # 's' is a character
    return replace(
        function,
        prototype=word.sub(new, function.prototype),
        source=word.sub(new, function.source),
        request=word.sub(new, function.request),
    )


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"\b{name}\b", text) is not None
