"""Random structured code, in C and step by step in English: the material of unseen combinations.

A block is drawn like a sentence from a grammar: assignments, choices and bounded loops over a few variables. Every
loop ends, every index is in bounds, and shifts and divisors are constants, so each function has one right answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from playground.data.generate.expressions import expression
from playground.data.generate.predicates import predicate


@dataclass(frozen=True, kw_only=True)
class Step:
    """One statement."""

    c: tuple[str, ...]
    """Lines, indented relative to the statement."""
    words: str
    """An imperative without capital and full stop: ``add x to t``."""
    shape: str


@dataclass(kw_only=True)
class Scope:
    """What a statement may read and write."""

    random: Random
    readable: list[str]
    writable: list[str]
    signed: bool = True
    array: str = ""
    """An array of `length` elements; empty without one."""
    length: str = ""
    element_signed: bool = True
    may_store: bool = False
    indexes: list[str] = field(default_factory=list)
    """Loop variables in sight, innermost last: each is a valid index of `array` when `array_index` holds it."""
    array_index: str = ""
    """The loop variable that runs over `array`; empty outside such a loop."""

    def value(self, depth: int) -> tuple[str, str, str]:
        """(C, words, shape) of a random expression over what can be read."""
        names = list(self.readable)
        if self.array_index:
            names += [f"{self.array}[{self.array_index}]"] * 2
        phrase = expression(self.random, names, depth, signed=self.signed)  # shifts below 32: an index is an int
        return phrase.c, phrase.words, phrase.shape

    def condition(self) -> tuple[str, str, str]:
        """A comparison of something readable with a constant or a variable."""
        names = list(self.readable)
        subject = f"{self.array}[{self.array_index}]" if self.array_index and self.random.random() < 0.6 else ""
        subject = subject or self.random.choice(names)
        others = [name for name in names if name != subject]
        other = self.random.choice(others) if others and self.random.random() < 0.4 else None
        held = predicate(self.random, other, signed=self.signed and self.element_signed)
        return held.test(subject), held.about(subject), held.shape


def assignment(scope: Scope, depth: int) -> Step:
    """``t += e``, ``t = e`` or an element stored."""
    random = scope.random
    c, words, shape = scope.value(random.choice((0, 1, 1, 2)))
    if scope.may_store and scope.array_index and random.random() < 0.4:
        place = f"{scope.array}[{scope.array_index}]"
        return Step(c=(f"{place} = {c};",), words=f"set {place} to {words}", shape=f"s{shape}")
    target = random.choice(scope.writable)
    operator, phrase = random.choice(
        (
            ("+=", "add {e} to {t}"), ("+=", "add {e} to {t}"), ("-=", "subtract {e} from {t}"), ("=", "set {t} to {e}"),
            ("=", "set {t} to {e}"), ("^=", "xor {t} with {e}"), ("*=", "multiply {t} by {e}"), ("|=", "or {e} into {t}"),
        )
    )  # fmt: skip
    return Step(c=(f"{target} {operator} {c};",), words=phrase.format(e=words, t=target), shape=f"{operator}{shape}")


def choice(scope: Scope, depth: int) -> Step:
    """``if`` with or without ``else``."""
    test, words, shape = scope.condition()
    then = block(scope, depth - 1, 1 if scope.random.random() < 0.7 else 2)
    if scope.random.random() < 0.5:
        return Step(
            c=_headed(f"if ({test})", then), words=f"if {words}, {then.words}", shape=f"if({shape}){{{then.shape}}}"
        )
    otherwise = block(scope, depth - 1, 1)
    lines, rest = _headed(f"if ({test})", then), _headed("else", otherwise)
    return Step(
        c=(*lines[:-1], f"}} {rest[0]}", *rest[1:]) if lines[-1] == "}" else (*lines, *rest),
        words=f"if {words}, {then.words}, otherwise {otherwise.words}",
        shape=f"if({shape}){{{then.shape}}}{{{otherwise.shape}}}",
    )


def loop(scope: Scope, depth: int) -> Step:
    """A ``for`` over the array, up to a small constant, or down from it."""
    random = scope.random
    name = next(name for name in "ijkm" if name not in scope.indexes)
    over_array = bool(scope.array) and not scope.array_index and random.random() < 0.85
    inner = Scope(
        **{**vars(scope), "indexes": [*scope.indexes, name], "readable": [*scope.readable, name]},
    )
    if over_array:
        inner.array_index = name
        head, words, shape = random.choice(
            (
                (f"for (int {name} = 0; {name} < {scope.length}; {name}++)", f"for each {name} from 0 to {scope.length} - 1", "n"),
                (f"for (int {name} = 0; {name} < {scope.length}; {name}++)", f"for every index {name} of {scope.array}", "n"),
                (f"for (int {name} = {scope.length} - 1; {name} >= 0; {name}--)", f"for each {name} from {scope.length} - 1 down to 0", "-n"),
                (f"for (int {name} = 0; {name} < {scope.length}; {name} += 2)", f"for every even {name} below {scope.length}", "n2"),
            )
        )  # fmt: skip
    else:
        count = random.randrange(2, 17)
        head, words, shape = random.choice(
            (
                (f"for (int {name} = 0; {name} < {count}; {name}++)", f"for each {name} from 0 to {count - 1}", "k"),
                (f"for (int {name} = 1; {name} <= {count}; {name}++)", f"for each {name} from 1 to {count}", "k"),
                (f"for (int {name} = {count}; {name} > 0; {name}--)", f"for each {name} from {count} down to 1", "-k"),
            )
        )
    body = block(inner, depth - 1, random.choice((1, 1, 2)))
    return Step(c=_headed(head, body), words=f"{words}, {body.words}", shape=f"for{shape}{{{body.shape}}}")


def leave(scope: Scope, depth: int) -> Step:
    """``if (…) break;`` in a loop."""
    test, words, shape = scope.condition()
    return Step(c=(f"if ({test})", "    break;"), words=f"stop the loop if {words}", shape=f"break({shape})")


def block(scope: Scope, depth: int, count: int) -> Step:
    """`count` statements as one; loops and choices while `depth` allows."""
    random = scope.random
    steps: list[Step] = []
    for _ in range(count):
        kinds: list[Callable[[Scope, int], Step]] = [assignment, assignment]
        if depth > 0:
            kinds += [choice, choice, loop if len(scope.indexes) < 2 else choice]
        if scope.indexes and depth >= 0 and random.random() < 0.15:
            kinds.append(leave)
        steps.append(random.choice(kinds)(scope, depth))
    return Step(
        c=tuple(line for step in steps for line in step.c),
        words=" and ".join(step.words for step in steps),
        shape=";".join(step.shape for step in steps),
    )


def _headed(head: str, step: Step) -> tuple[str, ...]:
    """`head` with the statement indented under it; in braces unless it is one line, so that no ``else`` goes astray."""
    lines = tuple(f"    {line}" for line in step.c)
    return (head, *lines) if len(lines) == 1 else (f"{head} {{", *lines, "}")
