"""AArch64 (Arm ARM C6, C7; AAPCS64)."""

from typing import ClassVar

from playground.assembly.aarch64.fields import bitmask
from playground.data.direct.machine import COMMENT, RETURN, Label, Machine, number_text, real_text
from playground.data.direct.nodes import Number
from playground.data.direct.registers import Address, Convention, Operand, Register, kind
from playground.data.direct.types import INT, LONG, Integer, Real, Type, Unsupported, round_up


def _x(*numbers: int) -> tuple[Register, ...]:
    return tuple(Register(f"x{number}") for number in numbers)


def _d(*numbers: int) -> tuple[Register, ...]:
    return tuple(Register(f"d{number}", is_real=True) for number in numbers)


_SIGNED = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_UNSIGNED = {**_SIGNED, "<": "lo", "<=": "ls", ">": "hi", ">=": "hs"}
_REAL = {**_SIGNED, "<": "mi", "<=": "ls"}
"""False for what cannot be compared (Arm ARM C1.2.4)."""
_REAL_NOT = {"==": "ne", "!=": "eq", "<": "pl", "<=": "hi", ">": "le", ">=": "lt"}
_PLAIN = {"+": "add", "-": "sub", "&": "and", "|": "orr", "^": "eor", "*": "mul"}
_REAL_OPERATORS = {"+": "fadd", "-": "fsub", "*": "fmul", "/": "fdiv"}
_LARGEST_ADDED = 4095


