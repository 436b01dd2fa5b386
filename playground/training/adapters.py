"""Finished adapters: rename, delete, push to the hub. Only those under ``PLAYGROUND_HOME``; shipped ones stay."""

import re
import shutil
from pathlib import Path

from playground.errors import InputError
from playground.models.catalogue import adapters_folder
from playground.training.recipe import NAME

REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}")


def trained_adapters() -> tuple[str, ...]:
    """Names of the adapters that were trained here."""
    home = adapters_folder()
    names = sorted(path.name for path in home.iterdir()) if home.is_dir() else []
    return tuple(name for name in names if NAME.fullmatch(name) and (home / name / "adapter_config.json").is_file())


def adapter_folder(name: str) -> Path:
    """The folder of an adapter that was trained here. Raises InputError for any other name."""
    folder = adapters_folder() / name
    if not NAME.fullmatch(name) or not (folder / "adapter_config.json").is_file():
        raise InputError(f"No adapter {name!r} was trained here.")
    return folder


def rename_adapter(name: str, new_name: str) -> None:
    """Give an adapter another name, in one step. Raises InputError when the name is taken or no name."""
    folder = adapter_folder(name)
    if not NAME.fullmatch(new_name):
        raise InputError(f"{new_name!r} cannot name an adapter; use letters, digits, '.', '_' or '-'.")
    target = folder.with_name(new_name)
    if target.exists():
        raise InputError(f"There already is an adapter {new_name!r}; choose another name.")
    folder.rename(target)


def delete_adapter(name: str) -> None:
    """Remove an adapter for ever: first out of sight, then its files."""
    folder = adapter_folder(name)
    doomed = folder.with_name(f".deleted-{name}")
    folder.rename(doomed)
    shutil.rmtree(doomed)


def push_adapter(name: str, repository: str, token: str | None = None, private: bool = True, scores: str = "") -> str:
    """Upload an adapter with its card to the hub; the address of what was made.

    The card is the one written from the recipe, with `scores` (Markdown, the report's tables) below it. `repository` is
    ``owner/name``; `token` None is the operator's own: what ``hf auth login`` kept, or HF_TOKEN.

    Raises:
        InputError: the name is no repository's, or the hub refuses, with its reason.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalTokenNotFoundError

    folder = adapter_folder(name)
    if not REPOSITORY.fullmatch(repository):
        raise InputError(f"{repository!r} names no repository: write owner/name.")
    api = HfApi(token=token)
    try:
        made = api.create_repo(repository, private=private, exist_ok=True)
        if private and not api.repo_info(made.repo_id).private:
            raise InputError(f"{repository!r} is there already and is public: choose another name, or push publicly.")
        api.upload_folder(repo_id=made.repo_id, folder_path=folder, ignore_patterns=["job.txt", "README.md"])
        card = pushed_card(folder, scores).encode()
        api.upload_file(path_or_fileobj=card, path_in_repo="README.md", repo_id=made.repo_id)
    except (HfHubHTTPError, HFValidationError, LocalTokenNotFoundError, OSError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise InputError(f"The hub did not take {repository!r}: {reason}") from None
    return str(made)


def pushed_card(folder: Path, scores: str) -> str:
    """The adapter's card, and below it what it scores."""
    card = folder / "README.md"
    text = card.read_text(encoding="utf-8") if card.is_file() else f"# {folder.name}\n"
    return f"{text.rstrip()}\n\n## What it scores\n\n{scores.strip()}\n" if scores.strip() else text
