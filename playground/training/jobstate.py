"""A job on disk: its folder's files, its state, and whether its processes still live."""

import json
import os
import time
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

ACTIVE = ("queued", "running")
RESUMABLE = ("stopped", "cancelled", "failed", "interrupted")
STATES = (*ACTIVE, "finished", *RESUMABLE)
"""queued -> running -> finished, stopped (and saved), cancelled, failed (the message says why) or interrupted (its
processes ended without a word)."""


@dataclass(frozen=True, kw_only=True)
class JobState:
    """What ``state.json`` holds."""

    state: str
    message: str = ""
    """One sentence for a person; empty while all is well."""
    created: float = 0.0
    """Seconds since the epoch, as the two below."""
    queued: float = 0.0
    """When it last joined the queue."""
    ended: float | None = None
    pid: int | None = None
    """The session leader that was launched; every process of the job is in its session."""
    launched: float | None = None
    """The leader's creation time: with the pid it names one process for ever."""
    adapter: str = ""
    """Name of the finished adapter's folder."""


@dataclass(frozen=True, kw_only=True)
class JobFolder:
    """Where each file of a job stands."""

    path: Path

    @property
    def recipe(self) -> Path:
        return self.path / "recipe.toml"

    @property
    def state(self) -> Path:
        return self.path / "state.json"

    @property
    def progress(self) -> Path:
        return self.path / "progress.jsonl"

    @property
    def log(self) -> Path:
        return self.path / "log.txt"

    @property
    def checkpoints(self) -> Path:
        return self.path / "checkpoints"

    @property
    def adapter(self) -> Path:
        """Where the adapter is put together before it is moved to its place."""
        return self.path / "adapter"

    @property
    def stop_request(self) -> Path:
        """Its presence asks the trainer to stop after the step under way and to save."""
        return self.path / "stop"

    def read_state(self) -> JobState:
        """The state. Raises FileNotFoundError or ValueError when there is none to read."""
        table: dict[str, Any] = json.loads(self.state.read_text())
        known = {field.name for field in fields(JobState)}
        return JobState(**{key: value for key, value in table.items() if key in known})

    def write_state(self, state: JobState) -> None:
        """Replace the state as a whole: a reader sees the old one or the new one."""
        partial = self.path / f"state.json.{os.getpid()}"
        try:
            with partial.open("w") as file:
                json.dump(asdict(state), file)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self.state)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise

    def end(self, state: str, message: str = "", adapter: str = "") -> None:
        """Write how the job ended."""
        self.write_state(replace(self.read_state(), state=state, message=message, adapter=adapter, ended=time.time()))


def session_processes(state: JobState) -> list[psutil.Process]:
    """The living processes of a job: members of the session that its launch opened. Zombies do not live.

    While a member lives the kernel gives the leader's number to no new process; a leader of that number that was
    created at another time belongs to somebody else.
    """
    if state.pid is None or state.launched is None:
        return []
    return [process for process in psutil.process_iter() if belongs(process, state.pid, state.launched)]


def belongs(process: psutil.Process, session: int, launched: float) -> bool:
    try:
        if os.getsid(process.pid) != session or process.status() == psutil.STATUS_ZOMBIE:
            return False
        age_agrees = abs(process.create_time() - launched) < 1.0 if process.pid == session else True
        return age_agrees and process.create_time() > launched - 1.0
    except (psutil.Error, ProcessLookupError, PermissionError):
        return False