class AArch64(Machine):
    """Three operands; variables x0 to x7 and x10 to x15, temporaries x8, x9, x16, x17."""

    convention = Convention(
        arguments=_x(*range(8)),
        real_arguments=_d(*range(8)),
        result=_x(0)[0],
        real_result=_d(0)[0],
        leaf=(*_x(*range(8), *range(10, 16)), *_d(*range(6), *range(24, 32))),
        caller=(*_x(*range(19, 29)), *_d(*range(8, 16))),
        temporaries=(*_x(8, 9, 16, 17), *_d(6, 7, *range(16, 24))),
        caller_temporaries=_x(*range(10, 16)),
        callee_saved=frozenset((*_x(*range(19, 30)), *_d(*range(8, 16)))),
    )
    words: ClassVar = {1: ".byte", 2: ".hword", 4: ".word", 8: ".xword"}
    stack = Register("sp")
    steps_after = True

    @staticmethod
    def alignment(size: int) -> int:
        return size.bit_length() - 1

    def frame_start(self, has_calls: bool) -> int:
        return 16 if has_calls else 0

    def framed(self, entry: list[str], saved: list[Register]) -> list[str]:
        first = round_up(self.frame, 8)
        size = round_up(first + 8 * len(saved), 16)
        before: list[str] = []
        after: list[str] = []
        if self.has_calls:
            before.append(f" stp x29,x30,[sp,-{size}]!")
        elif size:
            before.append(f" sub sp,sp,{size}")
        for group in (False, True):
            kept = [register for register in saved if register.is_real == group]
            while kept:
                two, kept = kept[:2], kept[2:]
                names, width = ",".join(register.name for register in two), "p" if len(two) == 2 else "r"
                before.append(f" st{width} {names},[sp,{first}]")
                after.append(f" ld{width} {names},[sp,{first}]")
                first += 8 * len(two)
        if self.has_calls:
            after.append(f" ldp x29,x30,[sp],{size}")
        elif size:
            after.append(f" add sp,sp,{size}")
        entry = [line.replace("\x03", str(size)) for line in entry]
        return [*before, *entry, *returning(self, [*after, " ret"])]

    def name(self, register: Register, type_: Type) -> str:
        """The register at a type's width."""
        if register.is_real:
            return register.name if type_.size == LONG.size else f"s{register.name[1:]}"
        if register.name == "sp":
            return "sp"
        return register.name if type_.size == LONG.size else f"w{register.name[1:]}"

    def move(self, to: Register, value: Operand, type_: Type) -> None:
        if isinstance(value, Number):
            self.constant(to, value)
        elif to != value:
            self.emit(f"{'fmov' if to.is_real else 'mov'} {self.name(to, type_)},{self.name(value, type_)}")

    def constant(self, to: Register, number: Number) -> None:
        name = self.name(to, number.type)
        if not kind(number.type):
            is_short = _is_one_move(int(number.value), 64 if number.type.size == LONG.size else 32)
            self.emit(f"mov {name},{number_text(number)}" if is_short else f"ldr {name},={number_text(number)}")
        elif number.value == 0:
            self.emit(f"fmov {name},{'xzr' if number.type.size == LONG.size else 'wzr'}")
        elif _is_short_real(float(number.value)):
            self.emit(f"fmov {name},{real_text(number)}")
        else:
            label = self.real_constant(number)
            with_page = self.registers.temporary(False)
            self.registers.busy.remove(with_page)
            self.emit(f"adrp {with_page.name},{label}")
            self.emit(f"ldr {name},[{with_page.name},:lo12:{label}]")

    def spelled(self, address: Address) -> str:
        """An address between brackets."""
        assert address.base is not None
        base = address.base.name
        if address.steps_after:
            return f"[{base}],{address.steps_after}"
        if address.index is None:
            return f"[{base},{address.offset}]" if address.offset else f"[{base}]"
        return f"[{base},{self._indexed(address.index, address.index_type, address.scale)}]"

    def _indexed(self, index: Register, type_: Type | None, scale: int) -> str:
        assert type_ is not None
        shift = scale.bit_length() - 1
        if type_.size == LONG.size:
            return f"{index.name},lsl {shift}" if shift else index.name
        extend = "sxtw" if isinstance(type_, Integer) and type_.signed else "uxtw"
        return f"{self.name(index, INT)},{extend}{f' {shift}' if shift else ''}"

    def load(self, to: Register, address: Address, type_: Type, *, wide: bool = False) -> None:
        is_signed = isinstance(type_, Integer) and type_.signed
        width = {1: "b", 2: "h"}.get(type_.size, "") if not to.is_real else ""
        if wide:
            width = {1: "sb", 2: "sh", 4: "sw"}[type_.size]
        elif width and is_signed:
            width = f"s{width}"
        self.emit(f"ldr{width} {self.name(to, LONG if wide else type_)},{self.spelled(address)}")

    def load_parameter(self, to: Register, index: int, type_: Type) -> None:
        self.emit(f"ldr {self.name(to, type_)},[sp,\x03{f'+{8 * index}' if index else ''}]")

    def store(self, value: Register, address: Address, type_: Type) -> None:
        width = {1: "b", 2: "h"}.get(type_.size, "") if not value.is_real else ""
        self.emit(f"str{width} {self.name(value, type_)},{self.spelled(address)}")

    def store_number(self, number: Number, address: Address) -> None:
        if kind(number.type):
            raise Unsupported("a number to be stored that is no integer")
        if number.value == 0:
            width = {1: "b", 2: "h"}.get(number.type.size, "")
            self.emit(f"str{width} {'xzr' if number.type.size == LONG.size else 'wzr'},{self.spelled(address)}")
            return
        used = [register for register in (address.base, address.index) if register is not None]
        register = self.registers.temporary(False, frozenset(used))
        self.constant(register, number)
        self.store(register, address, number.type)
        self.registers.busy.remove(register)

    def address_of(self, to: Register, address: Address) -> None:
        if address.base is None:
            self.emit(f"adrp {to.name},{address.symbol}")
            self.emit(f"add {to.name},{to.name},:lo12:{address.symbol}")
            if address.offset:
                self.emit(f"add {to.name},{to.name},{address.offset}")
        elif address.offset:
            self.binary("+", to, address.base, Number(LONG, address.offset), LONG, LONG)
        else:
            self.emit(f"mov {to.name},{address.base.name}") if to != address.base else None

    def scaled(self, to: Register, base: Register, index: Register, index_type: Type, size: int) -> None:
        if size in (1, 2, 4, 8, 16):
            self.emit(f"add {to.name},{base.name},{self._indexed(index, index_type, size)}")
            return
        factor = self.registers.temporary(False, frozenset((base, index, to)))
        if index_type.size == LONG.size:
            self.emit(f"mov {factor.name},{size}")
            self.emit(f"madd {to.name},{index.name},{factor.name},{base.name}")
        else:
            name = "smaddl" if isinstance(index_type, Integer) and index_type.signed else "umaddl"
            self.emit(f"mov {self.name(factor, INT)},{size}")
            self.emit(f"{name} {to.name},{self.name(index, INT)},{self.name(factor, INT)},{base.name}")
        self.registers.busy.remove(factor)

    def can_index(self, scale: int, size: int, offset: int) -> bool:
        return not offset and scale in (1, size) and size in (1, 2, 4, 8)

    def index(self, index: Register, type_: Type, avoid: frozenset[Register]) -> Register:
        return index

    def unary(self, operator: str, to: Register, operand: Register, type_: Type) -> None:
        name = {"-": "fneg" if to.is_real else "neg", "~": "mvn", "sqrt": "fsqrt", "fabs": "fabs"}[operator]
        self.emit(f"{name} {self.name(to, type_)},{self.name(operand, type_)}")

    def binary(
        self, operator: str, to: Register, left: Register, right: Operand, type_: Type, right_type: Type
    ) -> None:
        result, first = self.name(to, type_), self.name(left, type_)
        if kind(type_):
            assert isinstance(right, Register)
            self.emit(f"{_REAL_OPERATORS[operator]} {result},{first},{self.name(right, type_)}")
            return
        is_signed = isinstance(type_, Integer) and type_.signed
        mark = len(self.registers.busy)
        second = self._second(operator, right, type_, frozenset((left, to)))
        if second.startswith("-") and operator in "+-":
            operator, second = {"+": "-", "-": "+"}[operator], second[1:]
        if operator == "%":
            quotient = self.name(self.registers.temporary(False, frozenset((left, to))), type_)
            self.emit(f"{'sdiv' if is_signed else 'udiv'} {quotient},{first},{second}")
            self.emit(f"msub {result},{quotient},{second},{first}")
        elif operator == "/":
            self.emit(f"{'sdiv' if is_signed else 'udiv'} {result},{first},{second}")
        elif operator in ("<<", ">>"):
            name = "lsl" if operator == "<<" else "asr" if is_signed else "lsr"
            self.emit(f"{name} {result},{first},{second}")
        else:
            self.emit(f"{_PLAIN[operator]} {result},{first},{second}")
        del self.registers.busy[mark:]

    def _second(self, operator: str, right: Operand, type_: Type, avoid: frozenset[Register]) -> str:
        """The second operand as an instruction takes it: a number where it may be one, or a register."""
        if isinstance(right, Register):
            return self.name(right, type_)
        bits = 64 if type_.size == LONG.size else 32
        value = int(right.value)
        if (
            (operator in "+-" and abs(value) <= _LARGEST_ADDED)
            or (operator in ("<<", ">>") and 0 <= value < bits)
            or (operator in "&|^" and bitmask(value & ((1 << bits) - 1), bits) is not None)
        ):
            return number_text(right)
        register = self.registers.temporary(False, avoid)
        self.constant(register, Number(type_, right.value, right.text))
        return self.name(register, type_)

    def extend(self, to: Register, value: Register, given: Type, wanted: Type) -> None:
        narrow = wanted if wanted.size < given.size or (wanted.size == given.size) else given
        is_signed = isinstance(narrow, Integer) and narrow.signed
        if narrow.size >= INT.size and not is_signed:
            self.emit(f"mov {self.name(to, INT)},{self.name(value, INT)}")
            return
        letter = {1: "b", 2: "h", 4: "w"}[narrow.size]
        wide = LONG if wanted.size == LONG.size and is_signed else INT
        self.emit(f"{'s' if is_signed else 'u'}xt{letter} {self.name(to, wide)},{self.name(value, INT)}")

    def convert(self, to: Register, value: Register, given: Type, wanted: Type) -> None:
        result, source = self.name(to, wanted), self.name(value, given)
        if isinstance(given, Real) and isinstance(wanted, Real):
            self.emit(f"fcvt {result},{source}")
        elif isinstance(wanted, Real):
            self.emit(f"{'s' if isinstance(given, Integer) and given.signed else 'u'}cvtf {result},{source}")
        else:
            is_signed = isinstance(wanted, Integer) and wanted.signed
            self.emit(f"fcvtz{'s' if is_signed or wanted.size < INT.size else 'u'} {result},{source}")
            if wanted.size < INT.size:
                self.extend(to, to, INT, wanted)

    def _compare(self, left: Register, right: Operand, type_: Type) -> None:
        wide = type_ if type_.size == LONG.size else INT
        if isinstance(right, Number) and abs(int(right.value)) <= _LARGEST_ADDED:
            text = number_text(right)
            self.emit(
                f"cmn {self.name(left, wide)},{text[1:]}" if text[0] == "-" else f"cmp {self.name(left, wide)},{text}"
            )
            return
        if isinstance(right, Number):
            register = self.registers.temporary(False, frozenset((left,)))
            self.constant(register, Number(wide, right.value, right.text))
            self.registers.busy.remove(register)
            right = register
        self.emit(f"cmp {self.name(left, wide)},{self.name(right, wide)}")

    def _condition(self, operator: str, type_: Type) -> str:
        return (_SIGNED if isinstance(type_, Integer) and type_.signed else _UNSIGNED)[operator]

    def compare_set(self, operator: str, to: Register, left: Register, right: Operand, type_: Type) -> None:
        if kind(type_):
            assert isinstance(right, Register)
            self.emit(f"fcmp {self.name(left, type_)},{self.name(right, type_)}")
            self.emit(f"cset {self.name(to, INT)},{_REAL[operator]}")
            return
        self._compare(left, right, type_)
        self.emit(f"cset {self.name(to, INT)},{self._condition(operator, type_)}")

    def compare_jump(self, operator: str, left: Register, right: Operand, type_: Type, label: Label) -> None:
        self.used(label)
        if isinstance(right, Number) and right.value == 0 and operator in ("==", "!="):
            name = self.name(left, type_ if type_.size == LONG.size else INT)
            self.emit(f"{'cbz' if operator == '==' else 'cbnz'} {name},{label}")
            return
        self._compare(left, right, type_)
        self.emit(f"b{self._condition(operator, type_)} {label}")

    def compare_jump_real(
        self, operator: str, left: Register, right: Register, type_: Type, label: Label, when: bool
    ) -> None:
        self.emit(f"fcmp {self.name(left, type_)},{self.name(right, type_)}")
        self.emit(f"b{(_REAL if when else _REAL_NOT)[operator]} {self.used(label)}")

    def jump(self, label: Label) -> None:
        self.emit(f"b {self.used(label)}")

    def call(self, name: str, real_arguments: int | None) -> None:
        self.emit(f"bl {name}")


