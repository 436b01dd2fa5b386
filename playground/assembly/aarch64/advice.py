"""Why the engine refused an instruction's operands: the first thing that is plainly wrong, and what to write instead.

Only asked when a statement is refused, so nothing here decides what is accepted (ranges: Arm ARM C6.2, C7.2).
"""

import re
from collections.abc import Callable, Iterator

from playground.assembly.aarch64.branches import CONDITIONS
from playground.assembly.aarch64.forms import FORMS, SAME_WIDTH, counts, told
from playground.assembly.aarch64.mnemonics import foreign_register
from playground.assembly.aarch64.operands import Operand
from playground.assembly.aarch64.problems import Problem
from playground.assembly.aarch64.ranges import FMOV_CONSTANTS
from playground.assembly.words import word_set

_ADDITIVE = frozenset({"add", "adds", "sub", "subs", "cmp", "cmn"})
_LOGICAL = frozenset({"and", "ands", "orr", "eor", "tst"})
_SHIFTS = frozenset({"lsl", "lsr", "asr", "ror"})
_CONDITIONAL = word_set("csel csinc csinv csneg cset csetm cinc cinv cneg ccmp ccmn fcsel")
_REGISTERS_ONLY = word_set(
    """
    mul mneg madd msub udiv sdiv smull umull smulh umulh adc sbc csel csinc csinv csneg mvn neg rbit rev clz fadd fsub
    fmul fdiv smaddl umaddl
    """
)
_FLOATING = word_set("fadd fsub fmul fdiv fneg fabs fsqrt fmadd fmsub fmax fmin fcmp fcmpe fcsel")
_PAIRS = frozenset({"ldp", "stp", "ldnp", "stnp", "ldpsw"})
_SINGLE = re.compile(r"(?:ld|st)(?:r|ur|tr)(?P<size>s?[bh]|sw)?")
_BYTES = {"b": 1, "sb": 1, "h": 2, "sh": 2, "sw": 4}
_WIDTHS = {"w": 4, "x": 8, "b": 1, "h": 2, "s": 4, "d": 8, "q": 16}
_OFFSET = re.compile(r"\[[^,\]]+, #(-?0x[0-9a-f]+)\](!?)")
_INDEX = re.compile(r"\[[^,\]]+, ([wx][0-9a-z]+)(?:, (\w+) #(0x[0-9a-f]+))?\]")


def advice(mnemonic: str, operands: list[Operand], message: str) -> Problem:
    """What to say about `mnemonic` with these operands, which the engine refused with `message`."""
    for rule in _RULES:
        for found in rule(mnemonic, operands):
            return found
    shown = ", ".join(operand.source for operand in operands)
    return Problem(f"{message}: {mnemonic} {shown}".rstrip(), mnemonic, told(mnemonic))


Found = Iterator[Problem]


def _at(operand: Operand, message: str, hint: str = "") -> Problem:
    return Problem(message, operand.source, hint, operand.offset)


def _foreign(mnemonic: str, operands: list[Operand]) -> Found:
    """Another machine's registers, or a word that is nothing here."""
    for operand in operands:
        if operand.kind == "symbol" and operand.symbol is not None and not operand.symbol.operator:
            hint = foreign_register(operand.source)
            yield _at(operand, f"{operand.source!r} is not a register or a number that is known here", hint)


def _memory_move(mnemonic: str, operands: list[Operand]) -> Found:
    if mnemonic == "mov":
        for index, operand in enumerate(operands):
            if operand.kind == "memory":
                load = "str" if index == 0 else "ldr"
                yield _at(operand, "mov does not reach memory", f"{load} does: {load} x0, {operand.source}")
    elif not mnemonic.startswith(("ld", "st", "prf", "cas", "swp")):
        for operand in operands:
            if operand.kind == "memory":
                hint = "aarch64 computes in registers only: ldr the value into one first"
                yield _at(operand, f"{mnemonic} does not reach memory", hint)


