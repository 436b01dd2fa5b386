"""Loops over numbers: sums of series, recurrences, number theory."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import define, family, request_to_return
from playground.data.generate.predicates import mapping, predicate


@family("numbers-series", 7)
def series(random: Random) -> CFunction:
    """A fold of a mapping of the numbers of a range that pass a predicate."""
    c_type = random.choice(("int", "long", "long", "unsigned int"))
    n = random.choice("nmk")
    held = predicate(random) if random.random() < 0.5 else None
    change = mapping(random) if random.random() < 0.7 else None
    start = random.choice((0, 1, 1, 1, 2))
    inclusive = random.random() < 0.7
    value = change.apply("i") if change else "i"
    kind = random.choice(("sum", "sum", "sum", "xor", "count")) if held else random.choice(("sum", "sum", "xor"))
    update = {"sum": f"t += {value};", "xor": f"t ^= {value};", "count": "t++;"}[kind]
    inner = f"        if ({held.test('i')})\n            {update}\n" if held else f"        {update}\n"
    loop = f"    for ({c_type} i = {start}; i {'<=' if inclusive else '<'} {n}; i++) {{\n{inner}    }}\n"
    numbers = f"the integers from {start} to {n}" + (" inclusive" if inclusive else ", the latter excluded")
    numbers = f"{numbers} {held.clause}" if held else numbers
    words = {
        "sum": f"the sum of {change.of('i')} for i over {numbers}" if change else f"the sum of {numbers}",
        "xor": f"the exclusive or of {change.of('i')} for i over {numbers}" if change else f"the xor of {numbers}",
        "count": f"how many of {numbers.split(' that ')[0]} there are {held.clause if held else ''}".strip(),
    }[kind]
    name = random.choice(("series", "sum_to", "total", "accumulate", "f"))
    shape = f"series/{kind}/{held.shape if held else '-'}/{change.shape if change and kind != 'count' else '-'}"
    return define(
        name=name, result=c_type, parameters=f"{c_type} {n}", body=f"    {c_type} t = 0;\n{loop}    return t;",
        request=request_to_return(random, name, words), shape=shape, tag="loop",
    )  # fmt: skip


@family("numbers-recurrence", 4)
def recurrence(random: Random) -> CFunction:
    """The n-th term of a first- or second-order recurrence."""
    c_type = random.choice(("int", "long", "unsigned long", "unsigned int"))
    n = random.choice("nk")
    if random.random() < 0.5:
        first, factor, plus = random.randrange(0, 10), random.randrange(2, 8), random.randrange(0, 20)
        body = f"    {c_type} t = {first};\n    for (int i = 0; i < {n}; i++)\n        t = {factor} * t + {plus};\n    return t;"
        words = f"the value after {n} steps of t = {factor}*t + {plus}, starting from {first}"
        shape = "first-order"
    else:
        first, second = random.randrange(0, 4), random.randrange(1, 5)
        p, q = random.randrange(1, 4), random.randrange(1, 4)
        step = f"{'' if p == 1 else f'{p} * '}b + {'' if q == 1 else f'{q} * '}a"
        body = (
            f"    {c_type} a = {first}, b = {second};\n    for (int i = 0; i < {n}; i++) {{\n"
            f"        {c_type} c = {step};\n        a = b;\n        b = c;\n    }}\n    return a;"
        )
        formula = f"f(i) = {'' if p == 1 else f'{p}*'}f(i-1) + {'' if q == 1 else f'{q}*'}f(i-2)"
        words = f"the {n}-th term (from 0) of the sequence with f(0) = {first}, f(1) = {second} and {formula}"
        if (first, second, p, q) == (0, 1, 1, 1) and random.random() < 0.6:
            words = f"the {n}-th Fibonacci number, with fib(0) = 0 and fib(1) = 1"
        shape = "second-order"
    name = random.choice(("term", "sequence", "recurrence", "nth"))
    return define(
        name=name, result=c_type, parameters=f"int {n}", body=body, request=request_to_return(random, name, words),
        shape=f"recurrence/{shape}", tag="loop",
    )  # fmt: skip


CLASSICS: tuple[tuple[str, str, str, str, str], ...] = (
    ("gcd", "{u}", "{u} a, {u} b", "    while (b) {{\n        {u} t = a % b;\n        a = b;\n        b = t;\n    }}\n    return a;",
     "the greatest common divisor of a and b"),
    ("lcm", "{u}", "{u} a, {u} b", "    if (a == 0 || b == 0)\n        return 0;\n    {u} x = a, y = b;\n    while (y) {{\n"
     "        {u} t = x % y;\n        x = y;\n        y = t;\n    }}\n    return a / x * b;",
     "the least common multiple of a and b, or 0 if one of them is 0"),
    ("factorial", "{u}", "{u} n", "    {u} r = 1;\n    for ({u} i = 2; i <= n; i++)\n        r *= i;\n    return r;", "n factorial"),
    ("power", "{u}", "{u} b, {u} e", "    {u} r = 1;\n    while (e) {{\n        if (e & 1)\n            r *= b;\n        b *= b;\n"
     "        e >>= 1;\n    }}\n    return r;", "b to the power of e, by repeated squaring"),
    ("power", "{u}", "{u} b, {u} e", "    {u} r = 1;\n    while (e-- > 0)\n        r *= b;\n    return r;", "b raised to the power e"),
    ("powmod", "unsigned long", "unsigned long b, unsigned long e, unsigned long m",
     "    if (m == 0)\n        return 0;\n    unsigned long r = 1 % m;\n    b %= m;\n    while (e) {{\n        if (e & 1)\n"
     "            r = r * b % m;\n        b = b * b % m;\n        e >>= 1;\n    }}\n    return r;",
     "b to the power of e modulo m (m below 2^32), or 0 if m is 0"),
    ("is_prime", "int", "{u} n", "    if (n < 2)\n        return 0;\n    for ({u} i = 2; i * i <= n; i++)\n        if (n % i == 0)\n"
     "            return 0;\n    return 1;", "1 if n is a prime number, else 0"),
    ("count_divisors", "int", "{u} n", "    int c = 0;\n    for ({u} i = 1; i <= n; i++)\n        if (n % i == 0)\n            c++;\n"
     "    return c;", "the number of divisors of n"),
    ("sum_divisors", "{u}", "{u} n", "    {u} t = 0;\n    for ({u} i = 1; i < n; i++)\n        if (n % i == 0)\n            t += i;\n"
     "    return t;", "the sum of the proper divisors of n"),
    ("isqrt", "{u}", "{u} n", "    {u} r = 0;\n    while ((r + 1) * (r + 1) <= n)\n        r++;\n    return r;",
     "the integer square root of n, rounded down"),
    ("collatz", "int", "unsigned long n", "    int c = 0;\n    while (n > 1) {{\n        n = n % 2 == 0 ? n / 2 : 3 * n + 1;\n"
     "        c++;\n    }}\n    return c;", "the number of Collatz steps until n reaches 1"),
    ("smallest_factor", "{u}", "{u} n", "    for ({u} i = 2; i * i <= n; i++)\n        if (n % i == 0)\n            return i;\n"
     "    return n;", "the smallest factor of n greater than 1 (n itself if it is prime or below 4)"),
    ("largest_power", "{u}", "{u} n", "    {u} p = 1;\n    while (p <= n / 2)\n        p *= 2;\n    return n == 0 ? 0 : p;",
     "the largest power of two that is not greater than n, or 0 if n is 0"),
    ("log", "int", "{u} n", "    int c = 0;\n    while (n >= {k}) {{\n        n /= {k};\n        c++;\n    }}\n    return c;",
     "the integer logarithm of n to the base {k}, rounded down (0 for 0)"),
    ("multiply", "{u}", "{u} a, {u} b", "    {u} r = 0;\n    while (b) {{\n        if (b & 1)\n            r += a;\n        a <<= 1;\n"
     "        b >>= 1;\n    }}\n    return r;", "the product of a and b without a multiplication, by shifts and additions"),
    ("trailing", "int", "{u} n", "    int c = 0;\n    while (n && n % {k} == 0) {{\n        n /= {k};\n        c++;\n    }}\n    return c;",
     "how many times n can be divided by {k} without a remainder (0 for 0)"),
    ("triangular", "int", "{u} n", "    {u} t = 0;\n    for ({u} i = 1; t < n; i++)\n        t += i;\n    return t == n;",
     "1 if n is a triangular number, else 0"),
    ("binomial", "unsigned long", "unsigned int n, unsigned int k",
     "    if (k > n)\n        return 0;\n    unsigned long r = 1;\n    for (unsigned int i = 1; i <= k; i++)\n"
     "        r = r * (n - k + i) / i;\n    return r;", "the binomial coefficient n over k, or 0 if k is greater than n"),
    ("coprime", "int", "{u} a, {u} b", "    while (b) {{\n        {u} t = a % b;\n        a = b;\n        b = t;\n    }}\n"
     "    return a == 1;", "1 if a and b have no common divisor but 1, else 0"),
    ("perfect", "int", "{u} n", "    {u} t = 0;\n    for ({u} i = 1; i < n; i++)\n        if (n % i == 0)\n            t += i;\n"
     "    return n > 0 && t == n;", "1 if n is a perfect number, else 0"),
    ("totient", "{u}", "{u} n", "    {u} c = 0;\n    for ({u} i = 1; i <= n; i++) {{\n        {u} a = n, b = i;\n        while (b) {{\n"
     "            {u} t = a % b;\n            a = b;\n            b = t;\n        }}\n        c += a == 1;\n    }}\n    return c;",
     "how many of the numbers from 1 to n have no common divisor with n but 1 (Euler's totient)"),
)  # fmt: skip


@family("numbers-classic", 4)
def classic(random: Random) -> CFunction:
    """Number theory as textbooks have it."""
    shape, result, parameters, body, words = random.choice(CLASSICS)
    slots = {"u": random.choice(("unsigned int", "unsigned long")), "k": random.choice((2, 3, 5, 7, 10))}
    name = random.choice((shape, shape, "f", f"my_{shape}"))
    return define(
        name=name, result=result.format(**slots), parameters=parameters.format(**slots), body=body.format(**slots),
        request=request_to_return(random, name, words.format(**slots)), shape=f"classic/{shape}", tag="loop",
    )  # fmt: skip


@family("numbers-counting", 3)
def counting(random: Random) -> CFunction:
    """How many steps a process takes until a bound."""
    x, limit = random.choice((("n", "limit"), ("x", "bound"), ("a", "b")))
    factor = random.randrange(2, 6)
    plus = random.randrange(1, 30)
    kind = random.choice(("halve", "grow", "add"))
    body, words = {
        "halve": (f"    int c = 0;\n    while ({x} > {limit}) {{\n        {x} /= {factor};\n        c++;\n    }}\n    return c;",
                  f"how often {x} must be divided by {factor} (rounding down) until it is at most {limit}"),
        "grow": (f"    int c = 0;\n    while ({x} < {limit}) {{\n        {x} = {x} * {factor} + {plus};\n        c++;\n    }}\n"
                 f"    return c;", f"how many times {x} = {x}*{factor} + {plus} must be done until {x} is at least {limit}"),
        "add": (f"    int c = 0;\n    while ({x} < {limit}) {{\n        {x} += {plus};\n        c++;\n    }}\n    return c;",
                f"how often {plus} must be added to {x} until it is at least {limit}"),
    }[kind]  # fmt: skip
    name = random.choice(("steps", "count_steps", "rounds"))
    return define(
        name=name, result="int", parameters=f"unsigned int {x}, unsigned int {limit}".replace("unsigned int", "unsigned long")
        if kind == "grow" else f"unsigned int {x}, unsigned int {limit}", body=body,
        request=request_to_return(random, name, words), shape=f"counting/{kind}", tag="loop",
    )  # fmt: skip
