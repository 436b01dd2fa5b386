"""The x87 instructions with operands (Intel SDM vol. 2, each F… entry; vol. 1, 8.3). Dialects disagree on their
spelling, and AT&T on which of fsub and fsubr is meant, so all of them are encoded here."""

from dataclasses import replace

from playground.assembly.encoding import Encoded
from playground.assembly.x86.canonical import no_size
from playground.assembly.x86.modrm import Form, encode_memory
from playground.assembly.x86.operands import Instruction, Memory, Operand, Problem, RegisterOperand, SyntaxProblem

_ARITHMETIC = {"fadd": 0, "fmul": 1, "fcom": 2, "fcomp": 3, "fsub": 4, "fsubr": 5, "fdiv": 6, "fdivr": 7}
"""/digit of D8, DC, DA and DE."""

MEMORY: dict[str, dict[int, tuple[int, int]]] = {
    **{name: {4: (0xD8, digit), 8: (0xDC, digit)} for name, digit in _ARITHMETIC.items()},
    **{"fi" + name[1:]: {2: (0xDE, digit), 4: (0xDA, digit)} for name, digit in _ARITHMETIC.items()},
    "fld": {4: (0xD9, 0), 8: (0xDD, 0), 10: (0xDB, 5)},
    "fst": {4: (0xD9, 2), 8: (0xDD, 2)},
    "fstp": {4: (0xD9, 3), 8: (0xDD, 3), 10: (0xDB, 7)},
    "fild": {2: (0xDF, 0), 4: (0xDB, 0), 8: (0xDF, 5)},
    "fist": {2: (0xDF, 2), 4: (0xDB, 2)},
    "fistp": {2: (0xDF, 3), 4: (0xDB, 3), 8: (0xDF, 7)},
    "fisttp": {2: (0xDF, 1), 4: (0xDB, 1), 8: (0xDD, 1)},
    "fbld": {10: (0xDF, 4)},
    "fbstp": {10: (0xDF, 6)},
    "fldcw": {2: (0xD9, 5)},
    "fnstcw": {2: (0xD9, 7)},
    "fnstsw": {2: (0xDD, 7)},
    "fldenv": {28: (0xD9, 4)},
    "fnstenv": {28: (0xD9, 6)},
    "frstor": {108: (0xDD, 4)},
    "fnsave": {108: (0xDD, 6)},
}
"""Mnemonic -> {bytes of memory: (opcode, /digit)}."""

_WAITING = {"fstcw": "fnstcw", "fstsw": "fnstsw", "fstenv": "fnstenv", "fsave": "fnsave"}
"""9B (fwait) followed by the form that does not wait."""

_TO_TOP = {name: (0xD8, 0xC0 + 8 * digit) for name, digit in _ARITHMETIC.items()} | {
    "fld": (0xD9, 0xC0), "fxch": (0xD9, 0xC8), "fcomi": (0xDB, 0xF0), "fcomip": (0xDF, 0xF0), "fucomi": (0xDB, 0xE8),
    "fucomip": (0xDF, 0xE8), "fucom": (0xDD, 0xE0), "fucomp": (0xDD, 0xE8), "fcmovb": (0xDA, 0xC0),
    "fcmove": (0xDA, 0xC8), "fcmovbe": (0xDA, 0xD0), "fcmovu": (0xDA, 0xD8), "fcmovnb": (0xDB, 0xC0),
    "fcmovne": (0xDB, 0xC8), "fcmovnbe": (0xDB, 0xD0), "fcmovnu": (0xDB, 0xD8), "fcompi": (0xDF, 0xF0),
    "fucompi": (0xDF, 0xE8),
}  # fmt: skip
"""op st(0), st(i): opcode, second byte for i = 0."""

_TO_OTHER = {
    "fadd": (0xDC, 0xC0), "fmul": (0xDC, 0xC8), "fsub": (0xDC, 0xE8), "fsubr": (0xDC, 0xE0), "fdiv": (0xDC, 0xF8),
    "fdivr": (0xDC, 0xF0), "faddp": (0xDE, 0xC0), "fmulp": (0xDE, 0xC8), "fsubp": (0xDE, 0xE8),
    "fsubrp": (0xDE, 0xE0), "fdivp": (0xDE, 0xF8), "fdivrp": (0xDE, 0xF0),
}  # fmt: skip
"""op st(i), st(0)."""

_ALONE = {"fst": (0xDD, 0xD0), "fstp": (0xDD, 0xD8), "ffree": (0xDD, 0xC0), "ffreep": (0xDF, 0xC0)}
"""op st(i)."""

_DEFAULT_ONE = frozenset(
    {"fxch", "fcom", "fcomp", "fucom", "fucomp", "fcomi", "fcomip", "fucomi", "fucomip", "fcompi", "fucompi"}
)
"""Without operand: st(1)."""

_REVERSED = {
    "fsub": "fsubr", "fsubr": "fsub", "fdiv": "fdivr", "fdivr": "fdiv",
    "fsubp": "fsubrp", "fsubrp": "fsubp", "fdivp": "fdivrp", "fdivrp": "fdivp",
}  # fmt: skip
"""AT&T text with st(i) as the destination means the manual's other one (as.info, "i386-Bugs")."""

