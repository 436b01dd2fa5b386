"""A job's records as the rows of a plot."""

from collections.abc import Mapping, Sequence

import pandas as pd

from playground.training.progress import EvaluationRecord, ProgressRecord, StepRecord

METRICS = ("loss", "held-out loss", "right when run", "learning rate", "gradient norm", "tokens/s")
COLUMNS = ("step", "value", "curve")
MOST_POINTS = 400
"""Points of one curve: more cannot be told apart on a screen."""


def curves(jobs: Mapping[str, Sequence[ProgressRecord]], metric: str) -> pd.DataFrame:
    """One curve per job (for the loss also its held-out one): columns ``step``, ``value``, ``curve``."""
    rows = [row for name, records in jobs.items() for row in _rows(name, records, metric)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(name: str, records: Sequence[ProgressRecord], metric: str) -> list[tuple[int, float, str]]:
    steps = thinned([record for record in records if isinstance(record, StepRecord)])
    evaluations = [record for record in records if isinstance(record, EvaluationRecord)]
    held = [(one.step, one.held_out_loss) for one in evaluations if one.held_out_loss is not None]
    if metric == "loss":
        return [(one.step, one.loss, name) for one in steps] + [(at, loss, f"{name}, held out") for at, loss in held]
    if metric == "held-out loss":
        return [(at, loss, name) for at, loss in held]
    if metric == "right when run":
        return [(one.step, one.execution_accuracy, name) for one in evaluations if one.execution_accuracy is not None]
    return [(one.step, _STEP_VALUES[metric](one), name) for one in steps]


_STEP_VALUES = {
    "learning rate": lambda record: record.learning_rate,
    "gradient norm": lambda record: record.gradient_norm,
    "tokens/s": lambda record: record.tokens_per_second,
}


def thinned(steps: Sequence[StepRecord]) -> list[StepRecord]:
    """At most about MOST_POINTS of them, evenly chosen, the last one always among them."""
    stride = max(1, len(steps) // MOST_POINTS)
    return [record for at, record in enumerate(steps) if at % stride == 0 or at == len(steps) - 1]
