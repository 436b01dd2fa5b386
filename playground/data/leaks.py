"""No training pair may match a ``final`` task of the bank: in C, assembly, name and types, or what it does."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from playground.data.canonical import ENTRY
from playground.data.fingerprint import assembly_fingerprint, c_fingerprint
from playground.data.function import CFunction
from playground.data.prepare import Target, compiled
from playground.data.same_behaviour import TasksByTypes, by_types, spelled
from playground.data.units import unit_source
from playground.emulator.prototype import parse_prototype
from playground.errors import InputError
from playground.tasks.task import Task

_DEFINES_TYPES = re.compile(r"\b(?:struct|union|enum|typedef)\b|^\s*#", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class FinalTasks:
    """Fingerprints of everything that training must never see."""

    c: frozenset[str]
    assembly: frozenset[str]

    prototypes: frozenset[str]
    """Name and types: a function that is called and typed as a final task is, is taken for that task."""
    outputs: frozenset[str] = frozenset()
    """What final programs print: a program that prints the same is taken for that task."""
    functions: TasksByTypes = field(default_factory=dict)
    """For `same_behaviour`, which needs a worker: a function that gets all cases of one right is taken for it."""

    def matches(self, source: str, prototype: str, canonical_assembly: str, output: str = "") -> bool:
        """`output` is what a whole program prints; empty for a function."""
        return (
            c_fingerprint(source) in self.c
            or output in self.outputs
            or prototype_key(prototype) in self.prototypes
            or assembly_fingerprint(canonical_assembly) in self.assembly
        )


def fingerprint_final_tasks(tasks: Iterable[Task], targets: Sequence[Target]) -> FinalTasks:
    """The C of every final task, and its assembly under every target of a recipe."""
    everything = [task for task in tasks if task.split == "final" and task.reference]
    final = [task for task in everything if task.prototype]
    functions = [_as_function(task) for task in everything]
    assembly = {
        assembly_fingerprint(ENTRY + part if function.is_program else part)
        for target in targets
        for unit in _units(functions)
        for part, function in zip(compiled(unit_source(unit), target, unit), unit, strict=True)
        if part
    }
    return FinalTasks(
        c=frozenset(c_fingerprint(task.reference) for task in everything),
        assembly=frozenset(assembly),
        prototypes=frozenset(prototype_key(task.prototype or "") for task in final),
        outputs=frozenset(task.stdout for task in everything if task.stdout),
        functions=by_types(final),
    )


def prototype_key(prototype: str) -> str:
    """Name and types, blind to the names of parameters and to const. Text that is no prototype is its own key."""
    try:
        parsed = parse_prototype(prototype)
    except InputError:
        return prototype
    return f"{spelled(parsed.result)} {parsed.name}({','.join(spelled(one.type) for one in parsed.parameters)})"


def _units(functions: Sequence[CFunction]) -> list[list[CFunction]]:
    """Together, but for programs and those that define types: two of them may use one name."""
    alone = [function for function in functions if function.is_program or _DEFINES_TYPES.search(function.source)]
    together = [function for function in functions if function not in alone]
    return [together] * bool(together) + [[function] for function in alone]


def _as_function(task: Task) -> CFunction:
    prototype = task.prototype or "int main(void)"
    name = prototype.split("(")[0].split()[-1].lstrip("*")
    return CFunction(
        name=name, prototype=prototype, source=task.reference, request=task.prompt, family=f"final/{task.id}"
    )
