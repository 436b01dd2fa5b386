"""Straight-line arithmetic on a few scalars."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.expressions import expression
from playground.data.generate.family import INTEGER_TYPES, family, is_signed, request_to_return, scalar_names

VERBS = ("compute", "calc", "eval", "f", "combine", "formula", "mix", "value_of", "work_out", "result")


def bits_of(c_type: str) -> int:
    return 64 if "long" in c_type else 32


def _function(random: Random, c_type: str, names: list[str], body: str, what: str, family_name: str) -> CFunction:
    name = random.choice(VERBS)
    prototype = f"{c_type} {name}({', '.join(f'{c_type} {n}' for n in names)})"
    return CFunction(
        name=name,
        prototype=prototype,
        source=f"{prototype} {{\n    return {body};\n}}\n",
        request=request_to_return(random, name, what),
        family=family_name,
        tags=("arithmetic",),
    )


def _arithmetic(depth: int, random: Random) -> CFunction:
    c_type = random.choice(INTEGER_TYPES)
    names = scalar_names(random, random.randrange(1, 5) if depth > 1 else random.randrange(1, 4))
    while True:
        phrase = expression(random, names, depth, signed=is_signed(c_type), bits=bits_of(c_type))
        used = [name for name in names if name in phrase.c.replace("(", " ").replace(")", " ").split()]
        if used:
            break
    return _function(random, c_type, names, phrase.c, phrase.words, f"scalar/{phrase.shape}")


@family("scalar-one-operator", 2)
def one_operator(random: Random) -> CFunction:
    """``a + b``, ``x ^ 255``."""
    return _arithmetic(1, random)


@family("scalar-two-levels", 6)
def two_levels(random: Random) -> CFunction:
    """``(a + b) * c``."""
    return _arithmetic(2, random)


@family("scalar-three-levels", 5)
def three_levels(random: Random) -> CFunction:
    """``((a + b) * c) ^ (d - 7)``."""
    return _arithmetic(3, random)


@family("scalar-polynomial", 3)
def polynomial(random: Random) -> CFunction:
    """``3*x*x - 2*x + 7``, by Horner or written out."""
    c_type = random.choice(("int", "long"))
    x = random.choice("xnatv")
    coefficients = [random.randrange(-9, 10) or 1 for _ in range(random.randrange(2, 5))]
    degree = len(coefficients) - 1
    terms = []
    for power, coefficient in zip(range(degree, -1, -1), coefficients, strict=True):
        factors = "*".join([str(abs(coefficient)), *[x] * power])
        terms.append(("- " if coefficient < 0 else "+ ") + factors)
    formula = " ".join(terms).removeprefix("+ ").replace("- ", "-", 1 if coefficients[0] < 0 else 0)
    horner = str(coefficients[0])
    for coefficient in coefficients[1:]:
        horner = f"({horner}) * {x} + {coefficient}" if coefficient >= 0 else f"({horner}) * {x} - {-coefficient}"
    body = random.choice((formula, horner))
    return _function(random, c_type, [x], body, f"the value of {formula}", f"scalar/polynomial{degree}")


@family("scalar-quotient", 4)
def quotient(random: Random) -> CFunction:
    """Division and remainder by a constant, or by a parameter that a zero is checked for."""
    c_type = random.choice(INTEGER_TYPES)
    a, b = scalar_names(random, 2)
    operator, words = random.choice((("/", "quotient"), ("%", "remainder")))
    if random.random() < 0.5:
        k = random.randrange(2, 1000)
        inner = expression(random, [a, b], random.randrange(2))
        body = f"{inner.c_operand} {operator} {k}"
        what = f"the {words} of {inner.words_operand} divided by {k}"
        return _function(random, c_type, [a, b], body, what, f"scalar/{inner.shape}{operator}k")
    otherwise = random.choice((0, 0, -1 if is_signed(c_type) else 1, a))
    body = f"{b} == 0 ? {otherwise} : {a} {operator} {b}"
    what = f"the {words} of {a} divided by {b}, or {otherwise} if {b} is zero"
    return _function(random, c_type, [a, b], body, what, f"scalar/checked{operator}")


AVERAGES = (
    ("({a} + {b}) / 2", "the average of {a} and {b}, rounded toward zero", "average2"),
    ("({a} + {b} + {c}) / 3", "the average of {a}, {b} and {c}", "average3"),
    ("{a} * {a} + {b} * {b}", "the sum of the squares of {a} and {b}", "squares2"),
    ("({a} + {b}) * ({a} + {b})", "the square of the sum of {a} and {b}", "square-of-sum"),
    ("{a} * {a} - {b} * {b}", "the difference of the squares of {a} and {b}", "difference-of-squares"),
    ("2 * ({a} + {b})", "the perimeter of a rectangle with sides {a} and {b}", "perimeter"),
    ("{a} * {b}", "the area of a rectangle with sides {a} and {b}", "area"),
    ("{a} * {b} * {c}", "the volume of a box with sides {a}, {b} and {c}", "volume"),
    ("2 * ({a} * {b} + {b} * {c} + {a} * {c})", "the surface of a box with sides {a}, {b} and {c}", "surface"),
    ("{a} * 3600 + {b} * 60 + {c}", "the seconds in {a} hours, {b} minutes and {c} seconds", "seconds"),
    ("{a} * 60 + {b}", "the minutes in {a} hours and {b} minutes", "minutes"),
    ("{a} * 9 / 5 + 32", "the temperature {a} in Celsius converted to Fahrenheit (integer arithmetic)", "fahrenheit"),
    ("({a} - 32) * 5 / 9", "the temperature {a} in Fahrenheit converted to Celsius (integer arithmetic)", "celsius"),
    ("{a} * ({a} + 1) / 2", "the sum of the integers from 1 to {a}, by the formula n(n+1)/2", "gauss"),
    ("{a} * {b} / 100", "{b} percent of {a}", "percent"),
    ("{a} + {a} * {b} / 100", "{a} increased by {b} percent", "increase"),
    ("{a} - {a} * {b} / 100", "{a} decreased by {b} percent", "decrease"),
    ("{b} * {b} - 4 * {a} * {c}", "the discriminant {b}*{b} - 4*{a}*{c}", "discriminant"),
    ("{a} * {d} - {b} * {c}", "the determinant of the 2 by 2 matrix {a} {b} / {c} {d}", "determinant"),
    ("{a} * {c} + {b} * {d}", "the dot product of the vectors ({a}, {b}) and ({c}, {d})", "dot2"),
)


@family("scalar-formula", 2)
def formula(random: Random) -> CFunction:
    """Formulas that have a name."""
    body, what, shape = random.choice(AVERAGES)
    count = max(index + 1 for index, letter in enumerate("abcd") if f"{{{letter}}}" in body)
    names = scalar_names(random, count)
    slots = dict(zip("abcd", names, strict=False))
    c_type = random.choice(("int", "int", "long"))
    return _function(random, c_type, names, body.format(**slots), what.format(**slots), f"formula/{shape}")
