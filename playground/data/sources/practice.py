"""The bank's practice tasks as raw material: their C, and what they ask for. Models may train on them."""

from collections.abc import Iterator

from playground.data.function import CFunction
from playground.emulator.prototype import parse_prototype
from playground.tasks.bank import load_bank, split_of


def practice_functions() -> Iterator[CFunction]:
    """One per practice task that has a reference in C."""
    for task in split_of(load_bank(), "practice"):
        if not task.reference:
            continue
        prototype = task.prototype or "int main(void)"
        yield CFunction(
            name=parse_prototype(prototype).name, prototype=prototype, source=task.reference, request=task.prompt,
            family=f"practice/{task.id}", tags=task.tags, origin=f"the bank's task {task.id}", stdin=task.stdin,
            cases=task.cases,
        )  # fmt: skip
