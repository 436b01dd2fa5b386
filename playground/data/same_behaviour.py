"""Does a function do what a ``final`` task asks for, however it is written? It is run on that task's cases.

Its C and its assembly may differ from the task's, and so may its name: the integer square root by Newton's method is
the integer square root. Only functions of the task's types are run; another width is another function.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from playground.assembly.program import ProgramImage
from playground.emulator import call_function
from playground.emulator.c_types import CType
from playground.emulator.prototype import Prototype, parse_prototype
from playground.tasks.budget import CASE_LIMITS
from playground.tasks.execution import FUNCTION_ENDS, guest_arguments, is_right
from playground.tasks.task import Case, Task

TasksByTypes = Mapping[str, tuple[Task, ...]]
"""Function tasks by `types_of` their prototypes."""


def by_types(tasks: Iterable[Task]) -> dict[str, tuple[Task, ...]]:
    """The tasks among them that are functions."""
    found: dict[str, tuple[Task, ...]] = {}
    for task in tasks:
        if task.prototype:
            key = types_of(parse_prototype(task.prototype))
            found[key] = (*found.get(key, ()), task)
    return found


def types_of(prototype: Prototype) -> str:
    """The types of the result and of the parameters, blind to const."""
    return f"{spelled(prototype.result)}({','.join(spelled(parameter.type) for parameter in prototype.parameters)})"


def spelled(kind: CType) -> str:
    """A type without const and spaces."""
    return kind.spelling.replace("const", "").replace(" ", "")


def task_done(image: ProgramImage, prototype: Prototype, tasks: TasksByTypes) -> Task | None:
    """The first task all of whose cases the function of `prototype` gets right; None when there is none."""
    for task in tasks.get(types_of(prototype), ()):
        asked = replace(parse_prototype(task.prototype or ""), name=prototype.name)  # `after` names its parameters
        if task.cases and all(_is_right(image, asked, case) for case in task.cases):
            return task
    return None


def _is_right(image: ProgramImage, prototype: Prototype, case: Case) -> bool:
    called = call_function(image, prototype, guest_arguments(case, prototype), limits=CASE_LIMITS)
    return called.run.stop in FUNCTION_ENDS and is_right(case, prototype, called)
