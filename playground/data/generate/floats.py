"""Floating point: formulas, polynomials, reductions and maps of float and double arrays."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import define, family, plural, request_to_do, request_to_return, scalar_names

TYPES = ("double", "double", "float")


def _literal(random: Random, c_type: str) -> str:
    value = random.choice((0.5, 1.5, 2.0, 0.25, 3.0, 10.0, 0.1, 1.8, 32.0, 100.0, 2.5, 4.0, 9.81, 0.01, 3.5, 12.0))
    return f"{value}f" if c_type == "float" else str(value)


FORMULAS = (
    ("{a} * {b} + {c}", "{a} times {b} plus {c}", "madd"), ("({a} + {b}) / 2", "the mean of {a} and {b}", "mean2"),
    ("({a} + {b} + {c}) / 3", "the mean of {a}, {b} and {c}", "mean3"), ("{a} * {a} + {b} * {b}", "{a} squared plus {b} squared", "norm2"),
    ("{a} + ({b} - {a}) * {c}", "the linear interpolation from {a} to {b} at {c}", "lerp"),
    ("{a} / ({b} * {b})", "{a} divided by the square of {b}", "bmi"), ("{a} * {b} / 2", "the area of a triangle with base {a} and height {b}", "triangle"),
    ("({a} - {b}) / {c}", "the difference of {a} and {b}, divided by {c}", "slope"), ("1 / (1 / {a} + 1 / {b})", "the parallel resistance of {a} and {b}", "parallel"),
    ("{a} < {b} ? {a} : {b}", "the smaller of {a} and {b}", "min"), ("{a} > {b} ? {a} : {b}", "the larger of {a} and {b}", "max"),
    ("{a} < 0 ? -{a} : {a}", "the absolute value of {a}", "abs"), ("{a} > 0 ? {a} : 0", "{a} if it is positive, else 0", "relu"),
    ("-{a}", "the negation of {a}", "neg"), ("1 / {a}", "the reciprocal of {a}", "reciprocal"), ("{a} * {a} * {a}", "the cube of {a}", "cube"),
    ("{k} * {a} + {j}", "{k} times {a} plus {j}", "linear"), ("({a} - {j}) * {k}", "{k} times the difference of {a} and {j}", "affine"),
    ("{a} * {k}", "{a} times {k}", "scale"), ("{a} / {k}", "{a} divided by {k}", "divide"), ("{k} * {a} * {a}", "{k} times {a} squared", "quadratic"),
)  # fmt: skip


@family("float-formula", 5)
def formula(random: Random) -> CFunction:
    """A formula over a few floating-point scalars."""
    c_type = random.choice(TYPES)
    body, words, shape = random.choice(FORMULAS)
    names = scalar_names(random, max(i + 1 for i, letter in enumerate("abc") if f"{{{letter}}}" in body))
    k, j = _literal(random, c_type), _literal(random, c_type)
    slots = dict(zip("abc", names, strict=False))
    spoken = {"k": k.rstrip("f"), "j": j.rstrip("f"), **slots}
    name = random.choice((shape, "compute", "f", "calc"))
    return define(
        name=name, result=c_type, parameters=", ".join(f"{c_type} {n}" for n in names),
        body=f"    return {body.format(k=k, j=j, **slots)};", request=request_to_return(random, name, words.format(**spoken)),
        shape=f"float/{shape}", tag="floating point",
    )  # fmt: skip


@family("float-polynomial", 2)
def polynomial(random: Random) -> CFunction:
    """A polynomial with constant coefficients, by Horner."""
    c_type = random.choice(TYPES)
    coefficients = [_literal(random, c_type) for _ in range(random.randrange(2, 5))]
    body = coefficients[0]
    for coefficient in coefficients[1:]:
        body = f"({body}) * x + {coefficient}"
    degree = len(coefficients) - 1
    spoken = [coefficient.rstrip("f") for coefficient in coefficients]
    terms = " + ".join("*".join([c, *["x"] * (degree - i)]) for i, c in enumerate(spoken))
    name = random.choice(("poly", "evaluate", "f"))
    return define(
        name=name, result=c_type, parameters=f"{c_type} x", body=f"    return {body};",
        request=request_to_return(random, name, f"the value of {terms}"), shape=f"float/polynomial{degree}", tag="floating point",
    )  # fmt: skip


SUMS = (
    ("{x}", "the sum of the elements", "sum"), ("{x} * {x}", "the sum of the squares of the elements", "squares"),
    ("({x} < 0 ? -{x} : {x})", "the sum of the absolute values of the elements", "abs"),
    ("{x} * {k}", "the sum of the elements, each times {k},", "scaled"), ("({x} > {k} ? {x} : 0)", "the sum of the elements greater than {k}", "above"),
)  # fmt: skip


@family("float-reduce", 4)
def reduce(random: Random) -> CFunction:
    """Sums, means, extremes and counts of floating-point arrays."""
    c_type = random.choice(TYPES)
    a, n = random.choice(("a", "x", "v", "data")), random.choice(("n", "len", "size"))
    where = random.choice((f"of the array {a} of {n} {plural(c_type)}", f"of {a}, which has {n} elements"))
    kind = random.choice(("sum", "sum", "mean", "extreme", "count"))
    k = _literal(random, c_type)
    spoken = k.rstrip("f")
    if kind == "extreme":
        sign, word = random.choice(((">", "largest"), ("<", "smallest")))
        body = (
            f"    if ({n} == 0)\n        return 0;\n    {c_type} m = {a}[0];\n    for (int i = 1; i < {n}; i++)\n"
            f"        if ({a}[i] {sign} m)\n            m = {a}[i];\n    return m;"
        )
        result, words, shape = c_type, f"the {word} element {where}, or 0 if it is empty", word
    elif kind == "count":
        sign, word = random.choice(((">", "greater than"), ("<", "less than")))
        body = f"    int c = 0;\n    for (int i = 0; i < {n}; i++)\n        if ({a}[i] {sign} {k})\n            c++;\n    return c;"
        result, words, shape = "int", f"how many elements {where} are {word} {spoken}", "count"
    else:
        pattern, phrase, shape = random.choice(SUMS)
        value = pattern.format(x=f"{a}[i]", k=k)
        loop = f"    {c_type} t = 0;\n    for (int i = 0; i < {n}; i++)\n        t += {value};\n"
        result, words = c_type, f"{phrase.format(k=spoken)} {where}"
        body = f"{loop}    return t;"
        if kind == "mean":
            body = f"{loop}    return {n} == 0 ? 0 : t / {n};"
            words = (
                f"the mean {where}, or 0 if it is empty"
                if shape == "sum"
                else f"{words}, divided by {n} (0 if {n} is 0)"
            )
            shape = f"mean-{shape}"
    name = random.choice((shape.replace("-", "_"), "reduce", "f"))
    return define(
        name=name, result=result, parameters=f"const {c_type} *{a}, int {n}", body=body,
        request=request_to_return(random, name, words), shape=f"float-reduce/{shape}", tag="floating point",
    )  # fmt: skip


MAPS = (
    ("{y}[i] += k * {x}[i];", "Add k times each element of {x} to the corresponding element of {y}", "axpy", True, True),
    ("{y}[i] = k * {x}[i];", "Set each element of {y} to k times the corresponding element of {x}", "scale-to", True, True),
    ("{x}[i] *= k;", "Multiply each element of {x} by k, in place", "scale", False, True),
    ("{x}[i] += k;", "Add k to each element of {x}, in place", "offset", False, True),
    ("{x}[i] *= {x}[i];", "Square each element of {x} in place", "square", False, False),
    ("{x}[i] = -{x}[i];", "Negate each element of {x} in place", "negate", False, False),
    ("{x}[i] = {x}[i] < 0 ? 0 : {x}[i];", "Replace the negative elements of {x} by 0", "relu", False, False),
    ("{y}[i] += {x}[i];", "Add each element of {x} to the corresponding element of {y}", "add", True, False),
    ("{y}[i] *= {x}[i];", "Multiply each element of {y} by the corresponding element of {x}", "multiply", True, False),
    ("{y}[i] = ({x}[i] + {y}[i]) / 2;", "Replace each element of {y} by the mean of it and the one of {x}", "mean", True, False),
)  # fmt: skip


@family("float-map", 3)
def float_map(random: Random) -> CFunction:
    """Element-wise work on floating-point arrays."""
    c_type = random.choice(TYPES)
    statement, words, shape, two, scalar = random.choice(MAPS)
    x, y = random.choice((("x", "y"), ("a", "b"), ("src", "dst")))
    n = random.choice(("n", "len", "count"))
    parameters = f"const {c_type} *{x}, {c_type} *{y}" if two else f"{c_type} *{x}"
    parameters += f", int {n}" + (f", {c_type} k" if scalar else "")
    deed = f"{words.format(x=x, y=y)}; {'both have' if two else 'it has'} {n} {plural(c_type)}"
    name = random.choice((shape.replace("-", "_"), "apply", "update"))
    return define(
        name=name, result="void", parameters=parameters,
        body=f"    for (int i = 0; i < {n}; i++)\n        {statement.format(x=x, y=y)}", request=request_to_do(random, name, deed),
        shape=f"float-map/{shape}", tag="floating point",
    )  # fmt: skip


@family("float-dot", 1)
def dot(random: Random) -> CFunction:
    """Dot products and squared distances."""
    c_type = random.choice(TYPES)
    value, words, shape = random.choice(
        (
            ("a[i] * b[i]", "the dot product of the arrays a and b", "dot"),
            ("(a[i] - b[i]) * (a[i] - b[i])", "the squared Euclidean distance of the vectors a and b", "distance"),
        )
    )
    n = random.choice(("n", "len"))
    return define(
        name=shape, result=c_type, parameters=f"const {c_type} *a, const {c_type} *b, int {n}",
        body=f"    {c_type} t = 0;\n    for (int i = 0; i < {n}; i++)\n        t += {value};\n    return t;",
        request=request_to_return(random, shape, f"{words} of {n} {plural(c_type)} each"), shape=f"float/{shape}", tag="floating point",
    )  # fmt: skip


CONVERSIONS = (
    ("int", "double", "({s})x", "the double x converted to an int, truncated"), ("double", "int", "({s})x / 2", "half of the int x as a double"),
    ("int", "float", "({s})(x * {k})", "{k} times x, truncated to an int"), ("long", "double", "({s})(x + 0.5)", "x plus 0.5, truncated to a long"),
    ("double", "long", "x * 1.5", "one and a half times the long x, as a double"), ("float", "double", "({s})x", "the double x rounded to float"),
)  # fmt: skip


@family("float-convert", 2)
def convert(random: Random) -> CFunction:
    """Conversions between integers and floating point."""
    result, source, pattern, words = random.choice(CONVERSIONS)
    k = str(random.randrange(2, 50))
    name = random.choice(("convert", "to_" + result, "cast"))
    return define(
        name=name, result=result, parameters=f"{source} x", body=f"    return {pattern.format(s=result, k=k)};",
        request=request_to_return(random, name, words.format(k=k)), shape=f"float/convert-{source}-{result}", tag="floating point",
    )  # fmt: skip
