"""Adapters are renamed and deleted only inside their own folder."""

from pathlib import Path

import pytest

from playground.errors import InputError
from playground.training.adapters import delete_adapter, push_adapter, rename_adapter
from playground.training.publish import JOB_FILE, move_into_place


@pytest.fixture
def adapters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    for name in ("one", "two"):
        make(tmp_path / "adapters" / name, job=f"job-{name}")
    return tmp_path / "adapters"


def make(folder: Path, job: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "adapter_config.json").write_text("{}")
    (folder / JOB_FILE).write_text(f"{job}\n")
    return folder


def test_rename_and_delete(adapters: Path) -> None:
    rename_adapter("one", "three")
    assert sorted(path.name for path in adapters.iterdir()) == ["three", "two"]
    delete_adapter("two")
    assert sorted(path.name for path in adapters.iterdir()) == ["three"]


def test_a_taken_or_bad_name_is_refused(adapters: Path) -> None:
    with pytest.raises(InputError, match="already"):
        rename_adapter("one", "two")
    with pytest.raises(InputError, match="cannot name"):
        rename_adapter("one", "../one")


@pytest.mark.parametrize("name", ["", "..", "../adapters/one", "nothing", "one/", "a\0b", "smollm2-135m-tiny"])
def test_nothing_outside_is_touched(adapters: Path, name: str) -> None:
    for act in (delete_adapter, lambda name: rename_adapter(name, "new"), lambda name: push_adapter(name, "me/x")):
        with pytest.raises(InputError, match="No adapter"):
            act(name)
    assert sorted(path.name for path in adapters.iterdir()) == ["one", "two"]


def test_a_resumed_job_replaces_its_own_adapter_and_no_other(adapters: Path, tmp_path: Path) -> None:
    again = make(tmp_path / "made", job="job-one")
    (again / "new").touch()
    assert move_into_place(again, "one", "job-one") == "one"
    assert (adapters / "one" / "new").exists()
    other = make(tmp_path / "made", job="job-other")
    assert move_into_place(other, "one", "job-other") == "one-2"
    assert sorted(path.name for path in adapters.iterdir()) == ["one", "one-2", "two"]
