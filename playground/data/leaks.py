"""No training pair may match a ``final`` task of the bank, in its C or in its assembly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from playground.data.canonical import canonical
from playground.data.fingerprint import assembly_fingerprint, c_fingerprint
from playground.data.function import CFunction
from playground.data.prepare import Target
from playground.data.units import split_unit, unit_source
from playground.tasks.task import Task


@dataclass(frozen=True, kw_only=True)
class FinalTasks:
    """Fingerprints of everything that training must never see."""

    c: frozenset[str]
    assembly: frozenset[str]

    def matches(self, source: str, canonical_assembly: str) -> bool:
        return c_fingerprint(source) in self.c or assembly_fingerprint(canonical_assembly) in self.assembly


def fingerprint_final_tasks(tasks: Iterable[Task], targets: Sequence[Target]) -> FinalTasks:
    """The C of every final task, and its assembly under every target of a recipe."""
    final = [task for task in tasks if task.split == "final" and task.reference and task.prototype]
    functions = [_as_function(task) for task in final]
    assembly: set[str] = set()
    for target in targets:
        for function in functions:  # each in a unit of its own: references define structures of the same names
            text = target.compiler.compile(unit_source([function]), target.level, syntax=target.syntax)
            part = split_unit(text, [function])[0]
            assembly |= {assembly_fingerprint(canonical(part, target.compiler.arch))} if part else set()
    return FinalTasks(c=frozenset(c_fingerprint(task.reference) for task in final), assembly=frozenset(assembly))


def _as_function(task: Task) -> CFunction:
    prototype = task.prototype or ""
    name = prototype.split("(")[0].split()[-1].lstrip("*")
    return CFunction(
        name=name, prototype=prototype, source=task.reference, request=task.prompt, family=f"final/{task.id}"
    )
