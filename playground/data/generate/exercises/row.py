"""Small exercises from tables: what a row holds, and how a function is made of it.

A row is (names, result and parameters, body on one line, wordings, slots). A slot's key is one name or several with
spaces between; its choices are values, or tuples with a value for each name. Every row also has the slots of
`_common`. ``IS(x)`` and ``NOT(x)`` stand for the test of a class of characters.
"""

import re
from collections.abc import Mapping
from random import Random
from string import Template

from playground.data.function import CFunction
from playground.data.generate.everyday.by_text_row import LETTERS, ORDERS, character_class, tested, with_headers
from playground.data.generate.family import ARRAY_TYPES
from playground.data.generate.layout import laid_out
from playground.data.generate.whole_programs.form import LABELS, WORDS, phrase

Choices = Mapping[str, tuple[object, ...]]
Row = tuple[str, str, str, tuple[str, ...], Choices]
Helpers = tuple[tuple[str, str], ...]
"""(prototype, body on one line) of the functions that stand before the row's own."""

NESTED = re.compile(r"\) (?:if|for|while) \(")
LOOP_BOUND = re.compile(r"\b(?:int|long) [nkwm]\b")


def drawn_slots(random: Random, choices: Choices) -> dict[str, str]:
    """A value for each slot of a row, and for those that all rows have."""
    slots = _common(random)
    for names, values in choices.items():
        value = random.choice(values)
        parts = value if isinstance(value, tuple) else (value,)
        slots.update(
            {name: Template(str(part)).safe_substitute(slots) for name, part in zip(names.split(), parts, strict=True)}
        )
    return slots


def _common(random: Random) -> dict[str, str]:
    single, one, many, test, _ = character_class(random)
    q, r = random.sample(LETTERS, 2)
    real = random.choice(("double", "double", "float"))
    w1, w2, w3 = random.sample(WORDS, 3)
    return {
        "single": single, "one": one, "many": many, "test": test, "q": q, "r": r, "e": random.choice(ARRAY_TYPES),
        "i": random.choice(("int", "int", "long", "short")), "t": real, "f": "f" if real == "float" else "",
        "n": random.choice(("n", "n", "len", "size", "count")), "v": random.choice(("v", "data", "values", "arr", "xs")),
        "w1": w1, "w2": w2, "w3": w3, "phrase": phrase(random), "label": random.choice(LABELS), "mark": random.choice("#@+o=xX*."),
        "p": random.choice(("p", "q", "it", "self")),
    }  # fmt: skip


def written_out(random: Random, body: str, slots: Mapping[str, str]) -> str:
    """A row's body as indented lines, its slots filled in."""
    broken = NESTED.search(body) is not None or random.random() < 0.6
    text = tested(laid_out(body, broken=broken), slots["test"])
    return Template(text).substitute(slots)


def helpers_text(random: Random, helpers: Helpers, slots: Mapping[str, str]) -> str:
    """Static functions, now and then kept out of line so that their calls stand in the assembly."""
    prefix = random.choice(("static ", "static ", "__attribute__((noinline)) static "))
    return "".join(
        f"{prefix}{Template(head).substitute(slots)} {{\n{written_out(random, body, slots)}\n}}\n\n"
        for head, body in helpers
    )


def exercise(
    random: Random, row: Row, *, kind: str, tag: str, definition: str = "", helpers: Helpers = ()
) -> CFunction:
    """One function of a row; `definition` is that of its structure, which belongs to the prototype."""
    names, head, body, wordings, choices = row
    slots = drawn_slots(random, choices)
    name = random.choice(names.split())
    slots["self"] = name
    result, parameters = (part.strip() for part in Template(head).substitute(slots).split("|"))
    own = f"{result}{'' if result.endswith('*') else ' '}{name}({parameters})"
    structure = Template(definition).substitute(slots)
    text = f"{own} {{\n{written_out(random, body, slots)}\n}}\n"
    source = with_headers(structure + helpers_text(random, helpers, slots) + text)
    asked = Template(random.choice(wordings)).substitute(slots)
    counted = LOOP_BOUND.search(parameters) or "unsigned int n" in parameters
    return CFunction(
        name=name, prototype=structure + own, source=source, request=random.choice(ORDERS).format(w=asked, f=name),
        family=f"{kind}/{names.split()[0]}", tags=(tag, "loop") if counted else (tag,),
    )  # fmt: skip
