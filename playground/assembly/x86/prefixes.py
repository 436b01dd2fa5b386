"""Which instructions a prefix may stand before, as GNU as checks it (Intel SDM vol. 2, LOCK, REP)."""

from playground.assembly.x86.families import FAMILIES
from playground.assembly.x86.operands import Instruction, Memory, Problem, SyntaxProblem

_LOCKABLE = frozenset(
    "add adc and btc btr bts cmpxchg cmpxchg8b cmpxchg16b dec inc neg not or sbb sub xor xadd xchg".split()  # noqa: SIM905
)
"""SDM LOCK: with a memory destination only."""

_REPEATS = frozenset({"rep", "repe", "repz", "repne", "repnz"})
_REPEATABLE = frozenset({"nop", "bsf", "bsr"})
"""``rep nop`` is pause, ``rep bsf`` and ``rep bsr`` are tzcnt and lzcnt on newer processors."""


def check_prefixes(instruction: Instruction) -> None:
    """Rejects ``lock`` and ``rep`` where the processor faults or ignores them.

    Raises:
        SyntaxProblem: naming the prefix.
    """
    name = instruction.mnemonic
    for prefix in instruction.prefixes:
        if prefix == "lock" and not (name in _LOCKABLE and any(isinstance(o, Memory) for o in instruction.operands)):
            hint = "lock goes with a read-modify-write of memory: add, inc, xadd, cmpxchg …"
            raise SyntaxProblem(Problem(f"expecting lockable instruction after 'lock': {name!r}", name, hint))
        if prefix in _REPEATS and name in FAMILIES and name not in _REPEATABLE:
            hint = "rep repeats string instructions: movs, stos, cmps, scas, lods"
            raise SyntaxProblem(Problem(f"invalid instruction {name!r} after {prefix!r}", name, hint))
