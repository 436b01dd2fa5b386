"""Predicates on one integer, and small functions of one integer, each in C and in English."""

from dataclasses import dataclass
from random import Random

from playground.data.generate.expressions import some_constant


@dataclass(frozen=True, kw_only=True)
class Predicate:
    """``{x}`` stands for the tested value in every field."""

    c: str
    clause: str
    """After a noun: ``elements that are even``."""
    shape: str
    """Its name in the family: without constants."""

    def test(self, value: str) -> str:
        return self.c.replace("{x}", value)

    def about(self, subject: str) -> str:
        """The clause as a statement about one value: ``x is even``, ``x has bit 3 set``."""
        text = self.clause
        for plural, singular in SINGULAR:
            text = text.replace(plural, singular)
        return f"{subject} {text if text.split()[0] in ('is', 'leaves', 'lies', 'has') else f'is {text}'}"


SINGULAR = (
    ("that are", "is"), ("that leave", "leaves"), ("that lie", "lies"), ("whose bit", "has bit"), (" is set", " set"),
    (" is clear", " clear"), ("multiples", "a multiple"), ("powers", "a power"),
)  # fmt: skip


def _comparison(random: Random, other: str | None) -> Predicate:
    operator, words = random.choice(
        (
            (">", ("greater than", "larger than", "above")),
            ("<", ("less than", "smaller than", "below")),
            (">=", ("at least", "greater than or equal to")),
            ("<=", ("at most", "less than or equal to")),
            ("==", ("equal to",)),
            ("!=", ("not equal to", "different from")),
        )
    )
    bound = other or str(some_constant(random))
    shape = f"{operator}{'p' if other else 'k'}"
    return Predicate(c=f"{{x}} {operator} {bound}", clause=f"that are {random.choice(words)} {bound}", shape=shape)


def _multiple(random: Random, other: str | None) -> Predicate:
    divisor = random.randrange(3, 20)
    if random.random() < 0.3:
        return Predicate(
            c=f"{{x}} % {divisor} != 0", clause=f"that are not divisible by {divisor}", shape="not-multiple"
        )
    clause = random.choice((f"that are divisible by {divisor}", f"that are multiples of {divisor}"))
    return Predicate(c=f"{{x}} % {divisor} == 0", clause=clause, shape="multiple")


def _parity(random: Random, other: str | None) -> Predicate:
    if random.random() < 0.5:
        c = random.choice(("{x} % 2 == 0", "({x} & 1) == 0"))
        return Predicate(c=c, clause="that are even", shape="even")
    return Predicate(c=random.choice(("{x} % 2 != 0", "({x} & 1)")), clause="that are odd", shape="odd")


def _sign(random: Random, other: str | None) -> Predicate:
    c, clause, shape = random.choice(
        (
            ("{x} > 0", "that are positive", "positive"),
            ("{x} < 0", "that are negative", "negative"),
            ("{x} == 0", "that are zero", "zero"),
            ("{x} != 0", "that are not zero", "nonzero"),
            ("{x} >= 0", "that are not negative", "nonnegative"),
        )
    )
    return Predicate(c=c, clause=clause, shape=shape)


def _range(random: Random, other: str | None) -> Predicate:
    low = random.randrange(-20, 100)
    high = low + random.randrange(2, 200)
    if random.random() < 0.3:
        return Predicate(
            c=f"{{x}} < {low} || {{x}} > {high}", clause=f"that lie outside {low} to {high}", shape="outside"
        )
    return Predicate(
        c=f"{{x}} >= {low} && {{x}} <= {high}",
        clause=random.choice((f"between {low} and {high} inclusive", f"in the range {low} to {high}")),
        shape="inside",
    )


def _bit(random: Random, other: str | None) -> Predicate:
    bit = random.randrange(0, 7)
    if random.random() < 0.4:
        return Predicate(c=f"!({{x}} >> {bit} & 1)", clause=f"whose bit {bit} is clear", shape="bit-clear")
    return Predicate(c=f"{{x}} >> {bit} & 1", clause=f"whose bit {bit} is set", shape="bit-set")


