"""Formulas and conditions, as C and in the ways people write them down."""

import re
from dataclasses import dataclass
from random import Random

PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2}
STYLES = ("code", "code", "maths", "words", "words")


@dataclass(frozen=True, kw_only=True)
class Formula:
    """A name, a number, or an operator over two formulas."""

    text: str = ""
    operator: str = ""
    sides: tuple["Formula", ...] = ()

    @property
    def is_number(self) -> bool:
        return self.text.replace(".", "").isdigit()

    @property
    def is_square(self) -> bool:
        return self.operator == "*" and bool(self.sides[0].text) and self.sides[0] == self.sides[1]

    def _side(self, index: int, written: str) -> str:
        inner, mine = PRECEDENCE.get(self.sides[index].operator, 3), PRECEDENCE[self.operator]
        regroups = index == 1 and (self.operator != "+" or self.sides[1].operator != "*")
        return f"({written})" if inner < mine or (inner == mine and (regroups or self.operator in "/%")) else written

    def c(self) -> str:
        """With the parentheses that C needs and no others."""
        if self.text:
            return self.text
        left, right = (self._side(index, side.c()) for index, side in enumerate(self.sides))
        return f"{left} {self.operator} {right}"

    def maths(self) -> str:
        """``3x^2 - 2x``, as on paper."""
        if self.text:
            return self.text
        if self.is_square:
            return f"{self.sides[0].text}^2"
        left, right = (self._side(index, side.maths()) for index, side in enumerate(self.sides))
        if self.operator == "*" and self.sides[0].is_number and not right[0].isdigit():
            return f"{left}{right}"
        return f"{left} {'mod' if self.operator == '%' else self.operator} {right}"

    def words(self, random: Random) -> str:
        """``three times x plus y``; an operator inside another one stays a formula, since words have no parentheses."""
        if self.text:
            return self.text
        if self.is_square:
            return random.choice(("the square of {}", "{} squared", "{} times itself")).format(self.sides[0].text)
        left, right = (side.text or f"({side.c()})" if side.operator in ("+", "-", "%") else side.words(random)
                       for side in self.sides)  # fmt: skip
        if self.operator == "*" and left == "2":
            return random.choice((f"twice {right}", f"2 times {right}", f"the double of {right}"))
        if self.operator == "/" and right == "2":
            return random.choice((f"half of {left}", f"{left} divided by 2"))
        return random.choice(SPOKEN[self.operator]).format(left, right)

    def told(self, random: Random, style: str = "") -> str:
        """In one of the styles."""
        match style or random.choice(STYLES):
            case "code":
                return self.c()
            case "maths":
                return self.maths()
        return self.words(random)


SPOKEN = {
    "+": ("{} plus {}", "the sum of {} and {}", "{} and {} added"),
    "-": ("{} minus {}", "the difference {} - {}", "{} less {}"),
    "*": ("{} times {}", "the product of {} and {}", "{} multiplied by {}"),
    "/": ("{} divided by {}", "the quotient of {} and {}", "{} over {}"),
    "%": ("the remainder of {} divided by {}", "{} modulo {}", "what is left of {} after division by {}"),
}  # fmt: skip


def placed(c: str, **places: str) -> str:
    """`c` with names replaced by what stands for them there: ``e`` by ``a[i]``."""
    return re.sub(r"\b[A-Za-z_]\w*", lambda found: places.get(found[0], found[0]), c)


def name(text: str) -> Formula:
    return Formula(text=text)


def number(value: float) -> Formula:
    return Formula(text=str(value))


def combined(operator: str, left: Formula, right: Formula) -> Formula:
    return Formula(operator=operator, sides=(left, right))


def some_number(random: Random) -> int:
    """Small ones mostly, since people's rules have such."""
    return random.choice((random.randrange(2, 11), random.randrange(2, 11), random.randrange(2, 100), random.randrange(100, 2000)))  # fmt: skip


def some_real(random: Random) -> Formula:
    return number(
        random.choice((0.5, 1.5, 2.0, 0.25, 3.0, round(random.uniform(0.01, 12), 2), round(random.uniform(1, 90), 1)))
    )


def formula(random: Random, names: list[str], operators: int, *, real: bool = False) -> Formula:
    """Of so many operators over `names`, each used where there is room; divisors are numbers other than zero."""
    leaves = [name(text) for text in random.sample(names, min(len(names), operators + 1))]
    while len(leaves) < operators + 1:
        other = some_real(random) if real else number(some_number(random))
        leaves.append(name(random.choice(names)) if random.random() < 0.3 else other)
    random.shuffle(leaves)
    while len(leaves) > 1:
        at = random.randrange(len(leaves) - 1)
        left, right = leaves[at : at + 2]
        leaves[at : at + 2] = [_joined(random, left, right, real=real)]
    return leaves[0]


