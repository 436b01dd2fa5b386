"""What Intel and NASM operands share: registers inside expressions, brackets, and the sum that an address is."""

from dataclasses import dataclass

from playground.assembly.expressions import Binary, Expression, Number, SymbolReference, Unary
from playground.assembly.x86.expression_parser import ExpressionParser, Token
from playground.assembly.x86.folding import fold
from playground.assembly.x86.operands import Problem, SyntaxProblem
from playground.assembly.x86.registers import SPELLINGS, Register

REGISTER_MARK = "%"
"""A register inside an expression is a SymbolReference whose name starts so; no symbol's name does."""


class AddressParser(ExpressionParser):
    """Expressions with registers and ``[...]`` groups. Subclasses know the keywords."""

    bracketed = False
    segment: Register | None = None

    def atom(self) -> Expression:
        token = self.next
        if token is not None and token.kind == "operator" and token.text == "[":
            return self.bracket()
        if token is not None and token.kind == "word":
            register = self.register(token)
            if register is not None:
                return self._register_atom(register)
            if token.text.startswith(REGISTER_MARK):
                raise self.problem(f"bad register name {token.text!r}", "x86-64 has no such register")
        return super().atom()

    def register(self, token: Token) -> Register | None:
        """The register that the next token names, stepped over."""
        found = SPELLINGS.get(token.text.lower().removeprefix("%"))
        if found is not None:
            self.position += 1
            if found.name == "st(0)" and self.accept("("):
                found = self._stack_register()
        return found

    def _stack_register(self) -> Register:
        token = self.next
        found = SPELLINGS.get(f"st({token.text})") if token else None
        if found is None:
            raise self.problem("expected st(0) to st(7)")
        self.position += 1
        self.expect(")")
        return found

    def _register_atom(self, register: Register) -> Expression:
        if register.kind == "segment" and self.accept(":"):
            self.segment = register
            return self.unary()
        return SymbolReference(REGISTER_MARK + register.name)

    def bracket(self) -> Expression:
        """``[ expression ]``"""
        self.expect("[")
        self.bracketed = True
        inner = self.bracket_content()
        self.expect("]")
        return inner

    def bracket_content(self) -> Expression:
        return self.expression()


Term = tuple[str, int]
"""A register's name and its factor."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An address as a sum of scaled registers, in the order written, and the rest."""

    terms: tuple[Term, ...]
    rest: Expression | None


def linear(expression: Expression) -> Sum:
    """`expression` as registers times constants plus a register-free rest.

    Raises:
        SyntaxProblem: a register where no address can have one.
    """
    if isinstance(expression, SymbolReference) and expression.name.startswith(REGISTER_MARK):
        return Sum(((expression.name[1:], 1),), None)
    if isinstance(expression, Binary) and expression.operator in "+-":
        return _added(linear(expression.left), linear(expression.right), expression.operator)
    if isinstance(expression, Binary):
        return _multiplied(expression, linear(expression.left), linear(expression.right))
    if isinstance(expression, Unary):
        inner = linear(expression.operand)
        if expression.operator == "+":
            return inner
        if inner.terms and expression.operator == "-":
            return _scaled(inner, -1)
        _reject_registers(inner)
    return Sum((), expression)


def _scaled(found: Sum, factor: int) -> Sum:
    rest = None if found.rest is None else Binary("*", found.rest, Number(factor))
    return Sum(tuple((name, count * factor) for name, count in found.terms), rest)


def _added(left: Sum, right: Sum, operator: str) -> Sum:
    terms = left.terms + (right.terms if operator == "+" else _scaled(Sum(right.terms, None), -1).terms)
    if left.rest is not None and right.rest is not None:
        return Sum(terms, Binary(operator, left.rest, right.rest))
    if right.rest is None:
        return Sum(terms, left.rest)
    return Sum(terms, right.rest if operator == "+" else Unary("-", right.rest))


def _multiplied(expression: Binary, left: Sum, right: Sum) -> Sum:
    if not left.terms and not right.terms:
        return Sum((), expression)
    registers, factor = (left, right) if left.terms else (right, left)
    number = fold(factor.rest or Number(0), lambda name: None)
    if expression.operator == "<<" and isinstance(number, Number) and registers is left and 0 <= number.value < 4:
        number = Number(1 << number.value)
    elif expression.operator != "*":
        _reject_registers(registers)
    if factor.terms or not isinstance(number, Number):
        message = "a register in an address is multiplied by a number only"
        raise SyntaxProblem(Problem(message, registers.terms[0][0]))
    return _scaled(registers, number.value)


def _reject_registers(found: Sum) -> None:
    for name, _ in found.terms:
        raise SyntaxProblem(Problem(f"the register {name!r} cannot stand in this expression", name))


def base_and_index(terms: tuple[Term, ...], splits: bool = False) -> tuple[Register | None, Register | None, int]:
    """Base, index and scale of an address; `splits` makes NASM's ``rax*3`` rax+rax*2.

    Raises:
        SyntaxProblem: more registers than an address holds, or a factor that is no scale.
    """
    if len(terms) > 2:
        terms = _merged(terms)
    if len(terms) == 1 and splits and terms[0][1] in (2, 3, 5, 9):
        terms = ((terms[0][0], 1), (terms[0][0], terms[0][1] - 1))
    found = sorted(((SPELLINGS[name], count) for name, count in terms if count), key=_is_index)
    if len(found) > 2 or (len(found) == 2 and _is_index(found[0])):
        raise SyntaxProblem(Problem("an address has one base and one scaled index register", found[-1][0].name))
    base = found[0][0] if found and not _is_index(found[0]) else None
    index, scale = found[-1] if found and (len(found) == 2 or base is None) else (None, 1)
    if scale not in (1, 2, 4, 8):
        name = index.name if index else ""
        raise SyntaxProblem(
            Problem(f"the index {name!r} cannot be scaled by {scale}", name, "the scale is 1, 2, 4 or 8")
        )
    if base is not None and index is not None and scale == 1 and index.kind == "gpr" and index.number == 4:
        # rsp has no encoding as an index: an unscaled pair changes places, as in GNU as and NASM.
        return index, base, 1
    return base, index, scale


def _merged(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    counts: dict[str, int] = {}
    for name, count in terms:
        counts[name] = counts.get(name, 0) + count
    return tuple(counts.items())


def _is_index(term: tuple[Register, int]) -> bool:
    """What is scaled, or a vector register, can only be the index."""
    register, count = term
    return count != 1 or register.kind in ("xmm", "ymm", "zmm", "none")
