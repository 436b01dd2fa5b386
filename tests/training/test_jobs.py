"""The queue on disk, with real child processes on the tiny base."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from playground.errors import InputError
from playground.paths import CHECKOUT
from playground.training.jobs import Job, JobStore
from playground.training.jobstate import session_processes
from playground.training.launch import Launch
from playground.training.progress import EvaluationRecord, NoteRecord, StepRecord
from playground.training.recipe import TrainingRecipe

pytestmark = pytest.mark.timeout(900)
PATIENCE_SECONDS = 240.0
LONG = 100_000
"""Steps that no test waits for."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JobStore]:
    store = JobStore(tmp_path)
    yield store
    for job in store.list():
        if job.active:
            store.cancel(job.id)


def wait(store: JobStore, id: str, until: Callable[[Job], bool]) -> Job:
    """The job once `until` holds of it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        job = store.get(id)
        if until(job):
            return job
        if not job.active:
            break
        time.sleep(0.1)
    raise AssertionError(f"{job.state}, step {job.step}: {job.message}\n{store.log_tail(id)}")


def ended(job: Job) -> bool:
    return not job.active


def under_way(job: Job) -> bool:
    return job.step >= 3


def losses(store: JobStore, id: str) -> list[float]:
    return [record.loss for record in store.progress(id) if isinstance(record, StepRecord)]


def test_a_job_trains_and_its_adapter_appears(store: JobStore, tiny_recipe: TrainingRecipe) -> None:
    job = wait(store, store.start(tiny_recipe).id, ended)
    assert (job.state, job.message, job.adapter, job.step) == ("finished", "", "tiny", 6)
    adapter = store.home / "adapters" / "tiny"
    assert {"README.md", "recipe.toml", "progress.jsonl", "adapter_model.safetensors"} <= set(os.listdir(adapter))
    assert TrainingRecipe.read(adapter / "recipe.toml") == tiny_recipe
    assert not job.folder.adapter.exists()
    assert len(losses(store, job.id)) == 6
    assert isinstance(store.progress(job.id)[-1], EvaluationRecord)
    log = store.log_tail(job.id, 1000)
    assert "step 6/6" in log
    for noise in ("Loading weights", "Warning"):
        assert noise not in log


def test_the_queue_runs_one_and_a_second_name_is_kept_apart(store: JobStore, tiny_recipe: TrainingRecipe) -> None:
    first, second = store.start(tiny_recipe), store.start(tiny_recipe)
    assert (first.state, second.state) == ("running", "queued")
    job = wait(store, second.id, ended)
    assert (job.state, job.adapter) == ("finished", "tiny-2")
    assert store.get(first.id).adapter == "tiny"
    assert [job.id for job in store.list()] == [second.id, first.id]


def test_cancelling_ends_every_process_and_starts_the_next(store: JobStore, tiny_recipe: TrainingRecipe) -> None:
    running = store.start(tiny_recipe.with_changes(steps=LONG))
    queued = store.start(tiny_recipe)
    wait(store, running.id, under_way)
    processes = session_processes(running.folder.read_state())
    assert len(processes) >= 2, "the launcher and the trainer"
    assert store.cancel(running.id).state == "cancelled"
    assert not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)
    assert store.get(queued.id).state == "running"
    assert store.cancel(queued.id).state == "cancelled"
    assert not (store.home / "adapters").exists()


def test_stopping_saves_and_resuming_gives_the_uninterrupted_curve(
    store: JobStore, tiny_recipe: TrainingRecipe
) -> None:
    recipe = tiny_recipe.with_changes(steps=80, checkpoint_every=20)
    whole = wait(store, store.start(recipe).id, ended)
    job = store.start(recipe)
    wait(store, job.id, under_way)
    store.stop(job.id)
    job = wait(store, job.id, ended)
    assert job.state == "stopped"
    assert job.step < 80
    assert "the adapter was saved" in job.message
    assert (store.home / "adapters" / job.adapter).is_dir()

    store.resume(job.id)
    job = wait(store, job.id, ended)
    assert (job.state, job.adapter) == ("finished", "tiny-2")
    assert losses(store, job.id) == pytest.approx(losses(store, whole.id), rel=1e-5)
    assert len(list((store.home / "adapters").iterdir())) == 2


def test_sigkill_loses_nothing_finished_and_says_what_happened(store: JobStore, tiny_recipe: TrainingRecipe) -> None:
    job = store.start(tiny_recipe.with_changes(steps=LONG, checkpoint_every=5))
    wait(store, job.id, lambda job: job.step >= 12)
    for process in session_processes(job.folder.read_state()):
        process.send_signal(signal.SIGKILL)
    with job.folder.progress.open("ab") as file:
        file.write(b'{"kind": "step", "st')  # as a write that was cut off
    job = wait(store, job.id, ended)
    assert job.state == "interrupted"
    assert "Resume continues from the checkpoint at step" in job.message

    short = job.recipe.with_changes(steps=job.step + 20)
    job.folder.recipe.write_text(short.to_toml())
    store.resume(job.id)
    job = wait(store, job.id, ended)
    assert job.state == "finished"
    steps = [record.step for record in store.progress(job.id) if isinstance(record, StepRecord)]
    assert steps == list(range(1, short.steps + 1)), "one run, without a gap or a step told twice"
    assert any("Resumed" in record.text for record in store.progress(job.id) if isinstance(record, NoteRecord))


def test_the_trainer_lives_on_without_its_launcher(store: JobStore, tiny_recipe: TrainingRecipe) -> None:
    job = store.start(tiny_recipe.with_changes(steps=LONG))
    wait(store, job.id, under_way)
    leader = job.folder.read_state().pid
    assert leader is not None
    os.kill(leader, signal.SIGKILL)
    time.sleep(0.5)
    assert store.get(job.id).state == "running"
    store.cancel(job.id)
    assert not session_processes(job.folder.read_state())


def test_a_job_outlives_the_process_that_started_it(
    store: JobStore, tiny_recipe: TrainingRecipe, tmp_path: Path
) -> None:
    recipe = tmp_path / "long.toml"
    recipe.write_text(tiny_recipe.with_changes(steps=LONG).to_toml())
    start = (
        "import sys; from pathlib import Path; from playground.training.jobs import JobStore; "
        "from playground.training.recipe import TrainingRecipe; "
        "print(JobStore(Path(sys.argv[1])).start(TrainingRecipe.read(Path(sys.argv[2]))).id)"
    )
    command = [sys.executable, "-c", start, str(store.home), str(recipe)]
    id = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.strip()
    job = wait(store, id, under_way)
    assert job.state == "running"
    assert store.cancel(id).state == "cancelled"


def test_another_process_with_the_same_number_is_not_the_job(store: JobStore, tiny_recipe: TrainingRecipe) -> None:
    job = store.start(tiny_recipe)
    job = wait(store, job.id, ended)
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        told = psutil.Process(stranger.pid).create_time() - 3600
        job.folder.write_state(replace(job.folder.read_state(), state="running", pid=stranger.pid, launched=told))
        assert store.cancel(job.id).state == "cancelled"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_two_cpu_processes_give_the_curve_of_one(tiny_recipe: TrainingRecipe, tmp_path: Path) -> None:
    one, two = JobStore(tmp_path / "one"), JobStore(tmp_path / "two", launch_options=Launch(cpu_processes=2))
    first, second = one.start(tiny_recipe), two.start(tiny_recipe)
    wait(one, first.id, ended)
    job = wait(two, second.id, ended)
    assert job.state == "finished"
    assert any("2 processes" in record.text for record in two.progress(job.id) if isinstance(record, NoteRecord))
    assert losses(two, second.id) == pytest.approx(losses(one, first.id), rel=1e-4)


def test_a_bad_line_ends_the_job_by_its_number(store: JobStore, tiny_recipe: TrainingRecipe, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"messages": 3}\n')
    job = wait(store, store.start(tiny_recipe.with_changes(datasets=(str(bad),))).id, ended)
    assert job.state == "failed"
    assert job.message.startswith("bad.jsonl, line 1:")


@pytest.mark.parametrize("id", ["../../etc", "", "nothing", ".lock", "a/b", "a\0b"])
def test_an_unknown_id_is_no_path(store: JobStore, id: str) -> None:
    for ask in (store.get, store.cancel, store.stop, store.resume, store.delete, store.progress, store.log_tail):
        with pytest.raises(InputError, match="no training job"):
            ask(id)


def test_a_missing_dataset_is_refused_before_the_queue(store: JobStore, tiny_recipe: TrainingRecipe) -> None:
    with pytest.raises(InputError, match="no-such-data"):
        store.start(tiny_recipe.with_changes(datasets=("no-such-data",)))
    assert store.list() == ()


def test_only_a_job_that_ended_early_is_resumed_and_only_a_quiet_one_deleted(
    store: JobStore, tiny_recipe: TrainingRecipe
) -> None:
    job = store.start(tiny_recipe)
    with pytest.raises(InputError, match="cancel it first"):
        store.delete(job.id)
    wait(store, job.id, ended)
    with pytest.raises(InputError, match="is finished"):
        store.resume(job.id)
    store.delete(job.id)
    assert store.list() == ()
    assert (store.home / "adapters" / "tiny").is_dir()
