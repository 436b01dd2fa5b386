"""How fast the data factory makes verified pairs, and where the processor's time goes.

    python benchmarks/data_speed.py [FUNCTIONS]

Two figures: pairs a second of the whole build on two worker processes, and the processor seconds of each stage for the
same functions in one process. A machine that does other work as well shows in the first and not in the second.
"""

import os
import platform
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playground.assembly import assemble
from playground.assembly.program import ProgramImage, Source
from playground.data.build import UNIT_FUNCTIONS, build, targets_of
from playground.data.compilers import native_library
from playground.data.generate import generate
from playground.data.prepare import Prepared, Target, UnitWork, compiled, expected_values
from playground.data.recipe import DataRecipe
from playground.data.units import unit_source
from playground.data.verify import calls
from playground.emulator.pool import WorkerPool
from playground.emulator.prototype import parse_prototype
from playground.tasks.execution import is_right

WORKERS = 2
FUNCTIONS = 960
TARGET = 150
"""Verified pairs a second on two cores."""


def main() -> None:
    """Print the figures with the machine's details."""
    functions = int(sys.argv[1]) if len(sys.argv) > 1 else FUNCTIONS
    load = os.getloadavg()[0]
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {load:.1f}")
    recipe = DataRecipe(name="speed", functions=functions, seed=11, syntax="intel")
    whole_build(recipe)
    stages(recipe)


def whole_build(recipe: DataRecipe) -> None:
    """The command's own path, from drawing to kept pairs."""
    before, started = processor_seconds(), time.perf_counter()
    with WorkerPool(size=WORKERS) as pool:
        pairs = sum(1 for _ in build(recipe, pool))
    wall, busy = time.perf_counter() - started, processor_seconds() - before
    print(f"build: {pairs:,} pairs in {wall:.1f} s: {pairs / wall:.0f} a second (target {TARGET})")
    print(f"    {busy:.1f} s of processor time: {WORKERS * pairs / busy:.0f} pairs a second on {WORKERS} idle cores")


def processor_seconds() -> float:
    """User and system time of this process and its ended children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


@dataclass
class Stages:
    """Processor seconds by stage."""

    seconds: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        before = processor_seconds()
        yield
        self.seconds[stage] += processor_seconds() - before


def stages(recipe: DataRecipe) -> None:
    """Processor time by stage for one unit of functions, and its share. Whole programs are run in another way."""
    targets, spent = targets_of(recipe), Stages()
    functions = tuple(one for one in generate(UNIT_FUNCTIONS, seed=recipe.seed) if not one.is_program)
    work = UnitWork(functions=functions, targets=targets, cases=recipe.cases, seed=recipe.seed)
    prepared = prepare_timed(work, spent)
    images_of(prepared, targets)  # the engines' first use
    with spent.time("assemble"):
        images = images_of(prepared, targets)
    pairs = executed(images, spent)
    whole = sum(spent.seconds.values())
    for stage, seconds in spent.seconds.items():
        print(f"    {stage:24} {1000 * seconds / pairs:5.2f} ms a pair {seconds / whole:5.0%}")


def prepare_timed(work: UnitWork, spent: Stages) -> list[Prepared]:
    """What `prepare_here` does for functions, step by step."""
    source = unit_source(work.functions)
    with spent.time("compile"):
        texts = [compiled(source, target, work.functions) for target in work.targets]
    with TemporaryDirectory() as folder:
        library = Path(folder) / "unit.so"
        with spent.time("compile for this machine"):
            native_library(source, library)
        with spent.time("native run"):
            expected = expected_values(work, library)
    rows = zip(work.functions, expected, *texts, strict=True)
    return [Prepared(function=one, cases=cases or (), assembly=tuple(texts)) for one, cases, *texts in rows]


def images_of(prepared: list[Prepared], targets: tuple[Target, ...]) -> list[tuple[Prepared, ProgramImage]]:
    """Every function under every target."""
    assembled = [
        (one, assemble(Source(text=text, arch=target.compiler.arch, syntax=target.syntax)).image)
        for one in prepared
        for text, target in zip(one.assembly, targets, strict=True)
        if text and one.cases
    ]
    return [(one, image) for one, image in assembled if image is not None]


def executed(images: list[tuple[Prepared, ProgramImage]], spent: Stages) -> int:
    """Emulates and compares; the number of right pairs."""
    pairs = 0
    for one, image in images:
        prototype = parse_prototype(one.function.prototype)
        with spent.time("emulate"):
            results = list(calls(image, prototype, one.cases))
        with spent.time("compare"):
            pairs += all(is_right(*row) for row in zip(one.cases, [prototype] * len(results), results, strict=True))
    return pairs


if __name__ == "__main__":
    main()
