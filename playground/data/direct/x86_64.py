"""x86-64 in Intel syntax (Intel SDM volume 2; psABI AMD64 3.2)."""

from typing import ClassVar

from playground.data.direct.aarch64 import returning
from playground.data.direct.machine import Label, Machine, number_text
from playground.data.direct.nodes import Number
from playground.data.direct.registers import Address, Operand, Register, kind
from playground.data.direct.types import (
    DOUBLE,
    INT,
    LONG,
    UNSIGNED_LONG,
    Integer,
    Real,
    Type,
    Unsupported,
    round_up,
)  # fmt: skip
from playground.data.direct.x86_registers import CONVENTION, RAX, RCX, RDX

_SIGNED = {"==": "e", "!=": "ne", "<": "l", "<=": "le", ">": "g", ">=": "ge"}
_UNSIGNED = {**_SIGNED, "<": "b", "<=": "be", ">": "a", ">=": "ae"}
_PLAIN = {"+": "add", "-": "sub", "&": "and", "|": "or", "^": "xor", "*": "imul"}
_REAL_OPERATORS = {"+": "add", "-": "sub", "*": "mul", "/": "div"}
_POINTERS = {1: "BYTE PTR", 2: "WORD PTR", 4: "DWORD PTR", 8: "QWORD PTR"}
_OLD = ("ax", "bx", "cx", "dx", "si", "di", "bp", "sp")


