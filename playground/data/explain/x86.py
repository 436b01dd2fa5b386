"""What x86-64 instructions do, in C's operators (Intel SDM, volume 2). Operands come in Intel's order."""

import re

from playground.data.explain.statement import Explained, Statement, full_names

_ASSIGNED = {
    "add": "+=", "sub": "-=", "and": "&=", "or": "|=", "xor": "^=", "shl": "<<=", "sal": "<<=", "imul": "*=",
    "addss": "+=", "addsd": "+=", "subss": "-=", "subsd": "-=", "mulss": "*=", "mulsd": "*=", "divss": "/=",
    "divsd": "/=",
}  # fmt: skip
_NOTED = {"shr": (">>=", "unsigned"), "sar": (">>=", "signed")}
_ALONE = {"inc": "{0} += 1", "dec": "{0} -= 1", "neg": "{0} = -{0}", "not": "{0} = ~{0}", "push": "push {0}",
          "pop": "pop {0}"}  # fmt: skip
_MOVED = {
    "mov": "{1}", "movabs": "{1}", "movss": "{1}", "movsd": "{1}", "movaps": "{1}", "movapd": "{1}", "movd": "{1}",
    "movq": "{1}", "movzx": "{1} widened with zeros", "movsx": "{1} widened with its sign",
    "movsxd": "{1} widened with its sign", "cvtsi2sd": "{1} as a double", "cvtsi2ss": "{1} as a float",
    "cvttsd2si": "{1} rounded towards zero", "cvttss2si": "{1} rounded towards zero", "cvtss2sd": "{1} as a double",
    "cvtsd2ss": "{1} as a float", "sqrtsd": "the square root of {1}", "sqrtss": "the square root of {1}",
}  # fmt: skip
_FIXED = {
    "cdqe": ("rax = eax widened with its sign", ("rax",)), "cdq": ("edx = the sign of eax", ("rdx",)),
    "cqo": ("rdx = the sign of rax", ("rdx",)), "cltd": ("edx = the sign of eax", ("rdx",)),
    "cqto": ("rdx = the sign of rax", ("rdx",)), "cltq": ("rax = eax widened with its sign", ("rax",)),
    "cwde": ("eax = ax widened with its sign", ("rax",)), "cwtl": ("eax = ax widened with its sign", ("rax",)),
    "ret": ("return", ()), "leave": ("rsp = rbp, then pop rbp", ("rsp", "rbp")),
}  # fmt: skip
CONDITIONS = {
    "e": "{} == {}", "z": "{} == {}", "ne": "{} != {}", "nz": "{} != {}", "l": "{} < {}, signed",
    "le": "{} <= {}, signed", "g": "{} > {}, signed", "ge": "{} >= {}, signed", "nge": "{} < {}, signed",
    "ng": "{} <= {}, signed", "nle": "{} > {}, signed", "nl": "{} >= {}, signed", "b": "{} < {}, unsigned",
    "be": "{} <= {}, unsigned", "a": "{} > {}, unsigned", "ae": "{} >= {}, unsigned", "c": "{} < {}, unsigned",
    "nc": "{} >= {}, unsigned", "nb": "{} >= {}, unsigned", "na": "{} <= {}, unsigned", "nbe": "{} > {}, unsigned",
    "nae": "{} < {}, unsigned",
}  # fmt: skip
"""Condition -> what it says of the operands of ``cmp`` (Intel SDM volume 1, appendix B)."""
_CALLER_SAVED = frozenset(
    ("rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", *(f"xmm{n}" for n in range(16)))
)
_KEEPS_FLAGS = re.compile(
    r"mov|lea|push|pop|c[dq][qt]|cwt|clt|cqto|set|cmov|cvt|not$|j|ret|leave|nop|(?!u?comi)[a-z]+[sp][sd]$"
)
_TABLES = (_ASSIGNED, _NOTED, _ALONE, _MOVED, {"cmp": "", "test": "", "lea": "", "div": "", "idiv": "", "mul": ""})
_SIZED = re.compile(r"\b(?:(QWORD|DWORD|WORD|BYTE) PTR )")


def explain(statement: Statement, compared: tuple[str, str] | None) -> Explained:
    """One instruction; `compared` are the operands of the comparison that set the flags, where it is known."""
    name = _plain(statement.mnemonic)
    parts = [_SIZED.sub("", operand) for operand in statement.operands]
    if name in _FIXED:
        text, written = _FIXED[name]
        return Explained(text=text, written=frozenset(written))
    if name == "call":
        return Explained(text=f"call {parts[0]}", written=_CALLER_SAVED, sets_flags=True)
    if name in ("cmp", "test") and len(parts) == 2:
        return _comparison(name, parts)
    if name.startswith("j"):
        return Explained(text=_jump(name, parts, compared))
    return Explained(
        text=_computed(name, parts, compared), written=_written(name, parts), sets_flags=not _KEEPS_FLAGS.match(name)
    )


