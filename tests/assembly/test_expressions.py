"""Expressions: the parser and evaluator against GNU as, and properties of 64-bit arithmetic."""

import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.assembly.expression_parser import MAXIMUM_DEPTH, ExpressionError, parse_expression, parse_number
from playground.assembly.expressions import MASK, Binary, Expression, Number, Unary, evaluate, signed

NUMBERS = st.integers(0, MASK)
OPERATORS = ("+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^", "!", "==", "<>", "<", ">", "<=", ">=", "&&", "||")


def no_symbols(name: str) -> int:
    raise AssertionError(f"there is no symbol in this expression, asked for {name}")


def value(text: str) -> int:
    return evaluate(parse_expression(text), no_symbols)


def spelled(tree: Expression) -> str:
    if isinstance(tree, Number):
        return str(tree.value)
    if isinstance(tree, Unary):
        return f"{tree.operator}({spelled(tree.operand)})"
    assert isinstance(tree, Binary)
    return f"({spelled(tree.left)}) {tree.operator} ({spelled(tree.right)})"


TREES = st.recursive(
    NUMBERS.map(Number),
    lambda inner: st.one_of(
        st.builds(Unary, st.sampled_from(("-", "~", "!", "+")), inner),
        st.builds(Binary, st.sampled_from(OPERATORS), inner, inner),
    ),
    max_leaves=8,
)


@given(TREES)
def test_a_spelled_tree_parses_to_its_own_value(tree: Expression) -> None:
    assert value(spelled(tree)) == evaluate(tree, no_symbols)


@given(TREES)
def test_values_are_signed_64_bit_numbers(tree: Expression) -> None:
    assert -(1 << 63) <= evaluate(tree, no_symbols) < 1 << 63


@given(st.integers(0, MASK))
def test_every_number_form_means_the_same(number: int) -> None:
    octal = f"0{number:o}" if number else "0"
    assert {
        parse_number(f"{number}"),
        parse_number(f"{number:#x}"),
        parse_number(f"{number:#b}"),
        parse_number(octal),
    } == {number}


@pytest.mark.parametrize("text", ["", "1 +", "(1", "1)", "* 2", "08", "1 2", "1 ++", "a b", "$", "1f2g", "'"])
def test_what_is_no_expression_is_said(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text)
    assert caught.value.message


def test_nesting_is_bounded() -> None:
    assert value("(" * (MAXIMUM_DEPTH - 1) + "7" + ")" * (MAXIMUM_DEPTH - 1)) == 7
    with pytest.raises(ExpressionError, match="nested deeper"):
        parse_expression("(" * 3000 + "7")


@pytest.mark.toolchain
def test_values_agree_with_gnu_as(require_tool: Callable[[str, str], str], tmp_path: Path) -> None:
    """Flat expressions without parentheses: precedence and arithmetic are GNU's."""
    assembler = require_tool("as", "binutils")
    random = Random(20)
    numbers = [0, 1, 2, 3, 5, 7, 63, 255, 4096, 0x7FFFFFFF, 1 << 40]
    texts = []
    for _ in range(600):
        text = str(random.choice(numbers))
        for _ in range(random.randrange(1, 6)):
            operator = random.choice(OPERATORS)
            sign = "" if operator == "!" else random.choice(["", "-", "~", "!"])  # GNU as reads `a ! !b` as `a | b`
            text += f" {operator} {sign}{random.choice(numbers)}"
        texts.append(text)
    source, output, raw = tmp_path / "e.s", tmp_path / "e.o", tmp_path / "e.bin"
    source.write_text("".join(f".quad {text}\n" for text in texts))
    subprocess.run([assembler, source, "-o", output], check=True, capture_output=True)
    subprocess.run([require_tool("objcopy", "binutils"), "-O", "binary", "-j", ".text", output, raw], check=True)
    theirs = struct.unpack(f"<{len(texts)}q", raw.read_bytes())
    assert [(text, value(text)) for text in texts] == list(zip(texts, theirs, strict=True))


@pytest.mark.parametrize(("number", "wrapped"), [(1 << 63, -(1 << 63)), (MASK, -1), (1 << 64, 0), (-1, -1)])
def test_wrapping(number: int, wrapped: int) -> None:
    assert signed(number) == wrapped