def _count(mnemonic: str, operands: list[Operand]) -> Found:
    wanted = counts(mnemonic)
    if mnemonic in _PAIRS and len(operands) == 2 and operands[1].kind == "memory":
        single = "ldr" if mnemonic.startswith("ld") else "str"
        hint = f"{mnemonic} takes two registers and an address; {single} takes one register"
        yield Problem(f"{mnemonic} needs a second register", mnemonic, hint)
    given = sum(operand.kind != "modifier" for operand in operands)
    if wanted and given not in wanted:
        names = " or ".join(map(str, sorted(wanted)))
        plural = "" if names == "1" else "s"
        yield Problem(f"{mnemonic} takes {names} operand{plural}, got {given}", mnemonic, told(mnemonic))


def _condition(mnemonic: str, operands: list[Operand]) -> Found:
    last = operands[-1] if operands else None
    if mnemonic in _CONDITIONAL and last is not None and last.text not in CONDITIONS:
        yield _at(last, f"the last operand of {mnemonic} is a condition, got {last.source!r}", " ".join(CONDITIONS))


def _access(mnemonic: str, operands: list[Operand]) -> Found:
    """Loads and stores of one register."""
    found = _SINGLE.fullmatch(mnemonic)
    if found is None or len(operands) < 2:
        return
    register, address = operands[0], operands[1]
    if register.kind != "register":
        yield _at(register, f"{mnemonic} needs a register, got {register.source!r}", "mov the value into one first")
    elif register.text in ("sp", "wsp"):
        yield _at(register, f"{mnemonic} cannot take sp itself", "mov x9, sp first")
    elif found["size"] in ("b", "h") and register.text[0] == "x":
        yield _at(register, f"{mnemonic} takes a 32-bit register, got {register.source}", f"write w{register.text[1:]}")
    elif found["size"] == "sw" and register.text[0] == "w":
        yield _at(register, f"ldrsw extends into a 64-bit register, got {register.source}", "ldr loads 32 bits")
    if address.kind == "register":
        yield _at(address, f"{address.source!r} is no address", f"an address stands in brackets: [{address.source}]")
    if address.kind == "memory":
        yield from _address(mnemonic, address, _BYTES.get(found["size"] or "") or _WIDTHS.get(register.text[0], 8))


def _address(mnemonic: str, address: Operand, size: int) -> Found:
    base = re.match(r"\[([^,\]]+)", address.text)
    if base is not None and base[1][0] == "w":
        yield _at(address, f"the base register {base[1]} has 32 bits", f"addresses have 64: write x{base[1][1:]}")
    if offset := _OFFSET.match(address.text):
        value, most = int(offset[1], 16), 4095 * size
        reach = "-256 to 255" + ("" if offset[2] or "ur" in mnemonic else f", or a multiple of {size} up to {most}")
        hint = f"{mnemonic} reaches {reach}: add the rest to the base register first"
        yield _at(address, f"the offset {value} is out of range for {mnemonic}", hint)
    if index := _INDEX.match(address.text):
        shift = size.bit_length() - 1
        if index[3] is not None and int(index[3], 16) not in (0, shift):
            yield _at(address, f"the index of this access is shifted by 0 or {shift}, not {int(index[3], 16)}")
        if index[1][0] == "w":
            yield _at(address, f"the index {index[1]} needs an extension", "write uxtw or sxtw behind it")
    yield _at(address, f"{address.source!r} is not an address of {mnemonic}", told(mnemonic))


def _pair(mnemonic: str, operands: list[Operand]) -> Found:
    if mnemonic not in _PAIRS or len(operands) < 3:
        return
    first, second, address = operands[:3]
    if address.kind != "memory":
        yield _at(address, f"{address.source!r} is no address", f"an address stands in brackets: [{address.source}]")
    elif first.text[0] == second.text[0] and (found := _OFFSET.match(address.text)):
        size = 4 if mnemonic == "ldpsw" else _WIDTHS.get(first.text[0], 8)
        hint = f"{mnemonic} reaches the multiples of {size} from {-64 * size} to {63 * size}"
        yield _at(address, f"the offset {int(found[1], 16)} is out of range for {mnemonic}", hint)