_REAL_SUFFIXES = {"s": 4, "l": 8, "t": 10}
_INTEGER_SUFFIXES = {"s": 2, "l": 4, "q": 8, "ll": 8}
_INTEGER = frozenset({"fild", "fist", "fistp", "fisttp", *("fi" + name[1:] for name in _ARITHMETIC)})
_DEFAULT_SIZES = {True: 2, False: 4}
"""GNU as's choice in AT&T text without suffix: the first template of its table."""

X87 = frozenset({*MEMORY, *_WAITING, *_TO_TOP, *_TO_OTHER, *_ALONE})


def _suffixed() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for name, forms in MEMORY.items():
        suffixes = _INTEGER_SUFFIXES if name in _INTEGER else _REAL_SUFFIXES
        found |= {name + suffix: (name, size) for suffix, size in suffixes.items() if size in forms}
    found |= {name + "w": (name, 2) for name in ("fldcw", "fnstcw", "fnstsw", "fstcw", "fstsw")}
    return found


SUFFIXED = _suffixed()
"""AT&T spelling with suffix -> (mnemonic, bytes)."""


def resolve_att(instruction: Instruction) -> Instruction:
    """AT&T suffixes taken off, and fsub / fsubr, fdiv / fdivr under the manual's name."""
    name, size = SUFFIXED.get(instruction.mnemonic, (instruction.mnemonic, instruction.size))
    operands = instruction.operands
    if name in _REVERSED and not any(isinstance(operand, Memory) for operand in operands):
        to_other = not operands or name.endswith("p") or (len(operands) == 2 and _number(operands[0]) != 0)
        name = _REVERSED[name] if to_other else name
    return replace(instruction, mnemonic=name, size=size)


def encode_x87(instruction: Instruction) -> Encoded:
    """An x87 instruction in the manual's terms.

    Raises:
        SyntaxProblem: operands or sizes that it does not have.
    """
    name = instruction.mnemonic
    if name in _WAITING:
        plain = encode_x87(replace(instruction, mnemonic=_WAITING[name]))
        moved = tuple(replace(fixup, offset=fixup.offset + 1) for fixup in plain.fixups)
        return Encoded(b"\x9b" + plain.data, moved)
    operands = instruction.operands
    if len(operands) == 1 and isinstance(operands[0], Memory):
        return _memory(instruction, operands[0])
    if name == "fnstsw" and all(isinstance(o, RegisterOperand) and o.register.name == "ax" for o in operands):
        return Encoded(b"\xdf\xe0")
    return Encoded(bytes(_stack(name, operands)))


def _memory(instruction: Instruction, memory: Memory) -> Encoded:
    forms = MEMORY.get(instruction.mnemonic, {})
    size = instruction.size or memory.size
    if size is None and len(forms) > 1 and instruction.strict_size:
        raise no_size(instruction)
    size = size or (_DEFAULT_SIZES[instruction.mnemonic in _INTEGER] if len(forms) > 1 else next(iter(forms), 0))
    if len(forms) == 1 and 0 not in forms and size not in forms and next(iter(forms)) > 10:
        size = next(iter(forms))
    if size not in forms:
        raise SyntaxProblem(
            Problem(f"{instruction.mnemonic!r} has no form for {size} bytes of memory", instruction.mnemonic)
        )
    opcode, digit = forms[size]
    return encode_memory(Form(bytes([opcode]), digit), memory)


def _stack(name: str, operands: tuple[Operand, ...]) -> tuple[int, int]:
    """Opcode bytes of a form on the register stack."""
    if name in _ALONE and len(operands) == 1:
        return _row(_ALONE[name], _number(operands[0]))
    if not operands:
        return _without_operands(name)
    if len(operands) == 1:
        row = _TO_OTHER.get(name) if name.endswith("p") and name in _TO_OTHER else _TO_TOP.get(name)
        return _row(_known(row, name), _number(operands[0]))
    if len(operands) == 2:
        first, second = _number(operands[0]), _number(operands[1])
        if first == 0 and name in _TO_TOP:
            return _row(_TO_TOP[name], second)
        if second == 0 and name in _TO_OTHER:
            return _row(_TO_OTHER[name], first)
        if first == 0 and name in _TO_OTHER:
            return _row(_TO_OTHER[name], second)
    raise SyntaxProblem(Problem(f"operand type mismatch for {name!r}", name))


def _without_operands(name: str) -> tuple[int, int]:
    popping = name if name in _TO_OTHER and name.endswith("p") else name + "p"
    if name in _DEFAULT_ONE:
        return _row(_TO_TOP[name], 1)
    return _row(_known(_TO_OTHER.get(popping), name), 1)


def _known(row: tuple[int, int] | None, name: str) -> tuple[int, int]:
    if row is None:
        raise SyntaxProblem(Problem(f"operand type mismatch for {name!r}", name))
    return row


def _row(row: tuple[int, int], number: int) -> tuple[int, int]:
    return row[0], row[1] + number


def _number(operand: Operand) -> int:
    if isinstance(operand, RegisterOperand) and operand.register.kind == "x87":
        return operand.register.number
    raise SyntaxProblem(Problem("an x87 register st(0) … st(7) is expected here"))
