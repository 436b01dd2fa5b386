"""Integer expressions with their English: small trees over parameters and constants."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """An expression as C and as words, with its shape (constants dropped) for the family's name."""

    c: str
    words: str
    shape: str
    atomic: bool = False
    """True when neither C nor words need parentheses inside a larger expression."""

    @property
    def c_operand(self) -> str:
        return self.c if self.atomic else f"({self.c})"

    @property
    def words_operand(self) -> str:
        return self.words if self.atomic else f"({self.words})"


def variable(name: str) -> Phrase:
    return Phrase(c=name, words=name, shape="v", atomic=True)


def constant(value: int) -> Phrase:
    return Phrase(c=str(value) if value >= 0 else f"({value})", words=str(value), shape="k", atomic=True)


BINARY = {
    "+": ("the sum of {a} and {b}", "{a} plus {b}", "{a} + {b}"),
    "-": ("the difference of {a} and {b}", "{a} minus {b}", "{a} - {b}"),
    "*": ("the product of {a} and {b}", "{a} times {b}", "{a} * {b}"),
    "&": ("the bitwise and of {a} and {b}", "{a} and {b} combined with a bitwise and", "{a} & {b}"),
    "|": ("the bitwise or of {a} and {b}", "{a} and {b} combined with a bitwise or", "{a} | {b}"),
    "^": ("the exclusive or of {a} and {b}", "{a} xor {b}", "{a} ^ {b}"),
}
"""Operator -> phrasings; the last one, as a formula, serves inside larger expressions."""

SMALL_CONSTANTS = (
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 24, 25, 31, 32, 50, 60, 63, 64, 99, 100, 127, 128, 255,
)  # fmt: skip
LARGE_CONSTANTS = (256, 300, 365, 500, 512, 1000, 1023, 1024, 3600, 4095, 4096, 10000, 65535, 65536, 100000, 1000000)


def some_constant(random: Random) -> int:
    """A constant as people write them: mostly small, sometimes a round or a binary one, sometimes any."""
    pool = random.choice((SMALL_CONSTANTS, SMALL_CONSTANTS, SMALL_CONSTANTS, LARGE_CONSTANTS, range(2, 1000)))
    return int(random.choice(pool))


def binary(random: Random, operator: str, left: Phrase, right: Phrase, *, formula: bool) -> Phrase:
    """An operator over two phrases; as words, or as a formula inside larger expressions."""
    pattern = BINARY[operator][-1] if formula else random.choice(BINARY[operator])
    words = pattern.format(a=left.words_operand, b=right.words_operand)
    return Phrase(
        c=f"{left.c_operand} {operator} {right.c_operand}",
        words=words,
        shape=f"({left.shape}{operator}{right.shape})",
    )


def shift(random: Random, operand: Phrase, *, signed: bool, bits: int) -> Phrase:
    """A shift by a constant, in range for the type."""
    amount = random.randrange(1, bits - 1)
    direction = random.choice(("left", "right"))
    operator = "<<" if direction == "left" else ">>"
    arithmetic = "arithmetically " if direction == "right" and signed and random.random() < 0.3 else ""
    return Phrase(
        c=f"{operand.c_operand} {operator} {amount}",
        words=f"{operand.words_operand} shifted {arithmetic}{direction} by {amount}",
        shape=f"({operand.shape}{operator}k)",
    )


def expression(random: Random, names: list[str], depth: int, *, signed: bool = True, bits: int = 32) -> Phrase:
    """A random expression over `names` of at most `depth` operators deep, without division (see quotients)."""
    if depth == 0:
        if random.random() < 0.72:
            return variable(random.choice(names))
        return constant(some_constant(random))
    left = expression(random, names, depth - 1, signed=signed, bits=bits)
    if random.random() < 0.15 and not left.c.lstrip("(-").isdigit():
        return shift(random, left, signed=signed, bits=bits)
    right = expression(random, names, random.randrange(depth), signed=signed, bits=bits)
    if left.shape == "k" and right.shape == "k":
        left = variable(random.choice(names))
    operator = random.choice("++--**&|^")
    if left.c == right.c and operator not in "+*":  # x - x, x & x: nobody asks for these
        right = constant(some_constant(random))
    return binary(random, operator, left, right, formula=depth > 1 or random.random() < 0.4)
