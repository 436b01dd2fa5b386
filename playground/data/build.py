"""Build a dataset from a recipe: draw, compile, verify in the pool, drop repeats and leaks, split, write.

Results are consumed in the order in which the work was given, so the same recipe gives the same bytes whatever the
number of workers.
"""

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain, groupby, islice
from pathlib import Path
from random import Random

from playground.data.compilers import GIVEN, find_compiler, given_compiler
from playground.data.enrich import FimExample, fim_of
from playground.data.examples import Example, c_alone_of, example_of
from playground.data.fingerprint import c_fingerprint
from playground.data.formats import require_format
from playground.data.function import CFunction
from playground.data.generate import generate
from playground.data.leaks import FinalTasks, fingerprint_final_tasks
from playground.data.prepare import Prepared, Target, UnitWork
from playground.data.preparers import Preparers, UnitLost
from playground.data.recipe import DataRecipe
from playground.data.repeats import Repeats
from playground.data.same_behaviour import TasksByTypes
from playground.data.sources.given import GivenPair
from playground.data.verify import MATCHES_FINAL, Dropped, Pair, VerifyWork, verify
from playground.emulator.pool import DeadlinePassed, WorkerDied, WorkerPool
from playground.tasks.bank import load_bank
from playground.tasks.task import Task

UNIT_FUNCTIONS = 192
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
    fim: FimExample | None = None
    plain: str = ""
    """Text to continue; empty but in a share of the training split."""
    c_alone: Example | None = None


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
    for name in recipe.formats:
        require_format(name)
    targets = targets_of(recipe)
    final = fingerprint_final_tasks(load_bank() if bank is None else bank, targets)
    state = BuildProgress(wanted=recipe.functions)
    filters = _Filters(recipe=recipe, final=final, state=state, repeats=_repeats(recipe))
    drawn = functions_of(recipe, state.dropped) if functions is None else functions
    units = chain(_units(recipe, targets, drawn), _given_units(recipe, state.dropped))
    for outcome in _verified(recipe, pool, units, stopped, final.functions):
        state.drawn += len({id(item.function) for item in outcome})
        yield from filters.keep(outcome)
        progress(state)


def functions_of(recipe: DataRecipe, skipped: Counter[str]) -> Iterator[CFunction]:
    """The generator's functions, the practice tasks', those of folders and files, those that a model wrote."""
    yield from generate(recipe.functions, seed=recipe.seed, families=recipe.families)
    if recipe.practice:
        from playground.data.sources.practice import practice_functions

        yield from practice_functions()
    if recipe.sources or recipe.batches:
        from playground.data.sources.batches import read_batch
        from playground.data.sources.folders import read_sources

        yield from read_sources(recipe.sources, skipped)
        for path in recipe.batches:
            yield from read_batch(Path(path).expanduser(), skipped)


def _repeats(recipe: DataRecipe) -> Repeats:
    return Repeats(resemblance=recipe.resemblance, quota=recipe.same_body)


@dataclass(frozen=True, kw_only=True)
class _Unit:
    """What goes through both stages together."""

    work: UnitWork
    given: tuple[GivenPair, ...] = ()
    """One per function where the assembly is given instead of compiled."""


def _verified(
    recipe: DataRecipe,
    pool: WorkerPool,
    units: Iterable[_Unit],
    stopped: Callable[[], bool],
    final: TasksByTypes,
) -> Iterator[list[Pair | Dropped]]:
    """Units through both stages, a few in flight, results in order."""
    with Preparers() as preparers, ThreadPoolExecutor(UNITS_IN_FLIGHT) as threads:
        waiting: deque[Future[list[Pair | Dropped]]] = deque()
        for unit in units:
            if stopped():
                break
            waiting.append(threads.submit(_processed, preparers, pool, unit, recipe, final))
            if len(waiting) >= UNITS_IN_FLIGHT:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _units(recipe: DataRecipe, targets: tuple[Target, ...], functions: Iterable[CFunction]) -> Iterator[_Unit]:
    """Functions of one language share a unit, and so do programs; a unit goes out when it is full."""
    waiting: dict[tuple[str, bool, bool], list[CFunction]] = {}
    for function in functions:
        alike = waiting.setdefault((function.language, function.is_program, bool(function.origin)), [])
        alike.append(function)
        if len(alike) == UNIT_FUNCTIONS:
            yield _compiled_unit(recipe, targets, alike)
            alike.clear()
    yield from (_compiled_unit(recipe, targets, alike) for alike in waiting.values() if alike)


def _compiled_unit(recipe: DataRecipe, targets: tuple[Target, ...], functions: list[CFunction]) -> _Unit:
    return _Unit(work=UnitWork(functions=tuple(functions), targets=targets, cases=recipe.cases, seed=recipe.seed))