def _power_of_two(random: Random, other: str | None) -> Predicate:
    return Predicate(c="{x} > 0 && ({x} & ({x} - 1)) == 0", clause="that are powers of two", shape="power-of-two")


def _remainder(random: Random, other: str | None) -> Predicate:
    divisor = random.randrange(3, 11)
    rest = random.randrange(1, divisor)
    return Predicate(
        c=f"{{x}} % {divisor} == {rest}", clause=f"that leave {rest} when divided by {divisor}", shape="remainder"
    )


_MAKERS = (
    (_comparison, 5), (_multiple, 2), (_parity, 3), (_sign, 4), (_range, 2), (_bit, 1), (_power_of_two, 0.3),
    (_remainder, 1),
)  # fmt: skip


def predicate(random: Random, other: str | None = None, *, signed: bool = True) -> Predicate:
    """A random predicate; `other` names a parameter to compare with instead of a constant."""
    if other is not None:
        return _comparison(random, other)
    while True:
        makers, weights = zip(*_MAKERS, strict=True)
        made = random.choices(makers, weights)[0](random, None)
        if signed or made.shape not in ("negative", "nonnegative", "positive", "outside"):
            return made


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """A function of one value: ``{x}`` in C, and words for what is taken of it."""

    c: str
    words: str
    """``the square of {x}``"""
    shape: str

    def apply(self, value: str) -> str:
        return self.c.replace("{x}", value)

    def of(self, value: str) -> str:
        return self.words.replace("{x}", value)


def mapping(random: Random, other: str | None = None, *, signed: bool = True) -> Mapping:
    """A random mapping; `other` names a parameter to use instead of a constant."""
    k = other or str(some_constant(random))
    key = "p" if other else "k"
    modulus = random.randrange(3, 100)
    amount = random.randrange(1, 8)
    choices = [
        Mapping(c=f"{{x}} + {k}", words=f"{{x}} plus {k}", shape=f"+{key}"),
        Mapping(c=f"{{x}} - {k}", words=f"{{x}} minus {k}", shape=f"-{key}"),
        Mapping(c=f"{{x}} * {k}", words=f"{{x}} times {k}", shape=f"*{key}"),
        Mapping(c="{x} * {x}", words="the square of {x}", shape="square"),
        Mapping(c=f"{{x}} ^ {k}", words=f"{{x}} xor {k}", shape=f"^{key}"),
        Mapping(c=f"{{x}} & {k}", words=f"{{x}} and {k} (bitwise)", shape=f"&{key}"),
        Mapping(c=f"{{x}} | {k}", words=f"{{x}} or {k} (bitwise)", shape=f"|{key}"),
        Mapping(c=f"{{x}} << {amount}", words=f"{{x}} shifted left by {amount}", shape="<<k"),
        Mapping(c=f"{{x}} >> {amount}", words=f"{{x}} shifted right by {amount}", shape=">>k"),
        Mapping(c="2 * {x}", words="twice {x}", shape="double"),
        Mapping(c=f"{{x}} % {modulus}", words=f"the remainder of {{x}} divided by {modulus}", shape="%k"),
        Mapping(c=f"{{x}} / {modulus}", words=f"{{x}} divided by {modulus}", shape="/k"),
        Mapping(c=f"{k} - {{x}}", words=f"{k} minus {{x}}", shape=f"{key}-"),
        Mapping(c="~{x}", words="the bitwise complement of {x}", shape="not"),
        Mapping(c="{x} * {x} * {x}", words="the cube of {x}", shape="cube"),
        Mapping(c=f"3 * {{x}} + {k}", words=f"three times {{x}} plus {k}", shape=f"3x+{key}"),
    ]
    if signed:
        choices += [
            Mapping(c="-{x}", words="the negation of {x}", shape="negate"),
            Mapping(c="({x} < 0 ? -{x} : {x})", words="the absolute value of {x}", shape="abs"),
        ]
    return random.choice(choices)
