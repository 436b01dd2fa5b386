"""Builds in child processes: one at a time, stopped with what they have, seen by whoever looks."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from playground.data.builds import DataBuilds
from playground.data.job import BUILDING, FAILED, PROGRESS_FILE, BuildState, build_folder, write_state
from playground.data.recipe import DataRecipe
from playground.errors import InputError


def ended(builds: DataBuilds, name: str) -> BuildState:
    """The state behind the build; the test's own time limit ends a build that never does."""
    while (state := builds.state(name)) is None or state.state == BUILDING:
        time.sleep(0.2)
    return state


@pytest.mark.toolchain
def test_a_build_is_stopped_and_keeps_what_is_done(tmp_path: Path, require_tool: Callable[[str, str], str]) -> None:
    require_tool("gcc", "gcc")
    builds = DataBuilds(tmp_path)
    builds.start(DataRecipe(name="one", functions=100_000, archs=("x86_64",)))
    assert builds.running() == "one"
    with pytest.raises(InputError, match="one"):
        builds.start(DataRecipe(name="two"))
    DataBuilds(tmp_path).stop("one")  # another page
    state = ended(builds, "one")
    assert state.state == "stopped", state.message
    assert state.drawn < 100_000
    assert builds.names() == ("one",)
    assert (tmp_path / "datasets" / "one" / "README.md").is_file()
    with pytest.raises(InputError, match="another name"):
        builds.start(DataRecipe(name="one"))


def test_a_build_that_cannot_begin_says_why(tmp_path: Path) -> None:
    (tmp_path / "recipe.toml").write_text('name = "x"\nsources = ["/nowhere"]\nfunctions = 0\narchs = ["x86_64"]\n')
    state = build_folder(tmp_path)
    assert state.state == FAILED
    assert state.message
    assert json.loads((tmp_path / PROGRESS_FILE).read_text())["message"] == state.message


def test_a_build_that_died_is_not_shown_as_running(tmp_path: Path) -> None:
    builds = DataBuilds(tmp_path)
    folder = tmp_path / "datasets" / "dead"
    folder.mkdir()
    (folder / "recipe.toml").write_text('name = "dead"\n')
    write_state(folder, BuildState(state=BUILDING, pid=2**22, started=1.0))
    state = builds.state("dead")
    assert state is not None
    assert state.state == FAILED
    assert builds.running() == ""
    assert asdict(state)["message"]


@pytest.mark.parametrize("name", ["../..", "/etc", "", "missing", "."])
def test_a_dataset_s_name_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="no dataset"):
        DataBuilds(tmp_path).dataset(name)
