"""Branches: comparisons, minima and maxima, clamps, piecewise functions, logical tests."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.expressions import expression, some_constant
from playground.data.generate.family import (
    INTEGER_TYPES,
    define,
    family,
    request_to_do,
    request_to_return,
    scalar_names,
)
from playground.data.generate.predicates import mapping, predicate


@family("condition-test", 4)
def test(random: Random) -> CFunction:
    """1 when a predicate holds, else 0 (or other values)."""
    c_type = random.choice(INTEGER_TYPES)
    x = random.choice("xnav")
    held = predicate(random, signed=not c_type.startswith("unsigned"))
    yes, no = random.choice(((1, 0), (1, 0), (1, 0), (0, 1), (1, -1), (some_constant(random), 0)))
    name = random.choice(("check", "test", "is_ok", "matches", "holds"))
    what = random.choice((f"{yes} if {held.about(x)}, otherwise {no}", f"{yes} when {held.about(x)} and {no} when not"))
    body = f"    return ({held.test(x)}) ? {yes} : {no};"
    return define(
        name=name, result="int", parameters=f"{c_type} {x}", body=body,
        request=request_to_return(random, name, what), shape=f"test/{held.shape}", tag="conditions",
    )  # fmt: skip


@family("condition-extreme", 2)
def extreme(random: Random) -> CFunction:
    """Minimum, maximum, median of two or three."""
    c_type = random.choice(INTEGER_TYPES)
    count = random.choice((2, 2, 3))
    names = scalar_names(random, count)
    least = random.random() < 0.5
    sign = "<" if least else ">"
    word = random.choice(("smaller", "minimum", "lesser") if least else ("larger", "maximum", "greater"))
    if count == 2:
        a, b = names
        body = f"    return {a} {sign} {b} ? {a} : {b};"
    else:
        a, b, c = names
        body = f"    {c_type} best = {a};\n    if ({b} {sign} best) best = {b};\n    if ({c} {sign} best) best = {c};\n    return best;"
        word = "minimum" if least else "maximum"
    name = ("min" if least else "max") + random.choice(("", str(count), "_of"))
    listed = " and ".join([", ".join(names[:-1]), names[-1]])
    return define(
        name=name, result=c_type, parameters=", ".join(f"{c_type} {n}" for n in names), body=body,
        request=request_to_return(random, name, f"the {word} of {listed}"),
        shape=f"extreme/{'min' if least else 'max'}{count}/{c_type}", tag="conditions",
    )  # fmt: skip


@family("condition-clamp", 2)
def clamp(random: Random) -> CFunction:
    """A value limited to a range of constants or parameters."""
    c_type = random.choice(("int", "long"))
    x = random.choice("xvn")
    if random.random() < 0.5:
        low, high = "lo", "hi"
        parameters = f"{c_type} {x}, {c_type} lo, {c_type} hi"
    else:
        bottom = random.randrange(-100, 50)
        low, high = str(bottom), str(bottom + random.randrange(10, 400))
        parameters = f"{c_type} {x}"
    body = (
        f"    if ({x} < {low})\n        return {low};\n    if ({x} > {high})\n        return {high};\n    return {x};"
    )
    what = random.choice((f"Clamp {x} to the range {low} to {high}", f"Limit {x} to at least {low} and at most {high}"))
    return define(
        name="clamp", result=c_type, parameters=parameters, body=body,
        request=request_to_do(random, "clamp", what),
        shape=f"clamp/{'p' if low == 'lo' else 'k'}", tag="conditions",
    )  # fmt: skip


@family("condition-choice", 5)
def choice(random: Random) -> CFunction:
    """One expression when a predicate holds, another otherwise."""
    c_type = random.choice(("int", "int", "long"))
    a, b = scalar_names(random, 2)
    held = predicate(random, random.choice((None, b)))
    yes = expression(random, [a, b], random.randrange(1, 3))
    no = expression(random, [a, b], random.randrange(0, 2))
    what = random.choice(
        (f"{yes.words} if {held.about(a)}, otherwise {no.words}", f"{no.words}, but {yes.words} if {held.about(a)}")
    )
    body = f"    if ({held.test(a)})\n        return {yes.c};\n    return {no.c};"
    name = random.choice(("choose", "select", "pick", "decide", "f"))
    return define(
        name=name, result=c_type, parameters=f"{c_type} {a}, {c_type} {b}", body=body,
        request=request_to_return(random, name, what),
        shape=f"choice/{held.shape}/{yes.shape}/{no.shape}", tag="conditions",
    )  # fmt: skip


@family("condition-steps", 3)
def steps(random: Random) -> CFunction:
    """A table of thresholds: grades, brackets."""
    x = random.choice(("x", "score", "n", "age", "points"))
    count = random.randrange(2, 5)
    bounds = sorted(random.sample(range(1, 200), count))
    values = random.sample(range(100), count + 1)
    lines = [f"    if ({x} < {bound})\n        return {value};" for bound, value in zip(bounds, values, strict=False)]
    lines.append(f"    return {values[-1]};")
    parts = [f"{value} if {x} is below {bound}" for bound, value in zip(bounds, values, strict=False)]
    name = random.choice(("grade", "bracket", "level", "category", "rate"))
    return define(
        name=name, result="int", parameters=f"int {x}", body="\n".join(lines),
        request=request_to_return(random, name, ", ".join(parts) + f", and {values[-1]} otherwise"),
        shape=f"steps/{count}", tag="conditions",
    )  # fmt: skip


@family("condition-logic", 3)
def logic(random: Random) -> CFunction:
    """Two tests joined by and / or."""
    c_type = random.choice(("int", "long"))
    a, b = scalar_names(random, 2)
    joint, word = random.choice((("&&", "and"), ("||", "or")))
    first, second = predicate(random), predicate(random)
    what = f"1 if {first.about(a)} {word} {second.about(b)}, otherwise 0"
    body = f"    return ({first.test(a)}) {joint} ({second.test(b)});"
    name = random.choice(("both", "check", "valid", "accept"))
    return define(
        name=name, result="int", parameters=f"{c_type} {a}, {c_type} {b}", body=body,
        request=request_to_return(random, name, what),
        shape=f"logic/{first.shape}{joint}{second.shape}", tag="conditions",
    )  # fmt: skip


DISTANCES = (
    ("{a} > {b} ? {a} - {b} : {b} - {a}", "the absolute difference of {a} and {b}", "distance"),
    ("{a} < 0 ? -{a} : {a}", "the absolute value of {a}", "abs"),
    ("({a} > 0) - ({a} < 0)", "the sign of {a}: -1, 0 or 1", "sign"),
    ("({a} > {b}) - ({a} < {b})", "-1, 0 or 1 as {a} is less than, equal to or greater than {b}", "compare"),
    ("{a} == {b}", "1 if {a} equals {b}, else 0", "equal"),
    ("{a} > {b} && {b} > {c}", "1 if {a}, {b} and {c} are strictly decreasing, else 0", "decreasing3"),
    ("{a} < {b} && {b} < {c}", "1 if {a} < {b} < {c}, else 0", "between"),
    ("{a} + {b} > {c} && {a} + {c} > {b} && {b} + {c} > {a}",
     "1 if {a}, {b} and {c} can be the sides of a triangle, else 0", "triangle"),
    ("{a} % 4 == 0 && ({a} % 100 != 0 || {a} % 400 == 0)", "1 if the year {a} is a leap year, else 0", "leap"),
    ("{a} < 0 ? 0 : {a}", "{a} if it is positive, else 0", "relu"),
    ("({a} ^ {b}) < 0", "1 if {a} and {b} have opposite signs, else 0", "opposite"),
    ("{a} == {b} || {b} == {c} || {a} == {c}", "1 if any two of {a}, {b} and {c} are equal, else 0", "any-equal"),
)  # fmt: skip


@family("condition-formula", 2)
def condition_formula(random: Random) -> CFunction:
    """Conditions that have a name."""
    body, what, shape = random.choice(DISTANCES)
    count = max(index + 1 for index, letter in enumerate("abc") if f"{{{letter}}}" in body)
    names = scalar_names(random, count)
    slots = dict(zip("abc", names, strict=False))
    c_type = random.choice(("int", "int", "long"))
    name = random.choice(("f", "check", shape.replace("-", "_")))
    return define(
        name=name, result=c_type if "abs" in shape or shape in ("distance", "relu") else "int",
        parameters=", ".join(f"{c_type} {n}" for n in names), body=f"    return {body.format(**slots)};",
        request=request_to_return(random, name, what.format(**slots)), shape=f"condition/{shape}", tag="conditions",
    )  # fmt: skip


@family("condition-mapped", 3)
def mapped(random: Random) -> CFunction:
    """A mapping applied only when a predicate holds."""
    c_type = random.choice(("int", "long"))
    x, k = scalar_names(random, 2)
    held, change = predicate(random), mapping(random, random.choice((None, k)))
    what = f"{change.of(x)} if {held.about(x)}, otherwise {x} unchanged"
    body = f"    if ({held.test(x)})\n        {x} = {change.apply(x)};\n    return {x};"
    name = random.choice(("adjust", "fix", "update", "f"))
    return define(
        name=name, result=c_type, parameters=f"{c_type} {x}, {c_type} {k}", body=body,
        request=request_to_return(random, name, what), shape=f"mapped/{held.shape}/{change.shape}", tag="conditions",
    )  # fmt: skip