def _joined(random: Random, left: Formula, right: Formula, *, real: bool) -> Formula:
    if left.is_number and right.is_number:
        return left
    operator = random.choice("++--**")
    if right.is_number and random.random() < 0.25:
        operator = random.choice("/" if real else "//%")
    if left == right and operator != "*":
        operator = "*" if operator in "+-" else operator
    if operator in "*+" and right.is_number and random.random() < (0.7 if operator == "*" else 0.2):
        left, right = right, left
    return combined(operator, left, right)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A test as C and as what is said of its subject (``is above 3``)."""

    c: str
    words: str
    is_both: bool = False

    def inside(self) -> str:
        """For use beside another test in C."""
        return f"({self.c})" if self.is_both else self.c


COMPARED = (
    (">", "is above {}", "is larger than {}", "is greater than {}", "exceeds {}", "is more than {}"),
    ("<", "is below {}", "is smaller than {}", "is less than {}", "lies under {}"),
    (">=", "is at least {}", "is {} or more", "is not below {}"),
    ("<=", "is at most {}", "is {} or less", "is not above {}"),
    ("==", "is {}", "equals {}", "is equal to {}"), ("!=", "is not {}", "differs from {}", "is different from {}"),
)  # fmt: skip


def compared(random: Random, left: str, right: str) -> Condition:
    operator, *said = random.choice(COMPARED)
    words = f"{left} {random.choice(said).format(right)}"
    return Condition(c=f"{left} {operator} {right}", words=words)


def divides(random: Random, subject: str, divisor: int) -> Condition:
    """Whether a whole number divides the subject, or does not."""
    if random.random() < 0.3:
        said = random.choice(("is not divisible by {}", "is no multiple of {}", "cannot be divided by {}"))
        return Condition(c=f"{subject} % {divisor} != 0", words=f"{subject} {said.format(divisor)}")
    if divisor == 2:
        rest, said = random.choice(((0, "is even"), (1, "is odd")))
        return Condition(c=f"{subject} % 2 {'==' if not rest else '!='} 0", words=f"{subject} {said}")
    said = random.choice(
        ("is divisible by {}", "is a multiple of {}", "can be divided by {}", "is a whole number of {}s")
    )
    return Condition(c=f"{subject} % {divisor} == 0", words=f"{subject} {said.format(divisor)}")


def between(random: Random, subject: str) -> Condition:
    """Whether the subject lies in a range, bounds included, or outside it."""
    low = random.randrange(-50, 100)
    high = low + random.randrange(2, 200)
    if random.random() < 0.3:
        said = random.choice(
            ("is outside {} to {}", "does not lie between {} and {}", "is not in the range from {} to {}")
        )
        return Condition(
            c=f"{subject} < {low} || {subject} > {high}", words=f"{subject} {said.format(low, high)}", is_both=True
        )
    said = random.choice(
        (
            "lies between {} and {}",
            "is between {} and {}, both included",
            "is in the range from {} to {}",
            "is from {} to {}",
        )
    )
    return Condition(
        c=f"{subject} >= {low} && {subject} <= {high}", words=f"{subject} {said.format(low, high)}", is_both=True
    )


def condition(random: Random, subjects: list[str], *, whole: bool = True) -> Condition:
    """One test; `whole`: its subjects are whole numbers that can be divided."""
    subject = random.choice(subjects)
    others = [text for text in subjects if text != subject]
    draw = random.random()
    if others and draw < 0.35:
        return compared(random, subject, random.choice(others))
    if whole and draw < 0.6:
        return divides(random, subject, random.choice((2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 100)))
    if whole and draw < 0.7:
        return between(random, subject)
    return compared(random, subject, str(random.choice((0, 0, 1, some_number(random)))) + ("" if whole else ".0"))


def conditions(random: Random, subjects: list[str], *, whole: bool = True) -> Condition:
    """One to three tests joined by and, or, but not."""
    first = condition(random, subjects, whole=whole)
    draw = random.random()
    if draw < 0.35:
        return first
    second = condition(random, subjects, whole=whole)
    if draw < 0.65:
        said = random.choice(("{} and {}", "{} and also {}", "both {} and {}"))
        both = Condition(
            c=f"{first.inside()} && {second.inside()}", words=said.format(first.words, second.words), is_both=True
        )
        if draw < 0.58:
            return both
        third = condition(random, subjects, whole=whole)
        return Condition(c=f"({both.c}) || {third.inside()}", words=f"{both.words}, or if {third.words}", is_both=True)
    if draw < 0.85:
        said = random.choice(("{} or {}", "{} or else {}", "{}, or if {}", "at least one holds: {} or {}"))
        return Condition(
            c=f"{first.inside()} || {second.inside()}", words=said.format(first.words, second.words), is_both=True
        )
    return Condition(
        c=f"{first.inside()} && !({second.c})", words=f"{first.words}, but not when {second.words}", is_both=True
    )
