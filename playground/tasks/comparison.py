"""When a value is the expected one."""

import math
from collections.abc import Mapping, Sequence

from playground.emulator.c_types import CType
from playground.emulator.prototype import Prototype
from playground.tasks.task import Case, Numbers

RELATIVE_TOLERANCE = 1e-6
"""Of floating-point results: the task files' contract."""

ABSOLUTE_TOLERANCE = 1e-12
"""So that rounding left over beside an expected zero is no error."""


def same_number(expected: int | float, got: int | float | None, kind: CType) -> bool:
    """Integers and pointers as the C type's bits (so the sign of plain char is no matter), floats within the tolerance.

    NaN equals NaN, an infinity itself, and -0.0 equals 0.0.
    """
    if got is None:
        return False
    if kind.kind != "float":
        mask = (1 << 8 * kind.size) - 1
        return int(expected) & mask == int(got) & mask
    if math.isnan(expected) or math.isnan(got):
        return math.isnan(expected) and math.isnan(got)
    return math.isclose(expected, got, rel_tol=RELATIVE_TOLERANCE, abs_tol=ABSOLUTE_TOLERANCE)


def same_memory(expected: Numbers | str, got: Sequence[int | float] | None, pointee: CType) -> bool:
    """`expected` is what memory begins with; a text ends with its NUL. Structures are given member by member."""
    if got is None:
        return False
    wanted = tuple(expected.encode(errors="surrogateescape") + b"\0") if isinstance(expected, str) else expected
    kinds = [field.type for field in pointee.fields] or [pointee]
    return len(got) >= len(wanted) and all(
        same_number(one, other, kinds[index % len(kinds)])
        for index, (one, other) in enumerate(zip(wanted, got, strict=False))
    )


def as_expected(
    case: Case,
    prototype: Prototype,
    returned: int | float | bytes | None,
    after: Mapping[str, Sequence[int | float]],
) -> bool:
    """True when a call gave the result and left the memories that the case expects.

    `returned` is the text when the case expects one; `after` gives structures member by member.
    """
    if isinstance(case.returns, str):
        if returned != case.returns.encode(errors="surrogateescape"):
            return False
    elif case.returns is not None and (
        isinstance(returned, bytes) or not same_number(case.returns, returned, prototype.result)
    ):
        return False
    return all(same_memory(memory, after.get(name), prototype.pointee(name)) for name, memory in case.after.items())
