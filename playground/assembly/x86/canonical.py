"""One spelling and one size for each instruction: AT&T suffixes resolved, operands checked against each other."""

from dataclasses import replace

from playground.assembly.x86.families import EXTENSIONS, FAMILIES, SIZE_SUFFIXES, SUFFIX_SIZES, Family, known_mnemonics
from playground.assembly.x86.operands import (
    Immediate,
    Instruction,
    Memory,
    Operand,
    Problem,
    RegisterOperand,
    SyntaxProblem,
)
from playground.assembly.x86.registers import REGISTERS, Register

SIZE_NAMES = {1: "byte", 2: "word", 4: "dword", 8: "qword", 10: "tbyte", 16: "xmmword", 32: "ymmword", 64: "zmmword"}
"""Bytes -> the keyword of Intel syntax."""

SIZE_HINT = "size"
"""Stands for the advice on sizes, which differs between dialects: the encoder words it."""

_BIT_TESTS = ("bt", "bts", "btr", "btc")

_SHORT_EXTENSIONS = {
    "movsb": ("movsx", 1), "movsw": ("movsx", 2), "movsl": ("movsx", 4), "movzb": ("movzx", 1), "movzw": ("movzx", 2),
    "movsxb": ("movsx", 1), "movsxw": ("movsx", 2), "movzxb": ("movzx", 1), "movzxw": ("movzx", 2),
}  # fmt: skip
"""AT&T extensions that leave the destination's size to its register."""


def gpr(operand: Operand) -> Register | None:
    """The general register that `operand` is, if it is one."""
    if isinstance(operand, RegisterOperand) and operand.register.kind == "gpr":
        return operand.register
    return None


def resolve_suffix(instruction: Instruction) -> Instruction:
    """`instruction` with an AT&T suffix moved from the mnemonic into `size` and extensions under the manual's name."""
    name = instruction.mnemonic
    if name in FAMILIES:
        return instruction
    if name == "movsxd" and instruction.strict_size:
        return _extension(instruction, "movsx", 4, None)
    if name in EXTENSIONS:
        base, sizes = EXTENSIONS[name]
        return _extension(instruction, base, SUFFIX_SIZES[sizes[0]], SUFFIX_SIZES[sizes[1]])
    if name in _SHORT_EXTENSIONS and len(instruction.operands) == 2 and gpr(instruction.operands[0]):
        base, source = _SHORT_EXTENSIONS[name]
        return _extension(instruction, base, source, None)
    if name in ("movsx", "movzx"):
        return _extension(instruction, name, None, None)
    stem, suffix = name[:-1], name[-1:]
    if name == "movq" and any(_is_vector(operand) for operand in instruction.operands):
        return instruction
    if stem in FAMILIES and suffix in FAMILIES[stem].suffixes:
        return replace(instruction, mnemonic=stem, size=SUFFIX_SIZES[suffix])
    if stem in FAMILIES and name not in known_mnemonics():
        raise SyntaxProblem(Problem(f"{stem!r} has no suffix {suffix!r}", name))
    return instruction


def _is_vector(operand: Operand) -> bool:
    return isinstance(operand, RegisterOperand) and operand.register.kind in ("xmm", "mmx", "mask")


