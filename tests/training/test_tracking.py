"""Numbers go to whatever trackers there are."""

from playground.training.progress import EvaluationRecord, StepRecord
from playground.training.tracking import Trackers


class Listening:
    """A tracker that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, dict[str, float]]] = []

    def log(self, values: dict[str, float], step: int) -> None:
        self.told.append((step, values))

    def finish(self) -> None:
        self.told.append((-1, {}))


STEP = StepRecord(
    step=3,
    steps=9,
    loss=0.5,
    learning_rate=0.1,
    gradient_norm=2.0,
    tokens=30,
    tokens_per_second=10.0,
    seconds=3.0,
    seconds_left=6.0,
)
EVALUATION = EvaluationRecord(
    step=3,
    held_out_loss=0.7,
    held_out_loss_per_example=7.0,
    execution_accuracy=None,
    scored=0,
    seconds=1.0,
)


def test_what_was_measured_is_sent_and_nothing_else() -> None:
    listening = Listening()
    trackers = Trackers(trackers=(listening,))  # type: ignore[arg-type]
    trackers.log(STEP)
    trackers.log(EVALUATION)
    trackers.finish()
    assert listening.told == [
        (
            3,
            {
                "train/loss": 0.5,
                "train/learning_rate": 0.1,
                "train/gradient_norm": 2.0,
                "train/tokens_per_second": 10.0,
            },
        ),
        (3, {"eval/loss": 0.7}),
        (-1, {}),
    ]