def _given_units(recipe: DataRecipe, skipped: Counter[str]) -> Iterator[_Unit]:
    if not recipe.chats:
        return
    from playground.data.sources.chats import read_chats

    pairs = chain.from_iterable(read_chats(Path(path).expanduser(), skipped) for path in recipe.chats)
    for _, alike in groupby(pairs, key=lambda pair: pair.function.language):
        while unit := tuple(islice(alike, UNIT_FUNCTIONS)):
            functions = tuple(pair.function for pair in unit)
            work = UnitWork(functions=functions, targets=(), cases=recipe.cases, seed=recipe.seed)
            yield _Unit(work=work, given=unit)


def _processed(
    preparers: Preparers, pool: WorkerPool, unit: _Unit, recipe: DataRecipe, final: TasksByTypes
) -> list[Pair | Dropped]:
    """Both stages; a unit that is lost is halved until the function that did it stands alone."""
    work = unit.work
    try:
        prepared = preparers.prepare(work, UNIT_SECONDS)
        verifications = _verifications(unit, prepared, recipe, final)
        return [item for one in verifications for item in pool.run(verify, one, deadline_seconds=UNIT_SECONDS)]
    except (UnitLost, WorkerDied, DeadlinePassed) as lost:
        if len(work.functions) == 1:
            return [Dropped(function=work.functions[0], reason=f"crashed: {lost}")]
    middle = len(work.functions) // 2
    halves = [
        _Unit(work=replace(work, functions=work.functions[part]), given=unit.given[part])
        for part in (slice(middle), slice(middle, None))
    ]
    return [item for half in halves for item in _processed(preparers, pool, half, recipe, final)]


def _verifications(unit: _Unit, prepared: list[Prepared], recipe: DataRecipe, final: TasksByTypes) -> list[VerifyWork]:
    """One for compiled functions; one a pair where the assembly is given, since each has its own target."""
    if not unit.given:
        return [
            VerifyWork(
                prepared=tuple(prepared),
                targets=unit.work.targets,
                largest_lines=recipe.largest_lines,
                plain_share=recipe.plain_share,
                final=final,
            )
        ]
    return [
        VerifyWork(
            prepared=(replace(one, assembly=(pair.assembly,)),),
            targets=(Target(compiler=given_compiler(pair.arch), level=GIVEN, syntax=pair.syntax),),
            largest_lines=recipe.largest_lines,
            plain_share=recipe.plain_share,
            final=final,
            messages=pair.messages,
        )
        for one, pair in zip(prepared, unit.given, strict=True)
    ]


@dataclass
class _Filters:
    """Repeats and leaks taken out, the rest assigned to its file."""

    recipe: DataRecipe
    final: FinalTasks
    state: BuildProgress
    repeats: Repeats

    def keep(self, outcome: list[Pair | Dropped]) -> Iterator[Kept]:
        for item in outcome:
            reason = self._reason(item)
            if isinstance(item, Pair) and not reason:
                self.state.kept += 1
                yield self._kept(item)
                continue
            self.state.dropped[reason] += 1
            if isinstance(item, Dropped) and item.is_gap:
                self.state.gaps[item.reason] += 1

    def _kept(self, pair: Pair) -> Kept:
        """The example and the file it belongs to, decided by the recipe and the pair alone."""
        function, recipe = pair.function, self.recipe
        random = Random(f"{recipe.seed}/{function.source}/{function.request}/{pair.arch}/{pair.level}")
        example, split = example_of(pair, recipe, random), self._split(pair)
        has_gap = split == TRAIN and random.random() < recipe.fim_share
        fim = fim_of(pair, random) if has_gap else None
        plain = pair.plain if split == TRAIN else ""
        c_alone = c_alone_of(pair) if split == TRAIN and random.random() < recipe.c_alone_share else None
        return Kept(pair=pair, example=example, split=split, fim=fim, plain=plain, c_alone=c_alone)

    def _reason(self, item: Pair | Dropped) -> str:
        """Why it is dropped, without details so that it can be counted; empty when it is kept."""
        if isinstance(item, Dropped):
            return item.reason.split(":")[0]
        if self.final.matches(item.function.source, item.function.prototype, item.assembly, _output(item)):
            return MATCHES_FINAL
        return self.repeats.refusal(item.assembly, item.arch, self._split(item))

    def _split(self, pair: Pair) -> str:
        """By family first, then by what the C does whatever its names: stable under any change of the order."""
        if _share(f"family/{pair.function.family}") < self.recipe.held_out_families:
            return HELD_OUT_FAMILIES
        held_out = _share(f"function/{c_fingerprint(pair.function.source)}") < self.recipe.held_out_functions
        return HELD_OUT_FUNCTIONS if held_out else TRAIN


def _output(pair: Pair) -> str:
    return pair.program.stdout if pair.program else ""


def _share(key: str) -> float:
    """A number in [0, 1) that depends on the key alone."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") / 2**48
