"""Random C statements over whatever a function may read and write: the grammar of `compositions`."""

from dataclasses import dataclass, field
from random import Random

from playground.data.generate.expressions import some_constant

TYPES = ("int", "int", "int", "int", "long", "long", "unsigned", "unsigned", "unsigned long", "short", "unsigned char",
         "signed char", "unsigned short")  # fmt: skip
DIVISORS = (2, 3, 4, 5, 7, 8, 9, 10, 12, 16, 60, 100)
OPERATIONS = (
    *("+", "-") * 4, *("*",) * 3, *("&", "|", "^", "/", "%", "cast", "?", "neg") * 2, "<<", ">>", "shift", "<", "~",
)  # fmt: skip


@dataclass(kw_only=True)
class Sentence:
    """What has been named so far, and the structure that was drawn."""

    random: Random
    values: list[str]
    """Expressions without side effects that may be read: names, ``a[i]``, ``s->x``."""
    places: list[str]
    """Names and elements that may be assigned."""
    drawn: list[str] = field(default_factory=list)
    """One letter or operator for each choice: the function's shape."""

    def pick(self, *options: str) -> str:
        chosen = self.random.choice(options)
        self.drawn.append(chosen[:2])
        return chosen

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def value(self, depth: int) -> str:
        """An integer expression, in parentheses where C needs them inside a larger one."""
        random = self.random
        if depth <= 0 or self.chance(0.15):
            return random.choice(self.values) if self.chance(0.8) else str(some_constant(random))
        kind = self.pick(*OPERATIONS)
        left = self.value(depth - 1)
        if left.isdigit():  # an operator over two constants is none
            left = random.choice(self.values)
        match kind:
            case "/" | "%":
                return f"({left} {kind} {random.choice((*DIVISORS, random.randrange(2, 500)))})"
            case "<<" | ">>":
                return f"({left} {kind} {random.randrange(1, 16)})"
            case "shift":
                return f"({left} {random.choice(('<<', '>>'))} ({random.choice(self.values)} & {random.choice((7, 15, 31))}))"
            case "cast":
                return f"({random.choice(TYPES)}){left}"
            case "?":
                return f"({self.test(1)} ? {left} : {self.value(depth - 1)})"
            case "<":
                return f"({self.comparison()})"
            case "neg":
                return f"-{left}" if not left.startswith("-") else left
            case "~":
                return f"~{left}"
        right = self.value(random.randrange(depth))
        if left == right and kind in "-&|^":
            right = str(some_constant(random))
        return f"({left} {kind} {right})"

    def bare(self, depth: int) -> str:
        """A value without the outermost parentheses."""
        value = self.value(depth)
        return value[1:-1] if value.startswith("(") and _closes_at_the_end(value) else value

    def comparison(self) -> str:
        random = self.random
        left = random.choice(self.values) if self.chance(0.7) else self.value(1)
        others = [name for name in self.values if name != left]
        right = (
            random.choice(others)
            if others and self.chance(0.45)
            else str(random.choice((0, 0, 1, some_constant(random))))
        )
        return f"{left} {self.pick('<', '>', '<=', '>=', '==', '!=')} {right}"

    def test(self, depth: int) -> str:
        """A condition; two joined while `depth` allows."""
        random = self.random
        kind = random.random()
        if depth > 0 and kind < 0.35:
            return f"{self.test(0)} {self.pick('&&', '||')} {self.test(0)}"
        if kind < 0.45:
            return f"{random.choice(self.values)} % {random.randrange(2, 12)} {self.pick('==', '!=')} 0"
        if kind < 0.52:
            return f"({random.choice(self.values)} & {1 << random.randrange(8)}) {self.pick('==', '!=')} 0"
        if kind < 0.58:
            return f"!{random.choice(self.values)}"
        return self.comparison()

    def assignment(self) -> str:
        random = self.random
        place = random.choice(self.places)
        kind = self.pick("=", "=", "=", "+=", "+=", "-=", "*=", "^=", "|=", "&=", "++", "--", ">>=", "<<=")
        match kind:
            case "++" | "--":
                return f"(*{place[1:]}){kind};" if place.startswith("*") else f"{place}{kind};"
            case ">>=" | "<<=":
                return f"{place} {kind} {random.randrange(1, 8)};"
            case _:
                value = self.bare(random.choice((0, 1, 1, 2)))
                return f"{place} {kind} {value};" if value != place else f"{place} += {self.random.randrange(1, 9)};"

    def statement(self, depth: int, result: str) -> list[str]:
        """Lines of one statement; `result` is what an early return gives, empty in a void function."""
        kind = self.pick("set", "set", "if", "if", "else", "return", "switch") if depth > 0 else "set"
        match kind:
            case "if":
                return headed(f"if ({self.test(1)})", self.block(depth - 1, result))
            case "else":
                return _either(
                    headed(f"if ({self.test(1)})", self.block(depth - 1, result)),
                    headed("else", self.block(depth - 1, result)),
                )
            case "return":
                given = f" {self.bare(1)}" if result else ""
                return [f"if ({self.test(1)})", f"    return{given};"]
            case "switch":
                return self.switch(result)
        return [self.assignment()]

    def block(self, depth: int, result: str) -> list[str]:
        return [line for _ in range(self.random.choice((1, 1, 2))) for line in self.statement(depth, result)]

    def switch(self, result: str) -> list[str]:
        """Two to four cases in order, each of which leaves."""
        random = self.random
        labels = sorted(random.sample(range(12), random.randrange(2, 5)))
        lines = [f"switch ({random.choice(self.values)}) {{"]
        for label in labels:
            if result and self.chance(0.5):
                lines += [f"case {label}:", f"    return {self.bare(1)};"]
            else:
                lines += [f"case {label}:", f"    {self.assignment()}", "    break;"]
        if self.chance(0.6):
            lines += ["default:", f"    {self.assignment()}", "    break;"]
        return [*lines, "}"]


def headed(head: str, lines: list[str]) -> list[str]:
    """`head` with `lines` under it; in braces unless it is one line."""
    inner = [f"    {line}" for line in lines]
    return [head, *inner] if len(lines) == 1 else [f"{head} {{", *inner, "}"]


def _either(then: list[str], otherwise: list[str]) -> list[str]:
    """A branch without braces keeps its own line, so that no ``else`` goes astray."""
    if then[-1] == "}":
        return [*then[:-1], f"}} {otherwise[0]}", *otherwise[1:]]
    return [*then, *otherwise]


def _closes_at_the_end(value: str) -> bool:
    depth = 0
    for place, letter in enumerate(value):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return place == len(value) - 1
    return False
