"""``python -m playground train RECIPE.toml``: a job of the queue, followed on the terminal."""

import sys
import time
from pathlib import Path

from playground.training.jobs import Job, JobStore
from playground.training.progress import EvaluationRecord, NoteRecord, ProgressRecord, StepRecord
from playground.training.recipe import TrainingRecipe

POLL_SECONDS = 0.5


def run_recipe(path: Path, store: JobStore | None = None) -> int:
    """Train the recipe at `path`: 0 when the adapter was saved, 1 otherwise. Ctrl-C cancels the job.

    Raises InputError for a recipe that cannot be read or holds a bad value.
    """
    store = store or JobStore()
    job = store.start(TrainingRecipe.read(path))
    print(f"job {job.id}: {job.folder.path}", flush=True)
    try:
        job = follow(store, job)
    except KeyboardInterrupt:
        job = store.cancel(job.id)
    if job.adapter:
        print(f"adapter {job.adapter}: {store.home / 'adapters' / job.adapter}")
    if job.message:
        print(job.message, file=sys.stderr)
    return 0 if job.adapter else 1


def follow(store: JobStore, job: Job) -> Job:
    """Print the job's records as they come; the job as it ended."""
    shown = 0
    while True:
        job = store.get(job.id)
        records = store.progress(job.id)
        for record in records[shown:]:
            print(describe(record), flush=True)
        shown = len(records)
        if not job.active:
            return job
        time.sleep(POLL_SECONDS)


def describe(record: ProgressRecord) -> str:
    """One line for a terminal."""
    match record:
        case StepRecord():
            return (
                f"step {record.step}/{record.steps}  loss {record.loss:.4f}  {record.tokens_per_second:.0f} tokens/s  "
                f"{record.seconds_left:.0f} s left"
            )
        case EvaluationRecord():
            loss = "-" if record.held_out_loss is None else f"{record.held_out_loss:.4f}"
            right = f"  practice {record.execution_accuracy:.0%} of {record.scored}" if record.scored else ""
            return f"step {record.step}  held-out loss {loss}{right}"
        case NoteRecord():
            return record.text
