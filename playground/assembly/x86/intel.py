"""GAS Intel operands (as.info, "i386-Variations"), as people write them and as gcc -masm=intel and clang print them."""

import re
from collections.abc import Callable

from playground.assembly.expressions import Binary, Expression, Number, SymbolReference
from playground.assembly.x86.address_parser import AddressParser, Term, base_and_index, linear
from playground.assembly.x86.att import split_operands
from playground.assembly.x86.expression_parser import Grammar, Token, tokenize
from playground.assembly.x86.folding import fold
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

SIZES = {
    "byte": 1, "word": 2, "dword": 4, "fword": 6, "qword": 8, "mmword": 8, "tbyte": 10, "oword": 16, "xmmword": 16,
    "ymmword": 32, "zmmword": 64,
}  # fmt: skip
"""Operand size keywords in front of ``PTR``."""

_ESCAPES = {"n": 10, "t": 9, "r": 13, "b": 8, "f": 12, "\\": 92, "'": 39, '"': 34}
_NUMBER = re.compile(r"0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0([0-7]+)|([0-9]+)")


def gas_intel_number(text: str) -> int | None:
    """A GAS integer or character constant; GNU as reads no ``10h`` here either."""
    if text[0] == "'":
        return _ESCAPES.get(text[2], ord(text[2])) if text[1] == "\\" else ord(text[1])
    found = _NUMBER.fullmatch(text)
    if found is None or len(text) > 80:
        return None
    digits, base = next((group, base) for group, base in zip(found.groups(), (16, 2, 8, 10), strict=True) if group)
    return int(digits, base)


_WORDS = {
    "shl": "<<", "shr": ">>", "mod": "%", "and": "&", "or": "|", "xor": "^", "eq": "==", "ne": "<>", "lt": "<",
    "le": "<=", "gt": ">", "ge": ">=", "not": "~", "!=": "<>",
}  # fmt: skip

INTEL = Grammar(
    token=re.compile(
        r"""(?P<space>[ \t]+)
        |(?P<at>@[A-Za-z]\w*)
        |(?P<word>%?[A-Za-z_.$][\w.$]*|[0-9]+[bBfF](?![\w.]))
        |(?P<number>[0-9]\w*|'(?:\\.|[^\\])'?)
        |(?P<string>"[^"]*")
        |(?P<operator><<|>>|<>|==|!=|<=|>=|&&|\|\||[-+*/%&|^~!()<>\[\]:])""",
        re.VERBOSE,
    ),
    number=gas_intel_number,
    precedence={
        "||": 1, "&&": 2, "or": 3, "|": 3, "xor": 3, "^": 3, "and": 4, "&": 4,
        **dict.fromkeys(("==", "<>", "!=", "<", ">", "<=", ">=", "eq", "ne", "lt", "le", "gt", "ge"), 5),
        "+": 6, "-": 6, "*": 7, "/": 7, "%": 7, "mod": 7, "shl": 7, "<<": 7, "shr": 7, ">>": 7,
    },
    spelling=_WORDS,
    unary=frozenset({"-", "+", "~", "!", "not"}),
)  # fmt: skip
"""gas/config/tc-i386-intel.c, i386_operators and i386_intel_operator."""

_PLAIN = {
    spelling: RegisterOperand(register) for name, register in REGISTERS.items() for spelling in (name, name.upper())
}
_MEMORY = re.compile(r"(?:([a-zA-Z]+)\s+(?:ptr|PTR)\s+)?\[([a-zA-Z0-9]+)(?:\s*([-+])\s*([0-9]+|0x[0-9a-fA-F]+))?\]$")
"""The commonest form, read without the parser."""


class IntelParser(AddressParser):
    """One Intel operand."""

    def __init__(self, text: str) -> None:
        super().__init__(tokenize(text, INTEL), INTEL, len(text))
        self.size: int | None = None
        self.is_offset = False
        self.distance = ""
        self.sized = False

    def expression(self, minimum: int = 0) -> Expression:
        left = super().expression(minimum)
        while minimum <= 6 and self.next is not None and self.next.text == "[" and self.next.kind == "operator":
            left = Binary("+", left, self.bracket())
            left = self._continued(left, minimum)
        return left

    def _continued(self, left: Expression, minimum: int) -> Expression:
        """More of a sum behind a bracket: ``x[rax]+4``."""
        while (operator := self._binary_operator()) in ("+", "-") and minimum <= 6:
            self.position += 1
            left = self.binary(str(operator), left, super().expression(7))
        return left

    def atom(self) -> Expression:
        token = self.next
        word = token.text.lower() if token is not None and token.kind == "word" else ""
        if word == "offset":
            self.position += 1
            if self.accept("flat"):
                self.expect(":")
            self.is_offset = True
            return self.unary()
        if word in SIZES or word in ("near", "short", "far"):
            return self._sized(word)
        if word[:1] == "$" and word[1:2].isdigit():
            raise self.problem("a number with a dollar sign", "Intel syntax writes numbers without $")
        return super().atom()

    def _sized(self, word: str) -> Expression:
        """``QWORD PTR`` and ``short`` in front of what they qualify."""
        self.position += 1
        if word == "far":
            raise self.problem("far targets are not for 64-bit code")
        has_ptr = self.accept("ptr")
        if word in SIZES:
            if not has_ptr:
                raise self.problem(
                    f"{word!r} must be followed by PTR",
                    f"GAS writes {word.upper()} PTR [...]; NASM writes {word} [...]",
                )
            self.size, self.sized = SIZES[word], True
        else:
            self.distance = word
        return self.expression()


