"""What AArch64 instructions do, in C's operators (Arm ARM, C6 and C7)."""

import re

from playground.data.explain.statement import Explained, Statement, full_names

_BINARY = {
    "add": "+", "sub": "-", "mul": "*", "and": "&", "orr": "|", "eor": "^", "sdiv": "/", "lsl": "<<", "lslv": "<<",
    "fadd": "+", "fsub": "-", "fmul": "*", "fdiv": "/",
}  # fmt: skip
_NOTED = {"udiv": ("/", "unsigned"), "asr": (">>", "signed"), "lsr": (">>", "unsigned"), "asrv": (">>", "signed"),
          "lsrv": (">>", "unsigned")}  # fmt: skip
_FLAG_SETTING = {"adds": "+", "subs": "-", "ands": "&"}
_UNARY = {
    "mov": "{1}", "fmov": "{1}", "neg": "-{1}", "fneg": "-{1}", "mvn": "~{1}", "fabs": "the magnitude of {1}",
    "fsqrt": "the square root of {1}", "sxtw": "{1} widened with its sign",
    "sxtb": "the low byte of {1} widened with its sign", "sxth": "the low 16 bits of {1} widened with their sign",
    "uxtb": "the low byte of {1}", "uxth": "the low 16 bits of {1}", "clz": "the number of leading zero bits of {1}",
    "rbit": "{1} with its bits reversed", "rev": "{1} with its bytes reversed", "scvtf": "{1} as floating point",
    "ucvtf": "{1}, unsigned, as floating point", "fcvtzs": "{1} rounded towards zero",
    "fcvt": "{1} in the other precision",
}  # fmt: skip
_TERNARY = {
    "madd": "{1} * {2} + {3}", "msub": "{3} - {1} * {2}", "mneg": "-({1} * {2})", "fmadd": "{1} * {2} + {3}",
    "fmsub": "{3} - {1} * {2}", "bic": "{1} & ~{2}", "orn": "{1} | ~{2}", "eon": "{1} ^ ~{2}", "fnmul": "-({1} * {2})",
    "smull": "{1} * {2}, signed, 64 bits", "umull": "{1} * {2}, unsigned, 64 bits",
    "smulh": "the high half of {1} * {2}, signed", "umulh": "the high half of {1} * {2}, unsigned",
    "ror": "{1} rotated right by {2}", "fmax": "the larger of {1} and {2}", "fmin": "the smaller of {1} and {2}",
    "fmaxnm": "the larger of {1} and {2}", "fminnm": "the smaller of {1} and {2}",
    "smaddl": "{1} * {2} + {3}, the product signed", "umaddl": "{1} * {2} + {3}, the product unsigned",
}  # fmt: skip
_LOADS = {"ldr": "", "ldur": "", "ldrb": "a byte", "ldrh": "16 bits", "ldrsb": "a signed byte",
          "ldrsh": "16 signed bits", "ldrsw": "32 signed bits", "ldursw": "32 signed bits"}  # fmt: skip
_STORES = {
    "str": "",
    "stur": "",
    "strb": "the low byte of ",
    "strh": "the low 16 bits of ",
    "sturb": "the low byte of ",
}
CONDITIONS = {
    "eq": "{} == {}", "ne": "{} != {}", "lt": "{} < {}, signed", "le": "{} <= {}, signed", "gt": "{} > {}, signed",
    "ge": "{} >= {}, signed", "lo": "{} < {}, unsigned", "cc": "{} < {}, unsigned", "hs": "{} >= {}, unsigned",
    "cs": "{} >= {}, unsigned", "ls": "{} <= {}, unsigned", "hi": "{} > {}, unsigned",
}  # fmt: skip
"""Condition -> what it says of the operands of ``cmp`` (Arm ARM, table C1-1)."""
_EXTENDED = re.compile(r"(?:lsl|lsr|asr|[su]xt[bhwx])\b.*")


def explain(statement: Statement, compared: tuple[str, str] | None) -> Explained:
    """One instruction; `compared` are the operands of the comparison that set the flags, where it is known."""
    name, parts = statement.mnemonic, _joined(statement.operands)
    if name in ("b", "br", "bl", "blr", "ret", "cbz", "cbnz", "tbz", "tbnz") or _branch_condition(name):
        return _branch(name, parts, compared)
    if name in ("cmp", "cmn", "tst", "fcmp", "fcmpe", "ccmp") and len(parts) >= 2:
        plain = name == "cmp"
        text = {"tst": f"set the flags by {parts[0]} & {parts[1]}", "cmn": f"compare {parts[0]} with -{parts[1]}"}
        said = "" if name == "ccmp" else text.get(name, f"compare {parts[0]} with {parts[1]}")
        return Explained(text=said, sets_flags=True, compared=(parts[0], parts[1]) if plain else None)
    if name in _LOADS or name in _STORES or name in ("ldp", "stp"):
        return _memory(name, statement.operands)
    written = frozenset(full_names(parts[0])) if parts else frozenset()
    return Explained(
        text=_computed(name, parts, compared), written=written, sets_flags=name in (*_FLAG_SETTING, "negs")
    )


