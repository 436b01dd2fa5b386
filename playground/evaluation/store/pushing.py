"""Pushes the outbox to a dataset repository that the operator named, with huggingface_hub's CommitScheduler.

A Space's disk is lost when it sleeps; the repository keeps what people compared and voted. The token (``HF_TOKEN``)
is read here and given to the hub's client alone.
"""

import logging
import re
from collections.abc import Mapping
from threading import Event, Thread

from huggingface_hub import CommitScheduler, HfApi

from playground.errors import InputError
from playground.evaluation.store.outbox import Outbox

log = logging.getLogger(__name__)

REPOSITORY_VARIABLE = "PLAYGROUND_DATASET"
"""``owner/name`` of the dataset repository; unset or empty, nothing is pushed."""
PUBLIC_VARIABLE = "PLAYGROUND_DATASET_PUBLIC"
"""``1`` makes the repository public when it is created here; a private one is the default."""
MINUTES_BETWEEN_PUSHES = 5.0
SECONDS_BETWEEN_ATTEMPTS = 60.0
"""While the hub cannot be reached at the start."""
_REPOSITORY = re.compile(r"\w[\w.-]{0,95}/\w[\w.-]{0,95}")


def repository(environment: Mapping[str, str]) -> str:
    """The repository that the operator named, or nothing.

    Raises:
        InputError: it is not ``owner/name``.
    """
    named = environment.get(REPOSITORY_VARIABLE, "").strip()
    if named and not _REPOSITORY.fullmatch(named):
        raise InputError(f"{REPOSITORY_VARIABLE} is {named!r}: write the dataset repository as owner/name.")
    return named


class Pusher:
    """Pushes an outbox every few minutes and when the process ends; a hub that fails is tried again."""

    def __init__(self, outbox: Outbox, environment: Mapping[str, str], minutes: float = MINUTES_BETWEEN_PUSHES) -> None:
        """``HF_TOKEN`` and ``HF_ENDPOINT`` are read from `environment`.

        Raises:
            InputError: no repository is named, or not as ``owner/name``.
        """
        self.repository = repository(environment)
        if not self.repository:
            raise InputError(f"No dataset repository is named: set {REPOSITORY_VARIABLE} to owner/name.")
        self._outbox, self._minutes = outbox, minutes
        self._public = environment.get(PUBLIC_VARIABLE) == "1"
        self._api = HfApi(endpoint=environment.get("HF_ENDPOINT") or None, token=environment.get("HF_TOKEN") or None)
        self._stopped = Event()

    def start(self) -> None:
        """Connect on a thread of its own: a hub out of reach does not keep the page from being served."""
        Thread(target=self._keep_trying, name="push-to-dataset", daemon=True).start()

    def _keep_trying(self) -> None:
        while not self._stopped.is_set():
            try:
                self.connect()
                return
            except Exception as error:  # whatever the network and the hub raise
                reason = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
                log.warning("the dataset %s cannot be reached (%s); trying again", self.repository, reason)
            self._stopped.wait(SECONDS_BETWEEN_ATTEMPTS)

    def connect(self) -> CommitScheduler:
        """Make the repository when it is missing and begin to push; what waits is pushed at once."""
        return CommitScheduler(
            repo_id=self.repository,
            repo_type="dataset",
            folder_path=self._outbox.folder,
            path_in_repo="data",
            every=self._minutes,
            private=not self._public,
            hf_api=self._api,
        )

    def stop(self) -> None:
        """Do not try to connect any more."""
        self._stopped.set()
