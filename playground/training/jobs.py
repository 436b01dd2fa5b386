"""The queue of training jobs, on disk: it outlives pages, the app and its own processes."""

import logging
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

from playground.errors import InputError
from playground.paths import playground_home
from playground.training.dataset import dataset_path
from playground.training.jobstate import ACTIVE, RESUMABLE, JobFolder, JobState, session_processes
from playground.training.launch import Launch, end_session, launch, reap
from playground.training.progress import ProgressRecord, StepRecord, latest_run, read_progress
from playground.training.recipe import NAME, TrainingRecipe

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job as it stood when it was read."""

    id: str
    recipe: TrainingRecipe
    state: str
    """One of `jobstate.STATES`."""
    message: str
    """One sentence on what went wrong or was left undone; empty while all is well."""
    created: float
    """Seconds since the epoch, as `ended`."""
    ended: float | None
    adapter: str
    """The finished adapter's name; empty before."""
    step: int
    seconds_left: float | None
    """None before the first step and after the end."""
    folder: JobFolder

    @property
    def active(self) -> bool:
        return self.state in ACTIVE

    @property
    def resumable(self) -> bool:
        return self.state in RESUMABLE


class JobStore:
    """Jobs under ``HOME/jobs``, oldest first; `slots` of them run at a time.

    Several stores may stand on one folder, in one process or in several: a lock file orders what they do. Nothing runs
    in the background: `advance` starts what is due and notices what died, and every call here begins with it.
    """

    def __init__(self, home: Path | None = None, *, slots: int = 1, launch_options: Launch | None = None) -> None:
        """`home` is the state folder (default: `playground_home()`)."""
        self.home = home or playground_home()
        self.jobs = self.home / "jobs"
        self.jobs.mkdir(parents=True, exist_ok=True)
        self.slots = slots
        self.launch_options = launch_options or Launch()
        self.lock = FileLock(self.jobs / ".lock")

    def start(self, recipe: TrainingRecipe) -> Job:
        """Queue a job, and launch it when a slot is free. Raises InputError when a dataset is missing."""
        for name in recipe.datasets:
            dataset_path(name)
        with self.lock:
            folder = self._new_folder(recipe)
            now = time.time()
            folder.recipe.write_text(recipe.to_toml(), encoding="utf-8")
            folder.write_state(JobState(state="queued", created=now, queued=now))
        self.advance()
        return self._read(folder)

    def list(self) -> tuple[Job, ...]:
        """Every job, the newest first."""
        self.advance()
        return tuple(self._read(folder) for folder in reversed(tuple(self._folders())))

    def get(self, id: str) -> Job:
        """One job. Raises InputError for an unknown id."""
        self.advance()
        return self._read(self._folder(id))

    def cancel(self, id: str) -> Job:
        """End a job at once, all its processes with it; its checkpoints stay."""
        folder = self._folder(id)
        with self.lock:
            state = folder.read_state()
            end_session(state)
            if folder.read_state().state in ACTIVE:  # it may have ended by itself meanwhile
                folder.end("cancelled", "Cancelled; Resume continues from the last checkpoint.")
        self.advance()
        return self._read(folder)

    def stop(self, id: str) -> Job:
        """Ask a running job to finish its step, save the adapter and end; a queued one is cancelled."""
        folder = self._folder(id)
        if folder.read_state().state == "queued":
            return self.cancel(id)
        folder.stop_request.touch()
        return self._read(folder)

    def resume(self, id: str) -> Job:
        """Queue a job that ended early again; it goes on from its last checkpoint."""
        folder = self._folder(id)
        with self.lock:
            state = folder.read_state()
            if state.state not in RESUMABLE:
                raise InputError(f"The job {id!r} is {state.state}; only a job that ended early can be resumed.")
            folder.stop_request.unlink(missing_ok=True)
            folder.write_state(replace(state, state="queued", message="", queued=time.time(), ended=None, pid=None))
        self.advance()
        return self._read(folder)

    def delete(self, id: str) -> None:
        """Remove a job that is not active, with its checkpoints; its adapter stays."""
        folder = self._folder(id)
        with self.lock:
            if folder.read_state().state in ACTIVE:
                raise InputError(f"The job {id!r} is still active; cancel it first.")
            shutil.rmtree(folder.path)

    def progress(self, id: str) -> tuple[ProgressRecord, ...]:
        """A job's records, oldest first, as if it had never been interrupted."""
        return latest_run(read_progress(self._folder(id).progress))

    def log_tail(self, id: str, lines: int = 40) -> str:
        """The last lines of what a job's processes printed."""
        path = self._folder(id).log
        if not path.exists():
            return ""
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 400 * lines))
            text = file.read().decode(errors="replace")
        return "\n".join(text.replace("\r", "\n").splitlines()[-lines:])

    def advance(self) -> None:
        """Notice jobs whose processes are gone; launch the jobs that are due."""
        with self.lock:
            reap()
            states = [(folder, self._settle(folder)) for folder in self._folders()]
            free = self.slots - sum(state.state == "running" for _, state in states)
            queue = sorted(
                (state.queued, folder.path.name, folder) for folder, state in states if state.state == "queued"
            )
            for _, _, folder in queue[: max(0, free)]:
                self._launch(folder)

    def _settle(self, folder: JobFolder) -> JobState:
        """The state, after noticing that a running job's processes are gone."""
        state = folder.read_state()
        if state.state != "running" or session_processes(state):
            return state
        state = folder.read_state()  # its last act may have been to write how it ended
        if state.state == "running":
            folder.end("interrupted", self._last_words(folder))
        return folder.read_state()

    def _last_words(self, folder: JobFolder) -> str:
        """One sentence on a job that died without writing how it ended."""
        steps = [record.step for record in read_progress(folder.progress) if isinstance(record, StepRecord)]
        killed = "SIGKILL" in self.log_tail(folder.path.name)
        cause = "was killed, as the system does when memory runs out" if killed else "ended without a word"
        saved = sorted(int(path.name.removeprefix("step-")) for path in folder.checkpoints.glob("step-*"))
        remedy = (
            f"from the checkpoint at step {saved[-1]}" if saved else "from the beginning: no checkpoint was due yet"
        )
        return f"The training process {cause} after step {steps[-1] if steps else 0}; Resume continues {remedy}."

    def _launch(self, folder: JobFolder) -> None:
        """Start the job's processes; a job that cannot be started has failed."""
        try:
            pid, launched = launch(folder, self.home, self.launch_options)
        except OSError as error:
            log.exception("launch of %s", folder.path.name)
            folder.end("failed", f"The training process could not be started: {error.strerror}.")
            return
        folder.write_state(replace(folder.read_state(), state="running", pid=pid, launched=launched))

    def _read(self, folder: JobFolder) -> Job:
        state = folder.read_state()
        steps = [record for record in read_progress(folder.progress) if isinstance(record, StepRecord)]
        return Job(
            id=folder.path.name,
            recipe=TrainingRecipe.read(folder.recipe),
            state=state.state,
            message=state.message,
            created=state.created,
            ended=state.ended,
            adapter=state.adapter,
            step=steps[-1].step if steps else 0,
            seconds_left=steps[-1].seconds_left if steps and state.state == "running" else None,
            folder=folder,
        )

    def _folders(self) -> Iterator[JobFolder]:
        """Jobs by age. A folder without a state is a start that was killed half-way: it never was a job."""
        for path in sorted(self.jobs.iterdir()):
            if (path / "state.json").is_file():
                yield JobFolder(path=path)

    def _folder(self, id: str) -> JobFolder:
        """The folder of a job's id, which may come from a page and is not trusted as a path."""
        folder = JobFolder(path=self.jobs / id)
        if not NAME.fullmatch(id) or not folder.state.is_file():
            raise InputError(f"There is no training job {id!r}.")
        return folder

    def _new_folder(self, recipe: TrainingRecipe) -> JobFolder:
        """A folder whose name sorts by time; a second job within the second gets a number."""
        stamp = time.strftime("%Y%m%d-%H%M%S")
        number = 0
        while True:
            path = self.jobs / f"{stamp}-{number:02d}-{recipe.name[:40]}"
            try:
                path.mkdir()
            except FileExistsError:
                number += 1
                continue
            return JobFolder(path=path)