def returning(machine: Machine, epilogue: list[str]) -> list[str]:
    """The body with its returns: each the epilogue when that is short, else a jump to the one at the end."""
    lines = machine.lines
    if len(epilogue) == 1:
        return [line if line != RETURN else epilogue[0] for line in lines]
    last = max((index for index, line in enumerate(lines) if not line.startswith(COMMENT)), default=-1)
    body = [*lines[:last], *lines[last + 1 :]] if last >= 0 and lines[last] == RETURN else lines
    end = machine.label()
    if RETURN in body:
        machine.used(end)
    jumps = machine.lines = []
    machine.jump(end)
    jump = jumps[0]
    text = [line if line != RETURN else jump for line in body]
    return [*text, *[f"{end}:"] * (RETURN in body), *epilogue]


def _is_one_move(value: int, bits: int) -> bool:
    """Whether one ``mov`` makes it: movz, movn or a bitmask (Arm ARM C6.2.226)."""
    mask = (1 << bits) - 1
    for candidate in (value & mask, ~value & mask):
        if any(candidate & ~(0xFFFF << shift) & mask == 0 for shift in range(0, bits, 16)):
            return True
    return bitmask(value & mask, bits) is not None


def _is_short_real(value: float) -> bool:
    """Whether fmov takes it: n / 16 * 2**r with 16 <= n <= 31 and -3 <= r <= 4 (Arm ARM C2.2.3)."""
    return any(
        (scaled := abs(value) * 16 / 2**power) in range(16, 32) and scaled == int(scaled) for power in range(-3, 5)
    )