class PrefixedIntelParser(IntelParser):
    """One operand under ``.intel_syntax prefix``: a name without a percent sign is a symbol."""

    def register(self, token: Token) -> Register | None:
        return super().register(token) if token.text.startswith("%") else None


def parse_intel(
    mnemonic: str,
    text: str,
    prefixes: tuple[str, ...],
    is_branch: bool,
    read: Callable[[str, bool], Operand] | None = None,
) -> Instruction:
    """The instruction `mnemonic` with the Intel operands `text`, each of which `read` reads.

    Raises:
        SyntaxProblem: an operand does not parse.
    """
    operands = []
    for piece, offset in split_operands(text):
        try:
            operands.append((read or parse_operand)(piece, is_branch))
        except SyntaxProblem as error:
            found = error.problem
            raise SyntaxProblem(Problem(found.message, found.token, found.hint, offset + (found.offset or 0))) from None
    return Instruction(mnemonic, tuple(operands), prefixes=prefixes, strict_size=True)


def parse_prefixed_intel(mnemonic: str, text: str, prefixes: tuple[str, ...], is_branch: bool) -> Instruction:
    """The same where registers carry a percent sign, as ``.intel_syntax prefix`` says.

    Raises:
        SyntaxProblem: an operand does not parse.
    """
    return parse_intel(mnemonic, text, prefixes, is_branch, _parse_prefixed)


def _parse_prefixed(text: str, is_branch: bool) -> Operand:
    return _parsed(text, is_branch, PrefixedIntelParser)


def parse_operand(text: str, is_branch: bool = False) -> Operand:
    """One Intel operand; in a jump or call a bare symbol is its Target."""
    plain = _PLAIN.get(text)
    if plain is not None:
        return plain
    common = _common_memory(text)
    if common is not None:
        return common
    return _parsed(text, is_branch, IntelParser)


def _parsed(text: str, is_branch: bool, kind: type[IntelParser]) -> Operand:
    if not text:
        raise SyntaxProblem(Problem("an operand is missing between the commas"))
    decoration = ""
    if text.endswith("}") and "{" in text:
        text, decoration = text[: text.index("{")].rstrip(), att_decoration(text[text.index("{") :])
    parser = kind(text)
    value = parser.expression()
    parser.finish()
    return _operand(parser, value, is_branch, decoration)


def att_decoration(text: str) -> str:
    """``{k1}{z}`` as AT&T writes it: ``{%k1}{z}``."""
    return re.sub(r"\{\s*%?(k[0-7])\s*\}", r"{%\1}", text.lower()).replace(" ", "")


def _common_memory(text: str) -> Memory | None:
    found = _MEMORY.match(text)
    if found is None:
        return None
    keyword, name, sign, digits = found.groups()
    base = SPELLINGS.get(name.lower())
    size = SIZES.get(keyword.lower()) if keyword else None
    if (
        base is None
        or base.kind != "gpr"
        or (keyword and size is None)
        or (digits and digits[0] == "0" and digits[1:2] not in ("x", ""))
    ):
        return None
    value = int(digits, 16 if digits.startswith("0x") else 10) if digits else None
    displacement = None if value is None else Number(-value if sign == "-" else value)
    return Memory(base=base, displacement=displacement, size=size)


def _operand(parser: IntelParser, value: Expression, is_branch: bool, decoration: str) -> Operand:
    found = linear(value)
    rest = None if found.rest is None else fold(found.rest, lambda name: None)
    is_memory = parser.bracketed or parser.sized or parser.segment is not None
    if found.terms and not is_memory:
        return _register_alone(found.terms, rest, value, decoration)
    if parser.is_offset and not is_memory:
        return Immediate(rest or Number(0))
    if isinstance(rest, Number) and not found.terms and not parser.bracketed and parser.segment is None:
        return Target(rest, parser.distance) if is_branch else Immediate(rest, parser.size)
    if not is_memory:
        if is_branch:
            return Target(rest or Number(0), parser.distance)
        return Memory(displacement=rest, bare=True)
    base, index, scale = base_and_index(found.terms)
    if base is None and index is None and rest is None:
        rest = Number(0)
    return Memory(parser.segment, base, index, scale, rest, parser.size, decoration)


def _register_alone(terms: tuple[Term, ...], rest: Expression | None, value: Expression, decoration: str) -> Operand:
    name = terms[0][0]
    if rest is not None or not isinstance(value, SymbolReference):
        message = f"the register {name!r} cannot stand in this expression"
        raise SyntaxProblem(Problem(message, name, "memory is written in brackets: [...]"))
    return RegisterOperand(REGISTERS[name], decoration)
