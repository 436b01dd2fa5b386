"""A build as a child process: ``python -m playground.data.job FOLDER`` builds FOLDER/recipe.toml and tells its state.

``progress.json`` is replaced as a whole at each step; a file ``stop`` asks for an end after the units in flight, with
everything kept so far written out.
"""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from playground.data.build import BuildProgress, build
from playground.data.card import write_card
from playground.data.recipe import read_recipe
from playground.data.write import write_dataset
from playground.emulator.pool import WorkerPool
from playground.errors import InputError

PROGRESS_FILE, STOP_FILE, RECIPE_FILE, LOG_FILE = "progress.json", "stop", "recipe.toml", "log.txt"
BUILDING, FINISHED, STOPPED, FAILED = "building", "finished", "stopped", "failed"


@dataclass(frozen=True, kw_only=True)
class BuildState:
    """What ``progress.json`` holds."""

    state: str
    drawn: int = 0
    wanted: int = 0
    kept: int = 0
    seconds: float = 0.0
    dropped: dict[str, int] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)
    message: str = ""
    """One sentence on what went wrong; empty while all is well."""
    pid: int = 0
    started: float = 0.0
    """The process's creation time: with the pid it names one process for ever."""


def write_state(folder: Path, state: BuildState) -> None:
    """Replace the state as a whole."""
    partial = folder / f".progress.{os.getpid()}"
    partial.write_text(json.dumps(asdict(state)), encoding="utf-8")
    partial.replace(folder / PROGRESS_FILE)


def build_folder(folder: Path) -> BuildState:
    """Build the recipe of a folder into it; how it ended."""
    import psutil  # type: ignore[import-untyped]

    begun, last = time.monotonic(), BuildProgress()
    own = {"pid": os.getpid(), "started": psutil.Process().create_time()}
    stop = folder / STOP_FILE

    def state(kind: str, message: str = "") -> BuildState:
        return BuildState(
            state=kind, drawn=last.drawn, wanted=last.wanted, kept=last.kept, seconds=time.monotonic() - begun,
            dropped=dict(last.dropped.most_common()), gaps=dict(last.gaps.most_common()), message=message, **own,
        )  # fmt: skip

    def show(progress: BuildProgress) -> None:
        nonlocal last
        last = progress
        write_state(folder, state(BUILDING))

    try:
        recipe = read_recipe(folder / RECIPE_FILE)
        last = BuildProgress(wanted=recipe.functions)
        write_state(folder, state(BUILDING))
        with WorkerPool(size=max(1, (os.cpu_count() or 2) - 1)) as pool:
            summary = write_dataset(folder, recipe, build(recipe, pool, progress=show, stopped=stop.exists))
        write_card(folder, recipe, last, summary)
        ended = state(STOPPED if stop.exists() else FINISHED)
    except InputError as error:
        ended = state(FAILED, str(error))
    write_state(folder, ended)
    return ended


if __name__ == "__main__":
    sys.exit(build_folder(Path(sys.argv[1])).state == FAILED)
