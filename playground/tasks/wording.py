"""Values as a person reads them in a verdict: inputs, what was expected, what came."""

import json
from collections.abc import Sequence

from playground.emulator.c_types import CType
from playground.emulator.prototype import Prototype
from playground.tasks.task import Argument, Case, Numbers, SameAs, Task, Zeros

LONGEST_VALUE = 160
"""Characters of one value that are shown."""


def shortened(text: str, longest: int = LONGEST_VALUE) -> str:
    """`text`, its middle left out when it is long."""
    if len(text) <= longest:
        return text
    half = (longest - 3) // 2
    return f"{text[:half]} … {text[-half:]}"


def quoted(text: str) -> str:
    """A string with its escapes, as in C."""
    return shortened(json.dumps(text, ensure_ascii=False))


def number(value: int | float | None, kind: CType | None = None) -> str:
    """A number in its C type; a pointer as NULL or in hexadecimal."""
    if value is None:
        return "nothing"
    if kind is not None and kind.kind == "pointer":
        return f"{int(value):#x}" if value else "NULL"
    if (kind is not None and kind.kind == "float") or isinstance(value, float):
        return repr(float(value))
    return str(kind.wrap(value) if kind is not None and kind.kind == "integer" else value)


def numbers(values: Sequence[int | float], pointee: CType) -> str:
    """``[1, 2, 3]``, long arrays shortened in the middle."""
    kinds = [field.type for field in pointee.fields] or [pointee]
    if len(values) <= 48:
        return f"[{', '.join(number(value, kinds[index % len(kinds)]) for index, value in enumerate(values))}]"
    ends = [number(value, kinds[index % len(kinds)]) for index, value in enumerate(values[:16])]
    return f"[{', '.join(ends)}, … {len(values)} elements]"


def argument(value: Argument, kind: CType) -> str:
    """One argument of a call."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Zeros):
        return f"{value.count} zeros"
    if isinstance(value, SameAs):
        return value.parameter
    if isinstance(value, tuple):
        return shortened(numbers(value, kind.pointee or kind))
    return number(value, kind)


def inputs(case: Case, prototype: Prototype) -> str:
    """``a=12, b=18``"""
    pairs = zip(prototype.parameters, case.args, strict=True)
    return ", ".join(f"{parameter.name}={argument(value, parameter.type)}" for parameter, value in pairs)


def expected(case: Case, prototype: Prototype) -> str:
    """The result and the memories that are compared."""
    parts = []
    if case.returns is not None:
        shown = quoted(case.returns) if isinstance(case.returns, str) else number(case.returns, prototype.result)
        parts.append(shown)
    for name, memory in case.after.items():
        parts.append(f"{name} = {quoted(memory) if isinstance(memory, str) else _array(name, memory, prototype)}")
    return "; ".join(parts)


def _array(name: str, memory: Numbers, prototype: Prototype) -> str:
    return shortened(numbers(memory, prototype.pointee(name)))


def memory(name: str, wanted: Numbers | str, got: Sequence[int | float] | None, prototype: Prototype) -> str:
    """What a memory held after the call, in the form of what was expected."""
    if got is None:
        return f"{name} not read"
    if isinstance(wanted, str):
        data = bytes(int(value) & 0xFF for value in got)
        return f"{name} = {quoted(data.split(bytes(1))[0].decode(errors='replace'))}"
    return f"{name} = {_array(name, tuple(got[: len(wanted)]), prototype)}"


def expected_of_program(task: Task) -> str:
    """``stdout "hello\\n", exit status 0``"""
    parts = []
    if task.stdout is not None:
        parts.append(f"stdout {quoted(task.stdout)}")
    if task.exit_status is not None:
        parts.append(f"exit status {task.exit_status}")
    return ", ".join(parts)


def count(quantity: int, noun: str) -> str:
    """``1 case``, ``2 cases``"""
    return f"{quantity} {noun}{'' if quantity == 1 else 's'}"
