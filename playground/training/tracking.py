"""Metrics beside the job's own record: to TensorBoard and trackio, where these are installed."""

from dataclasses import dataclass
from pathlib import Path

from accelerate import Accelerator
from accelerate.tracking import GeneralTracker, TensorBoardTracker
from accelerate.utils import is_tensorboard_available, is_trackio_available

from playground.training.progress import EvaluationRecord, StepRecord

PROJECT = "assembly-playground"


@dataclass(frozen=True, kw_only=True)
class Trackers:
    """Those that are at hand; none is fine."""

    trackers: tuple[GeneralTracker, ...]

    def log(self, record: StepRecord | EvaluationRecord) -> None:
        """Send a record's numbers."""
        values = metrics(record)
        for tracker in self.trackers:
            tracker.log(values, step=record.step)

    def finish(self) -> None:
        for tracker in self.trackers:
            tracker.finish()


def metrics(record: StepRecord | EvaluationRecord) -> dict[str, float]:
    """A record's numbers by the names that trackers show."""
    if isinstance(record, StepRecord):
        return {
            "train/loss": record.loss,
            "train/learning_rate": record.learning_rate,
            "train/gradient_norm": record.gradient_norm,
            "train/tokens_per_second": record.tokens_per_second,
        }
    named = {"eval/loss": record.held_out_loss, "eval/execution_accuracy": record.execution_accuracy}
    return {name: value for name, value in named.items() if value is not None}


def start_trackers(accelerator: Accelerator, job: Path) -> Trackers:
    """The trackers of a job: on the main process only. TensorBoard's files stand in the job's folder."""
    trackers: list[GeneralTracker] = []
    if accelerator.is_main_process and is_tensorboard_available():
        trackers.append(TensorBoardTracker(job.name, logging_dir=job / "tensorboard"))
    if accelerator.is_main_process and is_trackio_available():
        from accelerate.tracking import TrackioTracker

        trackers.append(TrackioTracker(PROJECT, name=job.name))
    for tracker in trackers:
        tracker.start()
    return Trackers(trackers=tuple(trackers))
