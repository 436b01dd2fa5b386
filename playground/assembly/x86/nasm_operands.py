"""NASM operands (NASM manual, 3.1 to 3.7) into the operand model."""

import re
from dataclasses import replace

from playground.assembly.expressions import Binary, Expression, Number, SymbolReference, Unary
from playground.assembly.x86.address_parser import AddressParser, base_and_index, linear
from playground.assembly.x86.att import split_operands
from playground.assembly.x86.expression_parser import Grammar, Token, tokenize
from playground.assembly.x86.folding import fold
from playground.assembly.x86.intel import att_decoration
from playground.assembly.x86.nasm_numbers import STRING, character_value, nasm_number
from playground.assembly.x86.operands import (
    Immediate,
    Instruction,
    Memory,
    Missing,
    NotSupported,
    Operand,
    Problem,
    RegisterOperand,
    SyntaxProblem,
    Target,
)
from playground.assembly.x86.registers import BY_SIZE, REGISTERS, Register

SIZES = {"byte": 1, "word": 2, "dword": 4, "qword": 8, "tword": 10, "oword": 16, "yword": 32, "zword": 64}

RELATIVE_MARK = "{rel} "
"""In front of a statement's operands where ``default rel`` is in force, so that the text alone says what it means."""

WRT = {"..plt": "plt", "..got": "gotpcrel", "..gotpcrel": "gotpcrel", "..tlsie": "gottpoff", "..sym": ""}
"""``wrt`` operators (manual, 9.2.5 and 8.9.3) -> psABI relocation operator."""

_NO_REGISTERS = frozenset({"st", "rip", "eip", "riz", "eiz"})
"""Names that are registers in GNU's dialects only."""

_FOREIGN_WORDS = {
    "ptr": "NASM writes dword [rax], without PTR",
    "offset": "NASM writes a symbol's address as the symbol alone",
    "rip": "NASM writes [rel symbol] for rip-relative addresses",
}
"""Words of GAS Intel and MASM -> what NASM has instead."""

_COMPARISONS = frozenset({"=", "==", "!=", "<>", "<", "<=", ">", ">="})

NASM = Grammar(
    token=re.compile(
        rf"""(?P<space>[ \t]+)
        |(?P<string>{STRING})
        |(?P<number>[0-9][\w]*|\$[0-9]\w*)
        |(?P<word>\$\$|\$?[A-Za-z_.?@][\w.$@?~\#]*|\$)
        |(?P<operator><<<|>>>|<=>|<<|>>|<>|<=|>=|==|!=|&&|\|\||\^\^|//|%%|[-+*/%&|^~!()<>=\[\]:])""",
        re.VERBOSE,
    ),
    number=nasm_number,
    precedence={
        "||": 1, "^^": 1, "&&": 2, **dict.fromkeys((*_COMPARISONS, "<=>"), 3), "|": 4, "^": 5, "&": 6,
        "<<": 7, ">>": 7, "<<<": 7, ">>>": 7, "+": 8, "-": 8, "*": 9, "/": 9, "//": 9, "%": 9, "%%": 9,
    },
    spelling={"=": "==", "!=": "<>", "/": "u/", "%": "u%", "//": "/", "%%": "%", "<<<": "<<", ">>>": "s>>"},
    unary=frozenset({"-", "+", "~", "!"}),
)  # fmt: skip
"""Manual, 3.5: operators; registers and brackets are AddressParser's."""


