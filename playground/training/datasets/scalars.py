"""Families without arrays of numbers: expressions, counted loops, strings."""

import random
from collections.abc import Iterator
from itertools import product

from playground.training.datasets.functions import SIGNED_TYPES, Function

SCALARS = (
    ("add", "the sum of a and b", "a + b", 2),
    ("subtract", "a minus b", "a - b", 2),
    ("multiply", "the product of a and b", "a * b", 2),
    ("bit_and", "the bitwise and of a and b", "a & b", 2),
    ("bit_or", "the bitwise or of a and b", "a | b", 2),
    ("bit_xor", "the exclusive or of a and b", "a ^ b", 2),
    ("larger", "the larger of a and b", "a > b ? a : b", 2),
    ("smaller", "the smaller of a and b", "a < b ? a : b", 2),
    ("is_equal", "1 when a equals b, else 0", "a == b", 2),
    ("is_less", "1 when a is less than b, else 0", "a < b", 2),
    ("muladd", "a times b plus c", "a * b + c", 3),
    ("sum3", "the sum of a, b and c", "a + b + c", 3),
    ("negate", "the negative of a", "-a", 1),
    ("absolute", "the absolute value of a", "a < 0 ? -a : a", 1),
    ("square", "the square of a", "a * a", 1),
    ("cube", "the cube of a", "a * a * a", 1),
    ("is_even", "1 when a is even, else 0", "(a & 1) == 0", 1),
    ("is_odd", "1 when a is odd, else 0", "a & 1", 1),
    ("is_zero", "1 when a is zero, else 0", "a == 0", 1),
    ("is_negative", "1 when a is negative, else 0", "a < 0", 1),
)
"""Name, English, C, parameters."""


def scalar(chance: random.Random) -> Iterator[Function]:
    """One expression of numbers"""
    for (base, english, c, count), element in product(SCALARS, SIGNED_TYPES):
        name = chance.choice((base, f"{base}_numbers", f"compute_{base}", f"get_{base}"))
        parameters = ", ".join(f"{element} {letter}" for letter in "abc"[:count])
        yield Function(
            request=f"{chance.choice(('Return', 'Compute', 'Give'))} {english}.",
            prototype=f"{element} {name}({parameters})",
            body=f"return {c};",
            name=name,
        )


def scalar_constant(chance: random.Random) -> Iterator[Function]:
    """x op constant"""
    for element, _ in product(SIGNED_TYPES, range(15)):
        k = chance.randint(2, 99)
        base, english, c = chance.choice(
            (
                ("plus", "x plus {k}", "x + {k}"),
                ("minus", "x minus {k}", "x - {k}"),
                ("at_most", "1 when x is at most {k}, else 0", "x <= {k}"),
            )
        )
        yield Function(
            request=f"Return {english.format(k=k)}.",
            prototype=f"{element} {base}_{k}({element} x)",
            body=f"return {c.format(k=k)};",
            name=f"{base}_{k}",
        )


def counted_loop(chance: random.Random) -> Iterator[Function]:
    """A value built in a loop over 1 … n"""
    rows = (
        ("factorial", "the factorial of n", "{t} r = 1; for ({t} i = 2; i <= n; i++) r *= i; return r;"),
        (
            "triangle",
            "the sum of the squares of the numbers 1 to n",
            "{t} r = 0; for ({t} i = 1; i <= n; i++) r += i * i; return r;",
        ),
        (
            "fibonacci",
            "the n-th Fibonacci number (0, 1, 1, 2 ...)",
            "{t} a = 0, b = 1; while (n-- > 0) {{ {t} c = a + b; a = b; b = c; }} return a;",
        ),
        ("power", "x to the power n", "{t} r = 1; while (n-- > 0) r *= x; return r;"),
        ("gcd", "the greatest common divisor of x and n", "while (n) {{ {t} r = x % n; x = n; n = r; }} return x;"),
        ("count_bits", "how many bits of n are set", "{t} c = 0; while (n) {{ c += n & 1; n >>= 1; }} return c;"),
        ("digits", "how many decimal digits n has", "{t} c = 1; while (n >= 10) {{ n /= 10; c++; }} return c;"),
    )
    for (base, english, body), element in product(rows, ("unsigned int", "unsigned long")):
        for name in (base, f"get_{base}"):
            parameters = f"{element} x, {element} n" if "x" in english.split() else f"{element} n"
            yield Function(
                request=f"{chance.choice(('Return', 'Compute'))} {english}.",
                prototype=f"{element} {name}({parameters})",
                body=body.format(t=element),
                name=name,
            )


def text(chance: random.Random) -> Iterator[Function]:
    """NUL-terminated strings"""
    rows = (
        (
            "length",
            "int {f}(const char *s)",
            "Return the length of the string s.",
            "int n = 0; while (s[n]) n++; return n;",
        ),
        (
            "count_char",
            "int {f}(const char *s, char c)",
            "Count how often the character c stands in the string s.",
            "int n = 0; for (; *s; s++) if (*s == c) n++; return n;",
        ),
        (
            "replace",
            "void {f}(char *s, char from, char to)",
            "Replace every character from in the string s by to.",
            "for (; *s; s++) if (*s == from) *s = to;",
        ),
        (
            "copy",
            "void {f}(char *dst, const char *src)",
            "Copy the string src to dst with its end.",
            "while ((*dst++ = *src++));",
        ),
        (
            "index_of",
            "int {f}(const char *s, char c)",
            "Return the index of the first c in the string s, or -1.",
            "for (int i = 0; s[i]; i++) if (s[i] == c) return i; return -1;",
        ),
    )
    for (base, prototype, request, body), ending in product(rows, ("", "_string", "_text", "_of")):
        name = f"{base}{ending}"
        yield Function(request=request, prototype=prototype.format(f=name), body=body, name=name)