def _extension(instruction: Instruction, base: str, source_size: int | None, size: int | None) -> Instruction:
    """movsx / movzx with the source's size in the source operand and the destination's in `size`."""
    if len(instruction.operands) != 2:
        raise SyntaxProblem(Problem(f"{instruction.mnemonic!r} takes two operands"))
    destination, source = instruction.operands
    target, register = gpr(destination), gpr(source)
    if target is None:
        raise SyntaxProblem(Problem(f"the destination of {instruction.mnemonic!r} is a general register"))
    if size is not None and target.bits != 8 * size:
        raise mismatch(instruction.mnemonic, target)
    actual = register.bits // 8 if register else source_size or (source.size if isinstance(source, Memory) else None)
    if register is not None and source_size is not None and register.bits != 8 * source_size:
        raise mismatch(instruction.mnemonic, register)
    if actual is None:
        if instruction.strict_size:
            raise no_size(instruction)
        actual = 1
    if actual * 8 >= target.bits and not (actual == 4 and target.bits == 32 and base == "movsx"):
        raise SyntaxProblem(Problem(f"{base!r} cannot extend {actual} bytes to {target.name!r}", target.name))
    source = replace(source, size=actual) if isinstance(source, Memory) else source
    return replace(instruction, mnemonic=base, operands=(destination, source), size=target.bits // 8)


def mismatch(mnemonic: str, register: Register) -> SyntaxProblem:
    message = f"operand size mismatch: {register.name!r} does not go with the other operands of {mnemonic!r}"
    return SyntaxProblem(Problem(message, register.name))


def no_size(instruction: Instruction) -> SyntaxProblem:
    """The complaint that nothing says how many bytes a memory operand has."""
    message = f"no size given for {instruction.mnemonic!r}: neither its name nor a register says how many bytes"
    return SyntaxProblem(Problem(message, instruction.mnemonic, SIZE_HINT))


def operation_size(instruction: Instruction, family: Family) -> int:
    """The operand size in bytes.

    Raises:
        SyntaxProblem: registers, suffix and memory disagree, or nothing gives a size.
    """
    counted = counted_operands(instruction, family)
    sizes = {register.bits // 8 for operand in counted if (register := gpr(operand))}
    explicit = {operand.size for operand in counted if isinstance(operand, Memory) and operand.size}
    explicit |= {instruction.size} if instruction.size else set()
    if instruction.mnemonic == "lea":
        explicit = {instruction.size} if instruction.size else set()
    agreed = sizes | explicit
    if len(agreed) > 1:
        raise _disagreement(instruction, counted)
    size = agreed.pop() if agreed else _default_size(instruction, family)
    if SIZE_SUFFIXES.get(size, "?") not in family.suffixes:
        message = f"{instruction.mnemonic!r} has no {SIZE_NAMES.get(size, size)} form"
        raise SyntaxProblem(Problem(message, instruction.mnemonic))
    return size


def _default_size(instruction: Instruction, family: Family) -> int:
    only = family.suffixes if len(family.suffixes) == 1 else family.default if family.default == "q" else ""
    if only:
        return SUFFIX_SIZES[only]
    if instruction.strict_size:
        raise no_size(instruction)
    return SUFFIX_SIZES[family.default]


def counted_operands(instruction: Instruction, family: Family) -> tuple[Operand, ...]:
    """The operands whose sizes must agree."""
    if family.shape == "first":
        return instruction.operands[: 2 if instruction.mnemonic in (*_BIT_TESTS, "shld", "shrd") else 1]
    if family.shape == "source":
        return instruction.operands[-1:]
    return instruction.operands


def _disagreement(instruction: Instruction, counted: tuple[Operand, ...]) -> SyntaxProblem:
    names = [register.name for operand in counted if (register := gpr(operand))]
    sizes = ", ".join(names) or instruction.mnemonic
    message = f"operand size mismatch for {instruction.mnemonic!r}: {sizes}"
    if instruction.size:
        message += f" and suffix {SIZE_SUFFIXES.get(instruction.size, '')!r}"
    return SyntaxProblem(Problem(message, names[0] if names else instruction.mnemonic))


def check_operands(instruction: Instruction, family: Family) -> None:
    """Counts and kinds that no integer instruction allows.

    Raises:
        SyntaxProblem: a wrong number of operands, two memory operands, or an immediate as the destination.
    """
    operands, name = instruction.operands, instruction.mnemonic
    if len(operands) not in family.operands:
        wanted = " or ".join(str(count) for count in family.operands)
        raise SyntaxProblem(Problem(f"{name!r} takes {wanted} operands, not {len(operands)}", name))
    if sum(isinstance(operand, Memory) for operand in operands) > 1:
        hint = "x86 has no memory-to-memory form: go through a register"
        raise SyntaxProblem(Problem(f"too many memory references for {name!r}", name, hint))
    if isinstance(operands[0] if operands else None, Immediate) and name != "push":
        raise SyntaxProblem(Problem(f"the destination of {name!r} cannot be an immediate", name))


def with_count_in_cl(instruction: Instruction) -> Instruction:
    """GNU as reads cx, ecx and rcx as a shift's count for cl."""
    if FAMILIES[instruction.mnemonic].shape != "first" or len(instruction.operands) < 2:
        return instruction
    if instruction.mnemonic in ("shld", "shrd") and len(instruction.operands) == 2:
        return instruction
    register = gpr(instruction.operands[-1])
    if register is None or register.number != 1 or instruction.mnemonic in _BIT_TESTS or register.forbids_rex:
        return instruction
    return replace(instruction, operands=(*instruction.operands[:-1], RegisterOperand(REGISTERS["cl"])))


def check_high_bytes(instruction: Instruction) -> None:
    """ah, bh, ch and dh have no encoding beside a REX prefix (SDM vol. 2, 2.2.1.2). Keystone ends its process on them.

    Raises:
        SyntaxProblem: such a register beside one that needs REX.
    """
    registers = [register for operand in instruction.operands for register in _registers_of(operand)]
    high = next((register for register in registers if register.forbids_rex), None)
    if high is None:
        return
    for register in registers:
        extended = register.kind in ("gpr", "xmm", "ymm", "zmm") and register.number >= 8
        if extended or register.needs_rex or (register.bits == 64 and _is_operand(instruction, register)):
            message = f"{high.name!r} cannot be encoded beside {register.name!r}, which needs a REX prefix"
            raise SyntaxProblem(Problem(message, high.name, "use the low byte of a register, or another register"))


def _registers_of(operand: Operand) -> list[Register]:
    if isinstance(operand, RegisterOperand):
        return [operand.register]
    if isinstance(operand, Memory):
        return [register for register in (operand.base, operand.index) if register is not None]
    return []


def _is_operand(instruction: Instruction, register: Register) -> bool:
    return register.kind == "gpr" and RegisterOperand(register) in instruction.operands


_SCALARS = {"ss": 4, "sd": 8}


def check_scalar(instruction: Instruction) -> None:
    """SSE's scalar arithmetic and moves read 4 (…ss) or 8 (…sd) bytes (SDM vol. 2, ADDSS, ADDSD and so on).

    Raises:
        SyntaxProblem: the text gives another size.
    """
    name = instruction.mnemonic
    size = _SCALARS.get(name[-2:])
    if size is None or name.startswith(("cvt", "vcvt")):
        return
    for operand in instruction.operands:
        if isinstance(operand, Memory) and operand.size not in (None, size):
            raise SyntaxProblem(Problem(f"{name!r} takes {size} bytes of memory, not {operand.size}", name))
