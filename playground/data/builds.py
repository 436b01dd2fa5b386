"""Datasets under ``HOME/datasets`` and the builds that make them: on disk, so that they outlive a page and the app."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
from filelock import FileLock

from playground.data.browse import DatasetFolder
from playground.data.card import recipe_toml
from playground.data.job import (
    BUILDING,
    FAILED,
    LOG_FILE,
    PROGRESS_FILE,
    RECIPE_FILE,
    STOP_FILE,
    BuildState,
    write_state,
)
from playground.data.recipe import DataRecipe
from playground.errors import InputError
from playground.paths import CHECKOUT

NICENESS = 10
"""A build gives way to the page."""
_CHILDREN: list[subprocess.Popen[bytes]] = []
"""Builds started by this process, kept so that they are reaped when they end."""


class DataBuilds:
    """One build runs at a time."""

    def __init__(self, home: Path) -> None:
        self.home, self.top = home, home / "datasets"
        self.top.mkdir(parents=True, exist_ok=True)
        self.lock = FileLock(self.top / ".lock")

    def names(self) -> tuple[str, ...]:
        """Datasets that hold examples or are being built, the newest first."""
        folders = [path for path in self.top.iterdir() if (path / RECIPE_FILE).is_file()]
        return tuple(path.name for path in sorted(folders, key=lambda path: -path.stat().st_mtime))

    def dataset(self, name: str) -> DatasetFolder:
        """A dataset by its name, which may come from a page and is not trusted as a path.

        Raises:
            InputError: there is none of that name.
        """
        if name not in self.names():
            raise InputError(f"There is no dataset {name!r}.")
        return DatasetFolder(self.top / name)

    def start(self, recipe: DataRecipe) -> None:
        """Begin a build; the files that its recipe names are copied beside it, so that it can be done again.

        Raises:
            InputError: another one is under way, or the name is taken.
        """
        with self.lock:
            if self.running():
                raise InputError(f"The dataset {self.running()} is being built: wait for it, or stop it.")
            folder = self.top / recipe.name
            if folder.exists():
                raise InputError(f"There is a dataset {recipe.name!r} already: give another name.")
            folder.mkdir()
            recipe = _with_copies(recipe, folder / "given")
            (folder / RECIPE_FILE).write_text(recipe_toml(recipe), encoding="utf-8")
            self._launch(folder, recipe)

    def _launch(self, folder: Path, recipe: DataRecipe) -> None:
        environment = {
            **os.environ,
            "PLAYGROUND_HOME": str(self.home),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH")])),
        }
        with (folder / LOG_FILE).open("ab") as log:
            child = subprocess.Popen(
                [sys.executable, "-m", "playground.data.job", str(folder)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=environment, start_new_session=True,
            )  # fmt: skip
        process = psutil.Process(child.pid)
        process.nice(NICENESS)
        _CHILDREN.append(child)
        begun = BuildState(state=BUILDING, wanted=recipe.functions, pid=child.pid, started=process.create_time())
        if not (folder / PROGRESS_FILE).exists():
            write_state(folder, begun)

    def stop(self, name: str) -> None:
        """Ask a build to end after the units in flight; what it has kept stays."""
        (self.dataset(name).path / STOP_FILE).touch()

    def running(self) -> str:
        """The dataset that is being built; empty when none is."""
        return next((name for name, state in self.states() if state.state == BUILDING), "")

    def states(self) -> Iterator[tuple[str, BuildState]]:
        """Every build that there was, the newest first."""
        for name in self.names():
            if state := self.state(name):
                yield name, state

    def state(self, name: str) -> BuildState | None:
        """How far a build is; None for a dataset that the command line built."""
        _CHILDREN[:] = [child for child in _CHILDREN if child.poll() is None]
        state = self._read(name)
        if state is None or state.state != BUILDING or _lives(state):
            return state
        state = self._read(name) or state  # its last act may have been to write how it ended
        if state.state != BUILDING:
            return state
        return replace(state, state=FAILED, message="The build ended without a word: its log may say why.")

    def _read(self, name: str) -> BuildState | None:
        path = self.top / name / PROGRESS_FILE
        if not path.is_file():
            return None
        table = json.loads(path.read_text(encoding="utf-8"))
        known = {field.name for field in fields(BuildState)}
        return BuildState(**{key: value for key, value in table.items() if key in known})


def _with_copies(recipe: DataRecipe, folder: Path) -> DataRecipe:
    """The recipe naming copies of its single files; folders stay where they are."""
    changed: dict[str, Any] = {}
    for field in ("sources", "batches", "chats"):
        copies = []
        for name in getattr(recipe, field):
            path = Path(name).expanduser()
            if path.is_file():
                folder.mkdir(exist_ok=True)
                path = Path(shutil.copy(path, folder / f"{len(list(folder.iterdir()))}-{path.name}"))
            copies.append(str(path))
        changed[field] = tuple(copies)
    return replace(recipe, **changed)


def _lives(state: BuildState) -> bool:
    """Whether the very process that wrote the state is still there."""
    try:
        process = psutil.Process(state.pid)
        return abs(process.create_time() - state.started) < 1.0 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
