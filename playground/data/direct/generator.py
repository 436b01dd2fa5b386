"""A C source -> canonical assembly."""

import re

from playground.data.direct.aarch64 import AArch64
from playground.data.direct.functions import FunctionGenerator
from playground.data.direct.guide import Guide, NoGuide
from playground.data.direct.machine import Machine
from playground.data.direct.nodes import Number, Unit
from playground.data.direct.statements import read_unit
from playground.data.direct.types import Array, Integer, Pointer, Unsupported, align_of
from playground.data.direct.x86_64 import X8664

MACHINES: dict[str, type[Machine]] = {"aarch64": AArch64, "x86_64": X8664}
_LABEL = re.compile("\x01(\\d+)\x01")


def direct_assembly(source: str, arch: str, *, guided: bool = False) -> str:
    """Canonical assembly of a C source's functions, in order; x86-64 in Intel syntax.

    `guided`: each statement's code stands below a comment with the statement, and a function begins with comments that
    say which register or place on the stack each variable has, and at which offset a structure's members stand.

    Raises:
        Unsupported: the source uses something that is not covered.
    """
    unit = read_unit(source)
    machine = MACHINES[arch]()
    lines: list[str] = []
    for function in unit.functions:
        guide = Guide(machine, () if lines else unit.structures) if guided else NoGuide(machine)
        lines += FunctionGenerator(machine, function, guide).generate()
    return _numbered("\n".join([*lines, *_data(machine, unit)]) + "\n")


def _numbered(text: str) -> str:
    """Labels numbered in the order in which they are first named."""
    names: dict[str, str] = {}
    return _LABEL.sub(lambda match: names.setdefault(match[1], f".L{len(names) + 1}"), text)


def _data(machine: Machine, unit: Unit) -> list[str]:
    lines = [" .section .rodata"] if machine.constants else []
    for label, type_, text in machine.constants:
        if isinstance(type_, Pointer):
            lines += [f"{label}:", f' .string "{text}"']
        else:
            lines += [f" .align {machine.alignment(type_.size)}", f"{label}:"]
            lines += [f" {'.double' if type_.size == 8 else '.float'} {text}"]
    for variable in unit.statics:
        if not lines or " .data" not in lines:
            lines.append(" .data")
        of = variable.type.of if isinstance(variable.type, Array) else variable.type
        lines += [f" .align {machine.alignment(align_of(of))}"] * (align_of(of) > 1)
        lines.append(f"{variable.name}:")
        for value in variable.values:
            if not isinstance(value, Number):
                raise Unsupported("static texts")
            name = machine.words[of.size] if isinstance(of, Integer) else {4: ".float", 8: ".double"}[of.size]
            lines.append(f" {name} {value.text or value.value}")
        left = variable.type.size - of.size * len(variable.values)
        lines += [f" .zero {left}"] * (left > 0)
    return lines