class X8664(Machine):
    """Two operands; rax, rcx and rdx are temporaries, which division and shifts want."""

    convention = CONVENTION
    words: ClassVar = {1: ".byte", 2: ".value", 4: ".long", 8: ".quad"}
    stack = Register("rsp")
    reads_symbols = True

    @staticmethod
    def alignment(size: int) -> int:
        return size

    def framed(self, entry: list[str], saved: list[Register]) -> list[str]:
        pushed = [f" push {register.name}" for register in saved]
        size = round_up(self.frame, 8)
        if self.has_calls and (8 * len(saved) + size) % 16 != 8:
            size += 8
        elif not self.has_calls:
            size = round_up(size, 16)
        before = [*pushed, *[f" sub rsp,{size}"] * (size > 0)]
        after = [*[f" add rsp,{size}"] * (size > 0), *[f" pop {register.name}" for register in reversed(saved)]]
        depth = 8 + size + 8 * len(saved)
        entry = [_with_depth(line, depth) for line in entry]
        return [*before, *entry, *returning(self, [*after, " ret"])]

    def name(self, register: Register, type_: Type) -> str:
        """The register at a type's width."""
        if register.is_real:
            return register.name
        size = type_.size
        stem = register.name[1:]
        if stem in _OLD:
            if size == 1:
                return f"{stem[0]}l" if stem.endswith("x") else f"{stem}l"
            return {2: stem, 4: f"e{stem}", 8: f"r{stem}"}[size]
        return register.name + {1: "b", 2: "w", 4: "d", 8: ""}[size]

    def wide(self, register: Register, type_: Type) -> str:
        """The register at the width of arithmetic: 32 or 64 bits."""
        return self.name(register, type_ if type_.size == LONG.size or register.is_real else INT)

    def move(self, to: Register, value: Operand, type_: Type) -> None:
        if isinstance(value, Number):
            self.constant(to, value)
        elif to != value and to.is_real:
            self.emit(f"movap{'d' if type_.size == DOUBLE.size else 's'} {to.name},{value.name}")
        elif to != value:
            self.emit(f"mov {self.wide(to, type_)},{self.wide(value, type_)}")

    def constant(self, to: Register, number: Number) -> None:
        if not kind(number.type):
            is_long = not -(2**31) <= int(number.value) < 2**32 or (number.type.size == 8 and int(number.value) < 0)
            if number.type.size == LONG.size and not is_long and int(number.value) < 2**32:
                self.emit(f"mov {self.name(to, INT)},{number_text(number)}")
            elif is_long and not -(2**31) <= int(number.value) < 2**31:
                self.emit(f"movabs {to.name},{number_text(number)}")
            else:
                self.emit(f"mov {self.wide(to, number.type)},{number_text(number)}")
        elif number.value == 0:
            self.emit(f"pxor {to.name},{to.name}")
        else:
            self.emit(
                f"movs{_letter(number.type)} {to.name},{_POINTERS[number.type.size]} {self.real_constant(number)}[rip]"
            )

    def spelled(self, address: Address) -> str:
        """An address without its size."""
        if address.base is None:
            return f"{address.symbol}[rip{f'+{address.offset}' if address.offset else ''}]"
        text = address.base.name
        if address.index is not None:
            text += f"+{address.index.name}" + (f"*{address.scale}" if address.scale > 1 else "")
        return f"[{text}{f'{address.offset:+}' if address.offset else ''}]"

    def _sized(self, address: Address, type_: Type) -> str:
        return f"{_POINTERS[type_.size]} {self.spelled(address)}"

    def load(self, to: Register, address: Address, type_: Type, *, wide: bool = False) -> None:
        source = self._sized(address, type_)
        is_signed = isinstance(type_, Integer) and type_.signed
        if to.is_real:
            self.emit(f"movs{_letter(type_)} {to.name},{source}")
        elif wide:
            self.emit(f"movs{'xd' if type_.size == INT.size else 'x'} {to.name},{source}")
        elif type_.size < INT.size:
            self.emit(f"mov{'s' if is_signed else 'z'}x {self.name(to, INT)},{source}")
        else:
            self.emit(f"mov {self.name(to, type_)},{source}")

    def load_parameter(self, to: Register, index: int, type_: Type) -> None:
        if to.is_real or type_.size < INT.size:
            raise Unsupported("a narrow or real parameter on the stack")
        self.emit(f"mov {self.name(to, type_)},{_POINTERS[type_.size]} [rsp+\x03{8 * index}]")

    def store(self, value: Register, address: Address, type_: Type) -> None:
        if value.is_real:
            self.emit(f"movs{_letter(type_)} {self._sized(address, type_)},{value.name}")
        else:
            self.emit(f"mov {self._sized(address, type_)},{self.name(value, type_)}")

    def store_number(self, number: Number, address: Address) -> None:
        if kind(number.type):
            raise Unsupported("a number to be stored that is no integer")
        if -(2**31) <= int(number.value) < (2**31 if number.type.size == LONG.size else 2**32):
            self.emit(f"mov {self._sized(address, number.type)},{number_text(number)}")
            return
        used = frozenset(register for register in (address.base, address.index) if register is not None)
        register = self.registers.temporary(False, used)
        self.constant(register, number)
        self.store(register, address, number.type)
        self.registers.busy.remove(register)

    def address_of(self, to: Register, address: Address) -> None:
        if address.base is not None and not address.offset:
            if to != address.base:
                self.emit(f"mov {to.name},{address.base.name}")
        elif address.base == to:
            self.emit(f"{'add' if address.offset > 0 else 'sub'} {to.name},{abs(address.offset)}")
        else:
            self.emit(f"lea {to.name},{self.spelled(address)}")

    def scaled(self, to: Register, base: Register, index: Register, index_type: Type, size: int) -> None:
        mark = len(self.registers.busy)
        wide = self.index(index, index_type, frozenset((base,)))
        if size in (1, 2, 4, 8):
            self.emit(f"lea {to.name},{self.spelled(Address(base, 0, wide, LONG, size))}")
        else:
            product = self.registers.temporary(False, frozenset((base, index)))
            self.emit(f"imul {product.name},{wide.name},{size}")
            self.emit(f"lea {to.name},{self.spelled(Address(base, 0, product, LONG, 1))}")
        del self.registers.busy[mark:]

    def can_index(self, scale: int, size: int, offset: int) -> bool:
        return scale in (1, 2, 4, 8)

    def index(self, index: Register, type_: Type, avoid: frozenset[Register]) -> Register:
        if type_.size == LONG.size:
            return index
        is_signed = isinstance(type_, Integer) and type_.signed
        is_temporary = index in self.registers.busy
        wide = index if is_temporary else self.registers.temporary(False, avoid)
        if is_signed:
            self.emit(f"movsxd {wide.name},{self.name(index, INT)}")
        else:
            self.emit(f"mov {self.name(wide, INT)},{self.name(index, INT)}")
        return wide

    def unary(self, operator: str, to: Register, operand: Register, type_: Type) -> None:
        if operator == "sqrt":
            self.emit(f"sqrts{_letter(type_)} {to.name},{operand.name}")
        elif to.is_real:
            self._sign(operator, to, operand, type_)
        else:
            self.move(to, operand, type_)
            self.emit(f"{'neg' if operator == '-' else 'not'} {self.wide(to, type_)}")

    def _sign(self, operator: str, to: Register, operand: Register, type_: Type) -> None:
        """Flip the sign, or clear it, with a mask of that bit (or of all others) made in a register."""
        letter, bits = ("q", 63) if type_.size == DOUBLE.size else ("d", 31)
        mask = self.registers.temporary(True, frozenset((to, operand)))
        self.emit(f"pcmpeqd {mask.name},{mask.name}")
        is_negation = operator == "-"
        self.emit(f"ps{'l' if is_negation else 'r'}l{letter} {mask.name},{bits if is_negation else 1}")
        self.move(to, operand, type_)
        self.emit(f"{'xor' if is_negation else 'and'}p{_letter(type_)} {to.name},{mask.name}")
        self.registers.busy.remove(mask)

    def spoilt_by(self, operator: str, type_: Type, is_number: bool) -> frozenset[Register]:
        if kind(type_):
            return frozenset()
        if operator in ("/", "%"):
            return frozenset((RAX, RDX))
        return frozenset((RCX,)) if operator in ("<<", ">>") and not is_number else frozenset()

    def kept_free(self, operator: str, type_: Type, is_number: bool) -> tuple[frozenset[Register], frozenset[Register]]:
        spoilt = self.spoilt_by(operator, type_, is_number)
        return (spoilt, frozenset()) if operator in ("<<", ">>") else (frozenset(), spoilt)

    def conflicts(self, operator: str, first: Operand, second: Operand) -> frozenset[Register]:
        is_apart = isinstance(second, Register) and operator in ("-", "<<", ">>") and first != second
        real = isinstance(second, Register) and second.is_real and operator == "/" and first != second
        return frozenset((second,)) if (is_apart or real) and isinstance(second, Register) else frozenset()

    def binary(
        self, operator: str, to: Register, left: Register, right: Operand, type_: Type, right_type: Type
    ) -> None:
        if kind(type_):
            assert isinstance(right, Register)
            name = f"{_REAL_OPERATORS[operator]}s{_letter(type_)}"
            self._two(name, to, left, right, type_, swaps=operator in "+*")
        elif operator in ("/", "%"):
            self._divide(operator, to, left, right, type_)
        elif operator in ("<<", ">>"):
            self._shift(operator, to, left, right, type_)
        elif operator == "*" and isinstance(right, Number) and abs(int(right.value)) < 2**31:
            self.emit(f"imul {self.wide(to, type_)},{self.wide(left, type_)},{number_text(right)}")
        elif isinstance(right, Number) and (type_.size < LONG.size or -(2**31) <= int(right.value) < 2**31):
            self.move(to, left, type_)
            text = number_text(right)
            if text.startswith("-") and operator in "+-":
                operator, text = {"+": "-", "-": "+"}[operator], text[1:]
            self.emit(f"{_PLAIN[operator]} {self.wide(to, type_)},{text}")
        else:
            register = right
            if isinstance(register, Number):
                register = self.registers.temporary(False, frozenset((left, to)))
                self.constant(register, Number(type_, right.value if isinstance(right, Number) else 0))
                self.registers.busy.remove(register)
            self._two(_PLAIN[operator], to, left, register, type_, swaps=operator != "-")

    def _two(self, name: str, to: Register, left: Register, right: Register, type_: Type, *, swaps: bool) -> None:
        """``to = left name right`` with an instruction that changes its first operand."""
        if to == right and to != left and swaps:
            left, right = right, left
        if to == right and to != left:
            other = self.registers.temporary(to.is_real, frozenset((left, right)))
            self._two(name, other, left, right, type_, swaps=False)
            self.move(to, other, type_)
            self.registers.busy.remove(other)
            return
        self.move(to, left, type_)
        self.emit(f"{name} {self.wide(to, type_)},{self.wide(right, type_)}")

    def _divide(self, operator: str, to: Register, left: Register, right: Operand, type_: Type) -> None:
        is_signed = isinstance(type_, Integer) and type_.signed
        mark = len(self.registers.busy)
        if isinstance(right, Number):
            register = self.registers.temporary(False, frozenset((RAX, RDX, left)))
            self.constant(register, Number(type_, right.value, right.text))
            right = register
        elif right in (RAX, RDX):
            raise Unsupported("a divisor where the dividend stands")
        self.move(RAX, left, type_)
        if is_signed:
            self.emit("cqo" if type_.size == LONG.size else "cdq")
        else:
            self.emit("mov edx,0")
        self.emit(f"{'idiv' if is_signed else 'div'} {self.wide(right, type_)}")
        self.move(to, RAX if operator == "/" else RDX, type_)
        del self.registers.busy[mark:]

    def _shift(self, operator: str, to: Register, left: Register, right: Operand, type_: Type) -> None:
        is_signed = isinstance(type_, Integer) and type_.signed
        name = "sal" if operator == "<<" else "sar" if is_signed else "shr"
        if isinstance(right, Number):
            self.move(to, left, type_)
            self.emit(f"{name} {self.wide(to, type_)},{number_text(right)}")
            return
        self.move(RCX, right, INT)
        if to in (right, RCX) and to != left:
            other = self.registers.temporary(False, frozenset((RCX, left, right, to)))
            self.move(other, left, type_)
            self.emit(f"{name} {self.wide(other, type_)},cl")
            self.move(to, other, type_)
            self.registers.busy.remove(other)
            return
        self.move(to, left, type_)
        self.emit(f"{name} {self.wide(to, type_)},cl")

    def extend(self, to: Register, value: Register, given: Type, wanted: Type) -> None:
        narrow = wanted if wanted.size <= given.size else given
        is_signed = isinstance(narrow, Integer) and narrow.signed
        if narrow.size >= INT.size and not is_signed:
            self.emit(f"mov {self.name(to, INT)},{self.name(value, INT)}")
        elif narrow.size >= INT.size:
            self.emit(f"movsxd {to.name},{self.name(value, INT)}")
        else:
            wide = LONG if wanted.size == LONG.size and is_signed else INT
            self.emit(f"mov{'s' if is_signed else 'z'}x {self.name(to, wide)},{self.name(value, narrow)}")

    def convert(self, to: Register, value: Register, given: Type, wanted: Type) -> None:
        if isinstance(given, Real) and isinstance(wanted, Real):
            self.emit(f"cvts{_letter(given)}2s{_letter(wanted)} {to.name},{value.name}")
        elif isinstance(wanted, Real):
            if given == UNSIGNED_LONG:
                raise Unsupported("unsigned long to a real type")
            source = self._as_signed(value, given)
            self.emit(f"pxor {to.name},{to.name}")
            self.emit(f"cvtsi2s{_letter(wanted)} {to.name},{source}")
        elif wanted == UNSIGNED_LONG:
            raise Unsupported("a real type to unsigned long")
        else:
            is_wide = wanted.size == LONG.size or (
                wanted.size == INT.size and isinstance(wanted, Integer) and not wanted.signed
            )
            self.emit(f"cvtts{_letter(given)}2si {self.name(to, LONG if is_wide else INT)},{value.name}")
            if wanted.size < INT.size:
                self.extend(to, to, INT, wanted)

    def _as_signed(self, value: Register, given: Type) -> str:
        """An integer as one that is signed and has its value: an unsigned int at 64 bits."""
        if given.size != INT.size or (isinstance(given, Integer) and given.signed):
            return self.wide(value, given)
        register = self.registers.temporary(False, frozenset((value,)))
        self.registers.busy.remove(register)
        self.emit(f"mov {self.name(register, INT)},{self.name(value, INT)}")
        return register.name

    def _compare(self, left: Register, right: Operand, type_: Type) -> None:
        if isinstance(right, Number) and not -(2**31) <= int(right.value) < (2**31 if type_.size == 8 else 2**32):
            register = self.registers.temporary(False, frozenset((left,)))
            self.constant(register, Number(type_, right.value, right.text))
            self.registers.busy.remove(register)
            right = register
        text = number_text(right) if isinstance(right, Number) else self.wide(right, type_)
        self.emit(f"cmp {self.wide(left, type_)},{text}")

    def _condition(self, operator: str, type_: Type) -> str:
        return (_SIGNED if isinstance(type_, Integer) and type_.signed else _UNSIGNED)[operator]

    def compare_set(self, operator: str, to: Register, left: Register, right: Operand, type_: Type) -> None:
        low, wide = self.name(to, Integer(1, False)), self.name(to, INT)
        if not kind(type_):
            self._compare(left, right, type_)
            self.emit(f"set{self._condition(operator, type_)} {low}")
            self.emit(f"movzx {wide},{low}")
            return
        assert isinstance(right, Register)
        if operator in ("==", "!="):
            other = self.registers.temporary(False, frozenset((to,)))
            self.registers.busy.remove(other)
            self.emit(f"ucomis{_letter(type_)} {left.name},{right.name}")
            self.emit(f"set{'np' if operator == '==' else 'p'} {self.name(other, Integer(1, False))}")
            self.emit(f"set{'e' if operator == '==' else 'ne'} {low}")
            self.emit(f"{'and' if operator == '==' else 'or'} {low},{self.name(other, Integer(1, False))}")
        else:
            above = self._compare_real(operator, left, right, type_)
            self.emit(f"set{above} {low}")
        self.emit(f"movzx {wide},{low}")

    def _compare_real(self, operator: str, left: Register, right: Register, type_: Type) -> str:
        """Compare so that the condition is false for what cannot be compared: above, or above or equal."""
        if operator in ("<", "<="):
            left, right = right, left
        self.emit(f"comis{_letter(type_)} {left.name},{right.name}")
        return "a" if operator in ("<", ">") else "ae"

    def compare_jump(self, operator: str, left: Register, right: Operand, type_: Type, label: Label) -> None:
        self._compare(left, right, type_)
        self.emit(f"j{self._condition(operator, type_)} {self.used(label)}")

    def compare_jump_real(
        self, operator: str, left: Register, right: Register, type_: Type, label: Label, when: bool
    ) -> None:
        if operator not in ("==", "!="):
            above = self._compare_real(operator, left, right, type_)
            condition = above if when else {"a": "be", "ae": "b"}[above]
            self.emit(f"j{condition} {self.used(label)}")
            return
        self.emit(f"ucomis{_letter(type_)} {left.name},{right.name}")
        if (operator == "!=") == when:
            self.emit(f"jp {self.used(label)}")
            self.emit(f"jne {label}")
            return
        past = self.used(self.label())
        self.emit(f"jp {past}")
        self.emit(f"je {self.used(label)}")
        self.place(past)

    def jump(self, label: Label) -> None:
        self.emit(f"jmp {self.used(label)}")

    def call(self, name: str, real_arguments: int | None) -> None:
        if real_arguments is not None:
            self.emit(f"mov eax,{real_arguments}")
        self.emit(f"call {name}")


def _letter(type_: Type) -> str:
    return "d" if type_.size == DOUBLE.size else "s"


def _with_depth(line: str, depth: int) -> str:
    """A parameter on the stack, counted from the stack pointer below the frame."""
    if "\x03" not in line:
        return line
    start, rest = line.split("\x03")
    digits, tail = rest.split("]", 1)
    return f"{start}{depth + int(digits)}]{tail}"
