"""What an answer may carry beside the assembly: the C in front of it, comments behind its lines, a gap to be filled."""

import json
from dataclasses import dataclass
from random import Random

from playground.data.explain import commented
from playground.data.function import CFunction
from playground.data.recipe import DataRecipe
from playground.data.verify import Pair
from playground.models.prompts import Style


@dataclass(frozen=True, kw_only=True)
class FimExample:
    """A piece cut out of an answer, at line ends."""

    prefix: str
    middle: str
    suffix: str
    arch: str
    family: str

    def to_json(self) -> str:
        return json.dumps(self.__dict__, ensure_ascii=False)


def answer_of(pair: Pair, recipe: DataRecipe, random: Random, style: Style) -> str:
    """The assembly, with what the recipe's shares add to it; the C never where the question shows it."""
    answer = pair.assembly.rstrip("\n")
    c_first = random.random() < recipe.c_first_share and style == "describe"
    comments = random.random() < recipe.comments_share
    if comments and not pair.function.is_program:
        answer = commented(pair.assembly, pair.arch, pair.syntax, pair.function.prototype).rstrip("\n")
    return f"{c_block(pair.function)}\n\n{answer}" if c_first else answer


def c_block(function: CFunction) -> str:
    """The C, fenced so that no reader takes it for assembly."""
    return f"```c\n{function.source.strip()}\n```"


def fim_of(pair: Pair, random: Random) -> FimExample | None:
    """One to half of the lines behind the label cut out; None where there are too few of them."""
    lines = pair.assembly.splitlines(keepends=True)
    if len(lines) < 4:
        return None
    first = random.randrange(1, len(lines) - 1)
    after = first + random.randint(1, max(1, min(len(lines) // 2, len(lines) - first)))
    prefix, middle, suffix = ("".join(part) for part in (lines[:first], lines[first:after], lines[after:]))
    return FimExample(prefix=prefix, middle=middle, suffix=suffix, arch=pair.arch, family=pair.function.family)
