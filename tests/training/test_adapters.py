"""Adapters are renamed and deleted only inside their own folder."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from playground.errors import InputError
from playground.training.adapters import delete_adapter, push_adapter, pushed_card, rename_adapter, trained_adapters
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


class Hub:
    """Stands in for huggingface_hub.HfApi: remembers what it was given."""

    public = False
    given: dict[str, Any]

    def __init__(self, token: str | None) -> None:
        Hub.given = {"token": token}

    def create_repo(self, repository: str, *, private: bool, exist_ok: bool) -> Any:
        Hub.given |= {"repository": repository, "private": private}
        return RepositoryAddress(repository)

    def repo_info(self, repository: str) -> Any:
        return SimpleNamespace(private=not Hub.public)

    def upload_folder(self, *, repo_id: str, folder_path: Path, ignore_patterns: list[str]) -> None:
        Hub.given |= {"folder": folder_path, "left out": ignore_patterns}

    def upload_file(self, *, path_or_fileobj: bytes, path_in_repo: str, repo_id: str) -> None:
        Hub.given |= {path_in_repo: path_or_fileobj.decode()}


class RepositoryAddress(str):
    """What create_repo gives: an address that knows its repository."""

    @property
    def repo_id(self) -> str:
        return str(self)


def test_an_adapter_is_pushed_privately_with_its_card_and_scores(
    adapters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.HfApi", Hub)
    (adapters / "one" / "README.md").write_text("# one\n")
    assert push_adapter("one", "me/one", scores="| a table |") == "me/one"
    assert Hub.given["private"] is True
    assert Hub.given["token"] is None
    assert Hub.given["folder"] == adapters / "one"
    assert JOB_FILE in Hub.given["left out"]
    assert Hub.given["README.md"] == "# one\n\n## What it scores\n\n| a table |\n"
    assert pushed_card(adapters / "one", "") == "# one\n"


def test_nothing_private_goes_into_a_public_repository(adapters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.HfApi", Hub)
    monkeypatch.setattr(Hub, "public", True)
    with pytest.raises(InputError, match="is public"):
        push_adapter("one", "me/one")
    assert "folder" not in Hub.given
    assert push_adapter("one", "me/one", private=False) == "me/one"
    for name in ("one", "me/../x", "/me", "https://x/y", ""):
        with pytest.raises(InputError, match="owner/name"):
            push_adapter("one", name)


def test_only_whole_adapters_are_listed(adapters: Path) -> None:
    (adapters / "empty").mkdir()
    (adapters / ".deleted-x").mkdir()
    (adapters / ".deleted-x" / "adapter_config.json").write_text("{}")
    assert trained_adapters() == ("one", "two")