def _plain(mnemonic: str) -> str:
    """Without AT&T's size suffix."""
    special = {"movslq": "movsxd", "movsbl": "movsx", "movswl": "movsx", "movsbq": "movsx", "movswq": "movsx",
               "movzbl": "movzx", "movzwl": "movzx", "movzbq": "movzx", "movzwq": "movzx"}  # fmt: skip
    if mnemonic in special:
        return special[mnemonic]
    known = any(mnemonic in table for table in _TABLES)
    stem = mnemonic[:-1]
    if not known and mnemonic[-1:] in "qlwb" and any(stem in table for table in _TABLES):
        return stem
    return mnemonic


def _comparison(name: str, parts: list[str]) -> Explained:
    if name == "cmp":
        compared = (parts[0], parts[1])
        return Explained(text=f"compare {parts[0]} with {parts[1]}", sets_flags=True, compared=compared)
    if parts[0] == parts[1]:  # sets the flags as a comparison with 0 does: carry and overflow are clear in both
        return Explained(text=f"compare {parts[0]} with 0", sets_flags=True, compared=(parts[0], "0"))
    return Explained(text=f"set the flags by {parts[0]} & {parts[1]}", sets_flags=True)


def _said(condition: str, compared: tuple[str, str] | None) -> str:
    wording = CONDITIONS.get(condition)
    return f"({wording.format(*compared)})" if wording and compared else ""


def _jump(name: str, parts: list[str], compared: tuple[str, str] | None) -> str:
    if name == "jmp":
        return f"go to {parts[0]}"
    condition = _said(name[1:], compared)
    return f"if {condition} go to {parts[0]}" if condition and parts else ""


def _written(name: str, parts: list[str]) -> frozenset[str]:
    """The destination; what multiplies and divides with implied operands changes rax and rdx."""
    if name in ("div", "idiv", "mul") or (name == "imul" and len(parts) == 1):
        return frozenset(("rax", "rdx"))
    if name in ("push", "pop"):
        return frozenset(("rsp", *(full_names(parts[0]) if name == "pop" else ())))
    if name.startswith(("rep", "movs", "stos", "lods", "cmps", "scas")) and len(parts) != 2:
        return _CALLER_SAVED
    if name in ("xchg", "xadd", "cmpxchg"):
        return frozenset((*full_names(" ".join(parts)), "rax"))
    return frozenset(full_names(parts[0])) if parts and "[" not in parts[0] else frozenset()


def _computed(name: str, parts: list[str], compared: tuple[str, str] | None) -> str:
    if len(parts) == 1:
        return _alone(name, parts[0], compared)
    if len(parts) == 3 and name == "imul":
        return f"{parts[0]} = {parts[1]} * {parts[2]}"
    if len(parts) != 2:
        return ""
    target, source = parts
    if name in ("xor", "xorps", "xorpd", "pxor") and target == source:
        return f"{target} = 0"
    if name in _MOVED:
        return f"{target} = " + _MOVED[name].format(target, source)
    if name == "lea":
        return f"{target} = the address {source}" if "rip" in source else f"{target} = {_spaced(source)}"
    if name in _NOTED:
        return f"{target} {_NOTED[name][0]} {source}, {_NOTED[name][1]}"
    if name in _ASSIGNED:
        return f"{target} {_ASSIGNED[name]} {source}"
    if name.startswith("cmov") and (condition := _said(name[4:], compared)):
        return f"if {condition} {target} = {source}"
    return ""


def _alone(name: str, operand: str, compared: tuple[str, str] | None) -> str:
    if name in _ALONE:
        return _ALONE[name].format(operand)
    if name in ("shl", "sal", "sar", "shr"):
        sign = {"sar": ", signed", "shr": ", unsigned"}.get(name, "")
        return f"{operand} {'>>=' if name in ('sar', 'shr') else '<<='} 1{sign}"
    if name in ("idiv", "div") and re.fullmatch(r"r[a-z]{2}|e[a-z]{2}|r\d+d?", operand):
        high, low = ("rdx", "rax") if full_names(operand)[0] == operand else ("edx", "eax")
        pair = f"{high}:{low}"
        return f"{low} = {pair} / {operand}, {high} = the remainder, {'signed' if name == 'idiv' else 'unsigned'}"
    if name.startswith("set") and (condition := _said(name[3:], compared)):
        return f"{operand} = {condition} ? 1 : 0"
    return ""


def _spaced(address: str) -> str:
    """``[rdi+rsi*4-1]`` -> ``rdi + rsi * 4 - 1``"""
    return re.sub(r"\s*([-+*])\s*", r" \1 ", address.strip("[]"))
