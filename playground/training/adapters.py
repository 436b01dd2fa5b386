"""Finished adapters: rename, delete, push to the hub. Only those under ``PLAYGROUND_HOME``; shipped ones stay."""

import shutil
from pathlib import Path

from playground.errors import InputError
from playground.models.catalogue import adapters_folder
from playground.training.recipe import NAME


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


def push_adapter(name: str, repository: str, token: str | None = None, private: bool = True) -> str:
    """Upload an adapter with its card to the hub; the address of what was made.

    `repository` is ``owner/name``; `token` is the visitor's own (None: what ``hf auth login`` kept).
    Raises InputError with the hub's reason when it refuses.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalTokenNotFoundError

    folder = adapter_folder(name)
    api = HfApi(token=token)
    try:
        made = api.create_repo(repository, private=private, exist_ok=True)
        api.upload_folder(repo_id=made.repo_id, folder_path=folder, ignore_patterns=["job.txt"])
    except (HfHubHTTPError, HFValidationError, LocalTokenNotFoundError, OSError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise InputError(f"The hub did not take {repository!r}: {reason}") from None
    return str(made)
