"""AT&T operands (GNU as info, "i386-Dependent", "AT&T Syntax versus Intel Syntax") into the operand model."""

import re

from playground.assembly.expression_parser import ExpressionError
from playground.assembly.expression_parser import parse_expression as parse_gas_expression
from playground.assembly.expressions import Expression, Number
from playground.assembly.x86.operands import (
    Immediate,
    Instruction,
    Memory,
    Operand,
    Problem,
    RegisterOperand,
    SyntaxProblem,
    Target,
)
from playground.assembly.x86.registers import REGISTERS, SPELLINGS, Register

_REGISTER = re.compile(r"%\s*([a-zA-Z][a-zA-Z0-9]*(?:\s*\(\s*[0-7]\s*\))?)((?:\s*\{[^{}]*\})*)\s*$")
_PLAIN_REGISTER = {f"%{name}": RegisterOperand(register) for name, register in REGISTERS.items()}
_SEGMENT = re.compile(r"%\s*([c-g]s|ss)\s*:\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"\(\s*(?:%\s*(\w+))?\s*(?:,\s*(?:%\s*(\w+))?\s*(?:,\s*([^(),]*))?)?\)$")
_DECORATION = re.compile(r"\s*((?:\{[^{}]*\}\s*)+)$")
_BARE_REGISTER = re.compile(r"[a-zA-Z]\w*(?:\([0-7]\))?$")
_SAME_ORDER = frozenset({"enter", "enterq", "enterw"})
"""Mnemonics whose operands, all immediates, AT&T writes in the manual's order."""


def split_operands(text: str) -> list[tuple[str, int]]:
    """The operands with their offsets: `text` cut at the commas outside parentheses, braces, brackets and quotes."""
    if "," not in text:
        return [_trimmed(text, 0)] if text.strip() else []
    pieces, depth, start, quoted = [], 0, 0, ""
    for position, character in enumerate(text):
        if quoted:
            quoted = "" if character == quoted else quoted
        elif character == '"':
            quoted = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "," and depth == 0:
            pieces.append(_trimmed(text[start:position], start))
            start = position + 1
    pieces.append(_trimmed(text[start:], start))
    return pieces


def _trimmed(text: str, offset: int) -> tuple[str, int]:
    return text.strip(), offset + len(text) - len(text.lstrip())


def parse_att(mnemonic: str, text: str, prefixes: tuple[str, ...], is_branch: bool) -> Instruction:
    """The instruction `mnemonic` with the AT&T operands `text`, in the manual's order.

    Raises:
        SyntaxProblem: an operand does not parse.
    """
    operands, indirect = [], False
    for piece, offset in split_operands(text):
        if piece[:1] == "*":
            indirect = True
            piece, offset = piece[1:].lstrip(), offset + 1
        try:
            operands.append(parse_operand(piece, is_branch and not indirect))
        except SyntaxProblem as error:
            raise SyntaxProblem(_moved(error.problem, offset)) from None
    if mnemonic not in _SAME_ORDER:
        operands.reverse()
    return Instruction(mnemonic, tuple(operands), prefixes=prefixes, indirect=indirect)


def _moved(problem: Problem, offset: int) -> Problem:
    return Problem(problem.message, problem.token, problem.hint, offset + (problem.offset or 0))


def parse_operand(text: str, is_branch: bool = False) -> Operand:
    """One AT&T operand; in a direct jump or call a bare expression is its Target."""
    plain = _PLAIN_REGISTER.get(text)
    if plain is not None:
        return plain
    if not text:
        raise SyntaxProblem(Problem("an operand is missing between the commas"))
    if text[0] == "$":
        return Immediate(parse_expression(text[1:], 1))
    if text[0] == "%" and (found := _REGISTER.match(text)):
        return RegisterOperand(_register(found.group(1)), found.group(2).replace(" ", ""))
    if text[0] == "%" and ":" not in text:
        raise SyntaxProblem(Problem(f"bad register name {text!r}", text))
    memory = parse_memory(text)
    if is_branch and memory.displacement is not None and memory.is_absolute and memory.segment is None:
        return Target(memory.displacement)
    return memory


def _register(name: str) -> Register:
    found = SPELLINGS.get(name) or SPELLINGS.get("".join(name.lower().split()))
    if found is None:
        raise SyntaxProblem(Problem(f"bad register name '%{name}'", f"%{name}", "x86-64 has no such register"))
    return found


def parse_memory(text: str) -> Memory:
    """``segment:displacement(base, index, scale)``, each part optional."""
    segment, start, decoration = None, 0, ""
    if found := _SEGMENT.match(text):
        segment, start = _register(found.group(1)), found.end()
    if text.endswith("}") and (found := _DECORATION.search(text)):
        decoration, text = found.group(1).replace(" ", ""), text[: found.start()]
    base, index, scale = None, None, 1
    end = len(text)
    if text.endswith(")") and (found := _ADDRESS.search(text, start)) and _is_address(found):
        end = found.start()
        base = _register(found.group(1)) if found.group(1) else None
        index = _register(found.group(2)) if found.group(2) else None
        scale = _scale(found.group(3))
        if index is None and found.group(3) is None and "," in found.group():
            message = "expecting index register or scale factor after ','"
            raise SyntaxProblem(Problem(message, found.group(), offset=found.start()))
    displacement = parse_expression(text[start:end], start) if text[start:end].strip() else None
    if displacement is None and base is None and index is None:
        raise SyntaxProblem(Problem(f"{text!r} is not a memory operand", text))
    if displacement is not None and base is None and index is None:
        _reject_bare_register(text[start:end])
    return Memory(segment, base, index, scale, displacement, decoration=decoration)


def _is_address(found: re.Match[str]) -> bool:
    return "%" in found.group() or "," in found.group()


def _scale(text: str | None) -> int:
    if text is None or not text.strip():
        return 1
    value = parse_expression(text, 0)
    if not isinstance(value, Number) or value.value not in (1, 2, 4, 8):
        hint = "the scale is 1, 2, 4 or 8"
        raise SyntaxProblem(
            Problem(f"expecting scale factor of 1, 2, 4, or 8: got {text.strip()!r}", text.strip(), hint)
        )
    return value.value


def _reject_bare_register(text: str) -> None:
    name = text.strip().lower()
    if _BARE_REGISTER.match(name) and name in SPELLINGS and SPELLINGS[name].kind != "mask":
        hint = f"AT&T syntax writes registers with a percent sign: %{name}"
        raise SyntaxProblem(Problem(f"{text.strip()!r} lacks its '%'", text.strip(), hint))


def parse_expression(text: str, offset: int) -> Expression:
    """A GAS expression; `offset` is where it starts in the operand, for messages."""
    try:
        return parse_gas_expression(text)
    except ExpressionError as error:
        raise SyntaxProblem(Problem(error.message, error.token, _hint(text), offset + error.offset)) from None


def _hint(text: str) -> str:
    """What to say to operands of other dialects."""
    if "[" in text:
        return "AT&T syntax writes memory as displacement(%base,%index,scale)"
    return "AT&T syntax marks immediates with '$'" if text.startswith("#") else ""
