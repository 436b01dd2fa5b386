"""Told rules: a formula as C, as on paper and as a tree is the same formula."""

import operator
import re
from random import Random

import pytest

from playground.data.generate import generate
from playground.data.generate.family import FAMILIES
from playground.data.generate.told.terms import Condition, Formula, conditions, divides, formula
from playground.data.units import defined_names

TOLD = [name for name, one in FAMILIES.items() if ".told." in one.draw.__module__]
OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.floordiv, "%": operator.mod}
NUMBERS = {"a": 17, "b": 5, "c": 3}


def by_the_tree(tree: Formula) -> int:
    if tree.text:
        return NUMBERS.get(tree.text) or int(tree.text)
    left, right = map(by_the_tree, tree.sides)
    return OPERATORS[tree.operator](left, right)


@pytest.mark.parametrize("seed", range(300))
def test_c_and_paper_say_what_the_tree_says(seed: int) -> None:
    random = Random(seed)
    tree = formula(random, list(NUMBERS), 1 + seed % 5)
    wanted = by_the_tree(tree)
    assert eval(tree.c().replace("/", "//"), {}, NUMBERS) == wanted, tree.c()
    paper = re.sub(r"(\d)([a-z(])", r"\1*\2", tree.maths()).replace("mod", "%").replace("/", "//").replace("^", "**")
    assert eval(paper, {}, NUMBERS) == wanted, tree.maths()


def test_words_name_every_part() -> None:
    for seed in range(200):
        random = Random(seed)
        tree = formula(random, list(NUMBERS), 1 + seed % 3)
        said = tree.words(random)
        for part in re.findall(r"[abc]\b|\d+", tree.c()):
            assert part in said or (part == "2" and re.search("twice|double|half|square|itself", said)), (
                tree.c(),
                said,
            )


def test_a_divisor_is_said_with_its_number() -> None:
    for seed in range(60):
        said: Condition = divides(Random(seed), "n", 2 + seed % 9)
        assert str(2 + seed % 9) in said.words or said.words in ("n is even", "n is odd", "n is no multiple of 2"), said


def test_joined_tests_hold_where_their_words_say() -> None:
    """``but not when`` denies the second test, ``and`` binds closer than ``or``."""
    for seed in range(200):
        held = conditions(Random(seed), ["x", "y"])
        assert ("but not" in held.words) == ("!(" in held.c), held
        assert (" || " in held.c) or " or else " not in held.words, held
        assert held.c.count("(") == held.c.count(")"), held


def test_a_rule_is_told_whole() -> None:
    """Whoever reads the request and the prototype can write the function: its numbers are all said."""
    checked = 0
    for function in generate(
        400, seed=11, families=[name for name in TOLD if name not in ("told-ladder", "told-growth")]
    ):
        body = function.source[function.source.rindex(defined_names(function.source)[-1]) :]
        for number in re.findall(r"(?<![\w.])[1-9]\d{2,}(?![\w.])", body):
            if not int(number) & (int(number) + 1):  # a mask, which the request gives as a number of bits
                continue
            checked += 1
            assert number in function.request, (number, function)
    assert checked > 50