class NasmParser(AddressParser):
    """One NASM operand or data expression."""

    def __init__(self, text: str) -> None:
        super().__init__(tokenize(text, NASM), NASM, len(text))
        self.size: int | None = None
        self.distance = ""
        self.relative: bool | None = None
        self.to = False

    def expression(self, minimum: int = 0) -> Expression:
        value = super().expression(minimum)
        if self.accept("wrt"):
            return self._with_respect_to(value)
        if minimum == 0 and self.accept("?"):
            return self._chosen(fold(value, lambda name: None))
        return value

    def _chosen(self, condition: Expression) -> Expression:
        """``condition ? value : value`` (manual, 3.5.1)."""
        if_true = self.expression()
        self.expect(":")
        if_false = self.expression()
        if not isinstance(condition, Number):
            raise self.problem("the condition before '?' must be a known number")
        return if_true if condition.value else if_false

    def binary(self, operator: str, left: Expression, right: Expression) -> Expression:
        """NASM's comparisons give 1 for true where GNU as's give -1; ``^^`` is made of them.

        Raises:
            NotSupported: ``<=>``, whose result differs between versions of NASM.
        """
        if operator == "^^":
            return Unary("-", Binary("<>", Unary("!", left), Unary("!", right)))
        if operator == "<=>":
            raise NotSupported(Missing("<=>", "not supported: the operator <=>"))
        value = super().binary(operator, left, right)
        return Unary("-", value) if operator in _COMPARISONS else value

    def _with_respect_to(self, value: Expression) -> Expression:
        token = self.next
        name = token.text.lower() if token else ""
        if name not in WRT:
            raise NotSupported(Missing(f"wrt {name}", f"not supported: wrt {name or 'without a name'}"))
        self.position += 1
        if not isinstance(value, SymbolReference):
            raise self.problem("'wrt' belongs to a symbol")
        return SymbolReference(value.name, WRT[name])

    def register(self, token: Token) -> Register | None:
        name = token.text.lower()
        return None if name[0] in "%$" or name in _NO_REGISTERS else super().register(token)

    def atom(self) -> Expression:
        token = self.next
        if token is not None and token.kind == "string":
            self.position += 1
            return Number(character_value(token.text))
        if token is not None and token.kind == "word" and token.text[0] == "$":
            self.position += 1
            return SymbolReference({"$": ".", "$$": "$$"}.get(token.text, token.text[1:]))
        if token is not None and token.kind == "word" and token.text.lower() in _FOREIGN_WORDS:
            raise self.problem("unexpected word", _FOREIGN_WORDS[token.text.lower()])
        return super().atom()

    def qualifiers(self) -> None:
        """The keywords in front of an operand: sizes, ``short``, ``near``, ``strict``, ``to``."""
        while (token := self.next) is not None and token.kind == "word":
            word = token.text.lower()
            if word in SIZES:
                self.size = SIZES[word]
            elif word in ("short", "near"):
                self.distance = word
            elif word == "to":
                self.to = True
            elif word == "far":
                raise NotSupported(Missing("far", "not supported: far jumps and calls"))
            elif word != "strict":
                return
            self.position += 1

    def bracket_content(self) -> Expression:
        while (token := self.next) is not None and token.kind == "word":
            word = token.text.lower()
            if word in ("rel", "abs"):
                self.relative = word == "rel"
            elif word not in ("nosplit", *SIZES):
                break
            self.position += 1
        return self.expression()


def parse_expression(text: str) -> Expression:
    """A NASM expression without registers.

    Raises:
        SyntaxProblem: it is none.
    """
    parser = NasmParser(text)
    value = parser.expression()
    parser.finish()
    found = linear(value)
    if found.terms:
        raise SyntaxProblem(Problem(f"the register {found.terms[0][0]!r} cannot stand here", found.terms[0][0]))
    return value


def parse_nasm(mnemonic: str, text: str, prefixes: tuple[str, ...], is_branch: bool) -> Instruction:
    """The instruction `mnemonic` with the NASM operands `text`.

    Raises:
        SyntaxProblem: an operand does not parse.
        NotSupported: far jumps, unknown ``wrt``.
    """
    relative = text.startswith(RELATIVE_MARK.strip())
    start = len(RELATIVE_MARK) if relative else 0
    operands: list[Operand] = []
    to = False
    for piece, offset in split_operands(text[start:]):
        try:
            operand, is_to = _parse_operand(piece, is_branch, relative)
        except SyntaxProblem as error:
            raise SyntaxProblem(replace(error.problem, offset=offset + (error.problem.offset or 0))) from None
        operands.append(operand)
        to = to or is_to
    if to and len(operands) == 1:
        operands.append(RegisterOperand(REGISTERS["st(0)"]))
    size = None
    if not any(isinstance(o, RegisterOperand) or (isinstance(o, Memory) and o.size) for o in operands):
        size = next((o.size for o in operands if isinstance(o, Immediate) and o.size), None)
    return Instruction(mnemonic, tuple(operands), size, prefixes, strict_size=True)


