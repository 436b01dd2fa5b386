"""x86-64: which registers hold what (psABI AMD64 3.2.1, 3.2.3)."""

from playground.data.direct.registers import Convention, Register


def _r(*names: str) -> tuple[Register, ...]:
    return tuple(Register(name) for name in names)


def _v(*numbers: int) -> tuple[Register, ...]:
    return tuple(Register(f"xmm{number}", is_real=True) for number in numbers)


RAX, RCX, RDX, R10, R11 = _r("rax", "rcx", "rdx", "r10", "r11")
_SAVED = _r("rbx", "rbp", "r12", "r13", "r14", "r15")

CONVENTION = Convention(
    arguments=_r("rdi", "rsi", "rdx", "rcx", "r8", "r9"),
    real_arguments=_v(*range(8)),
    result=RAX,
    real_result=_v(0)[0],
    leaf=(*_r("r8", "r9", "r10", "r11"), *_SAVED, *_v(*range(6), *range(12, 16))),
    caller=_SAVED,
    temporaries=(RAX, RCX, RDX, *_v(6, 7, 8, 9, 10, 11)),
    caller_temporaries=_r("r8", "r9", "r10", "r11"),
    callee_saved=frozenset(_SAVED),
    spare=(R11, R10),
    moved={RDX: R10, RCX: R11},
)
