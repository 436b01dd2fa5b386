"""Build a dataset from a recipe: draw, compile, verify in the pool, drop repeats and leaks, split, write.

Results are consumed in the order in which the work was given, so the same recipe gives the same bytes whatever the
number of workers.
"""

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from random import Random

from playground.data.compilers import find_compiler
from playground.data.examples import Example, example_of
from playground.data.fingerprint import assembly_fingerprint, c_fingerprint
from playground.data.function import CFunction
from playground.data.generate import generate
from playground.data.leaks import FinalTasks, fingerprint_final_tasks
from playground.data.prepare import Target, UnitLost, UnitWork, prepare
from playground.data.recipe import DataRecipe
from playground.data.verify import Dropped, Pair, VerifyWork, verify
from playground.emulator.pool import DeadlinePassed, WorkerDied, WorkerPool
from playground.tasks.bank import load_bank
from playground.tasks.task import Task

UNIT_FUNCTIONS = 96
"""Functions a translation unit: starting the compilers is then a small share of the work."""

UNIT_SECONDS = 60.0
UNITS_IN_FLIGHT = 3

TRAIN, HELD_OUT_FUNCTIONS, HELD_OUT_FAMILIES = "train", "held-out-functions", "held-out-families"


@dataclass
class BuildProgress:
    """What a person sees while it builds."""

    drawn: int = 0
    wanted: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One pair that passed everything, with its example and the file it belongs to."""

    pair: Pair
    example: Example
    split: str


def targets_of(recipe: DataRecipe) -> tuple[Target, ...]:
    """The recipe's product of architectures and levels, with the compilers of this machine."""
    return tuple(
        Target(compiler=find_compiler(arch, recipe.compiler), level=level, syntax=_syntax(arch, recipe))
        for arch in recipe.archs
        for level in recipe.levels
    )


def _syntax(arch: str, recipe: DataRecipe) -> str:
    return recipe.syntax if arch == "x86_64" else "gas"


def build(
    recipe: DataRecipe,
    pool: WorkerPool,
    *,
    functions: Iterable[CFunction] | None = None,
    bank: Iterable[Task] | None = None,
    progress: Callable[[BuildProgress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Kept]:
    """Every kept pair, in a fixed order. Ends early when `stopped()` says so, keeping what was done."""
    targets = targets_of(recipe)
    final = fingerprint_final_tasks(load_bank() if bank is None else bank, targets)
    state = BuildProgress(wanted=recipe.functions)
    drawn = (
        functions if functions is not None else generate(recipe.functions, seed=recipe.seed, families=recipe.families)
    )
    filters = _Filters(recipe=recipe, final=final, state=state)
    for outcome in _verified(recipe, pool, targets, drawn, stopped):
        state.drawn += len({id(item.function) for item in outcome})
        yield from filters.keep(outcome)
        progress(state)


def _verified(
    recipe: DataRecipe,
    pool: WorkerPool,
    targets: tuple[Target, ...],
    functions: Iterable[CFunction],
    stopped: Callable[[], bool],
) -> Iterator[list[Pair | Dropped]]:
    """Units through both stages, a few in flight, results in order."""
    with ThreadPoolExecutor(UNITS_IN_FLIGHT) as threads:
        waiting: deque[Future[list[Pair | Dropped]]] = deque()
        for work in _units(recipe, targets, functions):
            if stopped():
                break
            waiting.append(threads.submit(_processed, pool, work, recipe.largest_lines))
            if len(waiting) >= UNITS_IN_FLIGHT:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _units(recipe: DataRecipe, targets: tuple[Target, ...], functions: Iterable[CFunction]) -> Iterator[UnitWork]:
    source = iter(functions)
    while unit := tuple(islice(source, UNIT_FUNCTIONS)):
        yield UnitWork(functions=unit, targets=targets, cases=recipe.cases, seed=recipe.seed)


def _processed(pool: WorkerPool, work: UnitWork, largest_lines: int) -> list[Pair | Dropped]:
    """Both stages; a unit that is lost is halved until the function that did it stands alone."""
    try:
        prepared = prepare(work, UNIT_SECONDS)
        verification = VerifyWork(prepared=tuple(prepared), targets=work.targets, largest_lines=largest_lines)
        return pool.run(verify, verification, deadline_seconds=UNIT_SECONDS)
    except (UnitLost, WorkerDied, DeadlinePassed) as lost:
        if len(work.functions) == 1:
            return [Dropped(function=work.functions[0], reason=f"crashed: {lost}")]
    middle = len(work.functions) // 2
    halves = (work.functions[:middle], work.functions[middle:])
    return [item for half in halves for item in _processed(pool, replace(work, functions=half), largest_lines)]


@dataclass
class _Filters:
    """Repeats and leaks taken out, the rest assigned to its file."""

    recipe: DataRecipe
    final: FinalTasks
    state: BuildProgress
    bodies: Counter[str] = field(default_factory=Counter)

    def keep(self, outcome: list[Pair | Dropped]) -> Iterator[Kept]:
        for item in outcome:
            reason = self._reason(item)
            if isinstance(item, Pair) and not reason:
                self.state.kept += 1
                random = Random(
                    f"{self.recipe.seed}/{item.function.source}/{item.function.request}/{item.arch}/{item.level}"
                )
                yield Kept(pair=item, example=example_of(item, self.recipe, random), split=self._split(item))
                continue
            self.state.dropped[reason] += 1
            if isinstance(item, Dropped) and item.is_gap:
                self.state.gaps[item.reason] += 1

    def _reason(self, item: Pair | Dropped) -> str:
        """Why it is dropped, without details so that it can be counted; empty when it is kept."""
        if isinstance(item, Dropped):
            return item.reason.split(":")[0]
        if self.final.matches(item.function.source, item.assembly):
            return "matches a final task"
        body = assembly_fingerprint(item.assembly) + item.arch
        self.bodies[body] += 1
        return "the same body" if self.bodies[body] > self.recipe.same_body else ""

    def _split(self, pair: Pair) -> str:
        """By family first, then by what the C does whatever its names: stable under any change of the order."""
        if _share(f"family/{pair.function.family}") < self.recipe.held_out_families:
            return HELD_OUT_FAMILIES
        held_out = _share(f"function/{c_fingerprint(pair.function.source)}") < self.recipe.held_out_functions
        return HELD_OUT_FUNCTIONS if held_out else TRAIN


def _share(key: str) -> float:
    """A number in [0, 1) that depends on the key alone."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") / 2**48