_DECORATION = re.compile(r"\s*((?:\{[^{}]*\}\s*)+)$")


def _parse_operand(text: str, is_branch: bool, relative: bool) -> tuple[Operand, bool]:
    decoration = ""
    if text.endswith("}") and (found := _DECORATION.search(text)):
        decoration, text = att_decoration(found.group(1)), text[: found.start()]
    if not text:
        raise SyntaxProblem(Problem("an operand is missing between the commas"))
    parser = NasmParser(text)
    parser.qualifiers()
    value = parser.expression()
    parser.finish()
    return _operand(parser, value, is_branch, relative, decoration), parser.to


def _operand(parser: NasmParser, value: Expression, is_branch: bool, relative: bool, decoration: str) -> Operand:
    found = linear(value)
    if parser.bracketed:
        return _memory(parser, value, relative, decoration)
    if found.terms:
        name = found.terms[0][0]
        if found.rest is not None or not isinstance(value, SymbolReference):
            hint = "memory is written in brackets: [...]"
            raise SyntaxProblem(Problem(f"the register {name!r} cannot stand in this expression", name, hint))
        return RegisterOperand(REGISTERS[name], decoration)
    if is_branch:
        return Target(value, parser.distance)
    return Immediate(fold(value, lambda name: None), parser.size)


def _memory(parser: NasmParser, value: Expression, relative: bool, decoration: str) -> Memory:
    found = linear(value)
    base, index, scale = base_and_index(found.terms, splits=True)
    rest = None if found.rest is None else fold(found.rest, lambda name: None)
    if base is None and index is None:
        rest = rest or Number(0)
        wanted = parser.relative if parser.relative is not None else relative and parser.segment is None
        if wanted and not isinstance(rest, Number):
            base = REGISTERS["rip"]
    return Memory(parser.segment, base, index, scale, rest, parser.size, decoration)


def in_nasm_terms(instruction: Instruction) -> Instruction:
    """`instruction`, its constants known, with what NASM means where GNU as would read or size it differently."""
    if not instruction.operands:
        return instruction
    if instruction.mnemonic == "mov":
        return _move(instruction)
    if instruction.mnemonic in ("cvtsi2sd", "cvtsi2ss") and isinstance(instruction.operands[-1], Memory):
        source = instruction.operands[-1]
        return replace(instruction, operands=(*instruction.operands[:-1], replace(source, size=source.size or 4)))
    if instruction.mnemonic == "lea" and isinstance(instruction.operands[-1], Immediate):
        address = Memory(displacement=instruction.operands[-1].value)
        return replace(instruction, operands=(*instruction.operands[:-1], address))
    return replace(instruction, operands=tuple(_wrapped(operand) for operand in instruction.operands))


def _wrapped(operand: Operand) -> Operand:
    """NASM takes 0x80000000 … 0xffffffff for the negative number of the same 32 bits, with a warning."""
    if (
        isinstance(operand, Immediate)
        and isinstance(operand.value, Number)
        and 1 << 31 <= operand.value.value < 1 << 32
    ):
        return replace(operand, value=Number(operand.value.value - (1 << 32)))
    return operand


def _move(instruction: Instruction) -> Instruction:
    """``mov reg64, immediate`` takes a number's shortest form, and eight bytes for a symbol."""
    if len(instruction.operands) != 2:
        return instruction
    destination, source = instruction.operands
    if not isinstance(destination, RegisterOperand) or not isinstance(source, Immediate):
        return instruction
    register = destination.register
    if register.kind != "gpr" or register.bits != 64:
        return instruction
    if not isinstance(source.value, Number):
        return replace(instruction, operands=(destination, replace(source, size=source.size or 8)))
    if 0 <= source.value.value < 1 << 32:
        destination = RegisterOperand(BY_SIZE[32, register.number])
    return replace(instruction, operands=(destination, Immediate(source.value)))