def _immediate(mnemonic: str, operands: list[Operand]) -> Found:
    for operand in operands:
        if operand.kind not in ("immediate", "float"):
            continue
        into = f"put it into a register first: {'ldr d0, …' if mnemonic[0] == 'f' else f'mov x9, {operand.source}'}"
        if operand is operands[0] and mnemonic in FORMS and not FORMS[mnemonic][0].startswith("#"):
            yield _at(operand, f"the first operand of {mnemonic} is a register, got {operand.source!r}")
        if mnemonic in _REGISTERS_ONLY:
            yield _at(operand, f"{mnemonic} takes registers only, got {operand.source!r}", into)
        elif operand.kind == "float" and mnemonic == "fmov":
            yield _at(operand, f"fmov cannot encode {operand.source}", FMOV_CONSTANTS)
        elif operand.kind == "float":
            yield _at(operand, f"{mnemonic} takes no floating-point number, got {operand.source!r}")
        elif mnemonic in _ADDITIVE:
            message = f"immediate {operand.source} is not between 0 and 4095, nor a multiple of 4096 up to 0xfff000"
            yield _at(operand, message, into)
        elif mnemonic in _LOGICAL:
            message = f"immediate {operand.source} is not a bitmask (a rotated run of ones, repeated)"
            yield _at(operand, message, into)
        elif mnemonic in _SHIFTS:
            most = 31 if operands[0].text[0] == "w" else 63
            yield _at(operand, f"shift amount {operand.source} is not between 0 and {most}")


def _bit_field(mnemonic: str, operands: list[Operand]) -> Found:
    if mnemonic in ("ubfx", "sbfx", "ubfiz", "sbfiz", "bfi", "bfxil") and len(operands) == 4:
        width = 32 if operands[0].text[0] == "w" else 64
        hint = f"lsb is 0 to {width - 1}, the width at least 1, both together at most {width}"
        yield _at(operands[2], f"the field {operands[2].source}, {operands[3].source} is not inside {width} bits", hint)


def _width(mnemonic: str, operands: list[Operand]) -> Found:
    if mnemonic in _FLOATING:
        for operand in operands:
            if operand.kind == "register" and operand.text[0] in "xw":
                hint = "integers are converted with scvtf, bits moved with fmov"
                yield _at(operand, f"{mnemonic} works on d, s or v registers, got {operand.source}", hint)
    registers = [operand for operand in operands if operand.kind == "register"]
    if not registers:
        return
    first = registers[0]
    for other in registers[1:]:
        if mnemonic in SAME_WIDTH and {first.text[0], other.text[0]} == {"w", "x"}:
            hint = f"write {first.text[0]}{other.text[1:]}" + (
                f", or extend it: {other.text}, uxtw" if mnemonic in _ADDITIVE and other.text[0] == "w" else ""
            )
            yield _at(other, f"{other.source} and {first.source} have different widths", hint)
        elif mnemonic in _FLOATING and other.text[0] != first.text[0]:
            hint = "fcvt converts between single and double precision"
            yield _at(other, f"{other.source} and {first.source} have different precisions", hint)
        elif "." in first.text and "." in other.text and first.text.split(".")[1] != other.text.split(".")[1]:
            yield _at(other, f"{other.source} and {first.source} have different shapes")


def _list(mnemonic: str, operands: list[Operand]) -> Found:
    if re.fullmatch(r"(ld|st)[1-4]r?", mnemonic) and operands and operands[0].kind == "register":
        yield _at(operands[0], f"{mnemonic} takes a list of vectors", f"write {{{operands[0].source}}}")


def _stack_pointer(mnemonic: str, operands: list[Operand]) -> Found:
    for operand in operands:
        if operand.text in ("sp", "wsp") and mnemonic in FORMS and "sp" not in " ".join(FORMS[mnemonic]):
            yield _at(operand, f"{mnemonic} cannot take {operand.source}", "mov it into another register first")


_RULES: tuple[Callable[[str, list[Operand]], Found], ...] = (
    _foreign, _memory_move, _access, _count, _condition, _pair, _list, _immediate, _bit_field, _width, _stack_pointer,
)  # fmt: skip
"""In the order in which they are tried."""