def _joined(operands: tuple[str, ...]) -> list[str]:
    """Operands with a shift or an extension put to the one before it: ``w1 << 2``."""
    found: list[str] = []
    for operand in operands:
        if found and _EXTENDED.match(operand) and len(operand.split()) <= 2:
            kind, _, amount = operand.partition(" ")
            shift = {"lsl": "<<", "lsr": ">>", "asr": ">>"}.get(kind)
            last = found[-1]
            found[-1] = f"({last} {shift} {amount})" if shift else f"({kind} {last}{f' << {amount}' if amount else ''})"
        else:
            found.append(operand)
    return found


def _computed(name: str, parts: list[str], compared: tuple[str, str] | None) -> str:
    """``w0 = w1 + w2``"""
    if name in _UNARY and len(parts) == 2:
        return f"{parts[0]} = " + _UNARY[name].format(*parts)
    if len(parts) == 3 and name in (_BINARY | _FLAG_SETTING):
        flags = ", and the flags" if name in _FLAG_SETTING else ""
        return f"{parts[0]} = {parts[1]} {(_BINARY | _FLAG_SETTING)[name]} {parts[2]}{flags}"
    if len(parts) == 3 and name in _NOTED:
        operator, note = _NOTED[name]
        return f"{parts[0]} = {parts[1]} {operator} {parts[2]}, {note}"
    if name in _TERNARY and len(parts) == 3 + ("{3}" in _TERNARY[name]):
        return f"{parts[0]} = " + _TERNARY[name].format(*parts)
    return _selected(name, parts, compared)


def _selected(name: str, parts: list[str], compared: tuple[str, str] | None) -> str:
    """csel and its kin."""
    condition = _said(parts[-1], compared) if parts else ""
    if not condition:
        return ""
    if name == "cset":
        return f"{parts[0]} = {condition} ? 1 : 0"
    if name == "csetm":
        return f"{parts[0]} = {condition} ? -1 : 0"
    if name in ("cinc", "cneg", "cinv") and len(parts) == 3:
        changed = {"cinc": f"{parts[1]} + 1", "cneg": f"-{parts[1]}", "cinv": f"~{parts[1]}"}[name]
        return f"{parts[0]} = {condition} ? {changed} : {parts[1]}"
    otherwise = {"csel": "{}", "fcsel": "{}", "csinc": "{} + 1", "csneg": "-{}", "csinv": "~{}"}.get(name)
    if otherwise and len(parts) == 4:
        return f"{parts[0]} = {condition} ? {parts[1]} : {otherwise.format(parts[2])}"
    return ""


def _said(condition: str, compared: tuple[str, str] | None) -> str:
    """``(w0 < w1, signed)``; empty where the comparison or the condition is not known."""
    wording = CONDITIONS.get(condition)
    return f"({wording.format(*compared)})" if wording and compared else ""


def _branch_condition(name: str) -> str:
    """The condition of ``b.lt`` and ``blt``; empty for other names."""
    found = re.fullmatch(r"b\.?([a-z]{2})", name)
    return found[1] if found and found[1] in (*CONDITIONS, "mi", "pl", "vs", "vc", "al") else ""


def _branch(name: str, parts: list[str], compared: tuple[str, str] | None) -> Explained:
    if name == "ret":
        return Explained(text="return")
    if name == "b":
        return Explained(text=f"go to {parts[0]}")
    if name in ("bl", "blr"):
        caller_saved = {*(f"x{n}" for n in range(19)), "x30", *(f"v{n}" for n in (*range(8), *range(16, 32)))}
        return Explained(text=f"call {parts[0]}", written=frozenset(caller_saved), sets_flags=True)
    if name in ("cbz", "cbnz"):
        return Explained(text=f"if {parts[0]} {'==' if name == 'cbz' else '!='} 0 go to {parts[1]}")
    if name in ("tbz", "tbnz"):
        return Explained(text=f"if bit {parts[1]} of {parts[0]} is {'0' if name == 'tbz' else '1'} go to {parts[2]}")
    condition = _said(_branch_condition(name), compared) if parts else ""
    return Explained(text=f"if {condition} go to {parts[0]}" if condition else "")


def _memory(name: str, operands: tuple[str, ...]) -> Explained:
    """Loads and stores; an address that is written back changes its base."""
    many = 2 if name in ("ldp", "stp") else 1
    registers, address = operands[:many], operands[many:]
    if not address or not address[0].startswith("["):
        written = frozenset(full_names(operands[0])) if name.startswith("ld") else frozenset()
        return Explained(written=written)
    place, change = _place(address)
    changed = {full for one in registers for full in full_names(one)} if name.startswith("ld") else set()
    if change:
        changed |= set(full_names(address[0])[:1])
    told = " and ".join(registers)
    if name.startswith("ld"):
        kind = _LOADS.get(name, "")
        text = f"{told} = {f'{kind} at ' if kind else ''}{place}{change}"
    else:
        text = f"{place} = {_STORES.get(name, '')}{told}{change}"
    return Explained(text=text, written=frozenset(changed))


def _place(address: tuple[str, ...]) -> tuple[str, str]:
    """``[x0 + 8]`` and what becomes of the base: ``, then x0 += 8``."""
    inside = address[0].rstrip("!").strip("[]").split(",")
    base = inside[0]
    place = f"[{' + '.join(_joined(tuple(inside)))}]".replace("+ -", "- ")
    if len(address) > 1:
        return place, f", then {base} += {address[1]}".replace("+= -", "-= ")
    if address[0].endswith("!"):
        return place, f", and {base} becomes that address"
    return place, ""
