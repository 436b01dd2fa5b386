"""Several functions: a helper called once or in a loop, and functions that call themselves."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.expressions import expression
from playground.data.generate.family import family, request_to_return
from playground.data.generate.predicates import mapping, predicate


def _pair(helper: str, prototype: str, body: str, *, name: str, request: str, shape: str) -> CFunction:
    """A static helper kept out of line, so that a call stands in the assembly."""
    source = f"__attribute__((noinline)) static {helper}\n\n{prototype} {{\n{body}\n}}\n"
    return CFunction(
        name=name, prototype=prototype, source=source, request=request, family=shape, tags=("several functions",)
    )


@family("several-twice", 3)
def twice(random: Random) -> CFunction:
    """A helper applied to two arguments, its results combined."""
    c_type = random.choice(("int", "long"))
    change = mapping(random)
    inner = random.choice(("helper", "g", "step"))
    operator, word = random.choice((("+", "the sum"), ("-", "the difference"), ("*", "the product"), ("^", "the xor")))
    name = random.choice(("combine", "f", "both"))
    what = (
        f"{word} of {change.of('a')} and {change.of('b')}, computed by a helper function {inner} that is called twice"
    )
    return _pair(
        f"{c_type} {inner}({c_type} x) {{\n    return {change.apply('x')};\n}}", f"{c_type} {name}({c_type} a, {c_type} b)",
        f"    return {inner}(a) {operator} {inner}(b);", name=name, request=request_to_return(random, name, what),
        shape=f"several/twice/{operator}/{change.shape}",
    )  # fmt: skip


@family("several-loop", 3)
def loop(random: Random) -> CFunction:
    """A helper called for each element or each number."""
    change = mapping(random)
    held = predicate(random)
    inner = random.choice(("helper", "g", "score"))
    name = random.choice(("total", "f", "sum_all"))
    what = f"the sum of {inner}(x) over the n elements of a, where {inner}(x) is {change.of('x')} if {held.about('x')}, else x"
    return _pair(
        f"int {inner}(int x) {{\n    return ({held.test('x')}) ? {change.apply('x')} : x;\n}}", f"int {name}(const int *a, int n)",
        f"    int t = 0;\n    for (int i = 0; i < n; i++)\n        t += {inner}(a[i]);\n    return t;", name=name,
        request=request_to_return(random, name, what), shape=f"several/loop/{held.shape}/{change.shape}",
    )  # fmt: skip


@family("several-nested", 2)
def nested(random: Random) -> CFunction:
    """f(g(x)) with an expression around."""
    c_type = random.choice(("int", "long"))
    change = mapping(random)
    around = expression(random, ["y", "x"], 1)
    name = random.choice(("outer", "f", "compose"))
    what = f"{around.words}, where y is g(x) and g is a separate function that returns {change.of('its argument')}"
    return _pair(
        f"{c_type} g({c_type} x) {{\n    return {change.apply('x')};\n}}", f"{c_type} {name}({c_type} x)",
        f"    {c_type} y = g(x);\n    return {around.c};", name=name, request=request_to_return(random, name, what),
        shape=f"several/nested/{around.shape}/{change.shape}",
    )  # fmt: skip


RECURSIONS: tuple[tuple[str, str, str, str], ...] = (
    ("factorial", "unsigned long {f}(unsigned long n)", "    return n < 2 ? 1 : n * {f}(n - 1);", "n factorial, recursively"),
    ("fibonacci", "unsigned long {f}(unsigned int n)", "    return n < 2 ? n : {f}(n - 1) + {f}(n - 2);", "the n-th Fibonacci number, recursively"),
    ("gcd", "unsigned int {f}(unsigned int a, unsigned int b)", "    return b == 0 ? a : {f}(b, a % b);", "the greatest common divisor of a and b, recursively"),
    ("sum", "int {f}(const int *a, int n)", "    return n <= 0 ? 0 : a[0] + {f}(a + 1, n - 1);", "the sum of the n elements of a, recursively"),
    ("power", "long {f}(long b, int e)", "    if (e <= 0)\n        return 1;\n    long h = {f}(b, e / 2);\n    return e % 2 ? h * h * b : h * h;",
     "b to the power of e, by recursive squaring"),
    ("digits", "int {f}(unsigned int n)", "    return n < {k} ? (int)n : {f}(n / {k}) + (int)(n % {k});", "the sum of the base-{k} digits of n, recursively"),
    ("ackermann", "unsigned int {f}(unsigned int m, unsigned int n)",
     "    if (m == 0)\n        return n + 1;\n    if (n == 0)\n        return {f}(m - 1, 1);\n    return {f}(m - 1, {f}(m, n - 1));", "the Ackermann function of m and n"),
    ("length", "int {f}(const char *s)", "    return *s == 0 ? 0 : 1 + {f}(s + 1);", "the length of the string s, recursively"),
    ("maximum", "int {f}(const int *a, int n)", "    if (n == 1)\n        return a[0];\n    int m = {f}(a + 1, n - 1);\n    return a[0] > m ? a[0] : m;",
     "the largest of the n elements of a (n is at least 1), recursively"),
    ("steps", "unsigned long {f}(unsigned int n)", "    if (n == 0)\n        return 1;\n    unsigned long t = {f}(n - 1);\n    return n >= {j} ? t + {f}(n - {j}) : t;",
     "in how many ways n steps can be climbed taking 1 or {j} at a time, recursively"),
)  # fmt: skip


@family("several-recursive", 2)
def recursive(random: Random) -> CFunction:
    """Functions that call themselves."""
    shape, prototype, body, words = random.choice(RECURSIONS)
    name = random.choice((shape, shape, f"rec_{shape}", "f"))
    slots = {"f": name, "k": str(random.choice((10, 8, 16, 3))), "j": str(random.choice((2, 3, 4)))}
    declared = prototype.format(**slots)
    return CFunction(
        name=name, prototype=declared, source=f"{declared} {{\n{body.format(**slots)}\n}}\n",
        request=request_to_return(random, name, words.format(**slots)), family=f"recursive/{shape}", tags=("recursion",),
    )  # fmt: skip
